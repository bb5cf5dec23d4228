"""An index leads to the events that end on a day or later. A migration renews all indexes once its scripts have run."""

from __future__ import annotations

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """The index is made with all others that are missing."""
