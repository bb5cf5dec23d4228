"""Tables of kinds that no desk sent yet: matrices, other figures and calendars, marks of footnotes, units."""

from __future__ import annotations

from datetime import date

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.imports.column_dates import DateColumn, read_cell
from legation.imports.files.opening import open_tables
from legation.imports.other_figures import in_figures
from legation.storage.checking import check_workspace
from legation.storage.database import Database

PARTIES = (
    "SELECT e.title, group_concat(d.label, ' ') FROM event e "
    "JOIN (SELECT event_id, coalesce(d.country, o.name) AS label FROM delegation d "
    "LEFT JOIN organisation o ON o.id = d.organisation_id ORDER BY label) d ON d.event_id = e.id "
    "GROUP BY e.id ORDER BY e.id"
)


def test_columns_of_countries_with_ticks_say_who_takes_part(database: Database) -> None:
    text = """Summit,Date,Argentina,Brazil,Japan,Türkiye,EU
Rio,2024-11-18,x,x,x,✓,✓
New Delhi,2023-09-09,x,no,Prime Minister Kishida Fumio,x,
"""
    assert counted(imported(database, table(text))) == (2, 0, 0, 0)
    found = asked(database, PARTIES)
    assert [title for title, _parties in found] == ["Rio", "New Delhi"]
    assert str(found[0][1]).split(" ", 1)[0] == "ARG" and "European Union" in str(found[0][1])
    assert str(found[1][1]).split() == ["ARG", "JPN", "TUR"]
    assert asked(database, "SELECT name FROM person") == [("Kishida Fumio",)]
    assert check_workspace(database.path) == []
    assert counted(planned(database, table(text))) == (0, 0, 2, 0)


def test_days_that_a_spreadsheet_counts_make_a_table_of_visits(database: Database) -> None:
    text = "Date,Guest,Country\n45292,President Emmanuel Macron,France\n45310.5,Chancellor Olaf Scholz,Germany\n"
    plan = imported(database, table(text))
    assert plan.mapping.type == "visits" and counted(plan) == (2, 0, 0, 0)
    assert asked(database, "SELECT date FROM event ORDER BY id") == [("2024-01-01",), ("2024-01-19",)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("١٢/٠٥/٢٠٢٣", "2023-05-12"),
        ("١٥ مارس ٢٠٢٤", "2024-03-15"),
        ("２０２４年５月１０日", "2024-05-10"),
        ("۱۴۰۲/۰۲/۱۵", "2023-05-05"),
        ("۱۴۰۳/۱۲/۳۰", "2025-03-20"),
        ("۱۳۵۷/۱۱/۲۲", "1979-02-11"),
        ("16 October 2013[b]", "2013-10-16"),
        ("14 October 2021 [2][note 3]", "2021-10-14"),
    ],
)
def test_days_in_other_figures_and_with_marks(cell: str, day: str) -> None:
    assert read_cell(cell, DateColumn()).edtf == day


def test_a_day_of_a_calendar_of_the_moon_is_no_date() -> None:
    assert read_cell("١٤٤٥/٠٣/١٢", DateColumn()).words == "١٤٤٥/٠٣/١٢"
    assert read_cell("۱۴۰۲/۱۲/۳۰", DateColumn()).words == "۱۴۰۲/۱۲/۳۰"  # no leap year
    assert in_figures("plain 12") == "plain 12"


def test_every_day_of_the_iranian_calendar_follows_the_one_before() -> None:
    days = []
    for year in range(1395, 1412):
        for month in range(1, 13):
            for day in range(1, 32):
                printed = f"{year}/{month}/{day}".translate({ord(str(n)): "۰۱۲۳۴۵۶۷۸۹"[n] for n in range(10)})
                if (told := in_figures(printed)).isascii():
                    days.append(date.fromisoformat(told).toordinal())
    assert days == list(range(days[0], days[0] + len(days))) and len(days) > 17 * 365


