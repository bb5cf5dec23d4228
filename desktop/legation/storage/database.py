"""The workspace file as a whole: making one, opening one, and saying what is wrong with one.

`Database` is what everything above holds: where the file is, how to write to it (`steps`), how to read (`reader()`).
"""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Any

from sqlmodel import Session

from legation.errors import (
    UserError,
    WorkspaceError,
    WorkspaceForeign,
    WorkspaceNewer,
)
from legation.i18n import N_, _
from legation.storage import schema
from legation.storage.connection import (
    APPLICATION_ID,
    OLDEST_SQLITE,
    connect_for_reading,
    connect_for_writing,
    is_on_network_drive,
)
from legation.storage.constraints import damaged, missing, read_only, words_for
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet, Steps

SUFFIX = ".legation"
LEFTOVER_SECONDS = 3600
HEADER = b"SQLite format 3\x00"


class Database:
    """An open workspace. Cheap to make; connections are opened when first used."""

    def __init__(self, path: Path, *, session: str = "", journal: str | None = None) -> None:
        self.path = path
        self.steps = Steps(path, session=session, journal=journal)
        self._uuid = ""

    @property
    def session(self) -> str:
        """The uuid of this window or command, as the log names it."""
        return self.steps.session

    def step(self, label: str, **more: Any) -> AbstractContextManager[Session]:
        """One step on the writing connection; see `Steps.step`."""
        return self.steps.step(label, **more)

    def write(self, label: str, work: Callable[[Session], Any], **more: Any) -> ChangeSet:
        """Run a function as one step; see `Steps.write`."""
        return self.steps.write(label, work, **more)

    def reader(self) -> Reader:
        """A new reading connection; the caller closes it. Raises `UserError` when the file cannot be read."""
        with told_in_words(self.path):
            return Reader(connect_for_reading(self.path))

    def setting(self, name: str) -> str | None:
        """A setting of the workspace, such as "uuid" or "name"; None when it is not set."""
        with closing(self.reader()) as reader:
            found = reader.sql("SELECT value FROM setting WHERE name = ?", (name,))
        return found[0][0] if found else None

    @property
    def uuid(self) -> str:
        """The uuid of the workspace."""
        return self._uuid or self.setting("uuid") or ""

    def close(self) -> None:
        """Close the writing connection, in the thread that wrote."""
        self.steps.close()


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the file into a `UserError`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if (words := words_for(error, path)) is not None:
            raise words from error
        raise


def require_sqlite() -> None:
    """Raise `UserError` when Python's SQLite is too old for the workspace format."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(str(part) for part in OLDEST_SQLITE)
        raise UserError(
            _("This Python comes with SQLite {found}; Legation needs {wanted}.").format(
                found=sqlite3.sqlite_version, wanted=wanted
            ),
            _("Install a newer Python."),
        )


def create_workspace(path: Path, name: str = "", *, fill: Callable[[Session], Any] | None = None) -> Database:
    """Make a new workspace file and open it; `fill` writes its first rows in the first step. Raises as `new_file`."""
    with new_file(path) as unfinished:
        _make(unfinished, name or path.stem, fill)
    return Database(path)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """The name of an unfinished file, made beside its place and moved there whole at the end.

    Never overwrites: raises `WorkspaceError` when the path is taken, `WorkspaceReadOnly` or `DiskFull` when it cannot
    be written. After any error nothing of it stays.
    """
    require_sqlite()
    if path.exists():
        raise WorkspaceError(
            _("{name} is already there.").format(name=path.name or path), _("Choose another name, or open the file.")
        )
    if not path.parent.is_dir():
        raise WorkspaceError(
            _("The folder {folder} is not there.").format(folder=path.parent), _("Make the folder, or choose another.")
        )
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with told_in_words(path):
            yield unfinished
            _move_into_place(unfinished, path)
    except UserError as error:
        raise type(error)(error.what_happened.replace(unfinished.name, path.name), error.what_to_do) from error
    finally:
        for left in (
            unfinished,
            *(unfinished.with_name(unfinished.name + end) for end in ("-wal", "-shm", "-journal")),
        ):
            if left.exists():  # on a disk that cannot be written, removing nothing is refused too
                left.unlink()
        remove_leftovers(path.parent, f".{escape(path.name)}.*.new*")


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Remove unfinished files of killed processes: those that nobody has written to for an hour."""
    for path in folder.glob(pattern):
        with suppress(OSError):  # removed by another process just now, or not ours to remove
            if time.time() - path.stat().st_mtime > LEFTOVER_SECONDS:
                path.unlink()


