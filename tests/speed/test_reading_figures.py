"""What reading a file of text adds to csv.reader: the encoding, the layout, and each row looked at for what is odd.

As in `test_figures.py`: in the normal run once with few rows; the number of rows is that of the events.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from legation.documents.to_csv import csv_lines
from legation.imports.files.opening import open_tables

OPEN, READ = "open a file of a row an event", "read a file of a row an event"
HEADINGS = ["id", "start", "end", "visitor", "country", "description"]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory, event_count: int) -> Path:
    """A file with a row for each event: quoted commas, and a letter beyond ASCII."""
    path = tmp_path_factory.mktemp("reading") / "visits.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(csv_lines([HEADINGS]))
        for start in range(0, event_count, 1000):
            numbers = range(start, min(start + 1000, event_count))
            rows = ([at, "2024-01-02", "2024-01-03", f"Guest É {at}", "JPN", "Met in Tokyo, twice"] for at in numbers)
            file.write(csv_lines(rows))
    return path


@pytest.mark.benchmark(group=READ)
def test_reading_rows(benchmark: BenchmarkFixture, visits: Path, event_count: int) -> None:
    (table,) = open_tables(visits)
    assert benchmark.pedantic(lambda: sum(1 for _row in table.rows()), rounds=3, warmup_rounds=1) == event_count


@pytest.mark.benchmark(group=READ)
def test_raw_reading_rows(benchmark: BenchmarkFixture, visits: Path, event_count: int) -> None:
    benchmark.extra_info["by"] = "csv.reader alone"
    assert benchmark.pedantic(_count, (visits,), rounds=3, warmup_rounds=1) == event_count + 1


@pytest.mark.benchmark(group=OPEN)
def test_opening(benchmark: BenchmarkFixture, visits: Path) -> None:
    (table,) = benchmark.pedantic(open_tables, (visits,), rounds=3, warmup_rounds=1)
    assert table.headings == tuple(HEADINGS)


@pytest.mark.benchmark(group=OPEN)
def test_raw_opening(benchmark: BenchmarkFixture, visits: Path, event_count: int) -> None:
    benchmark.extra_info["by"] = "csv.reader alone"
    assert benchmark.pedantic(_count, (visits,), rounds=3, warmup_rounds=1) == event_count + 1


def _count(path: Path) -> int:
    """How many rows the csv module finds by itself."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _row in csv.reader(file))
