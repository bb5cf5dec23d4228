"""Files that are whole or not there, and an export that can be stopped."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from legation.documents.to_csv import BOM
from legation.documents.writing import Cancelled, whole_file, write_csv
from legation.errors import UserError

PORTIONS = [(1, 2, [["one", 1]]), (2, 2, [["two", 2]])]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with whole_file(path) as file:
        file.write(b"all")
        assert not path.exists()
    assert path.read_bytes() == b"all"
    assert _names(tmp_path) == ["list.csv"]


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
