"""Separated text as tables: rows kept and told, our own files unchanged, large files with little memory, real files."""

from __future__ import annotations

import json
import os
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from legation.documents.to_csv import BOM, csv_lines
from legation.errors import UserError
from legation.imports.files import delimited
from legation.imports.files.opening import open_tables, read_pasted
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceTable

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
LIKELY = st.text(st.sampled_from("'=+-@\t\r\n\",;a1"), max_size=6)


@pytest.fixture
def real_data() -> Path:
    """The folder of real data, where the tests are told of one."""
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA names no folder with the real data")
    return Path(folder)


def _written(rows: list[list[object]]) -> SourceTable:
    (table,) = open_tables((BOM + csv_lines(rows)).encode(), name="ours.csv")
    return table


# our own files


@given(st.lists(st.tuples(CELLS | LIKELY, CELLS | LIKELY), min_size=1, max_size=8))
@example([("='", "='")])  # written as '=', which might be taken for a quoted cell
def test_what_our_writer_wrote_comes_back(pairs: list[tuple[str, str]]) -> None:
    rows = [["number", "first", "second", "place"], *([at, *pair, "Tokyo"] for at, pair in enumerate(pairs, 10))]
    table = _written(rows)
    assert table.headings == ("number", "first", "second", "place")
    assert [row.cells for row in table.rows()] == [tuple(map(str, row)) for row in rows[1:]]


def test_naughty_strings_and_formulas_come_back(real_data: Path) -> None:
    naughty = json.loads((real_data / "robustness" / "naughty-strings.json").read_text(encoding="utf-8"))
    formulas = json.loads((real_data / "robustness" / "formula-cells.json").read_text(encoding="utf-8"))
    strings = [*naughty, *formulas]
    assert (len(naughty), len(formulas)) == (515, 10)
    table = _written([["number", "string", "end"], *([at, each, "x"] for at, each in enumerate(strings))])
    rows = list(table.rows())
    assert [row.cells[1] for row in rows] == strings
    assert all(row.beyond == () for row in rows)
    noted = {row.cells[1] for row in rows if row.notes}
    assert all("control characters" in note for row in rows for note in row.notes)
    assert "\x01\x02\x03" in "".join(str(each) for each in noted)


@pytest.mark.parametrize("position", ["first", "last", "only"])
def test_each_naughty_string_alone_is_no_crash(real_data: Path, position: str) -> None:
    naughty = json.loads((real_data / "robustness" / "naughty-strings.json").read_text(encoding="utf-8"))
    for each in naughty:
        rows: list[list[object]] = {
            "first": [[each, "a"], [1, 2]],
            "last": [["a", "b"], [1, each]],
            "only": [["b"], [each]],
        }[position]
        if not each.strip() and position == "only":
            continue  # an empty row is none
        table = _written(rows)
        assert len(table.headings) == len(set(table.headings)) and all(table.headings)
        if position != "first":
            assert [row.cells[-1] for row in table.rows()][-1:] == [each]


# rows that are odd


def test_ragged_rows_are_kept_and_told() -> None:
    (table,) = read_pasted(
        "date,country,guest\n2024-01-02,Japan\n2024-01-03,Chad,Déby,extra,more\n2024-01-04,Mali,X,,\n"
    )
    short, long, padded = table.rows()
    assert (short.cells, short.beyond) == (("2024-01-02", "Japan", ""), ())
    assert short.notes == ("The row has 2 cells and there are 3 headings.",)
    assert (long.cells, long.beyond) == (("2024-01-03", "Chad", "Déby"), ("extra", "more"))
    assert long.notes == ("The row has 5 cells, 2 more than there are headings.",)
    assert (padded.cells, padded.beyond, padded.notes) == (("2024-01-04", "Mali", "X"), (), ())


def test_zero_bytes_surrogates_and_control_characters_are_told() -> None:
    content = b"name,place\nMe\0redov,Bern\nA\xed\xa0\x80b,Bern\nC\x07d,Bern\n" + "Zoë Déby,Genève\n".encode()
    (table,) = open_tables(content, name="a.csv")
    zero, lone, bell, _whole = table.rows()
    assert (zero.cells[0], zero.notes) == ("Meredov", ("Zero bytes in “name” were left out.",))
    assert lone.cells[0] == "A���b" and "ED A0 80" in lone.notes[0]
    assert (bell.cells[0], len(bell.notes)) == ("C\x07d", 1)


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    (table,) = read_pasted('id,name\n1,"open\n2,b\n3,c\n')
    rows = list(table.rows())
    assert [row.cells for row in rows] == [("1", '"open'), ("2", "b"), ("3", "c")]
    assert rows[0].notes == ("A quotation mark in this row is never closed; it is read as text.",)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind(ends: str) -> None:
    text = ends.join(['date,"no\nte"', '2024-01-02,"a\r\nb"', "2024-01-03,c", ""])
    (table,) = read_pasted(text)
    assert table.headings == ("date", "no te")
    assert [row.cells for row in table.rows()] == [("2024-01-02", "a\r\nb"), ("2024-01-03", "c")]


def test_mixed_line_ends() -> None:
    (table,) = read_pasted("a,b\r\n1,2\r3,4\n5,6")
    assert [(row.number, *row.cells) for row in table.rows()] == [(2, "1", "2"), (3, "3", "4"), (4, "5", "6")]


def test_decimal_commas_between_semicolons() -> None:
    (table,) = read_pasted("land;wert\nÖsterreich;1,5\nChile;2,75\n")
    assert [row.cells for row in table.rows()] == [("Österreich", "1,5"), ("Chile", "2,75")]


