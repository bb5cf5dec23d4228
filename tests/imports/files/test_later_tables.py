"""Tables far down in a large file are told apart as those at its beginning are."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from legation.imports.files import later_tables, sheet_tables
from legation.imports.files.opening import open_tables
from legation.imports.source_tables import SourceTable

LINES = 60_000  # more than a file may have to be looked at as a whole


def _text(lines: int, between: str = "\n") -> str:
    rows = "".join(f"2020-01-{at % 28 + 1:02},Japan,Chile,Talks number {at}\n" for at in range(lines))
    people = "".join(f"Anna Berg{at},Norway,Minister of Water {at}\n" for at in range(30))
    note = "Source: the register of the desk\n"
    return f"Date,Country A,Country B,Subject\n{rows}{note}{between}Name,Country,Position\n{people}"


def _shape(tables: list[SourceTable]) -> list[tuple[tuple[str, ...], int]]:
    return [(each.headings, sum(1 for _row in each.rows())) for each in tables]


def test_a_table_at_the_end_of_a_large_text_is_found(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text(_text(LINES), encoding="utf-8")
    tables = open_tables(path)
    assert _shape(tables) == [
        (("Date", "Country A", "Country B", "Subject"), LINES), (("Name", "Country", "Position"), 30)
    ]  # fmt: skip
    assert tables[0].footnotes == ("Source: the register of the desk",)
    assert any("2 tables were found" in each for each in tables[0].how)
    assert next(iter(tables[1].rows())).cells == ("Anna Berg0", "Norway", "Minister of Water 0")


def test_the_rows_of_a_large_text_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text(_text(4 * LINES), encoding="utf-8")
    tracemalloc.start()
    assert len(open_tables(path)) == 2
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < path.stat().st_size / 2


@pytest.mark.parametrize(
    "between",
    ["", '2020-02-01,Japan,Chile,"two\n\nparts"\n', "\n2020-02-01,Japan,Chile,after an empty line\n"],
    ids=["none", "in a cell", "a row behind it"],
)
def test_what_is_no_table_is_none(tmp_path: Path, between: str) -> None:
    """Without headings of another shape behind an empty line there is one table."""
    path = tmp_path / "large.csv"
    text = _text(LINES, between)
    path.write_text(text[: text.index("Name,Country,Position")].replace("Source:", "2020-01-01,Japan,Chile,"))
    assert len(open_tables(path)) == 1


def test_where_looking_was_given_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later_tables, "MOST_LOOKED_AT", 3)
    path = tmp_path / "large.csv"
    words = "\n" + "on the,other,hand,side\n" * 100
    path.write_text("a,b,c,d\n" + "1,2,3,4\n" * LINES + words * 6, encoding="utf-8")
    (table,) = open_tables(path)
    assert any("was not looked at for further tables" in each for each in table.how)


def test_a_table_at_the_end_of_a_large_sheet_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter

    monkeypatch.setattr(sheet_tables, "WHOLE", 200)
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet("All")
    lines = [line.split(",") for line in _text(400).splitlines()]
    for at, cells in enumerate(lines):
        sheet.write_row(at, 0, cells)
    book.close()
    tables = open_tables(kept.getvalue(), name="large.xlsx")
    assert _shape(tables) == [
        (("Date", "Country A", "Country B", "Subject"), 400), (("Name", "Country", "Position"), 30)
    ]  # fmt: skip
    assert [each.whole_name for each in tables] == ["large.xlsx#All", "large.xlsx#All#2"]
