"""Tables as foreign-policy desks keep them: who the parties are, which posts and days, and nothing invented."""

from __future__ import annotations

import json

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.imports.files.opening import open_tables
from legation.storage.checking import check_workspace
from legation.storage.database import Database

PARTIES = (
    "SELECT e.date, d.role, d.country, o.name, p.name, dl.stated_as FROM event e "
    "JOIN delegation d ON d.event_id = e.id LEFT JOIN organisation o ON o.id = d.organisation_id "
    "LEFT JOIN delegate dl ON dl.delegation_id = d.id LEFT JOIN person p ON p.id = dl.person_id "
    "ORDER BY e.date, d.country, p.name"
)
TERMS = (
    "SELECT p.name, p.country, po.title, a.period FROM appointment a JOIN person p ON p.id = a.person_id "
    "JOIN post po ON po.id = a.post_id ORDER BY p.name"
)


def test_a_cell_of_persons_names_its_party(database: Database) -> None:
    text = """Date,Our side,Their side,Place,Subject
2024-11-12,Jan Novák (Czechia),Turkmenistan,Ashgabat,Energy
2024-11-13,Jan Novák (Czechia),Ahmet Gurbanov (Turkmenistan),Ashgabat,Transit
2024-11-21,Jan Novák (Czechia),Turkmenistan: Ahmet Gurbanov; Deputy Minister of Foreign Affairs,Prague,Talks
2024-11-22,Jan Novák (Czechia),EU,Prague,Trade
2024-11-23,Jan Novák (Czechia),"France, Germany",Prague,Industry
2024-11-24,"Jan Novák, Czechia","Mykola Petrenko (MP)",Prague,Grain
"""
    plan = imported(database, table(text))
    assert counted(plan) == (5, 0, 0, 1)
    assert "brackets" in plan.rejects[0][2]
    found = asked(database, PARTIES)
    assert found[1] == ("2024-11-12", "participant", "TKM", None, None, None)
    assert ("2024-11-13", "participant", "TKM", None, "Ahmet Gurbanov", None) in found
    deputy = "Deputy Minister of Foreign Affairs"
    assert ("2024-11-21", "participant", "TKM", None, "Ahmet Gurbanov", deputy) in found
    assert ("2024-11-22", "participant", None, "European Union", None, None) in found
    assert [each[2] for each in found if each[0] == "2024-11-23"] == ["CZE", "DEU", "FRA"]
    assert asked(database, "SELECT count(*) FROM person") == [(2,)]
    assert counted(imported(database, table(text))) == (0, 0, 5, 1)
    assert check_workspace(database.path) == []


def test_returns_of_ministers_are_those_of_their_state(database: Database) -> None:
    text = """Minister,Date,Name of organisation or individual,Purpose of meeting
Rt Hon Anne Field,January 2024,Chatham House,To discuss foreign policy
,February 2024,Acme Systems,Trade
Tom Hill MP,Nil return,Nil return,Nil return
"""
    plan = imported(database, table(text, title="Ministers' meetings, 1 January 2024 to 31 March 2024"))
    assert counted(plan) == (2, 0, 1, 0)
    assert plan.mapping.values["first.country"] == "GBR" and plan.mapping.reasons["first.country"]
    assert [each[:5] for each in asked(database, PARTIES) if each[2]] == [
        ("2024-01", "participant", "GBR", None, "Anne Field"),
        ("2024-02", "participant", "GBR", None, "Anne Field"),
    ]


def test_ambassadors_have_their_post_from_the_heading(database: Database) -> None:
    text = """Country,Ambassador,Credentials presented
Burma/Myanmar,H.E. Ms. Thiri Aung,14 Mar. 2023
🇫🇷 France,Mme Claire Martin,5 June 2024
DPRK,Mr Kim Chol Su (Chargé d'affaires),
"""
    assert counted(imported(database, table(text))) == (3, 0, 0, 0)
    assert asked(database, TERMS) == [
        ("Claire Martin", "FRA", "Ambassador", "2024-06-05/"),
        ("Kim Chol Su", "PRK", "Chargé d'affaires", None),
        ("Thiri Aung", "MMR", "Ambassador", "2023-03-14/"),
    ]


