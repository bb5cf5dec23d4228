"""What time it is: the user's local day and the moment in UTC. The only place that asks.

`LEGATION_TODAY`, an ISO date, fixes the day, in this process and those it starts: for tests and for pictures.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta


def today() -> date:
    """The user's local day, or the one that `LEGATION_TODAY` names."""
    fixed = os.environ.get("LEGATION_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now().astimezone().date()


def now() -> str:
    """This moment in UTC, ISO 8601 with milliseconds and Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def end_of(day: date) -> str:
    """The moment in UTC at which a local day is over, in the form of `now`."""
    over = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    return over.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
