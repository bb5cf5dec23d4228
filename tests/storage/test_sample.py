"""The sample by plain SQL: every fact of the founding dispatch is a row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from legation.storage.checking import check_workspace

COUNTS = {
    "event": 8,
    "delegation": 16,
    "delegate": 5,
    "capacity": 8,
    "appointment": 7,
    "person": 4,
    "agenda_item": 23,
    "outcome": 1,
    "source": 3,
}


@pytest.mark.parametrize("table", COUNTS)
def test_the_rows_are_there(sample: Path, table: str) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (COUNTS[table],)


def test_the_twelve_organisations_of_the_dispatch_are_there(sample: Path) -> None:
    added = "SELECT count(*) FROM change WHERE step_id = 2 AND \"table\" = 'organisation' AND before IS NULL"
    shared = "SELECT count(*) FROM organisation WHERE name IN ('United Nations', '\"Central Asia + Japan\" dialogue')"
    with closing(sqlite3.connect(sample)) as connection:
        found = connection.execute(added).fetchone()[0] + connection.execute(shared).fetchone()[0]
    assert found == 12


def test_the_sources_are_a_chain_of_three(sample: Path) -> None:
    chain = (
        "WITH RECURSIVE chain(id) AS (SELECT id FROM source WHERE url IS NOT NULL OR title IS NOT NULL "
        "UNION ALL SELECT s.derived_from_id FROM source s JOIN chain ON s.id = chain.id "
        "WHERE s.derived_from_id IS NOT NULL) SELECT count(*) FROM chain"
    )
    with closing(sqlite3.connect(sample)) as connection:
        assert connection.execute(chain).fetchone() == (3,)


def test_levels_are_derived(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        levels = dict(connection.execute("SELECT event_id, level FROM event_row WHERE level IS NOT NULL"))
    assert levels == {
        1: "deputy_ministerial",
        2: "senior_officials",
        3: "deputy_ministerial",
        4: "business",
        6: "highest",
    }


def test_the_sample_is_sound(sample: Path) -> None:
    assert check_workspace(sample) == []
