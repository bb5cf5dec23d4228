"""Start to first rows: the program's process beside one with a bare window, on the sample and on many events.

In the normal run each is started once and must paint its rows. For figures: `python tests/speed/figures.py`. Nothing
here depends on time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from architecture.source_tree import ROOT

PROGRAM = ROOT / "tests" / "speed" / "start.py"
WORKSPACES = {"sample": "start to first rows, the sample", "large": "start to first rows, large"}


@pytest.mark.parametrize("workspace", WORKSPACES)
@pytest.mark.parametrize("window", ["legation", "bare"])
def test_start(
    benchmark: BenchmarkFixture, request: pytest.FixtureRequest, tmp_path: Path, workspace: str, window: str
) -> None:
    benchmark.group = WORKSPACES[workspace]
    benchmark.extra_info.update({"by": "bare window", "is_raw": True} if window == "bare" else {"by": "Legation"})
    command = [sys.executable, "-P", str(PROGRAM), window, str(request.getfixturevalue(workspace))]
    own = {"LEGATION_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "desktop")}
    own |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path)}  # as an installed program has it
    given = {"env": {**os.environ, **own}, "capture_output": True, "text": True, "check": False, "timeout": 120}
    answer = benchmark.pedantic(subprocess.run, [command], given, rounds=9, warmup_rounds=1)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "painted\n"
