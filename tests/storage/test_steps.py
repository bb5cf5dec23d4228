"""Steps, saving, undo and search, from a draft to the disk and back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from legation.errors import RecordProblem, StepConflict, WorkspaceError, WorkspaceForeign, WorkspaceMissing
from legation.fields.draft import from_plain, new_draft, to_plain
from legation.records.catalogue import DERIVED_TABLES, RECORD_TYPES, record_type
from legation.storage import undo
from legation.storage.backup import backups_of, make_backup, restore
from legation.storage.checking import check_workspace
from legation.storage.database import Database, create_workspace, open_workspace
from legation.storage.deleting import InUse, delete_record
from legation.storage.loading import load_draft
from legation.storage.pages import columns_of, page
from legation.storage.queries import Query, count, ids
from legation.storage.saving import Stale, save

EVENT = record_type("event")


def _titles(database: Database, words: str = "") -> list[str]:
    with closing(database.reader()) as reader:
        rows = page(reader, EVENT, columns_of(EVENT, ["title"]), ids(reader, Query("event", words=words)))
    return [row.texts[0] for row in rows]


def _state(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with closing(database.reader()) as reader:
        return {
            name: sorted(reader.sql(f'SELECT * FROM "{name}"'), key=repr) for name in (*RECORD_TYPES, *DERIVED_TABLES)
        }


def test_an_event_with_new_officials_is_one_step(database: Database) -> None:
    before = _state(database)
    post = new_draft(record_type("post"), title="Minister", rank=40)
    post["organisation_id"] = new_draft(record_type("organisation"), name="Ministry X", kind="ministry", country="KAZ")
    person = new_draft(record_type("person"), name="Жанар Ахметова", country="KAZ")
    holds = new_draft(record_type("appointment"), person_id=person, post_id=post)
    event = new_draft(EVENT, title="Meeting in Astana", date="2025-05", city="Astana", country="KAZ")
    for code in ("KAZ", "JPN"):
        event.add_line("delegations", new_draft(record_type("delegation"), country=code, role="host"))
    delegate = event.lines["delegations"][0].add_line(
        "delegates", new_draft(record_type("delegate"), person_id=person, role="head")
    )
    delegate.add_line("capacities", new_draft(record_type("capacity"), appointment_id=holds))
    item = new_draft(record_type("agenda_item"), topic="E.power", speaker_id=event.lines["delegations"][1])
    event.add_line("agenda", item)
    done = database.write("Add event", lambda session: save(session, event))
    assert done.records["event"] == {done.result}
    assert _titles(database, "akhmetova astana") == ["Meeting in Astana"]
    assert undo.undo(database) is not None
    assert _state(database) == before
    assert undo.redo(database) is not None
    assert _titles(database) == ["Meeting in Astana"]
    database.close()
    assert check_workspace(database.path) == []


def test_editing_writes_only_what_differs(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        draft = load_draft(reader, EVENT, 2)
    assert not draft.is_changed()
    draft["title"] = "Consultations"
    draft.lines["delegations"][0].lines["delegates"][0]["role"] = "member"
    done = sample_database.write("Edit event", lambda session: save(session, draft))
    with closing(sample_database.reader()) as reader:
        logged = reader.sql('SELECT "table", after FROM change WHERE step_id = ? ORDER BY 1', (done.step,))
    assert logged == [("delegate", '{"role":"member"}'), ("event", '{"title":"Consultations"}')]


def test_two_heads_are_exchanged(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        draft = load_draft(reader, EVENT, 2)
    side = draft.lines["delegations"][0]
    side.lines["delegates"][0]["role"] = "member"
    side.add_line("delegates", new_draft(record_type("delegate"), person_id=4, role="head"))
    sample_database.write("Edit event", lambda session: save(session, draft))
    with closing(sample_database.reader()) as reader:
        assert reader.sql("SELECT heads FROM event_row WHERE event_id = 2")[0][0].startswith("Tsubai Hiroyuki")


def test_nothing_is_written_when_a_problem_blocks(sample_database: Database) -> None:
    before = _state(sample_database)
    draft = new_draft(EVENT, title="No date", status="held")
    with pytest.raises(RecordProblem, match="needs a date"):
        sample_database.write("Add event", lambda session: save(session, draft))
    assert _state(sample_database) == before


def test_a_record_changed_elsewhere_is_not_overwritten(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        mine, theirs = load_draft(reader, EVENT, 2), load_draft(reader, EVENT, 2)
    theirs["title"] = "Theirs"
    sample_database.write("Edit event", lambda session: save(session, theirs))
    mine["title"] = "Mine"
    with pytest.raises(Stale) as raised:
        sample_database.write("Edit event", lambda session: save(session, mine))
    assert raised.value.conflicts == [(mine, {"title": ("Mine", "Theirs")})]


def test_an_old_step_is_reverted_or_its_conflict_named(sample_database: Database) -> None:
    steps = []
    for title in ("First", "Second"):
        with closing(sample_database.reader()) as reader:
            draft = load_draft(reader, EVENT, 2)
        draft["title"] = title
        steps.append(sample_database.write("Edit event", lambda session, draft=draft: save(session, draft)).step)
    with pytest.raises(StepConflict, match="Title was changed since"):
        undo.revert(sample_database, steps[0])
    undo.revert(sample_database, steps[1])
    undo.revert(sample_database, steps[0])
    assert "Turkmen-Japanese political consultations" in _titles(sample_database)


def test_another_window_s_step_is_not_undone_unasked(sample_database: Database) -> None:
    draft = new_draft(EVENT, title="Talk", status="proposed")
    sample_database.write("Add event", lambda session: save(session, draft))
    other = Database(sample_database.path)
    assert undo.undo(other) is None
    assert undo.undo(other, others=True) is not None
    other.close()
    assert "Talk" not in _titles(sample_database)


def test_what_is_in_use_is_not_deleted_and_an_event_takes_its_own_along(sample_database: Database) -> None:
    with pytest.raises(InUse, match="Delegates: 2"):
        sample_database.write("Delete", lambda session: delete_record(session, record_type("person"), 1))
    before = _state(sample_database)
    gone = sample_database.write("Delete", lambda session: delete_record(session, EVENT, 5)).result
    assert gone["event"] == 1 and gone["outcome"] == 1 and gone["citation"] >= 2
    undo.undo(sample_database)
    assert _state(sample_database) == before


def test_rows_cost_the_same_number_of_statements(sample_database: Database) -> None:
    numbers = []
    for wanted in ([1], [1, 2, 3, 4, 5, 6, 7, 8]):
        with closing(sample_database.reader()) as reader:
            assert len(page(reader, EVENT, columns_of(EVENT), wanted)) == len(wanted)
            numbers.append(reader.statements)
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("name", [name for name in RECORD_TYPES if name != "capacity"])
def test_every_list_sorts_by_every_column(sample_database: Database, name: str) -> None:
    record = record_type(name)
    with closing(sample_database.reader()) as reader:
        total = count(reader, Query(name))
        for field in record.by_name:
            for order in (field, f"-{field}"):
                assert len(ids(reader, Query(name, order=(order,)))) == total


def test_undated_events_come_last_either_way(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        for order in ("date", "-date"):
            assert ids(reader, Query("event", order=(order,)))[-1] == 6


def test_a_draft_survives_as_plain_data(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        draft = load_draft(reader, EVENT, 4)
    draft.type_in("date", "32 foo")
    again = from_plain(to_plain(draft), record_type)
    assert to_plain(again) == to_plain(draft)
    assert again.rejected["date"][0] == "32 foo"


def test_a_backup_comes_back(sample_database: Database, tmp_path: Path) -> None:
    made = make_backup(sample_database.path)
    assert made is not None and [each.path for each in backups_of(sample_database.path)] == [made]
    sample_database.write("Delete", lambda session: delete_record(session, EVENT, 8))
    sample_database.close()
    aside = restore(sample_database.path, made)
    assert aside is not None and aside.exists()
    assert len(_titles(Database(sample_database.path))) == 8


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00 and no more"])
def test_other_files_are_told_apart_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.legation"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError):
        open_workspace(path)
    with pytest.raises(WorkspaceError, match="already there"):
        create_workspace(path)
    assert path.read_bytes() == content


def test_half_a_file_and_none(sample: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.legation"
    half.write_bytes(sample.read_bytes()[: sample.stat().st_size // 2])
    with pytest.raises(WorkspaceError, match="damaged"):
        open_workspace(half)
    with pytest.raises(WorkspaceMissing):
        open_workspace(tmp_path / "none.legation")
    with pytest.raises(WorkspaceForeign):
        open_workspace(tmp_path)
