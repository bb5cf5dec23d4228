"""A document as a spreadsheet (Office Open XML): one sheet a table, one of the sources, one about the report.

Days are real dates and counts real numbers. The bytes depend on the document alone. Text is written as text, so that
no spreadsheet runs it as a formula.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from legation.documents.column_widths import letters_of
from legation.documents.document import About, Cell, Document, Note, Row, Table
from legation.documents.held_rows import held_rows
from legation.documents.progress import Progress, told
from legation.documents.sheets import block_count, blocks, flat_columns, portions
from legation.documents.to_json import about_of
from legation.documents.xlsx_cells import CellMaker, Side, cut, fitting
from legation.documents.xlsx_looks import Looks
from legation.documents.xlsx_rows import LongRows, with_long_rows
from legation.errors import UserError
from legation.i18n import _

MOST_ROWS = 1_048_575  # below the headings; what a sheet of Excel holds
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
NAME_LETTERS = 31
HEAD_LETTERS = 120  # of the title above a printed sheet, of which each may be written twice
WIDEST = 60  # letters of a column
FIXED = datetime(2000, 1, 1)
LINE = 15.0  # points: the height of a line
HIGHEST = 27  # lines of a row
MOST_FITTED = 5000  # rows that are made as high as their text; in longer tables the spreadsheet does it
MOST_IN_LIBRARY = 5000  # rows that the library holds, with an object for each cell
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
    looks, names, long = Looks(book), set[str](), dict[str, LongRows]()
    for number, table in enumerate(document.tables, 1):
        sheet = book.add_worksheet(sheet_name(table.title or table.name.capitalize(), names))
        rows = _write_table(sheet, table, looks, progress)
        if rows is not None:
            rows.announce(progress)
            long[f"xl/worksheets/sheet{number}.xml"] = rows
        _set_page(sheet, document.title, sum(column.width for column in table.columns))
    sheet = book.add_worksheet(sheet_name(_("Sources"), names))
    _write_sources(sheet, document.notes, looks)
    _set_page(sheet, document.title, UPRIGHT)
    sheet = book.add_worksheet(sheet_name(_("About"), names))
    _write_about(sheet, document, looks)
    _set_page(sheet, document.title, UPRIGHT)
    book.close()
    return with_long_rows(made, long, progress) if long else made.getvalue()


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


def _write_table(sheet: Any, table: Table, looks: Looks, progress: Progress | None) -> LongRows | None:
    """Write a table; of a long one all but its rows, which are given back."""
    columns = flat_columns(table)
    widths = [min(max(column.width, letters_of(column.label) + 4), WIDEST) for column in columns]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(0, at, column.label, looks["number head" if column.kind == "number" else "head"])
    sheet.freeze_panes(1, 0)
    if not table.count:
        sheet.write_string(1, 0, fitting(table.when_empty), looks["remark"])
        return None
    sheet.autofilter(0, 0, table.count, len(columns) - 1)
    maker = CellMaker(table, columns, looks)
    if table.count > MOST_IN_LIBRARY:
        return LongRows(sheet, len(columns), lambda: _sides(table, maker), block_count(table))
    for top, (row, cells) in enumerate(told(_rows(table), table.count, progress), 1):
        for at, each in enumerate(maker.of_row(row, cells)):
            if each is None:
                continue
            if isinstance(each.what, str):
                sheet.write_string(top, at, each.what, each.look)
            else:
                sheet.write_number(top, at, each.what, each.look)
            if each.remark:
                sheet.write_comment(top, at, each.remark, {"author": ""})
        if table.count <= MOST_FITTED:
            lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
            sheet.set_row(top, min(lines, HIGHEST) * LINE)
    return None


def _rows(table: Table) -> Iterator[tuple[Row, tuple[Cell, ...]]]:
    """The rows with the cells of all columns of the sheet."""
    for portion in portions(table):
        yield from zip(portion.rows, zip(*portion.columns, strict=True), strict=True)


def _sides(table: Table, maker: CellMaker) -> Iterator[list[Side]]:
    """The columns of the sheet, some thousand rows at a time."""
    if held_rows(table) is not None:
        return map(maker.of_blocks, blocks(table))
    return (maker.of_rows(portion.rows, portion.columns) for portion in portions(table))


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
    sheet.set_header("&L&9 " + cut(title, HEAD_LETTERS).replace("&", "&&"))
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
