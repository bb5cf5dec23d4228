"""The workspaces that figures are taken of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from speed.make_workspace import make


@pytest.fixture(scope="session")
def event_count() -> int:
    """How many events the large workspace has: LEGATION_SPEED_EVENTS, few in the normal run."""
    return int(os.environ.get("LEGATION_SPEED_EVENTS", "1000"))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, event_count: int) -> Path:
    """A workspace with the wanted number of events, which nobody writes in."""
    path = tmp_path_factory.mktemp("large") / "large.legation"
    make(path, event_count)
    return path
