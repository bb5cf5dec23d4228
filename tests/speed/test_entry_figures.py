"""What entering costs: what is there already, suggestions and delegates while typing, lines understood, dossiers.

In the normal run each is asked once in a small workspace and its answer looked at. Nothing here depends on time. Where
SQL by hand answers the same, it stands beside; printed people and lines have nothing to be compared with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from legation.fields.draft import Draft, new_draft
from legation.matching.completing import completions
from legation.matching.delegates import understand
from legation.matching.entry import look_at
from legation.matching.one_line import read_line
from legation.records.catalogue import record_type
from legation.reports import dossier, dyad
from legation.storage.already import same_events, source_at
from legation.storage.reading import Reader
from legation.storage.suggesting import suggest

MOST = 5
NEAR_DAYS = 3
RAW_SAME = f"""SELECT e.id FROM event e WHERE e.date_from BETWEEN date(:day, '-{NEAR_DAYS} days')
    AND date(:day, '+{NEAR_DAYS} days') AND (SELECT count(DISTINCT d.country) FROM delegation d WHERE d.event_id = e.id
    AND d.country IN (:one, :other)) = 2 AND NOT EXISTS (SELECT 1 FROM delegation d WHERE d.event_id = e.id
    AND d.country NOT IN (:one, :other)) ORDER BY e.date_from LIMIT {MOST}"""
BUSY_DAY = """SELECT e.date_from, min(d.country), max(d.country) FROM event e JOIN delegation d ON d.event_id = e.id
    WHERE e.date_from = e.date_to GROUP BY e.id HAVING count(*) = 2 ORDER BY e.date_from DESC LIMIT 1 OFFSET :at"""
TYPED = {  # what is typed for a country: three letters, a name in another order, a name misspelt, a word of a post
    "letters of a name": lambda name: name[:3],
    "family name and a letter": lambda name: f"{name.split()[-1]} {name[0]}",
    "misspelt": lambda name: name.replace("o", "oo"),
}


def _alone(benchmark: BenchmarkFixture, group: str) -> None:
    """Nothing to compare a figure with."""
    benchmark.group = group
    benchmark.extra_info |= {"is_raw": True, "by": "Legation"}


@pytest.fixture(scope="session")
def entered(large: Any) -> dict[str, str]:
    """The day and the two parties of an event of the large workspace, as if it were entered again."""
    with sqlite3.connect(large) as connection:
        day, one, other = connection.execute(BUSY_DAY, {"at": 20}).fetchone()
    return {"day": day, "one": one, "other": other}


@pytest.fixture
def official(raw: sqlite3.Connection) -> dict[str, Any]:
    """The official with the most events."""
    sql = """SELECT p.id, p.name, p.country FROM person p JOIN (SELECT person_id, count(*) AS often FROM delegate
        GROUP BY person_id ORDER BY often DESC LIMIT 1) ON person_id = p.id"""
    id, name, country = raw.execute(sql).fetchone()
    return {"id": id, "name": name, "country": country}


def _event(entered: dict[str, str], **more: Any) -> Draft:
    draft = new_draft(record_type("event"), date=entered["day"], kind="meeting", **more)
    for code in (entered["one"], entered["other"]):
        draft.add_line("delegations", new_draft(record_type("delegation"), country=code))
    return draft


@pytest.mark.benchmark(group="already: same parties, three days")
def test_same_events(
    benchmark: BenchmarkFixture, reader: Reader, raw: sqlite3.Connection, entered: dict[str, str]
) -> None:
    parties, day = (entered["one"], entered["other"]), entered["day"]
    found = benchmark.pedantic(same_events, (reader, parties, day, day), rounds=30, warmup_rounds=2)
    assert found and set(found) == {row[0] for row in raw.execute(RAW_SAME, entered)}


@pytest.mark.benchmark(group="already: same parties, three days")
def test_raw_same_events(benchmark: BenchmarkFixture, raw: sqlite3.Connection, entered: dict[str, str]) -> None:
    assert benchmark.pedantic(lambda: raw.execute(RAW_SAME, entered).fetchall(), rounds=30, warmup_rounds=2)


def test_same_events_of_a_month(benchmark: BenchmarkFixture, reader: Reader, entered: dict[str, str]) -> None:
    _alone(benchmark, "already: same parties, a month")
    first, last = f"{entered['day'][:7]}-01", f"{entered['day'][:7]}-28"
    parties = (entered["one"], entered["other"])
    assert benchmark.pedantic(same_events, (reader, parties, first, last), rounds=15, warmup_rounds=2)


def test_the_same_round(benchmark: BenchmarkFixture, reader: Reader) -> None:
    _alone(benchmark, "already: same round")
    found = benchmark.pedantic(
        lambda: same_events(reader, (), "0001-01-01", "9999-12-31", framework=1, ordinal=7), rounds=30, warmup_rounds=2
    )
    assert found == []


def test_a_used_address(benchmark: BenchmarkFixture, reader: Reader) -> None:
    _alone(benchmark, "already: used web address")
    assert benchmark.pedantic(source_at, (reader, "https://example.org/1"), rounds=30, warmup_rounds=2) is None


def test_hints_of_a_form(
    benchmark: BenchmarkFixture, reader: Reader, entered: dict[str, str], official: dict[str, Any]
) -> None:
    """All that a form says beside what is typed: title, level, what is there already, posts not held."""
    _alone(benchmark, "all hints of a form")
    draft = _event(entered)
    delegate = new_draft(record_type("delegate"), person_id=official["id"], role="head")
    draft.lines["delegations"][0].add_line("delegates", delegate)
    facts = benchmark.pedantic(look_at, (reader, draft), rounds=30, warmup_rounds=2)
    assert facts.title and facts.known


@pytest.mark.parametrize("name", TYPED)
def test_officials_of_a_party(benchmark: BenchmarkFixture, reader: Reader, official: dict[str, Any], name: str) -> None:
    _alone(benchmark, f"delegate box: {name}")
    typed, near = TYPED[name](official["name"]), {"country": official["country"]}
    assert benchmark.pedantic(lambda: suggest(reader, ["person"], typed, near=near), rounds=30, warmup_rounds=2)


def test_a_printed_delegate(benchmark: BenchmarkFixture, reader: Reader, official: dict[str, Any]) -> None:
    _alone(benchmark, "delegate as a dispatch prints one")
    printed = f"Deputy Minister of Foreign Affairs {official['name']}"
    day = ("2025-01-27", "2025-01-27")
    found = benchmark.pedantic(understand, (reader, printed, day, official["country"]), rounds=15, warmup_rounds=2)
    assert found is not None and found.draft.lines["capacities"]


def test_a_line(benchmark: BenchmarkFixture, reader: Reader, entered: dict[str, str]) -> None:
    _alone(benchmark, "one-line entry, understood")
    line = f"{entered['day']} meeting {entered['one']}>{entered['other']} @Tokyo #power act:noted outcome:Talks"
    found = benchmark.pedantic(read_line, (reader, line), rounds=15, warmup_rounds=2)
    assert found.problems == [] and found.known


def test_completions_of_a_line(benchmark: BenchmarkFixture, reader: Reader, official: dict[str, Any]) -> None:
    _alone(benchmark, "one-line entry, completed")
    line = f"27 jan 2025 meeting TKM>JPN {official['name'].split()[-1][:4].lower()}"
    assert benchmark.pedantic(completions, (reader, line, len(line)), rounds=15, warmup_rounds=2)


PAGES: dict[str, Callable[[Reader, dict[str, Any], dict[str, str]], Any]] = {
    "dossier of the busiest official": lambda reader, who, _event: dossier.build(
        reader, record_type("person"), who["id"]
    ),
    "dossier of a busy country": lambda reader, _who, event: dossier.build(
        reader,
        record_type("country"),
        reader.sql("SELECT id FROM country WHERE code = ?", (event["one"],))[0][0],
    ),
    "page of two countries": lambda reader, _who, event: dyad.build(reader, event["one"], event["other"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_dossier(
    benchmark: BenchmarkFixture, reader: Reader, official: dict[str, Any], entered: dict[str, str], name: str
) -> None:
    _alone(benchmark, name)
    assert benchmark.pedantic(PAGES[name], (reader, official, entered), rounds=3, warmup_rounds=1).blocks
