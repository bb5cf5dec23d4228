"""CSV: there and back unchanged, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from legation.documents.to_csv import BOM, as_text, csv_columns, csv_lines, guard, read_csv, unguard

RISKY = "=+-@\t\r\n＝＋－＠"
CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
LIKELY = st.text(st.sampled_from("'=+-@\t\r\n\",;a1"), max_size=6)
ROWS = st.lists(st.lists(CELLS | LIKELY, min_size=1, max_size=4), max_size=5)


@given(ROWS)
def test_rows_come_back_unchanged(rows: list[list[str]]) -> None:
    assert list(read_csv(csv_lines(rows))) == rows
    assert list(read_csv(BOM + csv_lines([["first"], *rows]))) == [["first"], *rows]


@given(ROWS)
def test_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    for row in csv.reader(io.StringIO(csv_lines(rows), newline="")):
        assert [cell for cell in row if cell and cell[0] in RISKY] == []


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS | LIKELY | st.integers(-9, 9) | st.none(), min_size=width, max_size=width), min_size=1
    )
)


@given(TABLES)
def test_columns_give_the_same_text_as_rows(rows: list[list[str | int | None]]) -> None:
    assert as_text(csv_columns(list(zip(*rows, strict=True)))) == csv_lines(rows)


@pytest.mark.parametrize(
    "odd", ["a\x1f=1", "\x1f", 'say "b"', "c, d", "e\nf", "g\rh", "＝1", "'-2", "-3", -3, None, ""]
)
def test_a_cell_that_is_not_plain_does_not_change_the_others(odd: object) -> None:
    columns = [["plain", "it's", odd, "1-2"], ["x", odd, "y", ""]]
    assert as_text(csv_columns(columns)) == csv_lines(zip(*columns, strict=True))


def test_no_columns_and_no_rows_give_no_lines() -> None:
    assert as_text(csv_columns([])) == as_text(csv_columns([[], []])) == ""


@given(CELLS | LIKELY)
def test_a_guard_is_taken_away_exactly_once(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert unguard(guard(guard(cell))) == guard(cell)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        (-5, -5),
        ("'tHart", "'tHart"),
        ("'=1", "''=1"),
        ("27 January 2025", "27 January 2025"),
        ("", ""),
    ],
)
def test_only_what_would_run_is_guarded(cell: object, written: object) -> None:
    assert guard(cell) == written


def test_lines_end_and_are_quoted_as_the_standard_says() -> None:
    assert csv_lines([["a", 'say "b"', "c, d", "e\nf", 5]]) == 'a,"say ""b""","c, d","e\nf",5\r\n'
