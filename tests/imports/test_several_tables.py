"""Several tables of one import are one step, and later ones find what earlier ones make."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import pytest

from imports.text_tables import asked, counted, table
from legation.imports.applying import apply
from legation.imports.planning import Plan, make_plan, propose_mapping
from legation.imports.source_tables import SourceTable
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.undo import undo

OFFICIALS = """Name,Country,Position,From,Until
Ahmet Gurbanov,Turkmenistan,Deputy Minister of Foreign Affairs,2021-03-01,
Fujii Hisayuki,Japan,State Minister for Foreign Affairs,2024-11-13,
"""
MEETINGS = """Date,Turkmen side,Japanese side,Place,Link
2025-01-27,Akhmet Gurbanov,Hisayuki Fujii,Tokyo,https://example.org/1
2025-02-03,Akhmet Gurbanov,Hisayuki Fujii,Ashgabat,https://example.org/2
"""
SAME_MEETINGS = """Date,Turkmen side,Japanese side,Link
2025-01-27,Ahmet Gurbanov,Fujii Hisayuki,https://example.org/1
2025-03-09,Ahmet Gurbanov,Fujii Hisayuki,https://example.org/3
"""

COUNTRIES = """ISO 3166-1 alpha-3,Country name,Capital
JPN,Japan,Tokyo
CHL,Chile,Santiago
NOR,Norway,Oslo
XQZ,Newland,Newtown
"""


def plans_of(database: Database, *tables: SourceTable) -> list[Plan]:
    """The plans of tables, each after the one before it."""
    plans: list[Plan] = []
    with closing(database.reader()) as reader:
        for each in tables:
            after = plans[-1] if plans else None
            mapping = propose_mapping(reader, each, after=after)
            plans.append(make_plan(reader, each, mapping, after=after))
    return plans


def count(database: Database, *names: str) -> list[object]:
    return [asked(database, f'SELECT count(*) FROM "{name}"')[0][0] for name in names]


def all_tables() -> Sequence[SourceTable]:
    return (
        table(OFFICIALS, "officials.csv"),
        table(MEETINGS, "meetings.csv"),
        table(SAME_MEETINGS, "more meetings.csv"),
    )


def test_officials_of_the_first_table_are_found_by_the_second(database: Database) -> None:
    people, steps = count(database, "person", "step")
    plans = plans_of(database, *all_tables())
    assert [counted(each) for each in plans] == [(2, 0, 0, 0), (2, 0, 0, 0), (1, 0, 1, 0)]
    assert plans[0].records["person"] == 2 and "person" not in plans[1].records
    change = apply(database, plans)
    assert change.step == int(str(steps)) + 1
    assert count(database, "person", "event", "step") == [int(str(people)) + 2, 3, change.step]
    acted = asked(database, "SELECT count(*) FROM delegate d JOIN person p ON p.id = d.person_id GROUP BY p.name")
    assert acted == [(3,), (3,)]
    assert asked(database, "SELECT count(*) FROM source WHERE url = 'https://example.org/1'") == [(1,)]
    assert check_workspace(database.path) == []


def test_undoing_takes_all_tables_back_and_importing_again_adds_nothing(database: Database) -> None:
    before = count(database, "person", "event", "appointment", "import_key", "source")
    apply(database, plans_of(database, *all_tables()))
    again = plans_of(database, *all_tables())
    assert [counted(each) for each in again] == [(0, 0, 2, 0), (0, 0, 2, 0), (0, 0, 2, 0)]
    assert not any(each.changes_something for each in again)
    assert undo(database) is not None
    assert count(database, "person", "event", "appointment", "import_key", "source") == before
    assert check_workspace(database.path) == []


def test_a_known_official_is_filled_in_once(database: Database) -> None:
    """Two tables that say more of one known person change one draft."""
    apply(database, plans_of(database, table("Name,Country\nAhmet Gurbanov,Turkmenistan\n", "names.csv")))
    plans = plans_of(
        database,
        table("Name,Country,Gender\nAhmet Gurbanov,Turkmenistan,m\n", "genders.csv"),
        table("Name,Country,Born\nAhmet Gurbanov,Turkmenistan,1975-05-02\n", "births.csv"),
    )
    assert [counted(each)[1] for each in plans] == [1, 1]
    apply(database, plans)
    found = asked(database, "SELECT gender, birth_date FROM person WHERE name = 'Ahmet Gurbanov'")
    assert found == [("male", "1975-05-02")]


def test_a_country_of_the_first_table_is_known_to_the_second(database: Database) -> None:
    plans = plans_of(
        database,
        table(COUNTRIES, "countries.csv"),
        table("Name,Country\nAnna Berg,Newland\n", "officials.csv"),
    )
    assert counted(plans[1]) == (1, 0, 0, 0)
    apply(database, plans)
    assert asked(database, "SELECT country FROM person WHERE name = 'Anna Berg'") == [("XQZ",)]


def test_plans_of_two_imports_are_not_written_together(database: Database) -> None:
    one, other = plans_of(database, table(OFFICIALS)), plans_of(database, table(MEETINGS))
    with pytest.raises(ValueError, match="different imports"):
        apply(database, [*one, *other])
