"""The country matrix beside a plain count in Python, event by event, and the sources that its rows name."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from built_reports import DAY, add, built, id_of, said, sql, table_of
from legation.documents.document import Document, Table
from legation.documents.to_json import to_json
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.records.vocabulary import CONTACT_KINDS, LEVELS
from legation.reports.catalogue import report_named
from legation.reports.report import Basis
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database
from legation.storage.saving import save

PARTS = ("delegation", "delegate", "agenda_item", "outcome")
MEETINGS: list[dict[str, Any]] = [
    {"kind": "summit", "date": "2024-06", "city": "Tokyo", "parties": "TKM JPN KAZ UZB", "cited": 3},
    {"kind": "meeting", "date": "2024-12-20", "parties": "TKM KAZ -KGZ", "cited": 1},
    {"kind": "consultations", "date": "2024-12-30/2025-01-02", "level": "high", "parties": "UZB TKM"},
    {"kind": "meeting", "date": "2023-05-01", "parties": "KAZ KAZ+ UZB", "cited": 2},
    {"kind": "meeting", "date": "2023-05-01", "level": "expert", "city": "Tokyo", "parties": "UZB KAZ", "cited": 1},
    {"kind": "working_group", "date": "2019/..", "level": "expert", "parties": "USA JPN"},
    {"kind": "meeting", "date": None, "status": "proposed", "parties": "TKM JPN"},
    {"kind": "meeting", "date": "2024-03", "status": "cancelled", "parties": "TKM JPN"},
    {"kind": "reception", "date": "2024-03-03", "parties": "TKM JPN"},
    {"kind": "meeting", "date": "2024-04-04", "parties": "-TKM JPN"},
]
VISITS: list[dict[str, Any]] = [
    {"date": "2024-02-01/2024-02-03", "country": "JPN", "parties": "KAZ>guest JPN>host", "cited": 2},
    {"date": "2024-02-02", "country": "JPN", "city": "Tokyo", "parties": "KAZ>guest TKM>guest", "cited": 1},
    {"date": "2025-01-05", "parties": "UZB>host TKM>guest KAZ KAZ+>guest", "cited": 1},
    {"date": "2022", "parties": "UZB>host KGZ TJK>observer"},
    {"date": "2021-01", "country": "JPN", "parties": "JPN>guest"},
    {"date": "2021-02", "country": "KAZ", "parties": "-UZB>guest KGZ", "cited": 1},
    {"date": "2021-03", "parties": "KAZ>guest -UZB>host"},
    {"date": "2021-04", "status": "scheduled", "country": "KAZ", "parties": "UZB>guest"},
]


class Met(NamedTuple):
    """An event at which two countries met."""

    id: int
    date: str
    first: str
    last: str
    level: str


Pairs = dict[tuple[str, str], list[Met]]
ASKED: dict[str, tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = {
    "everything": ({}, lambda event: True),
    "a whole year": ({"period": "2024"}, lambda event: event["date_to"] >= "2024" and event["date_from"] < "2025"),
    "some days": (
        {"period": "2024-12-16/2025-01-02"},
        lambda event: event["date_to"] >= "2024-12-16" and event["date_from"] <= "2025-01-02",
    ),
    "since": ({"period": "2023-05/.."}, lambda event: event["date_to"] >= "2023-05-01"),
    "a filter": ({"where": "city:Tokyo"}, lambda event: event["city"] == "Tokyo"),
    "both": (
        {"where": "city:Tokyo", "period": "2024"},
        lambda event: event["city"] == "Tokyo" and event["date_to"] >= "2024" and event["date_from"] < "2025",
    ),
}


@pytest.fixture(scope="module")
def made(_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample with meetings and visits of all sorts, which nobody writes in."""
    path = shutil.copy(_templates / "sample.legation", tmp_path_factory.mktemp("made") / "made.legation")
    database = Database(Path(path))
    ministry = sql(database, "SELECT min(id) FROM organisation")[0][0]
    for at, each in enumerate([*MEETINGS, *({"kind": "visit", **each} for each in VISITS)]):
        values = {name: value for name, value in each.items() if name not in ("parties", "cited")}
        values = {"title": f"Event {at}", "status": "held", "mode": "in_person", **values}
        event = new_draft(record_type("event"), **values)
        for told in each["parties"].split():
            party, _mark, role = told.partition(">")
            side = {"country": party.strip("-+"), "role": role or "participant"}
            side |= {"organisation_id": ministry} if party.endswith("+") else {}
            side |= {"attendance": "absent"} if party.startswith("-") else {}
            event.add_line("delegations", new_draft(record_type("delegation"), **side))
        id = database.write("Add event", partial(save, draft=event)).result
        _cite(database, id, each.get("cited", 0), f"{at}")
    yield database
    database.close()


