"""Backups: made once a day and on demand, whole or not at all, kept in number and size; and brought back."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from faults.children import fork, in_child, needs_fork
from legation.cli import run
from legation.errors import UserError, WorkspaceDamaged, WorkspaceError, WorkspaceLocked
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import backup as backups, connection
from legation.storage.backup import backup_folder, backups_of, is_due, make_backup, restore, thin_out
from legation.storage.checking import check_workspace
from legation.storage.connection import connect_for_writing
from legation.storage.database import Database, open_workspace
from legation.storage.saving import save

EVENT = record_type("event")


def add(database: Database, title: str) -> None:
    draft = new_draft(EVENT, title=title, status="proposed")
    database.write("Add event", lambda session: save(session, draft))


def titles(path: Path) -> list[str]:
    with closing(Database(path).reader()) as reader:
        return [row[0] for row in reader.sql("SELECT title FROM event WHERE status = 'proposed' ORDER BY id")]


def pretend(workspace: Path, at: datetime, size: int = 10) -> Path:
    """A backup by its name and size only."""
    folder = backup_folder(workspace)
    folder.mkdir(exist_ok=True)
    path = folder / f"{workspace.stem}.{at:%Y%m%dT%H%M%S}.backup"
    path.write_bytes(bytes(size))
    return path


def damage(path: Path) -> None:
    """Overwrite pages in the middle, and leave the first ones as they are."""
    whole = path.read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    path.write_bytes(whole[:middle] + b"\x55" * 40960 + whole[middle + 40960 :])


def test_due_once_a_day(workspace: Path) -> None:
    assert is_due(workspace)
    pretend(workspace, datetime.now(UTC) - timedelta(days=1))
    assert is_due(workspace)
    pretend(workspace, datetime.now(UTC) + timedelta(days=400))  # a clock that was wrong for a day
    assert is_due(workspace)
    make_backup(workspace)
    assert not is_due(workspace)


def test_on_demand_as_often_as_wanted(workspace: Path) -> None:
    made = [make_backup(workspace) for _number in range(3)]
    assert len(set(made)) == 3 and all(path is not None and path.exists() for path in made)
    assert {each.path for each in backups_of(workspace)} == set(made)
    assert [each.name for each in backup_folder(workspace).iterdir() if each.suffix != ".backup"] == []


def test_what_is_kept(workspace: Path) -> None:
    """Three a day for sixty days, ending at noon on Wednesday, 29 January 2025."""
    noon = datetime(2025, 1, 29, 12, tzinfo=UTC)
    every = [pretend(workspace, noon - timedelta(hours=8 * number)) for number in range(180)]
    random.Random(5).shuffle(every)
    removed = thin_out(workspace)
    kept = [f"{each.at:%d %H}" for each in backups_of(workspace)]
    newest, daily, weekly = ["29 12", "29 04", "28 20", "28 12", "28 04"], ["27 20"], ["26 20"]
    assert kept == newest + daily + weekly
    assert len(removed) == 180 - 7
    assert thin_out(workspace) == []


def test_few_are_all_kept(workspace: Path) -> None:
    for days in (0, 30, 300):
        pretend(workspace, datetime(2025, 1, 29, tzinfo=UTC) - timedelta(days=days))
    assert thin_out(workspace) == [] and len(backups_of(workspace)) == 3


def test_they_are_bounded_in_size(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "MOST_BYTES", 1000)
    noon = datetime(2025, 1, 29, 12, tzinfo=UTC)
    sizes = [300, 300, 900, 300, 300]  # newest first; the large one does not fit, the next one does, the last does not
    for number, size in enumerate(sizes):
        pretend(workspace, noon - timedelta(hours=number), size)
    thin_out(workspace)
    assert [each.size for each in backups_of(workspace)] == [300, 300, 300]
    monkeypatch.setattr(backups, "MOST_BYTES", 1)
    thin_out(workspace)
    assert [each.at for each in backups_of(workspace)] == [noon]  # the newest always stays


def test_files_of_others_are_left_alone(workspace: Path) -> None:
    folder = backup_folder(workspace)
    pretend(workspace, datetime(2025, 1, 29, tzinfo=UTC))
    others = ["notes.txt", "desk.backup", "desk.20259999T999999.backup", "tokyo.20250101T000000.backup"]
    for name in others:
        (folder / name).write_text("x")
    assert len(backups_of(workspace)) == 1
    make_backup(workspace)
    assert set(others) <= {each.name for each in folder.iterdir()}


def test_what_a_killed_process_left_goes_after_an_hour(workspace: Path) -> None:
    folder = backup_folder(workspace)
    folder.mkdir()
    old, young = folder / "desk.0a0a0a0a.unfinished", folder / "desk.1b1b1b1b.unfinished-journal"
    for path in (old, young):
        path.write_text("half")
    os.utime(old, (time.time() - 4000, time.time() - 4000))
    make_backup(workspace)
    assert not old.exists() and young.exists()


def test_a_name_with_signs_of_patterns(workspace: Path) -> None:
    path = workspace.rename(workspace.with_name("Tokyo [2025] 100% #1?.legation"))
    database = open_workspace(path)
    add(database, "One")
    database.close()
    made = make_backup(path)
    assert made is not None and [each.path for each in backups_of(path)] == [made]
    assert restore(path, made) is not None and titles(path) == ["One"]


@pytest.mark.parametrize("after", [1, 5, 20])
def test_cancel_leaves_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.setattr(backups, "PAGES", 10)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < after

    assert make_backup(workspace, progress) is None
    assert len(told) == after and all(0 < done < total for done, total in told)
    assert list(backup_folder(workspace).iterdir()) == []
    assert is_due(workspace)


def test_a_damaged_workspace_is_not_backed_up(sample: Path) -> None:
    good = make_backup(sample)
    damage(sample)
    with pytest.raises(WorkspaceDamaged) as told:
        make_backup(sample)
    assert told.value.what_happened.startswith("sample.legation is damaged")
    assert [each.path for each in backups_of(sample)] == [good]
    assert [each.name for each in backup_folder(sample).iterdir()] == [good.name if good else ""]


def test_a_copy_that_came_out_wrong_is_not_kept(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = backups.copy_workspace

    def copy_badly(source: Path, target: Path, progress: object) -> bool:
        done = copy(source, target, None)
        damage(target)
        return done

    monkeypatch.setattr(backups, "copy_workspace", copy_badly)
    with pytest.raises(WorkspaceDamaged):
        make_backup(workspace)
    assert list(backup_folder(workspace).iterdir()) == []


def test_a_file_where_the_folder_should_be(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup_folder(workspace).write_text("x")
    assert run(["backup", str(workspace)]) == 2
    assert "is in the way of the folder for backups." in capsys.readouterr().err
    assert backup_folder(workspace).read_text() == "x"


@needs_fork
@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_a_backup_while_another_process_writes(workspace: Path, monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    """Each step adds a pair, so a copy with an odd number has seen half a step."""
    monkeypatch.setattr(backups, "PAGES", 20)
    with closing(connect_for_writing(workspace, journal=journal)):
        pass
    stop = workspace.with_name("stop")
    child = fork()
    if child == 0:
        code = 1
        try:
            database = Database(workspace, journal=journal)
            number = 0
            while not stop.exists():
                with database.step("Add events") as session:
                    for part in ("a", "b"):
                        save(session, new_draft(EVENT, title=f"{number} {part}", status="proposed"))
                number += 1
            database.close()
            code = 0
        finally:
            os._exit(code)
    made = []
    try:
        while not (made and titles(workspace)):
            made = [make_backup(workspace) for _number in range(3)]
    finally:
        stop.touch()
        assert os.waitpid(child, 0)[1] == 0
    counts = [len(titles(path)) for path in made if path]
    assert all(count % 2 == 0 for count in counts) and counts == sorted(counts)
    assert [check_workspace(path) for path in made if path] == [[], [], []]
    assert check_workspace(workspace) == []
    assert len(titles(workspace)) >= counts[-1]


def test_a_writer_does_not_wait_for_a_backup(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy shows the moment at which it began, whatever is saved meanwhile."""
    monkeypatch.setattr(backups, "PAGES", 20)
    database = open_workspace(workspace)
    add(database, "Before")

    def save_meanwhile(_done: int, _total: int) -> bool:
        add(database, "Meanwhile")
        return True

    made = make_backup(workspace, save_meanwhile)
    database.close()
    assert made is not None and titles(made) == ["Before"] and check_workspace(made) == []
    assert len(titles(workspace)) > 5


