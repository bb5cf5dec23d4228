"""Pairs of countries have tables of their own: which two were at an event, and at how many.

Both are derived: a migration fills them with all that is derived once its scripts have run.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

EVENT_PAIR = """CREATE TABLE event_pair (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    status TEXT NOT NULL,
    is_contact INTEGER NOT NULL,
    level_order INTEGER NOT NULL,
    date_from TEXT NOT NULL,
    date_to TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    PRIMARY KEY (one, other, status, is_contact, level_order, date_from, date_to, event_id)
) WITHOUT ROWID, STRICT"""
COUNTRY_PAIR = """CREATE TABLE country_pair (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    status TEXT NOT NULL,
    is_contact INTEGER NOT NULL,
    level_order INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (one, other, first_year, last_year, status, is_contact, level_order)
) WITHOUT ROWID, STRICT"""


def upgrade() -> None:
    """Make the two tables."""
    op.execute(EVENT_PAIR)
    op.execute(COUNTRY_PAIR)
