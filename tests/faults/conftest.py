"""Places where things go wrong: a small disk, and a folder that another user may enter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from legation.storage import connection

MEGABYTE = 1024**2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB of its own; skips where none can be mounted."""
    if sys.platform != "linux" or os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root on Linux mounts a small disk")
    point = tmp_path / "small disk"
    point.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(point)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.strip()}")
    try:
        yield point
    finally:
        subprocess.run(["umount", "--lazy", str(point)], check=True)


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
