"""What a large step made stale, refreshed by sets before the step closes.

The trigger that closes a step does the same record by record. When it finds nothing stale any more, nothing is left for
it to do; so it stays what holds for every writer, and this is only the quicker way.
"""

from __future__ import annotations

import sqlite3

from legation.storage import derived_pairs, search
from legation.storage.derived import STALE_EVENTS, refresh_event_rows
from legation.storage.derived_sets import refresh_by_sets

MANY = 400  # stale records from which sets are quicker


def refresh_many(connection: sqlite3.Connection) -> None:
    """Make all that is derived of stale records anew, when there are many; inside an open step, at its end."""
    (stale,) = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM stale LIMIT {MANY})").fetchone()
    if stale < MANY:
        return
    (events,) = connection.execute("SELECT count(*) FROM stale WHERE record = 'event'").fetchone()
    if events < MANY:
        rows = list(refresh_event_rows(STALE_EVENTS))
    else:
        rows = []
        refresh_by_sets(connection, "SELECT id FROM stale WHERE record = 'event'", STALE_EVENTS)
    for statement in (*rows, *derived_pairs.refresh_pairs(STALE_EVENTS)):
        connection.execute(statement)
    search.refresh_many(connection)
    connection.execute("DELETE FROM stale")
