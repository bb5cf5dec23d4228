"""What is derived by sets is what is derived record by record: after bulk rows, after changes of names, after undo."""

from __future__ import annotations

import random
import shutil
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from legation.fields.fuzzy_dates import bounds
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES
from legation.storage import derived_sets, refreshing, schema
from legation.storage.bulk import ORDER, BulkRows, write_bulk
from legation.storage.change_log import column_names
from legation.storage.checking import check_workspace
from legation.storage.connection import connect_for_writing
from legation.storage.database import Database
from legation.storage.undo import undo

COUNTRIES = ("JPN", "TKM", "USA", "CHN", "FRA", "KAZ", None)
KINDS = ("ministry", "parliament", "company", "business_association", "agency")
RANKS = (10, 25, 26, 45, 60, 66, 90, 95, 200)
ROLES = ("head", "member", "interpreter")
TOPICS = ("E.power", "E.oil-gas", "E", "P")
WORDS = ("Été", "外務省", "Talks", "O'Brien", "Türkmenbaşy", "Совет", "energy–gas")
State = dict[str, list[Any]]


class Desk:
    """Rows of a workspace as nobody would enter them, but as the constraints allow."""

    def __init__(self, database: Database, seed: int) -> None:
        self.chance = random.Random(seed)
        with closing(database.reader()) as reader:
            self.bulk = BulkRows(reader)
            self.ids = {
                name: [row[0] for row in reader.sql(f"SELECT id FROM {name}")]
                for name in ("organisation", "person", "post", "event", "delegation", "delegate", "source")
            }
            self.topics = [row[0] for row in reader.sql("SELECT code FROM topic LIMIT 6")]
        self.ids |= {"agenda_item": [], "outcome": []}
        self.held: dict[int, list[int]] = {}
        for _n in range(8):
            self.add("organisation", name=f"{self.word()} {_n}", kind=self.one(KINDS), acronym=self.maybe(self.word()))
        for _n in range(6):
            self.add(
                "post", title=f"{self.word()} {_n}", rank=self.one(RANKS), organisation_id=self.any("organisation")
            )
        for _n in range(10):
            self.person()
        for _n in range(25):
            self.event()
        for _n in range(30):
            part = self.one(("event", "delegation", "delegate", "agenda_item", "outcome", "person", "organisation"))
            if self.ids[part]:
                self.add(
                    "citation",
                    source_id=self.any("source"),
                    quote=self.maybe(self.word()),
                    **{f"{part}_id": self.any(part)},
                )

    def one(self, things: Any) -> Any:
        return self.chance.choice(things)

    def maybe(self, thing: Any, often: float = 0.4) -> Any:
        return thing if self.chance.random() < often else None

    def word(self) -> str:
        return " ".join(self.one(WORDS) for _n in range(self.chance.randint(1, 3)))

    def any(self, record: str) -> Any:
        return self.one(self.ids[record])

    def add(self, table: str, **values: Any) -> int:
        id = self.bulk.next_id(table)
        if "uid" in column_names(table):
            values["uid"] = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        self.bulk.add_row(table, **values)
        self.ids.setdefault(table, []).append(id)
        return id

    def person(self) -> None:
        name = self.word()
        id = self.add("person", name=name, sort_name=name, country=self.one(COUNTRIES))
        for post in self.chance.sample(self.ids["post"], self.chance.randint(0, 2)):
            first, last = bounds(None)
            held = self.add("appointment", person_id=id, post_id=post, status="full", period_from=first, period_to=last)
            self.held.setdefault(id, []).append(held)
        if self.maybe(True):
            target = self.one(("person", "event", "organisation"))
            self.add("alias", name=name, kind="former", key=f"{name} {id}", **{f"{target}_id": self.any(target)})

    def event(self) -> None:
        date = self.one((None, "2021", "2024-05-06", "2024-05-06/2024-05-08"))
        first, last = bounds(date)
        id = self.add(
            "event", kind=self.one(("visit", "visit", "meeting", "summit")), title=self.word(), mode="in_person",
            status="held" if date else "proposed", parent_id=self.maybe(self.any("event")), date=date, date_from=first,
            date_to=last, country=self.one(COUNTRIES), level=self.maybe("expert", 0.1), summary=self.maybe(self.word()),
            framework_id=self.maybe(self.any("organisation")),
        )  # fmt: skip
        parties = [
            (self.one(COUNTRIES), self.maybe(self.any("organisation"))) for _n in range(self.chance.randint(0, 4))
        ]
        there = self.chance.sample(self.ids["person"], 8)
        for country, body in sorted({each for each in parties if each != (None, None)}, key=repr):
            side = self.add(
                "delegation", event_id=id, country=country, organisation_id=body, role="guest", attendance="attended"
            )
            for role in self.chance.sample(ROLES, self.chance.randint(0, 2)):
                person = there.pop()
                seat = self.add("delegate", event_id=id, delegation_id=side, person_id=person, role=role)
                for held in self.held.get(person, ()):
                    self.add("capacity", delegate_id=seat, appointment_id=held, person_id=person)
        for seq in range(self.chance.randint(0, 4)):
            self.add("agenda_item", event_id=id, seq=self.one((5, seq)), topic=self.one(self.topics), act="noted")
        if self.maybe(True):
            first, last = bounds(None)
            self.add(
                "outcome",
                event_id=id,
                kind="agreement",
                title=self.word(),
                status="agreed",
                due_from=first,
                due_to=last,
            )


