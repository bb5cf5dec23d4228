"""The derived table `facet_count`, kept when a step closes.

What a stale event counted for is told by its old row in `event_row`, which has its countries and topics: it must be
taken off before these rows are made anew, and what the new ones count for is added after.
"""

from __future__ import annotations

from collections.abc import Iterator

from legation.storage.derived_counts import Counts

FACET_COUNT_SOURCE = """CREATE VIEW facet_count_source AS
SELECT 'country' AS facet, country AS value, count(DISTINCT event_id) AS events FROM delegation
    WHERE country IS NOT NULL GROUP BY country
UNION ALL SELECT 'topic', topic, count(DISTINCT event_id) FROM agenda_item GROUP BY topic"""

FACETS = {"country": "country_codes", "topic": "topic_codes"}  # facet: the column of `event_row` with its values


def _values(facet: str, column: str) -> str:
    """SQL that gives each value of a facet once for each of some events that has it."""
    codes = f"json_each('[' || replace(json_quote({column}), ' · ', '\",\"') || ']')"
    return f"SELECT '{facet}' AS facet, value FROM event_row, {codes} WHERE {column} IS NOT NULL AND {{these}}"


FACET_COUNT = Counts(
    "facet_count",
    ("facet", "value"),
    "SELECT facet, value, count(*) AS events FROM "
    f"({' UNION ALL '.join(_values(*each) for each in FACETS.items())}) GROUP BY facet, value",
)


def rebuild_facets() -> Iterator[str]:
    """Statements that make the table anew from all events."""
    yield "DELETE FROM facet_count"
    yield "INSERT INTO facet_count SELECT * FROM facet_count_source"
