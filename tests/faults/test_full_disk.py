"""A full disk: a sentence, nothing saved is lost, and the same workspace goes on when there is room again."""

from __future__ import annotations

import shutil
import signal
from contextlib import closing
from pathlib import Path

import pytest

from documents.rich_document import rich_document
from faults.children import bytes_beside, in_child
from full_disks import fill
from legation.cli import run
from legation.documents.document import only_table
from legation.documents.earlier_issue import side_file
from legation.documents.formats import FORMATS
from legation.documents.writing import whole_file, whole_files, write_document
from legation.errors import DiskFull, UserError, WorkspaceError
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.reports.sets import write_set
from legation.storage.backup import backups_of, make_backup, restore
from legation.storage.checking import check_workspace
from legation.storage.database import Database, create_workspace, open_workspace
from legation.storage.report_sets import KeptReport, ReportSet
from legation.storage.saving import save

EVENT = record_type("event")


def add(database: Database, title: str, length: int = 0) -> None:
    draft = new_draft(EVENT, title=title, summary="x" * length or None, status="proposed")
    database.write("Add event", lambda session: save(session, draft))


def titles(database: Database) -> list[str]:
    with closing(database.reader()) as reader:
        return [row[0] for row in reader.sql("SELECT title FROM event WHERE status = 'proposed' ORDER BY id")]


def fill_by_saving(database: Database) -> list[str]:
    """Save until there is no room; the titles that were saved."""
    saved: list[str] = []
    with pytest.raises(DiskFull) as told:
        for number in range(2000):
            add(database, f"Event {number}", 20_000)
            saved.append(f"Event {number}")
    assert told.value.what_happened == f"There is no room left on the disk that holds {database.path.name}."
    assert "Nothing that was saved is lost" in told.value.what_to_do
    return saved


def test_saving_on_a_full_disk(workspace: Path, small_disk: Path) -> None:
    path = Path(shutil.copy(workspace, small_disk))
    database = open_workspace(path)
    add(database, "Before")
    filler = fill(small_disk, leave=400_000)
    saved = ["Before", *fill_by_saving(database)]
    assert titles(database) == saved
    with pytest.raises(DiskFull):  # and again: the connection is not worn out
        add(database, "Too large", 1_000_000)
    filler.unlink()
    add(database, "After")
    assert titles(database) == [*saved, "After"]
    database.close()
    assert check_workspace(path) == []


