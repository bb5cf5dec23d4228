"""Large sheets are read row by row to the same cells as the library for workbooks makes of them, damaged ones told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from legation.errors import UserError
from legation.imports.files import workbooks
from legation.imports.files.opening import open_tables
from legation.imports.source_tables import SourceCell

HEADINGS = ("No", "Date", "Visitor", "Note", "Length")


def by_xlsxwriter(path: Path, *, inline: bool, of_1904: bool = False) -> None:
    """A sheet with each kind of value, a row left out, merged cells and words in several looks."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": inline, "date_1904": of_1904, "in_memory": not inline})
    sheet = book.add_worksheet("Visits")
    day, moment, clock, hours, money = (
        book.add_format({"num_format": code})
        for code in ("yyyy-mm-dd", "d mmm yyyy hh:mm", "hh:mm", "[h]:mm", '#,##0 "days"')
    )
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, (1, None, "Ana & Bo <Lima>", "first\nsecond", 1.5))
    sheet.write_datetime(1, 1, datetime(2024, 3, 1), day)
    sheet.write_row(2, 0, (2, None, "日本", True))
    sheet.write_datetime(2, 1, datetime(2024, 3, 2, 14, 30), moment)
    sheet.write_datetime(2, 4, timedelta(hours=25, minutes=3), hours)
    sheet.write_row(5, 0, (3, None, "x"))
    sheet.write_datetime(5, 1, time(9, 15), clock)
    sheet.write_number(5, 4, 12, money)
    sheet.write_row(6, 0, (4, "2024", " spaces "))
    sheet.write_formula(6, 3, "=1/0", None, "#DIV/0!")
    sheet.write_formula(6, 4, '="a"&"b"', None, "ab")
    if not inline:
        bold = book.add_format({"bold": True})
        sheet.write_rich_string(7, 2, "plain ", bold, "bold", " plain")
        sheet.merge_range(7, 3, 8, 3, "merged")
        sheet.write(8, 2, "below")
        sheet.write(7, 0, 5)
        sheet.write(8, 0, 6)
    book.close()


def by_openpyxl(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Visits"
    sheet.append(HEADINGS)
    sheet.append((1, date(2024, 3, 1), "Ana", "=A2+1", 0.1))
    sheet.append((2, datetime(1900, 1, 5, 3), "Bo", False, -7))
    sheet.append((None, time(23, 59, 59), "", None, 12345678901234567890))
    book.save(path)


def cells(content: bytes) -> list[tuple[int, list[tuple[type, SourceCell]]]]:
    (table,) = open_tables(content, name="visits.xlsx")
    assert table.headings == HEADINGS
    return [(row.number, [(type(cell), cell) for cell in row.cells]) for row in table.rows()]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: by_xlsxwriter(path, inline=True),
        lambda path: by_xlsxwriter(path, inline=False),
        lambda path: by_xlsxwriter(path, inline=False, of_1904=True),
        by_openpyxl,
    ],
    ids=["inline", "shared", "1904", "openpyxl"],
)
def test_the_cells_are_those_of_the_library(
    make: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "visits.xlsx")
    content = (tmp_path / "visits.xlsx").read_bytes()
    held = cells(content)
    monkeypatch.setattr(workbooks, "STREAMED_FROM", 0)
    assert cells(content) == held and len(held) > 2


def changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose first sheet was written otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name.endswith("sheet1.xml") else part)
    return made.getvalue()


def with_prefixes(part: bytes) -> bytes:
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"f"):
        part = part.replace(b"<" + tag + b" ", b"<x:" + tag + b" ").replace(b"<" + tag + b">", b"<x:" + tag + b">")
        part = part.replace(b"</" + tag + b">", b"</x:" + tag + b">")
    return part.replace(b"xmlns=", b"xmlns:x=")


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b'<c r="A', b'<c  r="A'),
        lambda part: part.replace(b"<v>", b"<v><!-- said -->"),
        lambda part: part.replace(b"</row>", b"</row >"),
        with_prefixes,
    ],
    ids=["blanks", "comments", "tags", "prefixes"],
)
def test_rows_that_are_written_otherwise(
    change: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_xlsxwriter(tmp_path / "visits.xlsx", inline=False)
    content = (tmp_path / "visits.xlsx").read_bytes()
    held = cells(content)
    monkeypatch.setattr(workbooks, "STREAMED_FROM", 0)
    assert cells(changed(content, change)) == held


def test_a_sheet_that_ends_too_soon_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_xlsxwriter(tmp_path / "visits.xlsx", inline=False)
    content = changed((tmp_path / "visits.xlsx").read_bytes(), lambda part: part.replace(b"</v>", b"</w>", 3))
    monkeypatch.setattr(workbooks, "STREAMED_FROM", 0)
    with pytest.raises(UserError, match="damaged or something else"):
        cells(content)
