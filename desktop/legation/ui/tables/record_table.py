"""The table of records: its columns chosen, ordered and sized by the person and remembered, letters that jump, cells,
heads of groups.

Works on a `RecordModel`; asks nothing itself. `sought` carries letters typed to jump by, `columns_changed` tells that
other columns are wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from legation import settings
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.storage.groups import LETTERS
from legation.ui.tables.cell_editing import Cells
from legation.ui.tables.cell_painting import CellPainter
from legation.ui.tables.group_heads import GroupHeads
from legation.ui.tables.record_model import RecordModel

WIDTHS = {
    "title": 300,
    "kind": 170,
    "status": 130,
    "name": 260,
    "date": 170,
    "parties": 150,
    "heads": 230,
    "posts": 320,
    "url": 220,
}
WIDTH = 120
LEAST = {"date": 138, "kind": 140, "title": 172, "parties": 84, "heads": 100, "name": 160}
LEAST_WIDTH = 96
LEADING = 5  # so many columns are seen at first, however narrow the table is
ROW_HEIGHT = 28
TYPING_MILLISECONDS = 900


class RecordTable(QTableView):
    """Rows of one record type under a remembered layout, kept by the name of the page."""

    sought = Signal(str)
    columns_changed = Signal()
    sorted = Signal()

    def __init__(self, record: RecordType, name: str, model: RecordModel) -> None:
        super().__init__()
        ground = QWidget()  # Qt's own is of a type that the binding would look for among all it knows
        ground.setBackgroundRole(QPalette.ColorRole.Base)
        ground.setAutoFillBackground(True)
        self.setViewport(ground)
        self._record = record
        self._state_name = f"page-{name}"
        self.columns: list[str] = list(record.columns)
        self._is_laid_out = False
        self._letters = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MILLISECONDS)
        self._pause.timeout.connect(self._forget_letters)
        self.group = ""
        self.setModel(model)
        self.heads = GroupHeads(self, model)
        self.cells = Cells(self)
        self.painter = CellPainter(self, model)
        self.setItemDelegate(self.cells)
        self._build()
        self._widths: dict[str, int] = {}
        self._restore_state()
        model.modelReset.connect(self._lay_out)

    def _build(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(48)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.column_menu().exec(header.mapToGlobal(at)))
        header.sortIndicatorChanged.connect(lambda *_sort: self.sorted.emit())

    # columns

    def columns_on_screen(self) -> list[str]:
        """The names of the columns, in the order on screen."""
        header = self.horizontalHeader()
        if not self._is_laid_out or header.count() != len(self.columns):
            return list(self.columns)
        return [self.columns[header.logicalIndex(place)] for place in range(header.count())]

    def choose(self, names: Sequence[str]) -> None:
        """Show these columns, in this order; at least one stays."""
        wanted = [name for name in dict.fromkeys(names) if name in self._record.by_name]
        if not wanted or wanted == self.columns_on_screen():
            return
        self._keep_widths()
        sort = self.order()
        self.columns = wanted
        self._is_laid_out = False
        header = self.horizontalHeader()
        header.blockSignals(True)
        name = sort[0].lstrip("-") if sort else ""
        turned = bool(sort) and sort[0].startswith("-")
        order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(wanted.index(name) if name in wanted else -1, order)
        header.blockSignals(False)
        self.columns_changed.emit()

    def column_menu(self) -> QMenu:
        """The menu of a heading: every field of the record type, the shown ones ticked."""
        menu = QMenu(self)
        shown = self.columns_on_screen()
        for each in self._record.fields:
            action = menu.addAction(_(each.label))
            action.setCheckable(True)
            action.setChecked(each.name in shown)
            action.setEnabled(each.name not in shown or len(shown) > 1)
            action.toggled.connect(lambda wanted, name=each.name: self.show_column(name, wanted))
        menu.addSeparator()
        menu.addAction(_("As at first")).triggered.connect(lambda: self.choose(self._record.columns))
        return menu

    def show_column(self, name: str, wanted: bool) -> None:
        """Show a column at the end, or take one away."""
        shown = self.columns_on_screen()
        self.choose([*shown, name] if wanted else [each for each in shown if each != name])

    def order(self) -> tuple[str, ...]:
        """The order chosen by a heading, as a `Query` takes it; empty for the page's own."""
        header = self.horizontalHeader()
        section = header.sortIndicatorSection()
        if not 0 <= section < len(self.columns):
            return ()
        turned = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return (("-" if turned else "") + self.columns[section],)

    def sort_by(self, order: Sequence[str]) -> None:
        """Sort by the first column of an order, a minus before it turns it; by the page's own order without one."""
        name = order[0] if order else ""
        at = self.columns.index(name.lstrip("-")) if name.lstrip("-") in self.columns else -1
        turned = Qt.SortOrder.DescendingOrder if name.startswith("-") else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, turned)

    def group_by(self, by: str) -> None:
        """Group the records by `YEAR` or `MONTH`, or not at all with ""; a list sorted otherwise is sorted by date."""
        if by != self.group:
            self.group = by
            self.columns_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, then the heads of groups over them."""
        painter = QPainter(self.viewport())
        self.painter.paint(painter, event.rect())
        self.heads.paint(painter)

    def column_sought(self) -> str:
        """The text column that letters jump in: the one sorted by, else the first text on screen; "" for none."""
        ordered = [name.lstrip("-") for name in self.order()]
        for name in [*ordered, *self.columns_on_screen()]:
            field = self._record[name]
            if field.kind.name == "text" and not field.is_derived:
                return name
        return ""

    def save_state(self) -> None:
        """Remember the columns, their order and widths, and the groups."""
        self._keep_widths()
        kept = {"widths": self._widths, "columns": self.columns_on_screen(), "group": self.group}
        settings.write_state(self._state_name, kept)

    def _restore_state(self) -> None:
        state = settings.read_state(self._state_name)
        columns, widths = state.get("columns"), state.get("widths")
        self.group = state["group"] if state.get("group") in LETTERS else ""
        if isinstance(columns, list):
            self.columns = [name for name in columns if name in self._record.by_name] or self.columns
        if isinstance(widths, dict):
            self._widths = {name: width for name, width in widths.items() if isinstance(width, int)}

    def _keep_widths(self) -> None:
        if self._is_laid_out and self.horizontalHeader().count() == len(self.columns):
            self._widths |= {name: self.columnWidth(at) for at, name in enumerate(self.columns)}

    def _lay_out(self) -> None:
        """Give new columns their widths and their places, once they are there."""
        header = self.horizontalHeader()
        if self._is_laid_out or header.count() != len(self.columns):
            return
        self._is_laid_out = True
        first = self._first_widths()
        for at, name in enumerate(self.columns):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnWidth(at, self._widths.get(name, first[name]))

    def _first_widths(self) -> dict[str, int]:
        """How wide columns are that nobody has sized: as they like, or narrower, so that the leading ones are seen."""
        wanted = {name: WIDTHS.get(name, WIDTH) for name in self.columns}
        leading = self.columns[:LEADING]
        least = {name: min(LEAST.get(name, LEAST_WIDTH), wanted[name]) for name in leading}
        room = self.viewport().width() - self.verticalScrollBar().sizeHint().width()
        spare, given = sum(wanted[name] - least[name] for name in leading), room - sum(least.values())
        if given >= spare or not spare:
            return wanted
        share = max(given, 0) / spare
        return wanted | {name: least[name] + int((wanted[name] - least[name]) * share) for name in leading}

    # keys

    def keyboardSearch(self, letters: str) -> None:
        """Letters typed one after the other are sought in the background, never row by row here."""
        if not self._letters and not letters.strip():
            return
        self._letters += letters
        self._pause.start()
        self.sought.emit(self._letters)

    def event(self, event: QEvent) -> bool:
        """A space between letters typed to jump belongs to them; otherwise it is a key of a command."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if event.type() == QEvent.Type.ShortcutOverride and is_space and self._letters:
            event.accept()
            return True
        return super().event(event)

    def _forget_letters(self) -> None:
        self._letters = ""

    def selected_rows(self) -> list[int]:
        """The rows selected, from top to bottom."""
        ranges = self.selectionModel().selection()
        rows = {row for each in ranges for row in range(each.top(), each.bottom() + 1)}
        return sorted(rows)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The commands of the table, where the mouse is."""
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.exec(event.globalPos())

    def edit_cell(self, index: QModelIndex) -> bool:
        """Open the editor of a cell; False when the column is not one that is edited here."""
        if not index.isValid() or not self.cells.can_edit(index):
            return False
        return bool(self.edit(index, QAbstractItemView.EditTrigger.AllEditTriggers, None))  # type: ignore[arg-type]

    def index_of(self, id: int, field: str) -> QModelIndex:
        """The cell of a record's field; an invalid index where it is not in the table."""
        model = self.model()
        assert isinstance(model, RecordModel)
        names = [each.name for each in model.columns]
        row = model.row_of(id)
        return model.index(row, names.index(field)) if row >= 0 and field in names else QModelIndex()

    def keep_still(self, wanted: bool) -> None:
        """Keep the rows as they are while a cell is typed in; what was read meanwhile is shown afterwards."""
        model = self.model()
        assert isinstance(model, RecordModel)
        model.keep_still(wanted)

    def value_at(self, index: QModelIndex) -> Any:
        """The stored value of a cell."""
        model = self.model()
        assert isinstance(model, RecordModel)
        return model.value_at(index)
