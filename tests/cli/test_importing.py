"""The command line imports tables: what it prints, writes and ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from imports.text_tables import asked
from legation.cli.commands import run
from legation.imports.roles import ROLES
from legation.paths import resources
from legation.storage.database import Database

MEETINGS = """Date,Visitor,Country,Remarks
2020-01-05,King Abdullah II,Jordan,Working visit in New York City.
2020-02-05,President Nobody Known,Atlantis,
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "us-visits.csv"
    path.write_text(MEETINGS, encoding="utf-8")
    return path


def count(path: Path, record: str) -> int:
    return int(str(asked(Database(path), f"SELECT count(*) FROM {record}")[0][0]))


def test_a_dry_run_says_all_and_writes_nothing(
    workspace: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(workspace), str(source), "--dry-run"]) == 1
    told = capsys.readouterr().out
    assert "Cells are separated by" in told and "The heading “Visitor” says so." in told
    assert "2 rows: 1 added, 0 changed, 0 unchanged, 1 rejected." in told
    assert "Row 3 is rejected: No country is called “Atlantis”." in told
    assert count(workspace, "event") == 0


def test_import_correct_the_rejects_and_import_them(
    workspace: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rejects = tmp_path / "rejects.csv"
    assert run(["import", str(workspace), str(source), "--rejects", str(rejects)]) == 1
    assert "Written as step 2." in capsys.readouterr().out
    text = rejects.read_text(encoding="utf-8-sig")
    assert "No country is called “Atlantis”." in text and text.count("\n") == 2
    rejects.write_text(text.replace("Nobody Known,Atlantis", "Somebody Known,Chile"), encoding="utf-8")
    mapping = tmp_path / "m.toml"
    assert run(["import", str(workspace), str(source), "--dry-run", "--write-mapping", str(mapping)]) == 1
    assert run(["import", str(workspace), str(rejects), "--mapping", str(mapping)]) == 0
    assert count(workspace, "event") == 2
    assert run(["import", str(workspace), str(source)]) == 1
    assert count(workspace, "event") == 2 and run(["check", str(workspace)]) == 0


def test_a_mapping_is_kept_and_found_again(workspace: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(workspace), str(source), "--keep-mapping", "Visits to us"]) == 1
    capsys.readouterr()
    assert run(["import", str(workspace), str(source), "--dry-run"]) == 0 + 1
    assert "Kept as “Visits to us”" in capsys.readouterr().out
    assert run(["import", str(workspace), str(source), "--mapping", "Visits to us"]) == 1


def test_what_all_rows_lack_is_told_and_given(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "travels.csv"
    path.write_text("Name,Country,Start\nAna Lima,Japan,2023-11-07\nBo Ek,Chile,2024-11-08\n", encoding="utf-8")
    assert run(["import", str(workspace), str(path)]) == 1
    assert "2 of them lack “Guest: country”" in capsys.readouterr().out
    assert run(["import", str(workspace), str(path), "--value", "guest.country=Norway"]) == 0
    assert "lack" not in capsys.readouterr().out
    assert count(workspace, "event") == 2 and count(workspace, "delegation") == 4


@pytest.mark.parametrize("value", ["shoes=big", "guest.country=", "guest.country", "person.name=Ana"])
def test_a_value_that_rows_have_not_is_one_sentence(
    workspace: Path, source: Path, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(workspace), str(source), "--value", value]) == 2
    assert f"“{value}” says nothing of the rows" in capsys.readouterr().err
    assert count(workspace, "event") == 0


@pytest.mark.parametrize(
    "more", [["--mapping", "nowhere.toml"], ["--as", "shoes"], ["--likely", "perhaps"]], ids=lambda each: each[0]
)
def test_what_cannot_be_is_one_sentence(
    workspace: Path, source: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(workspace), str(source), *more]) == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(workspace), "nowhere.csv"]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_the_manual_tells_every_role() -> None:
    text = (resources() / "help" / "manual.md").read_text(encoding="utf-8")
    for name in ROLES:
        side, _dot, part = name.partition(".")
        wanted = f"`guest.{part}`" if side in ("host", "first", "second", "third") else f"`{name}`"
        assert wanted in text or f"`.{part}`" in text, name


def test_all_tables_of_all_files_are_one_step(
    workspace: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    officials, two = tmp_path / "officials.csv", tmp_path / "two.csv"
    officials.write_text("Name,Country,Position\nAbdullah II,Jordan,King\n", encoding="utf-8")
    two.write_text(
        "id,Date,Country A,Country B\n1,2021-05-06,Japan,Chile\n2,2021-05-07,Japan,Chile\n\n\n"
        "id,Name,Country,Position\n1,Anna Berg,Norway,Minister of Water\n2,Ola Dahl,Norway,Minister of Air\n",
        encoding="utf-8",
    )
    files = [str(officials), str(source), str(two)]
    mapping = tmp_path / "m.toml"
    assert run(["import", str(workspace), *files, "--dry-run", "--write-mapping", str(mapping)]) == 1
    assert [path.name for path in sorted(tmp_path.glob("*.toml"))] == ["m-2.toml", "m-3.toml", "m-4.toml", "m.toml"]
    capsys.readouterr()
    assert run(["import", str(workspace), *files, "--keep-mapping", "Ours"]) == 1
    assert capsys.readouterr().out.count("Written as step") == 1
    assert count(workspace, "event") == 3 and count(workspace, "person") == 3
    assert run(["import", str(workspace), *files]) == 1
    told = capsys.readouterr().out
    assert told.count(" 0 added, 0 changed,") == 4 and "Nothing to write." in told
    assert run(["undo", str(workspace)]) == 0
    assert (count(workspace, "event"), count(workspace, "person"), count(workspace, "appointment")) == (0, 0, 0)


def test_a_file_that_cannot_be_read_leaves_the_others_unwritten(workspace: Path, source: Path) -> None:
    assert run(["import", str(workspace), str(source), "nowhere.csv"]) == 2
    assert count(workspace, "event") == 0


def test_months_are_offered_and_taken_by_an_option(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "meetings.csv"
    rows = "".join(f"2019-{at:02}-01,Japan,Chile,Talks number {at}\n" for at in range(1, 11))
    path.write_text("Date,Country A,Country B,Subject\n" + rows, encoding="utf-8")
    assert run(["import", str(workspace), str(path), "--dry-run"]) == 0
    assert 'Date: All 10 days are the 1st of a month. Perhaps only the month is known: --month-only "Date"' in (
        capsys.readouterr().out
    )
    assert run(["import", str(workspace), str(path), "--month-only", "Day"]) == 2 and count(workspace, "event") == 0
    assert run(["import", str(workspace), str(path), "--month-only", "Date"]) == 0
    assert asked(Database(workspace), "SELECT DISTINCT length(date) FROM event") == [(7,)]