def _make(path: Path, name: str, fill: Callable[[Session], Any] | None) -> None:
    with closing(connect_for_writing(path, journal="DELETE", make=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        schema.create(connection)
        schema.write_versions(connection, APPLICATION_ID)
        connection.execute("COMMIT")
    database = Database(path, journal="DELETE")  # the unfinished file stays one file until it is moved
    try:
        with database.step(N_("New workspace")) as session:
            connection_of = session.connection()
            for key, value in (("uuid", str(uuid.uuid4())), ("name", name), ("fold", schema.fold_version())):
                connection_of.exec_driver_sql("INSERT INTO setting(name, value) VALUES (?, ?)", (key, value))
            if fill is not None:
                fill(session)
    finally:
        database.close()


def _move_into_place(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, unless the name was taken meanwhile."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise WorkspaceError(
            _("{name} is already there.").format(name=path.name), _("Choose another name, or open the file.")
        ) from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise WorkspaceError(_("{name} is already there.").format(name=path.name)) from None
        os.replace(unfinished, path)


def open_workspace(path: Path, *, session: str = "") -> Database:
    """Open a workspace.

    A file of an earlier format is backed up and brought up to date first. Raises `WorkspaceMissing`,
    `WorkspaceForeign`, `WorkspaceNewer`, `WorkspaceDamaged`, `WorkspaceLocked` or `WorkspaceReadOnly`; the file is
    never changed by a failed opening.
    """
    database = open_at_once(path, session=session)
    if database is not None:
        return database
    if inspect(path) < schema.SCHEMA_VERSION:
        from legation.storage.migrating import bring_up_to_date

        bring_up_to_date(path)
    _version, settings = _looked_at(path)
    database = _opened(path, settings, session)
    if _has_old_index(path, settings):
        rebuild_search(database)
    return database


def open_at_once(path: Path, *, session: str = "") -> Database | None:
    """Open a workspace as `open_workspace` does; None, with nothing done, where it must be brought up to date first."""
    require_sqlite()
    version, settings = _looked_at(path)
    if version < schema.SCHEMA_VERSION or _has_old_index(path, settings):
        return None
    return _opened(path, settings, session)


def _has_old_index(path: Path, settings: dict[str, str]) -> bool:
    """Whether the search index was made by another folding; one that cannot be written is used as it is."""
    return (settings.get("fold") or "0") != schema.fold_version() and is_writable(path)


def _opened(path: Path, settings: dict[str, str], session: str) -> Database:
    database = Database(path, session=session)
    database._uuid = settings.get("uuid") or ""  # it stays the same as long as the file is open
    if is_writable(path) and is_on_network_drive(path):
        _leave_write_ahead_log(path)
    return database


def _leave_write_ahead_log(path: Path) -> None:
    """See that a file which came from a local disk has a rollback journal before anybody reads it over the network."""
    with told_in_words(path), closing(connect_for_writing(path)):
        pass


def rebuild_search(database: Database) -> None:
    """Make the derived tables and the search index anew, in a step that notes the version of the folding."""
    with database.step(N_("Rebuild the search index")) as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE setting SET value = ? WHERE name = 'fold'", (schema.fold_version(),))
        raw: Any = connection.connection.driver_connection
        schema.rebuild_derived(raw)


def inspect(path: Path) -> int:
    """The schema version of a workspace file, looked at without changing it; raises as `open_workspace` does."""
    return _looked_at(path)[0]


def _looked_at(path: Path) -> tuple[int, dict[str, str]]:
    """The schema version and the settings of a workspace file, in one look; raises as `open_workspace` does."""
    name = path.name
    if not path.exists():
        raise missing(path)
    if path.is_dir():
        raise WorkspaceForeign(
            _("{name} is a folder.").format(name=name or path), _("Choose a file that Legation made.")
        )
    if path.stat().st_size == 0:
        raise WorkspaceForeign(
            _("{name} is empty.").format(name=name), _("Choose a file that Legation made, or restore a backup.")
        )
    settings: dict[str, str] = {}
    try:
        with closing(connect_for_reading(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application == APPLICATION_ID:
                settings = dict(connection.execute("SELECT name, value FROM setting").fetchall())
    except sqlite3.Error as error:
        told = words_for(error, path)
        if isinstance(told, WorkspaceForeign) and _was_a_database(path):
            told = damaged(path)
        raise (told or damaged(path)) from error
    if application != APPLICATION_ID:
        raise WorkspaceForeign(
            _("{name} is a database of another program.").format(name=name), _("Choose a file that Legation made.")
        )
    if version > schema.SCHEMA_VERSION:
        raise WorkspaceNewer(
            _("{name} was written by a newer Legation (format {found}, this one knows {known}).").format(
                name=name, found=version, known=schema.SCHEMA_VERSION
            ),
            _("Update Legation. The file was not changed."),
        )
    return int(version), settings


def _was_a_database(path: Path) -> bool:
    """Whether a file that SQLite cannot use begins as its files do.

    Asked only then: opening and closing a file beside SQLite takes away the locks that this process holds on it.
    """
    with told_in_words(path), path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def require_writable(path: Path) -> None:
    """Raise `WorkspaceReadOnly` when the file or its folder cannot be written, `WorkspaceLocked` when it is taken."""
    if not is_writable(path):
        raise read_only(path)
    with told_in_words(path), closing(connect_for_writing(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


def is_writable(path: Path) -> bool:
    """Whether the file can be written, and its folder, where the journal must lie."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
