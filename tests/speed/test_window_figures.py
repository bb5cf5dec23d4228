"""The window under work: how long its thread stands still and how much memory it takes, beside a bare window.

In the normal run each is watched once in a small workspace and everything must come on screen. For figures:
`python tests/speed/figures.py --only window`. Nothing here depends on time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from architecture.source_tree import ROOT

PROGRAM = ROOT / "tests" / "speed" / "window.py"


@pytest.mark.slow
@pytest.mark.benchmark(group="window under work")
@pytest.mark.parametrize("window", ["legation", "bare"])
def test_window(benchmark: BenchmarkFixture, tmp_path: Path, large: Path, window: str) -> None:
    benchmark.extra_info.update({"by": "bare window", "is_raw": True} if window == "bare" else {"by": "Legation"})
    command = [sys.executable, "-P", str(PROGRAM), window, str(large)]
    own = {"LEGATION_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "desktop")}
    own |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path)}  # as an installed program has it
    given = {"env": {**os.environ, **own}, "capture_output": True, "text": True, "check": False, "timeout": 600}
    answer = benchmark.pedantic(subprocess.run, [command], given, rounds=1)
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert len(found) == (2 if window == "bare" else 34)
    assert all(each["memory"] > 10 for each in found.values())
    benchmark.extra_info["noted"] = found
