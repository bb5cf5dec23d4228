"""A workspace of any size, for figures: real countries, officials of whom few meet often, and lawful rows throughout.

    python tests/speed/make_workspace.py FILE --events N

Everything is written by plain SQL in one step named `Baseline`, without the triggers, which are put back before what is
derived is made anew. So the log says nothing of these rows: replay and undo begin after them. The same number of events
gives the same rows. Needs no screen and no test runner.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import uuid
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from legation.clock import now
from legation.errors import UserError
from legation.fields.fuzzy_dates import bounds
from legation.fields.names import match_key, sort_name
from legation.storage import schema
from legation.storage.connection import connect_for_writing
from legation.storage.reference import new_workspace

SEED = 1961
CACHE_KIBIBYTES = 1_000_000
FIRST_DAY, TODAY, DAYS = date(1992, 1, 1), date(2025, 1, 27), 12500
KINDS = {"meeting": 50, "consultations": 14, "courtesy_call": 12, "negotiations": 6, "summit": 3, "ministerial": 6,
         "working_group": 5, "conference": 2, "reception": 2}  # fmt: skip
POSTS = {10: "President", 40: "Minister of Foreign Affairs", 60: "Deputy Minister of Foreign Affairs",
         80: "Director-General", 90: "Director", 95: "Head of Division"}  # fmt: skip
BUSIEST = ("USA", "CHN", "JPN", "DEU", "FRA", "GBR", "IND", "RUS", "TUR", "KAZ", "UZB", "TKM", "KOR", "ITA", "BRA")
ACTS = ("discussed", "exchanged_views", "noted", "welcomed", "reviewed", "reaffirmed", "agreed")
GIVEN = ("Ana", "Bekzod", "Chiara", "David", "Elena", "Farid", "Gulnara", "Hiroshi", "Ingrid", "Jorge", "Katarina",
         "Luis", "Merdan", "Nadia", "Olga", "Pierre", "Rashid", "Sofia", "Timur", "Yuki")  # fmt: skip
FAMILY = ("Abdy", "Berd", "Carval", "Dossan", "Erik", "Fuji", "Garc", "Hansen", "Ishik", "Jovan", "Karim", "Lind",
          "Morav", "Nakam", "Oraz", "Petr", "Rahm", "Silv", "Tanak", "Umar", "Vasil", "Zhak")  # fmt: skip
ENDINGS = ("ov", "eva", "ski", "ez", "son", "ura", "ic", "ano", "ar", "in", "al", "eta")


@dataclass
class Side:
    """A country with its officials: (person, appointment) pairs, those who travel most first."""

    code: str
    name: str
    capital: str
    officials: list[tuple[int, int]] = field(default_factory=list)


class Skewed:
    """Draws things so that the first come up far more often than the last, as the harmonic series falls."""

    def __init__(self, things: Sequence[Any], chance: random.Random) -> None:
        self.things = things
        self.chance = chance
        self.weights = list(accumulate(1 / (place + 2) for place in range(len(things))))

    def draw(self, count: int) -> list[Any]:
        """Up to `count` different things."""
        wanted = min(count, len(self.things))
        found: dict[int, None] = {}
        places = range(len(self.things))
        while len(found) < wanted:
            found[self.chance.choices(places, cum_weights=self.weights)[0]] = None
        return [self.things[place] for place in found]


def fill(connection: sqlite3.Connection, events: int) -> None:
    """Write the rows of so many events in one step named `Baseline`; the file has reference data and a schema."""
    chance = random.Random(SEED)
    connection.execute("BEGIN IMMEDIATE")
    schema.drop_views_and_triggers(connection)
    for table in COLUMNS:
        schema.drop_indexes(table, connection)
    connection.execute(
        "INSERT INTO step(label, arguments, at, who, session, schema_version) VALUES ('Baseline', '{}', ?, ?, ?, ?)",
        (now(), "baseline", _uid(chance), schema.SCHEMA_VERSION),
    )
    sides = _sides(connection, chance)
    _add_officials(connection, chance, sides, officials(events))
    _add_events(connection, chance, sides, events)
    schema.renew_indexes(connection)
    schema.make_views_and_triggers(connection)
    schema.rebuild_derived(connection)
    connection.execute("COMMIT")


def officials(events: int) -> int:
    """How many officials take part in so many events: as many, but a hundred thousand or a fifth where that is more."""
    return max(400, min(events, 100_000), events // 5)


def _uid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" for _each in columns.split(","))
    connection.executemany(f"INSERT INTO {table}({columns}) VALUES ({marks})", rows)


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _sides(connection: sqlite3.Connection, chance: random.Random) -> list[Side]:
    """The countries that exist and have a capital: the busiest, then the others in any order."""
    rows = connection.execute(
        "SELECT code, name, capital FROM country WHERE capital IS NOT NULL AND iso2 IS NOT NULL AND valid_to IS NULL"
    )
    sides = [Side(*row) for row in rows]
    chance.shuffle(sides)
    return sorted(sides, key=lambda side: BUSIEST.index(side.code) if side.code in BUSIEST else len(BUSIEST))


def _add_officials(connection: sqlite3.Connection, chance: random.Random, sides: list[Side], count: int) -> None:
    """A ministry and posts for each country; persons, of whom each country has some, each with one or two posts."""
    ministry, post = _next_id(connection, "organisation"), _next_id(connection, "post")
    ministries = [
        (ministry + n, _uid(chance), f"Foreign Service of {side.name}", "ministry", side.code)
        for n, side in enumerate(sides)
    ]
    _insert(connection, "organisation", "id, uid, name, kind, country", ministries)
    ranks = list(POSTS)
    posts = [
        (post + n * len(ranks) + step, _uid(chance), POSTS[rank], ministry + n, rank)
        for n in range(len(sides))
        for step, rank in enumerate(ranks)
    ]
    _insert(connection, "post", "id, uid, title, organisation_id, rank", posts)
    persons: list[tuple[Any, ...]] = []
    appointments: list[tuple[Any, ...]] = []
    aliases: list[tuple[Any, ...]] = []
    person, appointment = _next_id(connection, "person"), _next_id(connection, "appointment")
    often = Skewed(range(len(sides)), chance)
    for n in range(count):
        home = n % len(sides) if n < 2 * len(sides) else often.draw(1)[0]
        side, id = sides[home], person + n
        given, family = chance.choice(GIVEN), chance.choice(FAMILY) + chance.choice(ENDINGS)
        name = f"{given} {family}"
        persons.append((id, _uid(chance), name, family, given, sort_name(name, family, given), side.code))
        if n % 3 == 0:
            aliases.append((f"{family} {given}", "order", match_key(f"{family} {given}"), id))
        for place in chance.sample(range(len(ranks)), 2 if n % 5 == 0 else 1):
            held = f"{chance.randint(1995, 2023)}/.." if n % 2 else None
            key = appointment + len(appointments)
            appointments.append((key, id, post + home * len(ranks) + place, "full", held, *bounds(held)))
        side.officials.append((id, key))
    _insert(connection, "person", "id, uid, name, family_name, given_name, sort_name, country", persons)
    _insert(connection, "appointment", "id, person_id, post_id, status, period, period_from, period_to", appointments)
    _insert(connection, "alias", "name, kind, key, person_id", aliases)


def _when(chance: random.Random) -> tuple[str, str]:
    """A date as EDTF, later years more often, and the status that fits it."""
    day = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.6))
    status = "held" if day <= TODAY else "scheduled"
    kind = chance.random()
    if kind < 0.85:
        return day.isoformat(), status
    if kind < 0.93:
        return f"{day.isoformat()}/{(day + timedelta(days=2)).isoformat()}", status
    return (day.isoformat()[:7], status) if kind < 0.98 else (f"{day.year}", status)


def _add_events(connection: sqlite3.Connection, chance: random.Random, sides: list[Side], count: int) -> None:
    """Events with delegations, delegates, capacities, agenda and a source each, written in portions."""
    topics = Skewed(connection.execute("SELECT code, name FROM topic WHERE parent IS NOT NULL").fetchall(), chance)
    hosts, pool = Skewed(sides, chance), {side.code: Skewed(side.officials, chance) for side in sides}
    kinds, weights = list(KINDS), list(KINDS.values())
    first = {name: _next_id(connection, name) for name in ("event", "delegation", "delegate", "source")}
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    delegation, delegate = first["delegation"], first["delegate"]
    for n in range(count):
        id, kind = first["event"] + n, chance.choices(kinds, weights)[0]
        parties = hosts.draw(chance.randint(4, 9) if kind in ("summit", "conference") else 2)
        edtf, status = _when(chance)
        dealt_with = topics.draw(chance.randint(1, 3))
        title = f"{' - '.join(side.name for side in parties[:2])}: {dealt_with[0][1].lower()}"
        rows["event"].append(
            (
                id,
                _uid(chance),
                kind,
                title,
                status,
                edtf,
                *bounds(edtf),
                parties[0].code,
                parties[0].capital,
                "in_person",
            )
        )
        for place, side in enumerate(parties):
            rows["delegation"].append((delegation, id, side.code, "guest" if place else "host", "attended"))
            for seat, (person, held) in enumerate(pool[side.code].draw(chance.randint(0, 2) if place else 1)):
                rows["delegate"].append((delegate, id, delegation, person, "member" if seat else "head"))
                rows["capacity"].append((delegate, held, person))
                delegate += 1
            delegation += 1
        for place, (code, name) in enumerate(dealt_with, 1):
            rows["agenda_item"].append(
                (id, place * 10, code, chance.choice(ACTS), f"The state of work on {name.lower()}")
            )
        source = first["source"] + n // 10
        if n % 10 == 0:
            rows["source"].append((source, _uid(chance), "article-newspaper", f"Dispatch {n // 10 + 1}"))
        rows["citation"].append((source, id))
        if n % 5000 == 4999 or n == count - 1:
            for name, columns in COLUMNS.items():
                _insert(connection, name, columns, rows[name])
                rows[name].clear()


COLUMNS = {
    "event": "id, uid, kind, title, status, date, date_from, date_to, country, city, mode",
    "delegation": "id, event_id, country, role, attendance",
    "delegate": "id, event_id, delegation_id, person_id, role",
    "capacity": "delegate_id, appointment_id, person_id",
    "agenda_item": "event_id, seq, topic, act, text",
    "source": "id, uid, kind, title",
    "citation": "source_id, event_id",
}


def make(path: Path, events: int) -> None:
    """Make a workspace with so many events. Raises `UserError` when the path is taken or cannot be written."""
    new_workspace(path).close()
    with closing(connect_for_writing(path)) as connection:
        # a file that is lost with the machine is made again, and links that hold by how they are made need no look-up
        for pragma in ("synchronous = OFF", "journal_mode = OFF", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        fill(connection, events)
        connection.execute("PRAGMA journal_mode = WAL")


def main() -> int:
    """Make the workspace that the command line names; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--events", type=int, default=100_000, metavar="N")
    given = parser.parse_args()
    try:
        make(given.file, given.events)
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
