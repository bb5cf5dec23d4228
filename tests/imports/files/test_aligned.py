"""Tables whose columns are only parted by blanks, and rules drawn between rows."""

from __future__ import annotations

import pytest

from legation.imports.files.aligned import aligned_cells, find_columns, is_rule
from legation.imports.files.opening import open_tables

LETTER = """Prime ministers who came to see us (as of May)

No.  Name              From               Until
--------------------------------------------------------
98   Ana Lima          26 December 2012   2 June 2016
99   Bo Ek                                4 October 2021
100  Cy Fo da Silva    4 October 2021
"""


def test_columns_parted_by_blanks() -> None:
    (table,) = open_tables(LETTER.encode(), name="letter.txt")
    assert table.headings == ("No.", "Name", "From", "Until")
    assert "Prime ministers" in table.title
    assert [row.cells for row in table.rows()] == [
        ("98", "Ana Lima", "26 December 2012", "2 June 2016"),
        ("99", "Bo Ek", "", "4 October 2021"),
        ("100", "Cy Fo da Silva", "4 October 2021", ""),
    ]
    assert any("parted by blanks" in each for each in table.how)


def test_running_text_has_no_columns() -> None:
    prose = [
        "The two sides met in Tokyo.  They spoke of energy.",
        "It was  late when they parted.",
        "Nobody knows why.",
    ]
    assert find_columns(prose) == ()
    assert find_columns(LETTER.splitlines()[:4]) == ()  # too few rows


def test_words_across_columns_are_one_cell() -> None:
    starts = find_columns(LETTER.splitlines())
    assert aligned_cells("Here somebody wrote a remark over all columns", starts) == [
        "Here somebody wrote a remark over all columns"
    ]
    assert aligned_cells("101  Di Ro", starts) == ["101", "Di Ro", "", ""]


@pytest.mark.parametrize("line", ["----+-----+---", "|:---|----:|", "=====  ====", "───┼───", "(2 rows)\n"])
def test_rules_are_no_rows(line: str) -> None:
    assert is_rule(line)


@pytest.mark.parametrize("line", ["", "-", "a---b", "2024-01-02 | - | -", "--"])
def test_what_only_looks_like_a_rule(line: str) -> None:
    assert not is_rule(line)


def test_rules_in_tables_of_databases_and_of_marked_up_text() -> None:
    asked = (
        " id | name     | since\n----+----------+------------\n  1 | Ana Lima | 2020-01-02\n"
        "  2 | Bo Ek    | 2021-03-04\n(2 rows)\n"
    )
    (table,) = open_tables(asked.encode(), name="asked.txt")
    assert [[str(cell).strip() for cell in row.cells] for row in table.rows()] == [
        ["1", "Ana Lima", "2020-01-02"],
        ["2", "Bo Ek", "2021-03-04"],
    ]
    marked = "| Date | Place |\n|------|:-----:|\n| 2024-03-01 | Lisbon |\n| 2024-03-05 | Oslo |\n"
    (table,) = open_tables(marked.encode(), name="marked.md")
    assert [row.number for row in table.rows()] == [3, 4]
