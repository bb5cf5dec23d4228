"""Editing one column of the selected rows: the value, what it will change row by row, and Enter for all as one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer

from legation.fields.kinds import ValueProblem
from legation.fields.record_type import Field, RecordType
from legation.i18n import _, ngettext
from legation.storage.filling import MOST, MOST_SHOWN, Filling, fill, plan
from legation.ui.dialogs.preview import PreviewDialog
from legation.ui.forms.editors import editor_for
from legation.ui.workspace import Workspace

PAUSE_MILLISECONDS = 120


class EditRowsDialog(PreviewDialog):
    """Asks for the value of a field, begun with that of the first row, and shows old and new beside each record."""

    def __init__(
        self, parent: Any, workspace: Workspace, record: RecordType, ids: list[int], field: Field, value: Any
    ) -> None:
        self._workspace, self._record, self._ids, self._field = workspace, record, ids[:MOST], field
        heading = ngettext("{field} of {count} row", "{field} of {count} rows", len(self._ids)).format(
            field=_(field.label), count=f"{len(self._ids):,}"
        )
        super().__init__(parent, heading, _("&Change all"), (_("Record"), _("Now"), _("Then")), wide=(0,))
        self._number = 0
        self.setWindowTitle(_("Edit the selected rows"))
        self.resize(640, 440)
        self.editor = editor_for(field)
        self.editor.set_value(value)
        self.editor.changed.connect(self._changed)
        self.lay_out(self.editor)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._look)
        self.editor.setFocus()
        self._look()

    def _changed(self) -> None:
        self.wait()
        self._pause.start()

    def _look(self) -> None:
        """Ask what the value would change."""
        self._pause.stop()
        self._number += 1
        number, record, ids, name = self._number, self._record, self._ids, self._field.name
        try:
            value = self.editor.value()
        except ValueProblem as problem:
            self._show((number, [Filling(0, "", "", "", str(problem))]))
            return
        self._workspace.long.ask(lambda reader: (number, plan(reader, record, ids, name, value)), self._show)

    def _show(self, answer: tuple[int, list[Filling]]) -> None:
        number, fillings = answer
        if number != self._number:
            return
        problem = next((each for each in fillings if each.problem), None)
        if problem is not None:
            told = f"{problem.label}: {problem.problem}" if problem.label else problem.problem
        elif not fillings:
            told = _("All of them have this value already.")
        elif len(fillings) == MOST_SHOWN:
            told = _("The first {count} that change:").format(count=MOST_SHOWN)
        else:
            told = ngettext("{count} record changes:", "{count} records change:", len(fillings)).format(
                count=len(fillings)
            )
        lines = [(each.label, each.old, each.new) for each in fillings if each.id]
        self.show_preview(lines, told, is_problem=problem is not None, can_apply=problem is None and bool(fillings))

    def accept(self) -> None:
        """Change all of them as one step."""
        if not self.can_apply:
            return
        record, ids, name, value = self._record, self._ids, self._field.name, self.editor.value()
        self._workspace.write(lambda database: fill(database, record, ids, name, value))
        super().accept()
