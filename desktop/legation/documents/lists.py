"""A list of records as a file: the rows and columns of a page as CSV, Excel or JSON, written in portions.

So memory stays flat however many rows there are. What each column gives is told by cells.py.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from legation.documents.cells import cell_columns, cell_rows, headings, portions
from legation.documents.progress import Cancelled, Progress
from legation.documents.to_csv import csv_columns
from legation.documents.to_xlsx import FIXED, MOST_ROWS, sheet_name
from legation.documents.writing import write_csv
from legation.documents.xlsx_cells import MOST_LETTERS
from legation.errors import UserError
from legation.fields.record_type import Field
from legation.i18n import _
from legation.storage.pages import PageColumns
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader

_DAY = re.compile(r"(?:19|[2-9]\d)\d\d-\d\d-\d\d")  # a spreadsheet knows no day before 1900
WIDTH = 20
TOGETHER = 50_000  # rows whose lines are held at a time


class List:
    """The rows of a question in some columns; `order` gives their ids where they are known already."""

    def __init__(
        self, reader: Reader, query: Query, columns: Sequence[Field], order: Sequence[int] | None = None
    ) -> None:
        self.columns = columns
        self.record = query.record_type
        self.reader = reader
        self._ids = list(order) if order is not None else ids(reader, query)

    def __len__(self) -> int:
        return len(self._ids)

    def portions(self) -> Generator[tuple[int, int, PageColumns], None, None]:
        """The rows in portions: (rows so far, rows in all, columns of the portion).

        Whoever stops before the last must close it: it reads ahead, and until then nobody else may ask the reader.
        """
        return portions(self.reader, self.record, self.columns, self._ids)

    def lines(self) -> Generator[tuple[int, int, list[str]], None, None]:
        """The rows as lines of CSV: (rows read so far, rows in all, the lines that come next); to be closed as well.

        Many rows together are read in the order in which they lie in the file, then their lines put into that of the
        list: so a page of the file is read for all of them at once, where each row would need two of its own.
        """
        for start in range(0, len(self), TOGETHER):
            together, lines = self._ids[start : start + TOGETHER], dict[int, str]()
            with closing(portions(self.reader, self.record, self.columns, sorted(together))) as parts:
                for done, of_these, found in parts:
                    lines.update(zip(found.ids, csv_columns(list(cell_columns(self.columns, found))), strict=True))
                    whole = [lines[id] for id in together if id in lines] if done == of_these else []
                    yield start + done, len(self), whole


def write_list(file: BinaryIO, format: str, rows: List, *, bom: bool = True, progress: Progress | None = None) -> int:
    """Write a list in one of `LIST_FORMATS` as one state of the file has it; how many rows. `bom` is for CSV alone.

    Raises `Cancelled` when `progress` gives False, and `UserError` when a spreadsheet does not take so many rows.
    """
    with rows.reader.snapshot():
        return LIST_FORMATS[format](file, rows, bom, progress)


def _csv(file: BinaryIO, rows: List, bom: bool, progress: Progress | None) -> int:
    with closing(rows.lines()) as lines:
        return write_csv(file, headings(rows.columns), lines, bom=bom, progress=progress)


def _json(file: BinaryIO, rows: List, _bom: bool, progress: Progress | None) -> int:
    """A list of objects: id, then for each column its stored value and its words."""
    names = [column.name for column in rows.columns]
    file.write(b"[")
    count = 0
    with closing(rows.portions()) as parts:
        for done, total, found in parts:
            objects = list(_objects(names, found))
            if objects:
                written = json.dumps(objects, ensure_ascii=False, indent=2)
                file.write((("," if count else "") + written[1:-2]).encode("utf-8"))  # without the brackets
                count += len(objects)
            if progress is not None and not progress(done, total):
                raise Cancelled
    file.write(b"\n]\n" if count else b"]\n")
    return count


def _objects(names: Sequence[str], found: PageColumns) -> Iterator[dict[str, Any]]:
    for at, id in enumerate(found.ids):
        columns = zip(names, found.values, found.texts, strict=True)
        yield {"id": id} | {name: {"value": values[at], "text": texts[at]} for name, values, texts in columns}


def _xlsx(file: BinaryIO, rows: List, _bom: bool, progress: Progress | None) -> int:
    """One sheet: a fixed heading, filters, real days and numbers; text stays text."""
    if len(rows) > MOST_ROWS:
        raise UserError(
            _("There are {count} rows; a spreadsheet takes {most}.").format(
                count=f"{len(rows):,}", most=f"{MOST_ROWS:,}"
            ),
            _("Narrow the list, or write it as CSV."),
        )
    with tempfile.TemporaryFile() as made:  # what fails while the book is closed must not meet a closed file later
        count = _write_book(made, rows, progress)
        made.seek(0)
        shutil.copyfileobj(made, file)
    return count


def _write_book(file: BinaryIO, rows: List, progress: Progress | None) -> int:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": FIXED})
    sheet = book.add_worksheet(sheet_name(_(rows.record.plural), set()))
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    names = headings(rows.columns)
    for at, name in enumerate(names):
        sheet.set_column(at, at, max(WIDTH, len(name) + 2))
    sheet.freeze_panes(1, 0)
    if len(rows):
        sheet.autofilter(0, 0, len(rows), len(names) - 1)
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, head)
    number = 0
    with closing(rows.portions()) as parts:
        for done, total, found in parts:
            for row in cell_rows(rows.columns, found):
                number += 1
                for at, cell in enumerate(row):
                    _write_cell(sheet, number, at, cell, day)
            if progress is not None and not progress(done, total):
                _forget(book, sheet)
                raise Cancelled
    book.close()
    return number


def _forget(book: Any, sheet: Any) -> None:
    """Drop a workbook with its temporary file; left alone, it would still be written when Python clears it away."""
    sheet.row_data_fh.close()
    Path(sheet.row_data_filename).unlink(missing_ok=True)
    book.fileclosed = True


def _write_cell(sheet: Any, row: int, at: int, cell: Any, day: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, at, cell)
    elif _DAY.fullmatch(cell):
        sheet.write_datetime(row, at, date.fromisoformat(cell), day)
    elif cell:
        sheet.write_string(row, at, cell[:MOST_LETTERS])


LIST_FORMATS: dict[str, Callable[[BinaryIO, List, bool, Progress | None], int]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
}
"""How each format is written. Their words are those of `FORMATS` in formats.py."""
