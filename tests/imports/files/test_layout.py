"""Where tables stand in a file: titles, headings of one row or several, footnotes, and several tables."""

from __future__ import annotations

import pytest

from legation.errors import UserError
from legation.imports.files.opening import read_pasted
from legation.imports.reading_choices import FIND_OUT, ReadingChoices
from legation.imports.source_tables import SourceTable


def _one(text: str, choices: ReadingChoices = FIND_OUT) -> SourceTable:
    (table,) = read_pasted(text, choices)
    return table


def _cells(table: SourceTable) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows()]


VISITS = "2024-01-02,Japan,Ishikawa\n2024-01-05,Chad,Déby\n"


def test_headings_in_the_first_row() -> None:
    table = _one("date,country,guest\n" + VISITS)
    assert table.headings == ("date", "country", "guest")
    assert [row.number for row in table.rows()] == [2, 3]
    assert (table.used.first_row, table.used.header_rows, table.about) == (1, 1, 2)


def test_data_in_the_first_row() -> None:
    table = _one(VISITS)
    assert table.headings == ("Column 1", "Column 2", "Column 3")
    assert len(_cells(table)) == 2
    assert "There are no headings: row 1 already has data." in table.how


def test_blank_and_repeated_headings_get_names() -> None:
    table = _one("date,,name,name,name 2,\n2024-01-02,x,a,b,c,y\n")
    assert table.headings == ("date", "Column 2", "name", "name 3", "name 2", "Column 6")


def test_years_may_be_headings() -> None:
    assert _one("country,2019,2020,2021\nJapan,4,5,6\nChad,1,0,2\n").headings == ("country", "2019", "2020", "2021")


def test_a_title_stands_above_and_notes_below() -> None:
    table = _one(
        "Visits of heads of state, government, and ministers\nPrinted on:,3 May 2025\n\ndate,country,guest,kind\n"
        "2024-01-02,Japan,Ishikawa,official\n2024-01-05,Chad,Déby,working\nTotal,2,,\n\n* preliminary\n"
        "Source: Ministry of Foreign Affairs, Tokyo\n"
    )
    assert table.title == "Visits of heads of state, government, and ministers\nPrinted on: 3 May 2025"
    assert table.headings == ("date", "country", "guest", "kind")
    assert table.footnotes == ("Total 2", "* preliminary", "Source: Ministry of Foreign Affairs, Tokyo")
    assert [row.number for row in table.rows()] == [5, 6]


def test_a_title_padded_by_a_spreadsheet() -> None:
    table = _one("Report,,\n,,\ndate,country,guest\n" + VISITS + ",,\nNote: provisional,,\n")
    assert (table.title, table.headings) == ("Report", ("date", "country", "guest"))
    assert table.footnotes == ("Note: provisional",)


def test_headings_of_two_rows_are_joined() -> None:
    table = _one("Visit,,Guest,,Place\nfrom,to,name,country,\n2024-01-02,2024-01-03,Ishikawa,Japan,Tokyo\n"
                 "2024-02-02,2024-02-03,Déby,Chad,Bern\n")  # fmt: skip
    assert table.headings == ("Visit / from", "Visit / to", "Guest / name", "Guest / country", "Place")
    assert "The headings are in rows 1 to 2, joined." in table.how
    assert len(_cells(table)) == 2


def test_units_below_the_headings_belong_to_them() -> None:
    table = _one("country,people,area\n,(millions),(km2)\nJapan,125,377975\nChad,17,1284000\n")
    assert table.headings == ("country", "people / (millions)", "area / (km2)")


def test_remarks_of_a_program_are_above() -> None:
    table = _one("# exported 3 May\n# by x, y\nid,name\n1,a\n2,b\n")
    assert (table.title, table.headings) == ("# exported 3 May\n# by x, y", ("id", "name"))


def test_a_first_row_of_words_below_a_blank_heading_is_no_heading() -> None:
    table = _one("name,,country\nAli,Mr,Chad\nBea,Ms,Mali\n")
    assert table.headings == ("name", "Column 2", "country")
    assert len(_cells(table)) == 2


def test_two_tables_with_headings_of_their_own() -> None:
    first, second = read_pasted("date,country,guest\n" + VISITS + "\nname,born\nIshikawa,1960-01-01\nDéby,1984-04-04\n")
    assert (first.headings, second.headings) == (("date", "country", "guest"), ("name", "born"))
    assert (len(_cells(first)), len(_cells(second))) == (2, 2)
    assert [row.number for row in second.rows()] == [6, 7]
    assert "2 tables were found, each with headings of its own." in second.how


def test_two_tables_alike_with_titles() -> None:
    first, second = read_pasted(
        "Japan\ndate,guest,kind\n2024-01-02,Ishikawa,official\n\nSource: Tokyo\n\n"
        "Chad\ndate,guest,kind\n2024-01-05,Déby,working\n"
    )
    assert (first.title, second.title) == ("Japan", "Chad")
    assert first.footnotes == ("Source: Tokyo",)
    assert first.headings == second.headings == ("date", "guest", "kind")


def test_an_empty_row_inside_a_table_parts_nothing() -> None:
    table = _one("name,country\nIshikawa,Japan\n\nDéby,Chad\nMeredov,Turkmenistan\n")
    assert len(_cells(table)) == 3


def test_headings_that_are_repeated_are_left_out() -> None:
    table = _one("date,country,guest\n" + VISITS + "\ndate,country,guest\n" + VISITS)
    assert len(_cells(table)) == 4
    assert "1 row that repeats the headings was left out." in table.how


def test_a_list_of_one_column() -> None:
    table = _one("Official\nMeredov\n\nGurbanov\n")
    assert (table.headings, _cells(table)) == (("Official",), [("Meredov",), ("Gurbanov",)])


def test_a_last_row_with_one_cell_stays_a_row() -> None:
    table = _one("name,country,post\nIshikawa,Japan,Director\nDéby,,\n")
    assert _cells(table)[-1] == ("Déby", "", "")
    assert table.footnotes == ()


def test_the_last_lines_of_a_long_cell_are_no_notes() -> None:
    table = _one('name,country,text\nIshikawa,Japan,"He came.\nSource: himself"\n')
    assert _cells(table) == [("Ishikawa", "Japan", "He came.\nSource: himself")]


def test_what_the_person_says_of_rows_is_done() -> None:
    text = "a,b\nc,d\n2024-01-02,x\n\ne,f\n1,2\n"
    table = _one(text, ReadingChoices(first_row=2, header_rows=1))
    assert (table.title, table.headings, len(_cells(table))) == ("a b", ("c", "d"), 3)
    without = _one(text, ReadingChoices(header_rows=0))
    assert (without.headings, len(_cells(without))) == (("Column 1", "Column 2"), 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,country\n", "no row below"),
        ("\n\n , \n", "only words or empty lines"),
        ("", "is empty"),
    ],
)
def test_what_has_no_rows_is_told(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_pasted(text)


def test_lines_of_words_are_no_table() -> None:
    with pytest.raises(UserError, match="only words or empty lines"):
        read_pasted("On 27 January 2025, they met in Tokyo.\nThe sides discussed energy, transport, and education.\n")


def test_headings_that_are_merged_downwards() -> None:
    from legation.imports.files.headings import count_rows

    rows = [
        ["Country", "Minister", "Meetings", "Meetings"],
        ["Country", "Minister", "January", "February"],
        ["Japan", "Motegi Toshimitsu", "x", None],
        ["Chile", "Antonia Urrejola", None, "x"],
    ]
    assert count_rows(rows) == 2
    assert count_rows([rows[0], *rows[2:]]) == 1
