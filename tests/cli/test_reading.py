"""How a file is read is chosen by options, and what is odd in its rows is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation import cli

ROWS = "Start;Visitor;Country\n2024-01-02;Président Déby;Chad\n2024-02-02;Foreign Minister X\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small file in an old encoding, with a row that is too short."""
    path = tmp_path / "visits.csv"
    path.write_bytes(ROWS.encode("cp1252"))
    return path


def _said(capsys: pytest.CaptureFixture[str], workspace: Path, source: Path, *options: str) -> str:
    cli.run(["import", str(workspace), str(source), "--as", "visits", "--dry-run", *options])
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_the_reading_is_told_with_a_sample_and_odd_rows(
    workspace: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _said(capsys, workspace, source)
    assert "Read as cp1252 (Western European)" in said
    assert "Letters beyond ASCII were read like this: 2024-01-02;Président Déby;Chad" in said
    assert "1 row is odd and was read all the same:" in said
    assert "Row 3: The row has 2 cells and there are 3 headings." in said


def test_options_change_the_reading(workspace: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(
        capsys, workspace, source, "--encoding", "cp1251", "--separator", ";", "--quote", "none", "--first-row", "1"
    )
    assert "Read as cp1251, as you chose." in said
    assert "Cells are separated by “;”, as you chose." in said
    assert "Quotation marks are text as any other." in said
    assert "Prйsident" in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--encoding", "klingon"), "No encoding is called “klingon”."),
        (("--separator", ";;"), "“;;” cannot separate cells."),
        (("--first-row", "99"), "has nothing from row 99 on"),
    ],
)
def test_what_cannot_be_read_so_is_one_sentence(
    workspace: Path, source: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert told in _said(capsys, workspace, source, *options)
