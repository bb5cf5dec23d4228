"""What a report costs from the workspace to the file, beside the `sqlite3` shell that writes the same facts as CSV.

In the normal run each report is made once in a small workspace and has as many rows as the shell gives. For figures:
`python tests/speed/figures.py --only report`.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from legation.documents.document import Document
from legation.documents.to_csv import document_csv
from legation.documents.to_xlsx import day_number, to_xlsx
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


GROUP_OF_SHEETS = "reports: who-met-whom as XLSX"


@pytest.fixture(scope="module")
def met(large: Path) -> Document:
    """Who met whom, made but not written."""
    report = report_named("who-met-whom")
    with closing(Database(large)) as database, closing(database.reader()) as reader:
        return make(large, reader, Request(report, new_options(report)))


def _sheet(rows: list[tuple[int | str, ...]]) -> bytes:
    """Rows as a workbook, written by the library alone, its cells of the same kinds."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for top, row in enumerate(rows):
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(top, at, cell)
            elif cell:
                sheet.write_string(top, at, cell)
    book.close()
    return made.getvalue()


def test_xlsx(benchmark: BenchmarkFixture, met: Document) -> None:
    benchmark.group = GROUP_OF_SHEETS
    made = benchmark.pedantic(lambda: to_xlsx(met), rounds=3, warmup_rounds=1)
    assert _sheet_rows(made) == met.tables[0].count + 1


def test_raw_xlsxwriter(benchmark: BenchmarkFixture, met: Document) -> None:
    benchmark.group = GROUP_OF_SHEETS
    benchmark.extra_info["by"] = "xlsxwriter alone"
    dates = {at for at, column in enumerate(met.tables[0].columns) if column.kind == "date"}
    rows: list[tuple[int | str, ...]] = [tuple(column.label for column in met.tables[0].columns)]
    for row in met.tables[0].rows():
        days = (day_number(str(cell.value)) if at in dates else cell.value for at, cell in enumerate(row.cells))
        rows.append(tuple(cell.shown if day is None else day for day, cell in zip(days, row.cells, strict=True)))
    made = benchmark.pedantic(lambda: _sheet(rows), rounds=3, warmup_rounds=1)
    assert _sheet_rows(made) == met.tables[0].count + 1


def _sheet_rows(made: bytes) -> int:
    """How many rows the first sheet of a workbook has."""
    calamine = pytest.importorskip("python_calamine")
    return len(calamine.CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python())


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
