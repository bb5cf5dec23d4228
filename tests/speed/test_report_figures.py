"""What a report costs from the workspace to the file, beside the `sqlite3` shell that writes the same facts as CSV.

In the normal run each report is made once in a small workspace and has as many rows as the shell gives. For figures:
`python tests/speed/figures.py --only report`.
"""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from legation.documents.to_csv import document_csv
from legation.reports.catalogue import report_named
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database

SHELL = shutil.which("sqlite3")
CONTACTS = """SELECT e.id FROM event e JOIN event_kind k ON k.code = e.kind
    WHERE k.class = 'C' AND e.status = 'held'"""
CAPACITY = """(SELECT group_concat(t.title || ', ' || o.name, '; ') FROM capacity c
    JOIN appointment a ON a.id = c.appointment_id JOIN post t ON t.id = a.post_id
    JOIN organisation o ON o.id = t.organisation_id WHERE c.delegate_id = {})"""
SOURCES = "(SELECT group_concat(DISTINCT k.source_id) FROM citation k WHERE k.event_id = e.id)"
RAW = {
    "who-met-whom": f"""WITH speaker AS (
            SELECT g.event_id, g.delegation_id, 'person ' || g.person_id AS who, p.name, g.id AS delegate
            FROM delegate g JOIN person p ON p.id = g.person_id
            UNION ALL SELECT d.event_id, d.id, 'party ' || coalesce(d.country, '') || coalesce(d.organisation_id, ''),
                coalesce(o.name, c.demonym) || ' delegation (unnamed)', NULL
            FROM delegation d LEFT JOIN organisation o ON o.id = d.organisation_id
            LEFT JOIN country c ON c.code = d.country
            WHERE NOT EXISTS (SELECT 1 FROM delegate g WHERE g.delegation_id = d.id))
        SELECT m.name, {CAPACITY.format("m.delegate")}, n.name, {CAPACITY.format("n.delegate")}, count(*),
            min(e.date), max(e.date), e.title, {SOURCES}
        FROM event e JOIN speaker m ON m.event_id = e.id JOIN speaker n ON n.event_id = e.id
        WHERE m.delegation_id < n.delegation_id AND e.id IN ({CONTACTS})
        GROUP BY min(m.who, n.who), max(m.who, n.who) ORDER BY count(*) DESC, max(e.date_to) DESC""",
    "participation": f"""SELECT e.id, e.date, e.kind, e.status, e.title, e.city, r.level, c.name, d.country, o.name,
            d.role, d.attendance, p.name, g.role, {CAPACITY.format("g.id")}, g.stated_as, {SOURCES}
        FROM event e JOIN event_row r ON r.event_id = e.id JOIN delegation d ON d.event_id = e.id
        LEFT JOIN country c ON c.code = d.country LEFT JOIN organisation o ON o.id = d.organisation_id
        LEFT JOIN delegate g ON g.delegation_id = d.id LEFT JOIN person p ON p.id = g.person_id
        WHERE e.id IN ({CONTACTS}) ORDER BY e.date IS NULL, e.date_from, e.date_to, e.start_time, e.id, d.id""",
}


@pytest.fixture
def reported(large: Path) -> Path:
    """The large workspace."""
    return large


def _written(path: Path, grain: str) -> tuple[int, int]:
    """How many rows the report has, and how many bytes as CSV."""
    report = report_named("who-met-whom")
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        document = make(path, reader, Request(report, new_options(report), grain=grain))
    assert document.about is not None
    return document.about.rows, len(document_csv(document))


def _shell(path: Path, sql: str) -> bytes:
    assert SHELL is not None
    return subprocess.run([SHELL, "-readonly", "-csv", str(path), sql], capture_output=True, check=True).stdout


@pytest.mark.parametrize("grain", ["", "participation"])
def test_report(benchmark: BenchmarkFixture, reported: Path, grain: str) -> None:
    benchmark.group = f"reports: {grain or 'who-met-whom'} as CSV"
    rows, size = benchmark.pedantic(lambda: _written(reported, grain), rounds=3, warmup_rounds=1)
    assert rows > 0 and size > 100 * rows


@pytest.mark.skipif(SHELL is None, reason="the sqlite3 shell is not installed")
@pytest.mark.parametrize("grain", ["", "participation"])
def test_raw_shell(benchmark: BenchmarkFixture, reported: Path, grain: str) -> None:
    name = grain or "who-met-whom"
    benchmark.group = f"reports: {name} as CSV"
    benchmark.extra_info["by"] = "sqlite3 shell"
    benchmark.extra_info["is_raw"] = True
    written = benchmark.pedantic(lambda: _shell(reported, RAW[name]), rounds=3, warmup_rounds=1)
    assert written.count(b"\n") == _written(reported, grain)[0]
