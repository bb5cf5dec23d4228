"""Rows of a spreadsheet: what they change and add is told, and all of it is one step or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from legation.documents.cells import cells, headings
from legation.imports.pasted_rows import NUMBER, Pasted, Sheet, agree, read_sheet, tab_separated, understand_rows, write
from legation.records.catalogue import record_type
from legation.storage import undo
from legation.storage.database import Database
from legation.storage.pages import columns_of, page
from legation.storage.reading import Reader

EVENT = record_type("event")
COLUMNS = ["date", "kind", "title", "parties", "city", "country", "status"]


@pytest.fixture
def database(sample: Path) -> Iterator[Database]:
    with closing(Database(sample)) as opened:
        yield opened


@pytest.fixture
def reader(database: Database) -> Iterator[Reader]:
    with closing(database.reader()) as opened:
        yield opened


def _copied(reader: Reader, ids: list[int]) -> list[list[str]]:
    """Rows as `Ctrl+C` puts them on the clipboard."""
    columns = columns_of(EVENT, COLUMNS)
    rows = [
        [*headings(columns), NUMBER],
        *([*cells(columns, row), row.id] for row in page(reader, EVENT, columns, ids)),
    ]
    return [line.split("\t") for line in tab_separated(rows).splitlines()]


def _pasted(reader: Reader, lines: list[list[str]], ids: list[int] | None = None) -> tuple[Sheet, Pasted]:
    sheet = read_sheet(EVENT, "\n".join("\t".join(line) for line in lines), columns_of(EVENT, COLUMNS))
    return sheet, understand_rows(reader, EVENT, sheet, ids or [], {})


def test_rows_copied_and_pasted_change_nothing(reader: Reader) -> None:
    lines = _copied(reader, [1, 2, 3, 4, 5, 6, 7, 8])
    assert _pasted(reader, lines)[1] == Pasted((), unchanged=8)


def test_cells_changed_in_a_spreadsheet_are_one_step_that_can_be_undone(database: Database, reader: Reader) -> None:
    lines = _copied(reader, [8, 2])
    heading = lines[0].index
    lines[1][heading("Date")] = "15 apr 2025"
    lines[2][heading("Country (code)")] = "TKM"
    lines[2][heading("Place")] = ""
    lines[2][heading("Parties")] = "JPN"
    _sheet, pasted = _pasted(reader, lines)
    assert [(each.draft.id, each.changes, each.problem) for each in pasted.rows] == [
        (8, [("Date", "2025-04-14", "15 apr 2025")], ""),
        (2, [("Place", "Tokyo", ""), ("Country", "JPN", "TKM")], ""),
    ]
    assert pasted.left_out == ("Parties",)
    change = write(database, pasted)
    assert change.label == "Paste {count} rows"
    facts = "SELECT date, city, country FROM event WHERE id IN (2, 8) ORDER BY id"
    assert reader.sql(facts) == [("2025-01-27", None, "TKM"), ("2025-04-15", "Osaka", "JPN")]
    undo.undo(database)
    assert reader.sql(facts) == [("2025-01-27", "Tokyo", "JPN"), ("2025-04-14", "Osaka", "JPN")]


def test_rows_without_numbers_become_events_with_their_parties(database: Database, reader: Reader) -> None:
    lines = [
        ["Date", "Kind", "Parties", "Topics", "Place", "Country", "Remarks"],
        ["3 feb 2025", "meeting", "TKM · JPN", "Electric power · Transport", "Ashgabat", "Turkmenistan", "x"],
        ["", "", "", "", "", "", ""],
        ["4 feb 2025", "visit", "Kazakhstan", "", "", "", ""],
    ]
    sheet, pasted = _pasted(reader, lines)
    assert (pasted.added, pasted.problem, pasted.left_out) == (2, "", ("Remarks",))
    assert not agree(reader, EVENT, sheet, [1, 2])
    write(database, pasted)
    facts = "SELECT date, kind, country, city, parties, topics FROM event, event_row WHERE event_id = id AND id > 8"
    assert reader.sql(facts) == [
        ("2025-02-03", "meeting", "TKM", "Ashgabat", "TKM · JPN", "Electric power · Transport and logistics"),
        ("2025-02-04", "visit", None, None, "KAZ", None),
    ]


def test_cells_without_headings_go_into_the_columns_from_the_chosen_one_on(reader: Reader) -> None:
    sheet = read_sheet(EVENT, "Nagoya\nKobe\n", columns_of(EVENT, ["city", "country"]))
    assert not sheet.has_headings and agree(reader, EVENT, sheet, [7, 8])
    pasted = understand_rows(reader, EVENT, sheet, [7, 8], {})
    assert [each.changes for each in pasted.rows] == [[("Place", "Osaka", "Nagoya")], [("Place", "Osaka", "Kobe")]]


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Date", "32 jan 2025", "has no day 32"),
        ("Kind", "party", "is none of"),
        ("Country", "Atlantis", "Nothing known is called “Atlantis”"),
        ("Country (code)", "ATL", "Nothing known is called “ATL”"),
        ("Title", "", "Title is needed"),
        ("Number", "99999999999999999999", "no record with the number"),
        ("Number", "77", "no record with the number 77"),
        ("Number", "seven", "no record with the number seven"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_and_stops_all(reader: Reader, heading: str, cell: str, told: str) -> None:
    lines = _copied(reader, [8, 7])
    lines[2][lines[0].index(heading)] = cell
    lines[1][lines[0].index("Place")] = "Kobe"
    _sheet, pasted = _pasted(reader, lines)
    assert told in pasted.problem


def test_quoted_cells_and_carriage_returns_are_read(reader: Reader) -> None:
    text = 'Title\tDate\r\n"A ""quoted""\r\ntitle"\t27 jan 2025\r\n'
    sheet = read_sheet(EVENT, text, columns_of(EVENT))
    assert sheet.rows == (('A "quoted" title', "27 jan 2025"),)
    assert read_sheet(EVENT, tab_separated([["Title", "Date"], *sheet.rows]), columns_of(EVENT)).rows == sheet.rows
    assert read_sheet(EVENT, " \n\t\n", columns_of(EVENT)).rows == ()


def test_officials_are_added_by_name_and_country(database: Database, reader: Reader) -> None:
    person = record_type("person")
    sheet = read_sheet(person, "Name\tCountry\nSato Ichiro\tJapan\nJohn Smith\tUSA\n", columns_of(person))
    pasted = understand_rows(reader, person, sheet, [], {})
    assert [(each.label, each.problem) for each in pasted.rows] == [("Sato Ichiro", ""), ("John Smith", "")]
    write(database, pasted)
    found = "SELECT name, sort_name, country FROM person ORDER BY id DESC LIMIT 2"
    assert reader.sql(found) == [("John Smith", "john smith", "USA"), ("Sato Ichiro", "sato ichiro", "JPN")]


def test_heads_of_new_events_lead_their_own_parties(database: Database, reader: Reader) -> None:
    lines = [
        ["Heads", "Date", "Kind", "Parties", "Heads (ids)"],
        ["Fujii Hisayuki · Ahmet Gurbanov", "3 feb 2025", "meeting", "TKM · JPN", "3 · 1"],
        ["Rashid Meredov, Foreign Minister of Turkmenistan", "4 feb 2025", "meeting", "JPN · TKM", ""],
        ["Rashid Meredov", "5 feb 2025", "visit", "TKM", ""],
    ]
    _sheet, pasted = _pasted(reader, lines)
    assert (pasted.added, pasted.problem, pasted.left_out) == (3, "", ())
    write(database, pasted)
    heads = (
        "SELECT e.date, d.country, p.name, g.role FROM delegate g JOIN delegation d ON d.id = g.delegation_id "
        "JOIN event e ON e.id = g.event_id JOIN person p ON p.id = g.person_id WHERE e.id > 8 ORDER BY e.id, d.id"
    )
    assert reader.sql(heads) == [
        ("2025-02-03", "TKM", "Ahmet Gurbanov", "head"),
        ("2025-02-03", "JPN", "Fujii Hisayuki", "head"),
        ("2025-02-04", "TKM", "Rashid Meredov", "head"),
        ("2025-02-05", "TKM", "Rashid Meredov", "head"),
    ]
    assert reader.sql("SELECT count(*) FROM person WHERE name = 'Rashid Meredov'") == [(1,)]
    posts = "SELECT count(*) FROM capacity c JOIN delegate g ON g.id = c.delegate_id WHERE g.event_id = 10"
    assert reader.sql(posts) == [(1,)]


def test_a_head_of_nobody_at_the_event_is_told(reader: Reader) -> None:
    lines = [["Date", "Kind", "Parties", "Heads"], ["3 feb 2025", "meeting", "KAZ · UZB", "Ahmet Gurbanov"]]
    assert "“Ahmet Gurbanov” is the head of none of the parties." in _pasted(reader, lines)[1].problem


def test_cells_beyond_the_last_column_are_counted(reader: Reader) -> None:
    sheet = read_sheet(EVENT, "Kobe\tJapan\tx\t\ty\nOsaka\n", columns_of(EVENT, ["city", "country"]))
    assert understand_rows(reader, EVENT, sheet, [7, 8], {}).beyond == 2
