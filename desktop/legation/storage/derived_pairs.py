"""Derived tables of pairs: `event_pair` and the counts of `country_pair`, kept when a step closes.

What a stale event counted for is taken off first, as its old rows in `event_pair` tell; what it counts for now is
added. So a step costs what its events cost, however often two countries have met. Comes after `event_row`, which has
the level.
"""

from __future__ import annotations

from collections.abc import Iterator

from legation.records.pairs import UNDATED_DAY, UNDATED_YEAR, UNKNOWN_LEVEL

EVENT_PAIR_SOURCE = f"""CREATE VIEW event_pair_source AS
SELECT mine.country AS one, theirs.country AS other, e.status AS status, k.class = 'C' AS is_contact,
    coalesce(r.level_order, {UNKNOWN_LEVEL}) AS level_order,
    iif(e.date IS NULL, '{UNDATED_DAY}', e.date_from) AS date_from,
    iif(e.date IS NULL, '{UNDATED_DAY}', e.date_to) AS date_to, e.id AS event_id
FROM event e CROSS JOIN delegation mine ON mine.event_id = e.id
CROSS JOIN delegation theirs ON theirs.event_id = e.id AND theirs.country > mine.country
JOIN event_kind k ON k.code = e.kind LEFT JOIN event_row r ON r.event_id = e.id"""

_KEY = ("one", "other", "first_year", "last_year", "status", "is_contact", "level_order")
_LISTED = ", ".join(_KEY)


def _year(day: str) -> str:
    return f"iif({day} = '{UNDATED_DAY}', {UNDATED_YEAR}, CAST(substr({day}, 1, 4) AS INTEGER))"


_YEARS = f"{_year('date_from')} AS first_year, {_year('date_to')} AS last_year"
COUNTED = (
    f"SELECT one, other, {_YEARS}, status, is_contact, level_order, count(*) AS events FROM event_pair"
    f" WHERE {{which}} GROUP BY {_LISTED}"
)


def refresh_pairs(which: str) -> Iterator[str]:
    """Statements that make the pairs of some events anew; `which` is SQL that tells these, as column `{id}`."""
    these = which.format(id="event_id")
    counted = COUNTED.format(which=these)
    same = " AND ".join(f"country_pair.{each} = gone.{each}" for each in _KEY)
    yield f"DELETE FROM country_pair WHERE ({_LISTED}, events) IN ({counted})"
    yield f"UPDATE country_pair SET events = country_pair.events - gone.events FROM ({counted}) AS gone WHERE {same}"
    yield f"DELETE FROM event_pair WHERE {these}"
    yield f"INSERT OR IGNORE INTO event_pair SELECT * FROM event_pair_source WHERE {these}"  # two of one country
    yield (
        f"INSERT INTO country_pair SELECT * FROM ({counted}) WHERE true "
        f"ON CONFLICT ({_LISTED}) DO UPDATE SET events = country_pair.events + excluded.events"
    )


def rebuild_pairs() -> Iterator[str]:
    """Statements that make both tables anew from all events."""
    yield "DELETE FROM event_pair"
    yield "DELETE FROM country_pair"
    yield (
        "INSERT OR IGNORE INTO event_pair SELECT * FROM event_pair_source "
        "ORDER BY one, other, status, is_contact, level_order, date_from, date_to, event_id"
    )
    yield f"INSERT INTO country_pair {COUNTED.format(which='true')}"
