"""Meetings with both sides, lists of organisations, countries and sources, and what else a table may be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.imports.mapping import Mapping
from legation.imports.planning import propose_mapping
from legation.imports.source_tables import SourceRow, SourceTable
from legation.storage.checking import check_workspace
from legation.storage.database import Database

MEETINGS = """Date,Turkmen side,Japanese side,Place,Topics,Source
27/01/2025,{deputy} Ahmet Gurbanov,{state} Fujii Hisayuki,"Tokyo, Japan","Energy; something else",https://example.org/1
28/01/2025,Ahmet Gurbanov,Tanaka Yuki,"Tokyo, Japan",,https://example.org/1
""".format(deputy="Deputy Minister of Foreign Affairs", state="State Minister for Foreign Affairs")


def test_one_row_gives_an_event_two_parties_delegates_posts_a_place_and_a_source(database: Database) -> None:
    plan = imported(database, table(MEETINGS, "meetings.csv"))
    assert counted(plan) == (2, 0, 0, 0)
    assert plan.mapping.values == {"event.kind": "meeting", "first.country": "TKM", "second.country": "JPN"}
    event = asked(database, "SELECT kind, country, city, date, summary FROM event ORDER BY id")[0]
    assert event[:4] == ("meeting", "JPN", "Tokyo", "2025-01-27") and "something else" in str(event[4])
    sides = asked(database, "SELECT country, role FROM delegation WHERE event_id = (SELECT min(id) FROM event)")
    assert sorted(sides) == [("JPN", "host"), ("TKM", "guest")]
    assert asked(database, "SELECT count(*) FROM person") == [(3,)]
    assert asked(database, "SELECT url FROM source") == [("https://example.org/1",)]
    assert asked(database, "SELECT title FROM post ORDER BY id") == [
        ("Deputy Minister of Foreign Affairs",), ("State Minister of Foreign Affairs",)
    ]  # fmt: skip
    assert check_workspace(database.path) == []


def test_a_log_of_meetings_with_outside_bodies(database: Database) -> None:
    text = """Minister,Date,Name of organisation,Purpose of meeting
Foreign Secretary Jane Smith,January 2024,Example Energy Ltd,To discuss energy
Foreign Secretary Jane Smith,Feb 2024,Institute of Example Studies,Round table
"""
    source = table(text, "uk-meetings.csv")
    with closing(database.reader()) as reader:
        mapping = propose_mapping(reader, source)
    mapping.values["first.country"] = "GBR"
    plan = imported(database, source, mapping)
    assert counted(plan) == (2, 0, 0, 0)
    assert asked(database, "SELECT date FROM event ORDER BY id") == [("2024-01",), ("2024-02",)]
    bodies = asked(database, "SELECT name, kind FROM organisation WHERE name LIKE '%Example%' ORDER BY id")
    assert bodies == [("Example Energy Ltd", "company"), ("Institute of Example Studies", "academic")]


def test_entries_of_a_calendar(database: Database) -> None:
    text = """UID,Summary,Start,End,Location,Description,Status
a@x,Talks with Japan,2025-01-27 10:00,2025-01-27 11:00,Tokyo,About many things that matter,CONFIRMED
b@x,Reception,2031-02-01,2031-02-01,Geneva,,TENTATIVE
"""
    plan = imported(database, table(text, "calendar.ics"))
    assert counted(plan) == (2, 0, 0, 0)
    assert asked(database, "SELECT title, date, start_time, city, status, summary FROM event ORDER BY id") == [
        ("Talks with Japan", "2025-01-27", "10:00", "Tokyo", "held", "About many things that matter"),
        ("Reception", "2031-02-01", None, "Geneva", "proposed", None),
    ]


def test_a_list_of_organisations(database: Database) -> None:
    text = """Name,Acronym,Type,Country,Website,Members
World Health Organization,WHO,igo,,https://www.who.int,
Example Development Bank,EXDB,company,Japan,https://example.org,
Example Dialogue,,dialogue format,,,"Japan, Turkmenistan"
,,,,,Japan
Bad Address Body,,company,Japan,https://exa mple,
"""
    plan = imported(database, table(text, "bodies.csv"))
    assert plan.mapping.type == "organisations"
    assert counted(plan) == (2, 0, 1, 2)
    assert asked(database, "SELECT kind, country FROM organisation WHERE acronym = 'EXDB'") == [("company", "JPN")]
    members = "SELECT country FROM membership WHERE organisation_id = (SELECT id FROM organisation WHERE name = ?)"
    assert sorted(asked(database, members, "Example Dialogue")) == [("JPN",), ("TKM",)]
    assert counted(planned(database, table(text, "bodies.csv"))) == (0, 0, 3, 2)


def test_countries_are_matched_by_every_code(database: Database) -> None:
    text = "ISO3166-1-Alpha-3,ISO3166-1-Alpha-2,M49,Country,Capital\n"
    text += "NAM,NA,516,Namibia,Windhoek\nTKM,TM,795,Turkmenistan,Ashgabat\n"
    text += "XZZ,,,Atlantis,Poseidonis\nJPN,TM,,Japan,\n,,,,Nowhere\n"
    plan = imported(database, table(text, "codes.csv"))
    assert plan.mapping.type == "countries"
    assert counted(plan) == (1, 0, 2, 2)
    assert "belong to several countries" in plan.rejects[0][2]
    assert asked(database, "SELECT name FROM country WHERE code = 'XZZ'") == [("Atlantis",)]


def test_a_list_of_sources(database: Database) -> None:
    text = "Title,URL,Publisher,Published\nTalks held,https://example.org/a,Example News,3 May 2024\n"
    text += "Talks held,https://example.org/a/,Example News,3 May 2024\n"
    plan = imported(database, table(text, "links.csv"))
    assert plan.mapping.type == "sources" and counted(plan) == (1, 0, 1, 0)
    joined = "SELECT s.title, s.issued, o.name FROM source s JOIN organisation o ON o.id = s.publisher_id"
    assert asked(database, joined) == [("Talks held", "2024-05-03", "Example News")]


def test_parties_of_one_cell(database: Database) -> None:
    text = """Date,Event,Parties,Place
