"""The workspace as it was: any step can be gone back to, in a copy, and what is derived follows."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from legation.errors import UserError
from legation.fields.draft import new_draft
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES, record_type
from legation.storage import undo
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.loading import load_draft
from legation.storage.past import as_after, newest_step, step_before
from legation.storage.queries import Query, ids
from legation.storage.reading import Interrupted, Reader
from legation.storage.saving import save

EVENT, PERSON = record_type("event"), record_type("person")
TABLES = (*LOGGED_TABLES, *DERIVED_TABLES, "step", "change")


def _state(reader: Reader) -> dict[str, list[tuple[Any, ...]]]:
    """Every table whole, and what the search index finds."""
    found = {table: sorted(reader.sql(f'SELECT * FROM "{table}"'), key=repr) for table in TABLES}
    found["search"] = [(word, *ids(reader, Query("event", words=word))) for word in ("gurbanov", "title", "expo")]
    return found


def _edit(database: Database, random_: random.Random) -> int:
    """One change of some kind; the number of its step."""
    with closing(database.reader()) as reader:
        events = [row[0] for row in reader.sql("SELECT id FROM event")]
        people = [row[0] for row in reader.sql("SELECT id FROM person")]
        draft = load_draft(reader, EVENT, random_.choice(events))
        person = load_draft(reader, PERSON, random_.choice(people))
    choice = random_.randrange(5)
    if choice == 0:
        draft["title"] = f"title {random_.random()}"
        return database.write("Rename", lambda session: save(session, draft)).step
    if choice == 1:
        return database.write("Delete", lambda session: delete_record(session, EVENT, draft.id or 0)).step
    if choice == 2:
        person["name"] = f"Somebody {random_.random()}"
        return database.write("Rename person", lambda session: save(session, person)).step
    if choice == 3:
        done = undo.undo(database)
        return done.step if done else 0
    made = new_draft(EVENT, title=f"title {random_.random()}", kind="meeting", date="2024-05", parent_id=draft.id)
    return database.write("Add", lambda session: save(session, made)).step


@pytest.mark.parametrize("seed", range(4))
def test_every_earlier_state_comes_back_whole(sample_database: Database, seed: int) -> None:
    random_ = random.Random(seed)
    with closing(sample_database.reader()) as reader:
        states = {newest_step(reader)[0]: _state(reader)}
    for _round in range(9):
        step = _edit(sample_database, random_)
        with closing(sample_database.reader()) as reader:
            states[newest_step(reader)[0]] = _state(reader)
        assert step == 0 or step in states
    for step, state in states.items():
        with as_after(sample_database.path, step) as past:
            assert _state(past) == state, step


def test_values_that_were_exchanged_are_exchanged_back(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        (one, first), (other, second) = reader.sql("SELECT id, code FROM topic ORDER BY id LIMIT 2")
        start = newest_step(reader)[0]
        names = reader.sql("SELECT id, name FROM topic ORDER BY id LIMIT 2")
    assert first != second

    def exchange(session: Any) -> None:
        connection = session.connection()
        for id, name in ((one, "between"), (other, names[0][1]), (one, names[1][1])):
            connection.exec_driver_sql("UPDATE topic SET name = ? WHERE id = ?", (name, id))

    sample_database.write("Exchange", exchange)
    with as_after(sample_database.path, start) as past:
        assert past.sql("SELECT id, name FROM topic ORDER BY id LIMIT 2") == names


def test_the_file_is_left_alone_and_copies_go(
    sample_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(sample_database.reader()) as reader:
        start = newest_step(reader)[0]
        draft = load_draft(reader, EVENT, 2)
    draft["title"] = "Other"
    sample_database.write("Rename", lambda session: save(session, draft))
    with closing(sample_database.reader()) as reader:
        before = _state(reader)
    with as_after(sample_database.path, start) as past:
        assert past.sql("SELECT title FROM event WHERE id = 2") != [("Other",)]
        assert list(tmp_path.glob("legation-*"))
    assert not list(tmp_path.glob("legation-*"))
    with closing(sample_database.reader()) as reader:
        assert _state(reader) == before


def test_stopping_the_copy_leaves_nothing(
    sample_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(sample_database.reader()) as reader:
        start = newest_step(reader)[0]
        draft = load_draft(reader, EVENT, 2)
    draft["title"] = "Other"
    sample_database.write("Rename", lambda session: save(session, draft))
    with pytest.raises(Interrupted), as_after(sample_database.path, start, lambda _done, _total: False):
        raise AssertionError("the copy was not stopped")
    assert not list(tmp_path.glob("legation-*"))


def test_a_moment_before_the_workspace_was_made_is_told(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        with pytest.raises(UserError, match="made later"):
            step_before(reader, "2001-01-01T00:00:00.000Z")
        assert step_before(reader, "2999-01-01T00:00:00.000Z") == newest_step(reader)[0]


def test_what_was_loaded_without_a_log_is_not_gone_back_over(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        first = reader.sql("SELECT min(id) FROM step")[0][0]
    with sample_database.step("Baseline") as session:
        session.connection().exec_driver_sql("UPDATE person SET note = 'x' WHERE id = 1")
    with pytest.raises(UserError, match="The log begins with step"), as_after(sample_database.path, first):
        raise AssertionError("nothing is known of that time")
    with pytest.raises(UserError, match="no step 999"), as_after(sample_database.path, 999):
        raise AssertionError("there is no such step")
