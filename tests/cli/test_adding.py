"""`legation add`: events by lines, a step each, and precise words about what is wrong."""

from __future__ import annotations

import io
import sys
from contextlib import closing
from pathlib import Path

import pytest

from legation import cli
from legation.storage.database import Database

LINE = '2025-01-27 consultations TKM>JPN @Tokyo Gurbanov / Ishikawa #power src:caspianpost.com "Second round"'


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return reader.sql(sql)


def test_a_line_becomes_an_event_in_one_step(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = _rows(sample, "SELECT count(*) FROM step")[0][0]
    assert cli.run(["add", str(sample), LINE]) == 0
    assert "Second round" in capsys.readouterr().out
    facts = (
        "SELECT e.date, e.city, r.topics FROM event e JOIN event_row r ON r.event_id = e.id "
        "WHERE e.title = 'Second round'"
    )
    assert _rows(sample, facts) == [("2025-01-27", "Tokyo", "Electric power")]
    assert _rows(sample, "SELECT count(*) FROM step") == [(int(str(steps)) + 1,)]
    assert cli.run(["check", str(sample)]) == 0


def test_a_dry_run_says_what_it_understood_and_writes_nothing(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["add", str(sample), LINE, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "27 January 2025" in told and "Electric power" in told and "Ahmet Gurbanov" in told
    assert "There is already: " in told
    assert _rows(sample, "SELECT count(*) FROM event") == [(8,)]


def test_many_lines_of_standard_input_are_added_and_the_wrong_ones_told(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"# a remark\n{LINE}\n\n27 jan 2025 meeting TKM>XXX\n28 jan 2025 meeting KAZ+JPN\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8-sig"))))
    assert cli.run(["add", str(sample)]) == 1
    wrong = capsys.readouterr().err.splitlines()
    assert wrong[1].index("XXX") == wrong[2].index("^^^")
    assert _rows(sample, "SELECT count(*) FROM event") == [(10,)]


def test_lines_in_another_encoding_are_refused(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("27 jan visite à Paris".encode("latin-1"))))
    assert cli.run(["add", str(sample), "-"]) == 2
    assert _rows(sample, "SELECT count(*) FROM event") == [(8,)]
