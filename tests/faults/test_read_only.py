"""A file or folder that may only be read: reading works, writing gets its sentence, and no byte changes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from faults.children import as_nobody, bytes_beside, die, killed, needs_fork
from legation.documents.writing import whole_file
from legation.errors import PlaceProblem, UserError, WorkspaceReadOnly
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.reports.sets import write_set
from legation.storage.backup import backup_folder, make_backup, restore
from legation.storage.checking import check_workspace
from legation.storage.database import create_workspace, open_workspace, require_writable
from legation.storage.report_sets import KeptReport, ReportSet
from legation.storage.saving import save

pytestmark = needs_fork
EVENT = record_type("event")


@pytest.fixture(params=["file", "folder", "disk"])
def locked_away(request: pytest.FixtureRequest, workspace: Path, common_folder: Path) -> Iterator[Path]:
    """A workspace with a write-ahead log that this user may not write: by its own rights, its folder's, the disk's."""
    path = Path(shutil.copy(workspace, common_folder))
    database = open_workspace(path)
    add(database, "First")
    database.close()
    path.chmod(0o644)
    if request.param == "disk":
        yield from _on_a_read_only_disk(path)
        return
    if request.param == "file":
        path.chmod(0o444)
        common_folder.chmod(0o777)
    elif os.getuid() == 0:
        path.chmod(0o666)
    else:
        common_folder.chmod(0o555)
    yield path


def _on_a_read_only_disk(path: Path) -> Iterator[Path]:
    if os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root mounts a disk that cannot be written")
    folder = str(path.parent)
    for words in (["--bind", folder, folder], ["-o", "remount,bind,ro", folder]):
        told = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
        if told.returncode:
            subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)
            pytest.skip(f"mounting is not allowed here: {told.stderr.strip()}")
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def add(database: Any, title: str) -> None:
    draft = new_draft(EVENT, title=title, status="proposed")
    database.write("Add event", lambda session: save(session, draft))


def refused(work: Callable[[], object]) -> UserError:
    """The error that a user without rights is told."""
    with pytest.raises(UserError) as told:
        as_nobody(work)
    return told.value


def test_reading_works(locked_away: Path) -> None:
    before = bytes_beside(locked_away.parent)

    def read() -> tuple[list[str], list[Any]]:
        database = open_workspace(locked_away)
        with closing(database.reader()) as reader:
            return check_workspace(locked_away), reader.sql("SELECT title FROM event")

    assert as_nobody(read) == ([], [("First",)])
    after = bytes_beside(locked_away.parent)
    assert {name: after[name] for name in before} == before


def test_writing_says_that_it_cannot(locked_away: Path) -> None:
    before = locked_away.read_bytes()
    for work in (
        lambda: add(open_workspace(locked_away), "Second"),
        lambda: require_writable(locked_away),
    ):
        told = refused(work)
        assert isinstance(told, WorkspaceReadOnly)
        assert told.what_happened == "desk.legation or its folder cannot be written."
        assert told.what_to_do.startswith("You can read it.")
    assert locked_away.read_bytes() == before
    assert check_workspace(locked_away) == []


def test_a_restore_says_that_it_cannot(locked_away: Path, workspace: Path, another_common_folder: Path) -> None:
    backup = Path(shutil.copy(workspace, another_common_folder / "other.backup"))
    before = bytes_beside(locked_away.parent)
    assert isinstance(refused(lambda: restore(locked_away, backup)), WorkspaceReadOnly)
    after = bytes_beside(locked_away.parent)
    assert {name: held for name, held in after.items() if not name.endswith(("-wal", "-shm"))} == before


def test_making_files_in_a_folder_that_cannot_be_written(locked_away: Path) -> None:
    if os.stat(locked_away.parent).st_mode & 0o002:
        pytest.skip("here the folder can be written, and only the file cannot")
    folder = locked_away.parent
    before = bytes_beside(folder)

    def export() -> None:
        with whole_file(folder / "list.csv") as file:
            file.write(b"x")

    for work, said in (
        (lambda: create_workspace(folder / "new.legation"), "The folder of new.legation cannot be written."),
        (lambda: make_backup(locked_away), "desk.legation or its folder cannot be written."),
        (export, "The folder of list.csv cannot be written."),
    ):
        told = refused(work)
        assert isinstance(told, WorkspaceReadOnly)
        assert told.what_happened == said
    assert bytes_beside(folder) == before
    assert not backup_folder(locked_away).exists()


def test_a_set_into_a_folder_that_cannot_be_written(sample: Path, common_folder: Path) -> None:
    """It is said before any report is made."""
    path = Path(shutil.copy(sample, common_folder))
    path.chmod(0o666)
    common_folder.chmod(0o777)
    folder = common_folder / "out"
    folder.mkdir()
    (folder / "upcoming-events.json").write_bytes(b"last week")
    folder.chmod(0o555)
    told: list[int] = []

    def write() -> None:
        with closing(open_workspace(path).reader()) as reader:
            chosen = ReportSet("Monday", (KeptReport("upcoming", {}, ("json",)),))
            write_set(path, reader, chosen, folder, lambda done, _total: told.append(done) is None)

    problem = refused(write)
    assert isinstance(problem, PlaceProblem) and problem.what_happened == f"You may not write into the folder {folder}."
    assert not told and bytes_beside(folder) == {"upcoming-events.json": b"last week"}


def test_a_journal_left_in_a_folder_that_cannot_be_written(workspace: Path, common_folder: Path) -> None:
    """A killed window leaves steps in the journal: they are read as well, or it is said why not, never left out."""
    path = Path(shutil.copy(workspace, common_folder))

    def leave_a_step() -> None:
        add(open_workspace(path), "In the journal")
        die()

    assert killed(leave_a_step)
    for each in common_folder.iterdir():
        each.chmod(0o644)
    common_folder.chmod(0o555)

    def read() -> list[Any]:
        with closing(open_workspace(path).reader()) as reader:
            return reader.sql("SELECT title FROM event")

    assert as_nobody(read) == [("In the journal",)]
    path.with_name(path.name + "-shm").unlink()
    try:
        seen = as_nobody(read)
    except WorkspaceReadOnly as told:
        assert told.what_happened == "desk.legation or its folder cannot be written."
    else:
        assert seen == [("In the journal",)]
    common_folder.chmod(0o755)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT title FROM event").fetchall() == [("In the journal",)]
