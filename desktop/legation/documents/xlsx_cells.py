"""What stands in the cells of a spreadsheet for those of a table: text, a number or a day, its look, and a remark.

Text is text, so that no spreadsheet runs it as a formula. Days are real dates and counts real numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from legation.documents.document import CHANGE, Cell, Column, Row, Table
from legation.documents.held_rows import Block, HeldColumn
from legation.documents.xlsx_looks import Looks
from legation.i18n import _

MOST_LETTERS = 32_767  # in a cell, in units of UTF-16
FIRST_DAY = "1900-03-01"  # before it spreadsheets do not agree how days are numbered
NUMBERED_FROM = date(1899, 12, 30)  # so that the first of March 1900 is day 61


class SheetCell(NamedTuple):
    """A cell of a sheet: text or a number, its look, and in a remark what the source said instead of a day."""

    what: int | str
    look: Any
    remark: str = ""


SheetCells = Sequence[SheetCell | None]  # None where a cell is empty


class Side(NamedTuple):
    """A column of some rows. `places` tells for each row where its cell stands; None where each row has its own."""

    cells: SheetCells
    places: Sequence[int] | None


class CellMaker:
    """Makes the cells of one table: what is the same for all cells of a column is found once."""

    def __init__(self, table: Table, columns: Sequence[Column], looks: Looks) -> None:
        self._looks = looks
        self._kinds = [column.kind for column in columns]
        names = [column.name for column in columns]
        self._indented = names.index(table.indented) if table.indented in names else -1
        self._change = names.index(CHANGE) if CHANGE in names else -1
        self._days: dict[int | str | None, int | None] = {}

    def of_row(self, row: Row, cells: Sequence[Cell]) -> SheetCells:
        """The cells of a row; `cells` are those of all columns of the sheet."""
        is_gone, looks = row.change == "withdrawn", self._looks
        text, made = looks.text(is_gone=is_gone), list[SheetCell | None]()
        for at, (kind, cell) in enumerate(zip(self._kinds, cells, strict=True)):
            if kind == "text" or cell.value is None:
                look = text
                if cell.is_strong or (row.level and at == self._indented):
                    level = row.level if at == self._indented else 0
                    look = looks.text(is_gone=is_gone, is_strong=cell.is_strong, level=level)
                elif at == self._change:
                    look = looks["change"]
                made.append(_text(cell.shown if cell.notes else cell.text, look))
            elif kind == "number":
                made.append(SheetCell(_number(cell), looks["gone number" if is_gone else "number"]))
            else:
                made.append(self._date(cell, text, "gone date" if is_gone else "date"))
        return made

    def of_rows(self, rows: Sequence[Row], columns: Sequence[Sequence[Cell]]) -> list[Side]:
        """The columns of some rows."""
        made = [self.of_row(row, cells) for row, cells in zip(rows, zip(*columns, strict=True), strict=True)]
        return [Side(column, None) for column in zip(*made, strict=True)]

    def of_blocks(self, portion: Sequence[Block]) -> list[Side]:
        """The columns of rows that are held so. What stands in several rows is made once."""
        left, makes = iter(self._kinds), {"text": self._texts, "number": self._numbers, "date": self._dates}
        return [Side(makes[next(left)](column), block.places) for block in portion for column in block.columns]

    def _texts(self, column: HeldColumn) -> SheetCells:
        look = self._looks.text()
        words = column.texts if column.notes is None else [each.shown for each in column.cells()]
        return [_text(each, look) for each in words]

    def _numbers(self, column: HeldColumn) -> SheetCells:
        if column.values is None:
            return self._texts(column)
        look, texts = self._looks["number"], self._texts(column)
        return [
            text if value is None else SheetCell(value, look) for value, text in zip(column.values, texts, strict=True)
        ]

    def _dates(self, column: HeldColumn) -> SheetCells:
        look = self._looks.text()
        return [
            _text(each.shown, look) if each.value is None else self._date(each, look, "date") for each in column.cells()
        ]

    def _date(self, cell: Cell, text: Any, look: str) -> SheetCell | None:
        """A date: the number of its day, with a remark where a source said it otherwise; its words where it is none."""
        if cell.value not in self._days:
            self._days[cell.value] = day_number(str(cell.value))
        day = self._days[cell.value]
        if day is None:
            return _text(cell.text, text)
        return SheetCell(day, self._looks[look], fitting(cell.text) if "(" in cell.text else "")


def _number(cell: Cell) -> int:
    assert isinstance(cell.value, int)
    return cell.value


def _text(words: str, look: Any) -> SheetCell | None:
    return SheetCell(fitting(words), look) if words else None


def day_number(edtf: str) -> int | None:
    """The number that spreadsheets give a day; None where a date is not one day, or too early."""
    if len(edtf) != len(FIRST_DAY) or edtf < FIRST_DAY:
        return None
    try:
        return (date.fromisoformat(edtf) - NUMBERED_FROM).days
    except ValueError:
        return None


def fitting(words: str) -> str:
    """The text as far as a cell holds it; where it is cut, its end says so and how long it was."""
    if len(words) * 2 <= MOST_LETTERS:
        return words
    if cut(words, MOST_LETTERS) == words:
        return words
    end = _(" … [cut: {count} letters in all]").format(count=f"{len(words):,}")
    return cut(words, MOST_LETTERS - len(end)) + end


def cut(words: str, most: int) -> str:
    """The beginning of a text, at most so many units of UTF-16, in which Excel counts."""
    return words.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")
