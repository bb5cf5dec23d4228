"""Merging what an import made, and importing again: nothing comes twice, and undoing the merge later changes no row."""

from __future__ import annotations

from contextlib import closing

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.fields.draft import new_draft
from legation.imports.source_tables import SourceTable
from legation.quality.merging import merge, plan_of
from legation.records.catalogue import record_type
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.saving import save
from legation.storage.undo import revert, undo

HEAD = "No,Date,Visitor,Visitor country,Host country,Purpose\n"
FIRST = "1,2024-01-02,Foreign Minister Jane Doe,Chile,France,Trade\n"
SECOND = "2,2024-02-03,Foreign Minister Jeanette Doering,Chile,France,Climate\n"
THIRD = "3,2024-03-04,President Ana Lima,Chile,France,Defence\n"


def visits(*lines: str) -> SourceTable:
    return table(HEAD + "".join(lines), "visits.csv")


def merged(database: Database, record: str, kept: int, gone: int) -> int:
    """Merge two records; the number of the step."""
    with closing(database.reader()) as reader:
        plan = plan_of(reader, record, kept, gone)
    return merge(database, plan).step


def ids_of(database: Database, name: str) -> list[int]:
    return [int(str(id)) for (id,) in asked(database, "SELECT id FROM person WHERE name = ?", name)]


def keys(database: Database) -> set[tuple[object, ...]]:
    return set(asked(database, "SELECT source_row, record, record_id, digest FROM import_key"))


@pytest.fixture
def two(database: Database) -> tuple[int, int]:
    """The two ministers of an imported file."""
    assert counted(imported(database, visits(FIRST, SECOND, THIRD))) == (3, 0, 0, 0)
    (jane,), (jeanette,) = ids_of(database, "Jane Doe"), ids_of(database, "Jeanette Doering")
    return jane, jeanette


def test_a_file_adds_nothing_after_its_persons_became_one(database: Database, two: tuple[int, int]) -> None:
    merged(database, "person", *two)
    dangling = "SELECT count(*) FROM import_key WHERE record = 'person' AND record_id NOT IN (SELECT id FROM person)"
    assert asked(database, dangling) == [(0,)]
    plan = planned(database, visits(FIRST, SECOND, THIRD))
    assert counted(plan) == (0, 0, 3, 0) and not plan.changes_something
    assert check_workspace(database.path) == []


def test_a_later_file_after_a_merge_changes_what_it_says_and_makes_nobody_again(
    database: Database, two: tuple[int, int]
) -> None:
    merged(database, "person", *two)
    later = visits(
        FIRST, SECOND.replace("Climate", "Climate and energy"), FIRST.replace("1,2024-01-02", "4,2024-05-06")
    )
    plan = imported(database, later)
    assert counted(plan) == (1, 1, 1, 0) and plan.gone == ["3"]
    assert ids_of(database, "Jeanette Doering") == [] and ids_of(database, "Jane Doe") == [two[0]]
    assert asked(database, "SELECT count(*) FROM person") == [(2,)]
    assert asked(database, "SELECT summary FROM event WHERE date = '2024-02-03'") == [("Climate and energy",)]
    assert counted(planned(database, later)) == (0, 0, 3, 0)
    assert check_workspace(database.path) == []


def test_a_merge_is_undone_after_other_steps_and_the_file_still_adds_nothing(
    database: Database, two: tuple[int, int]
) -> None:
    before = keys(database)
    step = merged(database, "person", *two)
    database.write("Add", lambda session: save(session, new_draft(record_type("person"), name="Somebody Else")))
    imported(database, visits(FIRST, SECOND, THIRD, FIRST.replace("1,2024-01-02", "4,2024-05-06")))
    revert(database, step)
    assert ids_of(database, "Jeanette Doering") == [two[1]]
    assert before <= keys(database)
    everything = visits(FIRST, SECOND, THIRD, FIRST.replace("1,2024-01-02", "4,2024-05-06"))
    assert counted(planned(database, everything)) == (0, 0, 4, 0)
    assert check_workspace(database.path) == []


def test_posts_and_bodies_that_became_one_stay_so(database: Database, two: tuple[int, int]) -> None:
    text = "Name,Post,Organisation,Country,From\n{}"
    jo, al = "Jo Roe,Director,Trade Agency,Chile,2020-01-01\n", "Al Poe,Head,Agency for Commerce,Chile,2021-01-01\n"
    imported(database, table(text.format(jo + al), "staff.csv"))
    (one,), (other,) = (
        [int(str(id)) for (id,) in asked(database, "SELECT id FROM organisation WHERE name = ?", name)]
        for name in ("Trade Agency", "Agency for Commerce")
    )
    merged(database, "organisation", one, other)
    again = table(text.format(jo + al + "Bo Loe,Deputy Head,Agency for Commerce,Chile,2022-01-01\n"), "staff.csv")
    assert counted(imported(database, again)) == (1, 0, 2, 0)
    assert asked(database, "SELECT count(*) FROM organisation WHERE name = 'Agency for Commerce'") == [(0,)]
    assert asked(database, "SELECT count(*) FROM post WHERE organisation_id = ?", one) == [(3,)]
    assert undo(database) is not None and undo(database) is not None
    assert asked(database, "SELECT count(*) FROM organisation WHERE name = 'Agency for Commerce'") == [(1,)]
    assert check_workspace(database.path) == []
