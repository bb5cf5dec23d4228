"""Migrations: a filled workspace survives one that rebuilds a table, and a bad one changes nothing."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from legation.errors import WorkspaceError, WorkspaceReadOnly
from legation.fields.draft import new_draft
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES, record_type
from legation.storage import database as databases, schema, undo
from legation.storage.backup import backups_of
from legation.storage.checking import check_workspace
from legation.storage.database import Database, open_workspace
from legation.storage.deleting import delete_record
from legation.storage.migrating import VERSIONS, bring_up_to_date
from legation.storage.migrations.logged import add_column, remove_column, rename_column
from legation.storage.queries import Query, ids_of
from legation.storage.reading import compiled
from legation.storage.saving import save

EVENT = record_type("event")
NEXT_REVISION = f"{int(schema.REVISION) + 1:04}"
NEXT_VERSION = schema.SCHEMA_VERSION + 1
SCRIPT = '''"""A made-up revision."""
from alembic import op
from legation.records.catalogue import table_named

revision = "{next}"
down_revision = "{newest}"

def upgrade():
    """Do as the test says."""
    {body}
'''
REBUILD = (
    'batch = op.batch_alter_table("event", recreate="always", copy_from=table_named("event"),\n'
    '        table_kwargs={"sqlite_strict": True, "sqlite_autoincrement": True})\n'
    "    with batch:\n"
    "        pass"
)


def _versions(folder: Path, body: str) -> Path:
    versions = folder / "made up" / "versions"
    versions.mkdir(parents=True)
    for each in VERSIONS.glob("revision_*.py"):
        (versions / each.name).write_text(each.read_text(encoding="utf-8"), encoding="utf-8")
    (versions / "second.py").write_text(
        SCRIPT.format(body=body, next=NEXT_REVISION, newest=schema.REVISION), encoding="utf-8"
    )
    return versions


def _migrate(path: Path, versions: Path) -> Path | None:
    return bring_up_to_date(path, versions=versions, revision=NEXT_REVISION, version=NEXT_VERSION)


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = (*LOGGED_TABLES, "step", "change", *DERIVED_TABLES, "search", "sqlite_sequence")
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


def _schema(path: Path) -> dict[tuple[str, str], list[str]]:
    """The schema by type and name: the clauses of each statement, whatever their order and how names are quoted."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
        return {(kind, name): _clauses(kind, sql or "") for kind, name, sql in found}


def _clauses(kind: str, statement: str) -> list[str]:
    plain = re.sub(r'[\s"]+', " ", statement).replace(" (", "(").strip()
    return (
        sorted(re.split(r", (?=CONSTRAINT|CHECK|UNIQUE|FOREIGN|[a-z_]+ )| \) STRICT", plain))
        if kind == "table"
        else [plain]
    )


def _fill(path: Path) -> None:
    """Add an event, delete the newest one, and leave a step to undo."""
    database = Database(path)
    for title in ("One", "Two"):
        draft = new_draft(EVENT, title=title, status="proposed", parent_id=1)
        done = database.write("Add event", lambda session, draft=draft: save(session, draft))
    database.write("Delete", lambda session: delete_record(session, EVENT, done.result))
    database.close()


def test_rebuilding_a_table_loses_nothing(sample: Path, tmp_path: Path) -> None:
    _fill(sample)
    rows, made = _rows(sample), _schema(sample)
    backup = bring_up_to_date(
        sample, versions=_versions(tmp_path, REBUILD), revision=NEXT_REVISION, version=NEXT_VERSION
    )
    assert backup is not None and [each.path for each in backups_of(sample)] == [backup]
    assert _rows(sample) == rows
    assert _schema(sample) == made
    assert check_workspace_of(sample, NEXT_VERSION) == []
    with closing(sqlite3.connect(sample)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEXT_REVISION,)]
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)


