"""Indexes lead from a country, topic or official to its events without reading rows, and hold the oldest first.

The index of the newest events carries kind and status along. A migration renews all indexes once its scripts have run.
"""

from __future__ import annotations

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """The indexes are made anew with all others."""
