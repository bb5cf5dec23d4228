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
from legation.matching.one_line import add_line, read_line
from legation.records.catalogue import record_type
from legation.records.citation import CITATION_TARGETS
from legation.records.vocabulary import ORGANISATION_KINDS
from legation.storage.checking import check_workspace
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
        ("27 jan meeting TKM>JPN issued:2025", "issued:2025", "Name the source first"),
        ("27 jan meeting cite:caspianpost.com", "cite:caspianpost.com", "Name a topic"),
        ("27 jan meeting TKM>JPN src:caspianpost.com citing:X", "citing:X", "This source is known already"),
        ("27 jan meeting TKM>JPN #power by:UZB", "by:UZB", "“UZB” is no party of this event"),
        ("27 jan meeting TKM>JPN owner:JPN", "owner:JPN", "Name the outcome first"),
        ("27 jan meeting TKM>JPN+UN(clown)", "UN(clown)", "“clown” is no role or attendance"),
        ("27 jan meeting TKM>JPN framework:Nowhere", "framework:Nowhere", "Nothing known is called “Nowhere”. A star"),
        ("27 jan meeting TKM>JPN in:visit in:expo", "in:expo", "The event before is known already"),
        ("27 jan meeting TKM>JPN #power about:Nowhere", "about:Nowhere", "Nothing known is called"),
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
        ("27 jan meeting TKM>JPN #power by:jap", "Japan"),
        ("27 jan meeting TKM>JPN outcome:X owner:tk", "Turkmenistan"),
        ("27 jan meeting TKM>JPN #power act:re", "Reviewed"),
        ("27 jan meeting TKM>JPN outcome:X on:pow", "Electric power"),
        (
            "27 jan meeting TKM>JPN cite:casp",
            "Turkmenistan and Japan Discuss Strengthening Cooperation, The Caspian Post",
        ),
        ("27 jan meeting TKM>JPN mode:vi", "Video"),
        ("27 jan meeting TKM>JPN src:x medium:web", "Web page"),
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


EVERYTHING = (
    '26 jan 2025 visit JPN:Itochu(organiser,12,expected)>TKM @Ashgabat Tsubai "A visit" aka:"The visit" type:working '
    'in:*"A tour" framework:*"Silk Road Dialogue" round:3 time:17:05 minutes:40 mode:hybrid level:business '
    'stated:"on Sunday" status:held note:"Went well." venue:"Oguzhan Palace" country:TKM '
    '#E.power act:noted said:"The state of work." by:TKM about:"World Expo" cite:caspianpost.com para:4 '
    'quote:"All went well" states:"27 January" '
    'outcome:"A treaty" as:treaty owner:JPN:Itochu on:E.power due:2026 state:signed text:"They agree." ref:"No. 7" '
    "closed:2027 replaces:Agreements",
    '27 jan 2025 meeting TKM>JPN Gurbanov(adviser) cite:"New site" publisher:*"The Post" issued:2025 medium:webpage '
    "citing:AKIpress",
    "27 jan 2025 meeting TKM>JPN #power about:AKIpress #transport about:Agreements",
)
NEVER_TYPED = {  # filled in from the owner of a line, or from the whole line
    "event": set[str](),
    "delegation": {"event_id", "stated_as"},
    "delegate": {"event_id", "delegation_id", "stated_as"},
    "agenda_item": {"event_id"},
    "outcome": {"event_id"},
    "citation": set(CITATION_TARGETS),
    "source": {"author", "language", "accessed", "archive_url", "body", "url"},
}


def test_a_line_can_say_what_the_form_can(reader: Reader) -> None:
    said: dict[str, set[str]] = {}
    for text in EVERYTHING:
        line = read_line(reader, text)
        assert line.problems == []
        for draft in line.draft.walk():
            said.setdefault(draft.record.name, set()).update(draft.touched)
    for name, never in NEVER_TYPED.items():
        assert {each.name for each in record_type(name).stored} - said[name] == never, name


