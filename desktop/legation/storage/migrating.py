"""Bringing a workspace of an earlier format up to date: one transaction that ends sound or leaves the file as it was.

Rebuilding a table drops it for a moment. With foreign keys on, that would delete its rows and their children, and it
takes triggers and some indexes along. So a migration has a connection of its own with foreign keys off. All views and
triggers are taken away first and made anew last, with the indexes that are missing, and the file is committed only when
no row is missing, every link holds and every check passes. Alembic is loaded only here.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from legation.errors import WorkspaceError
from legation.i18n import _
from legation.records.catalogue import DERIVED_TABLES
from legation.storage import schema
from legation.storage.backup import make_backup
from legation.storage.checking import CHECKS
from legation.storage.connection import connect_for_reading, connect_for_writing
from legation.storage.constraints import words_for
from legation.storage.database import require_writable

VERSIONS = Path(__file__).parent / "migrations" / "versions"
DERIVED = (*DERIVED_TABLES, "stale", "search", "search_%", "alembic_version")  # made anew; their rows are not counted


class _Refused(Exception):
    """The migrated file is not sound; the message says in what."""


def bring_up_to_date(
    path: Path, *, versions: Path | None = None, revision: str = schema.REVISION, version: int = schema.SCHEMA_VERSION
) -> Path | None:
    """Migrate a workspace to a format, by default to this program's; the path of the backup made before.

    `versions` is the folder of the scripts, `revision` the last one to run, `version` the number of the format then.
    None when the file has that format already. Raises `UserError` when the file cannot be written or the result would
    not be sound; then, as after any error, the file is as it was.
    """
    if _version_of(path) >= version:
        return None
    require_writable(path)
    backup = make_backup(path)
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=StaticPool)
    event.listen(engine, "begin", _begin_immediately)
    try:
        with engine.begin() as connection:
            if connection.exec_driver_sql("PRAGMA user_version").scalar_one() < version:  # nobody else did meanwhile
                _migrate(connection, versions or VERSIONS, revision)
                connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    except _Refused as refusal:
        raise WorkspaceError(
            _("{name} could not be brought to the present format: {why}").format(name=path.name, why=refusal),
            _("The file was not changed. Please report this, with the sentence above."),
        ) from refusal
    except (DBAPIError, sqlite3.Error, OSError) as error:
        if (words := words_for(error, path)) is not None:
            raise words from error
        raise
    finally:
        engine.dispose()
    return backup


def _version_of(path: Path) -> int:
    with closing(connect_for_reading(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _connect(path: Path) -> sqlite3.Connection:
    """A writing connection with foreign keys off, which must be said before a transaction begins."""
    connection = connect_for_writing(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection, versions: Path, revision: str) -> None:
    raw: Any = connection.connection.driver_connection
    rows, numbers = _row_counts(raw), _last_numbers(raw)
    schema.drop_views_and_triggers(raw)
    _run_scripts(connection, versions, revision)
    _keep_last_numbers(raw, numbers)
    schema.renew_indexes(raw)
    schema.make_views_and_triggers(raw)
    schema.rebuild_derived(raw)
    _refuse_unsound(raw, rows)


def _run_scripts(connection: Connection, versions: Path, revision: str) -> None:
    """Run every script after the revision that the file names, up to `revision`, in this transaction."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(versions.parent, version_locations=[versions])
    environment = EnvironmentContext(Config(), script)

    def steps(present: Any, _context: Any) -> Any:
        return script._upgrade_revs(revision, present)

    environment.configure(connection=connection, fn=steps, render_as_batch=True)
    environment.run_migrations()


def _tables(connection: sqlite3.Connection) -> list[str]:
    derived = " OR ".join(f"name LIKE '{each}'" for each in DERIVED)
    found = connection.execute(
        f"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT ({derived})"
    )
    return [row[0] for row in found]


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _tables(connection)}


def _last_numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """The highest id that each table has ever given: a rebuilt table would know only those still there."""
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))


def _keep_last_numbers(connection: sqlite3.Connection, numbers: dict[str, int]) -> None:
    """Make sure that the id of a deleted row is not given again."""
    present = set(_tables(connection))
    for name, number in numbers.items():
        if name in present:
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ? AND seq < ?", (name, number))
            connection.execute(
                "INSERT INTO sqlite_sequence(name, seq) SELECT :name, :number "
                "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)",
                {"name": name, "number": number},
            )


def _refuse_unsound(connection: sqlite3.Connection, before: dict[str, int]) -> None:
    """Raise unless every row is still there and every check, that of the foreign keys included, passes."""
    after = _row_counts(connection)
    for name, count in before.items():
        if after.get(name) != count:
            raise _Refused(
                _("{table} had {before} rows and would have {after}.").format(
                    table=name, before=count, after=after.get(name, 0)
                )
            )
    for name, check in CHECKS.items():
        for sentence in check(connection):
            raise _Refused(f"{_(name)}: {sentence}")
