"""The workspaces that figures are taken of."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from legation.storage.connection import connect_for_reading
from legation.storage.reading import Reader
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


@pytest.fixture
def reader(large: Path) -> Iterator[Reader]:
    """A reader of the large workspace."""
    with closing(Reader(connect_for_reading(large))) as opened:
        yield opened


@pytest.fixture
def raw(large: Path) -> Iterator[sqlite3.Connection]:
    """Plain SQLite on the large workspace, with as much memory for pages as a reader has."""
    with closing(sqlite3.connect(large)) as connection:
        connection.execute("PRAGMA cache_size = -32768")
        yield connection