def test_marks_of_footnotes_belong_to_no_name_and_no_post(database: Database) -> None:
    text = """Name[a],Office[1],Country,Term start,Term end
Jonas Gahr Støre[1],Prime Minister[2],Norway,14 October 2021[3],Incumbent
"""
    plan = imported(database, table(text))
    assert plan.mapping.type == "officials" and counted(plan) == (1, 0, 0, 0)
    found = asked(database, "SELECT p.name, t.title, a.period FROM appointment a JOIN person p ON p.id = a.person_id "
                  "JOIN post t ON t.id = a.post_id")  # fmt: skip
    assert found == [("Jonas Gahr Støre", "Prime Minister", "2021-10-14/..")]


def test_units_below_headings_do_not_hide_them_and_hours_are_no_minutes(database: Database) -> None:
    content = """Date,Visitor,Country,Duration
(dd.mm.yyyy),(name),(ISO),(hours)
02.01.2024,President Ana Lima,BRA,2
15.01.2024,Prime Minister Bo Ek,SWE,3
"""
    (source,) = open_tables(content.encode(), name="visits.csv")
    plan = imported(database, source)
    assert plan.mapping.type == "visits" and counted(plan) == (2, 0, 0, 0)
    assert "event.minutes" not in {role for roles in plan.mapping.columns.values() for role in roles}


def test_a_calendar_is_one_whatever_its_entries_are_called(database: Database) -> None:
    content = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240502T120000Z\r\nDTEND:20240502T130000Z"
        "\r\nSUMMARY:Gespräch mit Außenminister Müller\r\nLOCATION:Bundeshaus\\; Bern\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (source,) = open_tables(content.encode("cp1252"), name="kalender.ics")
    plan = imported(database, source)
    assert plan.mapping.type == "events" and asked(database, "SELECT title FROM event") == [
        ("Gespräch mit Außenminister Müller",)
    ]


def test_numbers_of_documents_are_no_countries(database: Database) -> None:
    text = """Meeting record,Date,Press release,Topic
S/PV.9523,27 December 2023,SC/15546,The situation in the Middle East
S/PV.9520,22 December 2023,SC/15545,Maintenance of peace and security
"""
    plan = imported(database, table(text))
    assert counted(plan) == (2, 0, 0, 0) and "Press release" not in plan.mapping.columns
    titles = [("The situation in the Middle East",), ("Maintenance of peace and security",)]
    assert asked(database, "SELECT title FROM event ORDER BY id") == titles


GATES = """Minister,Date,Name of organisation or individual,Purpose
Rt Hon David Cameron,January 2024,Bill Gates,Global health
Rt Hon David Cameron,January 2024,Morgan Stanley,Finance
Rt Hon David Cameron,February 2024,Tony Blair Institute,Policy
"""


def test_a_name_that_may_be_a_person_is_offered_as_one(database: Database) -> None:
    plan = planned(database, table(GATES))
    assert [(each.printed, each.choices[0].answer) for each in plan.questions] == [("Bill Gates", "person")]
    imported(database, table(GATES), decisions={plan.questions[0].key: "person"})
    assert asked(database, "SELECT p.name, o.name FROM delegate g JOIN person p ON p.id = g.person_id "
                 "JOIN delegation d ON d.id = g.delegation_id JOIN organisation o ON o.id = d.organisation_id") == [
        ("Bill Gates", "Individuals")
    ]  # fmt: skip
    bodies = asked(database, "SELECT name FROM organisation WHERE name IN ('Bill Gates', 'Morgan Stanley')")
    assert bodies == [("Morgan Stanley",)]


def test_a_column_of_delegations_is_of_countries_where_its_cells_are(database: Database) -> None:
    text = """No,Name of delegate,Designation,Delegation
1,Mr. Tan Wei Ming,Director-General,Singapore
2,Dr. Nguyen Van Anh,Deputy Minister of Foreign Affairs,Viet Nam
"""
    plan = imported(database, table(text))
    assert plan.mapping.type == "officials" and counted(plan) == (2, 0, 0, 0)
    found = asked(database, "SELECT name, country FROM person ORDER BY id")
    assert [country for _name, country in found] == ["SGP", "VNM"] and found[0][0] == "Tan Wei Ming"
