"""Suggestions: how each kind of match is ranked, what is told beside it, and that no question reads a whole table."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from legation.fields.draft import new_draft
from legation.fields.folding import fold
from legation.records.catalogue import RECORD_TYPES, record_type, table_named
from legation.storage import suggesting
from legation.storage.database import Database
from legation.storage.reading import Reader
from legation.storage.saving import save
from legation.storage.suggesting import MAIN, Suggestion, suggest

HOLDS = {"person": "Hisayuki", "organisation": "Itochu", "post": "State Minister", "source": "Caspian"}
STRANGE = ('"', "%", "a_b%", "(", "NEAR(", "-", "*", "'; DROP TABLE person; --", "東京", "محمد", "\u0000x", "x" * 5000)


@pytest.fixture(autouse=True, params=[0, suggesting.MOST_READ], ids=["by the index", "by reading"])
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to the records that hold the words."""
    monkeypatch.setattr(suggesting, "MOST_READ", request.param)


@pytest.fixture
def desk(sample: Path) -> Iterator[Database]:
    """The sample, to add records to."""
    database = Database(sample)
    yield database
    database.close()


def _add(desk: Database, record: str, **values: Any) -> int:
    draft = new_draft(record_type(record), **values)
    return int(desk.write("Add", lambda session: save(session, draft)).result)


def _find(desk: Database, records: str | list[str], typed: str, **more: Any) -> list[Suggestion]:
    with closing(desk.reader()) as reader:
        return suggest(reader, records, typed, **more)


def _labels(found: list[Suggestion]) -> list[str]:
    return [each.label for each in found]


@pytest.mark.parametrize(
    ("records", "typed", "label", "matched"),
    [
        ("country", "tkm", "Turkmenistan", "TKM"),
        ("country", "JP", "Japan", "JP"),
        ("country", "japan", "Japan", ""),
        ("country", "burma", "Myanmar", "Burma"),
        ("country", "korea, south", "Republic of Korea", "Korea, South"),
        ("organisation", "UN", "United Nations", "UN"),
        ("topic", "E.power", "Electric power", "E.power"),
        ("topic", "power", "Electric power", ""),
        ("person", "gurb", "Ahmet Gurbanov", ""),
        ("person", "ahmet", "Ahmet Gurbanov", ""),
        ("person", "GURBANOV Ahmet", "Ahmet Gurbanov", ""),
        ("person", "gurbanow", "Ahmet Gurbanov", ""),
        ("person", "Гурбанов", "Ahmet Gurbanov", ""),
        ("person", "Akhmet", "Ahmet Gurbanov", ""),
        ("person", "isikawa", "Ishikawa Masaki", ""),
        ("person", "masaki ishi", "Ishikawa Masaki", ""),
        ("person", "itochu", "Tsubai Hiroyuki", ""),
        ("post", "chairman jap", "Chairman, Japanese-Turkmen Committee for Economic Cooperation", ""),
        ("source", "discuss streng", "Turkmenistan and Japan Discuss Strengthening Cooperation, The Caspian Post", ""),
    ],
)  # fmt: skip
def test_the_first_suggestion_is_the_one_meant(
    desk: Database, records: str, typed: str, label: str, matched: str
) -> None:
    first = _find(desk, records, typed)[0]
    assert (first.label, first.matched) == (label, matched)


def test_matches_are_ranked_code_name_beginning_words_elsewhere(desk: Database) -> None:
    names = {
        "Ural": None, "Ural Mining Union": None, "Mining of the Ural": None, "Union of Miners": "URAL",
    }  # fmt: skip
    for name, acronym in names.items():
        _add(desk, "organisation", name=name, kind="company", acronym=acronym)
    _add(desk, "organisation", name="Steel Works", kind="company", note="In the Ural mountains")
    assert _labels(_find(desk, "organisation", "ural")) == [
        "Union of Miners", "Ural", "Ural Mining Union", "Mining of the Ural", "Steel Works",
    ]  # fmt: skip


def test_among_equals_the_one_used_last_comes_first_then_the_alphabet(desk: Database) -> None:
    ids = {
        name: _add(desk, "person", name=name, country="TKM") for name in ("Orazov Aman", "Orazov Batyr", "Orazov Kerim")
    }
    assert _labels(_find(desk, "person", "orazov")) == ["Orazov Aman", "Orazov Batyr", "Orazov Kerim"]
    event = new_draft(record_type("event"), kind="meeting", title="Met", date="2025-02-01")
    party = new_draft(record_type("delegation"), country="TKM")
    party.add_line("delegates", new_draft(record_type("delegate"), person_id=ids["Orazov Kerim"]))
    event.add_line("delegations", party)
    desk.write("Met", lambda session: save(session, event))
    assert _labels(_find(desk, "person", "orazov")) == ["Orazov Kerim", "Orazov Aman", "Orazov Batyr"]
    assert _labels(_find(desk, "person", "orazov", recent=False)) == ["Orazov Aman", "Orazov Batyr", "Orazov Kerim"]
    assert _labels(_find(desk, "person", ""))[0] == "Orazov Kerim"
    assert _find(desk, "person", "", recent=False) == []