def state(database: Database) -> State:
    """Every row of every table, of what is derived, of the index, and of the log without its moments."""
    with closing(database.reader()) as reader:
        found = {
            name: sorted(reader.sql(f'SELECT * FROM "{name}"'), key=repr) for name in (*LOGGED_TABLES, *DERIVED_TABLES)
        }
        found["search"] = reader.sql("SELECT rowid, name, body FROM search ORDER BY 1")
        found["change"] = sorted(reader.sql('SELECT step_id, "table", key, before, after FROM change'), key=repr)
    return found


@pytest.fixture
def two(sample: Path, tmp_path: Path) -> tuple[Database, Database]:
    """Two workspaces with the same rows."""
    return Database(sample), Database(Path(shutil.copy(sample, tmp_path / "other.legation")))


def plainly(database: Database, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Write rows one by one, seen by every trigger."""
    with database.step("Write") as session:
        connection: Any = session.connection().connection.driver_connection
        for name in ORDER:
            columns = column_names(name)
            marks = ", ".join("?" * len(columns))
            connection.executemany(f'INSERT INTO "{name}"({", ".join(columns)}) VALUES ({marks})', rows[name])


def rename(database: Database) -> None:
    """Change the names of everybody and everything, and the ranks of the posts."""
    with database.step("Rename") as session:
        for sql in (
            "UPDATE person SET name = name || ' II'",
            "UPDATE organisation SET name = name || '!', kind = 'agency' WHERE kind = 'parliament' AND country IS NULL",
            "UPDATE post SET rank = 30 WHERE id % 3 = 0",
            "UPDATE topic SET name = name || '!'",
            "DELETE FROM capacity WHERE delegate_id % 4 = 0",
            "UPDATE event SET parent_id = NULL WHERE id % 5 = 0",
            "UPDATE country SET name = 'Nippon' WHERE code = 'JPN'",
        ):
            session.connection().exec_driver_sql(sql)


@pytest.mark.parametrize("seed", range(12))
def test_by_sets_as_one_by_one(seed: int, two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> None:
    plain, many = two
    monkeypatch.setattr(derived_sets, "PORTION", 7)
    desk = Desk(plain, seed)
    monkeypatch.setattr(refreshing, "MANY", 10**9)
    before = state(plain)
    plainly(plain, desk.bulk.rows)
    written = state(plain)
    rename(plain)
    renamed = state(plain)
    monkeypatch.setattr(refreshing, "MANY", 1)
    many.write("Write", lambda session: write_bulk(session, desk.bulk))
    assert state(many) == written and len(written["event"]) == len(before["event"]) + 25
    rename(many)
    assert state(many) == renamed and renamed["event_row"] != written["event_row"]
    for wanted in (written, before):
        undo(many)
        assert {**state(many), "change": []} == {**wanted, "change": []}
    assert check_workspace(many.path) == []
    for each in two:
        each.close()


def test_made_anew_they_are_the_same(sample_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(sample_database, 99)
    plainly(sample_database, desk.bulk.rows)
    monkeypatch.setattr(derived_sets, "PORTION", 10)
    before = state(sample_database)
    with closing(connect_for_writing(sample_database.path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE event_row SET parties = 'nobody', level_order = 3")
        connection.execute("DELETE FROM event_pair")
        connection.execute("UPDATE facet_count SET events = events + 1")
        connection.execute("DELETE FROM pair_total")
        connection.execute("DELETE FROM search")
        schema.rebuild_derived(connection)
        connection.execute("COMMIT")
    assert state(sample_database) == before
    assert check_workspace(sample_database.path) == []


def test_few_records_are_left_to_the_trigger(sample_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(refreshing, "refresh_by_sets", lambda _connection, ids, _which: asked.append(ids))
    with sample_database.step("One") as session:
        session.connection().exec_driver_sql("UPDATE event SET title = 'Talks' WHERE id = 1")
    assert asked == []
    monkeypatch.setattr(refreshing, "MANY", 2)
    with sample_database.step("Many") as session:
        session.connection().exec_driver_sql("UPDATE person SET name = name || ' II'")
    assert len(asked) == 1
