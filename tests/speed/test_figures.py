"""What the program adds to SQLite: a step with its log, a list, a page and a word, each beside raw SQLite.

In the normal run each question is asked once in a small workspace, and its answer is compared with the raw one. For
figures: `python tests/speed/figures.py`. The number of events is taken from LEGATION_SPEED_EVENTS. Nothing here depends
on time.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import insert

from legation.fields.draft import new_draft
from legation.fields.folding import fold
from legation.records.catalogue import record_type, table_named
from legation.storage import schema
from legation.storage.connection import connect_for_writing
from legation.storage.database import Database
from legation.storage.pages import columns_of, page
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader
from legation.storage.saving import save
from legation.storage.suggesting import suggest

EVENT = record_type("event")
PAGE = 200
WORD = "energy"
DAY = "2025-01-27"
ORDER = "ORDER BY e.date IS NULL, e.date_from DESC, e.date_to DESC, e.start_time DESC, e.id DESC"
RAW_IDS = f"SELECT e.id FROM event e {ORDER}"
RAW_BY_PARTIES = (
    "SELECT e.id FROM event e LEFT JOIN event_row r ON r.event_id = e.id ORDER BY r.parties IS NULL, r.parties, e.id"
)
RAW_PAGE = f"""SELECT e.id, e.date, e.date_text, e.kind, e.title, r.parties, r.party_names, r.heads, r.head_ids, e.city,
    c.name, r.level, e.status FROM event e LEFT JOIN event_row r ON r.event_id = e.id
    LEFT JOIN country c ON c.code = e.country WHERE e.id IN (SELECT e.id FROM event e {ORDER} LIMIT {PAGE}) {ORDER}"""
RAW_WORD = f"""SELECT e.id FROM event e WHERE e.id IN
    (SELECT rowid / 16 FROM search WHERE search MATCH '"{WORD}"' AND rowid % 16 = 5)
    ORDER BY e.id IN (SELECT rowid / 16 FROM search WHERE search MATCH '{{name}} : "{WORD}"' AND rowid % 16 = 5) DESC,
    {ORDER.removeprefix("ORDER BY")}"""
RAW_EVENT = """INSERT INTO event(uid, kind, title, status, date, date_from, date_to, country, city, mode)
    VALUES (?, 'meeting', ?, 'held', ?, ?, ?, 'JPN', 'Tokyo', 'in_person')"""
RAW_SIDE = "INSERT INTO delegation(event_id, country, role, attendance) VALUES (?, ?, ?, 'attended')"


@pytest.fixture(scope="module")
def written(large: Path) -> Iterator[Database]:
    """A copy of the large workspace, to write in."""
    database = Database(Path(shutil.copy(large, large.with_name("written.legation"))))
    yield database
    database.close()


@pytest.fixture(scope="module")
def bare(large: Path) -> Iterator[sqlite3.Connection]:
    """The same tables and indexes on a plain connection, without a trigger."""
    path = Path(shutil.copy(large, large.with_name("bare.legation")))
    with closing(connect_for_writing(path)) as connection:
        schema.drop_views_and_triggers(connection)
        yield connection


def _event_count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


@pytest.mark.benchmark(group="add an event with two parties")
def test_step_with_a_draft(benchmark: BenchmarkFixture, written: Database) -> None:
    numbers = itertools.count(1)

    def add() -> int:
        values = {"date": DAY, "kind": "meeting", "title": f"Meeting {next(numbers)}", "country": "JPN"}
        draft = new_draft(EVENT, city="Tokyo", **values)
        for country, role in (("JPN", "host"), ("TKM", "guest")):
            draft.lines.setdefault("delegations", []).append(
                new_draft(record_type("delegation"), country=country, role=role)
            )
        return written.write("Add event", lambda session: save(session, draft)).changes

    assert benchmark.pedantic(add, rounds=200, warmup_rounds=5) == 3


@pytest.mark.benchmark(group="add an event with two parties")
def test_step_with_plain_rows(benchmark: BenchmarkFixture, written: Database) -> None:
    event, side = table_named("event"), table_named("delegation")

    def add() -> int:
        with written.step("Add event") as session:
            values = {"kind": "meeting", "title": "Meeting", "status": "held", "mode": "in_person", "country": "JPN"}
            dates = {"date": DAY, "date_from": DAY, "date_to": DAY, "city": "Tokyo", "uid": str(uuid.uuid4())}
            made = session.execute(insert(event).values(**values, **dates))
            id = made.inserted_primary_key[0]  # type: ignore[attr-defined]
            for country, role in (("JPN", "host"), ("TKM", "guest")):
                session.execute(insert(side).values(event_id=id, country=country, role=role, attendance="attended"))
        return written.steps.last.changes

    assert benchmark.pedantic(add, rounds=200, warmup_rounds=5) == 3


@pytest.mark.benchmark(group="add an event with two parties")
def test_raw_rows(benchmark: BenchmarkFixture, bare: sqlite3.Connection) -> None:
    before = _event_count(bare)

    def add() -> None:
        bare.execute("BEGIN IMMEDIATE")
        id = bare.execute(RAW_EVENT, (str(uuid.uuid4()), "Meeting", DAY, DAY, DAY)).lastrowid
        bare.execute(RAW_SIDE, (id, "JPN", "host"))
        bare.execute(RAW_SIDE, (id, "TKM", "guest"))
        bare.execute("COMMIT")

    benchmark.pedantic(add, rounds=200, warmup_rounds=5)
    assert _event_count(bare) > before


QUESTIONS = {
    "all ids in the default order": (Query("event"), RAW_IDS),
    "all ids by parties": (Query("event", order=("parties",)), RAW_BY_PARTIES),
    "ids of one word": (Query("event", words=WORD), RAW_WORD),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_ids(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection, name: str) -> None:
    query, sql = QUESTIONS[name]
    benchmark.group = name
    found = benchmark.pedantic(ids, (reader, query), rounds=15, warmup_rounds=2)
    assert found
    assert found == [row[0] for row in raw.execute(sql)]


@pytest.mark.parametrize("name", QUESTIONS)
def test_raw_ids(benchmark: BenchmarkFixture, raw: sqlite3.Connection, name: str) -> None:
    sql = QUESTIONS[name][1]
    benchmark.group = name
    found = benchmark.pedantic(lambda: [row[0] for row in raw.execute(sql)], rounds=15, warmup_rounds=2)
    assert found


@pytest.mark.benchmark(group="first page of 200 rows")
def test_first_page(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    columns = columns_of(EVENT)
    rows = benchmark.pedantic(
        lambda: page(reader, EVENT, columns, ids(reader, Query("event"), PAGE)), rounds=30, warmup_rounds=2
    )
    assert [row.id for row in rows] == [row[0] for row in raw.execute(RAW_PAGE)]


@pytest.mark.benchmark(group="first page of 200 rows")
def test_raw_first_page(benchmark: BenchmarkFixture, raw: sqlite3.Connection, event_count: int) -> None:
    rows = benchmark.pedantic(lambda: raw.execute(RAW_PAGE).fetchall(), rounds=30, warmup_rounds=2)
    assert len(rows) == min(PAGE, event_count)


SOUGHT: dict[str, Callable[[str], str]] = {  # what is typed to find an official, made from a name that is there
    "officials by one letter": lambda name: name[:1],
    "officials by a family name": lambda name: name.split()[-1],
    "officials by both names, turned": lambda name: " ".join(reversed(name.split())),
    "officials by a near spelling": lambda name: name.replace("i", "ii").replace("o", "oo"),
}
RAW_SOUGHT = """SELECT p.id, p.name FROM search s JOIN person p ON p.id = s.rowid / 16
    WHERE search MATCH ? AND s.rowid % 16 = 3 LIMIT 12"""


@pytest.fixture
def known(raw: sqlite3.Connection) -> str:
    """The name of an official of the large workspace."""
    return str(raw.execute("SELECT name FROM person WHERE name LIKE '%i%o%' ORDER BY id DESC LIMIT 1").fetchone()[0])


@pytest.mark.parametrize("name", SOUGHT)
def test_suggest(benchmark: BenchmarkFixture, reader: Reader, known: str, name: str) -> None:
    benchmark.group = name
    typed = SOUGHT[name](known)
    found = benchmark.pedantic(lambda: suggest(reader, "person", typed), rounds=30, warmup_rounds=2)
    assert found


@pytest.mark.parametrize("name", SOUGHT)
def test_raw_suggest(benchmark: BenchmarkFixture, raw: sqlite3.Connection, known: str, name: str) -> None:
    benchmark.group = name
    typed = known if "near" in name else SOUGHT[name](known)  # SQLite knows no near spellings
    terms = " ".join(f'"{word}"*' for word in fold(typed).split())
    found = benchmark.pedantic(lambda: raw.execute(RAW_SOUGHT, (terms,)).fetchall(), rounds=30, warmup_rounds=2)
    assert found
