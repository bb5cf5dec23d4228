"""Many rows at once: the log, the lists and the search index are as if each had been saved by itself."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from legation.errors import RecordProblem, UserError
from legation.fields.draft import Draft, new_draft
from legation.records.catalogue import record_type
from legation.storage.bulk import BulkRows, Stopped, write_bulk
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.saving import save


def meeting(person: Draft, number: int) -> Draft:
    """A meeting with two parties, a delegate acting in a post, an agenda and a source."""
    values = {"date": f"2025-01-{number:02}", "title": f"Meeting {number}", "country": "JPN"}
    event = new_draft(record_type("event"), **values)
    host = event.add_line("delegations", new_draft(record_type("delegation"), country="JPN", role="host"))
    event.add_line("delegations", new_draft(record_type("delegation"), country="TKM", role="guest"))
    body = new_draft(record_type("organisation"), name=f"Ministry {number}", kind="ministry", country="JPN")
    post = new_draft(record_type("post"), title="Minister", rank=45, organisation_id=body)
    held = new_draft(record_type("appointment"), person_id=person, post_id=post, period="2024/..")
    line = host.add_line("delegates", new_draft(record_type("delegate"), person_id=person, role="head"))
    line.add_line("capacities", new_draft(record_type("capacity"), appointment_id=held))
    event.add_line("agenda", new_draft(record_type("agenda_item"), topic="E.power", act="discussed"))
    source = new_draft(record_type("source"), title=f"Dispatch {number}")
    event.add_line("citations", new_draft(record_type("citation"), source_id=source))
    return event


def person(name: str) -> Draft:
    return new_draft(record_type("person"), name=name, country="JPN")


def rows_of(database: Database, step: int) -> list[tuple[str, str, Any]]:
    """What a step logged, without what is made by chance."""
    with closing(database.reader()) as reader:
        found = reader.sql('SELECT "table", key, before, after FROM change WHERE step_id = ?', (step,))
    plain = [(table, key, before, json.loads(after)) for table, key, before, after in found]
    for _table, _key, _before, after in plain:
        after.pop("uid", None)
    return sorted(((table, key, repr((before, after))) for table, key, before, after in plain))


def test_the_log_is_that_of_saving_each(workspace: Path, tmp_path: Path) -> None:
    one = Database(workspace)
    other_path = tmp_path / "other.legation"
    other_path.write_bytes(workspace.read_bytes())
    other = Database(other_path)
    somebody = person("Yuki Tanaka")
    saved = one.write("Save", lambda session: [save(session, meeting(somebody, number)) for number in (1, 2, 3)])
    with closing(other.reader()) as reader:
        bulk = BulkRows(reader)
    again = person("Yuki Tanaka")
    for number in (1, 2, 3):
        bulk.add(meeting(again, number))
    assert bulk.count("event") == 3 and bulk.count("person") == 1
    written = other.write("Write", lambda session: write_bulk(session, bulk))
    assert written.changes == saved.changes
    assert {name: len(ids) for name, ids in written.records.items()} == {
        name: len(ids) for name, ids in saved.records.items()
    }
    assert rows_of(one, saved.step) == rows_of(other, written.step)
    for database in (one, other):
        database.close()
        assert check_workspace(database.path) == []


def test_a_reserved_draft_may_still_change(database: Database) -> None:
    with closing(database.reader()) as reader:
        bulk = BulkRows(reader)
    draft = person("Tanaka Yuki")
    id = bulk.reserve(draft)
    draft["name"] = "Tanaka Yukiko"
    database.write("Write", lambda session: write_bulk(session, bulk))
    with closing(database.reader()) as reader:
        assert reader.sql("SELECT name FROM person WHERE id = ?", (id,)) == [("Tanaka Yukiko",)]


def test_what_the_database_refuses_leaves_nothing(database: Database) -> None:
    with closing(database.reader()) as reader:
        bulk = BulkRows(reader)
    bulk.add(person("Somebody"))
    bulk.add_row("import_key", source_file="f", source_row="1", digest="d", record="person", record_id=1)
    bulk.add_row("import_key", source_file="f", source_row="1", digest="d", record="person", record_id=1)
    with pytest.raises(RecordProblem):
        database.write("Write", lambda session: write_bulk(session, bulk))
    assert check_workspace(database.path) == []
    with closing(database.reader()) as reader:
        assert reader.sql("SELECT count(*) FROM person") == [(0,)]


def test_ids_are_for_the_state_they_were_given_out_in(database: Database) -> None:
    with closing(database.reader()) as reader:
        bulk = BulkRows(reader)
    bulk.add(person("Somebody"))
    database.write("Another", lambda session: save(session, person("Somebody Else")))
    with pytest.raises(UserError, match="changed since"):
        database.write("Write", lambda session: write_bulk(session, bulk))


def test_stopping_between_portions(database: Database) -> None:
    with closing(database.reader()) as reader:
        bulk = BulkRows(reader)
    bulk.add(person("Somebody"))
    with pytest.raises(Stopped):
        database.write("Write", lambda session: write_bulk(session, bulk, lambda _done, _total: False))
    assert check_workspace(database.path) == []


def test_a_new_name_of_a_known_person_is_found_and_shown(sample_database: Database) -> None:
    """What is shown of known records follows from rows that are written at once too."""
    with closing(sample_database.reader()) as reader:
        bulk = BulkRows(reader)
        id = reader.sql("SELECT id FROM person ORDER BY id LIMIT 1")[0][0]
    alias = new_draft(record_type("alias"), name="Quite Another", kind="transliteration", person_id=id)
    bulk.add(alias)
    sample_database.write("Write", lambda session: write_bulk(session, bulk))
    assert check_workspace(sample_database.path) == []
    with closing(sample_database.reader()) as reader:
        found = reader.sql("SELECT count(*) FROM search WHERE search MATCH 'quite AND another' AND rowid % 16 = 3")
    assert found == [(1,)]


def test_what_a_new_event_is_part_of_follows_it(database: Database) -> None:
    """A known tour and the visit in it take their level from a new meeting, which is part of that visit."""
    tour = new_draft(record_type("event"), kind="visit", date="2025-01", title="Tour")
    visit = new_draft(record_type("event"), kind="visit", date="2025-01-02", title="Visit", parent_id=tour)
    database.write("Add", lambda session: save(session, visit))
    with closing(database.reader()) as reader:
        bulk = BulkRows(reader)
    bulk.add(
        new_draft(
            record_type("event"), date="2025-01-02", title="Talks", parent_id=visit.id, level="high", mode="phone"
        )
    )
    written = database.write("Write", lambda session: write_bulk(session, bulk))
    assert check_workspace(database.path) == []
    assert written.records["event"] >= {tour.id, visit.id}
    with closing(database.reader()) as reader:
        levels = reader.sql("SELECT level FROM event_row WHERE event_id IN (?, ?)", (tour.id, visit.id))
    assert levels == [("high",), ("high",)]


def test_columns_that_some_rows_fill(database: Database) -> None:
    """A column that no row fills stays empty, and one that a single row fills has its value there alone."""
    with closing(database.reader()) as reader:
        bulk = BulkRows(reader)
    for number in range(1, 4):
        bulk.add(new_draft(record_type("person"), name=f"Somebody {number}", gender="female" if number == 2 else None))
    database.write("Write", lambda session: write_bulk(session, bulk))
    with closing(database.reader()) as reader:
        assert reader.sql("SELECT gender, country FROM person ORDER BY id") == [
            (None, None),
            ("female", None),
            (None, None),
        ]
