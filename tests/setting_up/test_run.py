"""`tests/run.py`: which tests the arguments mean, from wherever it is called."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from architecture.source_tree import ROOT


@pytest.fixture
def run() -> ModuleType:
    """The script, loaded as a module."""
    specification = importlib.util.spec_from_file_location("run_of_tests", ROOT / "tests" / "run.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], []),
        (["setting_up"], [str(ROOT / "tests" / "setting_up")]),
        (["-q", "run.py::test_a"], ["-q", str(ROOT / "tests" / "run.py") + "::test_a"]),
        (["-k", "setting_up"], ["-k", "setting_up"]),
        (["tests/setting_up"], ["tests/setting_up"]),
        (["--lf"], ["--lf"]),
    ],
)
def test_paths_are_meant_from_the_current_folder(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, given: list[str], meant: list[str]
) -> None:
    monkeypatch.chdir(ROOT / "tests")
    assert run.with_whole_paths(given) == meant


def test_it_hands_over_to_pytest_in_the_project_s_folder_without_a_screen(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["run.py"])
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(run.environment, "run", lambda *given: calls.append((Path.cwd(), *given)))
    run.main()
    assert calls == [(ROOT, "test", ["-m", "pytest", "-n", "2", "-q"], {"QT_QPA_PLATFORM": "offscreen"})]
