"""Tables of officials become persons, posts and appointments with honest days."""

from __future__ import annotations

from dataclasses import replace

from imports.text_tables import asked, counted, imported, planned, table
from legation.storage.checking import check_workspace
from legation.storage.database import Database

CABINET = """President,Position,Appointee,Start Date,End Date,Gender
Carter,OMB Director,Bert Lance,1/21/1977,9/23/1977,Male
Reagan,OSTP Director,George A. Keyworth II,Aug. 1981,12/31/1985,Male
Reagan,Attorney General,Dick Thornburgh,8/12/1988,Bush admin,Male
Bush,Attorney General,Dick Thornburgh,Reagan admin,8/15/1991,Male
Reagan,Secretary of Education,T.H. Bell,1/22/1981,12/31/1984,Male
Reagan,Secretary of State,Alexander Haig,1/22/1981,Reagan admin,Male
Biden,U.S. Trade Representative,Katherine Tai,3/18/2021,Still in office,Female
"""
TERMS = """SELECT n.name, p.title, a.period FROM appointment a
    JOIN person n ON n.id = a.person_id JOIN post p ON p.id = a.post_id"""


def terms(database: Database) -> dict[object, object]:
    return {(name, title): period for name, title, period in asked(database, TERMS)}


def test_posts_with_honest_days(database: Database) -> None:
    plan = imported(database, table(CABINET, "cabinet.csv"))
    assert counted(plan) == (6, 0, 1, 0)
    assert plan.records["person"] == 6 and plan.records["appointment"] == 6
    assert plan.mapping.values == {"person.country": "USA"}
    assert terms(database) == {
        ("Bert Lance", "OMB Director"): "1977-01-21/1977-09-23",
        ("George A. Keyworth II", "OSTP Director"): "1981-08/1985-12-31",
        ("Dick Thornburgh", "Attorney General"): "1988-08-12/1991-08-15",
        ("T.H. Bell", "Secretary of Education"): "1981-01-22/1984-12-31",
        ("Alexander Haig", "Secretary of State"): "1981-01-22/1991?",  # the first day of a row of Bush
        ("Katherine Tai", "U.S. Trade Representative"): "2021-03-18/..",
    }
    quotes = asked(database, "SELECT quote FROM citation WHERE appointment_id IS NOT NULL AND quote IS NOT NULL")
    assert sorted(quotes) == [("Bush admin",), ("Reagan admin",)]
    assert check_workspace(database.path) == []


def test_two_versions_of_one_list_are_of_the_same_persons(database: Database) -> None:
    older = "\n".join(line.rpartition(",")[0] for line in CABINET.strip().splitlines())
    older = older.replace("3/18/2021,Still in office", "3/19/2021,Still in office")
    imported(database, table(older, "cabinet-old.csv"))
    newer = CABINET.replace("/19", "/").replace("/20", "/") + "Biden,CEA Chair,Cecilia Rouse,3/12/21,3/31/23,Female\n"
    plan = imported(database, table(newer, "cabinet.csv"))
    assert plan.records["person"] == 1
    assert asked(database, "SELECT count(*) FROM person") == [(7,)]
    assert asked(database, "SELECT count(*) FROM appointment") == [(7,)]
    assert asked(database, "SELECT gender FROM person WHERE name = 'Bert Lance'") == [("male",)]
    assert terms(database)["Katherine Tai", "U.S. Trade Representative"] == "2021-03-19/.."
    states = asked(database, "SELECT states FROM citation WHERE states IS NOT NULL")
    assert states == [("18 March 2021 to present",)]
    assert counted(planned(database, table(newer, "cabinet.csv"))) == (0, 0, 8, 0)


