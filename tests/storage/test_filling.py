"""One field of many records: what would change is told, and all of it is one step or nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from legation.errors import RecordProblem
from legation.records.catalogue import record_type
from legation.storage import undo
from legation.storage.database import Database
from legation.storage.filling import fill, plan

EVENT = record_type("event")


def _statuses(database: Database) -> list[str]:
    with closing(database.reader()) as reader:
        return [row[0] for row in reader.sql("SELECT status FROM event ORDER BY id")]


def test_only_what_differs_is_planned_and_changed_as_one_step(sample: Path) -> None:
    with closing(Database(sample)) as database:
        before = _statuses(database)
        with closing(database.reader()) as reader:
            planned = plan(reader, EVENT, [7, 8, 1], "status", "held")
        assert [(each.id, each.old, each.new, each.problem) for each in planned] == [
            (7, "Scheduled", "Held", ""),
            (8, "Scheduled", "Held", ""),
        ]
        change = fill(database, EVENT, [7, 8, 1], "status", "held")
        assert change is not None and _statuses(database)[6:] == ["held", "held"]
        assert fill(database, EVENT, [7, 8, 1], "status", "held") is None
        undo.undo(database)
        assert _statuses(database) == before


def test_a_value_that_one_record_refuses_changes_none(sample: Path) -> None:
    with closing(Database(sample)) as database:
        before = _statuses(database)
        with closing(database.reader()) as reader:
            problems = [each.problem for each in plan(reader, EVENT, [7, 6], "status", "held")]
        assert problems[0] == "" and "needs a date" in problems[1]
        with pytest.raises(RecordProblem):
            fill(database, EVENT, [7, 6], "status", "held")
        assert _statuses(database) == before