def test_lines_with_everything_are_saved(sample: Path) -> None:
    with closing(Database(sample)) as database:
        line, change = add_line(database, EVERYTHING[0])
        assert change is not None, line.told()
        with closing(database.reader()) as reader:
            party = "SELECT d.role, d.attendance, d.size FROM delegation d WHERE d.event_id = ? AND d.country = 'JPN'"
            assert reader.sql(party, (change.result,)) == [("organiser", "expected", 12)]
            owner = (
                "SELECT o.name FROM outcome u JOIN delegation d ON d.id = u.owner_id "
                "JOIN organisation o ON o.id = d.organisation_id WHERE u.event_id = ?"
            )
            assert reader.sql(owner, (change.result,))[0][0].startswith("Itochu")
            speaker = "SELECT d.country, a.text FROM agenda_item a JOIN delegation d ON d.id = a.speaker_id"
            assert reader.sql(f"{speaker} WHERE a.event_id = ?", (change.result,)) == [("TKM", "The state of work.")]
            cited = "SELECT c.locator, c.quote FROM citation c JOIN agenda_item a ON a.id = c.agenda_item_id"
            assert reader.sql(f"{cited} WHERE a.event_id = ?", (change.result,)) == [("para 4", "All went well")]
            above = "SELECT p.title, p.kind FROM event e JOIN event p ON p.id = e.parent_id WHERE e.id = ?"
            assert reader.sql(above, (change.result,)) == [("A tour", "visit")]
        assert check_workspace(sample) == []


def test_a_source_of_its_own_belongs_to_what_stands_before_it(reader: Reader) -> None:
    line = read_line(
        reader,
        "27 jan 2025 meeting TKM>JPN cite:akipress Gurbanov cite:caspianpost.com para:2 #power cite:caspianpost.com "
        'outcome:"Statement" cite:"A new one" src:"A new one" para:9',
    )
    assert line.problems == []
    guest, host = line.draft.lines["delegations"]
    (delegate,) = guest.lines["delegates"]
    (statement,) = line.draft.lines["outcomes"]
    (power,) = line.draft.lines["agenda"]
    assert [len(each.lines["citations"]) for each in (host, guest, delegate, power, statement)] == [1, 0, 1, 1, 1]
    assert delegate.lines["citations"][0]["locator"] == "para 2"
    (whole,) = line.draft.lines["citations"]
    assert whole["source_id"] is statement.lines["citations"][0]["source_id"] and whole["locator"] == "para 9"


def test_what_a_source_cites_is_a_chain(reader: Reader) -> None:
    line = read_line(
        reader,
        '27 jan 2025 meeting TKM>JPN src:"A reprint" publisher:*"New Herald" citing:"New Agency" citing:AKIpress',
    )
    assert line.problems == []
    reprint = line.draft.lines["citations"][0]["source_id"]
    assert reprint["publisher_id"]["name"] == "New Herald" and reprint["publisher_id"]["kind"] == "media"
    agency = reprint["derived_from_id"]
    assert agency["title"] is None and agency["publisher_id"]["name"] == "New Agency"
    assert isinstance(agency["derived_from_id"], int)


def test_what_is_not_known_is_made_where_a_star_asks_for_it(reader: Reader) -> None:
    line = read_line(
        reader,
        '27 jan 2025 consultations TKM>JPN:*"Sakura Ltd" framework:*"Joint Working Group" round:1 '
        'in:*"Visit of the minister" in:*"Year of friendship"',
    )
    assert line.problems == []
    body = line.draft.lines["delegations"][1]["organisation_id"]
    assert (body["name"], body["kind"], body["country"]) == ("Sakura Ltd", "company", "JPN")
    assert line.draft["framework_id"]["kind"] in ORGANISATION_KINDS
    visit = line.draft["parent_id"]
    assert (visit["kind"], visit["date"], visit["parent_id"]["title"]) == ("visit", "2025-01-27", "Year of friendship")


def test_a_body_on_the_side_of_a_state_may_stand_first_or_have_blanks(reader: Reader) -> None:
    line = read_line(reader, '27 jan 2025 meeting JPN:Itochu>TKM+UN(observer) "Talks" #power by:Itochu')
    assert line.problems == []
    itochu, turkmen, nations = line.draft.lines["delegations"]
    assert [each["role"] for each in (itochu, turkmen, nations)] == ["guest", "host", "observer"]
    assert line.draft.lines["agenda"][0]["speaker_id"] is itochu


def test_who_else_is_head_is_said_in_brackets(reader: Reader) -> None:
    line = read_line(reader, "27 jan 2025 meeting TKM>JPN / Sato Kenji (interpreter); Fujii (head); Ishikawa")
    host = line.draft.lines["delegations"][1]
    assert [each["role"] for each in host.lines["delegates"]] == ["interpreter", "head", "member"]
