"""A workspace of any size, for figures: real countries, officials of whom few meet often, and lawful rows throughout.

    python tests/speed/make_workspace.py FILE --events N [--logged]

Everything is written by plain SQL in one step, without the triggers, which are put back before what is derived is made
anew. The step is named `Baseline` and the log says nothing of its rows: replay and undo begin after them. With
`--logged` it has another name, and the log holds what the triggers would have written. The same number of events gives
the same rows. With many events their rows are thought up in a process of their own, and so is the search index made.
Needs no screen and no test runner.
"""

from __future__ import annotations

import argparse
import marshal
import multiprocessing
import random
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from legation.clock import now
from legation.errors import UserError
from legation.fields.fuzzy_dates import bounds
from legation.fields.names import match_key, sort_name
from legation.storage import schema, search
from legation.storage.bulk import log_new_rows
from legation.storage.connection import connect_for_writing
from legation.storage.reference import new_workspace

SEED = 1961
PORTION = 5000  # events whose rows are written together
MANY = 20_000  # from so many events on, a second process is worth its start
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
SEATS = (0, 1, 2, 2)  # delegates of a party that is not the host
BASELINE, LOGGED = "Baseline", "Many events"
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

    def __init__(self, things: Sequence[Any], chance: random.Random, ahead: int = 64) -> None:
        self.things = things
        self.weights = list(accumulate(1 / (place + 2) for place in range(len(things))))
        self.places = _drawn_ahead(chance, range(len(things)), self.weights, ahead)

    def draw(self, count: int) -> list[Any]:
        """Up to `count` different things."""
        wanted = min(count, len(self.things))
        found: dict[int, None] = {}
        while len(found) < wanted:
            found[next(self.places)] = None
        return [self.things[place] for place in found]


def _drawn_ahead(chance: random.Random, things: Sequence[Any], weights: Sequence[float], ahead: int) -> Iterator[Any]:
    """Things without end by their cumulative weights, drawn many at a time, which is quicker than one by one."""
    while True:
        yield from chance.choices(things, cum_weights=weights, k=ahead)


def fill(connection: sqlite3.Connection, events: int, *, logged: bool = False) -> None:
    """Write the rows of so many events in one step, without what is derived and most indexes; reference data is
    there."""
    chance = random.Random(SEED)
    connection.execute("BEGIN IMMEDIATE")
    schema.drop_views_and_triggers(connection)
    for table in (*COLUMNS, "change"):
        schema.drop_indexes(table, connection)
    cursor = connection.execute(
        "INSERT INTO step(label, arguments, at, who, session, schema_version) VALUES (?, '{}', ?, ?, ?, ?)",
        (LOGGED if logged else BASELINE, now(), "baseline", _uid(chance), schema.SCHEMA_VERSION),
    )
    first = {name: _next_id(connection, name) for name in (*OFFICIALS, *COLUMNS) if name != "capacity"}
    sides = _sides(connection, chance)
    _add_officials(connection, chance, sides, officials(events))
    topics = connection.execute("SELECT code, name FROM topic WHERE parent IS NOT NULL").fetchall()
    for rows in _from_elsewhere(sides, topics, first, events):
        for name, columns in COLUMNS.items():
            _insert(connection, name, columns, rows[name])
    if logged:
        for name in (*OFFICIALS, *COLUMNS):
            key = "delegate_id" if name == "capacity" else "id"
            which = f"{key} >= {first['delegate' if name == 'capacity' else name]}"
            log_new_rows(connection, int(cursor.lastrowid or 0), name, which)
    for _table, name, statement in schema.index_statements():
        if name in FIRST_INDEXES:
            connection.execute(statement)
    schema.make_views_and_triggers(connection)
    connection.execute("COMMIT")