def _cite(database: Database, event: int, sources: int, title: str) -> None:
    """Cite so many new sources for an event: one for it, the others for its first party."""
    party = sql(database, "SELECT min(id) FROM delegation WHERE event_id = ?", event)[0][0]
    for number in range(sources):
        source = add(database, "source", kind="report", title=f"Source {title}.{number}")
        target = {"event_id": event} if not number else {"delegation_id": party}
        add(database, "citation", source_id=source, states=f"Otherwise {title}" if number == 1 else None, **target)


def _by_hand(
    database: Database, variant: str, is_asked: Callable[[dict[str, Any]], bool], members: set[str] | None
) -> Pairs:
    """The events of each two countries in the order of time, counted in Python."""
    names = ("id", "kind", "status", "date", "date_from", "date_to", "country", "city", "level")
    columns = ", ".join(f"e.{each}" for each in names[:-1])
    asked = f"SELECT {columns}, r.level FROM event e JOIN event_row r ON r.event_id = e.id ORDER BY e.date_from, e.id"
    found: Pairs = defaultdict(list)
    for row in sql(database, asked):
        event = dict(zip(names, row, strict=True))
        if event["status"] == "held" and is_asked(event):
            met = Met(event["id"], event["date"], event["date_from"], event["date_to"], event["level"] or "unknown")
            for pair in _met_at(database, event, of_visits=variant == "visits"):
                if members is None or {*pair} <= members:
                    found[pair].append(met)
    return found


def _met_at(database: Database, event: dict[str, Any], *, of_visits: bool) -> Iterable[tuple[str, str]]:
    there = "SELECT country, role FROM delegation WHERE event_id = ? AND attendance <> 'absent' AND country > ''"
    sides = sql(database, there, event["id"])
    if not of_visits:
        order = {row[0]: row for row in sql(database, "SELECT code, coalesce(region, ''), name FROM country")}
        codes = sorted({code for code, _role in sides}, key=lambda code: order[code][1:])
        return combinations(codes, 2) if event["kind"] in CONTACT_KINDS else ()
    if event["kind"] != "visit":
        return ()
    hosts = {event["country"]} if event["country"] else {code for code, role in sides if role == "host"}
    guests = {code for code, role in sides if role == "guest"} or {code for code, role in sides if role != "host"}
    return ((guest, host) for guest in sorted(guests) for host in sorted(hosts) if guest != host)


def _cited(database: Database, events: Iterable[Met]) -> set[str]:
    """The titles of the sources of events, their parties, delegates, agenda and outcomes."""
    found = set()
    for event in events:
        ways = ["SELECT source_id FROM citation WHERE event_id = :id"]
        ways += [
            f"SELECT c.source_id FROM citation c JOIN {x} x ON x.id = c.{x}_id WHERE x.event_id = :id" for x in PARTS
        ]
        asked = f"SELECT title FROM source WHERE id IN ({' UNION '.join(ways)})".replace(":id", str(event.id))
        found |= {title for (title,) in sql(database, asked)}
    return found


def _named(document: Document, table: Table) -> dict[str, set[str]]:
    """The titles of the sources that each row of a table names."""
    titles = {each.number: each.words for each in document.notes}
    return {row.key: {titles[number] for number in row.cells[-1].notes} for row in table.rows()}


@pytest.mark.parametrize("group", ["", "Central Asia"])
@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("variant", ["all", "level", "visits"])
def test_it_is_what_a_plain_count_gives(made: Database, variant: str, asked: str, group: str) -> None:
    options, is_asked = ASKED[asked]
    members = id_of(made, "organisation", group) if group else None
    among = {row[0] for row in sql(made, "SELECT country FROM membership WHERE organisation_id = ?", members)}
    expected = _by_hand(made, variant, is_asked, among if group else None)
    document = built(made, "country-matrix", variant=variant, members=members, **options)
    _compare_pairs(made, document, expected, is_by_level=variant == "level")
    parts = {"matrix": expected}
    if variant == "level":
        levels = {each.level for events in expected.values() for each in events}
        parts = {f"matrix-{level}": _at_level(expected, level) for level in (*LEVELS, "unknown") if level in levels}
    assert [each.name for each in document.tables[:-1]] == (list(parts) if expected else [])
    for table in document.tables[:-1]:
        _compare_matrix(made, document, table, parts[table.name], is_directed=variant == "visits")
    if expected:
        events = {each.id for found in expected.values() for each in found}
        words = "1 visit," if len(events) == 1 else f"{len(events)} visits,"
        assert (words if variant == "visits" else words.replace("visit", "event")) in said(document)


