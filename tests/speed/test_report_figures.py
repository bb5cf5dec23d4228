"""What a report costs from the workspace to the file, beside the `sqlite3` shell that writes the same facts as CSV.

The shell gets what a report prints of sources and heads as well: each source of an event and of its parties, delegates,
agenda and outcomes in full, with what it cites and what it states otherwise, and each head with the offices acted in.
It is spared the dates and codes in words, the order and numbers of sources, and the digest.

In the normal run each report is made once in a small workspace and has as many rows as the shell gives. For figures:
`python tests/speed/figures.py --only report`.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from architecture.source_tree import ROOT
from legation.documents.document import Document
from legation.documents.to_xlsx import to_xlsx
from legation.documents.xlsx_cells import day_number
from legation.reports.catalogue import report_named
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database
from speed.processor import processor_time

RUN = "import sys; from legation.cli import run; sys.exit(run(sys.argv[1:]))"  # what the command does
SHELL = shutil.which("sqlite3")
CONTACTS = """SELECT e.id FROM event e JOIN event_kind k ON k.code = e.kind
    WHERE k.class = 'C' AND e.status = 'held'"""
CAPACITY = """(SELECT group_concat(t.title || ', ' || o.name, '; ') FROM capacity c
    JOIN appointment a ON a.id = c.appointment_id JOIN post t ON t.id = a.post_id
    JOIN organisation o ON o.id = t.organisation_id WHERE c.delegate_id = {})"""
PROOF = """proof AS MATERIALIZED (SELECT event_id, group_concat(said, ' | ') AS said FROM (
    SELECT DISTINCT k.event_id, coalesce(s.author || ', ', '') || coalesce('“' || s.title || ',” ', '')
        || coalesce(p.name || ', ', '') || coalesce(s.issued, 'n.d.') || coalesce(', ' || s.url, '')
        || coalesce(', archived at ' || s.archive_url, '') || coalesce(', citing ' || coalesce(q.name, f.title), '')
        || '.' || coalesce(' States ' || k.states, '') AS said
    FROM (SELECT event_id, source_id, states FROM citation WHERE event_id IS NOT NULL
        UNION ALL SELECT z.event_id, c.source_id, c.states FROM citation c JOIN delegation z ON z.id = c.delegation_id
        UNION ALL SELECT z.event_id, c.source_id, c.states FROM citation c JOIN delegate z ON z.id = c.delegate_id
        UNION ALL SELECT z.event_id, c.source_id, c.states FROM citation c JOIN agenda_item z ON z.id = c.agenda_item_id
        UNION ALL SELECT z.event_id, c.source_id, c.states FROM citation c JOIN outcome z ON z.id = c.outcome_id) k
    JOIN source s ON s.id = k.source_id LEFT JOIN organisation p ON p.id = s.publisher_id
    LEFT JOIN source f ON f.id = s.derived_from_id LEFT JOIN organisation q ON q.id = f.publisher_id
    ) GROUP BY event_id)"""
SOURCES = "(SELECT said FROM proof WHERE event_id = e.id)"
HEAD = f"""(SELECT group_concat(p.name || coalesce(' (' || {CAPACITY.format("g.id")} || ')', ''), '; ')
    FROM delegate g JOIN person p ON p.id = g.person_id WHERE g.delegation_id = {{}} AND g.role = 'head')"""
RAW = {
    "who-met-whom": f"""WITH {PROOF}, speaker AS (
            SELECT g.event_id, g.delegation_id, 'person ' || g.person_id AS who, p.name, g.id AS delegate
            FROM delegate g JOIN person p ON p.id = g.person_id
            UNION ALL SELECT d.event_id, d.id, 'party ' || coalesce(d.country, '') || coalesce(d.organisation_id, ''),
                coalesce(o.name, c.demonym) || ' delegation (unnamed)', NULL
            FROM delegation d LEFT JOIN organisation o ON o.id = d.organisation_id
            LEFT JOIN country c ON c.code = d.country
            WHERE NOT EXISTS (SELECT 1 FROM delegate g WHERE g.delegation_id = d.id))
        SELECT m.name, {CAPACITY.format("m.delegate")}, n.name, {CAPACITY.format("n.delegate")}, count(*),
            min(e.date), max(e.date), e.title, group_concat(DISTINCT o.said)
        FROM event e LEFT JOIN proof o ON o.event_id = e.id JOIN speaker m ON m.event_id = e.id
            JOIN speaker n ON n.event_id = e.id
        WHERE m.delegation_id < n.delegation_id AND e.id IN ({CONTACTS})
        GROUP BY min(m.who, n.who), max(m.who, n.who) ORDER BY count(*) DESC, max(e.date_to) DESC""",
    "event": f"""WITH {PROOF} SELECT e.id, e.date, e.kind, e.status, e.title, e.city, l.name, r.level, r.party_names,
            (SELECT group_concat({HEAD.format("d.id")}, '; ') FROM delegation d WHERE d.event_id = e.id), r.topics,
            {SOURCES}
        FROM event e JOIN event_row r ON r.event_id = e.id LEFT JOIN country l ON l.code = e.country
        WHERE e.id IN ({CONTACTS}) AND (SELECT count(*) FROM delegation d WHERE d.event_id = e.id) > 1
        ORDER BY e.date IS NULL, e.date_from, e.date_to, e.start_time, e.id""",
    "dyad": f"""WITH {PROOF} SELECT e.id, e.date, e.kind, e.status, e.title, e.city, r.level, c.name, d.country, o.name,
            {HEAD.format("d.id")}, b.name, f.country, q.name, {HEAD.format("f.id")}, {SOURCES}
        FROM event e JOIN event_row r ON r.event_id = e.id JOIN delegation d ON d.event_id = e.id
        JOIN delegation f ON f.event_id = e.id AND f.id > d.id
        LEFT JOIN country c ON c.code = d.country LEFT JOIN organisation o ON o.id = d.organisation_id
        LEFT JOIN country b ON b.code = f.country LEFT JOIN organisation q ON q.id = f.organisation_id
        WHERE e.id IN ({CONTACTS}) ORDER BY e.date IS NULL, e.date_from, e.date_to, e.start_time, e.id, d.id, f.id""",
    "participation": f"""WITH {PROOF} SELECT e.id, e.date, e.kind, e.status, e.title, e.city, r.level, c.name,
            d.country, o.name, d.role, d.attendance, p.name, g.role, {CAPACITY.format("g.id")}, g.stated_as, {SOURCES}
        FROM event e JOIN event_row r ON r.event_id = e.id JOIN delegation d ON d.event_id = e.id
        LEFT JOIN country c ON c.code = d.country LEFT JOIN organisation o ON o.id = d.organisation_id
        LEFT JOIN delegate g ON g.delegation_id = d.id LEFT JOIN person p ON p.id = g.person_id
        WHERE e.id IN ({CONTACTS}) ORDER BY e.date IS NULL, e.date_from, e.date_to, e.start_time, e.id, d.id""",
}


@pytest.fixture(scope="module", params=["", "participation"], ids=["pairs", "participation"])
def met(request: pytest.FixtureRequest, large: Path) -> Document:
    """Who met whom, made but not written: its pairs, or the participations in its events, some hundred thousand."""
    report = report_named("who-met-whom")
    with closing(Database(large)) as database, closing(database.reader()) as reader:
        return make(large, reader, Request(report, new_options(report), grain=request.param))


def _group(document: Document) -> str:
    table = document.tables[0].name
    return f"reports: {'who-met-whom' if table == 'meetings' else table} as XLSX"


def _sheet(rows: list[tuple[int | str, ...]], dates: set[int]) -> bytes:
    """Rows as a workbook, written by the library alone, its cells of the same kinds and looks; `dates` are the columns
    of days."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    words = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
    number, day = (book.add_format({"num_format": each, "valign": "top"}) for each in ("#,##0", "d mmmm yyyy"))
    for top, row in enumerate(rows):
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(top, at, cell, day if at in dates else number)
            elif cell:
                sheet.write_string(top, at, cell, words)
    book.close()
    return made.getvalue()


