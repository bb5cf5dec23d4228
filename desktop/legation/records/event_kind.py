"""Event kinds as a table, so that plain SQL sees which kinds count as a contact."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field

from legation.records.columns import required_text
from legation.records.row import Row


class EventKind(Row, table=True):
    """A kind of event and its class: C contact, B container, O occasion."""

    __tablename__ = "event_kind"
    __table_args__: Any = (
        CheckConstraint("class IN ('B', 'C', 'O')", name="ck_event_kind_class"),
        {"sqlite_strict": True},
    )
    code: str = required_text(primary_key=True)
    event_class: str = Field(sa_column=Column("class", Text, nullable=False))
