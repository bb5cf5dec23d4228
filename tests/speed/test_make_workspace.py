"""The workspaces that figures are taken of are sound, the same each time, and logged as the triggers would have."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from legation.records.catalogue import LOGGED_TABLES
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.past import as_after
from legation.storage.undo import revert
from speed import make_workspace
from speed.make_workspace import make

EVENTS = 120
LOGGED = ("event", "delegation", "delegate", "capacity", "person", "citation")


def rows(path: Path) -> dict[str, list[Any]]:
    """Every row that does not come with the program."""
    with closing(Database(path).reader()) as reader:
        return {
            name: reader.sql(f'SELECT * FROM "{name}" ORDER BY 1, 2') for name in LOGGED_TABLES if name != "setting"
        }


@pytest.mark.parametrize("logged", [False, True])
def test_it_is_sound(tmp_path: Path, logged: bool) -> None:
    path = tmp_path / "made.legation"
    make(path, EVENTS, logged=logged)
    assert check_workspace(path) == []
    assert len(rows(path)["event"]) == EVENTS and len(rows(path)["delegate"]) > 2 * EVENTS


def test_it_is_the_same_each_time_from_this_process_or_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, elsewhere = tmp_path / "here.legation", tmp_path / "elsewhere.legation"
    make(here, EVENTS)
    monkeypatch.setattr(make_workspace, "MANY", EVENTS)
    make(elsewhere, EVENTS, logged=True)
    own = {name: found for name, found in rows(here).items() if name not in ("country", "topic", "organisation")}
    assert check_workspace(elsewhere) == [] and not list(tmp_path.glob(".*"))
    assert own["event"] and own == {name: rows(elsewhere)[name] for name in own}


def test_its_log_is_that_of_the_triggers(tmp_path: Path) -> None:
    path = tmp_path / "made.legation"
    make(path, EVENTS, logged=True)
    made = rows(path)
    with closing(Database(path)) as database:
        with closing(database.reader()) as reader:
            (step,) = reader.sql("SELECT max(id) FROM step")[0]
        undone = revert(database, step)
        assert not any(rows(path)[name] for name in LOGGED)
        again = revert(database, undone.step)  # written by the triggers
        assert rows(path) == made
        with closing(database.reader()) as reader:
            asked = 'SELECT "table", key, before, after FROM change WHERE step_id = ? ORDER BY "table", key'
            assert reader.sql(asked, (step,)) == reader.sql(asked, (again.step,))
    assert check_workspace(path) == []
    with as_after(path, step - 1) as before:
        assert not any(before.sql(f"SELECT 1 FROM {name}") for name in LOGGED)
    with as_after(path, step) as after:
        assert after.sql("SELECT count(*) FROM event_row") == [(EVENTS,)]
