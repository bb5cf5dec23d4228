"""Steps: the only way to write. A step is one transaction with a name, logged row by row.

`Steps` owns the one writing connection of a process and belongs to the thread that first uses it.
"""

from __future__ import annotations

import getpass
import json
import os
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from legation.clock import now
from legation.records.catalogue import PUBLIC_TABLES
from legation.storage.connection import connect_for_writing
from legation.storage.constraints import words_for
from legation.storage.refreshing import refresh_many
from legation.storage.schema import SCHEMA_VERSION

_PUBLIC = ", ".join(f"'{name}'" for name in PUBLIC_TABLES)


@dataclass(frozen=True)
class ChangeSet:
    """What a step changed: its number (0 when it changed nothing), its label, and the ids by record type.

    `records` names every record whose own row changed or whose shown values follow from one that did. `result` is
    what the step's function gave back.
    """

    step: int
    label: str
    records: dict[str, frozenset[int]] = field(default_factory=dict)
    changes: int = 0
    result: Any = None


def user_name() -> str:
    """Who is writing, as the system names them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return os.environ.get("USERNAME", "") or "unknown"


class Steps:
    """The writer of one workspace file: one connection, used by one thread."""

    def __init__(self, path: Path, *, session: str = "", who: str = "", journal: str | None = None) -> None:
        self.path = path
        self.journal = journal
        self.session = session or str(uuid.uuid4())
        self.who = who or user_name()
        self._engine: Engine | None = None
        self.last: ChangeSet = ChangeSet(0, "")

    @property
    def engine(self) -> Engine:
        """The engine over the one connection, opened at first use in the thread that will write."""
        if self._engine is None:
            self._engine = create_engine(
                "sqlite://", creator=lambda: connect_for_writing(self.path, journal=self.journal), poolclass=StaticPool
            )
            event.listen(self._engine, "begin", _begin_immediately)
        return self._engine

    def close(self) -> None:
        """Close the connection; must be called in the thread that wrote."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @contextmanager
    def step(
        self, label: str, *, undoes: int | None = None, why: str | None = None, **arguments: Any
    ) -> Iterator[Session]:
        """One step: a transaction with a label (a marked message, `arguments` fill its braces).

        Yields a session; commits at the end, or rolls everything back, the log included, when anything is raised. A
        step that changes nothing leaves no trace. `last` then tells what was changed. Raises `UserError` where the
        file or the values are the reason.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                connection = session.connection()
                number = self._open(connection, label, arguments, undoes, why)
                yield session
                session.flush()
                self.last = self._close(connection, number, label)
                _commit(session) if self.last.step else session.rollback()
        except (DBAPIError, sqlite3.Error, OSError) as error:
            if (words := words_for(error, self.path)) is not None:
                raise words from error
            raise

    def write(
        self, label: str, work: Callable[[Session], Any], *, why: str | None = None, **arguments: Any
    ) -> ChangeSet:
        """Run a function inside a step and give back what was changed, with the function's result."""
        with self.step(label, why=why, **arguments) as session:
            result = work(session)
        return ChangeSet(self.last.step, label, self.last.records, self.last.changes, result)

    def _open(
        self, connection: Connection, label: str, arguments: dict[str, Any], undoes: int | None, why: str | None
    ) -> int:
        written = json.dumps(arguments, ensure_ascii=False, sort_keys=True)
        cursor = connection.exec_driver_sql(
            "INSERT INTO step(label, arguments, at, who, session, why, undoes, schema_version) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (label, written, now(), self.who, self.session, why, undoes, SCHEMA_VERSION),
        )
        number = int(cursor.lastrowid or 0)
        connection.exec_driver_sql("INSERT INTO open_step(id, only) VALUES (?, 1)", (number,))
        return number

    def _close(self, connection: Connection, number: int, label: str) -> ChangeSet:
        changes = connection.exec_driver_sql("SELECT count(*) FROM change WHERE step_id = ?", (number,)).scalar_one()
        if not changes:
            return ChangeSet(0, label)
        records = changed_records(connection, number)
        refresh_many(connection.connection.driver_connection)  # type: ignore[arg-type]
        connection.exec_driver_sql("DELETE FROM open_step")
        return ChangeSet(number, label, records, int(changes))


def changed_records(connection: Connection, number: int) -> dict[str, frozenset[int]]:
    """The ids by record type that an open step changed, with those whose shown values are stale because of it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    # the first number of the key: each public table has one
    asked = (
        f"""SELECT "table", CAST(substr(key, 2) AS INTEGER) FROM change WHERE step_id = ? AND "table" IN ({_PUBLIC})"""
    )
    raw: Any = connection.connection.driver_connection
    for rows in (raw.execute(asked, (number,)), raw.execute("SELECT record, id FROM stale")):
        for record, id in rows:  # of the driver itself: there may be hundreds of thousands
            found[record].add(id)
    return {record: frozenset(ids) for record, ids in found.items()}


def _commit(session: Session) -> None:
    """Commit, or leave no transaction behind.

    When a link that is looked at last does not hold, or the disk is full, SQLite refuses the COMMIT and keeps the
    transaction open, while SQLAlchemy holds it for finished.
    """
    raw: Any = session.connection().connection.driver_connection
    try:
        session.commit()
    finally:
        if raw.in_transaction:
            raw.rollback()


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
