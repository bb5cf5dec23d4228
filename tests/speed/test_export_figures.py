"""All events with parties, heads and topics as CSV, beside the `sqlite3` shell that writes the same joined question.

The shell is asked twice: with the joins, as anybody would ask who has only the tables, which is what the ratio is to;
and of `event_row`, where the program keeps the answers to the joins. In the normal run each is written once in a small
workspace; all have as many rows, and the two of the shell the same ones. For figures:
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
ORDER = "ORDER BY e.date IS NULL, e.date_from DESC, e.date_to DESC, e.start_time DESC, e.id DESC"
KEPT = f"""SELECT e.date, e.date_text, e.kind, e.title, r.parties, r.party_names, r.heads, r.head_ids, r.topics,
    r.topic_codes, e.city, c.name, e.country, r.level, e.status
    FROM event e JOIN event_row r ON r.event_id = e.id LEFT JOIN country c ON c.code = e.country {ORDER}"""
PARTY = "coalesce(d.country || coalesce(' (' || coalesce(o.acronym, o.name) || ')', ''), o.acronym, o.name)"
PARTY_NAME = "coalesce(n.name || coalesce(' (' || o.name || ')', ''), o.name)"
PARTIES = """(SELECT group_concat(it, ' · ') FROM (SELECT {} AS it FROM delegation d
    LEFT JOIN organisation o ON o.id = d.organisation_id LEFT JOIN country n ON n.code = d.country
    WHERE d.event_id = e.id ORDER BY d.id))"""
HEADS = """(SELECT group_concat(it, ' · ') FROM (SELECT {} AS it FROM delegate g JOIN person p ON p.id = g.person_id
    WHERE g.event_id = e.id AND g.role = 'head' ORDER BY g.delegation_id))"""
TOPICS = """(SELECT group_concat(it, ' · ') FROM (SELECT {} AS it FROM agenda_item i JOIN topic t ON t.code = i.topic
    WHERE i.event_id = e.id GROUP BY t.code ORDER BY min(i.seq), t.code))"""
JOINED = f"""SELECT e.date, e.date_text, e.kind, e.title, {PARTIES.format(PARTY)}, {PARTIES.format(PARTY_NAME)},
    {HEADS.format("p.name")}, {HEADS.format("p.id")}, {TOPICS.format("t.name")}, {TOPICS.format("t.code")},
    e.city, c.name, e.country, r.level, e.status
    FROM event e JOIN event_row r ON r.event_id = e.id LEFT JOIN country c ON c.code = e.country {ORDER}"""
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
@pytest.mark.parametrize("asked", ["with the joins", "of event_row"])
def test_shell(benchmark: BenchmarkFixture, tmp_path: Path, large: Path, event_count: int, asked: str) -> None:
    benchmark.extra_info |= {"by": f"shell, {asked}", "is_raw": asked == "with the joins"}
    output, used = tmp_path / "shell.csv", list[float]()
    statement = JOINED if asked == "with the joins" else KEPT

    def write() -> None:
        with output.open("wb") as file, processor_time(used):
            subprocess.run([str(SHELL), "-readonly", "-csv", "-header", str(large), statement], stdout=file, check=True)

    benchmark.pedantic(write, rounds=3, warmup_rounds=1)
    assert _rows(output) == event_count + 1
    benchmark.extra_info["noted"] = {f"{GROUP}, {asked}": {"processor, s": min(used)}}


@pytest.mark.skipif(SHELL is None, reason="the sqlite3 shell is not there")
def test_the_joins_give_what_is_kept(large: Path) -> None:
    shell = [str(SHELL), "-readonly", "-csv", str(large)]
    asked = (f"{each} LIMIT 500" for each in (JOINED, KEPT))
    joined, kept = (subprocess.run([*shell, each], capture_output=True, check=True).stdout for each in asked)
    assert joined == kept and joined.count(b"\n") >= 500
