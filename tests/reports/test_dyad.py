"""The dossier of two countries on the sample: levels, visits, plans, outcomes, topics, and an empty pair."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.documents.to_text import to_text
from legation.records.catalogue import record_type
from legation.reports import dossier, dyad
from legation.storage.database import Database


@pytest.fixture
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-06")


def _text(database: Database, one: str, other: str) -> str:
    with closing(database.reader()) as reader:
        return to_text(dyad.build(reader, one, other))


@pytest.mark.usefixtures("_day")
def test_the_pair_of_the_sample(sample_database: Database) -> None:
    text = _text(sample_database, "TKM", "JPN")
    assert "Turkmenistan and Japan" in text
    assert "Last met: senior officials" in text and "(10 days ago)" in text
    assert text.index("deputy ministerial") < text.index("senior officials") < text.index("business")
    assert "1 visit of Turkmenistan to Japan" in text and "0 visits of Japan to Turkmenistan" in text
    assert text.index("World Expo 2025") > text.index("Planned")
    assert "Agreements reached at the meeting of 16-17 December 2024" in text
    assert "Electric power  at 1 event" in text


@pytest.mark.usefixtures("_day")
def test_the_order_of_the_two_changes_no_fact(sample_database: Database) -> None:
    one, other = _text(sample_database, "TKM", "JPN"), _text(sample_database, "JPN", "TKM")
    assert sorted(one.splitlines()[2:]) == sorted(other.splitlines()[2:])


def test_two_that_never_met(sample_database: Database) -> None:
    assert "Nothing is recorded between the two yet." in _text(sample_database, "FRA", "PER")


def test_the_questions_do_not_grow_with_the_events(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        dyad.build(reader, "TKM", "JPN")
        assert reader.statements < 25


def test_a_country_names_those_it_meets_most(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        (id,) = reader.sql("SELECT id FROM country WHERE code = 'TKM'")[0]
        document = dossier.build(reader, record_type("country"), id)
    links = [run.link for block in document.blocks for run in getattr(block, "text", ()) if not isinstance(run, str)]
    assert ("dyad", "TKM-JPN") in links


@pytest.mark.usefixtures("_day")
def test_an_official_is_shown_with_the_people_met(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        text = to_text(dossier.build(reader, record_type("person"), 1))
    met = text[text.index("Met\n") : text.index("Events\n")]
    assert "Fujii Hisayuki" in met and "State Minister of Foreign Affairs" in met and "at 1 event" in met
    assert "Ishikawa Masaki" in met and "Ahmet Gurbanov" not in met and "Tsubai" not in met


@pytest.mark.usefixtures("_day")
def test_a_country_is_shown_with_who_is_in_office_and_what_is_open(sample_database: Database) -> None:
    with closing(sample_database.reader()) as reader:
        number = reader.sql("SELECT id FROM country WHERE code = 'JPN'")[0][0]
        text = to_text(dossier.build(reader, record_type("country"), number))
    office = text[text.index("In office") : text.index("Open outcomes")]
    order = [office.index(name) for name in ("Fujii Hisayuki", "Ishikawa Masaki", "Tsubai Hiroyuki")]
    assert order == sorted(order) and "Gurbanov" not in office
    assert "Agreements reached at the meeting" in text[text.index("Open outcomes") :]
