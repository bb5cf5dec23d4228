"""Connections to the workspace file: how one is opened for reading and how for writing.

Everything that must hold on every connection stands here: foreign keys, recursive triggers, `fold()`, time to wait for
another writer. Write-ahead logging does not work on network drives, so a rollback journal is used there.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from legation.fields.folding import fold
from legation.fields.names import NameParts, Style, display

APPLICATION_ID = 0x4C474154  # "LGAT"
BUSY_MILLISECONDS = 5000
OLDEST_SQLITE = (3, 40, 0)
NETWORK_FILE_SYSTEMS = frozenset((
    "nfs", "nfs4", "cifs", "smb", "smbfs", "smb2", "smb3", "afs", "afpfs", "9p", "ncpfs", "webdav", "davfs", "davfs2",
    "ceph", "lustre", "beegfs", "sshfs", "fuse.sshfs", "fuse.davfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.smbnetfs",
    "fuse.glusterfs", "fuse.ceph", "fuse.s3fs",
    # folders that a virtual machine shares with its host: two kernels, no shared memory
    "vboxsf", "vmhgfs", "fuse.vmhgfs-fuse", "prl_fs", "virtiofs",
))  # fmt: skip
_ESCAPED = re.compile(r"\\(\d{3})")  # how /proc/mounts writes a blank, a tab, a line end and a backslash
_BLANK = "\\040"
_MAC_MOUNT = re.compile(r"(?P<what>.+) on (?P<point>/.*) \((?P<type>\w+)[,)]")


def connect_for_writing(path: Path, *, journal: str | None = None, make: bool = False) -> sqlite3.Connection:
    """The writing connection: each commit reaches the disk (`synchronous=FULL`), foreign keys hold.

    `journal` forces a journal mode; by default WAL, or DELETE on a network drive. A file that is not there is made only
    with `make`, so that a workspace which was moved away is not answered by an empty one.
    """
    connection = open_file(path, "rwc" if make else "rw")
    try:
        connection.execute("PRAGMA recursive_triggers = ON")
        mode = journal or ("DELETE" if is_on_network_drive(path) else "WAL")
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; it may be interrupted from another thread.

    Raises `sqlite3.Error` at once when the file cannot be read. What a killed writer left half done is first taken
    back, which a connection that only reads may not do. In a folder that cannot be written, a file without a journal
    is read as it stands.
    """
    try:
        return _open_and_look(path, "ro")
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and _stands_still(path):
            return _open_and_look(path, "ro&immutable=1")
        if code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK):
            with closing(_open_and_look(path, "rw")):  # looking makes SQLite roll back the unfinished transaction
                pass
            return _open_and_look(path, "ro")
        raise


def _stands_still(path: Path) -> bool:
    """Whether nobody can be writing: the file is alone, in a folder where this user can make no journal for it."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return (
        os.access(path, os.R_OK)
        and not os.access(path.parent, os.W_OK)
        and not any(each.exists() and each.stat().st_size for each in beside)
    )


def open_file(path: Path, mode: str) -> sqlite3.Connection:
    """A bare connection: nothing is said of the journal. `mode` is one of SQLite's, such as "ro", "rw" or "rwc"."""
    name = quote(path.absolute().as_posix())
    connection = sqlite3.connect(
        f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}",
        uri=True,
        timeout=BUSY_MILLISECONDS / 1000,
        isolation_level=None,
        check_same_thread=not mode.startswith("ro"),
    )
    _prepare(connection)
    return connection


def _open_and_look(path: Path, mode: str) -> sqlite3.Connection:
    connection = open_file(path, mode)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        # the words of the full-text index, for near spellings; looked at only when asked
        connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row)")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cache_size = -32768")
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("name_in_style", 5, _name_in_style, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")


def _name_in_style(style: Style, family: str | None, given: str | None, patronymic: str | None, name: str) -> str:
    return display(NameParts(family, given, patronymic, display=name), style)


def is_on_network_drive(path: Path) -> bool:
    """Whether the file lies on a drive of another machine, as far as the system tells."""
    if sys.platform == "win32":
        return _is_windows_network_path(path)
    return _file_system_of(path, _mounts()) in NETWORK_FILE_SYSTEMS


def _mounts() -> list[str]:
    """What is mounted where, as lines of /proc/mounts; empty where the system does not tell."""
    try:
        if sys.platform == "darwin":
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=False).stdout
            return _mac_mounts(told)
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, subprocess.SubprocessError):
        return []


def _mac_mounts(told: str) -> list[str]:
    """The answer of `mount` on a Mac, line by line in the manner of /proc/mounts."""
    found = (_MAC_MOUNT.match(line) for line in told.splitlines())
    return [
        f"{each['what'].replace(' ', _BLANK)} {each['point'].replace(' ', _BLANK)} {each['type']}"
        for each in found
        if each
    ]


def _file_system_of(path: Path, mounts: list[str]) -> str:
    """The type of the file system that holds the path, read from lines of /proc/mounts; "" when unknown."""
    found, best = "", -1
    target = os.path.realpath(path)
    for line in mounts:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = _ESCAPED.sub(lambda found: chr(int(found.group(1), 8)), parts[1])
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