def check_workspace_of(path: Path, version: int) -> list[str]:
    """The problems of a workspace that has the format of a later program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "SCHEMA_VERSION", version)
        return check_workspace(path)


def test_the_log_and_the_ids_go_on_after_it(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(sample)
    _migrate(sample, _versions(tmp_path, REBUILD))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT_VERSION)
    database = Database(sample)
    assert undo.undo(database, others=True) is not None  # the deleted event comes back under its own id
    draft = new_draft(EVENT, title="Three", status="proposed")
    assert database.write("Add event", lambda session: save(session, draft)).result == 11
    database.close()
    assert check_workspace(sample) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("op.execute('DELETE FROM citation WHERE id = 1')", "citation had"),
        ("op.execute(\"UPDATE event SET country = 'XXX' WHERE id = 2\")", "Links"),
        ("op.execute(\"UPDATE event SET title = 'Other' WHERE id = 2\")", "Log"),
    ],
)
def test_a_migration_that_harms_is_refused_and_changes_nothing(
    sample: Path, tmp_path: Path, body: str, says: str
) -> None:
    rows, made = _rows(sample), _schema(sample)
    with pytest.raises(WorkspaceError, match=says):
        bring_up_to_date(
            sample, versions=_versions(tmp_path, f"{REBUILD}\n    {body}"), revision=NEXT_REVISION, version=NEXT_VERSION
        )
    assert _rows(sample) == rows
    assert _schema(sample) == made
    assert check_workspace(sample) == []


def test_a_script_that_fails_changes_nothing(sample: Path, tmp_path: Path) -> None:
    rows, made = _rows(sample), _schema(sample)
    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(
            sample, versions=_versions(tmp_path, f"{REBUILD}\n    1 / 0"), revision=NEXT_REVISION, version=NEXT_VERSION
        )
    assert (_rows(sample), _schema(sample)) == (rows, made)
    assert check_workspace(sample) == []


def test_a_file_of_this_format_is_left_alone(sample: Path) -> None:
    assert bring_up_to_date(sample) is None
    assert backups_of(sample) == []


def _make_older(connection: sqlite3.Connection, version: int) -> None:
    """Make the tables those of an earlier format, and stamp the file so."""
    schema.drop_views_and_triggers(connection)
    for name in ("facet_count", "pair_total", "country_pair", "event_row"):
        connection.execute(f"DROP TABLE {name}")
    connection.execute(
        "CREATE TABLE event_row (event_id INTEGER NOT NULL PRIMARY KEY REFERENCES event(id) ON DELETE CASCADE, "
        "parties TEXT, heads TEXT, topics TEXT, level_order INTEGER, sources INTEGER NOT NULL) STRICT"
    )
    connection.execute("INSERT INTO event_row SELECT id, NULL, NULL, NULL, NULL, 0 FROM event")
    if version < 4:
        connection.execute("DROP TABLE event_pair")
    else:
        connection.execute("CREATE TABLE country_pair (one TEXT PRIMARY KEY, events INTEGER NOT NULL) STRICT")
    if version < 2:
        connection.execute("DROP INDEX ix_event_newest")
    connection.execute(f"UPDATE alembic_version SET version_num = '{version:04}'")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()


@pytest.mark.parametrize("version", [1, 3, 4, 5])
def test_a_file_of_an_earlier_format_gets_what_came_later(sample: Path, version: int) -> None:
    _fill(sample)
    rows, made = _rows(sample), _schema(sample)
    assert all(rows[name] for name in ("facet_count", "event_pair", "country_pair", "pair_total"))
    with closing(sqlite3.connect(sample)) as connection:
        _make_older(connection, version)
    assert bring_up_to_date(sample) is not None
    assert (_rows(sample), _schema(sample)) == (rows, made)
    assert check_workspace(sample) == []


def test_the_default_order_of_events_needs_no_sorting(sample: Path) -> None:
    text, parameters = compiled(ids_of(Query("event"), limit=200))
    with closing(sqlite3.connect(sample)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", parameters)]
    assert plan == ["SCAN event USING INDEX ix_event_newest"]


def test_opening_an_older_file_brings_it_up_to_date(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("PRAGMA user_version = 0")
    open_workspace(sample).close()
    assert databases.inspect(sample) == schema.SCHEMA_VERSION
    assert len(backups_of(sample)) == 1


def test_an_older_file_that_cannot_be_written_is_not_touched(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("PRAGMA user_version = 0")
    monkeypatch.setattr(databases.os, "access", lambda _path, _mode: False)
    with pytest.raises(WorkspaceReadOnly):
        open_workspace(sample)
    assert backups_of(sample) == []


def test_the_log_follows_a_column(sample: Path) -> None:
    engine = create_engine(f"sqlite:///{sample}")
    with engine.begin() as connection:
        whole = "SELECT after FROM change WHERE \"table\" = 'event' AND before IS NULL ORDER BY id LIMIT 1"
        before = connection.exec_driver_sql(whole).scalar_one()
        rename_column(connection, "event", "city", "town")
        renamed = connection.exec_driver_sql(whole).scalar_one()
        assert '"town":"Tokyo"' in renamed and '"city"' not in renamed
        rename_column(connection, "event", "town", "city")
        assert connection.exec_driver_sql(whole).scalar_one() == before
        add_column(connection, "event", "weather", "fair")
        assert '"weather":"fair"' in connection.exec_driver_sql(whole).scalar_one()
        remove_column(connection, "event", "weather")
        assert connection.exec_driver_sql(whole).scalar_one() == before
    engine.dispose()
