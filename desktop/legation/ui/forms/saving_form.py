"""Saving a form: everything typed is taken, what stops it is shown at its field, the rest is written as one step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from shiboken6 import isValid

from legation.errors import RecordProblem, UserError
from legation.fields.draft import Draft, from_plain, to_plain
from legation.i18n import N_, _
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.saving import Stale, open_problems, save
from legation.storage.steps import ChangeSet
from legation.ui.forms.choosing import Choosing, names_of
from legation.ui.forms.context import Names
from legation.ui.forms.link_box import LinkBox

if TYPE_CHECKING:
    from legation.ui.forms.record_form import RecordForm


class Saving(QObject):
    """Saves one form."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__(form)
        self._form = form
        self.is_running = False
        self._choosing = Choosing(form)
        self._after_settling: Callable[[], None] | None = None

    def save(self, *, then_new: bool = False) -> None:
        """Write everything, or say what stops it; a link that is still being looked for is waited for."""
        form = self._form
        if self.is_running:
            return
        self._enter_boxes()
        if any(box.is_waiting for box in form.findChildren(LinkBox)):
            self._save_when_settled(then_new)
            return
        if form.hints.is_waiting and form.lacks_title():
            form.hints.told.connect(
                lambda _facts: QTimer.singleShot(0, self, lambda: self.save(then_new=then_new)),
                Qt.ConnectionType.SingleShotConnection,
            )
            return
        form.show_all_problems()
        blocking = [(holder, problem) for holder, problem in open_problems(form.draft) if problem.blocking]
        open_box = next((box for box in form.findChildren(LinkBox) if box.is_open), None)
        if blocking:
            holder, problem = blocking[0]
            form.bar.say(_("Not saved yet. {sentence}").format(sentence=self._told(holder, problem.sentence)))
            form.go_to_problem(holder, problem.field)
        elif open_box is not None:
            text = open_box.text().strip()
            form.bar.say(
                _("Not saved yet. “{text}” names nothing known: choose, create or clear it.").format(text=text)
            )
            open_box.setFocus(Qt.FocusReason.TabFocusReason)
        elif not form.is_changed and form.draft.id is not None:
            form.after_writing()
            form.saved.emit(form.draft.id, then_new)
        else:
            self._write(then_new)

    def _told(self, holder: Draft, sentence: str) -> str:
        """A problem, with the name of the record that has it where that is created inside the form."""
        name = "" if holder is self._form.draft else self._form.context.name_of_draft(holder)
        return _("{name}: {sentence}").format(name=name, sentence=sentence) if name else sentence

    def _enter_boxes(self) -> None:
        form = self._form
        every = [*form.sections, *(section for row in form.rows() for section in row.sections)]
        for section in every:
            if section.typed_text():
                section.enter_typed()
        for box in form.findChildren(LinkBox):
            box.take_best()

    def _save_when_settled(self, then_new: bool) -> None:
        self._after_settling = lambda: self.save(then_new=then_new)
        for box in self._form.findChildren(LinkBox):
            if box.is_waiting:
                box.settled.connect(self._settled, Qt.ConnectionType.SingleShotConnection)

    def _settled(self) -> None:
        work, self._after_settling = self._after_settling, None
        if work is not None:
            QTimer.singleShot(0, self, work)

    def _write(self, then_new: bool) -> None:
        form = self._form
        self.is_running = True
        form.bar.say("")
        form.show_state()
        wanted, name = from_plain(to_plain(form.draft), record_type), form.heading()
        names: Names = {}
        label = N_("Add “{name}”") if wanted.id is None else N_("Change “{name}”")

        def work(database: Database) -> ChangeSet:
            try:
                return database.write(label, lambda session: save(session, wanted), name=name)
            except Stale as stale:
                with closing(database.reader()) as reader:
                    names.update(names_of(reader, stale))
                raise

        after_writing, workspace = form.after_writing, form.workspace

        def done(change: ChangeSet) -> None:
            after_writing()
            if isValid(form):
                self.is_running = False
                form.saved.emit(int(change.result or wanted.id or 0), then_new)

        def refused(error: Any) -> None:
            if isValid(form):
                self._refused(error, names)
            else:
                workspace.report(error)

        workspace.write(work, done, refused)

    def _refused(self, error: Any, names: Names) -> None:
        """Say why nothing was saved; what was typed stays."""
        form = self._form
        self.is_running = False
        form.show_state()
        if isinstance(error, Stale):
            self._choosing.ask(error, names)
        elif isinstance(error, UserError):
            form.bar.say(f"{error.what_happened} {error.what_to_do}".strip())
            if isinstance(error, RecordProblem) and error.field:
                form.go_to_problem(form.draft, error.field)
        else:
            form.workspace.report(error)