def test_xlsx(benchmark: BenchmarkFixture, met: Document) -> None:
    benchmark.group = _group(met)
    made = benchmark.pedantic(lambda: to_xlsx(met), rounds=3, warmup_rounds=1)
    assert _sheet_rows(made) == met.tables[0].count + 1


def test_raw_xlsxwriter(benchmark: BenchmarkFixture, met: Document) -> None:
    benchmark.group = _group(met)
    benchmark.extra_info["by"] = "xlsxwriter alone"
    dates = {at for at, column in enumerate(met.tables[0].columns) if column.kind == "date"}
    rows: list[tuple[int | str, ...]] = [tuple(column.label for column in met.tables[0].columns)]
    for row in met.tables[0].rows():
        days = (day_number(str(cell.value)) if at in dates else cell.value for at, cell in enumerate(row.cells))
        rows.append(tuple(cell.shown if day is None else day for day, cell in zip(days, row.cells, strict=True)))
    made = benchmark.pedantic(lambda: _sheet(rows, dates), rounds=3, warmup_rounds=1)
    assert _sheet_rows(made) == met.tables[0].count + 1


def _sheet_rows(made: bytes) -> int:
    """How many rows the first sheet of a workbook has."""
    calamine = pytest.importorskip("python_calamine")
    return len(calamine.CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python())


