"""Workbooks as tables: values as they are kept, merged cells, errors and formulas told, bombs and damage refused."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from legation.errors import UserError
from legation.imports.files import packed_sheets
from legation.imports.files.opening import open_tables
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceTable

ODS = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c">'
    "<office:body><office:spreadsheet>"
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"
SENSELESS = [b"0", b"-1", b"16384", b"1048576", b"4294967295", b"18446744073709551615"]
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def _saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _with_part(content: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """A workbook with something else in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            part = old.read(each)
            if each == name:
                assert change[0] in part
                part = part.replace(*change, 1)
            new.writestr(each, part)
    return made.getvalue()


def _ods(*tables: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr(
            "content.xml", ODS + "<office:spreadsheet>" + "".join(tables) + "</office:spreadsheet>" + ODS_END
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return made.getvalue()


@pytest.fixture
def visits() -> bytes:
    """A workbook with a title, headings of two rows, merged cells, an error, a formula, a note and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Visits"
    for row in (
        ["Report of visits"],
        [],
        ["Visit", None, "Guest", None, "Number", "Code", "Mistake", "Length", "Open", "At", "Sum"],
        ["from", "to", "name", "country"],
    ):
        sheet.append(row)
    for at in range(3):
        day = date(2024, 1, 1 + at)
        moment, length = datetime(2024, 1, 2 + at, 9, 30), timedelta(hours=25, minutes=3)
        country = "JPN" if at == 0 else None
        sheet.append(
            [day, moment, f"Guest {at}", country, at * 1.0, f"00{at}", "#N/A", length, True, time(9, 15), "=E5+1"]
        )
    for merged in ("A1:K1", "A3:B3", "C3:D3", "D5:D7"):
        sheet.merge_cells(merged)
    sheet["G5"].data_type = "e"
    sheet["A10"] = "Source: Protocol"
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    for row in (["a", "b"], [1, 2.5]):
        hidden.append(row)
    book.create_sheet("Empty")
    return _saved(book)


def _visits(content: bytes) -> SourceTable:
    return open_tables(content, ReadingChoices(sheet="Visits"), "visits.xlsx")[0]


def test_values_are_what_the_workbook_keeps(visits: bytes) -> None:
    table = _visits(visits)
    assert table.headings[:5] == ("Visit / from", "Visit / to", "Guest / name", "Guest / country", "Number")
    assert (table.title, table.footnotes) == ("Report of visits", ("Source: Protocol",))
    first, second, _third = table.rows()
    assert first.number == 5
    assert first.cells[:6] == (date(2024, 1, 1), datetime(2024, 1, 2, 9, 30), "Guest 0", "JPN", 0, "000")
    assert first.cells[6:10] == (None, "25:03:00", True, time(9, 15))
    assert second.cells[3] == "JPN"  # merged with the one above
    assert isinstance(first.cells[4], int)


def test_errors_and_formulas_without_a_result_are_told(visits: bytes) -> None:
    table = _visits(visits)
    assert any("cells have an error instead of a value" in each or "1 cell has an error" in each for each in table.how)
    assert any("3 formulas have no result in the file" in each for each in table.how)
    assert next(iter(table.rows())).notes == ("1 cell has an error instead of a value.",)
    assert next(iter(table.rows())).cells[10] is None


def test_the_results_of_formulas_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sums.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sums")
        sheet.write_row(0, 0, ["name", "sum"])
        sheet.write_string(1, 0, "=cmd|' /C calc'!A0")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    (table,) = open_tables(path)
    assert [row.cells for row in table.rows()] == [("=cmd|' /C calc'!A0", 2)]
    assert not any("formula" in each for each in table.how)


def test_sheets_are_tables_and_can_be_chosen(visits: bytes) -> None:
    tables = open_tables(visits, name="visits.xlsx")
    assert [each.name for each in tables] == ["Visits", "Hidden"]
    assert "The sheet is hidden in the workbook." in tables[1].how
    (only,) = open_tables(visits, ReadingChoices(sheet="Hidden"), "visits.xlsx")
    assert [row.cells for row in only.rows()] == [(1, 2.5)]
    with pytest.raises(UserError, match="no sheet “Other”") as caught:
        open_tables(visits, ReadingChoices(sheet="Other"), "visits.xlsx")
    assert "Visits, Hidden, Empty" in caught.value.what_to_do


def test_errors_are_told_of_the_sheet_that_has_them() -> None:
    """Also when the parts are not numbered in the order of the sheets."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "First"
    second = book.create_sheet("Second", 0)
    for sheet in (first, second):
        sheet.append(["a", "b"])
        sheet.append([1, 2])
    second["B2"] = "#N/A"
    second["B2"].data_type = "e"
    told = {each.name: any("error" in said for said in each.how) for each in open_tables(_saved(book), name="x.xlsx")}
    assert told == {"First": False, "Second": True}


def test_two_tables_of_a_sheet_and_one_that_begins_far_in() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(
        [["date", "guest", "kind"], [date(2024, 1, 2), "A", "x"], [], ["name", "born"], ["A", 1960]], 4
    ):
        for column, cell in enumerate(row, 3):
            sheet.cell(at, column, cell)
    first, second = open_tables(_saved(book), name="x.xlsx")
    assert first.headings[-3:] == ("date", "guest", "kind")
    assert second.headings[-2:] == ("name", "born")
    assert [row.number for row in second.rows()] == [8]


def test_a_sheet_of_many_rows_has_its_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.imports.files.sheet_tables.WHOLE", 50)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "name", "day"])
    for at in range(300):
        sheet.append([at, f"Guest {at}", date(2024, 1, 1)])
    sheet.append(["Source: Protocol"])
    (table,) = open_tables(_saved(book), name="x.xlsx")
    assert table.footnotes == ("Source: Protocol",)
    assert sum(1 for _row in table.rows()) == 300


# what would end the program


def test_cells_that_stand_too_far_apart_are_refused() -> None:
    """The library would ask for hundreds of gigabytes, and end the process when it does not get them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    with pytest.raises(UserError, match="reaches over 1048576 rows and 16384 columns"):
        open_tables(_saved(book), name="x.xlsx")


def test_so_are_those_that_other_programs_write_differently() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"] = 1, 2
    for changed in (b"<c t='n' r='XFD1048576'", b'<x:c r = "XFD1048576" t="n"', b'<c r="F4294967295" t="n"'):
        content = _with_part(_saved(book), "xl/worksheets/sheet1.xml", (b'<c r="B2" t="n"', changed))
        with pytest.raises(UserError, match=r"1048576 rows|4294967295 rows|cannot be read"):
            open_tables(content, name="x.xlsx")


def test_cells_repeated_by_a_number_are_counted() -> None:
    bomb = (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    )
    with pytest.raises(UserError, match="reaches over 1048576 rows and 16384 columns"):
        open_tables(_ods(bomb), name="x.ods")


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, visits: bytes) -> None:
    monkeypatch.setattr(packed_sheets, "LARGEST", 50_000)
    row = b"<row><c><v>1</v></c></row>"
    bomb = _with_part(visits, "xl/worksheets/sheet1.xml", (b"<sheetData>", b"<sheetData>" + row * 20_000))
    assert len(bomb) < 20_000
    with pytest.raises(UserError, match="unpacks to far more than its"):
        open_tables(bomb, name="x.xlsx")


def test_a_file_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch, visits: bytes) -> None:
    row = b"<row><c><v>1</v></c></row>"
    bomb = bytearray(_with_part(visits, "xl/worksheets/sheet1.xml", (b"<sheetData>", b"<sheetData>" + row * 20_000)))
    name = b"xl/worksheets/sheet1.xml"
    central = bomb.rindex(name) - 46
    assert bomb[central : central + 4] == b"PK\x01\x02"
    bomb[central + 24 : central + 28] = struct.pack("<I", 1000)  # the size that is declared
    monkeypatch.setattr(packed_sheets, "LARGEST", 50_000)
    with pytest.raises(UserError, match="unpacks to far more than its"):
        open_tables(bytes(bomb), name="x.xlsx")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_damaged(visits: bytes, part: float) -> None:
    with pytest.raises(UserError, match="damaged"):
        open_tables(visits[: int(len(visits) * part)], name="x.xlsx")


def test_any_changed_byte_ends_in_tables_or_a_sentence(visits: bytes) -> None:
    for at in range(0, len(visits), 101):
        changed = bytearray(visits)
        changed[at] ^= 0x55
        try:
            for table in open_tables(bytes(changed), name="x.xlsx"):
                assert all(len(row.cells) == len(table.headings) for row in table.rows())
        except UserError as error:
            assert error.what_happened


def test_a_workbook_without_rows() -> None:
    with pytest.raises(UserError, match="has no table"):
        open_tables(_saved(Workbook()), name="x.xlsx")


def test_any_damage_inside_ends_in_tables_or_a_sentence(visits: bytes) -> None:
    """Numbers of rows, columns and styles are made senseless; the library would ask for all the memory there is."""
    choose = random.Random(3)
    with zipfile.ZipFile(io.BytesIO(visits)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    for _trial in range(40):
        name = choose.choice(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
        numbers = list(re.finditer(rb"\d+", parts[name]))
        changed = parts[name]
        for number in sorted(choose.sample(numbers, 3), key=lambda each: -each.start()):
            changed = changed[: number.start()] + choose.choice(SENSELESS) + changed[number.end() :]
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for each, content in {**parts, name: changed}.items():
                archive.writestr(each, content)
        try:
            for table in open_tables(made.getvalue(), name="x.xlsx"):
                assert all(len(row.cells) == len(table.headings) for row in table.rows())
        except UserError as error:
            assert error.what_happened


# OpenDocument


def test_an_ods_is_read_with_its_errors() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def text(words: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'

    day = '<table:table-cell office:value-type="date" office:date-value="2024-01-02"><text:p>x</text:p>'
    day += "</table:table-cell>"
    mistake = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    rest = '<table:table-row table:number-rows-repeated="1048570">'
    rest += '<table:table-cell table:number-columns-repeated="16384"/>'
    table = '<table:table table:name="Visits">' + row(text("day"), text("guest")) + row(day, text("Déby"))
    table += row(day, mistake) + rest + "</table:table-row></table:table>"
    (read,) = open_tables(_ods(table), name="x.ods")
    first, second = read.rows()
    assert (read.headings, first.cells) == (("day", "guest"), (date(2024, 1, 2), "Déby"))
    assert second.notes == ("1 cell has an error instead of a value.",)


def test_an_ods_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = (
        "<table:table-row>"
        + "<table:table-cell office:value-type='string'><text:p>Words</text:p></table:table-cell>" * 2
    )
    content = _ods(f"<table:table table:name='Visits'>{(row + '</table:table-row>') * 3}</table:table>")
    assert len(open_tables(content, name="visits.ods")) == 1
    monkeypatch.setattr(packed_sheets, "LARGEST_CONTENT", 100)
    with pytest.raises(UserError, match=r"sheets of visits\.ods are too large .* as CSV or XLSX"):
        open_tables(content, name="visits.ods")
