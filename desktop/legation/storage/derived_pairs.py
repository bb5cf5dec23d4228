"""Derived tables of pairs: `event_pair` and the counts of `country_pair` and `pair_total`, kept when a step closes.

What a stale event counted for is taken off first, as its old rows in `event_pair` tell; what it counts for now is
added. So a step costs what its events cost, however often two countries have met. Comes after `event_row`, which has
the level.
"""

from __future__ import annotations

from collections.abc import Iterator

from legation.records.pairs import UNDATED_DAY, UNDATED_YEAR, UNKNOWN_LEVEL
from legation.storage.derived_counts import Counts

EVENT_PAIR_SOURCE = f"""CREATE VIEW event_pair_source AS
SELECT mine.country AS one, theirs.country AS other, e.status AS status, k.class = 'C' AS is_contact,
    coalesce(r.level_order, {UNKNOWN_LEVEL}) AS level_order,
    iif(e.date IS NULL, '{UNDATED_DAY}', e.date_from) AS date_from,
    iif(e.date IS NULL, '{UNDATED_DAY}', e.date_to) AS date_to, e.id AS event_id
FROM event e CROSS JOIN delegation mine ON mine.event_id = e.id AND mine.attendance <> 'absent'
CROSS JOIN delegation theirs ON theirs.event_id = e.id AND theirs.country > mine.country
    AND theirs.attendance <> 'absent'
JOIN event_kind k ON k.code = e.kind LEFT JOIN event_row r ON r.event_id = e.id"""


def _year(day: str) -> str:
    return f"iif({day} = '{UNDATED_DAY}', {UNDATED_YEAR}, CAST(substr({day}, 1, 4) AS INTEGER))"


_TOTAL_KEY = ("one", "other", "level_order", "status", "is_contact")
_COLUMNS = ", ".join(_TOTAL_KEY)
_YEARS = f"{_year('date_from')} AS first_year, {_year('date_to')} AS last_year"
_ENDS = "count(*) AS events FROM event_pair WHERE {these} GROUP BY"
COUNTS = (
    Counts(
        "country_pair",
        (*_TOTAL_KEY, "first_year", "last_year"),
        f"SELECT {_COLUMNS}, {_YEARS}, {_ENDS} {_COLUMNS}, first_year, last_year",
    ),
    Counts("pair_total", _TOTAL_KEY, f"SELECT {_COLUMNS}, {_ENDS} {_COLUMNS}"),
)


def refresh_pairs(which: str) -> Iterator[str]:
    """Statements that make the pairs of some events anew; `which` is SQL that tells these, as column `{id}`."""
    these = which.format(id="event_id")
    yield from (each.taken_off(these) for each in COUNTS)
    yield f"DELETE FROM event_pair WHERE {these}"
    yield f"INSERT OR IGNORE INTO event_pair SELECT * FROM event_pair_source WHERE {these}"  # two of one country
    yield from (each.added(these) for each in COUNTS)


def rebuild_pairs() -> Iterator[str]:
    """Statements that make the tables anew from all events."""
    yield "DELETE FROM event_pair"
    yield (
        "INSERT OR IGNORE INTO event_pair SELECT * FROM event_pair_source "
        "ORDER BY one, other, status, is_contact, level_order, date_from, date_to, event_id"
    )
    for each in COUNTS:
        yield f"DELETE FROM {each.table}"
        yield f"INSERT INTO {each.table} {each.counted_among('true')}"
