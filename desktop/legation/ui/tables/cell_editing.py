"""Correcting a cell in the table: the editor of its field in place of it, and one step for the change.

While an editor is open the table stands still, whatever is written meanwhile. A value that somebody else has changed
since the editor was opened is not written over unasked: the cell is opened again with what was typed.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QTimer, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from legation.fields.kinds import Link, ValueProblem
from legation.fields.record_type import Field, RecordType
from legation.i18n import N_, _
from legation.storage.database import Database
from legation.storage.labels import label
from legation.storage.loading import load_draft
from legation.storage.saving import Stale, save
from legation.storage.steps import ChangeSet
from legation.ui.forms.editor import Editor
from legation.ui.tables.record_model import RecordModel
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.ui.tables.record_table import RecordTable

LONG = "long_text"  # the kind that has no room in a cell
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class CellChange:
    """A value typed in a cell of a record, with the value that the person saw there before."""

    id: int
    field: str
    value: Any
    seen: Any


class Cells(QStyledItemDelegate):
    """Edits cells of simple fields. `edited` carries a `CellChange`; `refused` a sentence for the person."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        self._typed: dict[tuple[int, str], str] = {}
        """What was typed and refused, by the cell that is about to be opened again."""
        self._seen: dict[tuple[int, str], Any] = {}
        """The values that the person has seen in cells opened again, where they may not be in the table yet."""
        self._open: QWidget | None = None
        self._open_cell = (0, "")

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
        from legation.ui.forms.editors import EDITORS

        field = cell[1]
        is_simple = field.kind.name in EDITORS and field.kind.name != LONG and not isinstance(field.kind, Link)
        return is_simple and not field.is_derived

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the cell's field; the table stands still until it is gone."""
        from legation.ui.forms.editors import editor_for

        cell = self._cell(index)
        assert cell is not None
        editor = editor_for(cell[1])
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        self._open = editor
        self._open_cell = (cell[0], cell[1].name)
        self._seen.setdefault(self._open_cell, self._table.value_at(QModelIndex(index)))  # type: ignore[arg-type]
        self._table.keep_still(True)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The table goes on, unless the cell is about to be opened again."""
        super().destroyEditor(editor, index)
        if editor is self._open:
            self._open = None
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        """Open what waits to be opened again; where nothing does, the table shows what was read meanwhile."""
        if self._open is None and self._typed:
            self._open_now(*next(iter(self._typed)))
        elif self._open is None:
            self._seen.clear()
            self._table.keep_still(False)

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
        seen = self._seen.get((id, field.name))
        try:
            value = editor.value()
            if value is None and field.required:
                raise ValueProblem(_needed(field))
        except ValueProblem as problem:
            self.open_again(id, field.name, editor.text(), seen, str(problem))
            return
        if value != seen:
            self.edited.emit(CellChange(id, field.name, value, seen))

    def open_again(self, id: int, field: str, typed: str, seen: Any, why: str) -> None:
        """Open a cell with what was typed in it and refused; `seen` is the value that the person knows it has now."""
        self._typed[(id, field)], self._seen[(id, field)] = typed, seen
        self._table.keep_still(True)
        self.refused.emit(why)
        QTimer.singleShot(0, self, lambda: self._open_now(id, field))

    def _open_now(self, id: int, field: str) -> None:
        if self._is_typed_in() or (id, field) not in self._typed:
            return  # another cell has the keyboard: this one is opened after it
        index = self._table.index_of(id, field)
        if index.isValid():
            self._table.setCurrentIndex(index)
        if not self._table.edit_cell(index):
            self._typed.pop((id, field), None)
            self._go_on()

    def _is_typed_in(self) -> bool:
        """Whether an editor is open that holds something else than the person saw there."""
        if not isinstance(self._open, Editor):
            return False
        try:
            return bool(self._open.value() != self._seen.get(self._open_cell))
        except ValueProblem:
            return True

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Stand in the cell, as wide as the editor needs."""
        place = self._table.heads.below(index, option.rect)
        place.setWidth(max(place.width(), min(editor.sizeHint().width(), 260)))
        editor.setGeometry(place)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole text of a cell that is cut, and nothing for one that is not."""
        if event.type() == QEvent.Type.ToolTip:
            text = str(index.data() or "")
            if option.fontMetrics.horizontalAdvance(text) + 12 <= option.rect.width():
                QToolTip.hideText()
                return True
        return super().helpEvent(event, view, option, index)


def _needed(field: Field) -> str:
    return _("{field} is needed.").format(field=_(field.label))


def change_cell(workspace: Workspace, record: RecordType, change: CellChange, cells: Cells) -> None:
    """Write one value of one record as a step, on the writer thread; what the checks say comes back as an error.

    A value that was changed elsewhere meanwhile is shown, and the cell opened again with the one that was typed.
    """
    field = record[change.field]

    def work(database: Database) -> ChangeSet:
        with closing(database.reader()) as reader:
            draft = load_draft(reader, record, change.id)
            name = label(reader, record, change.id if record.key == "id" else draft["code"])
        theirs = draft[change.field]
        if theirs not in (change.seen, change.value):
            raise Stale([(draft, {change.field: (change.value, theirs)})])
        draft[change.field] = change.value
        return database.write(N_("Change “{name}”"), lambda session: save(session, draft), name=name, field=field.label)

    def refused(error: Any) -> None:
        if not isinstance(error, Stale) or not isValid(cells):
            workspace.report(error)
            return
        ((_draft, fields),) = error.conflicts
        theirs = fields[change.field][1]
        told = _("Changed elsewhere meanwhile to “{theirs}”. Enter keeps yours, Esc the other.")
        why = told.format(theirs=field.kind.format(theirs))
        cells.open_again(change.id, change.field, field.kind.format(change.value), theirs, why)

    workspace.write(work, None, refused)