2024-05-01,Summit of three,"Japan, Turkmenistan and Bosnia and Herzegovina",Tokyo
2024-06-01,With a body,Japan; United Nations,New York
2024-07-01,With nobody,Japan; Atlantis,Tokyo
"""
    plan = imported(database, table(text, "parties.csv"))
    assert counted(plan) == (2, 0, 0, 1)
    sides = asked(database, "SELECT coalesce(country, '-') FROM delegation ORDER BY id")
    assert sides == [("JPN",), ("TKM",), ("BIH",), ("JPN",), ("-",)]


@pytest.mark.parametrize("words", ["a\n", "a,b\n1,2\n", "Date\nnot a date\n", "Name,Position\n,\n", "x,y,z\n,,\n"])
def test_tables_that_say_little_do_no_harm(database: Database, words: str) -> None:
    plan = planned(database, table(words, "little.csv"))
    assert sum(plan.counts.values()) == len(plan.rows)


def numbered(rows: list[tuple[str, ...]]) -> Iterator[SourceRow]:
    return (SourceRow(number, row) for number, row in enumerate(rows, 2))


def test_strange_texts_never_crash_and_never_get_lost(database: Database) -> None:
    strange = [
        "\x00NUL",
        "ｆｕｌｌ",
        "🇯🇵",
        "\u202ertl",
        "=1+1",
        "'quoted'",
        "<script>",
        "ʼ",
        "a" * 5000,
        "١٢٣",
        "nan",
        "1e309",
        "%s",
        "\ud800",
    ]
    heads = {
        "visits": "Visitor,Country,Date",
        "officials": "Name,Position,Start",
        "organisations": "Name,Type,Country",
        "countries": "Code,Country,Capital",
        "sources": "Title,URL,Published",
        "events": "Date,Event,Place",
    }
    for type_name in heads:
        rows = [(one, other, third) for one in strange for other, third in (("Japan", "2020-01-02"), (one, one))]
        made = SourceTable(f"{type_name}.csv", "", tuple(heads[type_name].split(",")), partial(numbered, rows))
        with closing(database.reader()) as reader:
            mapping = propose_mapping(reader, made, type_name)
        plan = imported(database, made, mapping)
        assert len(plan.rows) == len(rows) == sum(plan.counts.values())
    assert check_workspace(database.path) == []


def test_a_table_in_german(database: Database) -> None:
    text = """Datum;Ort;Besucher;Land;Anlass
3. Februar 2020;Berlin;Präsident Emmanuel Macron;Frankreich;Arbeitsbesuch
12. März 2020 - 14. März 2020;Berlin;Premierminister Boris Johnson;Vereinigtes Königreich;Gespräch
"""
    plan = imported(database, table(text, "besuche-germany.csv", delimiter=";"))
    assert plan.mapping.type == "visits" and counted(plan) == (2, 0, 0, 0)
    assert asked(database, "SELECT date, city, summary FROM event ORDER BY id") == [
        ("2020-02-03", "Berlin", "Arbeitsbesuch"),
        ("2020-03-12/2020-03-14", "Berlin", "Gespräch"),
    ]
    posts = asked(
        database, "SELECT p.title, p.rank, o.name FROM post p JOIN organisation o ON o.id = p.organisation_id"
    )
    assert posts == [
        ("Präsident", 10, "Presidency of France"), ("Premierminister", 20, "Government of the United Kingdom")
    ]  # fmt: skip
    sides = "SELECT country, role FROM delegation ORDER BY event_id, role"
    assert asked(database, sides) == [("FRA", "guest"), ("DEU", "host"), ("GBR", "guest"), ("DEU", "host")]


def test_empty_cells_that_repeat_the_one_above_and_nil_returns(database: Database) -> None:
    text = """Minister,Date,Name of organisation or individual,Purpose of meeting
