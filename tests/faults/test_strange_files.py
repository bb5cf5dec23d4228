"""Files that are no workspace, or no longer one: each has its own sentence, and not a byte of it changes."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from faults.children import bytes_beside, die, killed, needs_fork
from legation.cli import run
from legation.errors import UserError, WorkspaceDamaged, WorkspaceForeign, WorkspaceMissing, WorkspaceNewer
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage.backup import backup_folder, make_backup, restore
from legation.storage.checking import check_workspace
from legation.storage.database import Database, inspect, open_workspace
from legation.storage.saving import save

EVENT = record_type("event")


def cut_in_half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 8192 * 4096])


def cut_inside_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def first_page_only(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096])


def garbage(path: Path) -> None:
    path.write_bytes(bytes(number * 7 % 251 for number in range(50_000)))


def garbage_after_the_name(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(number * 7 % 251 for number in range(50_000)))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("Consultations were held in Tokyo on 27 January 2025.\n" * 200)


def short_text(path: Path) -> None:
    path.write_text("Tokyo")


def zip_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("desk.legation", "x" * 5000)


def other_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE setting(name TEXT, value TEXT)")
        connection.commit()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("x")


def nothing(path: Path) -> None:
    path.unlink()


DAMAGED = "desk.legation is damaged or only half there. Restore the latest backup"
FOREIGN = "desk.legation is not a Legation workspace. Choose a file that Legation made."
STRANGE: list[tuple[Callable[[Path], None], type[UserError], str]] = [
    (cut_in_half, WorkspaceDamaged, DAMAGED),
    (cut_inside_the_header, WorkspaceDamaged, DAMAGED),
    (first_page_only, WorkspaceDamaged, DAMAGED),
    (garbage_after_the_name, WorkspaceDamaged, DAMAGED),
    (garbage, WorkspaceForeign, FOREIGN),
    (text, WorkspaceForeign, FOREIGN),
    (short_text, WorkspaceForeign, FOREIGN),
    (zip_file, WorkspaceForeign, FOREIGN),
    (empty, WorkspaceForeign, "desk.legation is empty. Choose a file that Legation made, or restore a backup."),
    (other_program, WorkspaceForeign, "desk.legation is a database of another program."),
    (newer, WorkspaceNewer, "desk.legation was written by a newer Legation (format 9999, this one knows"),
    (folder, WorkspaceForeign, "desk.legation is a folder. Choose a file that Legation made."),
    (nothing, WorkspaceMissing, "There is no file "),
]
each_strange_file = pytest.mark.parametrize(
    ("make", "kind", "sentence"), STRANGE, ids=[make.__name__ for make, *_more in STRANGE]
)


@each_strange_file
def test_opening_says_what_it_is(
    workspace: Path, make: Callable[[Path], None], kind: type[UserError], sentence: str
) -> None:
    make(workspace)
    before = bytes_beside(workspace.parent)
    for work in (open_workspace, inspect, check_workspace, make_backup):
        with pytest.raises(kind) as told:
            work(workspace)
        assert type(told.value) is kind and str(told.value).startswith(sentence)
        assert told.value.what_to_do
    assert bytes_beside(workspace.parent) == before
    assert not backup_folder(workspace).exists()


@each_strange_file
def test_every_command_says_so_in_one_sentence(
    workspace: Path,
    make: Callable[[Path], None],
    kind: type[UserError],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(workspace)
    before = bytes_beside(workspace.parent)
    file = str(workspace)
    for words in (["info", file], ["check", file], ["list", file, "events"], ["history", file], ["undo", file]):
        assert run(words) == 2, kind
        told = capsys.readouterr()
        assert told.err.startswith(sentence) and told.err.count("\n") == 1 and told.out == ""
    assert bytes_beside(workspace.parent) == before


@each_strange_file
def test_it_is_refused_as_a_backup(
    workspace: Path, make: Callable[[Path], None], kind: type[UserError], sentence: str
) -> None:
    place = Path(shutil.copy(workspace, workspace.with_name("place.legation")))
    make(workspace)
    before = bytes_beside(workspace.parent)
    with pytest.raises(kind) as told:
        restore(place, workspace)
    assert str(told.value).startswith(sentence)
    assert bytes_beside(workspace.parent) == before


@pytest.mark.parametrize("make", [make for make, *_more in STRANGE if make not in (folder, nothing)])
def test_a_backup_takes_its_place_and_it_is_kept(workspace: Path, make: Callable[[Path], None]) -> None:
    backup = Path(shutil.copy(workspace, workspace.with_name("good.backup")))
    make(workspace)
    strange = workspace.read_bytes()
    aside = restore(workspace, backup)
    assert aside is not None and aside.name.startswith("desk before restore")
    assert aside.read_bytes() == strange
    assert check_workspace(workspace) == []
    assert len(bytes_beside(workspace.parent)) == 3


def test_a_folder_is_not_exchanged_for_a_backup(workspace: Path) -> None:
    backup = Path(shutil.copy(workspace, workspace.with_name("good.backup")))
    folder(workspace)
    with pytest.raises(UserError, match="is a folder"):
        restore(workspace, backup)
    assert (workspace / "inside").exists()


def test_a_file_that_was_moved_away_is_not_answered_by_an_empty_one(workspace: Path) -> None:
    database = open_workspace(workspace)
    workspace.unlink()
    with pytest.raises(WorkspaceMissing):
        database.write("Add event", lambda session: save(session, new_draft(EVENT, title="x", status="proposed")))
    assert not workspace.exists()


@needs_fork
def test_a_transaction_left_half_written_is_taken_back(workspace: Path) -> None:
    """With a rollback journal the file itself is half changed when its writer is killed."""

    def die_while_writing() -> None:
        database = Database(workspace, journal="DELETE")
        with database.step("Add events") as session:
            raw = session.connection().connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA cache_size = 5")  # so that changed pages are written before the end
            for number in range(300):
                save(session, new_draft(EVENT, title=f"Event {number}", summary="x" * 3000, status="proposed"))
            session.flush()
            die()

    before = workspace.read_bytes()
    assert killed(die_while_writing)
    assert workspace.read_bytes() != before and workspace.with_name("desk.legation-journal").exists()
    with closing(open_workspace(workspace).reader()) as reader:
        assert reader.sql("SELECT count(*) FROM event WHERE title LIKE 'Event %'") == [(0,)]
    assert not workspace.with_name("desk.legation-journal").exists()
    assert check_workspace(workspace) == []
