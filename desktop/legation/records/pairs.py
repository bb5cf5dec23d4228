"""The derived tables of pairs: `event_pair`, which two countries were at an event, and how often: `country_pair` by the
years of the events, `pair_total` in all.

A pair is of two codes in the order of the alphabet; a party that was absent is in none. Kept by a trigger when a step
closes, never logged, rebuilt at will, verified by `check`. See storage/derived_pairs.py.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index

from legation.records.columns import required_number, required_text
from legation.records.row import Row

UNKNOWN_LEVEL = 0
UNDATED_DAY = ""
UNDATED_YEAR = 0


class EventPair(Row, table=True):
    """Two countries that both have a delegation at one event, with what of the event pairs are asked by.

    The key holds everything, so that the newest events of a pair, of a level or still planned, are read off it.
    `is_contact` is 1 for kinds of the class C. The level is 0 and the days are "" where nothing is known of them.
    """

    __tablename__ = "event_pair"
    __table_args__: Any = (
        Index("ix_event_pair_event", "event_id"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )
    one: str = required_text(primary_key=True)
    other: str = required_text(primary_key=True)
    status: str = required_text(primary_key=True)
    is_contact: int = required_number(primary_key=True)
    level_order: int = required_number(primary_key=True)
    date_from: str = required_text(primary_key=True)
    date_to: str = required_text(primary_key=True)
    event_id: int = required_number(primary_key=True)


class CountryPair(Row, table=True):
    """At how many events two countries both had a delegation, by level, status, class and the years of the events.

    The years are 0 for events of which no date is known.
    """

    __tablename__ = "country_pair"
    __table_args__: Any = ({"sqlite_strict": True, "sqlite_with_rowid": False},)
    one: str = required_text(primary_key=True)
    other: str = required_text(primary_key=True)
    level_order: int = required_number(primary_key=True)
    status: str = required_text(primary_key=True)
    is_contact: int = required_number(primary_key=True)
    first_year: int = required_number(primary_key=True)
    last_year: int = required_number(primary_key=True)
    events: int = required_number()


class PairTotal(Row, table=True):
    """The same in all years together: a quarter of the rows."""

    __tablename__ = "pair_total"
    __table_args__: Any = ({"sqlite_strict": True, "sqlite_with_rowid": False},)
    one: str = required_text(primary_key=True)
    other: str = required_text(primary_key=True)
    level_order: int = required_number(primary_key=True)
    status: str = required_text(primary_key=True)
    is_contact: int = required_number(primary_key=True)
    events: int = required_number()
