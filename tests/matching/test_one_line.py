"""One-line entry: what a line says, where it is wrong, and that any line is answered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings as trying, strategies as some

from legation.fields.draft import Draft
from legation.matching.completing import completions
from legation.matching.line_words import words_of
from legation.matching.one_line import read_line
from legation.storage.database import Database
from legation.storage.reading import Reader

WHOLE = (
    "2025-01-27 consultations TKM>JPN @Tokyo Gurbanov / Ishikawa #power #transport src:caspianpost.com "
    '"political consultations"'
)


@pytest.fixture(autouse=True)
def _in_the_week_of_the_dispatch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-03")


@pytest.fixture
def reader(sample: Path) -> Iterator[Reader]:
    with closing(Database(sample)) as database, closing(database.reader()) as reading:
        yield reading


def test_a_whole_line_is_understood(reader: Reader) -> None:
    line = read_line(reader, WHOLE)
    event = line.draft
    assert line.problems == []
    wanted = {"date": "2025-01-27", "kind": "consultations", "city": "Tokyo", "country": "JPN", "status": "held"}
    assert {name: event[name] for name in wanted} == wanted
    assert event["title"] == "political consultations"
    parties = event.lines["delegations"]
    assert [(each["country"], each["role"]) for each in parties] == [("TKM", "guest"), ("JPN", "host")]
    heads = [each.lines["delegates"][0] for each in parties]
    assert [line.names[("person", each["person_id"])] for each in heads] == ["Ahmet Gurbanov", "Ishikawa Masaki"]
    assert [(each["role"], len(each.lines["capacities"])) for each in heads] == [("head", 1), ("head", 1)]
    assert [each["topic"] for each in event.lines["agenda"]] == ["E.power", "E.transport"]
    (citation,) = event.lines["citations"]
    assert isinstance(citation["source_id"], int)
    assert "27 January 2025 (stated: January 27) Turkmen-Japanese political consultations" in line.known


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("16-17 dec 2024 committee session TKM+JPN", {"date": "2024-12-16/2024-12-17", "status": "held"}),
        ("14 apr 2025 expo national day TKM>JPN @Osaka", {"kind": "expo_national_day", "status": "scheduled"}),
        ("summit JPN+TKM level:highest round:1", {"status": "proposed", "ordinal": 1, "level": "highest"}),
        ("27 jan meeting TKM>JPN in:visit", {"parent_id": 1, "title": "Turkmen-Japanese meeting"}),
        ("27 jan meeting TKM+JPN @JPN", {"country": "JPN", "city": None}),
        ("27 jan meeting UN+TKM @Geneva,CHE time:17:05", {"city": "Geneva", "country": "CHE", "start_time": "17:05"}),
        ("27 jan cons TKM>JPN mode:video venue:\"Foreign Ministry\"", {"mode": "video", "venue": "Foreign Ministry"}),
    ],
)  # fmt: skip
def test_main_facts_have_a_place_on_the_line(reader: Reader, text: str, wanted: dict[str, object]) -> None:
    line = read_line(reader, text)
    assert line.problems == []
    assert {name: line.draft[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "at", "begins"),
    [
        ("foo", "foo", "“foo” is no kind of event"),
        ("2025-13-40 meeting TKM>JPN", "2025-13-40", "“2025-13-40” is neither"),
        ("27 jan meeting TKM>XXX", "XXX", "No country or organisation is called “XXX”"),
        ("27 jan meeting TKM>JPN #nonsense", "#nonsense", "No topic is called “nonsense”"),
        ("27 jan meeting TKM>JPN bla:4", "bla:4", "There is no “bla:”"),
        ("27 jan meeting TKM>JPN round:x", "round:x", "“x” is not a whole number"),
        ('27 jan meeting TKM>JPN "Talks', '"Talks', "A quotation mark is not closed"),
        ("27 jan meeting TKM>JPN A / B / Nobody Known", "Nobody Known", "There is no party for"),
        ("27 jan meeting TKM>JPN para:3", "para:3", "Name the source first"),
        ("", "", "Say what kind"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(reader: Reader, text: str, at: str, begins: str) -> None:
    problem = read_line(reader, text).problems[0]
    assert text[problem.start : problem.end] == at
    assert problem.words.startswith(begins)


def test_a_new_official_and_a_new_source_are_drafts(reader: Reader) -> None:
    line = read_line(
        reader, "27 jan meeting TKM>JPN Meredov, Foreign Minister / Fujii src:https://example.org/a para:3"
    )
    assert line.problems == []
    new = line.draft.lines["delegations"][0].lines["delegates"][0]
    assert isinstance(new["person_id"], Draft) and len(new.lines["capacities"]) == 1
    (citation,) = line.draft.lines["citations"]
    assert citation["source_id"]["url"] == "https://example.org/a" and citation["locator"] == "para 3"


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(some.text(max_size=60))
def test_any_line_is_answered(reader: Reader, text: str) -> None:
    line = read_line(reader, text)
    assert all(0 <= each.start <= each.end <= len(text) for each in line.parts)
    assert completions(reader, text, len(text)) is not None
    assert all(text[each.start : each.end] for each in words_of(text)[0])


def test_the_strings_that_break_programs_are_answered(reader: Reader) -> None:
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA names no folder with the real data")
    strings = json.loads((Path(folder) / "robustness" / "naughty-strings.json").read_text(encoding="utf-8"))
    for text in strings:
        line = read_line(reader, f"27 jan meeting TKM>JPN {text} #power")
        assert line.draft["date"] == "2025-01-27"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("27 jan cons", "Consultations"),
        ("27 jan meeting TKM>jap", "Japan"),
        ("27 jan meeting TKM>JPN gurb", "Ahmet Gurbanov"),
        ("27 jan meeting TKM>JPN #pow", "Electric power"),
        ("27 jan meeting TKM>JPN @tok", "Tokyo"),
        ("27 jan meeting TKM>JPN fra", "framework:"),
    ],
)
def test_a_word_is_completed(reader: Reader, typed: str, label: str) -> None:
    found = completions(reader, typed, len(typed))
    chosen = next(each for each in found if each.label == label)
    done = typed[: chosen.start] + chosen.text
    assert len(done) > len(typed) or done != typed
    assert chosen.end == len(typed)


def test_an_event_is_part_of_a_visit_rather_than_of_a_meeting_of_a_like_name(reader: Reader) -> None:
    assert reader.sql("SELECT id, kind FROM event WHERE title LIKE '%delegation%' ORDER BY id")[-1][1] == "meeting"
    line = read_line(reader, "28 jan 2025 meeting TKM>JPN in:delegation")
    assert reader.sql("SELECT kind FROM event WHERE id = ?", (line.draft["parent_id"],)) == [("visit",)]


def test_what_was_done_with_a_topic_and_what_was_agreed(reader: Reader) -> None:
    line = read_line(
        reader,
        '28 jan 2025 meeting TKM>JPN #power act:reviewed said:"The state of work." #E.expo about:"World Expo" '
        'outcome:"Statement on energy" as:"joint statement" due:2026',
    )
    assert line.problems == []
    power, expo = line.draft.lines["agenda"]
    assert (power["act"], power["text"], expo["act"]) == ("reviewed", "The state of work.", "discussed")
    assert reader.sql("SELECT kind FROM event WHERE id = ?", (expo["about_event_id"],)) == [("exposition",)]
    (outcome,) = line.draft.lines["outcomes"]
    assert (outcome["title"], outcome["kind"], outcome["due"]) == ("Statement on energy", "joint_statement", "2026")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("act:noted", "Name the topic first"),
        ("as:treaty outcome:X", "Name the outcome first"),
        ("#power act:sang", "is none of"),
    ],
)
def test_a_word_that_needs_a_topic_or_an_outcome_before_it_says_so(reader: Reader, words: str, told: str) -> None:
    (problem,) = read_line(reader, f"28 jan 2025 meeting TKM>JPN {words}").problems
    assert told in problem.words