def test_an_end_that_was_open_is_filled_in(database: Database) -> None:
    imported(database, table(CABINET, "cabinet.csv"))
    later = CABINET.replace("Still in office", "1/20/2025")
    plan = imported(database, table(later, "cabinet-2025.csv"))
    assert counted(plan) == (0, 1, 6, 0)
    assert terms(database)["Katherine Tai", "U.S. Trade Representative"] == "2021-03-18/2025-01-20"


def test_columns_of_other_names_and_order(database: Database) -> None:
    text = """Ministère;Nom;Prénom;Fonction;Pays;Depuis
Ministère des Finances;Petit;Jeanne;Ministre des finances;France;3 février 2020
Ministry of Finance;Tanaka;Yuki;Minister of Finance;Japan;1er octobre 2024
"""
    plan = imported(database, table(text, "ministres.csv", delimiter=";"))
    assert plan.mapping.type == "officials" and counted(plan) == (2, 0, 0, 0)
    people = asked(database, "SELECT name, family_name, given_name, country FROM person ORDER BY id")
    assert people == [("Jeanne Petit", "Petit", "Jeanne", "FRA"), ("Tanaka Yuki", "Tanaka", "Yuki", "JPN")]
    assert asked(database, "SELECT period FROM appointment ORDER BY id") == [("2020-02-03/",), ("2024-10-01/",)]


def test_a_likely_person_is_asked_about_and_the_answer_counts(database: Database) -> None:
    first = "Name,Position,Country\nAhmet Gurbanov,Deputy Minister of Foreign Affairs,Turkmenistan\n"
    imported(database, table(first, "first.csv"))
    second = table("Name,Position,Country\nAkmet Gurbanof,Minister of Energy,Turkmenistan\n", "second.csv")
    plan = planned(database, second)
    (question,) = plan.questions
    assert question.printed == "Minister of Energy Akmet Gurbanof" and question.rows == [2]
    assert question.choices[0].label == "Ahmet Gurbanov" and question.choices[0].reason
    assert plan.records["person"] == 1  # not decided: never merged silently
    same = planned(database, second, decisions={question.key: question.choices[0].answer})
    assert "person" not in same.records and same.records["appointment"] == 1
    rejecting = planned(database, second, replace(plan.mapping, likely="reject"))
    assert counted(rejecting) == (0, 0, 0, 1) and "may be Ahmet Gurbanov" in rejecting.rejects[0][2]
    imported(database, second, plan.mapping, {question.key: "new"})
    pairs = asked(database, "SELECT first_id, second_id FROM not_same WHERE record = 'person'")
    assert len(pairs) == 1
    again = planned(
        database, table("Name,Position,Country\nAkmet Gurbanof,Minister of Oil,Turkmenistan\n", "third.csv")
    )
    assert again.questions == [] and "person" not in again.records


def test_an_answer_that_they_are_one_is_remembered_by_the_name(database: Database) -> None:
    imported(
        database, table("Name,Position,Country\nAhmet Gurbanov,Deputy Minister of Trade,Turkmenistan\n", "first.csv")
    )
    second = table("Name,Position,Country\nAkmet Gurbanof,Minister of Energy,Turkmenistan\n", "second.csv")
    (question,) = planned(database, second).questions
    imported(database, second, None, {question.key: question.choices[0].answer})
    third = planned(
        database, table("Name,Position,Country\nAkmet Gurbanof,Minister of Oil,Turkmenistan\n", "third.csv")
    )
    assert third.questions == [] and "person" not in third.records
    assert asked(database, "SELECT count(*) FROM person") == [(1,)]


LONE = """Position,Appointee,Start Date,End Date
President,Ronald Reagan,1/20/1981,1/20/1989
President,George Bush,1/20/1989,1/20/1993
Secretary of State,Alexander Haig,1/22/1981,Reagan admin
Secretary of Air,Anna Berg,Reagan administration,2/3/1990
Secretary of Water,Ola Dahl,3/3/1993,the Nobody government
"""


