"""Opening a file as tables, whatever it is: sheet, calendar, page, JSON or text. What is none of these is told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from legation.errors import UserError
from legation.i18n import _
from legation.imports.files.calendars import calendar_tables
from legation.imports.files.delimited import text_tables
from legation.imports.files.file_kinds import CALENDAR, JSON, OTHER, PAGE, WORKBOOK, kind_of
from legation.imports.files.file_source import FileSource
from legation.imports.files.json_tables import json_tables
from legation.imports.files.pages import page_tables
from legation.imports.files.text_encoding import find_encoding
from legation.imports.files.workbooks import workbook_tables
from legation.imports.reading_choices import FIND_OUT, ReadingChoices
from legation.imports.source_tables import SourceTable

HEAD = 1 << 16  # bytes
_SURROGATES = re.compile("[\ud800-\udfff]")
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|meta|table|body|div|span|tr)\b.*<t[dh]\b", re.I | re.S)


def open_tables(given: Path | bytes, choices: ReadingChoices = FIND_OUT, name: str = "") -> list[SourceTable]:
    """The tables of a file, or of its bytes with its `name`.

    Raises `UserError` when there is none: the file is missing or empty, is something else, or is damaged.
    """
    source = FileSource(given, name)
    readers = {WORKBOOK: workbook_tables, CALENDAR: calendar_tables, PAGE: page_tables, JSON: json_tables}
    return _placed(readers.get(_reader_of(source), text_tables)(source, choices))


def _placed(tables: list[SourceTable]) -> list[SourceTable]:
    """The tables with their places among those of the same sheet."""
    counts = Counter[str]()
    found = []
    for each in tables:
        counts[each.name] += 1
        found.append(replace(each, place=counts[each.name]))
    return found


def _reader_of(source: FileSource) -> str:
    """What reads a file. Raises `UserError` for one that is no table."""
    kind = kind_of(source.head(HEAD))
    if kind.reader == OTHER:
        raise UserError(
            _("{name} is no table: it seems to be {words}.").format(name=source.name, words=_(kind.words)),
            _("Choose a CSV or text file, a workbook (XLSX, XLSB, XLS, ODS), JSON or a calendar (ICS)."),
        )
    return kind.reader


def read_pasted(text: str, choices: ReadingChoices = FIND_OUT) -> list[SourceTable]:
    """The tables of pasted text: rows of a spreadsheet, CSV, a table of a page, a calendar. Raises `UserError`."""
    source = FileSource(_SURROGATES.sub("\ufffd", text).encode())
    encoding = replace(find_encoding(source, "utf-8"), how=())
    if _PAGE.match(text[:HEAD]):
        return _placed(page_tables(source, choices, encoding))
    readers = {CALENDAR: calendar_tables, JSON: json_tables}
    return _placed(readers.get(_reader_of(source), text_tables)(source, choices, encoding))
