"""`kill -9` in the middle of an import: the file opens clean, nothing of it is there, and it can be done again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from faults.children import die, killed, needs_fork
from imports.text_tables import asked, counted, imported, planned, table
from legation.imports import applying
from legation.imports.applying import apply
from legation.storage import bulk, connection
from legation.storage.checking import check_workspace
from legation.storage.database import Database

pytestmark = needs_fork
ROWS = 300
VISITS = "id,Date,Visitor,Country,Remarks\n" + "".join(
    f"{number},{2000 + number % 20}-0{number % 9 + 1}-1{number % 9},King Somebody{number} Else{number},Japan,Text\n"
    for number in range(ROWS)
)
TABLE = table(VISITS, "us-visits.csv")


@pytest.mark.parametrize("moment", ["before the first row", "half way", "after the last row", "while it is committed"])
def test_an_import_killed(workspace: Path, moment: str) -> None:
    def attempt() -> None:
        patch = pytest.MonkeyPatch()
        database = Database(workspace)
        connect = connection.connect_for_writing
        patch.setattr(
            "legation.storage.steps.connect_for_writing", lambda *a, **k: _with_little_memory(connect(*a, **k))
        )
        patch.setattr(bulk, "PORTION", 50)
        if moment == "before the first row":
            patch.setattr(bulk, "_insert", die)
        if moment == "after the last row":
            patch.setattr(applying, "write_bulk", lambda *a: (bulk.write_bulk(*a), die()))
        if moment == "while it is committed":
            patch.setattr("legation.storage.steps._commit", die)
        plan = planned(database, TABLE)
        apply(database, plan, lambda done, total: die() if moment == "half way" and done > total // 2 else True)  # type: ignore[func-returns-value]

    assert killed(attempt)
    assert check_workspace(workspace) == []
    database = Database(workspace)
    assert asked(database, "SELECT count(*) FROM event") == [(0,)]
    assert asked(database, "SELECT count(*) FROM import_key") == [(0,)]
    assert asked(database, "SELECT count(*) FROM step WHERE label LIKE 'Import%'") == [(0,)]
    assert counted(imported(database, TABLE)) == (ROWS, 0, 0, 0)
    assert counted(imported(database, TABLE)) == (0, 0, ROWS, 0)
    database.close()
    assert check_workspace(workspace) == []


def _with_little_memory(opened: Any) -> Any:
    """Changed pages are written long before the end, so that a killed import leaves much of itself behind."""
    opened.execute("PRAGMA cache_size = 5")
    return opened
