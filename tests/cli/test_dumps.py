"""The subcommands that take a workspace out as tables and bring it in again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from legation import cli


def test_out_and_in_again(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.run(["dump", str(sample), str(tmp_path / "tables")]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Wrote ") and "rows into" in out and err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.run(["load", str(tmp_path / "tables"), str(tmp_path / "again.legation")]) == 0
    out, err = capsys.readouterr()
    assert "again.legation with " in out and "100 % of " in err
    assert cli.run(["check", str(tmp_path / "again.legation")]) == 0


@pytest.mark.parametrize(
    "words", [("dump", "{file}", "{folder}"), ("load", "{folder}", "{folder}/x"), ("load", "{file}")]
)
def test_a_mistake_is_one_sentence(sample: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    given = [word.format(file=sample, folder=sample.parent) for word in words]
    assert cli.run(given) == 2
    _out, err = capsys.readouterr()
    assert len(err.strip().splitlines()) == 1
