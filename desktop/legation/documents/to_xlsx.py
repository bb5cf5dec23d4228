"""A document as a spreadsheet (Office Open XML): one sheet a table, one of the sources, one about the report.

Days are real dates and counts real numbers. The bytes depend on the document alone. Text is written as text, so that
no spreadsheet runs it as a formula.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from legation.documents.column_widths import letters_of
from legation.documents.document import CHANGE, About, Cell, Column, Document, Note, Table
from legation.documents.held_rows import Block, HeldColumn, held_rows, in_rows
from legation.documents.progress import Progress, told
from legation.documents.sheets import block_count, blocks, flat_columns, portion_count, portions
from legation.documents.to_json import about_of
from legation.documents.xlsx_looks import Looks
from legation.errors import UserError
from legation.i18n import _

MOST_ROWS = 1_048_575  # below the headings; what a sheet of Excel holds
MOST_LETTERS = 32_767  # in a cell, in units of UTF-16
FIRST_DAY = "1900-03-01"  # before it spreadsheets do not agree how days are numbered
NUMBERED_FROM = date(1899, 12, 30)  # so that the first of March 1900 is day 61
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
NAME_LETTERS = 31
HEAD_LETTERS = 120  # of the title above a printed sheet, of which each may be written twice
WIDEST = 60  # letters of a column
FIXED = datetime(2000, 1, 1)
LINE = 15.0  # points: the height of a line
HIGHEST = 27  # lines of a row
MOST_FITTED = 5000  # rows that are made as high as their text; in longer tables the spreadsheet does it
UPRIGHT = 95  # letters that fit the width of an upright page


def to_xlsx(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of an .xlsx file.

    Raises `UserError` when a table has more rows than a sheet takes, `Cancelled` when `progress` gives False.
    """
    import xlsxwriter

    for table in document.tables:
        if table.count > MOST_ROWS:
            raise UserError(
                _("The table “{name}” has {count} rows; a spreadsheet takes {most}.").format(
                    name=table.title or table.name, count=f"{table.count:,}", most=f"{MOST_ROWS:,}"
                ),
                _("Narrow the report, or write it as CSV."),
            )
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    properties: dict[str, Any] = {"title": document.title, "created": FIXED}
    if document.about is not None:
        properties["comments"] = json.dumps(about_of(document.about), ensure_ascii=False)
    book.set_properties(properties)
    looks, names = Looks(book), set[str]()
    for table in document.tables:
        sheet = book.add_worksheet(sheet_name(table.title or table.name.capitalize(), names))
        _write_table(sheet, table, looks, progress)
        _set_page(sheet, document.title, sum(column.width for column in table.columns))
    sheet = book.add_worksheet(sheet_name(_("Sources"), names))
    _write_sources(sheet, document.notes, looks)
    _set_page(sheet, document.title, UPRIGHT)
    sheet = book.add_worksheet(sheet_name(_("About"), names))
    _write_about(sheet, document, looks)
    _set_page(sheet, document.title, UPRIGHT)
    book.close()
    return made.getvalue()


