"""Proposed titles, and what is told of an event while it is entered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from legation.fields.draft import Draft, duplicate, new_draft
from legation.matching.entry import look_at
from legation.matching.titles import Side, propose_title
from legation.records.catalogue import record_type
from legation.records.vocabulary import EVENT_KINDS
from legation.storage.already import same_events, source_at
from legation.storage.database import Database
from legation.storage.levels import level_of
from legation.storage.loading import load_draft
from legation.storage.places import places
from legation.storage.reading import Reader
from legation.storage.saving import save

TKM, JPN = Side("Turkmenistan", "Turkmen", ("Gurbanov",)), Side("Japan", "Japanese", ("Fujii",), is_host=True)


@pytest.fixture
def reader(sample_database: Database) -> Iterator[Reader]:
    """A reader of the sample."""
    with closing(sample_database.reader()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "sides", "title"),
    [
        ("consultations", [TKM, JPN], "Turkmen-Japanese consultations"),
        ("meeting", [TKM, JPN], "Gurbanov - Fujii meeting"),
        ("meeting", [Side("Turkmenistan", "Turkmen"), JPN], "Turkmen-Japanese meeting"),
        ("meeting", [TKM, Side("Itochu")], "Meeting of Turkmenistan and Itochu"),
        ("visit", [TKM, JPN], "Visit of Gurbanov to Japan"),
        ("visit", [Side("Turkmenistan", "Turkmen"), JPN], "Visit of the Turkmen delegation to Japan"),
        ("visit", [Side("Chad"), Side("Mali"), JPN], "Visit of Chad and Mali to Japan"),
        ("summit", [Side("A"), Side("B"), Side("C")], "Summit of A, B and C"),
        ("summit", [Side(each) for each in "ABCDE"], "Summit of 5 parties"),
        ("expo_national_day", [Side("Turkmenistan", "Turkmen")], "Turkmen expo national day"),
        ("meeting", [], ""),
        ("", [TKM], ""),
    ],
)
def test_a_title_tells_kind_and_parties(kind: str, sides: list[Side], title: str) -> None:
    assert propose_title(kind, sides) == title


def test_every_kind_gives_a_title() -> None:
    assert all(propose_title(kind, [TKM, JPN]) for kind in EVENT_KINDS)


def test_the_level_told_is_the_level_saved(reader: Reader) -> None:
    event = record_type("event")
    rows = reader.sql("SELECT e.id, r.level FROM event e JOIN event_row r ON r.event_id = e.id WHERE e.kind <> 'visit'")
    assert {level for _id, level in rows} > {None, "business", "senior_officials"}
    for id, level in rows:
        assert level_of(reader, load_draft(reader, event, id)) == level


def test_the_level_of_posts_not_saved_yet_is_told(reader: Reader) -> None:
    event = new_draft(record_type("event"))
    for country, rank in (("TKM", 40), ("JPN", 60)):
        post = new_draft(record_type("post"), title="Post", rank=rank)
        held = new_draft(record_type("appointment"), post_id=post)
        delegate = new_draft(record_type("delegate"), role="head")
        delegate.add_line("capacities", new_draft(record_type("capacity"), appointment_id=held))
        party = new_draft(record_type("delegation"), country=country)
        party.add_line("delegates", delegate)
        event.add_line("delegations", party)
    assert level_of(reader, event) == "deputy_ministerial"


@pytest.mark.parametrize(
    ("countries", "first", "last", "ids"),
    [
        (["TKM", "JPN"], "2025-01-27", "2025-01-27", {1, 2, 3, 4}),
        (["JPN", "TKM"], "2025-01-30", "2025-01-30", {1, 2, 3, 4}),
        (["TKM", "JPN"], "2025-02-04", "2025-02-04", set()),
        (["TKM", "JPN", "KAZ"], "2025-01-27", "2025-01-27", set()),
        (["TKM"], "2025-01-27", "2025-01-27", set()),
        (["TKM", "JPN"], "2025-01-01", "2025-12-31", set()),
        (["TKM", "JPN"], "0001-01-01", "9999-12-31", set()),
    ],
)
def test_the_same_parties_within_three_days_are_told(
    reader: Reader, countries: list[str], first: str, last: str, ids: set[int]
) -> None:
    found = set(same_events(reader, countries, first, last))
    assert found <= ids and (bool(found) == bool(ids)) and (2 in found) == (2 in ids)
    assert 2 not in same_events(reader, countries, first, last, but=2)


def test_the_same_round_is_told_whatever_the_day(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        event = load_draft(reader, record_type("event"), 2)
    event["ordinal"] = 5
    sample_database.write("Round", lambda session: save(session, event))
    with closing(sample_database.reader()) as reader:
        framework = event["framework_id"]
        assert same_events(reader, [], "2030-01-01", "2030-01-01", framework=framework, ordinal=5) == [2]
        assert same_events(reader, [], "2030-01-01", "2030-01-01", framework=framework, ordinal=6) == []


def test_an_entry_is_understood(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        again = duplicate(load_draft(reader, record_type("event"), 2))
        source = load_draft(reader, record_type("source"), 3)
    source["url"] = "https://example.org/dispatch"
    sample_database.write("Address", lambda session: save(session, source))
    cited = new_draft(record_type("source"), title="The same", url="https://example.org/dispatch/")
    again.add_line("citations", new_draft(record_type("citation"), source_id=cited))
    with closing(sample_database.reader()) as reader:
        facts = look_at(reader, again)
        assert facts.title == "Turkmen-Japanese consultations" and facts.level == "senior_officials"
        assert {(each.record, each.id) for each in facts.known} >= {("event", 2), ("source", 3)}
        assert look_at(reader, cited).known[0].id == 3
        assert source_at(reader, "https://example.org/dispatch", but=3) is None
        assert look_at(reader, Draft(record_type("person"))).known == ()


def test_places_are_known_from_events_and_as_capitals(reader: Reader) -> None:
    assert [(each.name, each.country) for each in places(reader, "tok")] == [("Tokyo", "JPN")]
    assert ("Ashgabat", "TKM", "Turkmenistan") in [(e.name, e.country, e.country_name) for e in places(reader, "ashg")]
    assert [each.name for each in places(reader, "OSA")] == ["Osaka"]
    assert places(reader, "t") == [] and places(reader, "zzzz") == [] and places(reader, "") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dominican Republic", "the Dominican Republic"),
        ("United States of America", "the United States of America"),
        ("Netherlands", "the Netherlands"),
        ("Marshall Islands", "the Marshall Islands"),
        ("Turks and Caicos Islands", "the Turks and Caicos Islands"),
        ("South Georgia and the South Sandwich Islands", "South Georgia and the South Sandwich Islands"),
        ("Heard Island and McDonald Islands", "Heard Island and McDonald Islands"),
        ("Isle of Man", "the Isle of Man"),
        ("European Union", "the European Union"),
        ("Japan", "Japan"),
        ("Sudan", "Sudan"),
        ("Unitedia", "Unitedia"),
        ("United Airlines", "United Airlines"),
    ],
)
def test_names_that_take_an_article(name: str, expected: str) -> None:
    assert propose_title("visit", [Side(name), Side(name, is_host=True)]) == f"Visit of {expected} to {expected}"


def test_a_tour_is_named_after_its_visitor() -> None:
    assert propose_title("visit", [Side("Japan", "Japanese", ("Abe",))]) == "Visit of Abe"