def _at_level(pairs: Pairs, level: str) -> Pairs:
    found = {pair: [each for each in events if each.level == level] for pair, events in pairs.items()}
    return {pair: events for pair, events in found.items() if events}


def _compare_pairs(database: Database, document: Document, expected: Pairs, *, is_by_level: bool) -> None:
    table = document.tables[-1]
    names = [each.name for each in table.columns]
    rows = {row.key: dict(zip(names, (cell.value for cell in row.cells), strict=True)) for row in table.rows()}
    assert rows.keys() == {"-".join(pair) for pair in expected}
    numbers = [row["events"] for row in rows.values()]
    assert numbers == sorted(numbers, reverse=True)  # type: ignore[type-var]
    cited = _named(document, table)
    for pair, events in expected.items():
        row = rows["-".join(pair)]
        last = max(events, key=lambda each: (each.last, each.first, each.id))
        first = min(events, key=lambda each: (each.first, each.last, each.id))
        assert (row["events"], row["first"], row["last"]) == (len(events), first.date, last.date)
        assert _titles(cited["-".join(pair)]) == _cited(database, events)
        if is_by_level:
            for level in (*LEVELS, "unknown"):
                assert (row.get(level) or 0) == sum(each.level == level for each in events)


def _compare_matrix(database: Database, document: Document, table: Table, pairs: Pairs, *, is_directed: bool) -> None:
    names = [each.name for each in table.columns]
    cited = _named(document, table)
    both = pairs if is_directed else pairs | {(other, one): events for (one, other), events in pairs.items()}
    for row in table.rows():
        cells = dict(zip(names, (cell.value for cell in row.cells), strict=True))
        own = {pair: events for pair, events in both.items() if row.key in ("total", pair[0])}
        for code in names[1 : names.index("total")]:
            met = sum(len(events) for pair, events in own.items() if pair[1] == code)
            assert (cells[code] or 0) == met, (row.key, code)
        assert cells["total"] == sum(len(events) for events in own.values())
        every = {each for events in own.values() for each in events}
        assert is_directed or cells["events"] == len(every)
        assert _titles(cited[row.key]) == _cited(database, every)
    assert {row.key for row in table.rows()} == {pair[0] for pair in both} | {"total"}


def _titles(notes: Iterable[str]) -> set[str]:
    """The titles of sources, taken out of their notes."""
    return {each.split("“")[1].split(",”")[0] if "“" in each else each.split(",")[0] for each in notes}


@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("variant", ["all", "visits"])
def test_its_outline_tells_the_events_in_the_order_of_time(made: Database, variant: str, asked: str) -> None:
    options, is_asked = ASKED[asked]
    expected = {each for events in _by_hand(made, variant, is_asked, None).values() for each in events}
    with closing(made.reader()) as reader:
        report = report_named("country-matrix")
        basis = Basis(reader, new_options(report, variant=variant, **options), DAY)
        assert report.outline is not None
        report.outline(basis)
        assert reader.statements <= 10
    assert basis.is_in_time
    assert list(basis.events) == [
        each.id for each in sorted(expected, key=lambda each: (each.first, each.last, each.id))
    ]


@pytest.fixture
def often(sample_database: Database) -> Database:
    """The sample with twelve meetings of two countries, each with a source of its own, and one of two others."""
    for at in range(12):
        id = add(
            sample_database, "event", kind="meeting", title=f"Round {at}", status="held", date=f"2024-{at + 1:02}-01",
            mode="in_person",
        )  # fmt: skip
        for code in ("FRA", "DEU", *(("ITA",) if at == 6 else ())):
            add(sample_database, "delegation", event_id=id, country=code, role="participant", attendance="attended")
        source = add(sample_database, "source", kind="report", title=f"Report {at}")
        add(sample_database, "citation", source_id=source, event_id=id, states="On the 2nd" if at in (6, 11) else None)
    return sample_database