def test_several_types_are_merged_by_how_they_match(desk: Database) -> None:
    _add(desk, "organisation", name="Japan", kind="company")
    found = _find(desk, ["event", "organisation", "country"], "japan")
    assert [each.record for each in found[:2]] == ["organisation", "country"]
    assert {each.record for each in found} == {"event", "organisation", "country"}


def test_namesakes_are_told_apart(desk: Database) -> None:
    said = {each.label: each.also for each in _find(desk, ["person", "topic", "source", "event", "organisation"], "t")}
    assert said["Tsubai Hiroyuki"].startswith("Chairman")
    (topic,) = _find(desk, "topic", "transport", limit=1)
    assert topic.also == "Trade-economic"
    (body,) = _find(desk, "organisation", "itochu", limit=1)
    assert body.also == "Japan"
    (event,) = _find(desk, "event", "political consultations", limit=1)
    assert event.also == "TKM · JPN"


def test_within_narrows(desk: Database) -> None:
    held = _find(desk, "appointment", "", within={"person_id": 4})
    assert len(held) == 4 and all(each.label.startswith("Tsubai") for each in held)
    assert len(_find(desk, "appointment", "executive vice", within={"person_id": 4})) == 1
    assert _find(desk, "appointment", "executive vice", within={"person_id": 1}) == []
    assert len(_find(desk, "delegation", "", within={"event_id": 2})) == 2


@pytest.mark.parametrize("typed", STRANGE)
@pytest.mark.parametrize("record", sorted({each.kind.target for one in RECORD_TYPES.values() for each in one.links}))  # type: ignore[attr-defined]
def test_whatever_is_typed_gets_an_answer(desk: Database, record: str, typed: str) -> None:
    found = _find(desk, record, typed)
    assert all(each.record == record and each.label for each in found)
    if record in HOLDS:
        assert _find(desk, record, HOLDS[record])


def test_scripts_find_what_is_written_in_them(desk: Database) -> None:
    for name in ("石川昌樹", "محمد السيد"):
        id = _add(desk, "person", name=name)
        assert [each.id for each in _find(desk, "person", name[:2])] == [id]


class Noting(Reader):
    """A reader that notes how SQLite answers each question."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.plans: list[tuple[str, str]] = []

    def sql(self, text: str, parameters: Any = ()) -> list[Any]:
        """The answer, its plan noted."""
        if text.lstrip().upper().startswith("SELECT"):
            plan = self._connection.execute(f"EXPLAIN QUERY PLAN {text}", parameters).fetchall()
            self.plans += [(row[3], text) for row in plan]
        return super().sql(text, parameters)


@pytest.mark.parametrize("record", sorted(MAIN))
@pytest.mark.parametrize("typed", ["", "gurb", "zzzz", "deputy minister of"])
def test_no_question_reads_a_whole_table(desk: Database, record: str, typed: str) -> None:
    from legation.storage.connection import connect_for_reading

    with closing(Noting(connect_for_reading(desk.path))) as reader:
        suggest(reader, record, typed)
        scans = [(plan, text) for plan, text in reader.plans if plan.startswith("SCAN ")]
    allowed = ("VIRTUAL TABLE", "USING COVERING INDEX", "USING INTEGER PRIMARY KEY", "CONSTANT ROW")
    bounded = [
        (plan, text) for plan, text in scans if not any(each in plan for each in allowed) and "LIMIT" not in text
    ]
    assert [each for each in bounded if "max(id)" not in each[1]] == []


def test_real_names_are_found_by_what_people_type(desk: Database) -> None:
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA names no folder with the real data")
    people = _real_names(Path(folder))
    table = table_named("person")
    rows = [
        {"uid": f"real-{at}", "name": name, "sort_name": name.casefold(), "country": None}
        for at, name in enumerate(people)
    ]
    desk.write("Real", lambda session: session.execute(insert(table), rows))
    assert len(people) > 200
    missed = [name for name in people if name not in _labels(_find(desk, "person", name.upper(), limit=40))]
    assert missed == []
    turned = [" ".join(reversed(name.split())) for name in people]
    missed = [
        name
        for name, typed in zip(people, turned, strict=True)
        if name not in _labels(_find(desk, "person", typed, limit=40))
    ]
    assert missed == []


def _real_names(folder: Path) -> list[str]:
    """Names of persons in the real data, each once."""
    with (folder / "cabinet" / "cabinet-turnover.csv").open(encoding="utf-8-sig", newline="") as file:
        names = dict.fromkeys(" ".join((row["appointee"] or "").split()) for row in csv.DictReader(file))
    return [name for name in names if len(fold(name).split()) in (2, 3)]


@pytest.mark.parametrize("record", [*HOLDS, "country"])
def test_both_ways_find_the_same(desk: Database, monkeypatch: pytest.MonkeyPatch, record: str) -> None:
    for typed in (
        "republic of",
        "s",
        "a",
        "m",
        "minister",
        "state m",
        "min foreign",
        "the",
        "ministry of",
        '"of foreign"',
        "j e",
        "東京",
    ):
        found = []
        for most in (0, 10**6):
            monkeypatch.setattr(suggesting, "MOST_READ", most)
            found.append(_find(desk, record, typed, limit=200))
        assert found[0] == found[1], typed
