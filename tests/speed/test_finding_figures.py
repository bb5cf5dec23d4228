"""What filters cost: the first page of each kind of filter, facets and completions, each beside SQL written by hand.

In the normal run each is asked once in a small workspace, and what it finds is compared with what the SQL finds.
Nothing here depends on time.
"""

from __future__ import annotations

import sqlite3
import time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from legation.storage.facets import facets
from legation.storage.filters.completing import completions
from legation.storage.filters.language import parse_filters
from legation.storage.groups import YEAR, groups
from legation.storage.pages import columns_of, page
from legation.storage.pairs import counts
from legation.storage.queries import Query, beginning, count, ids
from legation.storage.reading import Reader

PAGE = 200
ORDER = "ORDER BY e.date IS NULL, e.date_from DESC, e.date_to DESC, e.start_time DESC, e.id DESC"
PARTY = "EXISTS (SELECT 1 FROM delegation d WHERE d.event_id = e.id AND d.country = '{code}')"
TOPIC = "EXISTS (SELECT 1 FROM agenda_item i WHERE i.event_id = e.id AND i.topic = 'E.power')"
IN_TEXT = "e.id IN (SELECT rowid / 16 FROM search WHERE search MATCH '{where}\"{word}\"*' AND rowid % 16 = 5)"
WORDS = ("energy", "the")
ASKED = {  # filter: the same by hand
    "country:TKM": PARTY.format(code="TKM"),
    "country:TKM+JPN": f"{PARTY.format(code='TKM')} AND {PARTY.format(code='JPN')}",
    "country:TKM+JPN topic:E.power since:2020": f"{PARTY.format(code='TKM')} AND {PARTY.format(code='JPN')} AND {TOPIC}"
    " AND e.date IS NOT NULL AND e.date_to >= '2020-01-01'",
    "kind:conference": "e.kind = 'conference'",
    "status:held kind:meeting,consultations": "e.status = 'held' AND e.kind IN ('meeting', 'consultations')",
    "since:2024": "e.date IS NOT NULL AND e.date_to >= '2024-01-01'",
    "until:1995": "e.date IS NOT NULL AND e.date_from <= '1995-12-31'",
    "city:Tokyo": "e.city = 'Tokyo'",
    "official:ana": "EXISTS (SELECT 1 FROM delegate g WHERE g.event_id = e.id AND +g.person_id IN (SELECT rowid / 16 "
    "FROM search WHERE search MATCH '{name} : (\"ana\"*)' AND rowid % 16 = 3))",
    "rank<=40": "EXISTS (SELECT 1 FROM delegate g JOIN capacity c ON c.delegate_id = g.id JOIN appointment a "
    "ON a.id = c.appointment_id JOIN post p ON p.id = a.post_id WHERE g.event_id = e.id AND p.rank <= 40)",
    **{word: IN_TEXT.format(word=word, where="") for word in WORDS},
}
ORDERED = {
    "title": "e.title",
    "parties": "r.parties",
    "heads": "r.heads",
    "date": "e.date IS NULL, e.date_from",
    "country": "c.name",
    "status": "e.status",
}


def _by_hand(raw: sqlite3.Connection, typed: str) -> list[int]:
    named = IN_TEXT.format(word=typed, where="{name} : ")
    order = ORDER.replace("ORDER BY", f"ORDER BY {named} DESC,") if typed in WORDS else ORDER
    sql = f"SELECT e.id FROM event e WHERE {ASKED[typed]} {order} LIMIT {PAGE}"
    return [row[0] for row in raw.execute(sql)]


@pytest.mark.parametrize("typed", ASKED)
def test_filter(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection, typed: str) -> None:
    benchmark.group = f"first page: {typed[:36]}"
    query = Query("event", parse_filters(typed))
    found = benchmark.pedantic(ids, (reader, query, PAGE), rounds=9, warmup_rounds=1)
    assert found == _by_hand(raw, typed)


@pytest.mark.parametrize("typed", ASKED)
def test_raw_filter(benchmark: BenchmarkFixture, raw: sqlite3.Connection, typed: str) -> None:
    benchmark.group = f"first page: {typed[:36]}"
    assert benchmark.pedantic(_by_hand, (raw, typed), rounds=3, warmup_rounds=1) is not None


@pytest.mark.parametrize("name", ORDERED)
def test_order(benchmark: BenchmarkFixture, reader: Reader, event_count: int, name: str) -> None:
    benchmark.group = f"first page sorted by {name}"
    query = Query("event", order=(name,))
    assert len(benchmark.pedantic(ids, (reader, query, PAGE), rounds=9, warmup_rounds=1)) == min(PAGE, event_count)


