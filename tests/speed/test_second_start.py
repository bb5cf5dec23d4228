"""What `desktop/run.py` adds to a start once it is set up: the script beside the bare command, in the same run.

For figures: `python tests/speed/figures.py`; the difference of the medians is what the script adds. Nothing here
depends on time.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import environment
from architecture.source_tree import ROOT

COMMANDS = {
    "bare command": [environment.python_inside(), "-P", "-m", "legation", "--version"],
    "desktop/run.py": [sys.executable, str(ROOT / "desktop" / "run.py"), "--version"],
}


@pytest.mark.skipif(not environment.is_complete(""), reason="desktop/run.py was not used to set up this checkout")
@pytest.mark.skipif(importlib.util.find_spec("legation.cli") is None, reason="there is no legation.cli yet")
@pytest.mark.benchmark(group="second start")
@pytest.mark.parametrize("by", COMMANDS)
def test_start(benchmark: BenchmarkFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    benchmark.extra_info.update({"by": by, "is_raw": by == "bare command"})
    monkeypatch.setenv("LEGATION_HOME", str(tmp_path))
    answer = benchmark.pedantic(
        subprocess.run,
        [COMMANDS[by]],
        {"capture_output": True, "text": True, "check": False},
        rounds=9,
        warmup_rounds=1,
    )
    assert answer.returncode == 0, answer.stderr
    assert "0." in answer.stdout