def test_opening_on_a_full_disk(workspace: Path, small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(shutil.copy(workspace, small_disk))
    database = open_workspace(path)
    add(database, "First")  # now it has a write-ahead log
    database.close()
    before = path.read_bytes()
    filler = fill(small_disk)
    with pytest.raises(DiskFull):
        add(Database(path), "No room")
    assert run(["check", str(path)]) == 2
    assert capsys.readouterr().err.startswith("There is no room left on the disk that holds desk.legation.")
    filler.unlink()
    assert path.read_bytes() == before
    assert check_workspace(path) == []


def test_no_half_file_is_left(workspace: Path, small_disk: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(workspace, small_disk))
    exported = small_disk / "list.csv"
    exported.write_text("as it was")
    fill(small_disk, leave=100_000)
    before = set(bytes_beside(small_disk))
    with pytest.raises(DiskFull):
        create_workspace(small_disk / "new.legation")
    with pytest.raises(DiskFull) as told:
        make_backup(path)
    assert told.value.what_happened == "There is no room for a copy of desk.legation."
    with pytest.raises(DiskFull), whole_file(exported) as file:
        file.write(bytes(1_000_000))
    with pytest.raises(DiskFull):
        restore(small_disk / "desk.legation", workspace)
    assert set(bytes_beside(small_disk)) == before
    assert exported.read_text() == "as it was"
    assert list((small_disk / "desk backups").iterdir()) == []
    assert check_workspace(path) == []


def test_room_that_goes_while_a_backup_is_made(
    workspace: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(workspace, small_disk))
    monkeypatch.setattr("legation.storage.backup.PAGES", 20)

    def take_the_room(_done: int, _total: int) -> bool:
        if not (small_disk / "filler").exists():
            fill(small_disk)
        return True

    with pytest.raises(DiskFull):
        make_backup(path, take_the_room)
    assert list((small_disk / "desk backups").iterdir()) == []
    (small_disk / "filler").unlink()
    assert make_backup(path) == backups_of(path)[0].path


def test_a_limit_on_pages_is_a_full_disk(workspace: Path) -> None:
    """The same without a disk of one's own: SQLite refuses another page."""
    database = Database(workspace)
    with database.steps.engine.connect() as opened:
        (pages,) = opened.exec_driver_sql("PRAGMA page_count").one()
        opened.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    saved = fill_by_saving(database)
    assert saved and titles(database) == saved
    with database.steps.engine.connect() as opened:
        opened.exec_driver_sql("PRAGMA max_page_count = 1000000000")
    add(database, "After")
    assert titles(database) == [*saved, "After"]
    database.close()
    assert check_workspace(workspace) == []


def test_a_disk_that_refuses_to_write(workspace: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="this system sets no limit on the size of files")

    def work() -> tuple[type[UserError], str, list[str]]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limit = workspace.stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        database = open_workspace(workspace)
        add(database, "Before")
        try:
            for number in range(300):
                add(database, f"Event {number}", 50_000)
        except UserError as told:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            add(database, "After")
            there = titles(database)
            database.close()
            return type(told), told.what_happened, there[:1] + there[-1:] + [str(len(there) - 2), str(number)]
        raise AssertionError("nothing was refused")

    kind, sentence, there = in_child(work)
    assert kind is WorkspaceError
    assert sentence == "The disk did not take or give the data of desk.legation."
    assert there[:2] == ["Before", "After"] and there[2] == there[3]
    assert check_workspace(workspace) == []


@pytest.mark.parametrize("name", ["csv", "xlsx", "html", "pdf", "docx", "ics", "json"])
def test_no_half_report_is_left(small_disk: Path, name: str) -> None:
    format = FORMATS[name]
    path = small_disk / f"report{format.ending}"
    path.write_text("as it was")
    side_file(path).write_text("as it was too")
    fill(small_disk, leave=4096)
    before = bytes_beside(small_disk)
    with pytest.raises(DiskFull) as told:
        write_document(rich_document(200), format, path)
    assert told.value.what_happened == f"There is no room left on the disk that holds {path.name}."
    after = bytes_beside(small_disk)
    assert after.keys() == before.keys() and after[path.name] == after[side_file(path).name][:9] == b"as it was"
    (small_disk / "filler").unlink()
    assert path in write_document(rich_document(20), format, path)
    assert path.read_bytes() == format.write(rich_document(20))


def test_no_report_without_what_it_was_made_of(small_disk: Path) -> None:
    """Room for the report, but not for the file beside it: neither is written."""
    written = FORMATS["csv"].write(only_table(rich_document(200), "chronology"))
    fill(small_disk, leave=(len(written) // 4096 + 1) * 4096)
    before = set(bytes_beside(small_disk))
    with pytest.raises(DiskFull):
        write_document(only_table(rich_document(200), "chronology"), FORMATS["csv"], small_disk / "report.csv")
    assert set(bytes_beside(small_disk)) == before


@pytest.mark.parametrize("formats", [("csv",), ("json", "pdf")])
def test_no_report_of_a_set_without_the_others(
    sample_database: Database, small_disk: Path, formats: tuple[str, ...]
) -> None:
    """Room for some files of a set, but not for all: none is written, and what was there is as it was."""
    grain = "participation" if formats == ("csv",) else ""
    chosen = ReportSet("Monday", (KeptReport("who-met-whom", {}, formats, grain),) * 12)
    old = small_disk / f"who-met-whom.{formats[0]}"
    old.write_bytes(b"last week")
    filler = fill(small_disk, leave=20_480)
    before = bytes_beside(small_disk)
    told: list[int] = []

    def progress(done: int, _total: int) -> bool:
        told.append(done)
        return True

    with closing(sample_database.reader()) as reader:
        with pytest.raises(DiskFull, match="There is no room left on the disk that holds who-met-whom"):
            write_set(sample_database.path, reader, chosen, small_disk, progress)
        assert max(told) >= 1 and bytes_beside(small_disk) == before
        filler.unlink()
        assert len(write_set(sample_database.path, reader, chosen, small_disk)) > 12
    assert old.read_bytes() != b"last week"


def test_old_files_take_no_room_twice(small_disk: Path) -> None:
    """Files that are replaced together are kept until all have moved, without a copy of each."""
    paths = [small_disk / "one", small_disk / "two"]
    for path in paths:
        path.write_bytes(bytes(2_000_000))
    fill(small_disk, leave=4_100_000)
    with whole_files(paths) as files:
        for file in files:
            file.write(b"x" * 2_000_000)
    assert [path.read_bytes()[:1] for path in paths] == [b"x", b"x"]
    assert set(bytes_beside(small_disk)) == {"one", "two", "filler"}
