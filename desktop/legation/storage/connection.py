"""Connections to the workspace file: how one is opened for reading and how for writing.

Everything that must hold on every connection stands here: foreign keys, recursive triggers, `fold()`, time to wait for
another writer. Write-ahead logging does not work on network drives, so a rollback journal is used there.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from legation.fields.folding import fold

APPLICATION_ID = 0x4C474154  # "LGAT"
BUSY_MILLISECONDS = 5000
OLDEST_SQLITE = (3, 40, 0)
NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smbfs",
        "smb2",
        "smb3",
        "afs",
        "9p",
        "fuse.sshfs",
        "webdav",
        "davfs",
        "ncpfs",
        "afpfs",
    }
)


def connect_for_writing(path: Path, *, journal: str | None = None) -> sqlite3.Connection:
    """The writing connection: each commit reaches the disk (`synchronous=FULL`), foreign keys hold.

    `journal` forces a journal mode; by default WAL, or DELETE on a network drive.
    """
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None)
    _prepare(connection)
    connection.execute("PRAGMA recursive_triggers = ON")
    mode = journal or ("DELETE" if is_on_network_drive(path) else "WAL")
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; it may be interrupted from another thread."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    _prepare(connection)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -32768")
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")


def is_on_network_drive(path: Path) -> bool:
    """Whether the file lies on a drive of another machine, as far as the system tells."""
    if sys.platform == "win32":
        return _is_windows_network_path(path)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return _file_system_of(path, mounts) in NETWORK_FILE_SYSTEMS


def _file_system_of(path: Path, mounts: list[str]) -> str:
    """The type of the file system that holds the path, read from lines of /proc/mounts; "" when unknown."""
    found, best = "", -1
    target = os.path.realpath(path)
    for line in mounts:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            found, best = parts[2], len(point)
    return found


def _is_windows_network_path(path: Path) -> bool:
    resolved = str(path.resolve())
    if resolved.startswith("\\\\"):
        return True
    try:
        import ctypes

        drive_remote = 4
        root = os.path.splitdrive(resolved)[0] + "\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == drive_remote)  # type: ignore[attr-defined,unused-ignore]
    except (AttributeError, OSError):
        return False
