"""The whole schema of a workspace: tables, views, triggers and the search index, made in one go or made anew.

Both a new file and a migrated one get their views and triggers from here, so that their schemas are equal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from legation.fields.folding import FOLD_VERSION
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES, table_named
from legation.storage import change_log, derived, derived_facets, derived_pairs, derived_sets, search

SCHEMA_VERSION = 6
REVISION = "0006"  # the newest migration, as Alembic names it


def tables() -> list[Table]:
    """Every plain table, logged ones first."""
    logged = [table_named(name) for name in (*LOGGED_TABLES, *DERIVED_TABLES)]
    return [*logged, *change_log.LOG.tables.values()]


def table_statements() -> Iterator[str]:
    """The statements that create the tables and their indexes."""
    indexes = list(index_statements())
    for table in tables():
        yield str(CreateTable(table).compile(dialect=dialect.dialect()))
        yield from (statement for owner, _name, statement in indexes if owner == table.name)
    yield derived.STALE
    yield search.SEARCH
    yield "CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) STRICT"


def index_statements() -> Iterator[tuple[str, str, str]]:
    """Each index: the table it belongs to, its name and the statement that creates it."""
    for table in tables():
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            yield table.name, str(index.name), str(CreateIndex(index).compile(dialect=dialect.dialect()))


def view_statements() -> Iterator[str]:
    """The statements that create the views of the derived tables and of the search index."""
    yield from derived.VIEWS
    yield from search.views()


def trigger_statements() -> Iterator[str]:
    """The statements that create all triggers."""
    yield from change_log.triggers()
    yield from derived.triggers(search.refresh_stale())


def create(connection: sqlite3.Connection) -> None:
    """Make the whole schema in an empty file; the caller holds the transaction."""
    for statement in (*table_statements(), *view_statements(), *trigger_statements()):
        connection.execute(statement)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))


def drop_views_and_triggers(connection: sqlite3.Connection) -> None:
    """Take all triggers and views away, as a migration does first."""
    found = connection.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchall()
    for kind, name in sorted(found):
        connection.execute(f'DROP {kind} IF EXISTS "{name}"')


def make_views_and_triggers(connection: sqlite3.Connection) -> None:
    """Make all views and triggers, as a migration does last."""
    for statement in (*view_statements(), *trigger_statements()):
        connection.execute(statement)


def renew_indexes(connection: sqlite3.Connection) -> None:
    """Make every index that is missing or other than it should be, and drop those that no longer belong there.

    Rebuilding a table loses indexes without a word, those over expressions among them.
    """
    wanted = {name: statement for _table, name, statement in index_statements()}
    found = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    present = dict(found)
    for name, statement in found:
        if wanted.get(name) != statement:
            connection.execute(f'DROP INDEX "{name}"')
            del present[name]
    for name, statement in wanted.items():
        if name not in present:
            connection.execute(statement)


def rebuild_derived(connection: sqlite3.Connection) -> None:
    """Make all derived tables and the search index anew from the tables, inside the caller's transaction."""
    rebuild_lists(connection)
    search.rebuild(connection)
    connection.execute("DELETE FROM stale")


def rebuild_lists(connection: sqlite3.Connection) -> None:
    """Make all derived tables anew, but not the search index."""
    for table in DERIVED_TABLES:
        drop_indexes(table, connection)  # an index is made faster of all rows than row by row
    derived_sets.refresh_by_sets(connection, "SELECT id FROM event", "{id} IS NOT NULL")
    for statement in (*derived_facets.rebuild_facets(), *derived_pairs.rebuild_pairs()):
        connection.execute(statement)
    renew_indexes(connection)


def drop_indexes(table: str, connection: sqlite3.Connection) -> None:
    """Drop the indexes of a table; `renew_indexes` makes them again. Those of its own constraints stay."""
    for owner, name, _statement in index_statements():
        if owner == table:
            connection.execute(f'DROP INDEX IF EXISTS "{name}"')


def write_versions(connection: sqlite3.Connection, application_id: int) -> None:
    """Mark the file as a workspace of this schema."""
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def fold_version() -> str:
    """The version of the folding that the search index of a new file follows."""
    return str(FOLD_VERSION)
