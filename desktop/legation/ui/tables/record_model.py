"""The model of a table: ids in order and pages of rows, fetched in the background. `data` never asks the database."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPalette

from legation.fields.record_type import Field
from legation.i18n import _
from legation.storage.groups import Group, groups, groups_among
from legation.storage.pages import PageRow, page
from legation.storage.queries import Query, all_ids, beginning
from legation.storage.reading import Reader
from legation.ui.background import Lane
from legation.ui.look.glyphs import has_glyphs, icon_of_value

PAGE = 200
LOOKED_THROUGH = 20_000  # ids looked through at a time


@dataclass(frozen=True)
class _Answer:
    """Ids and rows of a question, with the groups they begin; all ids of it, or only the first."""

    generation: int
    ids: list[int] | array[int]
    rows: list[PageRow]
    groups: list[Group] = field(default_factory=list)
    is_all: bool = True
    sought: int = -1
    """The place of the record that was sought among all ids."""


class RecordModel(QAbstractTableModel):
    """Rows of one question. `counted` tells how many there are once all ids are known, `grouped` that heads changed.

    `heads` are the groups by the row that each begins at; none where the question is not grouped.
    """

    counted = Signal(int)
    grouped = Signal()

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self.query = Query("event")
        self.columns: list[Field] = []
        self._glyphed: list[str] = []
        """The name of each column that has glyphs; "" of the others."""
        self.ids: list[int] | array[int] = []
        self._rows: dict[int, PageRow] = {}
        self._wanted: set[int] = set()
        self.held: int | None = None  # a chosen record that the question no longer finds; it stays until it is left
        self._generation = 0
        self._found = (-1, -1)
        """A record and its row, -1 where it is not listed; -1 and -1 for none."""
        self.is_whole = True
        """Whether all records of the question are listed, not only the first."""
        self._held_place = 0
        self._is_still = False
        self._late: list[Callable[[], None]] = []
        self._groups: list[Group] = []
        self.heads: dict[int, Group] = {}
        self._fetch = QTimer(self)
        self._fetch.setSingleShot(True)
        self._fetch.setInterval(0)
        self._fetch.timeout.connect(self._ask_for_wanted)

    def keep_still(self, wanted: bool) -> None:
        """Let answers wait, as while a cell is being typed in; when that is over they are shown in their order."""
        self._is_still = wanted
        while self._late and not self._is_still:
            self._late.pop(0)()

    def _take(self, shown: Callable[[_Answer], None], answer: _Answer) -> None:
        if self._is_still:
            self._late.append(lambda: shown(answer))
        else:
            shown(answer)

    def show(
        self,
        query: Query,
        columns: Sequence[Field],
        holds: int | None = None,
        by: str = "",
        *,
        seeks: int | None = None,
    ) -> None:
        """Show another question: its first page at once, the rest of the ids after it.

        `holds` is a record that keeps its place when the question does not find it (any more), until `let_go`. `by`
        is `YEAR` or `MONTH` for a question in the order of its dates, or "" for no groups. `seeks` is a record whose
        row is looked for along with all ids, since `row_of` looks through them here.
        """
        self._generation += 1
        generation, columns = self._generation, list(columns)
        place = max(0, self.row_of(holds)) if holds is not None else 0

        def first(reader: Reader) -> _Answer:
            some, is_all = beginning(reader, query, PAGE)
            wanted = some if holds is None or holds in some else [*some, holds]
            rows = page(reader, query.record_type, columns, wanted)
            if not by:
                return _Answer(generation, some, rows, is_all=is_all)
            heads = groups(reader, query, by) if is_all else groups_among(reader, query, by, some)
            return _Answer(generation, some, rows, heads, is_all)

        def rest(reader: Reader) -> _Answer:
            with reader.snapshot():
                every, heads = all_ids(reader, query), groups(reader, query, by) if by else []
            return _Answer(generation, every, [], heads, sought=-1 if seeks is None else _place_of(seeks, every))

        def take_all(answer: _Answer) -> None:
            if answer.generation == self._generation:
                self._take_all(answer, seeks)

        def shown(answer: _Answer) -> None:
            if answer.generation != self._generation:
                return
            self.beginResetModel()
            self._found, self.is_whole = (-1, -1), answer.is_all
            self.query, self.columns, self.ids = query, columns, answer.ids
            self._glyphed = [each.name if has_glyphs(query.record, each.name) else "" for each in columns]
            self._rows = {row.id: row for row in answer.rows}
            self.held = holds if holds in self._rows and holds not in answer.ids else None
            self._held_place = place
            if answer.is_all:
                self._insert_held(self.ids)
            self._group(answer.groups)
            self.endResetModel()
            if answer.is_all:
                self.counted.emit(len(self.ids))
            else:
                self._lane.ask_too(rest, lambda answer: self._take(take_all, answer), owner=self)

        self._lane.ask(first, lambda answer: self._take(shown, answer))

    def _take_all(self, answer: _Answer, sought: int | None) -> None:
        every, self.is_whole = answer.ids, True
        if self.held is not None and self.held in every:
            self.held = None
        self._insert_held(every)
        if len(every) > len(self.ids) and list(every[: len(self.ids)]) == list(self.ids):
            self.beginInsertRows(QModelIndex(), len(self.ids), len(every) - 1)
            self.ids = every
            self.endInsertRows()
        elif list(every) != list(self.ids):
            self.beginResetModel()
            self.ids = every
            self.endResetModel()
        if sought is not None and self.held is None:
            self._found = (sought, answer.sought)
        self._group(answer.groups)
        self.grouped.emit()
        self.counted.emit(len(self.ids))

    def _group(self, found: list[Group]) -> None:
        """Take groups; a held row stands in the group before it, and those after it begin a row later."""
        held = self.row_of(self.held) if self.held is not None else -1
        self._groups = found
        self.heads = {each.first + (0 <= held <= each.first and each.first > 0): each for each in found}

    def group_at(self, row: int) -> Group | None:
        """The group that a row belongs to."""
        begins = list(self.heads)
        place = bisect_right(begins, row) - 1
        return self.heads[begins[place]] if place >= 0 else None

    def group_beside(self, row: int, step: int) -> int | None:
        """The first row of the group after that of a row; with -1 of the one before, or of its own where it is not
        the first. None where there is no other."""
        others = [each for each in self.heads if (each > row if step > 0 else each < row)]
        return (others[0] if step > 0 else others[-1]) if others else None

    def _insert_held(self, every: list[int] | array[int]) -> None:
        if self.held is not None:
            every.insert(min(self._held_place, len(every)), self.held)

    def let_go(self) -> None:
        """Take away the row that was held."""
        if self.held is None or (row := self.row_of(self.held)) < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self.ids = self.ids[:row] + self.ids[row + 1 :]  # type: ignore[operator]  # both of one kind
        self.held = None
        self._found = (-1, -1)
        self.endRemoveRows()
        self._group(self._groups)
        self.grouped.emit()
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
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.row() in self.heads:
            return self.heads[index.row()].words
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()].kind.align == "right":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def shown(self, row: int) -> tuple[Sequence[str], Sequence[QIcon | None]]:
        """The texts and glyphs of a row, column by column; a dot for each while its page is fetched."""
        found = self._rows.get(self.ids[row])
        if found is None:
            self._want(row)
            return ("…",) * len(self.columns), (None,) * len(self.columns)
        pairs = zip(self._glyphed, found.values, strict=True)
        return found.texts, [icon_of_value(self.query.record, name, value) if name else None for name, value in pairs]

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
        """The row of a record; -1 when it is not listed. The row found last is remembered, others are looked for."""
        found, row = self._found
        if found == id and (row < 0 or (row < len(self.ids) and self.ids[row] == id)):
            return row
        return _place_of(id, self.ids)

    def id_at(self, row: int) -> int | None:
        """The id of the record in a row; None where there is no such row."""
        if not 0 <= row < len(self.ids):
            return None
        self._found = (self.ids[row], row)
        return self.ids[row]

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


def _place_of(id: int, every: list[int] | array[int]) -> int:
    """Where an id stands; -1 for nowhere. Looked for in portions, between which other threads go on."""
    for begin in range(0, len(every), LOOKED_THROUGH):
        try:
            return every.index(id, begin, begin + LOOKED_THROUGH)
        except ValueError:
            continue
    return -1
