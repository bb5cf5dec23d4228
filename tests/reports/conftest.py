"""Workspaces of many events, made once for all tests of reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.storage.database import Database
from speed.make_workspace import make

FEW, MANY = 150, 2500


@pytest.fixture(scope="session")
def _generated(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("generated")
    paths = {count: folder / f"{count}.legation" for count in (FEW, MANY)}
    for count, path in paths.items():
        make(path, count)
    return paths


@pytest.fixture
def few_events(_generated: dict[int, Path]) -> Iterator[Database]:
    """The open workspace of a few events, which nobody writes in."""
    opened = Database(_generated[FEW])
    yield opened
    opened.close()


@pytest.fixture
def many_events(_generated: dict[int, Path]) -> Iterator[Database]:
    """The open workspace of some thousand events, which nobody writes in."""
    opened = Database(_generated[MANY])
    yield opened
    opened.close()
