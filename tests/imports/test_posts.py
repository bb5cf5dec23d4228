"""Posts are known again by the keys of their titles; those that are likely one are asked, and the answer is kept."""

from __future__ import annotations

from imports.text_tables import asked, counted, imported, planned, table
from legation.storage.checking import check_workspace
from legation.storage.database import Database

HEADINGS = "Name,Country,Post,Organisation\n"
FIRST = HEADINGS + (
    "Ishikawa Masaki,Japan,Special Representative for Central Asia,Ministry of Foreign Affairs of Japan\n"
    "Anna Berg,Norway,Defence Minister,Ministry of Defence of Norway\n"
)
LATER = HEADINGS + (
    "Ikegami Masaki,Japan,Special Representative for Central Asian and Caucasus Affairs,"
    "Ministry of Foreign Affairs of Japan\n"
    "Ola Dahl,Norway,Minister of Defense,Ministry of Defence of Norway\n"
)


def titles(database: Database) -> list[str]:
    return [str(title) for (title,) in asked(database, "SELECT title FROM post ORDER BY id")]


def test_one_key_is_one_post_and_a_drifting_title_is_asked(database: Database) -> None:
    imported(database, table(FIRST, "first.csv"))
    plan = planned(database, table(LATER, "later.csv"))
    (question,) = plan.questions
    assert question.record == "post" and question.choices[0].label == "Special Representative for Central Asia"
    assert "more fully" in question.choices[0].reason and question.rows == [2]
    assert plan.records["person"] == 2 and plan.records["post"] == 1  # by the rule a new one


def test_the_same_keeps_both_titles_and_a_third_time_asks_nothing(database: Database) -> None:
    imported(database, table(FIRST, "first.csv"))
    (question,) = planned(database, table(LATER, "later.csv")).questions
    plan = imported(database, table(LATER, "later.csv"), decisions={question.key: question.choices[0].answer})
    assert counted(plan) == (2, 0, 0, 0) and len(titles(database)) == 2
    names = asked(database, "SELECT name FROM alias WHERE post_id IS NOT NULL")
    assert names == [("Special Representative for Central Asian and Caucasus Affairs",)]
    again = planned(database, table(LATER.replace("Ikegami Masaki", "Sato Hana"), "more.csv"))
    assert again.questions == [] and "post" not in again.records
    assert check_workspace(database.path) == []


def test_not_the_same_is_remembered(database: Database) -> None:
    imported(database, table(FIRST, "first.csv"))
    (question,) = planned(database, table(LATER, "later.csv")).questions
    imported(database, table(LATER, "later.csv"), decisions={question.key: "new"})
    assert len(titles(database)) == 3
    assert asked(database, "SELECT record FROM not_same") == [("post",)]
    assert check_workspace(database.path) == []