@pytest.fixture
def reported(large: Path) -> Path:
    """The large workspace."""
    return large


def _rows(path: Path) -> int:
    """How many rows a CSV file has, its headings not counted."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _row in csv.reader(file)) - 1


@pytest.mark.parametrize("grain", ["", "participation", "event", "dyad"])
def test_report(benchmark: BenchmarkFixture, tmp_path: Path, reported: Path, grain: str) -> None:
    benchmark.group = group = f"reports: {grain or 'who-met-whom'} as CSV"
    output, used = tmp_path / "report.csv", list[float]()
    asked = ["--grain", grain] if grain else []
    command = [sys.executable, "-P", "-c", RUN, "report", str(reported), "who-met-whom", *asked, "-o", str(output)]
    own = {"LEGATION_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "desktop")}
    own["PYTHONDONTWRITEBYTECODE"] = ""  # an installed program is compiled once
    given = {"env": {**os.environ, **own}, "capture_output": True, "text": True}

    def write() -> subprocess.CompletedProcess[str]:
        with processor_time(used):
            return subprocess.run(command, check=False, **given)

    answer = benchmark.pedantic(write, rounds=3, warmup_rounds=1)
    assert answer.returncode == 0, answer.stderr
    assert _rows(output) > 0
    benchmark.extra_info["noted"] = {group: {"processor, s": min(used)}}


@pytest.mark.skipif(SHELL is None, reason="the sqlite3 shell is not installed")
@pytest.mark.parametrize("grain", list(RAW))
def test_raw_shell(benchmark: BenchmarkFixture, tmp_path: Path, reported: Path, grain: str) -> None:
    benchmark.group = group = f"reports: {grain} as CSV"
    benchmark.extra_info["by"] = "sqlite3 shell"
    benchmark.extra_info["is_raw"] = True
    output, used = tmp_path / "shell.csv", list[float]()
    command = [str(SHELL), "-readonly", "-csv", "-header", str(reported)]

    def write() -> None:
        with output.open("wb") as file, processor_time(used):
            subprocess.run([*command, RAW[grain]], stdout=file, check=True)

    benchmark.pedantic(write, rounds=3, warmup_rounds=1)
    report = report_named("who-met-whom")
    with closing(Database(reported)) as database, closing(database.reader()) as reader:
        asked = Request(report, new_options(report), grain="" if grain == report.name else grain)
        about = make(reported, reader, asked).about
    assert about is not None and _rows(output) == about.rows
    benchmark.extra_info["noted"] = {group: {"processor, s": min(used)}}