def test_a_busy_writer_does_not_keep_a_backup_from_ending(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a rollback journal each saving starts the copy anew; after a few, those who save have to wait."""
    monkeypatch.setattr(backups, "PAGES", 60)
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 20)
    database = Database(workspace, journal="DELETE")
    add(database, "Before")
    answers: list[str] = []

    def save_meanwhile(_done: int, _total: int) -> bool:
        try:
            add(database, "Meanwhile")
            answers.append("saved")
        except WorkspaceLocked:
            answers.append("waits")
        return len(answers) < 100

    made = make_backup(workspace, save_meanwhile)
    assert made is not None and check_workspace(made) == []
    assert answers[0] == "saved" and answers[-1] == "waits"
    assert titles(made) == ["Before"] + ["Meanwhile"] * answers.count("saved")
    add(database, "After")
    database.close()
    assert titles(workspace) == [*titles(made), "After"]


@needs_fork
def test_two_backups_at_once(workspace: Path) -> None:
    children = []
    for _number in range(3):
        child = fork()
        if child == 0:
            try:
                make_backup(workspace)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert len(backups_of(workspace)) == 3
    assert all(check_workspace(each.path) == [] for each in backups_of(workspace))


def test_bringing_one_back(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = open_workspace(workspace)
    add(database, "One")
    made = make_backup(workspace)
    add(database, "Two")
    database.close()
    assert made is not None
    assert run(["restore", str(workspace), str(made)]) == 0
    told = capsys.readouterr().out
    (aside,) = workspace.parent.glob("desk before restore *.legation")
    assert aside.name in told
    assert titles(workspace) == ["One"] and titles(aside) == ["One", "Two"] and titles(made) == ["One"]
    assert restore(workspace, aside) is not None and titles(workspace) == ["One", "Two"]
    assert len(list(workspace.parent.glob("desk before restore *.legation"))) == 2
    assert check_workspace(workspace) == []


def test_a_damaged_backup_changes_nothing(workspace: Path) -> None:
    made = make_backup(workspace)
    assert made is not None
    damage(made)
    before = {each: each.read_bytes() for each in (workspace, made)}
    with pytest.raises(WorkspaceDamaged) as told:
        restore(workspace, made)
    assert told.value.what_happened.startswith(f"{made.name} is damaged")
    assert {each: each.read_bytes() for each in (workspace, made)} == before
    assert sorted(each.name for each in workspace.parent.iterdir()) == ["desk backups", "desk.legation"]


def test_a_damaged_workspace_is_kept_as_it_is(workspace: Path) -> None:
    made = make_backup(workspace)
    assert made is not None
    damage(workspace)
    damaged = workspace.read_bytes()
    aside = restore(workspace, made)
    assert aside is not None and aside.read_bytes() == damaged
    assert check_workspace(workspace) == []


def test_a_lost_workspace_comes_back(workspace: Path) -> None:
    made = make_backup(workspace)
    assert made is not None
    workspace.unlink()
    assert restore(workspace, made) is None
    assert check_workspace(workspace) == []


@needs_fork
def test_a_journal_of_a_lost_workspace_is_not_applied_to_the_restored_one(workspace: Path) -> None:
    def leave_a_journal() -> None:
        database = open_workspace(workspace)
        for number in range(30):
            add(database, f"Event {number}")
        os._exit(0)

    made = make_backup(workspace)
    assert made is not None
    child = fork()
    if child == 0:
        leave_a_journal()
    assert os.waitpid(child, 0)[1] == 0
    left = workspace.with_name("desk.legation-wal").read_bytes()
    workspace.unlink()
    restore(workspace, made)
    assert titles(workspace) == [] and check_workspace(workspace) == []
    (kept,) = workspace.parent.glob("desk before restore *-wal")
    assert kept.read_bytes() == left


@needs_fork
def test_what_a_killed_window_left_in_the_journal_is_set_aside_too(workspace: Path) -> None:
    made = make_backup(workspace)
    child = fork()
    if child == 0:
        add(open_workspace(workspace), "Last")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert made is not None
    aside = restore(workspace, made)
    assert aside is not None and titles(aside) == ["Last"] and titles(workspace) == []
    assert in_child(lambda: check_workspace(aside)) == []


def test_a_place_that_is_not_there(workspace: Path) -> None:
    made = make_backup(workspace)
    assert made is not None
    with pytest.raises(UserError) as told:
        restore(workspace.parent / "nowhere" / "desk.legation", made)
    assert isinstance(told.value, WorkspaceError) and told.value.what_happened.endswith("nowhere is not there.")
    with closing(sqlite3.connect(workspace)) as opened:
        assert opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