def test_the_day_of_signature_is_the_day_of_a_treaty(database: Database) -> None:
    text = """Title,Parties,Signed,Entry into force,Status
Agreement on Air Services,Georgia; Kazakhstan,12 May 2019,1 January 2020,In force
Protocol on Delimitation,Kazakhstan; Kyrgyzstan; Uzbekistan,3 June 2021,,Signed
"""
    plan = imported(database, table(text))
    assert counted(plan) == (2, 0, 0, 0)
    assert asked(database, "SELECT date, kind, title FROM event ORDER BY date") == [
        ("2019-05-12", "signing", "Agreement on Air Services"),
        ("2021-06-03", "signing", "Protocol on Delimitation"),
    ]
    assert asked(database, "SELECT title, kind, status, closed FROM outcome ORDER BY id") == [
        ("Agreement on Air Services", "agreement", "in_force", "2020-01-01"),
        ("Protocol on Delimitation", "protocol", "signed", None),
    ]
    assert len(asked(database, PARTIES)) == 5


def test_national_days_are_of_their_countries_and_not_in_them(database: Database) -> None:
    text = "Country,Date,Time,Hall\nTurkmenistan,April 14,11:00,Day Hall\nEuropean Union,May 9,11:00,Day Hall\n"
    assert counted(imported(database, table(text, "expo-2025.csv"))) == (2, 0, 0, 0)
    days = asked(database, "SELECT date, kind, country, venue, start_time FROM event ORDER BY date")
    assert days[0] == ("2025-04-14", "expo_national_day", None, "Day Hall", "11:00")
    assert [each[2:4] for each in asked(database, PARTIES)] == [("TKM", None), (None, "European Union")]


def test_calls_are_by_telephone_and_the_country_is_that_of_the_other_side(database: Database) -> None:
    text = "Date,Phone call with,Country,Subject\n2024-02-03,Dmytro Kuleba,Ukraine,Energy\n"
    assert counted(imported(database, table(text, "log.csv"))) == (1, 0, 0, 0)
    assert asked(database, "SELECT mode, country FROM event") == [("phone", None)]
    assert asked(database, PARTIES)[0][2:5] == ("UKR", None, "Dmytro Kuleba")


def test_a_country_beside_the_names_is_theirs_and_one_after_a_town_is_the_towns(database: Database) -> None:
    theirs = "Date,Country,Delegate,Meeting\n12/11/2024,🇹🇷 Türkiye,Hakan Aydın,Talks\n03/10/2024,UN,Ana Reis,Talks\n"
    plan = imported(database, table(theirs, "log.csv"))
    assert counted(plan) == (2, 0, 0, 0)
    assert [each[:4] for each in asked(database, PARTIES)] == [
        ("2024-10-03", "participant", None, "United Nations"),
        ("2024-11-12", "participant", "TUR", None),
    ]
    towns = "Date,City,Country,Delegate\n2024-12-01,Paris,France,Hakan Aydın (Türkiye)\n"
    plan = imported(database, table(towns, "other.csv"))
    assert plan.mapping.columns["Country"] == ("event.country",)
    assert asked(database, "SELECT country FROM event WHERE date = '2024-12-01'") == [("FRA",)]


def test_days_that_fall_decide_the_order_of_figures_too(database: Database) -> None:
    text = "Date,Visitor,Country\n12/11/2024,A B,France\n03/10/2024,C D,Spain\n07/09/2024,E F,Italy\n"
    plan = planned(database, table(text))
    assert plan.dates["Date"].order == "day first"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Datum;Besuch von;Land;Ort;Anlass\n2. Dez. 2024;Ministerpräsidentin Mette Frederiksen;Dänemark;Köln;Rede\n",
            ("2024-12-02", "guest", "DNK", None, "Mette Frederiksen", "Ministerpräsidentin"),
        ),
        (
            "Date;Visiteur;Pays;Lieu\n1er février 2023;M. Olaf Scholz, chancelier fédéral;Allemagne;Paris\n",
            ("2023-02-01", "guest", "DEU", None, "Olaf Scholz", "chancelier fédéral"),
        ),
        (
            "Date;Visiteur;Pays;Lieu\n12 août 2023;Mme Giorgia Meloni, présidente du Conseil;Italie;Nice\n",
            ("2023-08-12", "guest", "ITA", None, "Giorgia Meloni", "présidente du Conseil"),
        ),
        (
            "Дата;Гость;Страна;Город\n17 мая 2022 г.;Президент Александр Лукашенко;Белоруссия;Сочи\n",
            ("2022-05-17", "guest", "BLR", None, "Александр Лукашенко", "Президент"),
        ),
        (
            "日付;名前;国;場所\n2024年3月5日;Claire Martin;フランス;東京\n",
            ("2024-03-05", "guest", "FRA", None, "Claire Martin", None),
        ),
    ],
)
def test_headings_titles_and_countries_in_other_languages(
    database: Database, text: str, expected: tuple[object, ...]
) -> None:
    assert counted(imported(database, table(text, delimiter=";"))) == (1, 0, 0, 0)
    assert asked(database, PARTIES) == [expected]


