"""Tables that stand side by side are told apart; one table with a spare column stays one."""

from __future__ import annotations

from io import BytesIO

import pytest

from legation.imports.files.opening import open_tables
from legation.imports.source_tables import SourceTable

REPEATED = """Name,Country,,Name,Country
Anna Berg,Norway,,Jan Novak,Czechia
Ola Dahl,Norway,,Eva Kral,Czechia
"""
OTHERS = """Name,Position,,Date,Country A,Country B
Anna Berg,Minister of Water,,2020-01-05,Japan,Chile
Ola Dahl,Minister of Air,,2020-01-06,Japan,Norway
,,,2020-01-07,Japan,Peru
,,,2020-01-08,Japan,Mali
"""
SPARE = """Name,Country,,Position,Since
Anna Berg,Norway,,Minister of Water,2020-01-05
Ola Dahl,Norway,,Minister of Air,2020-01-06
Per Vik,Norway,,,
"""
SIDES = """Date,Minister,Country,,Minister,Country
2020-01-05,Anna Berg,Norway,,Jan Novak,Czechia
2020-01-06,Ola Dahl,Norway,,Eva Kral,Czechia
"""


def _shape(tables: list[SourceTable]) -> list[tuple[tuple[str, ...], list[tuple[object, ...]]]]:
    return [(each.headings, [row.cells for row in each.rows()]) for each in tables]


def _text(text: str) -> list[SourceTable]:
    return open_tables(text.encode(), name="two.csv")


def _sheet(text: str) -> list[SourceTable]:
    import xlsxwriter

    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet("All")
    for at, line in enumerate(text.splitlines()):
        sheet.write_row(at, 0, line.split(","))
    book.close()
    return open_tables(kept.getvalue(), name="two.xlsx")


@pytest.mark.parametrize(
    "opened", [lambda text: open_tables(text.encode(), name="two.csv"), _sheet], ids=["csv", "xlsx"]
)
def test_tables_side_by_side_are_two(opened: object) -> None:
    assert callable(opened)
    tables = opened(REPEATED)
    assert _shape(tables) == [
        (("Name", "Country"), [("Anna Berg", "Norway"), ("Ola Dahl", "Norway")]),
        (("Name", "Country"), [("Jan Novak", "Czechia"), ("Eva Kral", "Czechia")]),
    ]
    assert all("Another table stands beside it, after an empty column." in each.how for each in tables)
    people, talks = opened(OTHERS)
    assert people.headings == ("Name", "Position") and len(list(people.rows())) == 2
    assert talks.headings == ("Date", "Country A", "Country B")
    assert [row.cells[2] for row in talks.rows()] == ["Chile", "Norway", "Peru", "Mali"]
    assert not any(row.beyond or row.notes for each in (people, talks) for row in each.rows())
    assert len({each.whole_name for each in (people, talks)}) == 2


@pytest.mark.parametrize(
    "opened", [lambda text: open_tables(text.encode(), name="one.csv"), _sheet], ids=["csv", "xlsx"]
)
def test_a_spare_column_is_no_end_of_a_table(opened: object) -> None:
    assert callable(opened)
    (meetings,) = opened(SIDES)
    assert [row.cells[0] for row in meetings.rows()] == ["2020-01-05", "2020-01-06"] and len(meetings.headings) == 6
    (table,) = opened(SPARE)
    assert len(list(table.rows())) == 3 and {"Name", "Position", "Since"} <= set(table.headings)
