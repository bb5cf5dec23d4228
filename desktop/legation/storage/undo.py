"""Undo, redo and revert: a step replayed backwards, as a step of its own.

The log only grows. An undo is a step that `undoes` another; a redo is the undo of an undo. Any old step can be reverted
while the rows still are as it left them; otherwise `StepConflict` names the record and the field.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from legation.errors import RecordProblem, StepConflict
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import RECORD_TYPES
from legation.storage.change_log import key_columns
from legation.storage.database import Database
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet


@dataclass(frozen=True)
class StepInfo:
    """A step that can be undone or redone: its number, its label in words, when, by whom, in which session."""

    id: int
    label: str
    at: str
    who: str
    session: str

    @property
    def is_root(self) -> bool:
        """Whether the label is the step's own."""
        return bool(self.label)


def label_in_words(label: str, arguments: str) -> str:
    """A stored label translated, with its arguments filled in; the bare label when they do not fit."""
    try:
        return _(label).format(**json.loads(arguments or "{}"))
    except (KeyError, IndexError, ValueError):
        return label


def next_undo(reader: Reader, session: str, who: str) -> tuple[StepInfo, bool] | None:
    """The step that Undo takes back, and whether it belongs to this session.

    The newest step of the session that is no undo and not undone; when there is none, the newest of the same person.
    """
    for where, value, own in (("s.session = ?", session, True), ("s.who = ?", who, False)):
        rows = reader.sql(
            "SELECT s.id, s.label, s.arguments, s.at, s.who, s.session FROM step s "
            f"WHERE {where} AND s.undoes IS NULL AND s.id > ? AND NOT {_CHAIN_UNDONE} ORDER BY s.id DESC LIMIT 1",
            (value, _first_undoable(reader)),
        )
        if rows:
            return _info(rows[0]), own
    return None


# a root step is undone when the chain of steps that undo each other, beginning with it, has an odd length
_CHAIN_UNDONE = (
    "(WITH RECURSIVE chain(id, depth) AS (SELECT s.id, 0 UNION ALL "
    "SELECT u.id, chain.depth + 1 FROM step u JOIN chain ON u.undoes = chain.id) "
    "SELECT max(depth) % 2 = 1 FROM chain)"
)


def _first_undoable(reader: Reader) -> int:
    """Steps up to this number make the workspace what it is and are not undone by Ctrl+Z: its first step."""
    return int(reader.sql("SELECT coalesce(min(id), 0) FROM step")[0][0])


def next_redo(reader: Reader, session: str, who: str = "") -> StepInfo | None:
    """The undo of this session that Redo takes back: the newest one not redone, with no later step of one's own.

    With `who` the undo may be of any session of that person.
    """
    column, value = ("who", who) if who else ("session", session)
    rows = reader.sql(
        f"SELECT s.id, s.label, s.arguments, s.at, s.who, s.session FROM step s WHERE s.{column} = :own "
        "AND s.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM step r WHERE r.undoes = s.id) "
        f"AND s.id > coalesce((SELECT max(id) FROM step WHERE {column} = :own AND undoes IS NULL), 0) "
        f"AND {IS_UNDO} ORDER BY s.id DESC LIMIT 1",
        {"own": value},
    )
    return _info(rows[0]) if rows else None


# an undo stands at an odd place of its chain, a redo at an even one
IS_UNDO = (
    "(WITH RECURSIVE chain(id, depth) AS (SELECT s.undoes, 1 UNION ALL "
    "SELECT u.undoes, chain.depth + 1 FROM step u JOIN chain ON u.id = chain.id WHERE u.undoes IS NOT NULL) "
    "SELECT max(depth) % 2 = 1 FROM chain)"
)


def _info(row: tuple[Any, ...]) -> StepInfo:
    return StepInfo(row[0], label_in_words(row[1], row[2]), row[3], row[4], row[5])


def end_of_chain(reader: Reader, step: int) -> int:
    """The latest step of the chain of undos and redos that begins with a step: the one to replay."""
    while rows := reader.sql("SELECT id FROM step WHERE undoes = ? ORDER BY id DESC LIMIT 1", (step,)):
        step = rows[0][0]
    return step