def test_a_heading_under_another_tells_what_it_tells_alone(database: Database) -> None:
    text = "Visit / From,Visit / To,Guest / Name,Guest / Country\n2024-03-04,2024-03-06,Alar Karis,Estonia\n"
    imported(database, table(text))
    assert asked(database, "SELECT date FROM event") == [("2024-03-04/2024-03-06",)]


def test_the_summary_of_a_calendar_without_descriptions_is_the_title(database: Database) -> None:
    text = "Summary,Start,End,Location,UID\nStaff meeting,2024-06-13,2024-06-13,Riga,3@mfa\n"
    imported(database, table(text, "schedule.ics"))
    assert asked(database, "SELECT title, summary FROM event") == [("Staff meeting", None)]


def test_from_and_to_of_officials_are_days(database: Database) -> None:
    text = "Name,Position,From,To\nEvika Siliņa,Prime Minister,15 September 2023,\n"
    assert counted(imported(database, table(text, title="Officials of Latvia"))) == (1, 0, 0, 0)
    assert asked(database, TERMS) == [("Evika Siliņa", "LVA", "Prime Minister", "2023-09-15/")]


def test_members_of_known_bodies_are_added_and_no_meetings_are_invented(database: Database) -> None:
    text = """Member State,Date of admission,Organisation
Kazakhstan,2 March 1992,Munich Security Conference
Kyrgyzstan,2 March 1992,Munich Security Conference
"""
    assert counted(imported(database, table(text))) == (0, 2, 0, 0)
    asked_for = (
        "SELECT m.country FROM membership m JOIN organisation o ON o.id = m.organisation_id "
        "WHERE o.name = 'Munich Security Conference' ORDER BY 1"
    )
    assert asked(database, asked_for) == [("KAZ",), ("KGZ",)]
    assert asked(database, "SELECT count(*) FROM event") == [(0,)]
    assert counted(imported(database, table(text))) == (0, 0, 2, 0)


def test_letters_after_names_and_titles_with_commas(database: Database) -> None:
    text = """Minister,Date,Name of external organisation,Purpose of meeting
"Rt Hon Anne Field MP, Secretary of State for Foreign, Commonwealth and Development Affairs",05/07/2024,Acme; Bolt,Trade
Tom Hill MP,Nil return,,
"""
    assert counted(imported(database, table(text))) == (1, 0, 1, 0)
    title = "Secretary of State for Foreign, Commonwealth and Development Affairs"
    assert [each[2:] for each in asked(database, PARTIES)] == [
        (None, "Acme", None, None),
        (None, "Bolt", None, None),
        ("GBR", None, "Anne Field", title),
    ]


def test_a_list_of_a_delegation_is_no_table_of_events(database: Database) -> None:
    text = "No.,Delegation,Head of delegation,Post\n1,Japan,ISHIBA Shigeru,Prime Minister\n"
    assert counted(imported(database, table(text))) == (1, 0, 0, 0)
    assert asked(database, TERMS) == [("Ishiba Shigeru", "JPN", "Prime Minister", None)]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("(((", "Acme"), ("2024", "Acme"), ("Anne Field", "../../"), ("Anne Field", ";;")]
)
def test_cells_without_a_letter_name_nobody(database: Database, ours: str, theirs: str) -> None:
    text = f"Minister,Date,Name of external organisation,Purpose of meeting\n{ours},2024-07-05,{theirs},Trade\n"
    plan = imported(database, table(text, "uk.csv"))
    assert counted(plan) == (0, 0, 0, 1)
    assert "names nobody" in plan.rejects[0][2]
    assert asked(database, "SELECT count(*) FROM person") == [(0,)]


def test_destinations_that_are_towns_are_places_and_the_title_tells_whose_trips(database: Database) -> None:
    text = 'Date,Destination,Met with,Purpose\n12 Mar,"Brussels, Belgium",Jens Holm (NATO),Talks\n'
    title = "Foreign trips of the Minister of Foreign Affairs of Norway, 2024"
    assert counted(imported(database, table(text, title=title))) == (1, 0, 0, 0)
    assert asked(database, "SELECT date, city, country FROM event") == [("2024-03-12", "Brussels", "BEL")]
    assert [each[2:5] for each in asked(database, PARTIES)] == [
        (None, "North Atlantic Treaty Organization", "Jens Holm"),
        ("NOR", None, None),
    ]


