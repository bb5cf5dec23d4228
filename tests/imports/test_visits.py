"""A table of visits becomes visits with visitors, posts, countries and places; once more it adds nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.errors import UserError
from legation.imports.applying import apply
from legation.imports.outcomes import Outcome
from legation.imports.planning import Cancelled, make_plan, propose_mapping
from legation.records.catalogue import LOGGED_TABLES
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.undo import undo

VISITS = """id,start_date,end_date,visitor,country,description
1,1957-05-05,1957-05-09,President Ngo Dinh Diem,Vietnam,State visit. Afterwards visited Los Angeles.
2,1996-07-08,1996-07-10,Prime Minister Binyamin Netanyahu,Israel,Working visit.
3,2005-05-25,2005-05-25,Prime Minister Benyamin Netanyahu,Israel,Private visit; met in New York City.
4,2009-05-17,2009-05-19,Prime Minister Benjamin Netanyahu,Israel,Working visit.
5,2010-07-05,2010-07-07,Prime Minister Benjamin Netanyahu,Israel,Working visit.
6,1979-09-17,1979-09-18,"President Anwar Sadat, Prime Minister Mustafa Khalil",Egypt,Attended a summit in Pittsburgh.
7,1959-09-15,1959-09-27,Premier Khrushchev,U.S.S.R.,Official visit.
8,1998-12-08,1998-12-08,President-elect Hugo Chavez,Venezuela,Met the President.
9,1999-06-11,1999-06-12,President Hugo Chavez,Venezuela,
10,1978-01-02,1978-01-02,General Omar Torrijos Herrera,Panama,
"""
FILE = "us-visits.csv"


def test_the_mapping_is_guessed_with_its_reasons(database: Database) -> None:
    with closing(database.reader()) as reader:
        mapping = propose_mapping(reader, table(VISITS, FILE))
    assert mapping.type == "visits"
    assert mapping.columns == {
        "id": ("key",),
        "start_date": ("event.start",),
        "end_date": ("event.end",),
        "visitor": ("guest.persons",),
        "country": ("guest.country",),
        "description": ("event.summary", "event.places", "event.visit_type"),
    }
    assert mapping.values == {"event.kind": "visit", "host.country": "USA"}
    assert all(mapping.reasons[heading] for heading in (*mapping.columns, "host.country", "type"))


def test_what_becomes_of_the_rows(database: Database) -> None:
    plan = imported(database, table(VISITS, FILE))
    assert counted(plan) == (10, 0, 0, 0)
    assert plan.records["event"] == 10 and plan.records["delegation"] == 20 and plan.records["delegate"] == 11
    visits = asked(
        database,
        "SELECT e.date, e.title, e.country, e.city, e.visit_type, e.status, d.country FROM event e "
        "JOIN delegation d ON d.event_id = e.id AND d.role = 'guest' ORDER BY e.date",
    )
    assert visits[0] == (
        "1957-05-05/1957-05-09", "Visit of Diem to the United States of America", "USA", None, "state", "held", "XVS",
    )  # fmt: skip
    assert {row[6] for row in visits} == {"XVS", "ISR", "EGY", "SUN", "VEN", "PAN"}
    assert asked(database, "SELECT DISTINCT country FROM delegation WHERE role = 'host'") == [("USA",)]
    assert [row[3] for row in visits if row[3]] == ["Pittsburgh", "New York City"]
    assert check_workspace(database.path) == []


def test_one_man_in_three_spellings_is_one_man(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    found = asked(database, "SELECT id, name FROM person WHERE name LIKE '%Netanyahu'")
    assert [name for _id, name in found] == ["Benjamin Netanyahu"]
    others = asked(database, "SELECT name FROM alias WHERE person_id = ? ORDER BY name", found[0][0])
    assert others == [("Benyamin Netanyahu",), ("Binyamin Netanyahu",)]
    assert asked(database, "SELECT count(*) FROM delegate WHERE person_id = ?", found[0][0]) == [(4,)]


def test_titles_become_posts_where_they_are_offices(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    posts = asked(
        database,
        "SELECT n.name, p.title, o.name, p.rank, a.status, g.stated_as FROM delegate g "
        "JOIN person n ON n.id = g.person_id LEFT JOIN capacity c ON c.delegate_id = g.id "
        "LEFT JOIN appointment a ON a.id = c.appointment_id "
        "LEFT JOIN post p ON p.id = a.post_id LEFT JOIN organisation o ON o.id = p.organisation_id ORDER BY g.id",
    )
    by_name = {(row[0], row[5]): row[1:5] for row in posts}
    assert by_name["Hugo Chavez", "President-elect"] == (
        "President-elect", "Presidency of Venezuela", 15, "designate"
    )  # fmt: skip
    assert by_name["Hugo Chavez", "President"] == ("President", "Presidency of Venezuela", 10, "full")
    assert by_name["Omar Torrijos Herrera", "General"] == (None, None, None, None)
    assert by_name["Mustafa Khalil", "Prime Minister"] == ("Prime Minister", "Government of Egypt", 20, "full")
    heads = asked(database, "SELECT count(*) FROM delegate WHERE role = 'head'")
    assert heads == [(10,)]


def test_every_record_keeps_where_it_came_from(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    for record in ("event", "person", "post", "appointment"):
        bare = asked(
            database,
            f"SELECT id FROM {record} WHERE id NOT IN (SELECT record_id FROM import_key WHERE record = ?) "
            f"OR id NOT IN (SELECT {record}_id FROM citation WHERE {record}_id IS NOT NULL)",
            record,
        )
        assert bare == [], record
    assert asked(database, "SELECT title, kind FROM source") == [(FILE, "dataset")]
    assert asked(database, "SELECT locator FROM citation WHERE event_id IS NOT NULL LIMIT 1") == [("no. 1",)]


def test_a_second_import_adds_nothing_whatever_the_file_is_called(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    for name in (FILE, "copy.csv"):
        plan = imported(database, table(VISITS, name))
        assert counted(plan) == (0, 0, 10, 0) and not plan.changes_something and plan.again
    assert asked(database, "SELECT count(*) FROM step WHERE label LIKE 'Import%'") == [(1,)]


def test_columns_that_moved_and_were_added_change_nothing(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    lines = [line.split(",", 3) for line in VISITS.strip().splitlines()]
    moved = "\n".join(f"x{number},{c},{a},{b},{rest}" for number, (a, b, c, rest) in enumerate(lines))
    moved = moved.replace("x0,", "remarks by us,", 1)
    plan = planned(database, table(moved, FILE))
    assert counted(plan) == (0, 0, 10, 0)


def test_a_later_snapshot_shows_new_changed_and_gone(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    later = VISITS.replace("2,1996-07-08,1996-07-10", "2,1996-07-08,1996-07-11")
    later = later.replace("10,1978-01-02,1978-01-02,General Omar Torrijos Herrera,Panama,\n", "")
    later += "11,2020-01-05,2020-01-06,King Abdullah II,Jordan,Working visit.\n"
    plan = planned(database, table(later, "us-visits-2020.csv"))
    assert counted(plan) == (1, 1, 8, 0)
    assert plan.gone == ["10"]
    changed = next(each for each in plan.rows if each.outcome is Outcome.CHANGED)
    assert "Date" in changed.sentence
    imported(database, table(later, "us-visits-2020.csv"))
    assert asked(database, "SELECT date FROM event WHERE date LIKE '1996%'") == [("1996-07-08/1996-07-11",)]
    assert counted(planned(database, table(later, "us-visits-2020.csv"))) == (0, 0, 10, 0)
    assert check_workspace(database.path) == []


def test_what_somebody_wrote_is_kept(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    with database.step("By hand") as session:
        session.connection().exec_driver_sql("UPDATE event SET summary = 'Mine' WHERE date LIKE '1996%'")
    later = VISITS.replace("1996-07-10,Prime Minister Binyamin Netanyahu,Israel,Working visit.",
                           "1996-07-10,Prime Minister Binyamin Netanyahu,Israel,Another text.")  # fmt: skip
    plan = imported(database, table(later, FILE))
    assert counted(plan) == (0, 0, 10, 0)
    assert any("kept as somebody wrote it: Summary" in each.sentence for each in plan.rows)
    assert asked(database, "SELECT summary FROM event WHERE date LIKE '1996%'") == [("Mine",)]


def test_undo_takes_all_of_it_back(database: Database) -> None:
    before = state(database.path)
    imported(database, table(VISITS, FILE))
    assert state(database.path) != before
    assert undo(database) is not None
    assert state(database.path) == before
    assert check_workspace(database.path) == []
    assert counted(planned(database, table(VISITS, FILE))) == (10, 0, 0, 0)


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, but for the log."""
    database = Database(path)
    return {
        name: sorted(asked(database, f'SELECT * FROM "{name}"'), key=repr) for name in (*LOGGED_TABLES, "event_row")
    }


