"""Backups: copies by SQLite's online backup, verified, kept in number and size; and bringing one back.

They lie in a folder beside the workspace, named after it. Kept are the newest 5, one of each of the last 3 days and one
of each of the last 2 weeks with a backup. Copying goes in small portions, so that readers and the writer go on.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from legation.errors import DiskFull, WorkspaceDamaged, WorkspaceError
from legation.i18n import _
from legation.storage.connection import connect_for_reading
from legation.storage.database import inspect, require_writable, told_in_words

NEWEST, DAYS, WEEKS = 5, 3, 2
MOST_BYTES = 20 * 1024**3  # of all backups of one workspace together; the newest is always kept
PAGES = 2000
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
            at = datetime.strptime(match.group("at"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(Backup(path, at, path.stat().st_size))
    return sorted(found, key=lambda each: (each.at, each.path.name), reverse=True)


def is_due(workspace: Path) -> bool:
    """Whether today (UTC) has no backup yet and the file is not empty."""
    newest = next(iter(backups_of(workspace)), None)
    return newest is None or newest.at.date() < datetime.now(UTC).date()


def make_backup(workspace: Path, progress: Progress | None = None) -> Path | None:
    """Copy a workspace, verify the copy and remove backups that need not be kept; its path.

    `progress(done, total)` counts pages and may return False to stop: then nothing is kept and the answer is None.
    Raises `UserError` when the file is damaged or there is no room.
    """
    inspect(workspace)
    folder = backup_folder(workspace)
    with told_in_words(workspace):
        folder.mkdir(exist_ok=True)
        _require_room(workspace, folder)
        target = _free_name(folder / f"{workspace.stem}.{datetime.now(UTC):%Y%m%dT%H%M%S}.backup")
        unfinished = target.with_suffix(".unfinished")
        try:
            if not _copy(workspace, unfinished, progress):
                return None
            verify(unfinished)
            os.replace(unfinished, target)
        finally:
            for left in (
                unfinished,
                Path(f"{unfinished}-journal"),
                Path(f"{unfinished}-wal"),
                Path(f"{unfinished}-shm"),
            ):
                left.unlink(missing_ok=True)
    thin_out(workspace)
    return target


def _free_name(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}.backup")
    return free


def _require_room(workspace: Path, folder: Path) -> None:
    needed = workspace.stat().st_size + 1024**2
    if shutil.disk_usage(folder).free < needed:
        raise DiskFull(
            _("There is no room for a backup of {name}.").format(name=workspace.name),
            _("Free some room. The workspace itself is not affected."),
        )


def _copy(source: Path, target: Path, progress: Progress | None) -> bool:
    """Copy by SQLite's online backup; False when it was stopped."""
    stopped = False

    def report(_status: int, remaining: int, total: int) -> None:
        nonlocal stopped
        if progress is not None and not progress(total - remaining, total):
            stopped = True
            raise _Stopped

    with closing(connect_for_reading(source)) as origin, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        try:
            origin.backup(copy, pages=PAGES, progress=report, sleep=0.005)
        except _Stopped:
            return False
        copy.execute("PRAGMA journal_mode = DELETE")
    return not stopped


class _Stopped(Exception):
    """Raised inside the copying when the person cancels."""


def verify(path: Path) -> None:
    """Raise `WorkspaceDamaged` unless the file is a whole workspace (`PRAGMA quick_check`)."""
    inspect(path)
    with told_in_words(path), closing(connect_for_reading(path)) as connection:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise WorkspaceDamaged(
            _("{name} is damaged: {what}.").format(name=path.name, what=answer), _("Use another backup.")
        )


def thin_out(workspace: Path) -> list[Path]:
    """Remove the backups that need not be kept; their paths."""
    every = backups_of(workspace)
    kept = {each.path for each in every[:NEWEST]}
    kept |= _first_of_each(every, lambda each: each.at.strftime("%Y%m%d"), DAYS)
    kept |= _first_of_each(every, lambda each: each.at.strftime("%G%V"), WEEKS)
    size = 0
    removed = []
    for position, each in enumerate(every):
        size += each.size
        if each.path not in kept or (position > 0 and size > MOST_BYTES):
            each.path.unlink(missing_ok=True)
            removed.append(each.path)
    return removed


def _first_of_each(every: list[Backup], period: Callable[[Backup], str], most: int) -> set[Path]:
    newest: dict[str, Path] = {}
    for each in every:
        newest.setdefault(period(each), each.path)
    return set(list(newest.values())[:most])


def restore(workspace: Path, backup: Path) -> Path | None:
    """Put a backup in the workspace's place; the path that the present file was moved to, None when there was none.

    The backup is verified and copied beside the workspace first, so that the exchange is one rename; the present file
    is kept under another name, never overwritten. Raises `UserError` when the backup or the place cannot be used.
    """
    verify(backup)
    unfinished = workspace.with_name(f".{workspace.name}.restoring")
    try:
        with told_in_words(workspace):
            _copy(backup, unfinished, None)
            verify(unfinished)
            aside = _set_aside(workspace)
            os.replace(unfinished, workspace)
    finally:
        for left in (unfinished, Path(f"{unfinished}-journal")):
            left.unlink(missing_ok=True)
    return aside


def _set_aside(workspace: Path) -> Path | None:
    """Move the present file away, with what its journal still holds, and give its new path."""
    if not workspace.exists():
        return None
    try:
        require_writable(workspace)
    except WorkspaceDamaged:
        pass  # a damaged file is what a backup is restored for
    except WorkspaceError as error:
        if type(error).__name__ not in ("WorkspaceForeign",):
            raise
    aside = _free_aside(workspace)
    os.replace(workspace, aside)
    for end in ("-wal", "-shm", "-journal"):
        beside = Path(f"{workspace}{end}")
        if beside.exists():
            os.replace(beside, Path(f"{aside}{end}"))
    return aside


def _free_aside(workspace: Path) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside = workspace.with_name(f"{workspace.stem} before restore {stamp}{workspace.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = workspace.with_name(f"{workspace.stem} before restore {stamp}-{number}{workspace.suffix}")
    return aside
