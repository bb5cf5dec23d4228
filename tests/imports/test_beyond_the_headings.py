"""Cells that stand beyond the headings are told row by row, and go with rejected rows; nothing is lost silently."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

from imports.text_tables import asked
from legation.imports.applying import apply
from legation.imports.files.opening import open_tables
from legation.imports.outcomes import Outcome
from legation.imports.planning import Plan, make_plan, propose_mapping
from legation.imports.rejects import REASON, write_rejects
from legation.storage.database import Database

TEXT = """Date,Country A,Country B,Subject
2020-01-05,Japan,Chile,Talks on water
2020-01-06,Japan,Chile,Talks on air,and on fire,  and on earth
2020-01-07,Japan,Atlantis,Talks on nothing,but much of it
2020-01-08,Japan,Chile
2020-01-09,Japan,Chile,Talks on trade
,,,,only beyond
"""


def _plan(database: Database) -> Plan:
    (table,) = open_tables(TEXT.encode(), name="meetings.csv")
    with closing(database.reader()) as reader:
        return make_plan(reader, table, propose_mapping(reader, table))


def test_each_row_tells_what_is_beyond_and_what_is_odd(database: Database) -> None:
    plan = _plan(database)
    added, beyond, rejected, short, last, only = plan.rows
    assert added.outcome is last.outcome is Outcome.ADDED and "beyond" not in added.sentence + last.sentence
    assert beyond.outcome is Outcome.ADDED
    assert beyond.sentence.endswith("Not taken, since it stands beyond the headings: “and on fire”, “and on earth”.")
    assert rejected.outcome is only.outcome is Outcome.REJECTED
    assert "“but much of it”" in rejected.sentence and "“only beyond”" in only.sentence
    assert short.outcome is Outcome.ADDED and "cells" in short.sentence  # one is missing


def test_what_is_beyond_goes_with_the_rejected_rows(database: Database, tmp_path: Path) -> None:
    plan = _plan(database)
    path = tmp_path / "rejects.csv"
    assert write_rejects(path, plan) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Column 5"] for row in rows] == ["but much of it", "only beyond"]
    assert [row["Subject"] for row in rows] == ["Talks on nothing", ""] and all(row[REASON] for row in rows)
    apply(database, plan)
    assert asked(database, "SELECT count(*) FROM event") == [(4,)]