def test_a_line_for_excel_is_no_row() -> None:
    (table,) = read_pasted("sep=;\na;b\n1;2\n")
    assert (table.title, table.headings, [row.number for row in table.rows()]) == ("", ("a", "b"), [3])


def test_cells_of_ten_megabytes() -> None:
    long = "x, y\n" * 2_000_000
    content = f'id,text\n1,"{long}"\n2,"b"\n'.encode()
    (table,) = open_tables(content, name="a.csv")
    rows = list(table.rows())
    assert [len(str(row.cells[1])) for row in rows] == [len(long), 1]
    assert rows[1].number == 2_000_003


def test_rows_can_be_read_again_and_choices_change_them() -> None:
    text = "a;b\n1;2\n"
    (table,) = read_pasted(text)
    assert list(table.rows()) == list(table.rows())
    (other,) = read_pasted(text, ReadingChoices(delimiter=",", header_rows=0))
    assert [row.cells for row in other.rows()] == [("a;b",), ("1;2",)]
    (same,) = read_pasted(text, table.used)
    assert (same.headings, list(same.rows())) == (table.headings, list(table.rows()))


# large files


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of 200,000 rows with a title above and notes below, too large to be looked at as a whole."""
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Visits, all of them\n\nid,date,guest,country\n")
        for start in range(0, 80_000, 1000):
            file.write(csv_lines([at, "2024-01-02", f"Guest É {at}", "JPN"] for at in range(start, start + 1000)))
        file.write("\nTotal,80000,,\n* estimated\n")
    assert path.stat().st_size > delimited.WHOLE
    return path


def test_a_large_file_needs_little_memory(large: Path) -> None:
    tracemalloc.start()
    try:
        (table,) = open_tables(large)
        count = sum(1 for _row in table.rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 80_000
    assert peak < 8 << 20


def test_a_large_file_has_its_title_and_notes(large: Path) -> None:
    (table,) = open_tables(large)
    assert (table.title, table.headings) == ("Visits, all of them", ("id", "date", "guest", "country"))
    assert table.footnotes == ("Total 80000", "* estimated")
    last: tuple[object, ...] = ()
    for row in table.rows():
        assert row.notes == ()
        last = row.cells
    assert last == ("79999", "2024-01-02", "Guest É 79999", "JPN")
    assert table.about is not None and abs(table.about - 80_000) < 10
    assert any("first 1500 lines" in each for each in table.how)


def test_a_first_row_far_into_a_large_file(large: Path) -> None:
    (table,) = open_tables(large, ReadingChoices(first_row=50_003, header_rows=0))
    first = next(iter(table.rows()))
    assert (first.number, first.cells[0]) == (50_003, "49999")
    with pytest.raises(UserError, match="has nothing from row 900000 on"):
        open_tables(large, ReadingChoices(first_row=900_000))


def test_a_small_file_of_many_lines_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "WHOLE_LINES", 100)
    (table,) = read_pasted("a\n" * 5000)
    assert any("first 1500 lines" in each for each in table.how)
    assert sum(1 for _row in table.rows()) == 4999


@pytest.mark.parametrize(
    "choices",
    [
        ReadingChoices(delimiter="||"),
        ReadingChoices(delimiter=""),
        ReadingChoices(delimiter="\n"),
        ReadingChoices(quote="''"),
        ReadingChoices(delimiter=",", quote=","),
    ],
)
def test_marks_that_cannot_part_cells_are_refused(choices: ReadingChoices) -> None:
    with pytest.raises(UserError, match="cannot"):
        read_pasted("a,b\n1,2\n", choices)


def test_notes_of_a_large_file_in_two_byte_letters(large: Path) -> None:
    (table,) = open_tables(large.read_text(encoding="utf-8").encode("utf-16-le"), name="wide.csv")
    assert table.footnotes == ("Total 80000", "* estimated")
    assert sum(1 for _row in table.rows()) == 80_000


# real files


def test_every_real_table_is_read_whole(real_data: Path) -> None:
    expected = {
        "us-visits-of-foreign-leaders.csv": (7, 3264),
        "territories.csv": (8, 577),
        "cabinet-turnover.csv": (8, 379),
        "cabinet-turnover-old.csv": (7, 312),
        "country-codes.csv": (56, 249),
    }
    found = {}
    for path in real_data.glob("*/*.csv"):
        (table,) = open_tables(path)
        rows = list(table.rows())
        assert [row for row in rows if row.notes] == []
        assert all(before.number < after.number for before, after in pairwise(rows))
        found[path.name] = (len(table.headings), len(rows))
    assert found == expected


def test_details_of_real_tables(real_data: Path) -> None:
    (countries,) = open_tables(real_data / "countries" / "country-codes.csv")
    code = countries.headings.index("ISO3166-1-Alpha-2")
    assert "NA" in {row.cells[code] for row in countries.rows()}
    (cabinet,) = open_tables(real_data / "cabinet" / "cabinet-turnover.csv")
    assert cabinet.headings[0] == "president"  # without the byte-order mark
    assert cabinet.used.encoding == "utf-8-sig"
    (older,) = open_tables(real_data / "cabinet" / "cabinet-turnover-old.csv")
    assert any("#VALUE!" in row.cells for row in older.rows())
    (visits,) = open_tables(real_data / "visits" / "us-visits-of-foreign-leaders.csv")
    assert next(iter(visits.rows())).cells[3] == "King Kalakaua"
