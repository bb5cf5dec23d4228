"""Widths of columns on paper: the whole line, near to what was asked for, and no word broken that need not be."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from legation.documents.column_widths import GUTTER, INDENT, LONGEST, letters_of, shares
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


def test_a_column_has_no_room_that_its_texts_do_not_need_while_others_are_broken() -> None:
    empty, topics, short = shares(_table([30, 30, 30], ["", "topic, " * 40, "14 April 2025"]), 150)
    assert empty * 150 < 6 and short * 150 == pytest.approx(1.1 * len("14 April 2025") + GUTTER)
    assert topics > 0.8


def test_longer_texts_get_more_of_what_is_left() -> None:
    one, two = shares(_table([30, 30], ["word " * 20, "word " * 80]), 100)
    assert 0.6 < two < 0.75 and one + two == pytest.approx(1)


def test_a_long_word_widens_its_column() -> None:
    one, two = shares(_table([60, 5], ["a", "Plenipotentiary"]), 100)
    assert two * 100 >= len("Plenipotentiary") + GUTTER
    assert one > two


def test_an_endless_word_does_not_push_others_away() -> None:
    _one, two = shares(_table([20, 20], ["word " * 60, "x" * 300]), 100)
    assert 0.4 < two < 0.6
    assert shares(_table([20, 60], ["word " * 60, "x" * 300]), 45)[1] * 45 >= LONGEST + GUTTER


def test_where_words_are_too_long_for_the_line_only_the_longest_are_broken() -> None:
    words = ["x" * 60, "y" * 60, "Memorandum", "In progress", "CHN"]
    found = [each * 62 - GUTTER for each in shares(_table([20] * 5, words), 62)]
    assert found[2] > 11.5 and found[3] > len("progress") and found[4] > 3.7  # M, m and capitals are wide
    assert found[0] == pytest.approx(found[1]) and 11 < found[0] < LONGEST


def test_the_words_of_a_row_that_stands_in_have_their_room() -> None:
    columns = (Column("a", "x", width=5), Column("b", "x", width=60))
    table = Table("t", "T", columns, (Group("", (Row("1", (Cell("Plenipotentiary"), Cell()), level=2),)),), "", "a")
    assert shares(table, 100)[0] * 100 >= len("Plenipotentiary") + 2 * INDENT + GUTTER


def test_east_asian_text_may_be_broken_anywhere() -> None:
    assert shares(_table([20, 20], ["words of" * 20, "藤井比早之" * 16]), 100)[1] == pytest.approx(0.5, abs=0.05)
    assert letters_of("藤井 ab") == 7
