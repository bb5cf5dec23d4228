"""The title as of the day: a delegate known to hold one post on the event's day acts in it by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from legation.fields.draft import Draft, new_draft
from legation.fields.fuzzy_dates import bounds
from legation.records.catalogue import record_type
from legation.storage.labels import labels
from legation.storage.office_holders import posts_held
from legation.storage.reading import Reader
from legation.ui.forms.context import FormContext
from legation.ui.workspace import Workspace

Answer = tuple[list[int], dict[int, str]]


class Capacities:
    """Proposes the capacities of delegates, read in the background.

    `filled` takes a delegate that got one, as long as `form` is there.
    """

    def __init__(
        self,
        workspace: Workspace,
        context: FormContext,
        filled: Callable[[Draft], None],
        form: QObject,
    ) -> None:
        self._form = form
        self._workspace = workspace
        self._context = context
        self._filled = filled

    def propose(self, delegate: Draft) -> None:
        """Take another person's posts away, and fill in the one this person held; several are left to choose from."""
        person = delegate["person_id"]
        if any(line["appointment_id"] is not None for line in delegate.lines.get("capacities", [])):
            delegate.lines["capacities"] = []
            self._filled(delegate)
        if person is None or isinstance(person, Draft):
            return
        first, last = bounds(self._context.root()["date"])

        def read(reader: Reader) -> Answer:
            found = posts_held(reader, person, first, last)
            return found, labels(reader, record_type("appointment"), found)

        def fill(answer: Answer) -> None:
            found, names = answer
            if len(found) != 1 or delegate["person_id"] != person or delegate.lines.get("capacities"):
                return
            self._context.names[("appointment", found[0])] = names[found[0]]
            delegate.add_line("capacities", new_draft(record_type("capacity"), appointment_id=found[0]))
            self._filled(delegate)

        self._workspace.details.ask_too(read, fill, lasts=True, owner=self._form)
