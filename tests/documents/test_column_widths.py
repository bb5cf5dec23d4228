"""Widths of columns on paper: the whole line, near to what was asked for, and no word broken that need not be."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from legation.documents.column_widths import GUTTER, LONGEST, letters_of, shares
from legation.documents.document import Cell, Column, Group, Row, Table


def _table(widths: list[int], words: list[str]) -> Table:
    columns = tuple(Column(f"c{at}", "x", width=width) for at, width in enumerate(widths))
    return Table("t", "T", columns, (Group("", (Row("1", tuple(Cell(each) for each in words)),)),))


@given(st.lists(st.tuples(st.integers(1, 60), st.text(max_size=40)), min_size=1, max_size=12), st.floats(30, 200))
def test_columns_fill_the_line(columns: list[tuple[int, str]], letters: float) -> None:
    found = shares(_table([width for width, _word in columns], [word for _width, word in columns]), letters)
    assert sum(found) == pytest.approx(1)
    assert min(found) > 0


def test_columns_are_as_wide_as_they_ask_where_there_is_room() -> None:
    one, two = shares(_table([30, 10], ["a", "b"]), 1000)
    assert one == pytest.approx(0.75, abs=0.01) and two == pytest.approx(0.25, abs=0.01)


def test_a_long_word_widens_its_column() -> None:
    one, two = shares(_table([60, 5], ["a", "Plenipotentiary"]), 100)
    assert two * 100 >= len("Plenipotentiary") + GUTTER
    assert one > two


def test_an_endless_word_does_not_push_others_away() -> None:
    _one, two = shares(_table([20, 20], ["a", "x" * 300]), 100)
    assert two * 100 == pytest.approx(100 * (LONGEST + GUTTER) / 100, rel=1.5) and two < 0.8


def test_east_asian_text_may_be_broken_anywhere() -> None:
    assert shares(_table([20, 20], ["a", "藤井比早之" * 20]), 100)[1] == pytest.approx(0.5, abs=0.02)
    assert letters_of("藤井 ab") == 7
