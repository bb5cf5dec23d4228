"""Spreadsheets: real dates and numbers, sheets for tables, sources and what the report was made of."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import datetime

import openpyxl
import pytest
from openpyxl import Workbook

from documents.rich_document import rich_document
from legation.documents import to_xlsx as writing
from legation.documents.document import Cell, Column, Document, Group, Row, Table
from legation.documents.progress import Cancelled
from legation.documents.to_json import about_of
from legation.documents.to_xlsx import to_xlsx
from legation.documents.xlsx_cells import day_number
from legation.errors import UserError


def _book(document: Document) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(document)))


def test_there_is_a_sheet_for_each_table_then_sources_and_what_it_was_made_of() -> None:
    book = _book(rich_document(8))
    assert book.sheetnames == ["Chronology", "Counts", "Open commitments", "Sources", "About"]
    assert book["Open commitments"]["A2"].value == "No commitment is open."
    assert [row[0].value for row in book["Sources"].iter_rows(min_row=2)] == list(range(1, 10))
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=3)}
    assert about["Filter"] == "Country is Turkmenistan; with is Japan; period is 2019 to 2025"
    assert about["Revision"] == "42" and about["As of"] == "2025-02-03" and about["Rows"] == "10"


def test_the_file_tells_programs_what_it_was_made_of() -> None:
    document = rich_document(8)
    assert document.about is not None
    assert json.loads(_book(document).properties.description) == about_of(document.about)


def test_days_are_dates_and_counts_are_numbers() -> None:
    sheet = _book(rich_document(8))["Chronology"]
    rows = {row[6].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows[1][1].value == datetime(2020, 2, 2) and rows[1][1].number_format == "d mmmm yyyy"
    assert rows[0][1].value == "early this year (the source: “on Monday”)"  # a month is no day
    assert {type(row[6].value) for row in rows.values()} == {int}
    assert [row[0].value for row in rows.values()] == ["2019", "2019", "2020", "2021", "2022", "2023", "2024", "2025"]


def test_what_the_source_said_of_a_day_is_a_comment() -> None:
    sheet = _book(rich_document(8))["Chronology"]
    told = [cell.comment.text for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment is not None]
    assert told == ["8 January 2019 (the source: “on Monday”)"]


@pytest.mark.parametrize(
    ("edtf", "number"),
    [
        ("1900-03-01", 61), ("2025-01-27", 45684), ("9999-12-31", 2958465), ("1900-02-28", None), ("1899-12-31", None),
        ("2025-01", None), ("2025-01-27~", None), ("2025-02-30", None), ("2025-01-2X", None),
        ("2025-01-27/2025-01-28", None),
    ],
)  # fmt: skip
def test_only_a_day_that_all_spreadsheets_number_alike_is_a_date(edtf: str, number: int | None) -> None:
    assert day_number(edtf) == number


def test_headings_stay_in_sight_and_rows_can_be_filtered() -> None:
    for name, last in (("Chronology", "I9"), ("Counts", "H3")):
        sheet = _book(rich_document(8))[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{last}"
        assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert "Page &P of &N" in sheet.oddFooter.right.text


def test_columns_are_as_wide_as_they_would_like_to_be() -> None:
    sheet = _book(rich_document(8))["Chronology"]
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABDE"] == [21, 19, 35, 31]


def test_rows_are_as_high_as_their_text() -> None:
    sheet = _book(rich_document(8))["Chronology"]
    heights = [sheet.row_dimensions[number].height for number in range(2, 10)]
    assert min(heights) >= 30 and max(heights) > 60


def test_rows_say_what_changed_and_what_is_gone_is_struck_out() -> None:
    sheet = _book(rich_document(8))["Chronology"]
    assert sheet["I1"].value == "Change"
    gone = [row for row in sheet.iter_rows(min_row=2) if row[8].value == "withdrawn"]
    assert len(gone) == 1 and gone[0][3].font.strike
    assert not [row for row in sheet.iter_rows(min_row=2) if row[8].value != "withdrawn" and row[3].font.strike]


def test_indented_rows_are_indented_and_strong_ones_strong() -> None:
    sheet = _book(rich_document(8))["Chronology"]
    assert {row[3].alignment.indent for row in sheet.iter_rows(min_row=2)} == {0, 1, 2}
    assert {row[3].value for row in sheet.iter_rows(min_row=2) if row[3].font.b} == {
        "Meeting", "Consultations of the two foreign ministries on energy, transport and education",
    }  # fmt: skip


def test_sheets_have_lawful_names_of_their_own() -> None:
    columns = (Column("one", "One"),)
    titles = ["History", "a/b*c?[d]:e\\f", "x" * 40, "X" * 31, "x" * 50, "'", "", "\x01", "Sources", "藤井" * 20]
    document = Document("Names")
    groups = (Group("", (Row("1", (Cell("1"),)),)),)
    document.add(*(Table(f"t{at}", title, columns, groups) for at, title in enumerate(titles)))
    names = _book(document).sheetnames
    assert len({name.casefold() for name in names}) == len(titles) + 2
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[:2] == ["Table", "a b c d e f"] and names[-2:] == ["Sources 2", "About"]


def test_more_rows_than_a_sheet_takes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 7)
    with pytest.raises(UserError) as error:
        to_xlsx(rich_document(8))
    assert error.value.what_happened == "The table “Chronology” has 8 rows; a spreadsheet takes 7."


def _long(rows: int) -> Document:
    """A table whose rows say much that other rows say as well; held as rows, in groups, with levels and changes."""
    columns = (
        Column("day", "Day", "date"),
        Column("n", "Number", "number"),
        *(Column(f"c{at}", "C") for at in range(6)),
    )
    made = []
    for at in range(rows):
        texts = [Cell(f"Text {at % (97 + column)}", is_strong=at % 11 == 0) for column in range(6)]
        day = Cell("6 May 2024 (the source: “Monday”)" if at % 50 == 0 else "6 May 2024", "2024-05-06")
        change = "withdrawn" if at % 13 == 0 else ""
        made.append(Row(f"r{at}", (day, Cell(f"{at}", at), *texts), at % 3, change))
    groups = (Group("One", tuple(made[: rows // 3])), Group("Two", tuple(made[rows // 3 :])))
    return Document("Long", blocks=[Table("long", "", columns, groups, "Group", "c0"), rich_document(8).tables[0]])


@pytest.mark.parametrize("rows", [1, 14, 15, 16, 5001, 10_017])
def test_long_tables_are_written_as_the_library_writes_them(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(writing, "MOST_FITTED", 0)
    by_the_library = _with_rows_in_library(monkeypatch, rows, _long(rows))
    assert _with_rows_in_library(monkeypatch, 0, _long(rows)) == by_the_library
    book = openpyxl.load_workbook(io.BytesIO(by_the_library))
    sheet = book[book.sheetnames[0]]
    assert sheet.max_row == rows + 1 and sheet.cell(rows + 1, 3).value == rows - 1


def _with_rows_in_library(monkeypatch: pytest.MonkeyPatch, rows: int, document: Document) -> bytes:
    monkeypatch.setattr(writing, "MOST_IN_LIBRARY", rows)
    return to_xlsx(document)


def test_a_long_table_takes_a_part_of_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_FITTED", 0)
    document, peaks = _long(25_000), list[int]()
    for rows in (25_000, 0):
        tracemalloc.start()
        _with_rows_in_library(monkeypatch, rows, document)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 0.5 * peaks[0]


@pytest.mark.parametrize("looks", [0, 1, 2, 3])
def test_a_long_table_can_be_stopped(monkeypatch: pytest.MonkeyPatch, looks: int) -> None:
    """While it is told to the library, and while it is written."""
    monkeypatch.setattr(writing, "MOST_IN_LIBRARY", 0)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) <= looks

    document = _long(5001)
    document.blocks = document.blocks[:1]
    with pytest.raises(Cancelled):
        to_xlsx(document, progress)
    assert told == [(0, 4), (1, 4), (2, 4), (2, 4)][: looks + 1]
    told.clear()
    to_xlsx(document, lambda done, total: not told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (2, 4), (3, 4), (4, 4)]
