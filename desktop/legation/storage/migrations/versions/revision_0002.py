"""Events have an index in their default order, newest first and undated ones last.

A migration renews all indexes once its scripts have run, so that this one has nothing else to do.
"""

from __future__ import annotations

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """The index is made with all others that are missing."""
