"""Rows written as they are: changes planned elsewhere, row by row, inside an open step.

For what no draft can say, such as a row that points elsewhere from now on. Links are looked at when the step closes, so
that rows may move in any order; every row is logged like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from legation.storage.change_log import key_columns


@dataclass(frozen=True)
class RowChange:
    """A row by its key with the values that it gets; without `values` it is deleted, without `key` it is new."""

    table: str
    key: tuple[Any, ...] | None
    values: Mapping[str, Any] | None


def write_rows(session: Session, changes: Iterable[RowChange]) -> None:
    """Write changes in their order. What the database refuses is raised, at the latest when the step closes."""
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for change in changes:
        connection.exec_driver_sql(*_statement(change))


def _statement(change: RowChange) -> tuple[str, tuple[Any, ...]]:
    if change.key is None:
        values = change.values or {}
        names = ", ".join(f'"{name}"' for name in values)
        return f'INSERT INTO "{change.table}"({names}) VALUES ({", ".join("?" * len(values))})', tuple(values.values())
    where = " AND ".join(f'"{name}" = ?' for name in key_columns(change.table))
    if change.values is None:
        return f'DELETE FROM "{change.table}" WHERE {where}', change.key
    settings = ", ".join(f'"{name}" = ?' for name in change.values)
    return f'UPDATE "{change.table}" SET {settings} WHERE {where}', (*change.values.values(), *change.key)


def asking(session: Session) -> Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]:
    """A function that answers SQL inside the open step, where what the step wrote is seen."""
    connection = session.connection()

    def ask(text: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return [tuple(row) for row in connection.exec_driver_sql(text, tuple(parameters))]

    return ask