def derive(connection: sqlite3.Connection, path: Path, events: int) -> None:
    """Make the lists, the indexes still missing and the search index; of many events that last at the same time, in a
    file of its own first."""
    if events < MANY:
        connection.execute("BEGIN IMMEDIATE")
        schema.rebuild_derived(connection)
        connection.execute("COMMIT")
        return
    beside = path.with_name(f".{path.name}.search")
    process = multiprocessing.get_context("spawn").Process(target=_make_index, args=(path, beside), daemon=True)
    process.start()
    connection.execute("PRAGMA cache_spill = OFF")  # while another reads the file, nothing can be written to it
    connection.execute("BEGIN IMMEDIATE")
    schema.rebuild_lists(connection)
    process.join()
    connection.execute("COMMIT")
    if process.exitcode:
        raise ChildProcessError(process.exitcode)
    connection.execute("PRAGMA cache_spill = ON")
    connection.execute("ATTACH ? AS beside", (str(beside),))
    connection.execute("BEGIN IMMEDIATE")
    for part in ("content", "docsize", "data", "idx", "config"):
        connection.execute(f"DELETE FROM main.search_{part}")
        connection.execute(f"INSERT INTO main.search_{part} SELECT * FROM beside.search_{part}")
    connection.execute("COMMIT")
    connection.execute("DETACH beside")
    beside.unlink()


