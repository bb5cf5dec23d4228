"""Many checked drafts written at once: rows are collected table by table, with their ids, and written in one go.

Inside a step that writes thousands of rows, the triggers of the log would be asked for each of them. Here the rows of a
table go in first and the log takes them over in one statement; what it then holds is what the triggers would have
written, in the same order of tables. Ids are given out before anything is written, so the file must stand as it stood
when they were (`BulkRows.as_of`).
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import chain, compress
from typing import Any

from sqlmodel import Session

from legation.errors import UserError
from legation.fields.draft import Draft, unsaved_links
from legation.i18n import _
from legation.records.catalogue import record_type
from legation.storage.change_log import column_names, key_columns
from legation.storage.derived import MARKS
from legation.storage.reading import Reader
from legation.storage.saving import derived_values, given_by_owner, key_of

ORDER = (  # a row only points at rows of tables before its own, or at earlier ones of its own
    "country", "organisation", "membership", "person", "post", "appointment", "event", "delegation", "delegate",
    "capacity", "agenda_item", "outcome", "source", "alias", "citation", "import_key", "not_same",
)  # fmt: skip
PORTION = 5000
AT_ONCE = 250  # rows of one statement: what its constraints need is then made once for all of them

Progress = Callable[[int, int], bool]


class Stopped(Exception):
    """The person stopped it; nothing was written."""


class BulkRows:
    """Rows to be written, by table, with the ids they will have.

    `as_of` is the number of the last step when the ids were given out.
    """

    def __init__(self, reader: Reader) -> None:
        self.as_of = last_step(reader)
        numbers: dict[str, int] = dict(reader.sql("SELECT name, seq FROM sqlite_sequence"))  # type: ignore[arg-type]
        self._next = {name: int(numbers.get(name, 0)) + 1 for name in ORDER}
        self.first = dict(self._next)
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ORDER}
        self._reserved: list[Draft] = []

    def __len__(self) -> int:
        return sum(map(len, self.rows.values())) + len(self._reserved)

    def count(self, record: str) -> int:
        """How many rows of a table there will be."""
        return len(self.rows[record]) + sum(each.record.name == record for each in self._reserved)

    def next_id(self, table: str) -> int:
        """The id that the next row of a table will have."""
        return self._next[table]

    def reserve(self, draft: Draft) -> int:
        """Give a new draft its id; its row is made at the end, so that its values may still change."""
        self._give_links(draft)
        draft.id = self._take(draft.record.name)
        self._reserved.append(draft)
        return draft.id

    def add(self, draft: Draft) -> int:
        """Take a new and checked draft with its lines and the unsaved drafts it points at; the id it will have."""
        self._give_links(draft)
        return self._add(draft, {})

    def add_row(self, table: str, **values: Any) -> None:
        """Take one row that is no draft, such as where a record came from; its id is given to it."""
        row = {"id": self._take(table), **values}
        self.rows[table].append(tuple(row.get(name) for name in column_names(table)))

    def finish(self) -> None:
        """Make the rows of the drafts that were only reserved."""
        for draft in self._reserved:
            self._append(draft, _plain(draft.values))
            self._lines(draft, draft.values)
        self._reserved.clear()

    def _take(self, table: str) -> int:
        self._next[table] += 1
        return self._next[table] - 1

    def _give_links(self, draft: Draft) -> None:
        for _name, target in unsaved_links(draft):
            if target.id is None:
                self.add(target)

    def _add(self, draft: Draft, given: Mapping[str, Any]) -> int:
        self._give_links(draft)
        values = {**_plain(draft.values), **given}
        if draft.record.name != "capacity":
            draft.id = self._take(draft.record.name)
        self._append(draft, values)
        self._lines(draft, values)
        return int(draft.id or 0)

    def _lines(self, draft: Draft, values: Mapping[str, Any]) -> None:
        for lines in draft.record.lines:
            for position, line in enumerate(draft.lines.get(lines.name, ())):
                if line.id is None:
                    self._add(line, given_by_owner(draft, values, lines, line, position))

    def _append(self, draft: Draft, values: Mapping[str, Any]) -> None:
        name = draft.record.name
        row = {**values, **derived_values(draft.record, {each.name: values.get(each.name) for each in _stored(name)})}
        row["id"] = draft.id
        if "uid" in _columns(name):
            row["uid"] = str(uuid.uuid4())
        self.rows[name].append(tuple([row.get(column) for column in _columns(name)]))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: key_of(value) if isinstance(value, Draft) else value for name, value in values.items()}


@cache
def _columns(table: str) -> tuple[str, ...]:
    return tuple(column_names(table))


@cache
def _stored(record: str) -> tuple[Any, ...]:
    return record_type(record).stored


def last_step(reader: Reader) -> int:
    """The number of the last step."""
    return int(reader.sql("SELECT coalesce(max(id), 0) FROM step")[0][0])


def write_bulk(session: Session, bulk: BulkRows, progress: Progress | None = None) -> None:
    """Write all rows inside an open step, the first write of it.

    Raises `UserError` when something was written since the ids were given out, `Stopped` when `progress` (rows written,
    rows in all) gives False, and what the database refuses.
    """
    connection: Any = session.connection().connection.driver_connection
    own = int(connection.execute("SELECT id FROM open_step").fetchone()[0])
    before = int(connection.execute("SELECT coalesce(max(id), 0) FROM step WHERE id < ?", (own,)).fetchone()[0])
    if before != bulk.as_of:
        raise UserError(_("The workspace was changed since the preview was made."), _("Look at the preview again."))
    bulk.finish()
    total, done = len(bulk), 0
    tables = [name for name in ORDER if bulk.rows[name]]
    with _without_triggers(connection, tables):
        for table in tables:
            for portion in _portions(bulk.rows[table], PORTION):
                _insert(connection, table, portion)
                done += len(portion)
                if progress is not None and not progress(done, total):
                    raise Stopped
            log_new_rows(connection, own, table, _new_rows(table, bulk.first))
        for table in tables:
            _mark_stale(connection, table, _new_rows(table, bulk.first))
        _mark_parents(connection)


def _portions(rows: list[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _new_rows(table: str, first: Mapping[str, int]) -> str:
    """The condition that tells the new rows of a table by the first of their keys."""
    return f'"{key_columns(table)[0]}" >= {first["delegate" if table == "capacity" else table]}'


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows. A column that none of them fills is NULL in the statement: a None to be bound takes far longer."""
    columns = _columns(table)
    filled = [any(value is not None for value in column) for column in zip(*rows, strict=True)]
    one = f"({', '.join('?' if is_filled else 'NULL' for is_filled in filled)})"
    for some in _portions(rows, AT_ONCE):
        values = ", ".join([one] * len(some))
        bound = list(chain.from_iterable(compress(row, filled) for row in some))
        connection.execute(f'INSERT INTO "{table}"({", ".join(columns)}) VALUES {values}', bound)


