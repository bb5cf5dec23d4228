"""How far a report is on the command line: on a terminal only, gone at the end; Ctrl+C is one sentence and no file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from legation.cli.commands import run
from legation.cli.progress import shown_progress, stopped_by_keys
from legation.documents import to_csv, writing
from legation.errors import UserError


class _Terminal:
    """A terminal that remembers what was written to it."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_and_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with shown_progress("Writing…") as progress:
        assert all(progress(done, 400) for done in (0, 100, 101, -1, 400))
    lines = terminal.written.split("\r")
    assert [line.strip() for line in lines if line.strip()] == [
        "Writing…", "Writing… 0 %", "Writing… 25 %", "Writing… 100 %",
    ]  # fmt: skip
    assert lines[-2:] == [" " * len("Writing… 100 %"), ""]


def test_nothing_else_is_told(capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "met.pdf"
    assert run(["report", str(sample), "who-met-whom", "-o", str(target)]) == 0
    assert capsys.readouterr().err == "" and target.exists()


@pytest.mark.parametrize("moment", ["while it is made", "while it is written", "before it takes its place"])
def test_a_report_stopped_by_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path, moment: str
) -> None:
    def press(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    place = {
        "while it is made": ("legation.reports.running._built", None),
        "while it is written": ("csv_lines", to_csv),
        "before it takes its place": ("take_places", writing.Batch),
    }[moment]
    if place[1] is None:
        monkeypatch.setattr(place[0], press)
    else:
        monkeypatch.setattr(place[1], place[0], press)
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "met.csv"
    target.write_text("before")
    assert run(["report", str(sample), "who-met-whom", "-o", str(target)]) == 2
    told = capsys.readouterr()
    assert told.err == "Stopped. Nothing was written.\n" and told.out == ""
    assert [each.name for each in folder.iterdir()] == ["met.csv"] and target.read_text() == "before"


def test_other_errors_pass() -> None:
    with pytest.raises(UserError, match="Stopped"), stopped_by_keys("Stopped"):
        raise KeyboardInterrupt
    with pytest.raises(ZeroDivisionError), stopped_by_keys("Stopped"):
        raise ZeroDivisionError
