"""The rows of long tables in a spreadsheet, which go straight into the file: the library would hold an object a cell.

All else of the workbook is written by the library, to which each look and each text of the rows is given once, below
the headings and in the order in which they come up. It numbers them and writes them into their parts of the file. Then
these rows are taken out again, and the true ones stand in their place, as the library would have written them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from legation.documents.progress import Progress, told
from legation.documents.xlsx_cells import SheetCell, Side

TOGETHER = 1000  # rows whose text is made at a time
SPANNED = 16  # rows that tell together from which column to which they reach
ROWS_BEGIN, ROWS_END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
STRINGS = "xl/sharedStrings.xml"
_LOOK = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_TEXT = re.compile(rb'<c r="[A-Z]+\d+" t="s"><v>(\d+)</v></c>')
_AREA = re.compile(rb'<dimension ref="[^"]*"/>')
_COUNT = re.compile(rb' count="(\d+)"')


class LongRows:
    """The rows of a long table below the headings of a sheet; `sides` gives their columns, some thousand at a time."""

    def __init__(self, sheet: Any, width: int, sides: Callable[[], Iterator[list[Side]]], portions: int) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self._sheet, self._sides, self._portions = sheet, sides, portions
        self._letters = [xl_col_to_name(at) for at in range(width)]
        self._texts: dict[str, None] = {}
        self._looks: dict[Any, None] = {}
        self._spans = {0: (0, width - 1)}
        self._last = 0
        self.repeated = 0
        """How many cells have a text that another had before."""

    def announce(self, progress: Progress | None) -> None:
        """Tell the library all looks, texts and remarks of the rows, each once. Raises `Cancelled`."""
        top = 1
        for sides in told(self._sides(), self._portions, _part(progress, 0), every=1):
            texts = [_spread([_text_of(each) for each in side.cells], side) for side in sides]
            self.repeated += sum(len(column) - column.count("") for column in texts)
            self._texts |= dict.fromkeys(chain.from_iterable(zip(*texts, strict=True)))
            self._take_looks(sides)
            self._take_spans(top, sides)
            self._write_remarks(top, sides)
            top += len(texts[0])
        self._texts.pop("", None)
        self.repeated -= len(self._texts)
        width = len(self._letters)
        for number, look in enumerate(self._looks, width):
            self._sheet.write_blank(*divmod(number, width), None, look)
        for number, text in enumerate(self._texts, width * (len(self._looks) // width + 2)):
            self._sheet.write_string(*divmod(number, width), text)

    def _take_looks(self, sides: Sequence[Side]) -> None:
        """Note which looks come up, in the order of rows and in each from left to right."""
        found: dict[Any, tuple[int, int]] = {}
        for at, side in enumerate(sides):
            for look in dict.fromkeys(each.look for each in side.cells if each is not None):
                if look not in self._looks:
                    rows = _spread([each is not None and each.look is look for each in side.cells], side)
                    if True in rows:
                        found[look] = min((rows.index(True), at), found.get(look, (len(rows), 0)))
        self._looks |= dict.fromkeys(sorted(found, key=found.__getitem__))

    def _take_spans(self, top: int, sides: Sequence[Side]) -> None:
        """Note from which column to which the rows reach."""
        there = [_spread([each is not None for each in side.cells], side) for side in (sides[0], sides[-1])]
        rows = len(there[0])
        if all(map(all, there)):
            whole = (0, len(sides) - 1)
            self._spans |= dict.fromkeys(range(top // SPANNED, (top + rows - 1) // SPANNED + 1), whole)
            self._last = top + rows - 1
            return
        there = [_spread([each is not None for each in side.cells], side) for side in sides]
        for row, each in enumerate(zip(*there, strict=True), top):
            if True in each:
                first, last = each.index(True), len(each) - 1 - each[::-1].index(True)
                before = self._spans.get(row // SPANNED, (first, last))
                self._spans[row // SPANNED] = min(first, before[0]), max(last, before[1])
                self._last = row

    def _write_remarks(self, top: int, sides: Sequence[Side]) -> None:
        for at, side in enumerate(sides):
            if any(each is not None and each.remark for each in side.cells):
                for row, cell in enumerate(_spread(side.cells, side), top):
                    if cell is not None and cell.remark:
                        self._sheet.write_comment(row, at, cell.remark, {"author": ""})

    def in_place(self, sheet: bytes, progress: Progress | None) -> Iterator[bytes]:
        """The sheet as the library wrote it, in parts, with the rows in place of what it was told.

        Raises `Cancelled`.
        """
        before, _begin, rest = sheet.partition(ROWS_BEGIN)
        rows, _end, behind = rest.partition(ROWS_END)
        headings, _ended, announced = rows.partition(ROW_END)
        yield _AREA.sub(self._area().encode("ascii"), before, count=1) + ROWS_BEGIN + headings + ROW_END
        looks = dict(zip(self._looks, map(_plain, _LOOK.findall(announced)), strict=True))
        texts = dict(zip(self._texts, map(_plain, _TEXT.findall(announced)), strict=True))
        top = 1
        for sides in told(self._sides(), self._portions, _part(progress, 1), every=1):
            columns = [_spread([_end_of(each, looks, texts) for each in side.cells], side) for side in sides]
            for first in range(0, len(columns[0]), TOGETHER):
                part = [ends[first : first + TOGETHER] for ends in columns]
                yield self._rows(top, part).encode("ascii")
                top += len(part[0])
        yield ROWS_END + behind

    def _area(self) -> str:
        """How far the sheet reaches, as it stands in the file."""
        last = f"{self._letters[-1]}{self._last + 1}"
        return f'<dimension ref="{last if last == "A1" else "A1:" + last}"/>'

    def _rows(self, top: int, columns: Sequence[Sequence[str]]) -> str:
        """Rows as they stand in the file; `columns` have the ends of their cells, "" where one is empty."""
        numbers = range(top + 1, top + 1 + len(columns[0]))
        cells = [
            [f'<c r="{letters}{number}{end}' if end else "" for number, end in zip(numbers, ends, strict=True)]
            for letters, ends in zip(self._letters, columns, strict=True)
        ]
        spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in self._spans.items()
                 if top // SPANNED <= block <= numbers[-1] // SPANNED}  # fmt: skip
        return "".join(
            f'<row r="{number}" spans="{spans[(number - 1) // SPANNED]}">{row}</row>'
            for number, row in zip(numbers, map("".join, zip(*cells, strict=True)), strict=True)
            if row
        )


def with_long_rows(book: BytesIO, long: Mapping[str, LongRows], progress: Progress | None) -> bytes:
    """A workbook with the long rows in their places; `long` names the part of the file that each belongs to."""
    made = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename, each.date_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            parts: Iterable[bytes] = (old.read(each.filename),)
            if each.filename in long:
                parts = long[each.filename].in_place(old.read(each.filename), progress)
            elif each.filename == STRINGS:
                more = sum(rows.repeated for rows in long.values())
                parts = (_with_more(old.read(STRINGS), more),)
            with new.open(entry, "w") as file:
                for part in parts:
                    file.write(part)
    return made.getvalue()


def _with_more(strings: bytes, more: int) -> bytes:
    """The part of all texts, which also says in how many cells they are."""
    return _COUNT.sub(lambda found: b' count="%d"' % (int(found[1]) + more), strings, count=1)


def _part(progress: Progress | None, number: int) -> Progress | None:
    """A progress for one of two equal parts of the work."""
    return None if progress is None else lambda done, total: progress(number * total + done, 2 * total)


def _spread(made: Sequence[Any], side: Side) -> Sequence[Any]:
    """What was made of the cells of a side, once for each row."""
    return made if side.places is None else list(map(made.__getitem__, side.places))


def _text_of(cell: SheetCell | None) -> str:
    return cell.what if cell is not None and isinstance(cell.what, str) else ""


def _end_of(cell: SheetCell | None, looks: Mapping[Any, str], texts: Mapping[str, str]) -> str:
    """What follows the place of a cell in the file; "" for an empty one, and for one that stands in no row."""
    if cell is None or cell.look not in looks:
        return ""
    what, look, _remark = cell
    if isinstance(what, str):
        return f'" s="{looks[look]}" t="s"><v>{texts.get(what, "")}</v></c>'
    return f'" s="{looks[look]}"><v>{what:.16G}</v></c>'


def _plain(number: bytes) -> str:
    return number.decode("ascii")
