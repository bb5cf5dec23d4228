"""The command line: every subcommand on the sample, and one sentence for every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from legation import cli
from legation.documents.to_csv import BOM, guard, read_csv, unguard
from legation.storage.schema import SCHEMA_VERSION

MISTAKES = (
    ["list", "{file}", "nothing"],
    ["list", "{file}", "events", "--where", "foo:1"],
    ["list", "{file}", "events", "--where", "country:"],
    ["list", "{file}", "events", "--where", "since:soonish"],
    ["list", "{file}", "events", "--sort", "zz"],
    ["list", "{file}", "topics"],
    ["list", "{file}", "events", "--where", "country:XYZ"],
    ["list", "{file}", "events", "--where", "topic:nothing"],
    ["list", "{file}", "events", "--where", "kind:party"],
    ["list", "{file}", "events", "--columns", "date,nothing"],
    ["list", "{file}", "events", "--format", "pdf"],
    ["list", "{file}", "sources", "--where", "official:gurbanov"],
    ["list", "{folder}", "events"],
    ["list", "{folder}/empty", "events"],
    ["list", "{file}", "events", "--format", "csv", "-o", "{folder}/none/events.csv"],
    ["list", "{file}", "events", "--format", "csv", "-o", "{folder}"],
    ["list", "{file}.none", "events"],
    ["show", "{file}", "events", "99"],
    ["show", "{file}", "countries", "QQQ"],
    ["new", "{file}"],
    ["restore", "{file}", "{file}.none"],
    ["restore", "{file}", "{folder}"],
    ["restore", "{file}", "{folder}/empty"],
    ["new", "{folder}/none/x.legation"],
    ["show", "{file}", "events", "TKM"],
    ["show", "{file}", "nothing", "1"],
    ["history", "{file}", "--limit", "many"],
    ["info", "{folder}/empty"],
    ["info", "."],
    ["new", "."],
    ["check", "{file}.none"],
    ["backup", "{file}.none"],
    ["update", "{file}.none"],
    ["undo", "{file}", "99"],
    ["undo", "{file}", "first"],
    ["redo", "{file}"],
    ["nonsense"],
)


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_mistake_is_one_sentence(sample: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    before = sample.read_bytes()
    (sample.parent / "empty").touch()
    code, _out, err = _run(capsys, *(word.format(file=sample, folder=sample.parent) for word in words))
    assert code == 2
    assert err.strip() and "Traceback" not in err and len(err.strip().splitlines()) == 1
    assert sample.read_bytes() == before


def test_a_new_sample_is_sound_and_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "new.legation")
    assert _run(capsys, "new", path, "--sample")[0] == 0
    assert _run(capsys, "check", path)[0] == 0
    facts = json.loads(_run(capsys, "info", path, "--json")[1])
    assert facts["schema_version"] == SCHEMA_VERSION and facts["rows"]["event"] == 8


@pytest.mark.parametrize("name", cli.TYPES)
def test_every_list_prints_in_every_format(sample: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert _run(capsys, "list", str(sample), name)[0] == 0
    assert isinstance(json.loads(_run(capsys, "list", str(sample), name, "--format", "json")[1]), list)


@pytest.mark.parametrize(
    ("name", "begins"), [("e.csv", BOM.encode()), ("e.json", b"["), ("e.xlsx", b"PK"), ("e.txt", b"Id")]
)
def test_the_ending_of_the_output_says_the_format(sample: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    assert cli.run(["list", str(sample), "events", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_ending_that_no_list_has_is_told(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = _run(capsys, "list", str(sample), "events", "-o", str(tmp_path / "e.pdf"))
    assert code == 2 and "tells no format" in err and not (tmp_path / "e.pdf").exists()


def test_a_record_is_shown_by_its_name(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Deputy Minister" in _run(capsys, "show", str(sample), "officials", "Gurbanov")[1]
    assert "Ashgabat" in _run(capsys, "show", str(sample), "countries", "Turkmenistan")[1]
    code, _out, err = _run(capsys, "show", str(sample), "officials", "Nobody")
    assert code == 2 and "“Nobody” is not known" in err


def test_conditions_are_joined_by_and(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = "country:Turkmenistan official:gurbanov topic:E since:2025 until:feb-2025 status:held kind:consultations"
    code, out, _err = _run(capsys, "list", str(sample), "events", "--where", where, "--columns", "title")
    assert code == 0 and out.splitlines()[-1].startswith("1 row")


def test_csv_reads_back_and_names_links_by_label_and_code(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    assert cli.run(["list", str(sample), "events", "--format", "csv", "-o", str(target)]) == 0
    text = target.read_bytes().decode("utf-8")
    rows = list(read_csv(text))
    assert text.startswith(BOM) and "\r\n" in text and len(rows) == 9
    assert {"Date", "Date (in words)", "Country", "Country (code)", "Parties (names)"} <= set(rows[0])


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-5", "@x", "\tx", "'=1", "plain", "", "''@", "'quoted'"])
def test_a_formula_is_kept_from_running_and_comes_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t"))


def test_history_and_undo(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Tokyo, January 2025" in _run(capsys, "history", str(sample), "--changes")[1]
    assert _run(capsys, "undo", str(sample))[0] == 0
    assert "0 rows" in _run(capsys, "list", str(sample), "events")[1]
    assert _run(capsys, "check", str(sample))[0] == 0


def test_redo_brings_back_and_the_history_says_so(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "undo", str(sample))
    assert _run(capsys, "redo", str(sample)) == (0, "Redo: Add the sample “Tokyo, January 2025” (step 4)\n", "")
    assert "8 rows" in _run(capsys, "list", str(sample), "events")[1]
    lines = _run(capsys, "history", str(sample))[1].splitlines()
    assert ["Redo: " in line for line in lines[:2]] == [True, False] and "  Undo: " in lines[1]
    assert _run(capsys, "redo", str(sample))[0] == 2


def test_update_brings_a_later_release(
    sample: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, later_release: Path
) -> None:
    assert _run(capsys, "update", str(sample)) == (0, "The reference data is up to date.\n", "")
    monkeypatch.setattr("legation.storage.reference.reference_folder", lambda: later_release)
    assert "brought up to date (step 3)" in _run(capsys, "update", str(sample))[1]
    assert "Arkadag" in _run(capsys, "show", str(sample), "countries", "TKM")[1]


def test_show_tells_capacities_and_sources(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = _run(capsys, "show", str(sample), "events", "4")[1]
    for words in ("Tsubai Hiroyuki", "Executive Vice President", "Chairman", "para 12"):
        assert words in out
