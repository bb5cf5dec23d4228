"""Editing one column of the selected rows: the value, what it will change row by row, and Enter for all as one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from legation.fields.kinds import ValueProblem
from legation.fields.record_type import Field, RecordType
from legation.i18n import _, ngettext
from legation.storage.filling import MOST, MOST_SHOWN, Filling, fill, plan
from legation.ui.forms.editors import editor_for
from legation.ui.workspace import Workspace

PAUSE_MILLISECONDS = 120


class EditRowsDialog(QDialog):
    """Asks for the value of a field, begun with that of the first row, and shows old and new beside each record."""

    def __init__(
        self, parent: Any, workspace: Workspace, record: RecordType, ids: list[int], field: Field, value: Any
    ) -> None:
        super().__init__(parent)
        self._workspace, self._record, self._ids, self._field = workspace, record, ids[:MOST], field
        self._number = 0
        self.setWindowTitle(_("Edit the selected rows"))
        self.resize(640, 440)
        heading = QLabel(
            ngettext("{field} of {count} row", "{field} of {count} rows", len(self._ids)).format(
                field=_(field.label), count=f"{len(self._ids):,}"
            )
        )
        heading.setProperty("heading", True)
        self.editor = editor_for(field)
        self.editor.set_value(value)
        self.editor.changed.connect(self._changed)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.list = self._make_list()
        self.buttons = QDialogButtonBox()
        self._apply = self.buttons.addButton(_("&Change all"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._apply.setDefault(True)
        self._apply.setEnabled(False)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (heading, self.editor, self.told, self.list, self.buttons):
            column.addWidget(each)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._look)
        self.editor.setFocus()
        self._look()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(_("What will change"))
        made.setHeaderLabels([_("Record"), _("Now"), _("Then")])
        made.setRootIsDecorated(False)
        made.setProperty("sheet", True)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return made

    def _changed(self) -> None:
        self._apply.setEnabled(False)  # until it is known what the new value changes
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
        self.list.clear()
        self.list.addTopLevelItems([QTreeWidgetItem([each.label, each.old, each.new]) for each in fillings if each.id])
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
        self.told.setText(told)
        self.told.setProperty("problem", problem is not None)
        self.told.style().polish(self.told)
        self._apply.setEnabled(problem is None and bool(fillings))

    def accept(self) -> None:
        """Change all of them as one step."""
        if not self._apply.isEnabled():
            return
        record, ids, name, value = self._record, self._ids, self._field.name, self.editor.value()
        self._workspace.write(lambda database: fill(database, record, ids, name, value))
        super().accept()
