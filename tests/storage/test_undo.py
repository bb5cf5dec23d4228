"""Undo and redo: across restarts, within one session only, and with conflicts named by record and field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from legation.errors import StepConflict
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database, create_workspace
from legation.storage.deleting import delete_record
from legation.storage.loading import load_draft
from legation.storage.saving import save

EVENT = record_type("event")


def _rename(database: Database, id: int, title: str) -> int:
    with closing(database.reader()) as reader:
        draft = load_draft(reader, EVENT, id)
    draft["title"] = title
    return database.write("Rename {to}", lambda session: save(session, draft), to=title).step


def _delete(database: Database, id: int) -> int:
    return database.write("Delete event", lambda session: delete_record(session, EVENT, id)).step


def _title(database: Database, id: int) -> str | None:
    with closing(database.reader()) as reader:
        rows = reader.sql("SELECT title FROM event WHERE id = ?", (id,))
    return rows[0][0] if rows else None


@pytest.fixture
def other(sample: Path) -> Iterator[Database]:
    """A second window on the same file."""
    opened = Database(sample)
    yield opened
    opened.close()


def test_a_step_is_undone_after_the_file_was_closed_and_opened(sample: Path) -> None:
    first = Database(sample, session="window")
    before = _title(first, 2)
    _rename(first, 2, "Other")
    first.close()
    again = Database(sample, session="window")
    assert undo.undo(again) is not None and _title(again, 2) == before
    again.close()
    third = Database(sample, session="window")
    assert undo.redo(third) is not None and _title(third, 2) == "Other"
    third.close()
    assert check_workspace(sample) == []


def test_undo_goes_back_step_by_step_and_redo_forth(sample_database: Database) -> None:
    titles = [_title(sample_database, 2)]
    for title in ("One", "Two", "Three"):
        _rename(sample_database, 2, title)
        titles.append(title)
    for title in reversed(titles[:-1]):
        undo.undo(sample_database)
        assert _title(sample_database, 2) == title
    assert undo.undo(sample_database) is None
    for title in titles[1:]:
        undo.redo(sample_database)
        assert _title(sample_database, 2) == title
    assert undo.redo(sample_database) is None


def test_a_new_step_ends_what_could_be_redone(sample_database: Database) -> None:
    _rename(sample_database, 2, "One")
    undo.undo(sample_database)
    _rename(sample_database, 3, "Two")
    assert undo.redo(sample_database) is None


def test_undo_leaves_the_steps_of_another_session_alone(sample_database: Database, other: Database) -> None:
    _rename(sample_database, 2, "Mine")
    _rename(other, 3, "Theirs")
    assert undo.undo(sample_database) is not None
    assert (_title(other, 2), _title(other, 3)) != ("Mine", "Theirs")
    assert _title(other, 3) == "Theirs"
    assert undo.undo(sample_database) is None
    with closing(sample_database.reader()) as reader:
        found = undo.next_undo(reader, sample_database.session, sample_database.steps.who)
    assert found is not None and not found[1] and found[0].label == "Rename Theirs"


def test_the_steps_of_another_person_are_never_offered(sample_database: Database, other: Database) -> None:
    other.steps.who = "somebody else"
    step = _rename(other, 3, "Theirs")
    with closing(sample_database.reader()) as reader:
        found = undo.next_undo(reader, sample_database.session, sample_database.steps.who)
    assert found is None or found[0].id < step


def test_a_conflict_names_record_and_field(sample_database: Database, other: Database) -> None:
    _rename(sample_database, 2, "Mine")
    _rename(other, 2, "Theirs")
    with pytest.raises(StepConflict, match=r"Event “Theirs”: Title was changed since; it is now “Theirs”") as raised:
        undo.undo(sample_database)
    assert raised.value.what_to_do
    assert _title(sample_database, 2) == "Theirs"


def test_a_record_that_is_gone_is_named(sample_database: Database) -> None:
    step = _rename(sample_database, 8, "Mine")
    _delete(sample_database, 8)
    with pytest.raises(StepConflict, match="deleted or made again"):
        undo.revert(sample_database, step)


def test_an_addition_that_others_point_at_is_not_taken_back(sample_database: Database) -> None:
    draft = new_draft(EVENT, title="Visit", kind="visit", status="proposed")
    added = sample_database.write("Add event", lambda session: save(session, draft))
    child = new_draft(EVENT, title="Talk", status="proposed", parent_id=added.result)
    sample_database.write("Add event", lambda session: save(session, child))
    with pytest.raises(StepConflict):
        undo.revert(sample_database, added.step)
    assert _title(sample_database, added.result) == "Visit"


def test_an_addition_with_later_lines_is_not_taken_back_with_them(sample_database: Database) -> None:
    draft = new_draft(EVENT, title="Visit", status="proposed")
    added = sample_database.write("Add event", lambda session: save(session, draft))
    side = new_draft(record_type("delegation"), event_id=added.result, country="KAZ")
    sample_database.write("Add party", lambda session: save(session, side))
    with pytest.raises(StepConflict, match="later records"):
        undo.revert(sample_database, added.step)
    with closing(sample_database.reader()) as reader:
        assert reader.sql("SELECT country FROM delegation WHERE event_id = ?", (added.result,)) == [("KAZ",)]


def test_a_refusal_at_the_very_end_leaves_the_writer_free(sample_database: Database) -> None:
    """Links are looked at when the step ends; SQLite then keeps the transaction open, which must not stay so."""
    first = _delete(sample_database, 4)  # part of event 1
    _delete(sample_database, 1)
    with pytest.raises(StepConflict):
        undo.revert(sample_database, first)
    assert _title(sample_database, 4) is None
    assert _rename(sample_database, 2, "Still writing") > 0
    assert check_workspace(sample_database.path) == []


def test_a_step_is_undone_once(sample_database: Database) -> None:
    step = _rename(sample_database, 2, "Mine")
    done = undo.revert(sample_database, step)
    with pytest.raises(StepConflict, match=rf"undone already, by step {done.step}"):
        undo.revert(sample_database, step)
    with pytest.raises(StepConflict, match="no step 999"):
        undo.revert(sample_database, 999)


def test_the_first_step_of_a_workspace_is_not_undone(tmp_path: Path) -> None:
    database = create_workspace(tmp_path / "new.legation", "New")
    assert undo.undo(database, others=True) is None
    database.close()