@pytest.mark.parametrize("name", ORDERED)
def test_raw_order(benchmark: BenchmarkFixture, raw: sqlite3.Connection, event_count: int, name: str) -> None:
    benchmark.group = f"first page sorted by {name}"
    country = "LEFT JOIN country c ON c.code = e.country" if name == "country" else ""
    rows = f"event e JOIN event_row r ON r.event_id = e.id {country}"
    sql = f"SELECT e.id FROM {rows} ORDER BY {ORDERED[name]} LIMIT {PAGE}"
    found = benchmark.pedantic(lambda: raw.execute(sql).fetchall(), rounds=5, warmup_rounds=1)
    assert len(found) == min(PAGE, event_count)


INSIDE = {"country:TKM": PARTY.format(code="TKM"), "since:2024": ASKED["since:2024"]}


@pytest.mark.parametrize("name", ["country", "title"])
@pytest.mark.parametrize("typed", INSIDE)
def test_order_inside_a_filter(
    benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection, typed: str, name: str
) -> None:
    benchmark.group = f"first page: {typed}, by {name}"
    query = Query("event", parse_filters(typed), order=(name,))
    found = benchmark.pedantic(ids, (reader, query, PAGE), rounds=9, warmup_rounds=1)
    assert found == _ordered_by_hand(raw, typed, name)


@pytest.mark.parametrize("name", ["country", "title"])
@pytest.mark.parametrize("typed", INSIDE)
def test_raw_order_inside_a_filter(benchmark: BenchmarkFixture, raw: sqlite3.Connection, typed: str, name: str) -> None:
    benchmark.group = f"first page: {typed}, by {name}"
    assert benchmark.pedantic(_ordered_by_hand, (raw, typed, name), rounds=3, warmup_rounds=1) is not None


def _ordered_by_hand(raw: sqlite3.Connection, typed: str, name: str) -> list[int]:
    country = "LEFT JOIN country c ON c.code = e.country" if name == "country" else ""
    order = f"{ORDERED[name]} IS NULL, {ORDERED[name]}, e.id"
    sql = f"SELECT e.id FROM event e {country} WHERE {INSIDE[typed]} ORDER BY {order} LIMIT {PAGE}"
    return [row[0] for row in raw.execute(sql)]


TYPED = ("the", "energy", "minister", "turkmenistan", "japan", "bilateral relations", "tokyo", "consultations", "visas")


