"""What tests of merging share: records made by a few words, and the whole state of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

import pytest

from legation.fields.draft import Draft, new_draft
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES, record_type
from legation.storage.database import Database
from legation.storage.saving import save

Make = Callable[..., int]
State = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def make(database: Database) -> Make:
    """Makes a record of its values in a step of its own; lines are lists of values by the name of the lines."""

    def saved(record: str, **values: Any) -> int:
        draft = _draft(record, values)
        database.write("Make", lambda session: save(session, draft))
        return int(draft.id or 0)

    return saved


def _draft(record: str, values: Mapping[str, Any]) -> Draft:
    made = record_type(record)
    lines = {each.name: each.record for each in made.lines}
    draft = new_draft(made, **{name: value for name, value in values.items() if name not in lines})
    for name, rows in values.items():
        for row in rows if name in lines else ():
            draft.add_line(name, _draft(lines[name], row))
    return draft


def state(database: Database) -> State:
    """Every row of every logged table, and of what is derived."""
    with closing(database.reader()) as reader:
        found = {
            name: reader.sql(f'SELECT * FROM "{name}" ORDER BY 1, 2') for name in (*LOGGED_TABLES, *DERIVED_TABLES)
        }
        found["search"] = reader.sql("SELECT rowid, name, body FROM search ORDER BY 1")
    return found


def rows(database: Database, text: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of SQL text."""
    with closing(database.reader()) as reader:
        return reader.sql(text, values)
