"""All events with parties, heads and topics as CSV, beside the `sqlite3` shell that writes the same joined question.

In the normal run both are written once in a small workspace and have as many rows. For figures:
`python tests/speed/figures.py --only export`. Nothing here depends on time.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from architecture.source_tree import ROOT
from speed.processor import processor_time

PROGRAM = ROOT / "tests" / "speed" / "export.py"
SHELL = shutil.which("sqlite3")
COLUMNS = "date,kind,title,parties,heads,topics,city,country,derived_level,status"
SAME = """SELECT e.date, e.date_text, e.kind, e.title, r.parties, r.party_names, r.heads, r.head_ids, r.topics,
    r.topic_codes, e.city, c.name, e.country, r.level, e.status
    FROM event e JOIN event_row r ON r.event_id = e.id LEFT JOIN country c ON c.code = e.country
    ORDER BY e.date IS NULL, e.date_from DESC, e.date_to DESC, e.start_time DESC, e.id DESC"""
GROUP = "export: CSV of all events"


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _row in csv.reader(file))


@pytest.mark.benchmark(group=GROUP)
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell how much memory was taken")
def test_export(benchmark: BenchmarkFixture, tmp_path: Path, large: Path, event_count: int) -> None:
    output = tmp_path / "events.csv"
    command = [sys.executable, "-P", str(PROGRAM), str(large), str(output), COLUMNS]
    own = {"LEGATION_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "desktop")}
    given = {"env": {**os.environ, **own}, "capture_output": True, "text": True}
    used: list[float] = []

    def write() -> subprocess.CompletedProcess[str]:
        with processor_time(used):
            return subprocess.run(command, check=False, **given)

    answer = benchmark.pedantic(write, rounds=3, warmup_rounds=1)
    assert answer.returncode == 0, answer.stderr
    assert _rows(output) == event_count + 1
    benchmark.extra_info["noted"] = {GROUP: {"processor, s": min(used), "most memory, MB": float(answer.stdout)}}


@pytest.mark.benchmark(group=GROUP)
@pytest.mark.skipif(SHELL is None, reason="the sqlite3 shell is not there")
def test_raw_export(benchmark: BenchmarkFixture, tmp_path: Path, large: Path, event_count: int) -> None:
    benchmark.extra_info["by"] = "sqlite3 -csv"
    output, used = tmp_path / "shell.csv", list[float]()

    def write() -> None:
        with output.open("wb") as file, processor_time(used):
            subprocess.run([str(SHELL), "-readonly", "-csv", "-header", str(large), SAME], stdout=file, check=True)

    benchmark.pedantic(write, rounds=3, warmup_rounds=1)
    assert _rows(output) == event_count + 1
    benchmark.extra_info["noted"] = {GROUP: {"processor, s": min(used)}}
