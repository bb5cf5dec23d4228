"""What every test stands on: the user's folders in a temporary place, and workspaces copied from a template."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from legation.storage.database import Database
from legation.storage.reference import new_workspace, reference_folder

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no test needs a screen, and Qt aborts where there is none
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # a busy machine makes no test fail


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    new_workspace(folder / "empty.legation", "Desk").close()
    new_workspace(folder / "sample.legation", "Desk", sample=True).close()
    return folder


@pytest.fixture
def workspace(_templates: Path, tmp_path: Path) -> Path:
    """A workspace with the reference data."""
    return Path(shutil.copy(_templates / "empty.legation", tmp_path / "desk.legation"))


@pytest.fixture
def sample(_templates: Path, tmp_path: Path) -> Path:
    """A workspace with the sample."""
    return Path(shutil.copy(_templates / "sample.legation", tmp_path / "sample.legation"))


@pytest.fixture
def database(workspace: Path) -> Iterator[Database]:
    """The open workspace with the reference data."""
    opened = Database(workspace)
    yield opened
    opened.close()


@pytest.fixture
def sample_database(sample: Path) -> Iterator[Database]:
    """The open sample."""
    opened = Database(sample)
    yield opened
    opened.close()


@pytest.fixture
def later_release(tmp_path: Path) -> Path:
    """A made-up later release of the reference data: another capital of Turkmenistan."""
    later = tmp_path / "later"
    shutil.copytree(reference_folder(), later)
    (later / "release.json").write_text('{"release": 2}')
    countries = (later / "countries.csv").read_text(encoding="utf-8").replace(",Ashgabat,", ",Arkadag,")
    (later / "countries.csv").write_text(countries, encoding="utf-8")
    return later


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
