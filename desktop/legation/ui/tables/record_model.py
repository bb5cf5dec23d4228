"""The model of a table: ids in order and pages of rows, fetched in the background. `data` never asks the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPalette

from legation.fields.record_type import Field
from legation.i18n import _
from legation.storage.pages import PageRow, page
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader
from legation.ui.background import Lane
from legation.ui.look.glyphs import icon_of_value

PAGE = 200
_Answer = tuple[int, list[int], list[PageRow], bool]


class RecordModel(QAbstractTableModel):
    """Rows of one question. `counted` tells how many there are once all ids are known."""

    counted = Signal(int)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self.query = Query("event")
        self.columns: list[Field] = []
        self.ids: list[int] = []
        self._rows: dict[int, PageRow] = {}
        self._wanted: set[int] = set()
        self.held: int | None = None  # a chosen record that the question no longer finds; it stays until it is left
        self._generation = 0
        self._held_place = 0
        self._fetch = QTimer(self)
        self._fetch.setSingleShot(True)
        self._fetch.setInterval(0)
        self._fetch.timeout.connect(self._ask_for_wanted)

    def show(self, query: Query, columns: Sequence[Field], holds: int | None = None) -> None:
        """Show another question: its first page at once, the rest of the ids after it.

        `holds` is a record that keeps its place when the question does not find it (any more), until `let_go`.
        """
        self._generation += 1
        generation, columns = self._generation, list(columns)
        place = max(0, self.row_of(holds)) if holds is not None else 0

        def first(reader: Reader) -> _Answer:
            some = ids(reader, query, PAGE + 1)
            wanted = some[:PAGE] if holds is None or holds in some[:PAGE] else [*some[:PAGE], holds]
            return generation, some[:PAGE], page(reader, query.record_type, columns, wanted), len(some) <= PAGE

        def rest(reader: Reader) -> tuple[int, list[int]]:
            return generation, ids(reader, query)

        def shown(answer: _Answer) -> None:
            number, some, rows, is_all = answer
            if number != self._generation:
                return
            self.beginResetModel()
            self.query, self.columns, self.ids = query, columns, some
            self._rows = {row.id: row for row in rows}
            self.held = holds if holds in self._rows and holds not in some else None
            self._held_place = place
            if is_all:
                self._insert_held(self.ids)
            self.endResetModel()
            if is_all:
                self.counted.emit(len(self.ids))
            else:
                self._lane.ask_too(rest, self._take_all)

        self._lane.ask(first, shown)

    def _take_all(self, answer: tuple[int, list[int]]) -> None:
        generation, every = answer
        if generation != self._generation:
            return
        if self.held in every:
            self.held = None
        self._insert_held(every)
        if every[: len(self.ids)] == self.ids and len(every) > len(self.ids):
            self.beginInsertRows(QModelIndex(), len(self.ids), len(every) - 1)
            self.ids = every
            self.endInsertRows()
        elif every != self.ids:
            self.beginResetModel()
            self.ids = every
            self.endResetModel()
        self.counted.emit(len(self.ids))

    def _insert_held(self, every: list[int]) -> None:
        if self.held is not None:
            every.insert(min(self._held_place, len(every)), self.held)

    def let_go(self) -> None:
        """Take away the row that was held."""
        if self.held is None or (row := self.row_of(self.held)) < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self.ids = [*self.ids[:row], *self.ids[row + 1 :]]
        self.held = None
        self.endRemoveRows()
        self.counted.emit(len(self.ids))

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """How many rows are known."""
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """How many columns are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; a dot while its page is fetched."""
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._rows.get(self.ids[index.row()])
            if row is None:
                self._want(index.row())
                return "…"
            return row.texts[index.column()]
        if role == Qt.ItemDataRole.DecorationRole:
            row = self._rows.get(self.ids[index.row()])
            field = self.columns[index.column()].name
            return icon_of_value(self.query.record, field, row.values[index.column()]) if row is not None else None
        if role == Qt.ItemDataRole.ForegroundRole and self.ids[index.row()] == self.held:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()].kind.align == "right":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].label) if section < len(self.columns) else None
        return None

    def value_at(self, index: QModelIndex) -> Any:
        """The stored value of a cell; None while its page is fetched."""
        row = self._rows.get(self.ids[index.row()])
        return None if row is None else row.values[index.column()]

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Cells are chosen and, where the table's delegate allows it, edited."""
        own = super().flags(index)
        return own | Qt.ItemFlag.ItemIsEditable if index.isValid() else own

    def row_of(self, id: int) -> int:
        """The row of a record; -1 when it is not listed."""
        try:
            return self.ids.index(id)
        except ValueError:
            return -1

    def _want(self, row: int) -> None:
        self._wanted.add(row // PAGE)
        if not self._fetch.isActive():
            self._fetch.start()

    def _ask_for_wanted(self) -> None:
        pages, self._wanted = sorted(self._wanted)[-4:], set()
        generation, query, columns = self._generation, self.query, self.columns
        wanted = [id for number in pages for id in self.ids[number * PAGE : (number + 1) * PAGE]]

        def fetch(reader: Reader) -> tuple[int, list[int], list[PageRow]]:
            return generation, pages, page(reader, query.record_type, columns, wanted)

        self._lane.ask_too(fetch, self._take_page)

    def _take_page(self, answer: tuple[int, list[int], list[PageRow]]) -> None:
        generation, pages, rows = answer
        if generation != self._generation:
            return
        self._rows |= {row.id: row for row in rows}
        for number in pages:
            last = min((number + 1) * PAGE, len(self.ids)) - 1
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))
