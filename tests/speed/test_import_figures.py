"""What an import costs: a table of visits read, understood, checked and written as one step with its log and its index,
beside plain inserts of the very same rows into the same tables without triggers.

In the normal run each is done once with a small table. The number of visits is taken from LEGATION_SPEED_EVENTS, but no
more than MOST. Nothing here depends on time.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from imports.text_tables import planned, table
from legation.imports.applying import apply
from legation.imports.planning import Plan
from legation.imports.source_tables import SourceTable
from legation.storage import schema
from legation.storage.bulk import ORDER
from legation.storage.change_log import column_names
from legation.storage.connection import connect_for_writing
from legation.storage.database import Database

MOST = 5000
COUNTRIES = ("Japan", "Turkmenistan", "Kazakhstan", "France", "Chile", "Kenya", "India", "Canada", "Norway", "Egypt")
GIVEN = ("Ana", "Bekzod", "Chiara", "David", "Elena", "Farid", "Gulnara", "Hiroshi", "Ingrid", "Jorge", "Katarina")
SYLLABLES = ("ba", "ke", "di", "fo", "gu", "ha", "jo", "li", "mu", "ne", "pa", "ro", "si", "tu", "vo", "wa", "ze")
TITLES = ("President", "Prime Minister", "Foreign Minister", "King")


@pytest.fixture(scope="module")
def visits(event_count: int) -> SourceTable:
    """A table of visits, each with a visitor, a country and running text."""
    lines = ["id,start_date,end_date,visitor,country,description"]
    for n in range(min(event_count, MOST)):
        person = n * 7919 % 1500  # each comes twice or more
        family = "".join(SYLLABLES[person // 17**place % 17 if place < 3 else person % 13] for place in (2, 1, 0, 3))
        who = f"{TITLES[person % 4]} {GIVEN[person % 11]} {family.title()}"
        day = f"{1960 + n % 60}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        lines.append(
            f'{n},{day},{day},{who},{COUNTRIES[person % 10]},"Working visit; met in New York City. Number {n}."'
        )
    return table("\n".join(lines), "us-visits.csv")


@pytest.fixture(scope="module")
def plan(visits: SourceTable, fresh: Iterator[Path]) -> Plan:
    """What importing the table would do."""
    with closing(Database(next(fresh))) as database:
        return planned(database, visits)


@pytest.fixture(scope="module")
def fresh(_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Workspaces with the reference data, a new one each time."""
    folder = tmp_path_factory.mktemp("fresh")
    return (Path(shutil.copy(_templates / "empty.legation", folder / f"{number}.legation")) for number in count())


def _insert_all(connection: sqlite3.Connection, plan: Plan) -> int:
    """Insert the rows of a plan by plain SQL in one transaction; how many."""
    connection.execute("BEGIN IMMEDIATE")
    for name in ORDER:
        columns = column_names(name)
        marks = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{name}"({", ".join(columns)}) VALUES ({marks})', plan.bulk.rows[name])
    connection.execute("COMMIT")
    return sum(len(plan.bulk.rows[name]) for name in ORDER)


def _bare(path: Path) -> sqlite3.Connection:
    connection = connect_for_writing(path)
    schema.drop_views_and_triggers(connection)
    return connection


@pytest.mark.benchmark(group="import: rows of a plan written")
def test_apply(benchmark: BenchmarkFixture, plan: Plan, fresh: Iterator[Path]) -> None:
    def written(database: Database) -> int:
        with closing(database):
            return apply(database, plan).changes

    changes = benchmark.pedantic(written, setup=lambda: ((Database(next(fresh)),), {}), rounds=3)
    assert changes == len(plan.bulk) and changes > 5 * len(plan.rows)
    benchmark.extra_info["by"] = f"Legation, {changes:,} rows"


@pytest.mark.benchmark(group="import: rows of a plan written")
def test_raw_inserts(benchmark: BenchmarkFixture, plan: Plan, fresh: Iterator[Path]) -> None:
    plan.bulk.finish()

    def written(connection: sqlite3.Connection) -> int:
        with closing(connection):
            return _insert_all(connection, plan)

    assert benchmark.pedantic(written, setup=lambda: ((_bare(next(fresh)),), {}), rounds=3) == len(plan.bulk)


@pytest.mark.benchmark(group="import: a table from start to end")
def test_whole_import(benchmark: BenchmarkFixture, visits: SourceTable, fresh: Iterator[Path]) -> None:
    def done(database: Database) -> int:
        with closing(database):
            made = planned(database, visits)
            return apply(database, made).changes and len(made.rows)

    rows = benchmark.pedantic(done, setup=lambda: ((Database(next(fresh)),), {}), rounds=2)
    assert rows == sum(1 for _row in visits.rows())


@pytest.mark.benchmark(group="import: a table from start to end")
def test_raw_whole(benchmark: BenchmarkFixture, plan: Plan, visits: SourceTable, fresh: Iterator[Path]) -> None:
    plan.bulk.finish()

    def done(connection: sqlite3.Connection) -> int:
        with closing(connection):
            read = sum(1 for _row in visits.rows())
            return _insert_all(connection, plan) and read

    rows = benchmark.pedantic(done, setup=lambda: ((_bare(next(fresh)),), {}), rounds=2)
    assert rows == len(plan.rows)


@pytest.mark.benchmark(group="import: the same table once more")
def test_again(benchmark: BenchmarkFixture, plan: Plan, visits: SourceTable, fresh: Iterator[Path]) -> None:
    with closing(Database(next(fresh))) as database:
        apply(database, plan)
        again = benchmark.pedantic(lambda: planned(database, visits), rounds=2)
    assert not again.changes_something


@pytest.mark.benchmark(group="import: the same table once more")
def test_raw_again(benchmark: BenchmarkFixture, plan: Plan, visits: SourceTable, fresh: Iterator[Path]) -> None:
    with closing(_bare(next(fresh))) as connection:
        plan.bulk.finish()
        _insert_all(connection, plan)
        asked = "SELECT record_id FROM import_key WHERE source_file = ? AND source_row = ? AND record = 'event'"

        def found() -> int:
            return sum(
                connection.execute(asked, (visits.file, str(row.cells[0]))).fetchone() is not None
                for row in visits.rows()
            )

        assert benchmark.pedantic(found, rounds=2) == len(plan.rows)
