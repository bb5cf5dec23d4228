"""Delegates as dispatches print them: taken apart, matched to what is known, and the rest proposed as new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, strategies as some

from legation.fields.draft import Draft, new_draft
from legation.matching.delegates import understand
from legation.matching.in_office import posts_not_held
from legation.matching.printed_persons import looks_printed, parse_printed, read_list
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.loading import load_draft
from legation.storage.reading import Reader
from legation.storage.saving import save

DAY = ("2025-01-27", "2025-01-27")
COUNTRIES = {"turkmenistan": "TKM", "japan": "JPN", "united states of america": "USA"}


@pytest.fixture
def reader(sample: Path) -> Iterator[Reader]:
    with closing(Database(sample)) as database, closing(database.reader()) as reading:
        yield reading


@pytest.mark.parametrize(
    ("printed", "name", "titles"),
    [
        ("Deputy Minister of Foreign Affairs of Turkmenistan Ahmet Gurbanov", "Ahmet Gurbanov",
         [("Deputy Minister of Foreign Affairs", "Ministry of Foreign Affairs of Turkmenistan", 60)]),
        ("Ahmet Gurbanov, Deputy Foreign Minister", "Ahmet Gurbanov",
         [("Deputy Minister of Foreign Affairs", "Ministry of Foreign Affairs", 60)]),
        ("Ambassador Extraordinary and Plenipotentiary of Japan to Turkmenistan, H.E. Mr. Kazuhiro SEKI",
         "Kazuhiro SEKI",
         [("Ambassador Extraordinary and Plenipotentiary", "Embassy of Japan in Turkmenistan", 75)]),
        ("President of Turkmenistan Serdar Berdimuhamedov", "Serdar Berdimuhamedov",
         [("President", "Presidency of Turkmenistan", 10)]),
        ("Rashid Meredov, Deputy Chairman of the Cabinet of Ministers, Minister of Foreign Affairs of Turkmenistan",
         "Rashid Meredov",
         [("Deputy Chairman", "Cabinet of Ministers", 35),
          ("Minister of Foreign Affairs", "Ministry of Foreign Affairs of Turkmenistan", 40)]),
        ("Member of the Board of Directors, Executive Vice President of Itochu Corporation Hiroyuki Tsubai",
         "Hiroyuki Tsubai",
         [("Member of the Board of Directors", "Itochu Corporation", 230),
          ("Executive Vice President", "Itochu Corporation", 220)]),
        ("Kishida Fumio, former Prime Minister of Japan", "Kishida Fumio", []),
        ("Antony Blinken, Secretary of State of the United States of America", "Antony Blinken",
         [("Secretary of State", "Government of United States of America", 40)]),
    ],
)  # fmt: skip
def test_a_printed_person_is_taken_apart(printed: str, name: str, titles: list[tuple[str, str, int]]) -> None:
    found = parse_printed(printed, COUNTRIES, "TKM")
    assert found.name == name
    assert [(each.title, each.body, each.rank) for each in found.posts] == titles


@given(some.text(max_size=120))
def test_any_text_is_taken_apart(text: str) -> None:
    found = parse_printed(text, COUNTRIES, "JPN")
    assert isinstance(found.name, str) and all(each.title for each in found.posts)
    assert looks_printed(text) in (True, False)
    assert all(line.strip() == line and line for line in read_list(text))


def test_a_pasted_list_gives_its_lines() -> None:
    pasted = "Participants:\n\n1. Ahmet Gurbanov, Deputy Minister;\n2) Ishikawa Masaki\n - Fujii Hisayuki.\n"
    assert read_list(pasted) == ["Ahmet Gurbanov, Deputy Minister", "Ishikawa Masaki", "Fujii Hisayuki"]


@pytest.mark.parametrize(
    ("printed", "country", "person", "capacities"),
    [
        ("Deputy Minister of Foreign Affairs of Turkmenistan Ahmet Gurbanov", "TKM", "Ahmet Gurbanov", 1),
        ("H.E. Mr. Akhmet GURBANOV, Deputy Foreign Minister", "TKM", "Ahmet Gurbanov", 1),
        ("Special Representative of the Ministry of Foreign Affairs of Japan for Central Asian and Caucasus Affairs "
         "Ishikawa Masaki", "JPN", "Ishikawa Masaki", 1),
        ("State Minister of Foreign Affairs of Japan Hisayuki Fujii", "JPN", "Fujii Hisayuki", 1),
        ("Member of the Board of Directors, Executive Vice President of Itochu Corporation, President of Machinery and "
         "Equipment, Chairman of the Japanese-Turkmen Committee for Economic Cooperation Hiroyuki Tsubai", "JPN",
         "Tsubai Hiroyuki", 4),
        ("Gurbanov", "TKM", "Ahmet Gurbanov", 1),
    ],
)  # fmt: skip
def test_the_people_of_the_dispatch_are_known(
    reader: Reader, printed: str, country: str, person: str, capacities: int
) -> None:
    found = understand(reader, printed, DAY, country)
    assert found is not None and found.also.split(" · ")[0] == "known"
    assert found.names[("person", found.draft["person_id"])] == person
    acting = [each["appointment_id"] for each in found.draft.lines["capacities"]]
    assert len(acting) == capacities and all(isinstance(each, int) for each in acting)


def test_a_post_that_nobody_holds_yet_is_said_to_be_new(reader: Reader) -> None:
    found = understand(reader, "Takeshi Iwaya, Foreign Minister of Japan", DAY, "JPN")
    assert found is not None and found.also.startswith("new: post, official · ")
    person = found.draft["person_id"]
    assert (person["name"], person["country"]) == ("Takeshi Iwaya", "JPN") or person["family_name"] == "Takeshi"
    appointment = found.draft.lines["capacities"][0]["appointment_id"]
    assert appointment["person_id"] is person
    assert appointment["post_id"]["rank"] == 40


def test_all_that_is_new_is_saved_with_the_event_in_one_step(sample: Path) -> None:
    with closing(Database(sample)) as database:
        with closing(database.reader()) as reader:
            found = understand(
                reader, "Rashid Meredov, Deputy Chairman of the Cabinet of Ministers, Foreign Minister", DAY, "TKM"
            )
        assert found is not None
        event = _event("2025-01-27", found.draft)
        before = _count(sample, "step")
        database.write("Add", lambda session: save(session, event))
        assert _count(sample, "step") == before + 1
    sql = (
        "SELECT p.name, o.name FROM capacity c JOIN appointment a ON a.id = c.appointment_id "
        "JOIN person n ON n.id = a.person_id JOIN post t ON t.id = a.post_id "
        "JOIN organisation o ON o.id = t.organisation_id JOIN person p ON p.id = a.person_id "
        "WHERE n.name = 'Rashid Meredov' ORDER BY o.name"
    )
    with closing(Database(sample)) as database, closing(database.reader()) as reader:
        assert reader.sql(sql) == [
            ("Rashid Meredov", "Cabinet of Ministers of Turkmenistan"),
            ("Rashid Meredov", "Ministry of Foreign Affairs of Turkmenistan"),
        ]


def test_a_post_that_had_ended_is_flagged_with_its_holder(sample: Path) -> None:
    with closing(Database(sample)) as database:
        with closing(database.reader()) as reader:
            rows = reader.sql("SELECT id, post_id FROM appointment WHERE person_id = 2")
            person = load_draft(reader, record_type("person"), 2)
        appointment, post = rows[0]
        person.lines["appointments"][0]["period"] = "2024-01/2024-06"
        other = new_draft(record_type("person"), name="Tanaka Ken")
        other.add_line("appointments", new_draft(record_type("appointment"), post_id=post, period="2024-07/.."))
        database.write("Change", lambda session: (save(session, person), save(session, other)))
        line = new_draft(record_type("delegate"), person_id=2)
        line.add_line("capacities", new_draft(record_type("capacity"), appointment_id=appointment))
        with closing(database.reader()) as reader:
            (flag,) = posts_not_held(reader, _event("2025-01-27", line))
            assert "ended before this day. Held then by Tanaka Ken." in flag.sentence
            assert posts_not_held(reader, _event("2024-03", line)) == ()


def _event(date: str, delegate: Draft) -> Draft:
    event = new_draft(record_type("event"), date=date, title="Talks")
    party = event.add_line("delegations", new_draft(record_type("delegation"), country="TKM"))
    party.add_line("delegates", delegate)
    return event


def _count(path: Path, table: str) -> int:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return int(reader.sql(f"SELECT count(*) FROM {table}")[0][0])
