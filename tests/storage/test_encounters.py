"""Encounters: what SQLite counts of contacts and visits is what the parties say, however it is asked for."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.encounters import EVERY, Encounters, Ends, Told
from legation.storage.pairs import PairCount, counts
from legation.storage.reading import Reader
from legation.storage.saving import save

EVENT, SIDE, CITATION = record_type("event"), record_type("delegation"), record_type("citation")


def test_contacts_are_those_that_are_kept(reader: Reader) -> None:
    met = Encounters()
    assert met.counts(reader) == counts(reader) != []
    assert met.counts(reader, by_level=True) == counts(reader, by_level=True)
    ids = met.events(reader)
    assert len(ids) == len(set(ids)) == met.event_count(reader) > 1
    assert Encounters(among=ids).counts(reader) == counts(reader)
    assert Encounters(among=ids[:1]).event_count(reader) == 1
    assert Encounters(among=()).counts(reader) == [] and Encounters(among=()).events(reader) == []


def test_the_rows_of_pairs_and_of_a_matrix_rest_on_the_same_events(reader: Reader) -> None:
    met = Encounters()
    pairs, rows = met.pairs(), met.within({"all": ("JPN", "TKM"), "none": ("JPN",)})
    key = ("JPN", "TKM")
    shared = {each[:2]: each.events for each in met.counts(reader)}[key]
    assert pairs.event_counts(reader)[key] == shared
    assert rows.event_counts(reader) == dict.fromkeys((("all", EVERY), ("all", "JPN"), ("all", "TKM")), shared)
    assert {*rows.ends(reader).values()} == {pairs.ends(reader)[key]}
    assert pairs.sources(reader)[key] == rows.sources(reader, [("all", "JPN")])["all", "JPN"] != []
    assert pairs.source_counts(reader)[key] == len({each.source for each in pairs.sources(reader)[key]})
    assert rows.sources(reader, [("none", "JPN")]) == {}


def test_a_matrix_of_a_level_has_the_events_of_that_level(reader: Reader) -> None:
    met = Encounters()
    by_level = {each.level: each.events for each in met.counts(reader, by_level=True) if each[:2] == ("JPN", "TKM")}
    assert len(by_level) > 1
    shown = {each or "unknown": ("JPN", "TKM") for each in by_level}
    found = met.within(shown, by_level=True).event_counts(reader)
    assert {name: found[name, EVERY] for name in shown} == {each or "unknown": by_level[each] for each in by_level}


@pytest.fixture
def visit(database: Database) -> int:
    """The only visit of a workspace, of which its first party is cited as well."""
    draft = new_draft(EVENT, title="Visit", date="2025-03", kind="visit", status="held")
    for code, role in (("JPN", "host"), ("TKM", "guest"), ("KAZ", "observer")):
        draft.add_line("delegations", new_draft(SIDE, country=code, role=role))
    id = int(database.write("Add event", lambda session: save(session, draft)).result)
    source = new_draft(record_type("source"), kind="report", title="Report")
    read = database.write("Add source", lambda session: save(session, source)).result
    with closing(database.reader()) as reader:
        party = reader.sql("SELECT id FROM delegation WHERE country = 'JPN'")[0][0]
    for target, states in (({"delegation_id": party}, "in April"), ({"event_id": id}, None), ({"event_id": id}, None)):
        cited = new_draft(CITATION, source_id=read, states=states, **target)
        database.write("Cite", lambda session, cited=cited: save(session, cited))
    return id


def test_a_visit_goes_from_the_guest_to_the_host(database: Database, visit: int) -> None:
    met = Encounters(of_visits=True)
    with closing(database.reader()) as reader:
        assert met.counts(reader) == [PairCount("TKM", "JPN", None, 1)]
        assert met.events(reader) == [visit] == Encounters(of_visits=True, first="2025-03-31").events(reader)
        assert Encounters(of_visits=True, last="2025-02-28").events(reader) == []
        assert met.pairs().ends(reader) == {("TKM", "JPN"): Ends(visit, visit)}
        rows = met.within({"visits": ("JPN", "TKM")})
        assert rows.event_counts(reader) == {("visits", EVERY): 1, ("visits", "TKM"): 1}
    statement = "UPDATE delegation SET attendance = 'absent' WHERE role = 'guest'"
    database.write("Nobody came", lambda session: session.connection().exec_driver_sql(statement))
    with closing(database.reader()) as reader:
        assert met.counts(reader) == [PairCount("KAZ", "JPN", None, 1)]
    statement = "UPDATE event SET country = 'KAZ'"
    database.write("Elsewhere", lambda session: session.connection().exec_driver_sql(statement))
    with closing(database.reader()) as reader:
        assert met.counts(reader) == []


def test_what_parts_of_an_event_are_cited_for_proves_it(database: Database, visit: int) -> None:
    pairs = Encounters(of_visits=True).pairs()
    with closing(database.reader()) as reader:
        (source,) = reader.sql("SELECT id FROM source")[0]
        cited = {("TKM", "JPN"): [Told(source, "in April"), Told(source, None)]}  # as they were entered
        assert pairs.sources(reader) == cited == pairs.sources(reader, [("TKM", "JPN")])
        assert pairs.source_counts(reader) == {("TKM", "JPN"): 1}
        assert pairs.sources(reader, [("JPN", "TKM")]) == {}
