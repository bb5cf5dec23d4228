"""The change log: its tables, and the triggers that write it and refuse a write outside a step.

`step` has one row a step, `change` one row for each row that a step inserted, changed or deleted, and `open_step` holds
the number of the step that is being written, inside its transaction only. Knows the tables, not what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text

from legation.records.catalogue import LOGGED_TABLES, table_named

OUTSIDE_A_STEP = "outside a step"

LOG = MetaData()
STEP = Table(
    "step",
    LOG,
    Column("id", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("arguments", Text, CheckConstraint("json_valid(arguments)", name="ck_step_arguments"), nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("session", Text, nullable=False),
    Column("why", Text),
    Column("undoes", Integer, ForeignKey("step.id")),
    Column("schema_version", Integer, nullable=False),
    Index("ix_step_undoes", "undoes"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
CHANGE = Table(
    "change",
    LOG,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, ForeignKey("step.id"), nullable=False),
    Column("table", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="ck_change_something"),
    Index("ix_change_step", "step_id"),
    Index("ix_change_record", "table", "key"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)
OPEN_STEP = Table(
    "open_step",
    LOG,
    Column("id", Integer, ForeignKey("step.id"), primary_key=True),
    Column("only", Integer, CheckConstraint('"only" = 1', name="ck_open_step_only"), nullable=False, unique=True),
    sqlite_strict=True,
)


def key_columns(table: str) -> list[str]:
    """The names of a logged table's key columns, in order."""
    return [column.name for column in table_named(table).primary_key.columns]


def column_names(table: str) -> list[str]:
    """The names of all columns of a logged table, in order."""
    return [column.name for column in table_named(table).columns]


def _whole_row(row: str, columns: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"


def _key(row: str, table: str) -> str:
    return "json_array(" + ", ".join(f'{row}."{name}"' for name in key_columns(table)) + ")"


def _differing(row: str, columns: list[str]) -> str:
    parts = " UNION ALL ".join(
        f'SELECT \'{name}\' AS name, {row}."{name}" AS value WHERE OLD."{name}" IS NOT NEW."{name}"' for name in columns
    )
    return f"(SELECT json_group_object(name, value) FROM ({parts}))"


def _guard(table: str, event: str) -> str:
    return (
        f'CREATE TRIGGER "guard_{table}_{event.lower()}" BEFORE {event} ON "{table}" '
        f"WHEN NOT EXISTS (SELECT 1 FROM open_step) "
        f"BEGIN SELECT RAISE(ABORT, '{OUTSIDE_A_STEP}: {table}'); END"
    )


def _log(table: str, event: str, key: str, before: str, after: str, when: str = "") -> str:
    return (
        f'CREATE TRIGGER "log_{table}_{event.lower()}" AFTER {event} ON "{table}" {when} BEGIN '
        f'INSERT INTO change(step_id, "table", key, before, after) '
        f"SELECT id, '{table}', {key}, {before}, {after} FROM open_step; END"
    )


def triggers() -> Iterator[str]:
    """The statements that create every trigger of the log, generated from the logged tables.

    A change of a key column is logged as a delete and an insert, so that each change has one key.
    """
    for table in LOGGED_TABLES:
        columns = column_names(table)
        keys = key_columns(table)
        same_key = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in keys)
        any_differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
        for event in ("INSERT", "UPDATE", "DELETE"):
            yield _guard(table, event)
        yield _log(table, "INSERT", _key("NEW", table), "NULL", _whole_row("NEW", columns))
        yield _log(table, "DELETE", _key("OLD", table), _whole_row("OLD", columns), "NULL")
        yield _log(
            table,
            "UPDATE",
            _key("NEW", table),
            _differing("OLD", columns),
            _differing("NEW", columns),
            when=f"WHEN {same_key} AND ({any_differs})",
        )
        moved = _log(table, "UPDATE", _key("OLD", table), _whole_row("OLD", columns), "NULL", f"WHEN NOT ({same_key})")
        moved = moved.replace(f'"log_{table}_update"', f'"log_{table}_moved"').removesuffix("END")
        yield (
            f'{moved} INSERT INTO change(step_id, "table", key, before, after) '
            f"SELECT id, '{table}', {_key('NEW', table)}, NULL, {_whole_row('NEW', columns)} FROM open_step; END"
        )