def test_what_is_said_of_the_force_of_a_treaty_without_a_day(database: Database) -> None:
    text = """Title,Parties,Signed,Entry into force,Treaty number
Treaty on Rivers,Georgia; Kazakhstan,12 May 2019,yes,I-1234
Treaty on Lakes,Georgia; Kazakhstan,13 May 2019,not yet,
Treaty on Seas,Georgia; Kazakhstan,14 May 2019,when both have ratified it,
Treaty on Airs,Georgia; Kazakhstan,15 May 2019,1 May 2199,
"""
    assert counted(imported(database, table(text))) == (4, 0, 0, 0)
    assert asked(database, "SELECT status, closed, reference, text FROM outcome ORDER BY id") == [
        ("in_force", None, "I-1234", None),
        ("signed", None, None, None),
        ("signed", None, None, "Entry into force: when both have ratified it"),
        ("signed", None, None, "Enters into force: 1 May 2199."),
    ]


def test_individuals_are_persons_and_firms_are_bodies(database: Database) -> None:
    text = """Minister,Date,Name of organisation or individual,Purpose of meeting
Rt Hon Anna Berg,2024-05-01,Dame Carol Lund,To discuss water
Rt Hon Anna Berg,2024-05-02,Lund Water plc,To discuss water
Rt Hon Anna Berg,2024-05-03,Prof. Per Vik (Norway),To discuss air
Rt Hon Anna Berg,2024-05-04,Dr Martens,To discuss boots
"""
    assert counted(imported(database, table(text, "meetings.csv"))) == (4, 0, 0, 0)
    found = asked(database, "SELECT name, country FROM person WHERE name <> 'Anna Berg' ORDER BY name")
    assert found == [("Carol Lund", None), ("Per Vik", "NOR")]
    bodies = "SELECT o.name FROM delegation d JOIN organisation o ON o.id = d.organisation_id ORDER BY d.event_id"
    assert asked(database, bodies) == [("Individuals",), ("Lund Water plc",), ("Dr Martens",)]


def test_persons_of_a_json_file_come_with_their_posts_and_countries(database: Database) -> None:
    people = [
        {"name": "Ahmet Gurbanov", "title": "Deputy Foreign Minister", "country": "Turkmenistan"},
        {"name": "Hisayuki Fujii", "title": "Vice Minister for Foreign Affairs", "country": "Japan"},
    ]
    records = [{"date": f"2024-08-0{day}", "title": f"Talks {day}", "participants": people} for day in (7, 8)]
    (source,) = open_tables(json.dumps(records).encode(), name="talks.json")
    assert counted(imported(database, source)) == (2, 0, 0, 0)
    found = asked(
        database,
        "SELECT DISTINCT d.country, p.name, g.stated_as FROM delegate g JOIN delegation d ON d.id = g.delegation_id "
        "JOIN person p ON p.id = g.person_id ORDER BY d.country",
    )
    assert found == [
        ("JPN", "Fujii Hisayuki", "Vice Minister for Foreign Affairs"),
        ("TKM", "Ahmet Gurbanov", "Deputy Foreign Minister"),
    ]


def test_titles_without_a_blank_are_offices(database: Database) -> None:
    text = """日期,来访者,地点,事由
2024-05-16,俄罗斯总统普京,北京,国事访问
2023-06-28,越南总理范明政,北京,正式访问
2024-11-03,新西兰外长彼得斯、澳大利亚外交部长黄英贤,北京,会谈
"""
    assert counted(imported(database, table(text))) == (3, 0, 0, 0)
    found = asked(
        database,
        "SELECT p.name, p.country, po.title, g.stated_as FROM delegate g JOIN person p ON p.id = g.person_id "
        "JOIN capacity c ON c.delegate_id = g.id JOIN appointment a ON a.id = c.appointment_id "
        "JOIN post po ON po.id = a.post_id ORDER BY g.id",
    )
    assert found == [
        ("普京", "RUS", "President", "俄罗斯总统"),
        ("范明政", "VNM", "Prime Minister", "越南总理"),
        ("彼得斯", "NZL", "Minister of Foreign Affairs", "新西兰外长"),
        ("黄英贤", "AUS", "Minister of Foreign Affairs", "澳大利亚外交部长"),
    ]