@pytest.mark.benchmark(group="a key typed in search to rows")
def test_keystrokes(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    """Each letter of some words and names, with the rows that come on screen; the 95th percentile is noted."""
    benchmark.extra_info |= {"is_raw": True, "by": "Legation"}  # there is nothing to compare it with
    names = [row[0] for row in raw.execute("SELECT name FROM person ORDER BY id DESC LIMIT 5")]
    letters = [word[:end].lower() for word in (*TYPED, *names) for end in range(1, len(word) + 1)]
    letters = [each for each in letters if each.split()[-1] != "or"]  # which is no word of the language
    columns = columns_of(Query("event").record_type)
    took: list[tuple[float, float]] = []

    def type_all() -> int:
        shown = 0
        for typed in letters:
            begun, worked = time.perf_counter(), time.process_time()
            first, _all = beginning(reader, Query("event", parse_filters(typed)), PAGE)
            shown += len(page(reader, Query("event").record_type, columns, first))
            took.append((time.perf_counter() - begun, time.process_time() - worked))
        return shown

    assert benchmark.pedantic(type_all, rounds=2) > 0
    late = [sorted(each)[int(len(each) * 0.95)] * 1000 for each in zip(*took, strict=True)]
    benchmark.extra_info["noted"] = {"95th percentile of a key": {"milliseconds": late[0], "of work": late[1]}}


RAW_FACETS = (
    "SELECT country, count(DISTINCT event_id) FROM delegation GROUP BY country",
    "SELECT kind, count(*) FROM event GROUP BY kind",
    "SELECT substr(date_from, 1, 4), count(*) FROM event GROUP BY 1",
    "SELECT topic, count(DISTINCT event_id) FROM agenda_item GROUP BY topic",
    "SELECT level_order, count(*) FROM event_row GROUP BY level_order",
    "SELECT status, count(*) FROM event GROUP BY status",
)


@pytest.mark.benchmark(group="facets of all events")
def test_facets(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    found = benchmark.pedantic(facets, (reader, Query("event")), rounds=5, warmup_rounds=1)
    kinds = next(each for each in found if each.key == "kind")
    every = dict(raw.execute(RAW_FACETS[1]).fetchall())
    assert all(every[value.value] == value.count for value in kinds.values)


@pytest.mark.benchmark(group="facets of all events")
def test_raw_facets(benchmark: BenchmarkFixture, raw: sqlite3.Connection) -> None:
    found = benchmark.pedantic(lambda: [raw.execute(each).fetchall() for each in RAW_FACETS], rounds=3, warmup_rounds=1)
    assert all(found)


@pytest.mark.benchmark(group="facets of a filtered thousand")
def test_facets_of_some(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    query = Query("event", parse_filters(f"country:JPN since:{_year_of_a_thousand(raw)}"))
    benchmark.extra_info["is_raw"] = True  # there is nothing to compare it with
    benchmark.extra_info["by"] = "Legation"
    benchmark.extra_info["noted"] = {"facets of a filtered thousand": {"records": float(count(reader, query))}}
    assert benchmark.pedantic(facets, (reader, query), rounds=9, warmup_rounds=1)


def _year_of_a_thousand(raw: sqlite3.Connection) -> str:
    """The day since which Japan has had a thousand events, or all of them."""
    sql = """SELECT e.date_to FROM delegation d JOIN event e ON e.id = d.event_id WHERE d.country = 'JPN'
        ORDER BY e.date_to DESC LIMIT 1 OFFSET 999"""
    found = raw.execute(sql).fetchone()
    return str(found[0]) if found else "1990-01-01"


RAW_MATRIX = """SELECT a.country, b.country, count(DISTINCT e.id) FROM event e JOIN event_kind k ON k.code = e.kind
    JOIN delegation a ON a.event_id = e.id JOIN delegation b ON b.event_id = e.id AND b.country > a.country
    WHERE k.class = 'C' AND e.status = 'held' AND a.attendance <> 'absent' AND b.attendance <> 'absent'
    GROUP BY a.country, b.country"""


@pytest.mark.benchmark(group="matrix of all countries")
def test_matrix(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    found = benchmark.pedantic(counts, (reader,), rounds=5, warmup_rounds=1)
    if not benchmark.disabled:
        return  # the question by hand is asked by the other test
    assert [(each.one, each.other, each.events) for each in found] == raw.execute(RAW_MATRIX).fetchall()


@pytest.mark.benchmark(group="matrix of all countries")
def test_raw_matrix(benchmark: BenchmarkFixture, raw: sqlite3.Connection) -> None:
    assert benchmark.pedantic(lambda: raw.execute(RAW_MATRIX).fetchall(), rounds=1)


@pytest.mark.benchmark(group="matrix of all countries by level")
def test_matrix_by_level(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    found = benchmark.pedantic(lambda: counts(reader, by_level=True), rounds=3, warmup_rounds=1)
    if benchmark.disabled:
        assert [(each.one, each.other, each.level, each.events) for each in found] == _levels_by_hand(raw)


@pytest.mark.benchmark(group="matrix of all countries by level")
def test_raw_matrix_by_level(benchmark: BenchmarkFixture, raw: sqlite3.Connection) -> None:
    assert benchmark.pedantic(_levels_by_hand, (raw,), rounds=1) is not None


def _levels_by_hand(raw: sqlite3.Connection) -> list[tuple[str, str, str | None, int]]:
    sql = RAW_MATRIX.replace("b.country, count", "b.country, r.level, count")
    sql = (
        sql.replace("WHERE", "JOIN event_row r ON r.event_id = e.id WHERE")
        + ", r.level_order ORDER BY 1, 2, r.level_order"
    )
    return raw.execute(sql).fetchall()


RAW_YEARS = "SELECT substr(date_from, 1, 4), count(*) FROM event WHERE date IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"


@pytest.mark.benchmark(group="groups by year of all events")
def test_groups(benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection) -> None:
    found = benchmark.pedantic(groups, (reader, Query("event"), YEAR), rounds=5, warmup_rounds=1)
    assert [(each.key, each.count) for each in found if each.key] == raw.execute(RAW_YEARS).fetchall()


@pytest.mark.benchmark(group="groups by year of all events")
def test_raw_groups(benchmark: BenchmarkFixture, raw: sqlite3.Connection) -> None:
    assert benchmark.pedantic(lambda: raw.execute(RAW_YEARS).fetchall(), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("typed", ["country:ja", "country:TKM+JPN topic:el"])
def test_completions(benchmark: BenchmarkFixture, reader: Reader, typed: str) -> None:
    benchmark.group = f"completions of {typed}"
    benchmark.extra_info |= {"is_raw": True, "by": "Legation"}  # there is nothing to compare it with
    assert benchmark.pedantic(completions, (reader, Query("event"), typed, len(typed)), rounds=9, warmup_rounds=1)
