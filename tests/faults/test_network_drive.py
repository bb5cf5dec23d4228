"""A workspace on a network drive: it is recognised in the system's table of mounts, and no write-ahead log is used."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from faults.children import beside, needs_fork
from legation.errors import WorkspaceLocked
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import connection
from legation.storage.backup import make_backup
from legation.storage.checking import check_workspace
from legation.storage.connection import NETWORK_FILE_SYSTEMS, _file_system_of, _mac_mounts, connect_for_writing
from legation.storage.database import Database, open_workspace
from legation.storage.reference import new_workspace
from legation.storage.saving import save

EVENT = record_type("event")
MOUNTS = r"""sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0
/dev/mapper/vg-root / ext4 rw,relatime,errors=remount-ro 0 0
tmpfs /run tmpfs rw,nosuid,nodev,size=1620496k,mode=755 0 0
systemd-1 /mnt/desk autofs rw,relatime,fd=60,pgrp=1,timeout=0,minproto=5,maxproto=5,direct 0 0
files.example.org:/export/desk /mnt/desk nfs4 rw,relatime,vers=4.2,rsize=1048576,proto=tcp,addr=192.0.2.7 0 0
filer:/old /mnt/old nfs rw,vers=3,addr=192.0.2.8 0 0
//files.example.org/Protocol\040Office /mnt/Protocol\040Office cifs rw,vers=3.1.1,uid=1000,addr=192.0.2.9 0 0
anna@host.example.org:/export/anna /srv/anna/far fuse.sshfs rw,nosuid,nodev,user_id=1000,group_id=1000 0 0
C:\134 /mnt/c 9p rw,dirsync,noatime,aname=drvfs;path=C:\;uid=1000,trans=fd,rfd=8,wfd=8 0 0
/dev/sda1 /mnt/desk/scratch xfs rw,relatime 0 0
/dev/sdb1 /mnt/desktop ext4 rw,relatime 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw,nosuid,nodev,user_id=1000 0 0
""".splitlines()
MAC = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
//anna@files.example.org/Protocol%20Office on /Volumes/Protocol Office (smbfs, nodev, nosuid, mounted by anna)
"""


@pytest.mark.parametrize(
    ("path", "system", "far"),
    [
        ("/mnt/desk/tokyo.legation", "nfs4", True),
        ("/mnt/old/tokyo.legation", "nfs", True),
        ("/mnt/Protocol Office/2025/tokyo.legation", "cifs", True),
        ("/srv/anna/far/tokyo.legation", "fuse.sshfs", True),
        ("/mnt/c/Users/anna/tokyo.legation", "9p", True),
        ("/run/user/1000/gvfs/smb-share/tokyo.legation", "fuse.gvfsd-fuse", True),
        ("/mnt/desk/scratch/tokyo.legation", "xfs", False),
        ("/mnt/desktop/tokyo.legation", "ext4", False),
        ("/srv/anna/farther/tokyo.legation", "ext4", False),
        ("/srv/anna/tokyo.legation", "ext4", False),
        ("/run/tokyo.legation", "tmpfs", False),
    ],
)
def test_the_table_of_mounts_is_read(path: str, system: str, far: bool) -> None:
    assert _file_system_of(Path(path), MOUNTS) == system
    assert (system in NETWORK_FILE_SYSTEMS) is far


def test_an_unknown_place_is_no_network_drive() -> None:
    assert _file_system_of(Path("/somewhere"), []) == ""
    assert _file_system_of(Path("/somewhere"), ["garbage", ""]) == ""


def test_the_answer_of_a_mac_is_read() -> None:
    mounts = _mac_mounts(MAC)
    assert _file_system_of(Path("/Volumes/Protocol Office/tokyo.legation"), mounts) == "smbfs"
    assert _file_system_of(Path("/Users/anna/tokyo.legation"), mounts) == "apfs"


def test_the_real_table_names_a_file_system(tmp_path: Path) -> None:
    if not (mounts := connection._mounts()):
        pytest.skip("this system has no table of mounts")
    assert _file_system_of(tmp_path, mounts) != ""


@pytest.fixture
def far_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the test, mounted over the network as far as the table of mounts tells."""
    monkeypatch.setattr(connection, "_mounts", lambda: ["/dev/sda1 / ext4 rw", f"files:/desk {tmp_path} nfs4 rw"])


def add(database: Database, title: str) -> None:
    draft = new_draft(EVENT, title=title, status="proposed")
    database.write("Add event", lambda session: save(session, draft))


def journal(path: Path) -> str:
    with closing(connection.connect_for_reading(path)) as opened:
        return str(opened.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_rollback_journal_is_used_there(far_away: None, tmp_path: Path) -> None:
    path = tmp_path / "new.legation"
    new_workspace(path).close()
    database = open_workspace(path)
    with database.step("Add event") as session:
        save(session, new_draft(EVENT, title="One", status="proposed"))
        session.flush()
        assert path.with_name("new.legation-journal").exists()
        assert not path.with_name("new.legation-wal").exists()
    assert not path.with_name("new.legation-journal").exists()
    database.close()
    assert journal(path) == "delete"
    assert make_backup(path) is not None
    assert check_workspace(path) == []


def test_a_file_from_a_local_disk_is_turned_round_before_it_is_read(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(connect_for_writing(workspace)):
        assert journal(workspace) == "wal"
    mounts = [f"files:/desk {workspace.parent} nfs4 rw"]
    monkeypatch.setattr(connection, "_mounts", lambda: mounts)
    open_workspace(workspace).close()
    assert journal(workspace) == "delete"
    mounts.clear()
    database = open_workspace(workspace)
    add(database, "Back on the local disk")
    assert journal(workspace) == "wal"
    database.close()


@needs_fork
def test_two_machines_write_in_turn(far_away: None, impatient: None, workspace: Path) -> None:
    def other(wait: object) -> None:
        database = open_workspace(workspace)
        with database.step("Add event") as session:
            save(session, new_draft(EVENT, title="Two", status="proposed"))
            session.flush()
            wait()  # type: ignore[operator]
        database.close()

    database = open_workspace(workspace)
    add(database, "One")
    database.close()
    with beside(other), pytest.raises(WorkspaceLocked):
        add(database, "Three")
    add(database, "Three")
    with closing(database.reader()) as reader:
        assert reader.sql("SELECT title FROM event WHERE status = 'proposed'") == [("One",), ("Two",), ("Three",)]
    database.close()
    assert check_workspace(workspace) == []
