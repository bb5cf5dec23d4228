"""A file that another process is writing: a sentence, and the next attempt works; two windows take nothing away."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from faults.children import beside, fork, needs_fork
from legation.cli import run
from legation.errors import WorkspaceLocked
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import connection
from legation.storage.backup import make_backup, restore
from legation.storage.checking import check_workspace
from legation.storage.database import Database, inspect, open_workspace, require_writable
from legation.storage.saving import save

pytestmark = needs_fork
EVENT = record_type("event")


def add(database: Database, title: str) -> int:
    draft = new_draft(EVENT, title=title, status="proposed")
    return database.write("Add event", lambda session: save(session, draft)).step


def titles(path: Path) -> list[str]:
    with closing(Database(path).reader()) as reader:
        return [row[0] for row in reader.sql("SELECT title FROM event WHERE status = 'proposed' ORDER BY title")]


def holding(path: Path, statement: str) -> Callable[[Callable[[], None]], None]:
    """Another process that holds a lock while it waits."""

    def hold(wait: Callable[[], None]) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as opened:
            opened.execute(statement)
            opened.execute("SELECT count(*) FROM setting").fetchone()
            wait()

    return hold


def opened_elsewhere(path: Path) -> Callable[[Callable[[], None]], None]:
    """Another window that has the file open and does nothing."""

    def window(wait: Callable[[], None]) -> None:
        database = open_workspace(path)
        add(database, "From the other window")
        wait()
        add(database, "Later from the other window")
        database.close()

    return window


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_saving_waits_and_then_says_who_is_in_the_way(workspace: Path, impatient: None, begin: str) -> None:
    database = open_workspace(workspace)
    add(database, "One")
    database.close()
    with beside(holding(workspace, begin)):
        for work in (lambda: add(database, "Two"), lambda: require_writable(workspace)):
            with pytest.raises(WorkspaceLocked) as told:
                work()
            assert told.value.what_happened == "Another program is writing to desk.legation."
            assert told.value.what_to_do == "Wait until it has finished, then try again. Nothing was changed."
        assert titles(workspace) == ["One"]  # reading goes on
    add(database, "Two")
    database.close()
    assert titles(workspace) == ["One", "Two"]
    assert check_workspace(workspace) == []


def test_a_rollback_journal_keeps_readers_out_too(
    workspace: Path, impatient: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with beside(holding(workspace, "BEGIN EXCLUSIVE")):  # the template has a rollback journal
        for words in (["info", str(workspace)], ["check", str(workspace)], ["backup", str(workspace)]):
            assert run(words) == 2
            assert capsys.readouterr().err.startswith("Another program is writing to desk.legation.")
    assert run(["check", str(workspace)]) == 0


def test_two_processes_open_a_new_file_at_once(workspace: Path) -> None:
    """Each turns the rollback journal of a new file into a write-ahead log, then both write."""
    children = []
    for name in ("One", "Two", "Three"):
        child = fork()
        if child == 0:
            code = 1
            try:
                database = open_workspace(workspace)
                for number in range(15):
                    add(database, f"{name} {number:02}")
                database.close()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    wanted = [f"{name} {number:02}" for name in ("One", "Three", "Two") for number in range(15)]
    assert titles(workspace) == wanted
    assert check_workspace(workspace) == []


def test_looking_at_an_open_file_gives_none_of_its_locks_away(workspace: Path) -> None:
    """On POSIX, closing a file drops every lock that the process holds on it. A window that had lost them so would
    have its journal removed by the next window that closes, and all it saved later would be gone."""

    def come_and_go(wait: Callable[[], None]) -> None:
        wait()
        other = open_workspace(workspace)
        add(other, "Two")
        other.close()

    with beside(come_and_go):  # begun before anything is open here: SQLite must not be carried into another process
        database = open_workspace(workspace)
        add(database, "One")
        inspect(workspace)
        make_backup(workspace)
        check_workspace(workspace)
    assert workspace.with_name("desk.legation-wal").exists()
    add(database, "Three")
    database.close()
    assert titles(workspace) == ["One", "Three", "Two"]


def test_a_file_that_is_open_elsewhere_is_not_exchanged(workspace: Path, impatient: None) -> None:
    """The other window would go on writing to the file that was moved away."""
    backup = make_backup(workspace)
    assert backup is not None
    with beside(opened_elsewhere(workspace)):
        before = sorted(each.name for each in workspace.parent.iterdir())
        with pytest.raises(WorkspaceLocked) as told:
            restore(workspace, backup)
        assert told.value.what_happened == "desk.legation is open in another window or program."
        assert told.value.what_to_do == "Close it there, then restore. Nothing was changed."
        assert sorted(each.name for each in workspace.parent.iterdir()) == before
    assert titles(workspace) == ["From the other window", "Later from the other window"]
    aside = restore(workspace, backup)
    assert aside is not None and titles(workspace) == []
    assert titles(aside) == ["From the other window", "Later from the other window"]
    assert check_workspace(workspace) == check_workspace(aside) == []


def test_the_own_window_counts_as_well(workspace: Path, impatient: None) -> None:
    backup = Path(shutil.copy(workspace, workspace.with_name("other.backup")))
    database = open_workspace(workspace)
    add(database, "One")
    with pytest.raises(WorkspaceLocked):
        restore(workspace, backup)
    add(database, "Two")
    database.close()
    assert titles(workspace) == ["One", "Two"]
    assert connection.BUSY_MILLISECONDS == 200
