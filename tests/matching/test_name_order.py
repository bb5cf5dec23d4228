"""Names of new officials that may be the other way round are told, and turned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from legation.fields.draft import new_draft
from legation.matching.delegates import understand
from legation.matching.entry import look_at
from legation.matching.name_order import can_turn, name_orders, turn
from legation.matching.one_line import read_line
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.reading import Reader

DAY = ("2025-01-27", "2025-01-27")


@pytest.fixture
def reader(sample: Path) -> Iterator[Reader]:
    with closing(Database(sample)) as database, closing(database.reader()) as reading:
        yield reading


def test_a_name_is_turned_and_turned_back(reader: Reader) -> None:
    found = understand(reader, "Kenji Sato", DAY, "JPN")
    assert found is not None and "family name Kenji" in found.also
    person = found.draft["person_id"]
    turn(person)
    assert (person["name"], person["family_name"], person["given_name"]) == ("Sato Kenji", "Sato", "Kenji")
    turn(person)
    assert person["name"] == "Kenji Sato"


@pytest.mark.parametrize(
    ("name", "country", "wanted"),
    [
        ("Hisayuki Sato", "JPN", True),
        ("Hisayuki SATO", "JPN", True),
        ("Nguyen Van Anh", "VNM", False),
        ("Sato", "JPN", False),
        ("John Smith", "USA", False),
        ("John Smith", None, False),
    ],
)
def test_only_two_words_of_a_state_that_writes_the_family_name_first_can_be_turned(
    reader: Reader, name: str, country: str | None, wanted: bool
) -> None:
    found = understand(reader, name, DAY, country)
    assert found is not None and can_turn(found.draft["person_id"]) is wanted


def test_the_doubt_is_a_flag_of_its_delegate_and_follows_the_title(reader: Reader) -> None:
    event = read_line(reader, "27 jan 2025 meeting TKM>JPN Gurbanov / Kenji Sato").draft
    (flag,) = name_orders(event)
    assert flag.is_doubt and flag.sentence == "Kenji Sato: taken with Kenji as the family name."
    assert list(event.walk())[flag.at].record.name == "delegate"
    assert look_at(reader, event).title == "Gurbanov - Kenji meeting"
    turn(list(event.walk())[flag.at]["person_id"])
    assert look_at(reader, event).title == "Gurbanov - Sato meeting"


def test_an_official_whose_name_was_edited_by_hand_is_left_alone() -> None:
    names = {"name": "Sato K. Kenji", "family_name": "Sato", "given_name": "Kenji"}
    assert not can_turn(new_draft(record_type("person"), country="JPN", **names))
