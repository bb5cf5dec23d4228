"""Commands on records and steps: undo, redo, delete, revert."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from legation.fields.fuzzy_dates import print_moment
from legation.i18n import N_, _
from legation.storage import undo as undoing
from legation.storage.database import Database
from legation.storage.deleting import InUse, delete_record
from legation.storage.labels import label
from legation.storage.steps import ChangeSet
from legation.ui.commands.merging import ask_to_merge
from legation.ui.dialogs.problem import show_problem

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


def undo(window: MainWindow) -> None:
    """Take back the newest step of this window; one of an earlier day is named first."""
    workspace = window.workspace
    if workspace is None or _form_has(window, "undo"):
        return
    session, who = workspace.database.session, workspace.database.steps.who

    def take_back(found: tuple[undoing.StepInfo, bool] | None) -> None:
        if found is None:
            window.tell(_("There is nothing to undo."))
            return
        step, own = found
        if not own:
            question = _("Undo “{label}” of {when}?").format(label=step.label, when=print_moment(step.at))
            if QMessageBox.question(window, _("Undo"), question) != QMessageBox.StandardButton.Yes:
                return
        workspace.write(
            lambda database: undoing.undo(database, others=not own),
            lambda _change: window.tell(_("Undone: {label}").format(label=step.label)),
        )

    workspace.long.ask_too(lambda reader: undoing.next_undo(reader, session, who), take_back)


def _form_has(window: MainWindow, what: str) -> bool:
    """Whether a form is open, to which Undo and Redo then belong; does it there."""
    page = window.record_page()
    form = page.details.form if page is not None else None
    if form is None:
        return False
    if not (form.undo() if what == "undo" else form.redo()):
        window.tell(_("Nothing was typed here that could be taken back. Esc leaves the form."))
    return True


def redo(window: MainWindow) -> None:
    """Bring back what was undone last."""
    workspace = window.workspace
    if workspace is None or _form_has(window, "redo"):
        return
    session = workspace.database.session

    def bring_back(found: undoing.StepInfo | None) -> None:
        if found is None:
            window.tell(_("There is nothing to redo."))
            return
        workspace.write(undoing.redo, lambda _change: window.tell(_("Redone: {label}").format(label=found.label)))

    workspace.long.ask_too(lambda reader: undoing.next_redo(reader, session), bring_back)


def delete(window: MainWindow) -> None:
    """Delete the chosen record; Ctrl+Z brings it back."""
    page = window.record_page()
    if page is None or window.workspace is None or (id := page.current_id()) is None:
        return
    record = page.record

    def work(database: Database) -> ChangeSet:
        with closing(database.reader()) as reader:
            key = id
            if record.key == "code":
                key = reader.sql(f'SELECT code FROM "{record.name}" WHERE id = ?', (id,))[0][0]
            name = label(reader, record, key)
        return database.write(N_("Delete “{name}”"), lambda session: delete_record(session, record, id), name=name)

    def refused(error: BaseException) -> None:
        """Show who uses the record; where it can become one with another, offer that."""
        from legation.quality.merging import MERGEABLE

        if isinstance(error, InUse) and record.name in MERGEABLE:
            show_problem(window, error, _("&Merge with another…"), lambda: ask_to_merge(window, record, id, goes=True))
        else:
            window.failed(error)

    window.workspace.write(work, lambda _change: window.tell(_("Deleted. Undo: Ctrl+Z")), refused)


def revert(window: MainWindow) -> None:
    """Undo the step chosen on the History page, whichever it is."""
    page = window.history_page()
    if page is None or window.workspace is None or (step := page.current_step()) is None:
        window.tell(_("Choose a step on the History page first (Ctrl+0)."))
        return
    window.workspace.write(
        lambda database: undoing.revert(database, step),
        lambda _change: window.tell(_("Reverted step {step}.").format(step=step)),
    )