def sheet_name(title: str, taken: set[str]) -> str:
    """A lawful name for a sheet that no other sheet has."""
    bare = "".join(each if each.isprintable() else " " for each in title.translate(FORBIDDEN))
    bare = " ".join(bare.split())[:NAME_LETTERS].strip("' ")
    if not bare or bare.casefold() == "history":  # a name that Excel keeps for itself
        bare = _("Table")
    name, number = bare, 2
    while name.casefold() in taken:
        end = f" {number}"
        name, number = bare[: NAME_LETTERS - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name


def _write_table(sheet: Any, table: Table, looks: Looks, progress: Progress | None) -> None:
    columns = flat_columns(table)
    widths = [min(max(column.width, letters_of(column.label) + 4), WIDEST) for column in columns]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(0, at, column.label, looks["number head" if column.kind == "number" else "head"])
    sheet.freeze_panes(1, 0)
    if not table.count:
        sheet.write_string(1, 0, fitting(table.when_empty), looks["remark"])
        return
    sheet.autofilter(0, 0, table.count, len(columns) - 1)
    writer, top = _TableWriter(sheet, table, columns, looks), 1
    if table.count > MOST_FITTED and held_rows(table) is not None:
        for side_by_side in told(blocks(table), block_count(table), progress, every=1):
            top = writer.write_held(top, side_by_side)
        return
    for portion in told(portions(table), portion_count(table), progress, every=1):
        for row, cells in zip(portion.rows, zip(*portion.columns, strict=True), strict=True):
            writer.write(top, row.change == "withdrawn", row.level, cells)
            if table.count <= MOST_FITTED:
                lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
                sheet.set_row(top, min(lines, HIGHEST) * LINE)
            top += 1


_Calls = tuple[tuple[Any, ...], ...]  # what writes a cell: methods of a sheet, each with what follows row and column


class _TableWriter:
    """Writes the rows of a table: what is the same for all cells of a column is found once."""

    def __init__(self, sheet: Any, table: Table, columns: list[Column], looks: Looks) -> None:
        self._sheet, self._looks = sheet, looks
        self._kinds = [column.kind for column in columns]
        names = [column.name for column in columns]
        self._indented = names.index(table.indented) if table.indented in names else -1
        self._change = names.index(CHANGE) if CHANGE in names else -1
        self._days: dict[int | str | None, int | None] = {}

    def write(self, top: int, is_gone: bool, level: int, cells: tuple[Cell, ...]) -> None:
        """Write a row below the headings; the row at the top is number 0."""
        text, sheet = self._looks.text(is_gone=is_gone), self._sheet
        for at, (kind, cell) in enumerate(zip(self._kinds, cells, strict=True)):
            if kind == "text" or cell.value is None:
                words = cell.shown if cell.notes else cell.text
                if words:
                    look = text
                    if cell.is_strong or (level and at == self._indented):
                        look = self._looks.text(
                            is_gone=is_gone, is_strong=cell.is_strong, level=level if at == self._indented else 0
                        )
                    elif at == self._change:
                        look = self._looks["change"]
                    sheet.write_string(top, at, fitting(words), look)
            elif kind == "number":
                sheet.write_number(top, at, cell.value, self._looks["gone number" if is_gone else "number"])
            else:
                self._write_date(top, at, cell, text, is_gone)

    def write_held(self, top: int, portion: Sequence[Block]) -> int:
        """Write rows that are held in columns, from this row on; the number of the row behind them. What stands in
        several rows is made once."""
        left, columns = iter(self._kinds), []
        for block in portion:
            for column in block.columns:
                writes = self._writes_number if (kind := next(left)) == "number" else self._writes_text
                made = [self._writes_date(each) for each in column.cells()] if kind == "date" else writes(column)
                columns.append(in_rows(made, block))
        for row in zip(*columns, strict=True):
            for at, calls in enumerate(row):
                for write, *what in calls:
                    write(top, at, *what)
            top += 1
        return top

    def _writes_text(self, column: HeldColumn) -> list[_Calls]:
        """The calls that write the cells of a column of text."""
        write, look = self._sheet.write_string, self._looks.text()
        words = column.texts if column.notes is None else [each.shown for each in column.cells()]
        return [((write, fitting(each), look),) if each else () for each in words]

    def _writes_number(self, column: HeldColumn) -> list[_Calls]:
        if column.values is None:
            return self._writes_text(column)
        write, look = self._sheet.write_number, self._looks["number"]
        texts = self._writes_text(column)
        return [
            text if value is None else ((write, value, look),) for value, text in zip(column.values, texts, strict=True)
        ]

    def _writes_date(self, cell: Cell) -> _Calls:
        sheet, look = self._sheet, self._looks.text()
        if cell.value is None:
            return ((sheet.write_string, fitting(cell.shown), look),) if cell.shown else ()
        day = self._day(cell)
        if day is None:
            return ((sheet.write_string, fitting(cell.text), look),)
        written = (sheet.write_number, day, self._looks["date"])
        return (written, (sheet.write_comment, fitting(cell.text), {"author": ""})) if "(" in cell.text else (written,)

    def _day(self, cell: Cell) -> int | None:
        if cell.value not in self._days:
            self._days[cell.value] = day_number(str(cell.value))
        return self._days[cell.value]

    def _write_date(self, top: int, at: int, cell: Cell, text: Any, is_gone: bool) -> None:
        day = self._day(cell)
        if day is None:
            self._sheet.write_string(top, at, fitting(cell.text), text)
            return
        self._sheet.write_number(top, at, day, self._looks["gone date" if is_gone else "date"])
        if "(" in cell.text:  # what the source said instead
            self._sheet.write_comment(top, at, fitting(cell.text), {"author": ""})


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
    if _cut(words, MOST_LETTERS) == words:
        return words
    end = _(" … [cut: {count} letters in all]").format(count=f"{len(words):,}")
    return _cut(words, MOST_LETTERS - len(end)) + end


def _cut(words: str, most: int) -> str:
    """The beginning of a text, at most so many units of UTF-16, in which Excel counts."""
    return words.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def _lines(cell: Cell, width: int) -> int:
    """How many lines the text of a cell takes in a column of so many letters; rather one more than one less."""
    words = cell.shown
    if len(words) < width * 0.8 and "\n" not in words and words.isascii():
        return 1
    return sum(1 + int(letters_of(line) * 1.15 / width) for line in words.split("\n"))


def _set_page(sheet: Any, title: str, letters: int) -> None:
    """How a sheet is printed: on A4, as wide as the page, with its headings, its title and numbers on each page."""
    sheet.set_paper(9)
    if letters > UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
    sheet.set_header("&L&9 " + _cut(title, HEAD_LETTERS).replace("&", "&&"))
    sheet.set_footer("&R&9 " + _("Page {page} of {pages}").replace("&", "&&").format(page="&P", pages="&N"))


def _write_sources(sheet: Any, notes: list[Note], looks: Looks) -> None:
    width = 90
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, width)
    sheet.write_string(0, 0, _("No."), looks["number head"])
    sheet.write_string(0, 1, _("Source"), looks["head"])
    for row, note in enumerate(notes, 1):
        sheet.write_number(row, 0, note.number, looks["number"])
        sheet.write_string(row, 1, fitting(note.words), looks["words"])
        if len(notes) <= MOST_FITTED:
            sheet.set_row(row, min(_lines(Cell(note.words), width), HIGHEST) * LINE)
    sheet.freeze_panes(1, 0)


def _write_about(sheet: Any, document: Document, looks: Looks) -> None:
    width = 72
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, width)
    sheet.write_string(0, 0, fitting(document.title), looks["title"])
    for row, (label, words) in enumerate(_about(document.about) if document.about is not None else [], 2):
        sheet.write_string(row, 0, label, looks["label"])
        sheet.write_string(row, 1, fitting(words), looks["words"])
        sheet.set_row(row, min(_lines(Cell(words), width), HIGHEST) * LINE)


def _about(about: About) -> list[tuple[str, str]]:
    """What the report was made of, in words; the same stands as data in the file's description."""
    options = "\n".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in about.options.items()
    )
    rows = [
        (_("Report"), about.report),
        (_("Options"), options),
        (_("Filter"), about.filters),
        (_("As of"), about.day),
        (_("Revision"), str(about.revision)),
        (_("Last change (UTC)"), about.at),
        (_("Workspace"), about.workspace),
        (_("Workspace number"), about.uuid),
        (_("Rows"), f"{about.rows:,}"),
        (_("SHA-256 of rows"), about.digest),
    ]
    return rows if about.since is None else [*rows, (_("Since revision"), str(about.since))]