def _sources(database: Database, **options: Any) -> tuple[dict[str, Any], str]:
    """The cells of the sources of the pairs, with the titles that they name, and all that is said."""
    with closing(database.reader()) as reader:
        report = report_named("country-matrix")
        document = make(database.path, reader, Request(report, new_options(report, **options)))
    names = _named(document, document.tables[-1])
    rows = {row.key: (row.cells[-1].text, sorted(_titles(names[row.key]))) for row in document.tables[-1].rows()}
    return rows, said(document)


def test_a_row_of_many_sources_names_those_of_its_ends(often: Database) -> None:
    rows, told = _sources(often)
    text, titles = rows["FRA-DEU"]
    assert titles == ["Report 0", "Report 11"]
    assert text.endswith(" states “On the 2nd”; 10 more") and rows["ITA-FRA"][1] == ["Report 6"]
    assert "A row with more than 10 sources names those of its first and last event" in told
    matrix = {row["country"]: row["sources"] for row in table_of(built(often, "country-matrix"))}
    assert matrix["France"].endswith("10 more") and matrix["Italy"].endswith("states “On the 2nd”")
    assert "more" in matrix["Total"] and "more" not in matrix["Japan"]


def test_the_numbers_of_notes_are_those_of_the_reader(often: Database) -> None:
    with closing(often.reader()) as reader:
        report = report_named("country-matrix")
        document = make(often.path, reader, Request(report, new_options(report)))
    numbers = list(dict.fromkeys(number for row in document.tables[0].rows() for number in row.cells[-1].notes))
    assert numbers == sorted(numbers)
    for table in document.tables:
        for cell in (row.cells[-1] for row in table.rows()):
            assert all(f"{number} states “{words}”" in cell.text for number, words in cell.states)
    assert json.loads(to_json(document))["title"] == "Which countries met"


def test_all_sources_are_named_when_they_are_asked_for(often: Database) -> None:
    rows, told = _sources(often, sources="every")
    text, titles = rows["FRA-DEU"]
    assert titles == sorted(f"Report {at}" for at in range(12)) and "more" not in text
    assert "first and last event" not in told


def test_only_the_ends_are_named_when_they_are_asked_for(often: Database) -> None:
    rows, told = _sources(often, sources="ends")
    assert rows["FRA-DEU"][1] == ["Report 0", "Report 11"] and "more" not in rows["FRA-DEU"][0]
    assert "Each row names the sources of its first and last event." in told


def test_ends_without_a_source_say_so(often: Database) -> None:
    often.write("Take two away", lambda session: session.connection().exec_driver_sql(
        "DELETE FROM citation WHERE event_id IN (SELECT id FROM event WHERE title IN ('Round 0', 'Round 11'))"
    ))  # fmt: skip
    for at in (3, 4, 5):
        event = id_of(often, "event", f"Round {at}")
        source = add(often, "source", kind="report", title=f"Other {at}")
        add(often, "citation", source_id=source, event_id=event)
    rows, _told = _sources(often)
    assert rows["FRA-DEU"] == ("13 sources, not of the first or last event", [])
    rows, _told = _sources(often, sources="ends")
    assert rows["FRA-DEU"] == ("no source of the first or last event", [])


def test_what_is_left_out_of_the_matrix_is_in_no_row_of_it(made: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.reports.country_matrix.MOST_IN_MATRIX", 3)
    document = built(made, "country-matrix")
    pairs = _by_hand(made, "all", lambda event: True, None)
    codes = {row.key for row in document.tables[0].rows()} - {"total"}
    assert len(codes) == 3 and "more are in the list of pairs" in said(document)
    inside = {pair: events for pair, events in pairs.items() if {*pair} <= codes}
    _compare_matrix(made, document, document.tables[0], inside, is_directed=False)
    assert document.tables[-1].count == len(pairs)


def test_a_matrix_of_long_numbers_has_as_many_countries_as_fit(made: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    every = built(made, "country-matrix").tables[0].count
    monkeypatch.setattr("legation.reports.country_matrix.ROOM", 16)  # four numbers of one figure
    assert every > 5 == built(made, "country-matrix").tables[0].count
    monkeypatch.setattr("legation.reports.country_matrix.GAP", 5)
    assert built(made, "country-matrix").tables[0].count == 3
