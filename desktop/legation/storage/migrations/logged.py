"""The change log in a migration: when a logged column is renamed, added or taken away, old changes follow.

Without that the log would no longer replay to the present rows, and old steps could not be reverted. Called by the
scripts in `versions`, inside the migration's transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

SIDES = ("before", "after")


def rename_column(connection: Connection, table: str, old: str, new: str) -> None:
    """Give a column its new name in every logged row and change of a table."""
    for side in SIDES:
        connection.exec_driver_sql(
            f"UPDATE change SET {side} = (SELECT json_group_object(iif(key = :old, :new, key), value) "
            f"FROM json_each(change.{side})) "
            f"WHERE \"table\" = :table AND json_type({side}, '$.' || json_quote(:old)) IS NOT NULL",
            {"table": table, "old": old, "new": new},
        )


def add_column(connection: Connection, table: str, name: str, value: Any = None) -> None:
    """Add a column to every logged whole row of a table; `value` is what the script gave the present rows."""
    for side, other in (SIDES, SIDES[::-1]):
        connection.exec_driver_sql(
            f"UPDATE change SET {side} = json_set({side}, '$.' || json_quote(:name), :value) "
            f'WHERE "table" = :table AND {side} IS NOT NULL AND {other} IS NULL',
            {"table": table, "name": name, "value": value},
        )


def remove_column(connection: Connection, table: str, name: str) -> None:
    """Take a column out of every logged row and change of a table; a change of nothing else is kept as an empty one."""
    for side in SIDES:
        connection.exec_driver_sql(
            f"UPDATE change SET {side} = json_remove({side}, '$.' || json_quote(:name)) "
            f'WHERE "table" = :table AND {side} IS NOT NULL',
            {"table": table, "name": name},
        )
