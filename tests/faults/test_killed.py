"""`kill -9` at any moment of a backup, a restore or a migration: the file opens clean, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from faults.children import die, killed, needs_fork
from legation.fields.draft import new_draft
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES, record_type
from legation.storage import backup as backups, migrating, schema
from legation.storage.backup import backup_folder, backups_of, make_backup, restore
from legation.storage.checking import check_workspace
from legation.storage.database import Database, open_workspace
from legation.storage.migrating import VERSIONS, bring_up_to_date
from legation.storage.saving import save

pytestmark = needs_fork
EVENT = record_type("event")


def add(path: Path, title: str) -> None:
    database = Database(path)
    database.write("Add event", lambda session: save(session, new_draft(EVENT, title=title, status="proposed")))
    database.close()


def titles(path: Path) -> list[str]:
    with closing(open_workspace(path).reader()) as reader:
        return [row[0] for row in reader.sql("SELECT title FROM event WHERE status = 'proposed' ORDER BY id")]


def dying_at(number: int, patch: pytest.MonkeyPatch) -> None:
    """Kill this process at the given one of its calls that link, rename or remove a file.

    Odd numbers kill before the call is done, even ones after it.
    """
    seen = 0

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **more: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == number:
                die()
            given = call(*arguments, **more)
            seen += 1
            if seen == number:
                die()
            return given

        return counting

    for name in ("link", "replace"):
        patch.setattr(os, name, counted(getattr(os, name)))
    patch.setattr(Path, "unlink", counted(Path.unlink))


def every_moment(work: Callable[[], object]) -> Iterator[int]:
    """Do the work in one process after the other, each killed one moment later, until one comes to its end."""
    for number in range(1, 60):

        def attempt(number: int = number) -> None:
            dying_at(number, pytest.MonkeyPatch())
            work()

        if not killed(attempt):
            assert number > 4  # it was killed at several moments before
            return
        yield number
    raise AssertionError("the work never came to its end")


@pytest.mark.parametrize("portion", [1, 10, 40])
def test_a_backup_killed_while_it_copies(workspace: Path, monkeypatch: pytest.MonkeyPatch, portion: int) -> None:
    monkeypatch.setattr(backups, "PAGES", 5)
    add(workspace, "One")
    first = make_backup(workspace)

    def progress(done: int, _total: int) -> bool:
        if done >= portion * 5:
            die()
        return True

    assert killed(lambda: make_backup(workspace, progress))
    assert [each.name for each in backup_folder(workspace).iterdir() if ".unfinished" in each.name] != []
    assert [each.path for each in backups_of(workspace)] == [first]
    assert titles(workspace) == ["One"] and check_workspace(workspace) == []
    add(workspace, "Two")
    second = make_backup(workspace)
    assert second is not None and titles(second) == ["One", "Two"]


def test_a_backup_killed_at_any_moment_of_its_end(workspace: Path) -> None:
    add(workspace, "One")
    for _number in every_moment(lambda: make_backup(workspace)):
        assert titles(workspace) == ["One"]
    assert check_workspace(workspace) == []
    assert backups_of(workspace) and all(check_workspace(each.path) == [] for each in backups_of(workspace))


def test_a_restore_killed_while_it_copies(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = make_backup(workspace)
    assert backup is not None
    add(workspace, "One")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "verify", lambda _path, name="": die() if name else None)
        assert killed(lambda: restore(workspace, backup))
    assert titles(workspace) == ["One"] and check_workspace(workspace) == []
    aside = restore(workspace, backup)
    assert aside is not None and titles(aside) == ["One"] and titles(workspace) == []


@pytest.mark.parametrize("links", [True, False], ids=["with hard links", "without hard links"])
def test_a_restore_killed_at_any_moment(workspace: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """The name always leads to the old file or to the new one, and the old one stays under some name."""
    backup = make_backup(workspace)
    assert backup is not None
    add(workspace, "One")
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    for _number in every_moment(lambda: restore(workspace, backup)):
        kept = list(workspace.parent.glob("desk before restore *.legation"))
        if links:
            assert titles(workspace) in ([], ["One"])
            assert check_workspace(workspace) == []
        assert any(titles(each) == ["One"] for each in (*kept, workspace) if each.exists())
        for each in (*kept, workspace):  # begin again
            if each.exists() and titles(each) == ["One"]:
                os.replace(each, workspace)
        for each in kept:
            each.unlink(missing_ok=True)
    assert titles(workspace) == [] and check_workspace(workspace) == []
    (aside,) = workspace.parent.glob("desk before restore *.legation")
    assert titles(aside) == ["One"]


def refuse(*_arguments: object) -> None:
    """What a file system without hard links answers."""
    raise PermissionError(1, "Operation not permitted")


NEXT_REVISION = f"{int(schema.REVISION) + 1:04}"
NEXT_VERSION = schema.SCHEMA_VERSION + 1
SCRIPT = '''"""A made-up revision that makes the table of events anew."""
from alembic import op
from legation.records.catalogue import table_named

revision = "{next}"
down_revision = "{newest}"

def upgrade():
    """Rebuild a table."""
    with op.batch_alter_table("event", recreate="always", copy_from=table_named("event"),
            table_kwargs={"sqlite_strict": True, "sqlite_autoincrement": True}):
        pass
'''


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = (*LOGGED_TABLES, "step", "change", *DERIVED_TABLES, "search", "sqlite_sequence")
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (schema, "drop_views_and_triggers"),
        (migrating, "_keep_last_numbers"),
        (migrating, "_refuse_unsound"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_migration_killed(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    versions = tmp_path / "made up" / "versions"
    versions.mkdir(parents=True)
    for each in VERSIONS.glob("revision_*.py"):
        (versions / each.name).write_text(each.read_text(encoding="utf-8"), encoding="utf-8")
    (versions / "second.py").write_text(
        SCRIPT.replace("{next}", NEXT_REVISION).replace("{newest}", schema.REVISION), encoding="utf-8"
    )
    before = rows(sample)
    call = getattr(place, name)

    def do_and_die(*arguments: Any) -> None:
        call(*arguments)
        die()

    def migrate(killing: bool) -> None:
        with pytest.MonkeyPatch.context() as patch:
            if killing:
                patch.setattr(place, name, do_and_die)
            bring_up_to_date(sample, versions=versions, revision=NEXT_REVISION, version=NEXT_VERSION)

    assert killed(lambda: migrate(True))
    assert check_workspace(sample) == []
    assert rows(sample) == before
    assert len(backups_of(sample)) == 1 and rows(backups_of(sample)[0].path) == before
    migrate(False)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT_VERSION)
    assert check_workspace(sample) == [] and rows(sample) == before


def test_a_migration_killed_with_half_of_it_on_the_disk(sample: Path, tmp_path: Path) -> None:
    """With little memory, SQLite writes changed pages long before the end; none of them counts."""
    before = rows(sample)
    connect = migrating._connect

    def with_little_memory(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA cache_size = 5")
        return connection

    def migrate() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrating, "_connect", with_little_memory)
            patch.setattr(migrating, "_run_scripts", lambda *_arguments: None)
            patch.setattr(migrating, "_refuse_unsound", die)
            bring_up_to_date(sample, versions=tmp_path, revision=NEXT_REVISION, version=NEXT_VERSION)

    assert killed(migrate)
    assert sample.with_name("sample.legation-wal").stat().st_size > 300_000
    assert check_workspace(sample) == []
    assert rows(sample) == before