def test_rejected_rows_say_why_and_the_others_go_in(database: Database) -> None:
    wrong = (
        VISITS
        + "11,31/31/2000,2000-01-01,President Nobody At-All,Chile,\n12,2000-01-05,2000-01-01,King Hussein,Jordan,\n"
    )
    wrong += "13,2000-01-05,2000-01-06,King Hussein,Atlantis,\n"
    plan = imported(database, table(wrong, FILE))
    assert counted(plan) == (10, 0, 0, 3)
    reasons = [reason for _row, _cells, reason in plan.rejects]
    assert "“31/31/2000” is no date." in reasons[0]
    assert "ends before it begins" in reasons[1]
    assert "No country is called “Atlantis”." in reasons[2]
    assert asked(database, "SELECT count(*) FROM person WHERE name LIKE '%Nobody%'") == [(0,)]


def test_the_same_visit_entered_by_hand_is_not_made_again(database: Database) -> None:
    imported(database, table(VISITS, FILE))
    with database.step("Forget the keys") as session:
        session.connection().exec_driver_sql("DELETE FROM import_key")
    plan = imported(database, table(VISITS, FILE))
    assert counted(plan) == (0, 0, 10, 0)
    assert all("The same parties" in each.sentence for each in plan.rows)


def test_a_plan_is_for_the_workspace_it_was_made_of(database: Database) -> None:
    plan = planned(database, table(VISITS, FILE))
    with database.step("Something else") as session:
        session.connection().exec_driver_sql("INSERT INTO setting(name, value) VALUES ('x', 'y')")
    with pytest.raises(UserError, match="changed since the preview"):
        apply(database, plan)
    assert asked(database, "SELECT count(*) FROM event") == [(0,)]


def test_stopping_leaves_nothing(database: Database) -> None:
    source = table(VISITS, FILE)
    with closing(database.reader()) as reader:
        mapping = propose_mapping(reader, source)
        with pytest.raises(Cancelled):
            make_plan(reader, source, mapping, progress=lambda _done, _total: False)
    plan = planned(database, source)
    with pytest.raises(Cancelled):
        apply(database, plan, lambda done, total: done < total // 2)
    assert asked(database, "SELECT count(*) FROM event") == [(0,)]
    assert check_workspace(database.path) == []
