"""A list that cannot be written to its end: the file is as it was, the workspace opens clean, the next run tidies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from architecture.source_tree import ROOT
from faults.children import die, killed, needs_fork
from faults.test_full_disk import fill
from legation.cli import run
from legation.documents import cells, lists
from legation.documents.lists import LIST_FORMATS
from legation.storage.checking import check_workspace
from legation.storage.database import LEFTOVER_SECONDS


def _arguments(workspace: Path, target: Path) -> list[str]:
    return ["list", str(workspace), "events", "--format", target.suffix[1:], "-o", str(target)]


@needs_fork
@pytest.mark.parametrize("name", LIST_FORMATS)
def test_a_list_killed_while_it_is_written(sample: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / f"events.{name}"
    target.write_bytes(b"last week")

    def attempt() -> None:
        patch, own, seen = pytest.MonkeyPatch(), cells.portions, list[int]()

        def second_dies(*given: Any) -> Iterator[Any]:
            for portion in own(*given):
                seen.append(portion[0])
                if len(seen) == 2:
                    die()
                yield portion

        patch.setattr(cells, "PAGE", 3)
        patch.setattr(lists, "TOGETHER", 3)
        patch.setattr(lists, "portions", second_dies)
        run(_arguments(sample, target))

    assert killed(attempt)
    assert target.read_bytes() == b"last week"
    assert check_workspace(sample) == []
    (left,) = (each for each in folder.iterdir() if each != target)
    os.utime(left, (time.time() - 2 * LEFTOVER_SECONDS,) * 2)
    assert run(_arguments(sample, target)) == 0
    assert target.read_bytes() != b"last week"
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("name", LIST_FORMATS)
def test_a_list_on_a_full_disk(sample: Path, small_disk: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    target = small_disk / f"events.{name}"
    filler = fill(small_disk)
    assert run(_arguments(sample, target)) != 0
    assert "no room" in capfd.readouterr().err.lower()
    assert list(small_disk.glob("*events*")) == []
    filler.unlink()
    assert run(_arguments(sample, target)) == 0
    assert list(small_disk.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_list_printed_to_a_full_disk_says_so(sample: Path) -> None:
    command = [sys.executable, "-P", "-m", "legation", "list", str(sample), "events", "--format", "csv"]
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "desktop")},
        )  # fmt: skip
    assert answer.returncode != 0
    assert answer.stderr.strip() and "Traceback" not in answer.stderr