def _make_index(path: Path, beside: Path) -> None:
    with closing(connect_for_writing(beside, journal="OFF", make=True)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("ATTACH ? AS made", (str(path),))
        connection.execute(f"PRAGMA made.cache_size = -{CACHE_KIBIBYTES // 2}")
        connection.execute("BEGIN")
        connection.execute(search.SEARCH)
        search.rebuild(connection)
        connection.execute("COMMIT")


def _from_elsewhere(
    sides: list[Side], topics: list[Any], first: dict[str, int], events: int
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    """The rows of events, portion by portion; of many events from another process, which works ahead."""
    if events < MANY:
        yield from event_rows(sides, topics, first, events)
        return
    here, there = multiprocessing.Pipe(duplex=False)
    given = (there, sides, topics, first, events)
    process = multiprocessing.get_context("spawn").Process(target=_send_rows, args=given, daemon=True)
    process.start()
    there.close()
    with suppress(EOFError):
        while True:
            yield marshal.loads(here.recv_bytes())
    process.join()
    if process.exitcode:
        raise ChildProcessError(process.exitcode)


def _send_rows(to: Connection, sides: list[Side], topics: list[Any], first: dict[str, int], events: int) -> None:
    for rows in event_rows(sides, topics, first, events):
        to.send_bytes(marshal.dumps(rows))


def officials(events: int) -> int:
    """How many officials take part in so many events: as many, but a hundred thousand or a fifth where that is more."""
    return max(400, min(events, 100_000), events // 5)


def _uid(chance: random.Random) -> str:
    """A random UUID, as `uuid.UUID(int=…, version=4)` would write it, in a quarter of the time."""
    bits = chance.getrandbits(128)
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89ab'[bits >> 62 & 3]}{text[17:20]}-{text[20:]}"


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


def _when(chance: random.Random) -> tuple[str, str, str, str]:
    """A date as EDTF, later years more often, its bounds, and the status that fits it."""
    day, kind = int(DAYS * chance.random() ** 0.6), chance.random()
    return _dated(day, (kind >= 0.85) + (kind >= 0.93) + (kind >= 0.98))


@cache
def _dated(number: int, form: int) -> tuple[str, str, str, str]:
    day = FIRST_DAY + timedelta(days=number)
    iso = day.isoformat()
    edtf = (iso, f"{iso}/{(day + timedelta(days=2)).isoformat()}", iso[:7], iso[:4])[form]
    return edtf, *bounds(edtf), "held" if day <= TODAY else "scheduled"


def event_rows(
    sides: list[Side], topics: list[Any], first: dict[str, int], count: int
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    """The rows of events with delegations, delegates, capacities, agenda and a source each, in portions of events."""
    chance = random.Random(SEED + 1)
    dealt, hosts = Skewed(topics, chance, 5000), Skewed(sides, chance, 5000)
    pool = {side.code: Skewed(side.officials, chance) for side in sides}
    kinds = _drawn_ahead(chance, list(KINDS), list(accumulate(KINDS.values())), 5000)
    parties_of = {name: (4, 5, 6, 7, 8, 9) if name in ("summit", "conference") else (2,) for name in KINDS}
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    delegation, delegate = first["delegation"], first["delegate"]
    for n, kind in zip(range(count), kinds, strict=False):
        id = first["event"] + n
        parties = hosts.draw(_one(chance, parties_of[kind]))
        items = dealt.draw(_one(chance, (1, 2, 3)))
        host, title = parties[0], f"{parties[0].name} - {parties[1].name}: {items[0][1].lower()}"
        edtf, begin, end, status = _when(chance)
        rows["event"].append(
            (id, _uid(chance), kind, title, status, edtf, begin, end, host.code, host.capital, "in_person")
        )
        for side in parties:
            rows["delegation"].append((delegation, id, side.code, "host" if side is host else "guest", "attended"))
            seat = "head"
            for person, held in pool[side.code].draw(1 if side is host else _one(chance, SEATS)):
                rows["delegate"].append((delegate, id, delegation, person, seat))
                rows["capacity"].append((delegate, held, person))
                delegate, seat = delegate + 1, "member"
            delegation += 1
        for place, (code, name) in enumerate(items, 1):
            said = f"The state of work on {name.lower()}"
            rows["agenda_item"].append((id, place * 10, code, _one(chance, ACTS), said))
        source = first["source"] + n // 10
        if n % 10 == 0:
            rows["source"].append((source, _uid(chance), "article-newspaper", f"Dispatch {n // 10 + 1}"))
        rows["citation"].append((source, id))
        if n % PORTION == PORTION - 1 or n == count - 1:
            yield rows
            rows = {name: [] for name in COLUMNS}


def _one(chance: random.Random, things: Sequence[Any]) -> Any:
    """One of a few things; quicker than `choice`."""
    return things[int(chance.random() * len(things))]


FIRST_INDEXES = (  # what is derived is found by these; all others are made beside it
    "ux_delegation_party", "ix_delegate_delegation", "ux_delegate_head", "ix_agenda_item_event", "ix_citation_event_id",
    "ix_event_parent_id",
)  # fmt: skip
OFFICIALS = ("organisation", "post", "person", "appointment", "alias")
COLUMNS = {
    "event": "id, uid, kind, title, status, date, date_from, date_to, country, city, mode",
    "delegation": "id, event_id, country, role, attendance",
    "delegate": "id, event_id, delegation_id, person_id, role",
    "capacity": "delegate_id, appointment_id, person_id",
    "agenda_item": "event_id, seq, topic, act, text",
    "source": "id, uid, kind, title",
    "citation": "source_id, event_id",
}


def make(path: Path, events: int, *, logged: bool = False) -> None:
    """Make a workspace with so many events. Raises `UserError` when the path is taken or cannot be written."""
    new_workspace(path).close()
    with closing(connect_for_writing(path)) as connection:
        # a file that is lost with the machine is made again, and rows that are lawful by how they are made, as a test
        # finds, need no look-up
        pragmas = ("synchronous = OFF", "journal_mode = OFF", "foreign_keys = OFF", "ignore_check_constraints = ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        fill(connection, events, logged=logged)
        derive(connection, path, events)
        connection.execute("PRAGMA journal_mode = WAL")


def main() -> int:
    """Make the workspace that the command line names; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--events", type=int, default=100_000, metavar="N")
    parser.add_argument("--logged", action="store_true", help="write the rows in the log of their step as well")
    given = parser.parse_args()
    try:
        make(given.file, given.events, logged=given.logged)
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
