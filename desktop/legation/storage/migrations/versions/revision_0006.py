"""Counts are kept of the events of each country and topic, and of each two countries in all years together.

What is listed of an event has its countries too, and is tied to it by no foreign key, so that a deleted event can still
be taken off; the counts of two countries by years stand by level. All of it is derived: a migration fills the tables
once its scripts have run.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

EVENT_ROW = """CREATE TABLE event_row (
    event_id INTEGER NOT NULL,
    parties TEXT,
    party_names TEXT,
    heads TEXT,
    head_ids TEXT,
    country_codes TEXT,
    topics TEXT,
    topic_codes TEXT,
    level TEXT,
    level_order INTEGER,
    delegations INTEGER NOT NULL,
    delegates INTEGER NOT NULL,
    items INTEGER NOT NULL,
    outcomes INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    PRIMARY KEY (event_id)
) STRICT"""
FACET_COUNT = """CREATE TABLE facet_count (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (facet, value)
) WITHOUT ROWID, STRICT"""
COUNTRY_PAIR = """CREATE TABLE country_pair (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    level_order INTEGER NOT NULL,
    status TEXT NOT NULL,
    is_contact INTEGER NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (one, other, level_order, status, is_contact, first_year, last_year)
) WITHOUT ROWID, STRICT"""
PAIR_TOTAL = """CREATE TABLE pair_total (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    level_order INTEGER NOT NULL,
    status TEXT NOT NULL,
    is_contact INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (one, other, level_order, status, is_contact)
) WITHOUT ROWID, STRICT"""


def upgrade() -> None:
    """Make the tables."""
    for name in ("event_row", "country_pair"):
        op.execute(f"DROP TABLE {name}")
    for each in (EVENT_ROW, FACET_COUNT, COUNTRY_PAIR, PAIR_TOTAL):
        op.execute(each)
