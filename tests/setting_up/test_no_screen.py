"""The real command where there is no screen: one sentence that names what works without one, and no core dump."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.source_tree import ROOT
from legation.cli import COMMANDS

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has no screen")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.parametrize("arguments", [[], ["desk.legation"]], ids=["no argument", "a workspace"])
@pytest.mark.parametrize("screen", [{}, {"DISPLAY": ":97"}, {"QT_QPA_PLATFORM": "nonsense"}], ids=str)
def test_the_command_without_a_screen_says_a_sentence(
    tmp_path: Path, arguments: list[str], screen: dict[str, str]
) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name not in SCREENS}
    surroundings |= {"PYTHONPATH": str(ROOT / "desktop"), "LEGATION_HOME": str(tmp_path)} | screen
    command = [sys.executable, "-P", "-m", "legation", *arguments]
    answer = subprocess.run(
        command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False, timeout=60
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.count("\n") == 1 and answer.stderr.endswith(".\n")
    assert screen or ", ".join(COMMANDS) in answer.stderr  # with one, it may be a library that is missing
    assert not list(tmp_path.glob("core*"))
