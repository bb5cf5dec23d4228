"""Backups: copies by SQLite's online backup, verified, kept in number and size; and bringing one back.

They lie in a folder beside the workspace, named after it. Kept are the newest 5, one of each of the last 3 days and one
of each of the last 2 weeks with a backup. Copying goes in small portions, so that readers and the writer go on.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from legation.errors import DiskFull, WorkspaceDamaged, WorkspaceError, WorkspaceForeign, WorkspaceLocked
from legation.i18n import _
from legation.storage.connection import connect_for_reading, open_file
from legation.storage.constraints import locked, read_only, words_for
from legation.storage.database import inspect, is_writable, remove_leftovers, told_in_words

NEWEST, DAYS, WEEKS = 5, 3, 2
MOST_BYTES = 20 * 1024**3  # of all backups of one workspace together; the newest is always kept
PAGES = 2000
RESTARTS = 3  # how often others may start a copy anew before it keeps them waiting
BESIDE = ("-wal", "-shm", "-journal")
_NAME = re.compile(r"(?P<stem>.+)\.(?P<at>\d{8}T\d{6})(?:-\d+)?\.backup")

Progress = Callable[[int, int], bool]


@dataclass(frozen=True)
class Backup:
    """A backup file, when it was made (UTC) and its size in bytes."""

    path: Path
    at: datetime
    size: int


def backup_folder(workspace: Path) -> Path:
    """Where the backups of a workspace lie; need not be there yet."""
    return workspace.parent / f"{workspace.stem} backups"


def backups_of(workspace: Path) -> list[Backup]:
    """The backups of a workspace, newest first."""
    found = []
    for path in backup_folder(workspace).glob("*.backup"):
        match = _NAME.fullmatch(path.name)
        if match and match.group("stem") == workspace.stem:
            with suppress(ValueError, FileNotFoundError):  # no such day; removed by another process just now
                at = datetime.strptime(match.group("at"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                found.append(Backup(path, at, path.stat().st_size))
    return sorted(found, key=lambda each: (each.at, each.path.name), reverse=True)


def is_due(workspace: Path) -> bool:
    """Whether today (UTC) has no backup yet."""
    today = datetime.now(UTC).date()
    return all(each.at.date() != today for each in backups_of(workspace))


def make_backup(workspace: Path, progress: Progress | None = None) -> Path | None:
    """Copy a workspace, verify the copy and remove backups that need not be kept; its path.

    `progress(done, total)` counts pages and may return False to stop: then nothing is kept and the answer is None.
    Raises `UserError` when the file is damaged or taken, or there is no room.
    """
    inspect(workspace)
    folder = backup_folder(workspace)
    with told_in_words(workspace):
        _make_folder(folder)
        _require_room(workspace, folder)
        with _unfinished(folder / f"{workspace.stem}.{uuid.uuid4().hex[:8]}.unfinished") as unfinished:
            if not copy_workspace(workspace, unfinished, progress):
                return None
            verify(unfinished, workspace.name)
            target = _keep(unfinished, folder / f"{workspace.stem}.{datetime.now(UTC):%Y%m%dT%H%M%S}.backup")
        thin_out(workspace)
    return target


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise WorkspaceError(
            _("{name} is in the way of the folder for backups.").format(name=folder),
            _("Move or rename that file. The workspace itself is not affected."),
        ) from None


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """The name of a file that is being made; whatever happens, nothing of it stays but what was moved away."""
    try:
        yield path
    finally:
        for end in ("", *BESIDE):
            left = path.with_name(path.name + end)
            if left.exists():  # on a disk that cannot be written, removing nothing is refused too
                left.unlink()


def _keep(unfinished: Path, wanted: Path) -> Path:
    """Give a finished backup a name that no other has, even where two are made at once."""
    number, target = 1, wanted
    while True:
        try:
            os.link(unfinished, target)
            return target
        except FileExistsError:
            number += 1
            target = wanted.with_name(f"{wanted.stem}-{number}.backup")
        except OSError:  # a file system without hard links
            if target.exists():
                raise
            os.replace(unfinished, target)
            return target


def _require_room(workspace: Path, folder: Path) -> None:
    needed = workspace.stat().st_size + 1024**2
    if shutil.disk_usage(folder).free < needed:
        raise DiskFull(
            _("There is no room for a copy of {name}.").format(name=workspace.name),
            _("Free some room and try again. The workspace itself is not affected."),
        )


def copy_workspace(source: Path, target: Path, progress: Progress | None) -> bool:
    """Copy by SQLite's online backup; False when it was stopped.

    With write-ahead logging the whole copy shows one moment and hinders no writer. With a rollback journal the source
    is let go between two portions, so that others can write; each such write starts the copy anew, and after a few it
    holds on, for a busy writer would never let it end.
    """
    left, restarts = -1, 0

    def report(status: int, remaining: int, total: int) -> None:
        nonlocal left, restarts
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise locked(source)
        restarts += 0 < left <= remaining  # a copy that goes on has less left each time
        left = remaining
        if restarts >= RESTARTS and not origin.in_transaction:
            _hold(origin)
        if progress is not None and not progress(total - remaining, total):
            raise _Stopped

    with closing(connect_for_reading(source)) as origin, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        if origin.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            _hold(origin)
        try:
            origin.backup(copy, pages=PAGES, progress=report, sleep=0.005)
        except _Stopped:
            return False
        copy.execute("PRAGMA journal_mode = DELETE")
    return True


def _hold(connection: sqlite3.Connection) -> None:
    """Begin a transaction that sees the file as it is now until the connection is closed."""
    connection.execute("BEGIN")
    connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


class _Stopped(Exception):
    """Raised inside the copying when the person cancels."""


def verify(path: Path, name: str = "") -> None:
    """Raise `WorkspaceDamaged` unless the file is a whole workspace (`PRAGMA quick_check`).

    `name` is what the file is called in the sentence when it is a copy of another.
    """
    inspect(path)
    with told_in_words(path.with_name(name or path.name)), closing(connect_for_reading(path)) as connection:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        what = str(answer).splitlines()[-1]
        raise WorkspaceDamaged(
            _("{name} is damaged: {what}.").format(name=name or path.name, what=what), _("Use an earlier backup.")
        )


def thin_out(workspace: Path) -> list[Path]:
    """Remove the backups that need not be kept, and what killed processes left half made; the paths of the former."""
    every = backups_of(workspace)
    wanted = {each.path for each in every[:NEWEST]}
    wanted |= _first_of_each(every, lambda each: each.at.strftime("%Y%m%d"), DAYS)
    wanted |= _first_of_each(every, lambda each: each.at.strftime("%G%V"), WEEKS)
    size = 0
    removed = []
    for position, each in enumerate(every):
        if each.path in wanted and (position == 0 or size + each.size <= MOST_BYTES):
            size += each.size
        else:
            each.path.unlink(missing_ok=True)
            removed.append(each.path)
    remove_leftovers(backup_folder(workspace), f"{escape(workspace.stem)}.*.unfinished*")
    return removed


def _first_of_each(every: list[Backup], period: Callable[[Backup], str], most: int) -> set[Path]:
    newest: dict[str, Path] = {}
    for each in every:
        newest.setdefault(period(each), each.path)
    return set(list(newest.values())[:most])


def restore(workspace: Path, backup: Path) -> Path | None:
    """Put a backup in the workspace's place; the path that the present file is kept under, None when there was none.

    The backup is copied beside the workspace and verified first, so that the exchange is one rename: at every moment
    one whole file has the name. Raises `UserError` when the backup or the place cannot be used, and
    `WorkspaceLocked` while anybody else has the workspace open; then nothing is changed.
    """
    verify(backup)
    if workspace.is_dir():
        raise WorkspaceError(_("{name} is a folder.").format(name=workspace.name), _("Choose another name."))
    if not workspace.parent.is_dir():
        raise WorkspaceError(
            _("The folder {folder} is not there.").format(folder=workspace.parent),
            _("Make the folder, or choose another."),
        )
    beside = f".{workspace.name}.{uuid.uuid4().hex[:8]}.restoring"
    with told_in_words(workspace), _unfinished(workspace.with_name(beside)) as unfinished:
        _require_room(backup, workspace.parent)
        copy_workspace(backup, unfinished, None)
        verify(unfinished, backup.name)
        aside = _set_aside(workspace)
        os.replace(unfinished, workspace)
        remove_leftovers(workspace.parent, f".{escape(workspace.name)}.*.restoring*")
    return aside


def _set_aside(workspace: Path) -> Path | None:
    """Keep the present file under another name too, with what its journal still holds, and give its new path."""
    journals = [end for end in BESIDE if workspace.with_name(workspace.name + end).exists()]
    if not workspace.exists() and not journals:
        return None
    if workspace.exists():
        _require_alone(workspace)
    aside = _free_aside(workspace)
    if workspace.exists():
        try:
            os.link(workspace, aside)
        except OSError:  # a file system without hard links: for a moment there is no file of the name
            os.replace(workspace, aside)
    for end in BESIDE:  # a journal that stayed would be applied to the restored file and ruin it
        beside = workspace.with_name(workspace.name + end)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + end))
    return aside if aside.exists() else None


def _require_alone(workspace: Path) -> None:
    """Raise `WorkspaceLocked` while another connection has the file open, which would go on writing to the old one.

    Asking for the whole file also brings what the journal holds into it. A damaged or foreign file cannot be asked.
    """
    if not is_writable(workspace):
        raise read_only(workspace)
    name = workspace.name
    try:
        with closing(open_file(workspace, "rw")) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        told = words_for(error, workspace)
        if isinstance(told, WorkspaceLocked):
            raise WorkspaceLocked(
                _("{name} is open in another window or program.").format(name=name),
                _("Close it there, then restore. Nothing was changed."),
            ) from error
        if not isinstance(told, WorkspaceDamaged | WorkspaceForeign):
            raise


def _free_aside(workspace: Path) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside = workspace.with_name(f"{workspace.stem} before restore {stamp}{workspace.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = workspace.with_name(f"{workspace.stem} before restore {stamp}-{number}{workspace.suffix}")
    return aside
