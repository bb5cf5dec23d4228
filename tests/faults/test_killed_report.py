"""`kill -9` while a report is written: no half-written file under its name, and the workspace opens clean."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from faults.children import die, killed, needs_fork
from legation.cli import run
from legation.documents import writing
from legation.documents.formats import FORMATS
from legation.reports.sets import write_set
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.report_sets import KeptReport, ReportSet

pytestmark = needs_fork
NAMED = [name for name in FORMATS if name != "text"]


def _arguments(workspace: Path, target: Path) -> list[str]:
    return ["report", str(workspace), "upcoming", "-o", str(target)]


@pytest.mark.parametrize("name", NAMED)
def test_a_report_killed_before_it_is_whole(sample: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / f"report{FORMATS[name].ending}"
    target.write_bytes(b"last week")

    def attempt() -> None:
        pytest.MonkeyPatch().setattr(writing.os, "fsync", die)
        run(_arguments(sample, target))

    assert killed(attempt)
    assert target.read_bytes() == b"last week"
    assert check_workspace(sample) == []
    assert run(_arguments(sample, target)) == 0
    assert target.read_bytes() != b"last week"


def test_files_of_one_report_killed_between_two(sample: Path, tmp_path: Path) -> None:
    """Each of the files is the old one or the new one, as a whole."""
    folder, whole = tmp_path / "out", tmp_path / "whole"
    for each in (folder, whole):
        each.mkdir()
        assert run(["report", str(sample), "meeting-log", "--country", "JPN", "--period", "2025",
                    "-o", str(each / "log.csv")]) == 0  # fmt: skip
    names = sorted(each.name for each in whole.iterdir())
    for each in names:
        (folder / each).write_bytes(b"last week")
    moved: list[object] = []
    replace = os.replace

    def second_dies(*arguments: object) -> None:
        moved.append(arguments)
        if len(moved) == 2:
            die()
        replace(*arguments)  # type: ignore[arg-type]

    def attempt() -> None:
        pytest.MonkeyPatch().setattr(writing.os, "replace", second_dies)
        run(["report", str(sample), "meeting-log", "--country", "JPN", "--period", "2025",
             "-o", str(folder / "log.csv")])  # fmt: skip

    assert killed(attempt)
    found = [(folder / each).read_bytes() for each in names]
    assert all(
        content in (b"last week", (whole / each).read_bytes()) for each, content in zip(names, found, strict=True)
    )
    assert found.count(b"last week") == len(names) - 1
    assert check_workspace(sample) == []


@pytest.mark.parametrize("moves", [0, 1, 3])
def test_a_set_killed_while_its_files_take_their_places(sample: Path, tmp_path: Path, moves: int) -> None:
    """Before the first has moved all are as they were; later each is the old one or the new one, as a whole."""
    folder, whole = tmp_path / "out", tmp_path / "whole"
    chosen = ReportSet(
        "Monday", (KeptReport("upcoming", {}, ("csv", "html")), KeptReport("who-met-whom", {}, ("csv",)))
    )
    for each in (folder, whole):
        each.mkdir()
    with closing(Database(sample).reader()) as reader:
        write_set(sample, reader, chosen, whole)
    names = sorted(each.name for each in whole.iterdir())
    assert len(names) == 5
    for name in names:
        (folder / name).write_bytes(b"last week")
    moved: list[object] = []
    replace = os.replace

    def dies_then(*arguments: object) -> None:
        if len(moved) == moves:
            die()
        moved.append(arguments)
        replace(*arguments)  # type: ignore[arg-type]

    def attempt() -> None:
        pytest.MonkeyPatch().setattr(writing.os, "replace", dies_then)
        with closing(Database(sample).reader()) as reader:
            write_set(sample, reader, chosen, folder)

    assert killed(attempt)
    found = {name: (folder / name).read_bytes() for name in names}
    assert all(found[name] in (b"last week", (whole / name).read_bytes()) for name in names)
    assert list(found.values()).count(b"last week") == len(names) - moves
    assert check_workspace(sample) == []