Foreign Secretary Jane Smith,January 2024,Example Energy Ltd,To discuss energy
,Feb 2024,Institute of Example Studies,Round table
Minister of State John Brown,March 2024,Nil return,
"""
    source = table(text, "uk-meetings.csv")
    with closing(database.reader()) as reader:
        mapping = propose_mapping(reader, source)
    assert mapping.fill_down == ("Minister",)
    mapping.values["first.country"] = "GBR"
    plan = imported(database, source, mapping)
    assert counted(plan) == (2, 0, 1, 0)
    assert asked(database, "SELECT DISTINCT p.name FROM delegate g JOIN person p ON p.id = g.person_id") == [
        ("Jane Smith",)
    ]
    assert asked(database, "SELECT count(*) FROM delegate") == [(2,)]


def test_travels_with_the_date_in_three_columns_and_wrapped_text(database: Database) -> None:
    text = """Year,Month,Day,Destination,Locale,Traveler,Remarks
2021,May,3,Japan,Tokyo,Secretary of State Jane Doe,"Working visit
with several talks"
2021,6,14,Kenya,Nairobi,Secretary of State Jane Doe,
"""
    plan = imported(database, table(text, "us-travels.csv"))
    assert counted(plan) == (2, 0, 0, 0)
    assert asked(database, "SELECT date, country, city, summary, visit_type FROM event ORDER BY id") == [
        ("2021-05-03", "JPN", "Tokyo", "Working visit with several talks", "working"),
        ("2021-06-14", "KEN", "Nairobi", None, None),
    ]
    sides = "SELECT country, role FROM delegation ORDER BY event_id, role"
    assert asked(database, sides) == [("USA", "guest"), ("JPN", "host"), ("USA", "guest"), ("KEN", "host")]


MEMBERS = """Member state,Date of admission,Member until
Kiribati,14 September 1999,
Indonesia,28 September 1950,20 January 1965
Indonesia,28 September 1966,
"""


def test_memberships_have_their_days(database: Database) -> None:
    mapping = Mapping(
        "organisations",
        {"Member state": ("organisation.members",), "Date of admission": ("membership.start",),
         "Member until": ("membership.end",)},
        {"organisation.name": "Court of the Winds"},
    )  # fmt: skip
    plan = imported(database, table(MEMBERS, "members.csv"), mapping)
    assert counted(plan) == (1, 2, 0, 0)
    periods = (
        "SELECT m.country, m.period, m.status FROM membership m JOIN organisation o ON o.id = m.organisation_id "
        "WHERE o.name = 'Court of the Winds' ORDER BY m.country, m.period"
    )
    assert asked(database, periods) == [
        ("IDN", "1950-09-28/1965-01-20", "member"), ("IDN", "1966-09-28/", "member"), ("KIR", "1999-09-14/", "member"),
    ]  # fmt: skip
    assert counted(planned(database, table(MEMBERS, "members.csv"), mapping)) == (0, 0, 3, 0)
    assert check_workspace(database.path) == []


def test_the_day_of_a_membership_that_is_known_is_filled_in(database: Database) -> None:
    imported(database, table("Organisation,Members\nLeague of Lakes,Kiribati; Japan\n", "leagues.csv"))
    text = "Organisation,Member country,Date of admission\nLeague of Lakes,Kiribati,14 September 1999\n"
    plan = imported(database, table(text, "un.csv"))
    assert plan.mapping.columns["Date of admission"] == ("membership.start",)
    assert counted(plan) == (0, 1, 0, 0)
    period = (
        "SELECT m.country, m.period FROM membership m JOIN organisation o ON o.id = m.organisation_id "
        "WHERE o.name = 'League of Lakes' ORDER BY m.country"
    )
    assert asked(database, period) == [("JPN", None), ("KIR", "1999-09-14/")]
    assert check_workspace(database.path) == []


def test_kinds_of_membership_are_told_from_members(database: Database) -> None:
    text = """Organisation,Member country,Type of membership
League of Lakes,Japan,Full member
League of Lakes,Kiribati,Associate member
League of Lakes,Sweden,Observer (non-member state)
"""
    assert counted(imported(database, table(text, "lakes.csv"))) == (1, 2, 0, 0)
    statuses = "SELECT m.country, m.status FROM membership m JOIN organisation o ON o.id = m.organisation_id "
    assert asked(database, statuses + "WHERE o.name = 'League of Lakes' ORDER BY m.country") == [
        ("JPN", "member"), ("KIR", "associate"), ("SWE", "observer")
    ]  # fmt: skip


def test_a_membership_named_without_and_then_with_its_day_is_one(database: Database) -> None:
    text = """Organisation,Member country,Date of admission
League of Lakes,Kiribati,
League of Lakes,Kiribati,14 September 1999
League of Lakes,Japan,
"""
    imported(database, table(text, "lakes.csv"))
    asks = (
        "SELECT m.country, m.period FROM membership m JOIN organisation o ON o.id = m.organisation_id "
        "WHERE o.name = 'League of Lakes' ORDER BY m.country"
    )
    assert asked(database, asks) == [("JPN", None), ("KIR", "1999-09-14/")]
