"""Saving: only what differs is written, exchanges do not trip, and nobody's work is overwritten."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from legation.errors import RecordProblem, UserError
from legation.fields.draft import Draft, new_draft
from legation.fields.names import sort_name
from legation.records.catalogue import record_type
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.loading import load_draft
from legation.storage.saving import Stale, save

EVENT, PERSON = record_type("event"), record_type("person")


def _load(database: Database, record: str, id: int) -> Draft:
    with closing(database.reader()) as reader:
        return load_draft(reader, record_type(record), id)


def _save(database: Database, draft: Draft) -> int:
    return database.write("Save", lambda session: save(session, draft)).step


def _rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with closing(database.reader()) as reader:
        return reader.sql(sql)


def test_a_draft_that_is_not_changed_makes_no_step(sample_database: Database) -> None:
    assert _save(sample_database, _load(sample_database, "event", 2)) == 0


def test_two_parties_are_exchanged(sample_database: Database) -> None:
    parties = "SELECT id, country, organisation_id FROM delegation WHERE event_id = 2 ORDER BY id"
    first, second = _rows(sample_database, parties)
    draft = _load(sample_database, "event", 2)
    one, other = draft.lines["delegations"]
    for name in ("country", "organisation_id"):
        one[name], other[name] = other[name], one[name]
    _save(sample_database, draft)
    assert _rows(sample_database, parties) == [(first[0], *second[1:]), (second[0], *first[1:])]
    undo.undo(sample_database)
    assert _rows(sample_database, parties) == [first, second]
    assert check_workspace(sample_database.path) == []


def test_two_delegates_change_sides(sample_database: Database) -> None:
    seats = "SELECT person_id FROM delegate WHERE event_id = 2 ORDER BY id"
    before = _rows(sample_database, seats)
    draft = _load(sample_database, "event", 2)
    one, other = (side.lines["delegates"][0] for side in draft.lines["delegations"])
    for each in (one, other):
        each.lines["capacities"] = []
    one["person_id"], other["person_id"] = other["person_id"], one["person_id"]
    _save(sample_database, draft)
    assert _rows(sample_database, seats) == before[::-1]


def test_a_new_line_takes_over_what_another_gives_up(sample_database: Database) -> None:
    draft = _load(sample_database, "event", 2)
    freed = draft.lines["delegations"][0]["country"]
    draft.lines["delegations"][0]["country"] = "KAZ"
    draft.lines["delegations"].insert(0, new_draft(record_type("delegation"), country=freed))
    _save(sample_database, draft)
    found = _rows(sample_database, "SELECT count(*), count(DISTINCT country) FROM delegation WHERE event_id = 2")
    assert found == [(3, 3)]


def test_two_other_names_are_exchanged(sample_database: Database) -> None:
    draft = _load(sample_database, "person", 1)
    draft.lines["aliases"] = []
    for name in ("Alpha Omega", "Omega Alpha"):
        draft.add_line("aliases", new_draft(record_type("alias"), name=name, kind="short"))
    _save(sample_database, draft)
    draft = _load(sample_database, "person", 1)
    one, other = draft.lines["aliases"]
    one["name"], other["name"] = other["name"], one["name"]
    _save(sample_database, draft)
    names = _rows(sample_database, "SELECT name FROM alias WHERE person_id = 1 ORDER BY id")
    assert names == [("Omega Alpha",), ("Alpha Omega",)]


def test_derived_columns_follow(sample_database: Database) -> None:
    draft = _load(sample_database, "event", 2)
    draft.type_in("date", "late may 2026")
    _save(sample_database, draft)
    assert _rows(sample_database, "SELECT date_from, date_to FROM event WHERE id = 2") == [("2026-05-21", "2026-05-31")]
    person = _load(sample_database, "person", 1)
    person["name"], person["family_name"], person["given_name"] = "Élan Ýlym", "Ýlym", "Élan"
    _save(sample_database, person)
    assert _rows(sample_database, "SELECT sort_name FROM person WHERE id = 1") == [("ylym elan",)]


def test_records_are_kept_under_an_identity_of_their_own(sample_database: Database) -> None:
    for title in ("One", "Two"):
        _save(sample_database, new_draft(EVENT, title=title, status="proposed"))
    ((count, different),) = _rows(sample_database, "SELECT count(uid), count(DISTINCT uid) FROM event")
    assert count == different == 10


def test_a_problem_in_a_line_names_the_line(sample_database: Database) -> None:
    draft = new_draft(EVENT, title="Talk", status="proposed")
    draft.add_line("delegations", new_draft(record_type("delegation")))
    with pytest.raises(RecordProblem, match=r"^Party: .*country or the organisation"):
        _save(sample_database, draft)


def test_what_the_database_refuses_is_told_in_words(sample_database: Database) -> None:
    draft = _load(sample_database, "event", 2)
    side = draft.lines["delegations"][0]
    side.lines["delegates"][0]["role"] = "head"
    side.add_line("delegates", new_draft(record_type("delegate"), person_id=4, role="head"))
    with pytest.raises(RecordProblem, match="one head only") as raised:
        _save(sample_database, draft)
    assert raised.value.field == "role"


def test_another_field_changed_elsewhere_is_no_conflict(sample_database: Database) -> None:
    mine, theirs = _load(sample_database, "event", 2), _load(sample_database, "event", 2)
    theirs["city"] = "Kyoto"
    _save(sample_database, theirs)
    mine["title"] = "Mine"
    _save(sample_database, mine)
    assert _rows(sample_database, "SELECT title, city FROM event WHERE id = 2") == [("Mine", "Kyoto")]


def test_a_conflict_is_saved_over_once_the_other_value_is_known(sample_database: Database) -> None:
    mine, theirs = _load(sample_database, "event", 2), _load(sample_database, "event", 2)
    theirs["title"] = "Theirs"
    _save(sample_database, theirs)
    mine["title"] = "Mine"
    with pytest.raises(Stale, match="Title"):
        _save(sample_database, mine)
    mine.original["title"] = "Theirs"
    _save(sample_database, mine)
    assert _rows(sample_database, "SELECT title FROM event WHERE id = 2") == [("Mine",)]


def test_every_field_that_both_changed_is_told_and_the_rest_is_merged(sample_database: Database) -> None:
    mine, theirs = _load(sample_database, "event", 2), _load(sample_database, "event", 2)
    theirs["title"], theirs["city"], theirs["venue"] = "Theirs", "Kyoto", "Palace"
    theirs.lines["delegations"][0]["stated_as"] = "Their side"
    _save(sample_database, theirs)
    mine["title"], mine["city"], mine["summary"] = "Mine", "Osaka", "Long talks"
    mine.lines["delegations"][0]["stated_as"] = "My side"
    with pytest.raises(Stale, match="Title") as raised:
        _save(sample_database, mine)
    ((_event, fields), (_party, words)) = raised.value.conflicts
    assert fields == {"title": ("Mine", "Theirs"), "city": ("Osaka", "Kyoto")}
    assert words == {"stated_as": ("My side", "Their side")}
    for draft, both in raised.value.conflicts:
        draft.original |= {name: theirs for name, (_mine, theirs) in both.items()}
    mine["city"] = "Kyoto"
    _save(sample_database, mine)
    found = _rows(sample_database, "SELECT title, city, venue, summary FROM event WHERE id = 2")
    assert found == [("Mine", "Kyoto", "Palace", "Long talks")]


def test_what_is_derived_follows_both_changes(sample_database: Database) -> None:
    mine, theirs = _load(sample_database, "person", 1), _load(sample_database, "person", 1)
    theirs["family_name"] = "Zeta"
    _save(sample_database, theirs)
    mine["given_name"] = "Alpha"
    _save(sample_database, mine)
    found = _rows(sample_database, "SELECT name, family_name, given_name, sort_name FROM person WHERE id = 1")
    assert found[0][3] == sort_name(str(found[0][0]), "Zeta", "Alpha")


def test_a_record_deleted_elsewhere_is_not_made_again(sample_database: Database) -> None:
    mine = _load(sample_database, "event", 8)
    sample_database.write("Delete", lambda session: delete_record(session, EVENT, 8))
    mine["title"] = "Mine"
    with pytest.raises(UserError, match="deleted elsewhere"):
        _save(sample_database, mine)
    assert _rows(sample_database, "SELECT count(*) FROM event WHERE id = 8") == [(0,)]


def test_two_appointments_to_one_post_exchange_their_periods(sample: Path) -> None:
    database = Database(sample)
    with closing(database.reader()) as reader:
        person = load_draft(reader, record_type("person"), 1)
    first = person.lines["appointments"][0]
    first["period"] = "2020/2022"
    again = new_draft(record_type("appointment"), post_id=first["post_id"], period="2024/..")
    person.add_line("appointments", again)
    database.write("Twice", lambda session: save(session, person))
    with closing(database.reader()) as reader:
        person = load_draft(reader, record_type("person"), 1)
    one, other = (each for each in person.lines["appointments"] if each["post_id"] == first["post_id"])
    one["period"], other["period"] = other["period"], one["period"]
    ids = {one.id: one["period"], other.id: other["period"]}
    database.write("Exchange", lambda session: save(session, person))
    with closing(database.reader()) as reader:
        rows = reader.sql("SELECT id, period, period_from FROM appointment WHERE post_id = ?", (first["post_id"],))
    database.close()
    assert {row[0]: row[1] for row in rows} == ids
    assert {row[2] for row in rows} == {"2020-01-01", "2024-01-01"}
