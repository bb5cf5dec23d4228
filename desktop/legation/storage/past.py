"""The workspace as it was after an earlier step: a copy in which the log was taken back, to be read and thrown away.

The file itself is never touched. In the copy the steps that came later are gone from the log as well.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from legation.errors import UserError
from legation.i18n import _
from legation.records.catalogue import LOGGED_TABLES
from legation.storage.backup import copy_workspace
from legation.storage.change_log import column_names, key_columns
from legation.storage.connection import connect_for_reading, connect_for_writing
from legation.storage.database import told_in_words
from legation.storage.derived import SPREADS
from legation.storage.reading import Interrupted, Reader
from legation.storage.refreshing import refresh_many

BASELINE = "Baseline"
Progress = Callable[[int, int], bool]
Values = dict[str, Any]


def newest_step(reader: Reader) -> tuple[int, str]:
    """The number of the newest step and its moment in UTC; (0, "") in a workspace without steps."""
    rows = reader.sql("SELECT id, at FROM step ORDER BY id DESC LIMIT 1")
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, "")


def step_before(reader: Reader, moment: str) -> int:
    """The number of the last step before a moment in UTC. Raises `UserError` when the log does not reach so far."""
    rows = reader.sql("SELECT id FROM step WHERE at < ? ORDER BY id DESC LIMIT 1", (moment,))
    if not rows:
        raise UserError(_("The workspace was made later than that: there is nothing it knew then."))
    step = int(rows[0][0])
    require_logged(reader, step)
    return step


def require_logged(reader: Reader, step: int) -> None:
    """Raise `UserError` when there is no such step, or the log does not tell how the workspace was after it."""
    rows = reader.sql("SELECT id FROM step WHERE id = ?", (step,))
    if not rows:
        raise UserError(_("The log of this workspace has no step {step}.").format(step=step))
    baseline = reader.sql("SELECT max(id) FROM step WHERE label = ?", (BASELINE,))[0][0] or 0
    if step < baseline:
        raise UserError(
            _("The log begins with step {baseline}; what was before it is not known.").format(baseline=baseline)
        )


@contextmanager
def as_after(path: Path, step: int, progress: Progress | None = None) -> Iterator[Reader]:
    """A reader of the workspace as it was after a step; it ends with the context.

    `progress(done, total)` counts the pages copied and may give False to stop: then `Interrupted` is raised. Raises
    `UserError` when the disk for temporary files is full, or the log does not reach so far.
    """
    with closing(connect_for_reading(path)) as present:
        reader = Reader(present)
        require_logged(reader, step)
        if newest_step(reader)[0] == step:
            yield reader
            return
    with tempfile.TemporaryDirectory(prefix="legation-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        with told_in_words(copy):
            if not copy_workspace(path, copy, progress):
                raise Interrupted
            _take_back(copy, step)
        with closing(Reader(connect_for_reading(copy))) as past:
            yield past


def _take_back(copy: Path, step: int) -> None:
    """Take all later steps back, in a step of its own that goes with them: triggers keep what is derived right."""
    with closing(connect_for_writing(copy, journal="MEMORY")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        cursor = connection.execute(
            "INSERT INTO step(label, arguments, at, who, session, schema_version) "
            "SELECT label, '{}', at, who, session, schema_version FROM step WHERE id = ?",
            (step,),
        )
        last = int(cursor.lastrowid or 0)
        connection.execute("INSERT INTO open_step(id, only) VALUES (?, 1)", (last,))
        changed = connection.execute(
            'SELECT DISTINCT "table" FROM change WHERE step_id > ? AND step_id < ?', (step, last)
        ).fetchall()
        for (table,) in changed:
            if table in LOGGED_TABLES:
                _take_back_table(connection, table, step, last)
        for (table,) in changed:
            _spread(connection, table, step, last)
        refresh_many(connection)
        connection.execute("DELETE FROM open_step")
        connection.execute("DELETE FROM change WHERE step_id > ?", (step,))
        connection.execute("DELETE FROM step WHERE id > ?", (step,))
        connection.execute("COMMIT")


def _take_back_table(connection: sqlite3.Connection, table: str, step: int, last: int) -> None:
    """Bring the rows of a table to what they were: all that changed go first, so that no unique value is in the way."""
    keys = key_columns(table)
    # a table may have a column of its own that is called key
    where = " AND ".join(f"\"{name}\" = json_extract(asked.key, '$[{at}]')" for at, name in enumerate(keys))
    # of the row with the least id SQLite also takes the other columns: the first change of each record
    first = (
        f'SELECT key, before, min(id) FROM change WHERE "table" = {table!r} '
        f"AND step_id > {step} AND step_id < {last} GROUP BY key"
    )
    were = list(_earlier_rows(connection, table, first, where, (step, last)))
    joined = ", ".join(f'"{name}"' for name in keys)
    extracted = ", ".join(f"json_extract(key, '$[{at}]')" for at in range(len(keys)))
    connection.execute(f'DELETE FROM "{table}" WHERE ({joined}) IN (SELECT {extracted} FROM ({first}))')
    names = column_names(table)
    listed, holes = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _name in names)
    connection.executemany(
        f'INSERT INTO "{table}"({listed}) VALUES ({holes})', ([row.get(name) for name in names] for row in were)
    )


def _spread(connection: sqlite3.Connection, table: str, step: int, last: int) -> None:
    """Have the triggers see rows put back as changed, so that what shows their names is made anew as well."""
    if table in SPREADS:
        columns = SPREADS[table][0].split(", ")
        set_to_itself = ", ".join(f'"{name}" = "{name}"' for name in columns)
        connection.execute(
            f"UPDATE \"{table}\" SET {set_to_itself} WHERE id IN (SELECT json_extract(key, '$[0]') FROM change "
            'WHERE "table" = ? AND step_id > ? AND step_id < ?)',
            (table, step, last),
        )


def _earlier_rows(
    connection: sqlite3.Connection, table: str, first: str, where: str, window: tuple[int, int]
) -> Iterator[Values]:
    """Each changed row that was there then, as it was; rows that were added later are left out."""
    present = connection.execute(f'SELECT * FROM "{table}" LIMIT 0')
    names = [each[0] for each in present.description]
    touched = connection.execute(f"SELECT key FROM ({first}) WHERE before IS NOT NULL").fetchall()
    for (key,) in touched:
        found = connection.execute(
            f'SELECT "{table}".* FROM "{table}", (SELECT ? AS key) AS asked WHERE {where}', (key,)
        ).fetchone()
        row: Values = dict(zip(names, found, strict=True)) if found is not None else {}
        changes = connection.execute(
            'SELECT before FROM change WHERE "table" = ? AND key = ? AND step_id > ? AND step_id < ? ORDER BY id DESC',
            (table, key, *window),
        )
        for (before,) in changes:
            row.update(json.loads(before) if before is not None else {})
        yield row
