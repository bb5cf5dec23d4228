"""Choosing the columns of a table by keys: Space shows and hides, Alt with an arrow moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.ui.tables.record_table import RecordTable

NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """A list of all fields; those that are ticked are shown, in the order of the list."""

    def __init__(self, parent: QWidget, record: RecordType, table: RecordTable) -> None:
        super().__init__(parent)
        self._record, self._table = record, table
        self.setWindowTitle(_("Choose columns"))
        self.resize(360, 520)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Columns"))
        self.list.setProperty("sheet", True)
        self.list.installEventFilter(self)
        told = QLabel(_("Space shows or hides a column, Alt+Up and Alt+Down move it."))
        told.setProperty("quiet", True)
        told.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        first = buttons.addButton(_("As at first"), QDialogButtonBox.ButtonRole.ResetRole)
        first.clicked.connect(lambda: self._fill(list(record.columns)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (told, self.list, buttons):
            column.addWidget(each)
        self._fill(table.columns_on_screen())

    def chosen(self) -> list[str]:
        """The names of the ticked fields, in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [str(item.data(NAME)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def accept(self) -> None:
        """Show the ticked columns; with none ticked the table stays as it is."""
        self._table.choose(self.chosen())
        super().accept()

    def _fill(self, shown: list[str]) -> None:
        self.list.clear()
        rest = [each.name for each in self._record.fields if each.name not in shown]
        for name in [*shown, *rest]:
            item = QListWidgetItem(_(self._record[name].label))
            item.setData(NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves the column."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(step)
                return True
        return False

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)
