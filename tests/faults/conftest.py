"""Places where things go wrong: a small disk, and a folder that another user may enter."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.storage import connection

MEGABYTE = 1024**2


@pytest.fixture
def common_folder() -> Iterator[Path]:
    """A folder that every user may enter and read; pytest's own is open to one user only."""
    folder = Path(tempfile.mkdtemp(prefix="legation-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


another_common_folder = common_folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a fifth of a second for another writer instead of five."""
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 200)
