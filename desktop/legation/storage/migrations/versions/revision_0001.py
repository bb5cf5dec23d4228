"""The first format. A new file is made with the whole schema and stamped with the newest revision."""

from __future__ import annotations

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Nothing comes before the first format, so there is nothing to bring up to it."""