def test_a_term_is_bounded_by_that_of_the_head_of_state_where_it_is_known(database: Database) -> None:
    text = LONE.strip().splitlines()
    heads = table("\n".join(text[:3]), "us presidents.csv")
    imported(database, heads)
    plan = imported(database, table("\n".join([text[0], *text[3:]]), "us cabinet.csv"))
    found = {name: period for (name, _title), period in terms(database).items()}
    assert found["Alexander Haig"] == "1981-01-22/1989?" and found["Anna Berg"] == "1981?/1990-02-03"
    assert found["Ola Dahl"] == "1993-03-03/"  # nobody knows that government
    assert "“Reagan admin” is bounded by the term of Ronald Reagan in the workspace." in plan.rows[0].sentence
    assert check_workspace(database.path) == []
    later = table("\n".join([text[0], text[3].replace("Reagan admin", "7/5/1982")]), "more of the us cabinet.csv")
    assert counted(imported(database, later)) == (0, 1, 0, 0)
    assert terms(database)["Alexander Haig", "Secretary of State"] == "1981-01-22/1982-07-05"


def test_terms_that_run_into_each_other_bound_nothing(database: Database) -> None:
    """A column that does not say whose term a row belongs to, and a name that stands for two terms."""
    lines = (
        "Party,Position,Appointee,Start Date,End Date",
        "Bush,Secretary of Air,Anna Berg,1/2/1990,2/3/1991",
        "Clinton,Secretary of Water,Ola Dahl,1/2/1994,1/2/1996",
        "Bush,Secretary of Fire,Eva Lund,1/2/2002,1/2/2003",
        "Clinton,Secretary of Trade,Paul Vik,1/20/1995,Bush admin",
    )
    plan = imported(database, table("\n".join(lines), "us cabinet.csv"))
    assert counted(plan) == (4, 0, 0, 0)
    assert terms(database)["Paul Vik", "Secretary of Trade"] == "1995-01-20/"


AMBASSADORS = """Ambassador,Country,Accredited to,Presented credentials,End of mission
Jane Doe,United Kingdom,Turkmenistan,2021-03-04,2024-01-31
Kenji Sato,Japan,Kazakhstan and Tajikistan,12 May 2022,
"""


def test_ambassadors_are_appointments_in_embassies(database: Database) -> None:
    plan = imported(database, table(AMBASSADORS))
    assert plan.mapping.type == "officials" and counted(plan) == (2, 0, 0, 0)
    found = asked(
        database,
        "SELECT p.name, po.title, po.accredited_to, o.name, o.country, o.kind, a.period FROM appointment a "
        "JOIN person p ON p.id = a.person_id JOIN post po ON po.id = a.post_id "
        "JOIN organisation o ON o.id = po.organisation_id ORDER BY a.id",
    )
    embassy = "diplomatic_mission"
    assert found == [
        ("Jane Doe", "Ambassador", "TKM", "Embassy of the United Kingdom in Turkmenistan", "GBR", embassy,
         "2021-03-04/2024-01-31"),
        ("Sato Kenji", "Ambassador", "KAZ", "Embassy of Japan in Kazakhstan", "JPN", embassy, "2022-05-12/"),
        ("Sato Kenji", "Ambassador", "TJK", "Embassy of Japan in Tajikistan", "JPN", embassy, "2022-05-12/"),
    ]  # fmt: skip
    assert counted(planned(database, table(AMBASSADORS))) == (0, 0, 2, 0)


def test_an_ambassador_to_a_country_sits_in_the_embassy_there(database: Database) -> None:
    text = "Name,Post,Country,From\nJane Doe,Ambassador to Turkmenistan,United Kingdom,2021-03-04\n"
    imported(database, table(text))
    found = asked(database, "SELECT o.name, p.title, p.accredited_to FROM post p JOIN organisation o "
                  "ON o.id = p.organisation_id")  # fmt: skip
    assert found == [("Embassy of the United Kingdom in Turkmenistan", "Ambassador", "TKM")]
