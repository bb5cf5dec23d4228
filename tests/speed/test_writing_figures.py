"""What writing a table costs beside the quickest that is known: the sqlite3 shell for CSV, xlsxwriter alone for Excel.

In the normal run each is done once with few rows, and what is written is compared. For figures:
`python tests/speed/figures.py --only writing`. The number of rows is taken from LEGATION_SPEED_EVENTS.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture

from legation.documents.document import Cell, Column, Document, Group, Note, Row, Table, plain
from legation.documents.formats import FORMATS
from legation.documents.to_csv import read_csv
from legation.documents.writing import write_document

COLUMNS = (
    Column("date", "Date", "date", 18),
    Column("kind", "Kind"),
    Column("title", "Event", width=40),
    Column("people", "People", width=30),
    Column("count", "Topics", "number", 8),
    Column("sources", "Sources", width=10),
)
SHELL = "SELECT date, words, kind, title, people, count, sources FROM meeting ORDER BY id"
CSV, EXCEL = "writing a table as CSV", "writing a table as Excel"


@pytest.fixture(scope="module")
def document(event_count: int) -> Document:
    """A table of as many meetings as the large workspace has events."""
    made = Document("Meetings")
    made.add(Table("meetings", "Meetings", COLUMNS, (Group("", tuple(map(_row, range(event_count)))),)))
    address = "https://www.example.org/news"
    made.notes = [
        Note(
            number,
            plain(f"“Meeting {number},” Ministry of Foreign Affairs, n.d., accessed 3 February 2025, {address}."),
        )
        for number in range(1, 51)
    ]
    return made


def _row(number: int) -> Row:
    day = date(2000 + number % 25, number % 12 + 1, number % 28 + 1)
    cells = (
        Cell(f"{day.day} {day:%B} {day.year}", day.isoformat()),
        Cell("Consultations" if number % 3 else "Working visit"),
        Cell(f"Consultations number {number} of the two ministries, on energy"),
        Cell(f"Official {number % 977}; Official {number % 511}"),
        Cell(str(number % 9), number % 9),
        Cell(notes=(number % 50 + 1,)),
    )
    return Row(f"event:{number}", cells)


@pytest.fixture(scope="module")
def table(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of SQLite with the same cells."""
    path = tmp_path_factory.mktemp("raw") / "meetings.db"
    rows = list(read_csv(FORMATS["csv"].write(document).decode("utf-8")))[1:]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TABLE meeting(id INTEGER PRIMARY KEY, date, words, kind, title, people, count, sources)"
        )
        connection.executemany("INSERT INTO meeting VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    return path


@pytest.fixture
def shell() -> Iterator[str]:
    """The sqlite3 shell; skips where there is none."""
    found = shutil.which("sqlite3")
    if found is None:
        pytest.skip("there is no sqlite3 shell here")
    yield found


@pytest.mark.benchmark(group=CSV)
def test_writing_csv(benchmark: BenchmarkFixture, document: Document, tmp_path: Path, event_count: int) -> None:
    benchmark.extra_info["by"] = "Legation, to the disk"
    path = tmp_path / "meetings.csv"
    benchmark.pedantic(write_document, (document, FORMATS["csv"], path), rounds=7, warmup_rounds=1)
    assert sum(1 for _row in read_csv(path.read_text(encoding="utf-8"))) == event_count + 1


@pytest.mark.benchmark(group=CSV)
def test_raw_writing_csv(
    benchmark: BenchmarkFixture, document: Document, table: Path, shell: str, tmp_path: Path
) -> None:
    benchmark.extra_info["by"] = "the sqlite3 shell"
    path = tmp_path / "raw.csv"

    def ask() -> None:
        with path.open("wb") as file:
            subprocess.run([shell, "-csv", "-header", str(table), SHELL], stdout=file, check=True)

    benchmark.pedantic(ask, rounds=7, warmup_rounds=1)
    raw = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert raw[1:] == list(read_csv(FORMATS["csv"].write(document).decode("utf-8")))[1:]


@pytest.mark.benchmark(group=EXCEL)
def test_writing_excel(benchmark: BenchmarkFixture, document: Document, event_count: int) -> None:
    written = benchmark.pedantic(FORMATS["xlsx"].write, (document,), rounds=3)
    assert _cells(written)[1:3] == _cells(_alone(document))[1:3]
    assert len(_cells(written)) == event_count + 1


@pytest.mark.benchmark(group=EXCEL)
def test_raw_writing_excel(benchmark: BenchmarkFixture, document: Document, event_count: int) -> None:
    benchmark.extra_info["by"] = "xlsxwriter alone"
    written = benchmark.pedantic(_alone, (document,), rounds=3)
    assert len(_cells(written)) == event_count + 1


def _alone(document: Document) -> bytes:
    """The cells of the document, written by nothing but calls of xlsxwriter."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "d mmmm yyyy"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0"})
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.label, words)
    for top, row in enumerate(document.tables[0].rows(), 1):
        when, kind, title, people, count, sources = row.cells
        sheet.write_datetime(top, 0, date.fromisoformat(str(when.value)), day)
        sheet.write_string(top, 1, kind.text, words)
        sheet.write_string(top, 2, title.text, words)
        sheet.write_string(top, 3, people.text, words)
        sheet.write_number(top, 4, count.value, number)
        sheet.write_string(top, 5, sources.shown, words)
    book.close()
    return made.getvalue()


def _cells(written: bytes) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(written), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))
