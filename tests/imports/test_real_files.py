"""The real tables that the desk works with: how many records each gives, and nothing at the second time."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.imports.planning import propose_mapping
from legation.imports.source_tables import SourceTable
from legation.storage.checking import check_workspace
from legation.storage.database import Database

REAL = os.environ.get("LEGATION_REAL_DATA", "")
pytestmark = pytest.mark.skipif(not REAL, reason="LEGATION_REAL_DATA does not say where the real data is")


def real(name: str) -> SourceTable:
    path = Path(REAL) / name
    return table(path.read_text(encoding="utf-8-sig"), path.name)


@pytest.mark.slow
def test_the_visits(database: Database) -> None:
    source = real("visits/us-visits-of-foreign-leaders.csv")
    plan = imported(database, source)
    assert counted(plan) == (3264, 0, 0, 0)
    assert plan.records["event"] == 3264 and plan.records["delegate"] == 3271  # seven cells name two persons
    assert asked(database, "SELECT count(*) FROM event WHERE kind = 'visit' AND country = 'USA'") == [(3264,)]
    assert asked(database, "SELECT name FROM person WHERE name LIKE '% Netanyahu'") == [("Benjamin Netanyahu",)]
    past = "SELECT DISTINCT country FROM delegation WHERE country IN ('SUN', 'XVS', 'YUG', 'CSK', 'XHI')"
    assert len(asked(database, past)) == 5
    assert asked(database, "SELECT count(*) > 700 FROM event WHERE city IS NOT NULL") == [(1,)]
    assert counted(planned(database, source)) == (0, 0, 3264, 0)
    assert check_workspace(database.path) == []


@pytest.mark.slow
def test_the_cabinets(database: Database) -> None:
    older, newer = real("cabinet/cabinet-turnover-old.csv"), real("cabinet/cabinet-turnover.csv")
    assert imported(database, older).records["person"] == 270
    assert asked(database, "SELECT count(*) FROM person") == [(270,)]
    plan = imported(database, newer)
    assert plan.records["person"] == 62 and counted(plan)[3] == 0
    assert asked(database, "SELECT count(*) FROM person") == [(332,)]
    for each in (older, newer):
        assert counted(planned(database, each))[0] == 0
    assert check_workspace(database.path) == []


def test_the_newer_cabinet_alone(database: Database) -> None:
    plan = planned(database, real("cabinet/cabinet-turnover.csv"))
    assert plan.records["person"] == 332
    assert counted(plan)[3] == 0


def test_the_codes_of_countries(database: Database) -> None:
    source = real("countries/country-codes.csv")
    plan = planned(database, source)
    assert sum(plan.counts.values()) == 249 and counted(plan)[0] == counted(plan)[3] == 0
    with closing(database.reader()) as reader:
        assert propose_mapping(reader, source).type == "countries"
