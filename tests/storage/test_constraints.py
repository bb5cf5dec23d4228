"""The constraints that the database itself holds: each bad write refused in an open step, its twin accepted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from legation.errors import RecordProblem
from legation.records.catalogue import LOGGED_TABLES
from legation.storage.connection import connect_for_writing
from legation.storage.constraints import words_for
from legation.storage.database import Database

Insert = str


def _event(id: int, **more: object) -> str:
    row = {"id": id, "uid": f"u{id}", "kind": "meeting", "title": "T", "status": "proposed", "mode": "in_person"} | more
    names = ", ".join(row)
    return f"INSERT INTO event({names}) VALUES ({', '.join(_literal(value) for value in row.values())})"


def _literal(value: object) -> str:
    return "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"


DATED = {"date": "2025-01-27", "date_from": "2025-01-27", "date_to": "2025-01-27"}
DELEGATE = "INSERT INTO delegate(event_id, delegation_id, person_id, role) VALUES"
CITE = "INSERT INTO citation(source_id, event_id, person_id) VALUES"
IGO = "INSERT INTO organisation(uid, name, kind, country) VALUES ('x', 'X', 'igo',"
PARTY = "INSERT INTO delegation(attendance, event_id, country, organisation_id, role) VALUES"
ITEM = "INSERT INTO agenda_item(event_id, seq, topic, act, text) VALUES (2, 99, 'E.power',"
OUTCOME = "INSERT INTO outcome(uid, event_id, kind, title, status, owner_id) VALUES ('o', 2, 'minutes', 'M', 'agreed',"
SOURCE = "INSERT INTO source(uid, kind, title, url) VALUES"
OWN_SIDE = "(SELECT id FROM delegation WHERE event_id = 2 LIMIT 1)"
OTHER_SIDE = "(SELECT id FROM delegation WHERE event_id = 3 LIMIT 1)"
FREE_PERSON = "(SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM delegate WHERE event_id = 2) LIMIT 1)"
PERSON = "(SELECT person_id FROM delegate WHERE event_id = 2 LIMIT 1)"
DELEGATE_OF_2 = "(SELECT id FROM delegate WHERE event_id = 2 LIMIT 1)"
OWN_POST = f"(SELECT id FROM appointment WHERE person_id = {PERSON} LIMIT 1)"
OTHER_POST = f"(SELECT id FROM appointment WHERE person_id <> {PERSON} LIMIT 1)"
CLEAR = "DELETE FROM capacity"
ACT = "INSERT INTO capacity(delegate_id, appointment_id, person_id) VALUES"

# tables that are empty in the sample: a row for each, so that there is something to copy, change and delete
FIRST_ROWS = (
    "INSERT INTO not_same(record, first_id, second_id) VALUES ('person', 1, 2)",
    "INSERT INTO saved_view(name, record, definition) VALUES ('Mine', 'event', '{}')",
    "INSERT INTO import_key(source_file, source_row, digest, record, record_id) VALUES ('a', '1', 'x', 'event', 1)",
)

# name: (what the refusal says, bad write, its corrected twin)
WRITES: dict[str, tuple[str, list[Insert], list[Insert]]] = {
    "two heads": (
        "UNIQUE constraint failed: delegate.delegation_id",
        [f"{DELEGATE} (2, {OWN_SIDE}, {FREE_PERSON}, 'head')"],
        [f"{DELEGATE} (2, {OWN_SIDE}, {FREE_PERSON}, 'member')"],
    ),
    "a person twice": (
        "delegate.event_id, delegate.person_id",
        [f"{DELEGATE} (2, {OWN_SIDE}, {PERSON}, 'member')"],
        [f"{DELEGATE} (2, {OWN_SIDE}, {FREE_PERSON}, 'member')"],
    ),
    "another event's delegation": (
        "FOREIGN KEY",
        [f"{DELEGATE} (2, {OTHER_SIDE}, {FREE_PERSON}, 'member')"],
        [f"{DELEGATE} (2, {OWN_SIDE}, {FREE_PERSON}, 'member')"],
    ),
    "another's appointment": (
        "FOREIGN KEY",
        [CLEAR, f"{ACT} ({DELEGATE_OF_2}, {OTHER_POST}, {PERSON})"],
        [CLEAR, f"{ACT} ({DELEGATE_OF_2}, {OWN_POST}, {PERSON})"],
    ),
    "a capacity of another person": (
        "FOREIGN KEY",
        [CLEAR, f"{ACT} ({DELEGATE_OF_2}, {OWN_POST}, {FREE_PERSON})"],
        [CLEAR, f"{ACT} ({DELEGATE_OF_2}, {OWN_POST}, {PERSON})"],
    ),
    "the same party twice": (
        "ux_delegation_party",
        [f"{PARTY} ('attended', 2, 'TKM', NULL, 'guest')"],
        [f"{PARTY} ('attended', 2, 'KAZ', NULL, 'guest')"],
    ),
    "nobody": (
        "ck_delegation_somebody",
        [f"{PARTY} ('attended', 2, NULL, NULL, 'guest')"],
        [f"{PARTY} ('attended', 2, NULL, 1, 'guest')"],
    ),
    "held without a date": (
        "ck_event_held_has_date",
        [_event(90, status="held")],
        [_event(90, status="held", **DATED)],
    ),
    "scheduled without a date": (
        "ck_event_scheduled_has_date",
        [_event(90, status="scheduled")],
        [_event(90, status="scheduled", **DATED)],
    ),
    "visit type on a meeting": (
        "ck_event_visit_type_of_visit",
        [_event(90, visit_type="state")],
        [_event(90, kind="visit", visit_type="state")],
    ),
    "from after to": (
        "ck_event_date_bounds",
        [_event(90, **(DATED | {"date_to": "2025-01-26"}))],
        [_event(90, **DATED)],
    ),
    "its own parent": ("ck_event_parent", [_event(90, parent_id=90)], [_event(90, parent_id=1)]),
    "a citation of two things": ("ck_citation_target", [f"{CITE} (1, 1, 1)"], [f"{CITE} (1, 1, NULL)"]),
    "a citation of nothing": ("ck_citation_target", [f"{CITE} (1, NULL, NULL)"], [f"{CITE} (1, NULL, 1)"]),
    "an IGO at home": ("ck_organisation_stateless_kind", [f"{IGO} 'JPN')"], [f"{IGO} NULL)"]),
    "an owner from elsewhere": ("FOREIGN KEY", [f"{OUTCOME} {OTHER_SIDE})"], [f"{OUTCOME} {OWN_SIDE})"]),
    "deleting a cited event": (
        "FOREIGN KEY",
        ["DELETE FROM event WHERE id = 2"],
        [_event(90), "DELETE FROM event WHERE id = 90"],
    ),
    "deleting a used country": (
        "FOREIGN KEY",
        ["DELETE FROM country WHERE code = 'JPN'"],
        ["INSERT INTO country(code, name) VALUES ('XAA', 'X')", "DELETE FROM country WHERE code = 'XAA'"],
    ),
    "a duplicate address": (
        "source.url",
        [f"{SOURCE} ('a', 'webpage', 'A', 'https://a.example')", f"{SOURCE} ('b', 'webpage', 'B', 'https://a.example')"],
        [f"{SOURCE} ('a', 'webpage', 'A', 'https://a.example')", f"{SOURCE} ('b', 'webpage', 'B', 'https://b.example')"],
    ),
    "a value outside a vocabulary": ("ck_event_status", [_event(90, status="maybe")], [_event(90, status="proposed")]),
    "a kind that is not there": ("FOREIGN KEY", [_event(90, kind="party")], [_event(90, kind="summit")]),
    "NUL in a text": ("ck_agenda_item_text_no_nul", [f"{ITEM} 'noted', 'a' || char(0))"], [f"{ITEM} 'noted', 'a')"]),
}  # fmt: skip


@pytest.fixture
def connection(sample: Path) -> Iterator[sqlite3.Connection]:
    """The sample with a step open."""
    with closing(connect_for_writing(sample)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        opened.execute(
            "INSERT INTO step(label, arguments, at, who, session, schema_version) VALUES ('Test', '{}', '', '', '', 1)"
        )
        opened.execute("INSERT INTO open_step(id, only) VALUES (last_insert_rowid(), 1)")
        yield opened
        opened.execute("ROLLBACK")


@pytest.mark.parametrize("name", WRITES)
def test_a_bad_write_is_refused_by_its_own_constraint(connection: sqlite3.Connection, name: str) -> None:
    says, bad, _good = WRITES[name]
    with pytest.raises(sqlite3.IntegrityError, match=says):
        for statement in bad:
            connection.execute(statement)


@pytest.mark.parametrize("name", WRITES)
def test_its_corrected_twin_is_accepted(connection: sqlite3.Connection, name: str) -> None:
    before = connection.execute("SELECT count(*) FROM change").fetchone()[0]
    for statement in WRITES[name][2]:
        connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM change").fetchone()[0] > before


@pytest.mark.parametrize("table", LOGGED_TABLES)
def test_outside_a_step_every_write_is_refused(sample: Path, table: str) -> None:
    database = Database(sample)
    with database.step("First rows") as session:
        for statement in FIRST_ROWS:
            session.connection().exec_driver_sql(statement)
    database.close()
    with closing(connect_for_writing(sample)) as connection:
        column = connection.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
        insert = f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
        for statement in (insert, f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match=f"outside a step: {table}"):
                connection.execute(statement)


@pytest.mark.parametrize("name", [name for name, (says, _bad, _good) in WRITES.items() if says != "FOREIGN KEY"])
def test_a_refusal_is_told_in_words(connection: sqlite3.Connection, name: str, sample: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError) as raised:
        for statement in WRITES[name][1]:
            connection.execute(statement)
    words = words_for(raised.value, sample)
    assert isinstance(words, RecordProblem)
    if name not in ("from after to", "a value outside a vocabulary"):  # no form lets these through
        assert "refuses this value" not in str(words)
