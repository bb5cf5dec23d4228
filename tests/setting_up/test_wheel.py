"""The wheel carries its resources and works outside the checkout, in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import legation
from architecture.source_tree import ROOT

pytestmark = pytest.mark.slow


def _run(command: list[str], cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | settings
    answer = subprocess.run(
        command, cwd=cwd, env=surroundings, capture_output=True, text=True, check=False, timeout=240
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout as it is now, built with what is installed here already."""
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment with the wheel in it; other packages are those of this one."""
    folder = tmp_path_factory.mktemp("with spaces in it") / "an environment"
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder.parent)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    _run([sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)], folder)
    place = _run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).stdout.strip()
    # named by a path file, so that path files inside it, as of the checkout, are not followed
    Path(place, "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


def test_the_wheel_holds_the_package_and_every_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {"legation": ROOT / "desktop" / "legation", "legation/resources": ROOT / "resources"}
    wanted = {
        f"{place}/{path.relative_to(folder).as_posix()}"
        for place, folder in sources.items()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert "legation/resources/icons/legation.svg" in wanted
    assert wanted - names == set()
    assert [name for name in names if name.startswith(("tests", "environment", "run"))] == []


def test_the_version_is_told_by_the_installed_command(installed: Path, tmp_path: Path) -> None:
    answer = _run([str(installed / "legation"), "--version"], tmp_path, LEGATION_HOME=str(tmp_path / "home"))
    assert answer.stdout == f"legation {legation.__version__}\n"


def test_the_package_and_its_resources_are_those_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    question = "import legation, legation.paths; print(legation.__file__); print(legation.paths.resources())"
    package, resources = _run([str(installed / "python"), "-c", question], tmp_path).stdout.splitlines()
    assert Path(package).is_relative_to(installed.parent)
    assert Path(resources) == Path(package).parent / "resources"


@pytest.mark.parametrize(("option", "events"), [([], 0), (["--sample"], 8)], ids=["empty", "sample"])
def test_the_installed_command_makes_a_workspace(
    installed: Path, tmp_path: Path, option: list[str], events: int
) -> None:
    command, home = str(installed / "legation"), str(tmp_path / "home")
    _run([command, "new", "desk.legation", *option], tmp_path, LEGATION_HOME=home)
    assert _run([command, "check", "desk.legation"], tmp_path, LEGATION_HOME=home).stdout == "desk.legation is sound.\n"
    told = json.loads(_run([command, "info", "desk.legation", "--json"], tmp_path, LEGATION_HOME=home).stdout)
    assert told["rows"]["event"] == events
    assert told["rows"]["country"] > 249
