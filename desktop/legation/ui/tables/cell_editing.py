"""Correcting a cell in the table: the editor of its field in place of it, and one step for the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from legation.fields.kinds import Link, ValueProblem
from legation.fields.record_type import Field, RecordType
from legation.i18n import N_, _
from legation.storage.database import Database
from legation.storage.labels import label
from legation.storage.loading import load_draft
from legation.storage.saving import save
from legation.storage.steps import ChangeSet
from legation.ui.forms.editor import Editor
from legation.ui.forms.editors import EDITORS, editor_for
from legation.ui.tables.record_model import RecordModel
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.ui.tables.record_table import RecordTable

Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Edits cells of simple fields. `edited` carries (id, field name, value); `refused` a sentence for the person."""

    edited = Signal(int, str, object)
    refused = Signal(str)

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        self._typed: dict[tuple[int, str], str] = {}

    def _cell(self, index: Index) -> tuple[int, Field] | None:
        model = index.model()
        assert isinstance(model, RecordModel)
        if not (0 <= index.row() < len(model.ids) and 0 <= index.column() < len(model.columns)):
            return None
        return model.ids[index.row()], model.columns[index.column()]

    def can_edit(self, index: Index) -> bool:
        """Whether a cell is edited in the table: a stored field of one value, no link and no long text."""
        cell = self._cell(index)
        if cell is None:
            return False
        field = cell[1]
        return not field.is_derived and not isinstance(field.kind, Link) and field.kind.name in EDITABLE

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the cell's field."""
        cell = self._cell(index)
        assert cell is not None
        editor = editor_for(cell[1])
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the stored value, or what was typed before and refused."""
        cell = self._cell(index)
        if cell is None or not isinstance(editor, Editor):
            return
        typed = self._typed.pop((cell[0], cell[1].name), None)
        if typed is None:
            editor.set_value(self._table.value_at(QModelIndex(index)))  # type: ignore[arg-type]
        else:
            editor.set_text(typed)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Hand the value on when it is another one; keep text that cannot be parsed, and open the cell again."""
        cell = self._cell(index)
        if cell is None or not isinstance(editor, Editor):
            return
        id, field = cell
        try:
            value = editor.value()
            if value is None and field.required:
                raise ValueProblem(_needed(field))
        except ValueProblem as problem:
            self._typed[(id, field.name)] = editor.text()
            self.refused.emit(str(problem))
            again = QPersistentModelIndex(index)
            QTimer.singleShot(0, self._table, lambda: self._table.edit_cell(QModelIndex(again)))  # type: ignore[arg-type]
            return
        if value != self._table.value_at(QModelIndex(index)):  # type: ignore[arg-type]
            self.edited.emit(id, field.name, value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Stand in the cell, as wide as the editor needs."""
        place = self._table.heads.below(index, option.rect)
        place.setWidth(max(place.width(), min(editor.sizeHint().width(), 260)))
        editor.setGeometry(place)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, below the head of a group where its row is the first of one."""
        option.rect = self._table.heads.below(index, option.rect)
        super().paint(painter, option, index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole text of a cell that is cut, and nothing for one that is not."""
        if event.type() == QEvent.Type.ToolTip:
            text = str(index.data() or "")
            if option.fontMetrics.horizontalAdvance(text) + 12 <= option.rect.width():
                QToolTip.hideText()
                return True
        return super().helpEvent(event, view, option, index)


EDITABLE = frozenset(EDITORS) - {"link", "long_text"}


def _needed(field: Field) -> str:
    return _("{field} is needed.").format(field=_(field.label))


def change_cell(workspace: Workspace, record: RecordType, id: int, field: str, value: Any) -> None:
    """Write one value of one record as a step, on the writer thread; what the checks say comes back as an error."""

    def work(database: Database) -> ChangeSet:
        reader = database.reader()
        try:
            draft = load_draft(reader, record, id)
            name = label(reader, record, id if record.key == "id" else draft["code"])
        finally:
            reader.close()
        draft[field] = value
        words = record[field].label
        return database.write(N_("Change “{name}”"), lambda session: save(session, draft), name=name, field=words)

    workspace.write(work)
