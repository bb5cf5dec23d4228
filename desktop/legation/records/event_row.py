"""The derived table `event_row`: what lists of events show and sort by, one row an event.

Kept by triggers when a step closes, never logged, rebuilt at will, verified by `check`. See storage/derived.py.
No foreign key ties a row to its event: inside a step that deletes the event, the row still tells what it counted for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Index, Integer
from sqlmodel import Field

from legation.records.columns import optional_text
from legation.records.row import Row


class EventRow(Row, table=True):
    """Parties, heads, topics, level and counts of one event. Lists are joined by a middle dot."""

    __tablename__ = "event_row"
    __table_args__: Any = (
        Index("ix_event_row_parties", "parties"),
        Index("ix_event_row_heads", "heads"),
        Index("ix_event_row_topics", "topics"),
        Index("ix_event_row_level", "level_order"),
        Index("ix_event_row_sources", "sources"),
        {"sqlite_strict": True},
    )
    event_id: int | None = Field(default=None, primary_key=True)
    parties: str | None = optional_text()
    party_names: str | None = optional_text()
    heads: str | None = optional_text()
    head_ids: str | None = optional_text()
    country_codes: str | None = optional_text()
    topics: str | None = optional_text()
    topic_codes: str | None = optional_text()
    level: str | None = optional_text()
    level_order: int | None = Field(default=None, sa_type=Integer)
    delegations: int = Field(default=0, sa_type=Integer)
    delegates: int = Field(default=0, sa_type=Integer)
    items: int = Field(default=0, sa_type=Integer)
    outcomes: int = Field(default=0, sa_type=Integer)
    sources: int = Field(default=0, sa_type=Integer)


def row_value(name: str) -> Callable[[], Any]:
    """The expression of a derived field of an event: the column of `event_row` with that name."""

    def expression() -> Any:
        return EventRow.__table__.c[name]  # type: ignore[attr-defined]

    return expression
