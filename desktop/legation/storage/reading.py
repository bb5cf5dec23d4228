"""Reading: plain rows out. A `Reader` is one connection; questions are SQLAlchemy selects or SQL text.

Rows come back as tuples, never as objects of a session. A question may be interrupted from another thread.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, func, select
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.sql.selectable import CompoundSelect

from legation.errors import UserError
from legation.i18n import _
from legation.storage.constraints import words_for

SWITCH_SECONDS = 0.0005  # a thread that reads hands Python over so soon, or gets it; by default only after 5 ms
Row = tuple[Any, ...]
Statement = Select[Any] | CompoundSelect[Any]


class Interrupted(Exception):
    """The question was interrupted because a newer one replaced it."""


class Reader:
    """One reading connection. `statements` counts the questions asked, for tests."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._is_stopped = False
        self.statements = 0

    def rows(self, statement: Statement) -> list[Row]:
        """All rows of a select. Raises `Interrupted`, or `UserError` where the file is the reason."""
        return self.sql(*compiled(statement))

    def sql(self, text: str, parameters: Any = ()) -> list[Row]:
        """All rows of SQL text, as `rows`."""
        self._begin()
        try:
            return self._connection.execute(text, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def stream(self, statement: Statement, size: int = 1000) -> Iterator[list[Row]]:
        """Rows of a select in lists of up to `size`, so that a long answer need not fit in memory."""
        self._begin()
        try:
            cursor = self._connection.execute(*compiled(statement))
            while rows := cursor.fetchmany(size):
                yield rows
        except sqlite3.Error as error:
            raise self._told(error) from error

    def columns(self, asked: Asked, ids: Sequence[int]) -> list[list[Any]]:
        """What a question of `as_columns` gives for these ids, column by column: text, whole numbers and None.

        In what order the rows stand is not said.
        """
        text, parameters = asked
        (found,) = self.sql(text, parameters | {_IDS: json.dumps(list(ids))})
        return [json.loads(each) for each in found]

    def value(self, statement: Statement) -> Any:
        """The first value of the first row; None when there is no row."""
        rows = self.rows(statement)
        return rows[0][0] if rows else None

    def interrupt(self) -> None:
        """Stop the question that runs now, and answer no other before `resume`; may be called from any thread.

        So work is stopped as well that asks nothing just now.
        """
        self._is_stopped = True
        self._connection.interrupt()

    def resume(self) -> None:
        """Answer questions again."""
        self._is_stopped = False

    def _begin(self) -> None:
        if self._is_stopped:
            raise Interrupted
        self.statements += 1

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def snapshot(self) -> Snapshot:
        """A context in which all questions see one state of the file."""
        return Snapshot(self._connection)

    @property
    def path(self) -> Path:
        """The file that is read."""
        return Path(self._connection.execute("PRAGMA database_list").fetchone()[2])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _told(self, error: sqlite3.Error) -> Exception:
        if "interrupted" in str(error):
            return Interrupted()
        return words_for(error, self.path) or UserError(_("The question could not be answered."), str(error))


class Snapshot:
    """A read transaction: what is read inside belongs to one state of the file. One inside another is part of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._is_outer = False

    def __enter__(self) -> None:
        self._is_outer = not self._connection.in_transaction
        if self._is_outer:
            self._connection.execute("BEGIN")

    def __exit__(self, *_error: object) -> None:
        if self._is_outer and self._connection.in_transaction:
            self._connection.execute("COMMIT")


class _Compiler(SQLiteCompiler):
    """Writes the hints of a select, such as NOT INDEXED, behind the table that they are about."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


@lru_cache(maxsize=1)
def _dialect() -> Any:
    made = dialect.dialect(paramstyle="named")
    made.statement_compiler = _Compiler
    return made


def compiled(statement: Statement) -> tuple[str, dict[str, Any]]:
    """A select as SQL text with named parameters, lists written out."""
    made = statement.compile(dialect=_dialect(), compile_kwargs={"render_postcompile": True})
    return str(made), dict(made.params)


def listed(ids: Sequence[int]) -> Select[Any]:
    """Known ids as a select, handed over as one value however many they are."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def gathered(reader: Reader, ids: Select[Any]) -> tuple[int, Select[Any]]:
    """How many ids a select gives, and these as a select, asked for once: no row of them is looked at by Python."""
    text, parameters = compiled(ids)
    asked = f"WITH found(id) AS ({text}) SELECT count(*), json_group_array(id) FROM found"
    ((number, strung),) = reader.sql(asked, parameters)
    return int(number), select(func.json_each(strung).table_valued("value").c.value)


_IDS = "ids"
WANTED = func.json_each(bindparam(_IDS, type_=String)).table_valued("value")
"""The ids that are given when a question is asked, as a table; see `Reader.columns`."""

_PLACE_BITS = 24
ID = WANTED.c.value.bitwise_rshift(_PLACE_BITS)
PLACE = WANTED.c.value.bitwise_and((1 << _PLACE_BITS) - 1)
"""An id that is given by `with_places`, and where it stood among them."""


def in_places(within: ColumnElement[int]) -> ColumnElement[int]:
    """What an answer is ordered by: the place, and within it a number of at most 39 bits, 0 and up.

    One number is sorted much sooner than several.
    """
    return PLACE.bitwise_lshift(63 - _PLACE_BITS).bitwise_or(within)


def with_places(ids: Sequence[int]) -> list[int]:
    """Ids with their places, each as one number, in the order of the file, in which they are read soonest.

    Raises `ValueError` for more of them than have a place.
    """
    if len(ids) > 1 << _PLACE_BITS:
        raise ValueError(f"at most {1 << _PLACE_BITS} ids have a place")
    return sorted([id << _PLACE_BITS | place for place, id in enumerate(ids)])


Asked = tuple[str, dict[str, Any]]


def as_columns(statement: Select[Any]) -> Asked:
    """The rows of a select over `WANTED` as one row, each column as a JSON array: SQL text with its parameters.

    So SQLite goes through some thousand rows without a look at Python, in half the time of fetching them.
    """
    named = [each.label(f"column_{place}") for place, each in enumerate(statement.selected_columns)]
    rows = statement.with_only_columns(*named).subquery()
    return compiled(select(*(func.json_group_array(each) for each in rows.c)))


def labels_text(parts: Sequence[str]) -> str:
    """Several labels as one text, as lists show them."""
    return " · ".join(part for part in parts if part)
