"""Settings of the workspace, written inside a step like any other row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session

from legation.records.catalogue import table_named


def set_setting(session: Session, name: str, value: str) -> None:
    """Give a setting a value."""
    table = table_named("setting")
    changed: Any = session.execute(update(table).where(table.c.name == name).values(value=value))
    if not changed.rowcount:
        session.execute(insert(table).values(name=name, value=value))


def remove_setting(session: Session, name: str) -> None:
    """Take a setting away."""
    table = table_named("setting")
    session.execute(delete(table).where(table.c.name == name))
