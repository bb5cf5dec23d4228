"""What a large step made stale, refreshed by sets before the step closes.

The trigger that closes a step does the same record by record. When it finds nothing stale any more, nothing is left for
it to do; so it stays what holds for every writer, and this is only the quicker way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from legation.storage import derived_pairs, search
from legation.storage.derived import STALE_EVENTS, refresh_event_rows
from legation.storage.derived_facets import FACET_COUNT
from legation.storage.derived_sets import refresh_by_sets

MANY = 400  # stale records from which sets are quicker


def refresh_many(connection: sqlite3.Connection) -> None:
    """Make all that is derived of stale records anew, when there are many; inside an open step, at its end."""
    (stale,) = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM stale LIMIT {MANY})").fetchone()
    if stale < MANY:
        return
    these = STALE_EVENTS.format(id="event_id")
    connection.execute(FACET_COUNT.taken_off(these))
    (events,) = connection.execute("SELECT count(*) FROM stale WHERE record = 'event'").fetchone()
    if events < MANY:
        _run(connection, refresh_event_rows(STALE_EVENTS))
    else:
        refresh_by_sets(connection, "SELECT id FROM stale WHERE record = 'event'", STALE_EVENTS)
    connection.execute(FACET_COUNT.added(these))
    _run(connection, derived_pairs.refresh_pairs(STALE_EVENTS))
    search.refresh_many(connection)
    connection.execute("DELETE FROM stale")


def _run(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(statement)
