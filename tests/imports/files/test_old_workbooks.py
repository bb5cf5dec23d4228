"""Workbooks of the kind before 2007: values, errors and merged cells, and damaged files that ask for too much."""

from __future__ import annotations

import io
import random
from datetime import date, datetime, time
from itertools import pairwise

import pytest
import xlwt

from legation.errors import UserError
from legation.imports.files.opening import open_tables
from legation.imports.reading_choices import ReadingChoices


@pytest.fixture(scope="module")
def visits() -> bytes:
    """A workbook with dates, times, a duration, text that is a number, an error, merged cells and a hidden sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Visits")
    for column, name in enumerate(["day", "moment", "at", "length", "code", "number", "open", "sum", "country"]):
        sheet.write(0, column, name)
    for row in (1, 2):
        sheet.write(row, 0, datetime(2024, 1, 2), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
        sheet.write(row, 1, datetime(2024, 1, 2, 9, 30), xlwt.easyxf(num_format_str="DD.MM.YYYY HH:MM"))
        sheet.write(row, 2, time(9, 15), xlwt.easyxf(num_format_str="HH:MM"))
        sheet.write(row, 3, 25.05 / 24, xlwt.easyxf(num_format_str="[h]:mm:ss"))
        sheet.write(row, 4, "007")
        sheet.write(row, 5, 3.0)
        sheet.write(row, 6, True)
        sheet.row(row).set_cell_error(7, "#VALUE!")
    sheet.write_merge(1, 2, 8, 8, "Turkmenistan")
    hidden = book.add_sheet("Hidden")
    hidden.visibility = 1
    for row, cells in enumerate([("a", "b"), (1, 2.5)]):
        for column, cell in enumerate(cells):
            hidden.write(row, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_values_are_what_the_workbook_keeps(visits: bytes) -> None:
    (table,) = open_tables(visits, ReadingChoices(sheet="Visits"), "visits.xls")
    first, second = table.rows()
    assert first.number == 2
    assert first.cells[:4] == (date(2024, 1, 2), datetime(2024, 1, 2, 9, 30), time(9, 15), "25:03:00")
    assert first.cells[4:] == ("007", 3, True, None, "Turkmenistan")
    assert second.cells == first.cells
    assert second.notes == ("1 cell has an error instead of a value.",)
    assert "2 cells have an error instead of a value and are left empty." in table.how


def test_a_hidden_sheet_is_a_table_too(visits: bytes) -> None:
    _first, hidden = open_tables(visits, name="visits.xls")
    assert (hidden.name, [row.cells for row in hidden.rows()]) == ("Hidden", [(1, 2.5)])
    assert "The sheet is hidden in the workbook." in hidden.how


def test_a_file_that_declares_too_many_cells_is_no_crash(visits: bytes) -> None:
    at = visits.index(b"\x00\x02\x0e\x00") + 4  # the record of the corners of a sheet
    changed = visits[:at] + b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff" + visits[at + 12 :]
    assert len(open_tables(changed, name="visits.xls")) == 2


def test_any_damage_ends_in_tables_or_a_sentence(visits: bytes) -> None:
    choose = random.Random(11)
    for _trial in range(50):
        changed = bytearray(visits)
        for _byte in range(choose.choice([1, 3, 20])):
            changed[choose.randrange(len(changed))] = choose.randrange(256)
        try:
            for table in open_tables(bytes(changed), name="x.xls"):
                rows = list(table.rows())
                assert all(before.number < after.number for before, after in pairwise(rows))
        except UserError as error:
            assert error.what_happened


@pytest.mark.parametrize("part", [0.1, 0.5, 0.8])
def test_half_a_workbook_is_damaged(visits: bytes, part: float) -> None:
    with pytest.raises(UserError, match="damaged or something else"):
        open_tables(visits[: int(len(visits) * part)], name="x.xls")


def test_a_protected_workbook_says_so() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    with pytest.raises(UserError, match="protected by a password"):
        open_tables(content, name="x.xlsx")