def log_new_rows(connection: sqlite3.Connection, step: int, table: str, which: str) -> None:
    """Log the new rows of a table, those for which `which` holds, as the trigger of the log does."""
    whole = "json_object(" + ", ".join(f"'{name}', \"{name}\"" for name in _columns(table)) + ")"
    keys = ", ".join(f'"{name}"' for name in key_columns(table))
    connection.execute(
        f'INSERT INTO change(step_id, "table", key, before, after) '
        f'SELECT ?, ?, json_array({keys}), NULL, {whole} FROM "{table}" WHERE {which} ORDER BY {keys}',
        (step, table),
    )


@contextmanager
def _without_triggers(connection: sqlite3.Connection, tables: list[str]) -> Iterator[None]:
    """Take the triggers of these tables away that are asked for each new row, and put them back."""
    away = {f"{kind}_{table}_insert" for table in tables for kind in ("guard", "log")}
    away.add("stale_parent")
    away |= {f"stale_{table}_insert_{number}" for table in tables for number in range(len(MARKS.get(table, ())))}
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    taken = [(name, sql) for name, sql in found if name in away]
    for name, _sql in taken:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in taken:  # when anything is raised, the whole step is rolled back and they never went
        connection.execute(sql)


def _mark_stale(connection: sqlite3.Connection, table: str, which: str) -> None:
    """Note what the new rows of a table make stale, as its triggers do."""
    for mark in MARKS.get(table, ()):
        connection.execute(f"INSERT OR IGNORE INTO stale(record, id) {mark.of_rows(table, which)}")


def _mark_parents(connection: sqlite3.Connection) -> None:
    """Note the events that stale events are parts of, and those that these are parts of."""
    parents = (
        "SELECT 'event', parent_id FROM event WHERE parent_id IS NOT NULL "
        "AND id IN (SELECT id FROM stale WHERE record = 'event')"
    )
    while connection.execute(f"INSERT OR IGNORE INTO stale(record, id) {parents}").rowcount:
        pass
