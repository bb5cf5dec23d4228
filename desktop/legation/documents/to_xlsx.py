"""A document as a spreadsheet (Office Open XML): one sheet a table, one of the sources, one about the report.

Days are real dates and counts real numbers. The bytes depend on the document alone. Text is written as text, so that
no spreadsheet runs it as a formula.
"""

from __future__ import annotations

import io
import json
import re
from datetime import date, datetime
from typing import Any

from legation.documents.document import Cell, Column, Document, Note, Table
from legation.documents.progress import Progress, told
from legation.documents.sheets import flat_columns, flat_rows
from legation.documents.to_json import about_of
from legation.errors import UserError
from legation.i18n import _

MOST_ROWS = 1_048_575  # below the headings; what a sheet of Excel holds
MOST_LETTERS = 32_767  # in a cell
_DAY = re.compile(r"(?:19|[2-9]\d)\d\d-\d\d-\d\d")  # a spreadsheet knows no day before 1900
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
NAME_LETTERS = 31
FIXED = datetime(2000, 1, 1)


def to_xlsx(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of an .xlsx file. Raises `UserError` when a table has more rows than a sheet takes."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    properties: dict[str, Any] = {"title": document.title, "created": FIXED}
    if document.about is not None:
        properties["comments"] = json.dumps(about_of(document.about), ensure_ascii=False)
    book.set_properties(properties)
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "gone": book.add_format({"text_wrap": True, "valign": "top", "font_strikeout": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    names: set[str] = set()
    for table in document.tables:
        if table.count > MOST_ROWS:
            raise UserError(
                _("The table “{name}” has {count} rows; a spreadsheet takes {most}.").format(
                    name=table.title or table.name, count=f"{table.count:,}", most=f"{MOST_ROWS:,}"
                ),
                _("Narrow the report, or write it as CSV."),
            )
        _write_table(
            book.add_worksheet(_sheet_name(table.title or table.name.capitalize(), names)), table, looks, progress
        )
    _write_sources(book.add_worksheet(_sheet_name(_("Sources"), names)), document.notes, looks)
    _write_about(book.add_worksheet(_sheet_name(_("About"), names)), document, looks)
    book.close()
    return made.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """A lawful name for a sheet that no other sheet has."""
    bare = _FORBIDDEN.sub(" ", title).strip("' ") or _("Table")
    name, number = bare[:NAME_LETTERS], 2
    while name.casefold() in taken:
        end = f" {number}"
        name, number = bare[: NAME_LETTERS - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name


def _write_table(sheet: Any, table: Table, looks: dict[str, Any], progress: Progress | None) -> None:
    columns = flat_columns(table)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, min(max(column.width, len(column.label) + 2), 60))
        sheet.write_string(0, at, column.label, looks["head"])
    kinds = [column.kind for column in columns]
    changes = [row.change for row in table.rows()]
    for number, cells in enumerate(told(flat_rows(table), table.count, progress), 1):
        words = looks["gone"] if changes[number - 1] == "withdrawn" else looks["text"]
        for at, cell in enumerate(cells):
            if cell.value is not None and kinds[at] != "text":
                _write_value(sheet, number, at, kinds[at], cell, looks)
            elif cell.text or cell.notes:
                sheet.write_string(number, at, cell.shown[:MOST_LETTERS], words)
    sheet.freeze_panes(1, 0)
    if table.count:
        sheet.autofilter(0, 0, table.count, len(columns) - 1)
    else:
        sheet.write_string(1, 0, table.when_empty, looks["text"])
    _set_page(sheet, columns)


def _write_value(sheet: Any, row: int, at: int, kind: str, cell: Cell, looks: dict[str, Any]) -> None:
    if kind == "number":
        sheet.write_number(row, at, cell.value, looks["number"])
    elif _DAY.fullmatch(str(cell.value)):
        sheet.write_datetime(row, at, date.fromisoformat(str(cell.value)), looks["date"])
        if "(" in cell.text:  # what the source said instead
            sheet.write_comment(row, at, cell.text)
    else:
        sheet.write_string(row, at, cell.text, looks["text"])


def _set_page(sheet: Any, columns: list[Column]) -> None:
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_sources(sheet: Any, notes: list[Note], looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _("No."), looks["head"])
    sheet.write_string(0, 1, _("Source"), looks["head"])
    for row, note in enumerate(notes, 1):
        sheet.write_number(row, 0, note.number, looks["number"])
        sheet.write_string(row, 1, note.words[:MOST_LETTERS], looks["text"])
    sheet.freeze_panes(1, 0)


def _write_about(sheet: Any, document: Document, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, document.title, looks["title"])
    if document.about is None:
        return
    for row, (name, value) in enumerate(about_of(document.about).items(), 2):
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        sheet.write_string(row, 0, name, looks["head"])
        if isinstance(value, int):
            sheet.write_number(row, 1, value, looks["number"])
        else:
            sheet.write_string(row, 1, said, looks["text"])
