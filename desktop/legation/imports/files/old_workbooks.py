"""Workbooks of the kind before 2007 (XLS): their sheets, and the rows of one with merged cells and errors told.

Read by a library that holds only the cells that are there: the other one asks for all cells that the file declares,
and a damaged file may declare so many that the process ends.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from legation.errors import UserError
from legation.i18n import _
from legation.imports.files.file_source import FileSource
from legation.imports.files.packed_sheets import protected
from legation.imports.source_tables import SourceCell

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
TEXT, NUMBER, DATE, BOOLEAN, ERROR = 1, 2, 3, 4, 5  # the library's kinds of cells
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class OldSheet:
    """A sheet: its name, whether it is hidden, and the places of cells with an error, counted from 1."""

    name: str
    hidden: bool
    errors: frozenset[tuple[int, int]]


def old_sheets(source: FileSource) -> list[OldSheet]:
    """The sheets of a workbook. Raises `UserError` when it is none, damaged or protected."""
    with _opened(source) as book:
        found = []
        for sheet in book.sheets():
            errors = {
                (row + 1, column + 1)
                for row in range(sheet.nrows)
                for column, kind in enumerate(sheet.row_types(row))
                if kind == ERROR
            }
            found.append(OldSheet(sheet.name, bool(sheet.visibility), frozenset(errors)))
        return found


def old_rows(source: FileSource, name: str) -> tuple[list[list[SourceCell]], list[Range]]:
    """The rows of a sheet, and its merged cells as the first and last row and column of each, counted from 0."""
    with _opened(source) as book:
        sheet = book.sheet_by_name(name)
        rows = [[_cell(book, sheet, row, column) for column in range(sheet.row_len(row))] for row in range(sheet.nrows)]
        merged = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]
        return rows, merged


@contextmanager
def _opened(source: FileSource) -> Iterator[Any]:
    """The workbook, wholly in memory. What the library raises for a damaged one, of many kinds, is told."""
    import xlrd

    with source.guarded(), source.open() as file:
        content = file.read()
    if _ENCRYPTED in content:
        raise protected(source.name)
    try:
        yield xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
    except UserError:
        raise
    except Exception as error:
        if "encrypted" in str(error):
            raise protected(source.name) from error
        raise UserError(
            _("{name} cannot be read as a workbook; it is damaged or something else.").format(name=source.name),
            _("Open it in the program that made it, and save it as XLSX."),
        ) from error


def _cell(book: Any, sheet: Any, row: int, column: int) -> SourceCell:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == TEXT:
        return str(value) or None
    if kind == NUMBER:
        return int(value) if value.is_integer() and abs(value) < 1e15 else float(value)
    if kind == BOOLEAN:
        return bool(value)
    if kind == DATE:
        return _moment(book, sheet.cell_xf_index(row, column), value)
    return None


def _moment(book: Any, style: int, value: float) -> str | float | date | time:
    """A day, a time or both from a number of days; a number of hours as “25:03:00”, and the number if it is none."""
    import xlrd

    written = book.format_map[book.xf_list[style].format_key].format_str
    if _DURATION.search(written):
        minutes, seconds = divmod(round(timedelta(days=value).total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    try:
        moment: datetime = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return value
    if value < 1:
        return moment.time()
    return moment.date() if float(value).is_integer() else moment
