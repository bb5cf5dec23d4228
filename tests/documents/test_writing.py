"""Files that are whole or not there, and an export that can be stopped."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from documents.rich_document import rich_document
from legation.documents.document import Document, only_table
from legation.documents.formats import FORMATS, Format
from legation.documents.progress import EVERY, Cancelled, told
from legation.documents.to_csv import BOM, read_csv
from legation.documents.to_json import about_of
from legation.documents.writing import together, whole_file, whole_files, write_csv, write_document
from legation.errors import UserError

PORTIONS = [(1, 2, ["one,1"]), (2, 2, ["two,2"])]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with whole_file(path) as file:
        file.write(b"all")
        assert not path.exists()
    assert path.read_bytes() == b"all"
    assert _names(tmp_path) == ["list.csv"]


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_report_that_is_stopped_leaves_the_file_as_it_was(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"report{FORMATS[name].ending}"
    path.write_bytes(b"before")
    asked: list[int] = []

    def until_the_second(done: int, total: int) -> bool:
        asked.append(done)
        return len(asked) < 2

    document = rich_document(2 * EVERY)
    if name in ("text", "ics"):  # too short a work to be stopped
        assert path in write_document(document, FORMATS[name], path, until_the_second)
        return
    with pytest.raises(Cancelled):
        write_document(document, FORMATS[name], path, until_the_second)
    assert len(asked) == 2 and path.read_bytes() == b"before" and _names(tmp_path) == [path.name]


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"before"
    assert _names(tmp_path) == ["list.csv"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError), whole_file(tmp_path / "nowhere" / "list.csv") as file:
        file.write(b"never")
    assert _names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_rights_stay_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_bytes(b"before")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        for path in (old, new):
            with whole_file(path) as file:
                file.write(b"after")
    finally:
        os.umask(before)
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("bom", [True, False])
def test_headings_and_rows_are_written_with_progress(tmp_path: Path, bom: bool) -> None:
    path, seen = tmp_path / "list.csv", []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    with whole_file(path) as file:
        assert write_csv(file, ["name", "n"], PORTIONS, bom=bom, progress=progress) == 2
    assert path.read_bytes().decode("utf-8") == (BOM if bom else "") + "name,n\r\none,1\r\ntwo,2\r\n"
    assert seen == [(1, 2), (2, 2)]


def test_a_stopped_export_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled), whole_file(tmp_path / "list.csv") as file:
        write_csv(file, ["name", "n"], PORTIONS, progress=lambda done, total: done < total)
    assert _names(tmp_path) == []


def test_several_files_take_their_places_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"before")
    with whole_files([one, two]) as files:
        for file in files:
            file.write(b"after")
        assert one.read_bytes() == b"before"
    assert (one.read_bytes(), two.read_bytes()) == (b"after", b"after")
    assert _names(tmp_path) == ["one", "two"]


@pytest.mark.parametrize("is_new", [True, False])
def test_where_one_file_cannot_be_moved_all_are_as_they_were(tmp_path: Path, is_new: bool) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    if not is_new:
        one.write_bytes(b"before")
    two.mkdir()
    before = _names(tmp_path)
    with pytest.raises(UserError) as error, whole_files([one, two]) as files:
        for file in files:
            file.write(b"after")
    assert "two" in error.value.what_happened
    assert _names(tmp_path) == before
    assert is_new or one.read_bytes() == b"before"


def test_files_written_one_after_the_other_take_their_places_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"before")
    with together() as batch:
        for path in (one, two):
            with batch.files([path]) as (file,):
                file.write(b"after")
        assert one.read_bytes() == b"before" and not two.exists()
    assert (one.read_bytes(), two.read_bytes()) == (b"after", b"after")
    assert _names(tmp_path) == ["one", "two"]


def test_a_later_failure_leaves_the_files_before_it_as_they_were(tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.write_bytes(b"before")
    with pytest.raises(UserError, match="nowhere is not there"), together() as batch:
        with batch.files([one]) as (file,):
            file.write(b"after")
        with batch.files([tmp_path / "nowhere" / "two"]):
            raise AssertionError("there is no such folder")
    assert one.read_bytes() == b"before" and _names(tmp_path) == ["one"]


@pytest.mark.parametrize("refused", [errno.EPERM, errno.EXDEV])
def test_where_there_are_no_links_old_files_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    def no_link(*_paths: object) -> None:
        raise OSError(refused, "no links here")

    monkeypatch.setattr(os, "link", no_link)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"before")
    two.mkdir()
    with pytest.raises(UserError), whole_files([one, two]) as files:
        for file in files:
            file.write(b"after")
    assert one.read_bytes() == b"before" and _names(tmp_path) == ["one", "two"]


def test_ctrl_c_while_files_take_their_places_leaves_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"before")
    moved: list[object] = []
    replace = os.replace

    def stopped(*paths: str) -> None:
        moved.append(paths)
        if len(moved) == 2:
            raise KeyboardInterrupt
        replace(*paths)

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt), whole_files([one, two]) as files:
        for file in files:
            file.write(b"after")
    assert len(moved) == 3 and one.read_bytes() == b"before" and _names(tmp_path) == ["one"]


@pytest.mark.parametrize("ending", ["part", "old"])
def test_what_a_killed_process_left_goes_with_the_next_report(tmp_path: Path, ending: str) -> None:
    left, young = tmp_path / f".list.csv.abc.{ending}", tmp_path / f".list.csv.def.{ending}"
    for each in (left, young):
        each.write_bytes(b"half")
    os.utime(left, (0, 0))
    with whole_file(tmp_path / "list.csv") as file:
        file.write(b"all")
    assert _names(tmp_path) == sorted([young.name, "list.csv"])


def test_an_old_file_that_cannot_be_brought_back_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"the only copy")
    os.utime(one, (0, 0))  # older than leftovers that are removed
    two.mkdir()
    replace = os.replace

    def in_use(*paths: str | Path) -> None:
        if Path(paths[0]).suffix == ".old":
            raise PermissionError(errno.EACCES, "in use", str(paths[0]), None, str(paths[1]))
        replace(*paths)

    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(UserError, match="two cannot be written"), whole_files([one, two]) as files:
        for file in files:
            file.write(b"after")
    (kept,) = tmp_path.glob(".one.*.old")
    assert kept.read_bytes() == b"the only copy" and _names(tmp_path) == [kept.name, "one", "two"]


def test_no_leftover_of_a_file_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, which neither replaces nor removes such a file."""
    unlink = Path.unlink

    def refused(*paths: object) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", str(paths[0]), None, str(paths[1]))

    def only_writable(path: Path, missing_ok: bool = False) -> None:
        if path.exists() and not path.stat().st_mode & 0o200:
            raise PermissionError(errno.EACCES, "Access is denied", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(Path, "unlink", only_writable)
    target = tmp_path / "list.csv"
    target.write_bytes(b"before")
    target.chmod(0o444)
    with pytest.raises(UserError), whole_file(target) as file:
        file.write(b"after")
    assert target.read_bytes() == b"before" and _names(tmp_path) == ["list.csv"]


def test_a_folder_that_cannot_be_looked_through_for_leftovers_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def stale(folder: Path, _pattern: str) -> None:
        asked.append(folder)
        raise OSError(errno.ESTALE, "Stale file handle")

    monkeypatch.setattr("legation.documents.writing.remove_leftovers", stale)
    with whole_file(tmp_path / "list.csv") as file:
        file.write(b"all")
    assert asked == [tmp_path] and _names(tmp_path) == ["list.csv"]


@pytest.mark.parametrize("name", ["議" * 83 + ".csv", "𠮷" * 62 + ".csv", "x" * 251 + ".csv"])
def test_the_longest_lawful_names_are_written(tmp_path: Path, name: str) -> None:
    assert len(os.fsencode(name)) > 250
    with whole_file(tmp_path / name) as file:
        file.write(b"all")
    assert _names(tmp_path) == [name]


@pytest.mark.parametrize("format", FORMATS.values(), ids=list(FORMATS))
def test_a_file_says_what_it_was_made_of_or_one_beside_it_does(tmp_path: Path, format: Format) -> None:
    document = rich_document(8)
    path = tmp_path / f"talks{format.ending}"
    written = write_document(document, format, path)
    assert sorted(each.name for each in written) == _names(tmp_path)
    assert path.read_bytes() == format.write(document)
    beside = tmp_path / f"talks{format.ending}.about.json"
    assert beside.exists() is not format.tells_itself
    if beside.exists():
        assert document.about is not None
        assert json.loads(beside.read_text(encoding="utf-8")) == about_of(document.about)


def test_a_document_made_of_nothing_has_no_file_beside_it(tmp_path: Path) -> None:
    document = rich_document(8)
    document.about = None
    write_document(document, FORMATS["pdf"], tmp_path / "talks.pdf")
    assert _names(tmp_path) == ["talks.pdf"]


def test_each_table_has_a_csv_file_of_its_own(tmp_path: Path) -> None:
    document = rich_document(8)
    write_document(document, FORMATS["csv"], tmp_path / "talks.csv")
    names = ["talks-counts.csv", "talks-open.csv", "talks.csv", "talks.csv.about.json"]
    assert _names(tmp_path) == names
    tables = [list(read_csv((tmp_path / name).read_text(encoding="utf-8"))) for name in names[:3]]
    assert [len(table) - 1 for table in tables] == [2, 0, 8]


def test_one_table_is_chosen_by_name(tmp_path: Path) -> None:
    chosen = only_table(rich_document(8), "counts")
    write_document(chosen, FORMATS["csv"], tmp_path / "counts.csv")
    assert _names(tmp_path) == ["counts.csv", "counts.csv.about.json"]
    assert [row[0] for row in read_csv((tmp_path / "counts.csv").read_text(encoding="utf-8"))][1:] == [
        "Japan",
        "Uzbekistan",
    ]
    with pytest.raises(UserError) as error:
        only_table(rich_document(8), "participation")
    assert error.value.what_to_do == "Its tables: chronology, counts, open."


def test_csv_of_a_document_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_document(Document("Nothing"), FORMATS["csv"], tmp_path / "nothing.csv")
    assert _names(tmp_path) == []


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx", "pdf"])
def test_a_stopped_document_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(Cancelled):
        write_document(rich_document(20), FORMATS[name], tmp_path / f"talks.{name}", lambda _done, _total: False)
    assert _names(tmp_path) == []


def test_progress_is_told_now_and_then_and_at_the_end() -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    count = EVERY + 1
    assert list(told(range(count), count, progress)) == list(range(count))
    assert seen == [(0, count), (EVERY, count), (count, count)]
