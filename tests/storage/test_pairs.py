"""Pairs of countries: what is kept is what the tables say, through steps, undo and every way of asking."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from itertools import combinations

import pytest

from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.records.vocabulary import CONTACT_KINDS, LEVELS
from legation.storage import pairs, undo
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.pairs import PairCount
from legation.storage.reading import Reader
from legation.storage.saving import save

EVENT, SIDE = record_type("event"), record_type("delegation")
Seen = list[tuple[str, str, int]]


def by_hand(reader: Reader, where: str = "true") -> Counter[tuple[str, str]]:
    """How often each two countries were at one event, counted from the parties in Python."""
    sides: dict[int, set[str]] = {}
    sql = f"SELECT e.id, d.country FROM event e JOIN delegation d ON d.event_id = e.id WHERE d.country > '' AND {where}"
    for event, country in reader.sql(sql):
        sides.setdefault(event, set()).add(country)
    return Counter(pair for codes in sides.values() for pair in combinations(sorted(codes), 2))


def seen(found: list[PairCount]) -> Counter[tuple[str, str]]:
    return Counter({(each.one, each.other): each.events for each in found})


HELD = f"e.status = 'held' AND e.kind IN {CONTACT_KINDS}"
IN_TIME = "e.date IS NOT NULL AND e.date_to >= '{first}' AND e.date_from <= '{last}'"


def test_counts_are_those_of_the_parties(reader: Reader) -> None:
    assert by_hand(reader, HELD)[("JPN", "TKM")] > 1
    assert seen(pairs.counts(reader)) == by_hand(reader, HELD)
    every = ("proposed", "scheduled", "held", "postponed", "cancelled")
    assert seen(pairs.counts(reader, contacts=False, statuses=every)) == by_hand(reader)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2024-01-01", "2024-12-31"),
        ("2025-01-01", "9999-12-31"),
        ("2024-12-16", "2025-01-27"),
        ("2025-02-01", "2025-03-02"),
    ],
)
def test_counts_of_a_period(reader: Reader, first: str, last: str) -> None:
    found = pairs.counts(reader, first=first, last=last)
    assert seen(found) == by_hand(reader, f"{HELD} AND {IN_TIME.format(first=first, last=last)}")


def test_counts_by_level_and_among_some_events(reader: Reader) -> None:
    levels = pairs.counts(reader, by_level=True)
    assert {each.level for each in levels} <= {*LEVELS, None} and len({each.level for each in levels}) > 1
    assert sum(seen(levels).values()) <= sum(each.events for each in levels)
    assert sum(each.events for each in levels) == sum(by_hand(reader, HELD).values())
    some = [row[0] for row in reader.sql("SELECT id FROM event WHERE id % 2 = 1")]
    assert seen(pairs.counts_among(reader, some)) == by_hand(reader, "e.id % 2 = 1")
    shared = [row[0] for row in reader.rows(pairs.events_shared("TKM", "JPN"))]
    assert len(shared) == len(set(shared)) == by_hand(reader)[("JPN", "TKM")]


def test_they_follow_every_step_and_its_undoing(database: Database) -> None:
    def kept() -> tuple[Seen, Seen]:
        with closing(database.reader()) as reader:
            return (
                reader.sql("SELECT one, other, event_id FROM event_pair ORDER BY 3, 1, 2"),
                reader.sql("SELECT one, other, events FROM country_pair ORDER BY 1, 2"),
            )

    assert kept() == ([], [])
    event = new_draft(EVENT, title="Summit", date="2025-03", kind="summit")
    for code in ("TKM", "JPN", "KAZ"):
        event.add_line("delegations", new_draft(SIDE, country=code))
    id = database.write("Add event", lambda session: save(session, event)).result
    three = [("JPN", "KAZ", id), ("JPN", "TKM", id), ("KAZ", "TKM", id)]
    assert kept() == (three, [(one, other, 1) for one, other, _id in three])
    database.write("Delete event", lambda session: delete_record(session, EVENT, id))
    assert kept() == ([], [])
    undo.undo(database)
    assert kept()[0] == three
    database.write(
        "Other class", lambda session: session.connection().exec_driver_sql("UPDATE event_kind SET class = 'B'")
    )
    with closing(database.reader()) as reader:
        assert pairs.counts(reader) == []
        assert len(pairs.counts(reader, contacts=False)) == 3


def test_who_stayed_away_met_nobody(database: Database) -> None:
    event = new_draft(EVENT, title="Summit", date="2025-03", kind="summit", status="held")
    for code, came in (("TKM", "attended"), ("JPN", "attended"), ("KAZ", "absent")):
        event.add_line("delegations", new_draft(SIDE, country=code, attendance=came))
    database.write("Add event", lambda session: save(session, event))
    with closing(database.reader()) as reader:
        assert seen(pairs.counts(reader)) == Counter({("JPN", "TKM"): 1})
    statement = "UPDATE delegation SET attendance = 'attended' WHERE country = 'KAZ'"
    database.write("They came", lambda session: session.connection().exec_driver_sql(statement))
    with closing(database.reader()) as reader:
        assert len(pairs.counts(reader)) == 3