def revert(database: Database, step: int) -> ChangeSet:
    """Undo one step, whichever it is, as a new step. Raises `StepConflict` when later changes stand on it."""
    try:
        with _reverting_step(database, step) as session:
            connection: Any = session.connection().connection.driver_connection  # bare: an import has many rows
            connection.execute("PRAGMA defer_foreign_keys = ON")
            rows = connection.execute(
                'SELECT "table", key, before, after FROM change WHERE step_id = ? ORDER BY id DESC', (step,)
            ).fetchall()
            for table, key, before, after in rows:
                _replay(connection, table, json.loads(key), _plain(before), _plain(after))
            (logged,) = connection.execute(
                "SELECT count(*) FROM change WHERE step_id = (SELECT id FROM open_step)"
            ).fetchone()
            if logged > len(rows):
                raise StepConflict(
                    _("Undoing this would take later records along."),
                    _("Undo the later steps first; see the History page."),
                )
    except RecordProblem as problem:  # a later record points at a row that would go, or took a unique name
        raise StepConflict(str(problem), _("Undo the later steps first; see the History page.")) from problem
    return database.steps.last


def _reverting_step(database: Database, step: int) -> Any:
    with closing(database.reader()) as reader:
        rows = reader.sql("SELECT label, arguments, undoes FROM step WHERE id = ?", (step,))
        undone = reader.sql("SELECT id FROM step WHERE undoes = ?", (step,))
        baseline = reader.sql("SELECT max(id) FROM step WHERE label = 'Baseline'")[0][0] or 0
    if not rows:
        raise StepConflict(_("There is no step {step}.").format(step=step))
    if undone:
        raise StepConflict(
            _("Step {step} is undone already, by step {other}.").format(step=step, other=undone[0][0]),
            _("To bring it back, undo that step."),
        )
    if step <= baseline:
        raise StepConflict(_("Step {step} was loaded without a log and cannot be undone.").format(step=step))
    label, arguments, _undoes = rows[0]
    return database.step(label, undoes=step, **json.loads(arguments))


def _plain(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def _replay(
    connection: sqlite3.Connection,
    table: str,
    key: list[Any],
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """Take one change back, when the row still is as the change left it."""
    where = " AND ".join(f'"{name}" = ?' for name in key_columns(table))
    found = connection.execute(f'SELECT * FROM "{table}" WHERE {where}', tuple(key))
    values = found.fetchone()
    present = None if values is None else dict(zip((each[0] for each in found.description), values, strict=True))
    if after is None and before is not None:
        if present is not None:
            raise _conflict(table, before, "", None)
        names = ", ".join(f'"{name}"' for name in before)
        holes = ", ".join("?" for _name in before)
        connection.execute(f'INSERT INTO "{table}"({names}) VALUES ({holes})', tuple(before.values()))
        return
    if after is None:
        return
    if present is None:
        raise _conflict(table, after, "", None)
    for name, value in after.items():
        if present[name] != value:
            raise _conflict(table, present, name, present[name])
    if before is None:
        connection.execute(f'DELETE FROM "{table}" WHERE {where}', tuple(key))
        return
    if not before:  # all that it changed was a column that is no more
        return
    settings = ", ".join(f'"{name}" = ?' for name in before)
    connection.execute(f'UPDATE "{table}" SET {settings} WHERE {where}', (*before.values(), *key))


def _conflict(table: str, row: dict[str, Any], field: str, value: Any) -> StepConflict:
    record = RECORD_TYPES.get(table)
    what = _(record.label) if record else table
    named = row.get("title") or row.get("name") or row.get("code") or row.get("id") or ""
    advice = _("Undo the later steps first; see the History page.")
    if not field:
        return StepConflict(
            _("{what} “{named}” was deleted or made again since.").format(what=what, named=named), advice
        )
    words = _field_words(record, field)
    return StepConflict(
        _("{what} “{named}”: {field} was changed since; it is now “{value}”.").format(
            what=what, named=named, field=words, value="" if value is None else value
        ),
        advice,
    )


def _field_words(record: RecordType | None, field: str) -> str:
    found = record.by_name.get(field) if record else None
    return _(found.label) if found else field


def undo(database: Database, *, others: bool = False) -> ChangeSet | None:
    """Undo the newest step of this session; with `others`, also of this person's earlier sessions.

    None when there is nothing to undo. Raises `StepConflict`.
    """
    with closing(database.reader()) as reader:
        found = next_undo(reader, database.session, database.steps.who)
        if found is None or not (found[1] or others):
            return None
        step = end_of_chain(reader, found[0].id)
    return revert(database, step)


def redo(database: Database, *, others: bool = False) -> ChangeSet | None:
    """Redo what this session undid last, with `others` what this person did in any; None when there is nothing.

    Raises `StepConflict`.
    """
    with closing(database.reader()) as reader:
        found = next_redo(reader, database.session, database.steps.who if others else "")
    return revert(database, found.id) if found else None
