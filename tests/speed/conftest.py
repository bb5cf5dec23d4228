"""The workspaces that figures are taken of."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from speed.make_workspace import make


@pytest.fixture(scope="session")
def event_count() -> int:
    """How many events the large workspace has: LEGATION_SPEED_EVENTS, few in the normal run."""
    if made := os.environ.get("LEGATION_SPEED_FILE"):
        with closing(sqlite3.connect(made)) as connection:
            return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])
    return int(os.environ.get("LEGATION_SPEED_EVENTS", "1000"))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, event_count: int) -> Path:
    """A workspace with the wanted number of events, which nobody writes in: LEGATION_SPEED_FILE, or one made now."""
    if made := os.environ.get("LEGATION_SPEED_FILE"):
        return Path(made)
    path = tmp_path_factory.mktemp("large") / "large.legation"
    make(path, event_count)
    return path
