"""What a form is told while it is filled in: asked in the background after each pause, the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from legation.fields.draft import Draft, from_plain, to_plain
from legation.matching.entry import EntryFacts, look_at
from legation.records.catalogue import record_type
from legation.storage.reading import Reader
from legation.ui.workspace import Workspace

PAUSE_MILLISECONDS = 60
LOOKED_AT = ("event", "source")


class Hints(QObject):
    """`told` carries the `EntryFacts` of the draft as it is now."""

    told = Signal(object)

    def __init__(self, parent: QObject, workspace: Workspace, draft: Callable[[], Draft]) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._draft = draft
        self._number = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)

    def look(self) -> None:
        """Look at the draft as soon as the person pauses."""
        if self._draft().record.name in LOOKED_AT:
            self._number += 1
            self._pause.start()

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._pause.isActive()

    def _ask(self) -> None:
        number, plain = self._number, to_plain(self._draft())

        def read(reader: Reader) -> tuple[int, EntryFacts]:
            return number, look_at(reader, from_plain(plain, record_type))

        self._workspace.table.ask_too(read, self._take)

    def _take(self, answer: tuple[int, EntryFacts]) -> None:
        number, facts = answer
        if number == self._number:
            self.told.emit(facts)
