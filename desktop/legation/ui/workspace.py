"""The open workspace as the window holds it: the database, its reading lanes and its writer, and what has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from legation.settings import workspace_key
from legation.storage.database import Database
from legation.storage.history import newest_foreign_step
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.ui.background import Keeper, Lane, Writer
from legation.ui.forms.kept_drafts import KeptDrafts
from legation.ui.garbage import Garbage

LOOK_MILLISECONDS = 2000


class Workspace(QObject):
    """One open file. `changed` carries the change set of a step; an empty one means that another program wrote."""

    changed = Signal(object)

    def __init__(self, database: Database, failed: Callable[[Any], None]) -> None:
        super().__init__()
        self._garbage = Garbage(self)
        self.database = database
        self.path = path = database.path
        self.table = Lane("table", self.database, failed)
        self.details = Lane("details", self.database, failed)
        self.typed = Lane("typed", self.database, failed)
        """What the palette and the box of the one line ask: no record chosen meanwhile takes their turn."""
        self.long = Lane("long", self.database, failed)
        self.reports = Lane("reports", self.database, failed)
        self.imports = Lane("imports", self.database, failed)
        self.writer = Writer(self.database, failed)
        self.keeper = Keeper("keeper", failed)
        self.report = failed
        self.kept = KeptDrafts(workspace_key(self.database.uuid, path), self.database.session, self.keeper.put)
        self._version: int | None = None
        self._foreign: int | None = None
        """The newest step of somebody else that this window knows of; None before it has looked."""
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MILLISECONDS)
        self._watch.timeout.connect(self._look_for_others)
        self._watch.start()
        self._look_for_others()

    def write(
        self,
        work: Callable[[Database], ChangeSet | None],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
    ) -> None:
        """Do work on the writer thread and announce its change set, then call `then` with it.

        `failed` takes the error where the asker can show it better than the window.
        """

        def done(change: ChangeSet | None) -> None:
            if change is not None and change.step:
                self.changed.emit(change)
            if then is not None:
                then(change)

        self.writer.put(work, done, failed=failed)

    def close(self) -> None:
        """End the threads; what was queued to be written is written first."""
        self._watch.stop()
        lanes = (self.table, self.details, self.typed, self.long, self.reports, self.imports)
        for worker in (*lanes, self.writer, self.keeper):
            worker.end()
        self.kept.close()
        self._garbage.end()

    def _look_for_others(self) -> None:
        """Ask whether another window or program took a step; the log is read only when the file has changed."""
        known, session = self._version, self.database.session

        def read(reader: Reader) -> tuple[int, int | None]:
            version = reader.data_version()
            return version, newest_foreign_step(reader, session) if version != known else None

        self.long.ask_too(read, self._seen)

    def _seen(self, answer: tuple[int, int | None]) -> None:
        self._version, newest = answer
        if newest is None:
            return
        if self._foreign is not None and newest != self._foreign:
            self.changed.emit(ChangeSet(0, ""))
        self._foreign = newest
