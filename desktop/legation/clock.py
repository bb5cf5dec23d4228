"""What time it is: the user's local day and the moment in UTC. The only place that asks, so that tests can fix it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The user's local day."""
    return datetime.now().astimezone().date()


def now() -> str:
    """This moment in UTC, ISO 8601 with milliseconds and Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
