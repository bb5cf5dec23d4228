"""`legation report`: lists the reports, makes one in a format, and says in a sentence what is wrong."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from legation.cli.commands import run
from legation.documents.formats import FORMATS
from legation.documents.to_csv import read_csv
from legation.reports.catalogue import REPORTS
from legation.storage.database import Database
from legation.storage.report_sets import KeptReport, ReportSet, keep_report_set

TOKYO = ("--country", "TKM", "--other", "japan")
# what each report needs to be made on the sample
NEEDED: dict[str, tuple[str, ...]] = {
    "bilateral-chronology": TOKYO,
    "official-history": ("--person", "gurbanov"),
    "meeting-log": ("--person", "ishikawa", "--period", "q1 2025"),
}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-01")


def _report(sample: Path, name: str, *more: str) -> int:
    return run(["report", str(sample), name, *more])


def test_the_list_names_every_report_with_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--list"]) == 0
    listed = capsys.readouterr().out
    for name, report in REPORTS.items():
        assert name in listed and report.about in listed
        assert all(f"--{field.name}" in listed for field in report.options.stored)


@pytest.mark.parametrize("name", list(NEEDED))
def test_every_format_is_written_and_told_apart_by_its_ending(sample: Path, tmp_path: Path, name: str) -> None:
    for form in FORMATS.values():
        target = tmp_path / f"report{form.ending}"
        if form.name == "ics":
            assert _report(sample, name, *NEEDED[name], "-o", str(target)) == 2
            assert not target.exists()
            continue
        assert _report(sample, name, *NEEDED[name], "-o", str(target)) == 0
        assert target.stat().st_size > 200
        side = tmp_path / f"{target.name}.about.json"
        assert side.exists() is not form.tells_itself
        if side.exists():
            assert json.loads(side.read_text(encoding="utf-8"))["report"] == name


def test_csv_goes_to_the_output_of_the_command(sample: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _report(sample, "who-met-whom", "--format", "csv") == 0
    rows = list(read_csv(capfdbinary.readouterr().out.decode("utf-8")))
    assert rows[0][0] == "Official"
    unnamed = [row for row in rows if "Turkmen delegation (unnamed)" in row]
    assert len(unnamed) == 1 and "Tsubai Hiroyuki" in unnamed[0]
    capacities = next(cell for cell in unnamed[0] if "Itochu" in cell)
    assert len(capacities.split("; ")) == 4


def test_the_calendar_holds_days_only(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "upcoming.ics"
    assert _report(sample, "upcoming", "-o", str(target)) == 0
    text = target.read_text(encoding="utf-8")
    assert (
        text.count("BEGIN:VEVENT") == 3
    )  # the day at the Expo and two national days; "2025" and "to be announced" not
    assert "National Day of Turkmenistan at Expo 2025" in text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("weather",), "There is no report “weather”"),
        (("bilateral-chronology", "--country", "TKM"), "needs --other"),
        (("bilateral-chronology", "--country", "TKM", "--other", "TKM"), "is of two countries"),
        (("bilateral-chronology", "--country", "Atlantis", "--other", "JPN"), "Country: “Atlantis” is not known"),
        (("official-history", "--person", "99999"), "Official: “99999” is not known"),
        (("upcoming", "--period", "yesteryear"), "--period:"),
        (("upcoming", "--holidays", "all of them"), "--holidays:"),
        (("upcoming", "--where", "topic:nonsense"), "No topic is called “nonsense”"),
        (("upcoming", "--as-of", "someday"), "--as-of:"),
        (("upcoming", "--as-of", "1999-01-01"), "made later than that"),
        (("upcoming", "--bogus"), "unrecognized arguments"),
        (("upcoming", "-o", "report.xyz"), "tells no format"),
        (("upcoming", "-o", "/no/such/folder/report.csv"), "The folder /no/such/folder is not there."),
        (("upcoming", "--since", "no-such-file.json"), "There is no file no-such-file.json"),
        (("who-met-whom", "--format", "ics"), "has no calendar"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert _report(sample, *arguments) == 2
    told = capsys.readouterr()
    assert sentence in told.err and told.err.count("\n") == 1 and told.out == ""
    assert [path for path in sorted(tmp_path.iterdir()) if not path.name.startswith(sample.name)] == [
        path for path in before if not path.name.startswith(sample.name)
    ]


def test_what_changed_since_an_earlier_issue_is_marked(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.csv"
    assert _report(sample, "bilateral-chronology", *TOKYO, "-o", str(earlier)) == 0
    assert run(["add", str(sample), "29 jan 2025 meeting TKM>JPN @Tokyo Gurbanov / Fujii #education"]) == 0
    capsys.readouterr()
    assert _report(sample, "bilateral-chronology", "--since", str(earlier), "--format", "csv") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    column = rows[0].index("Change")
    assert sorted(row[column] for row in rows[1:] if row[column]) == ["Added"]
    assert run(["report", str(sample), "upcoming", "--since", str(earlier)]) == 2
    assert "of another report" in capsys.readouterr().err


def test_a_file_that_is_no_report_is_not_compared_with(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (b"", b"{}", b"\x00\x01garbage", b'{"legation_report": 99}', b"PK\x03\x04half a zip"):
        other = tmp_path / "other.bin"
        other.write_bytes(content)
        assert _report(sample, "upcoming", "--since", str(other)) == 2
        told = capsys.readouterr().err
        assert "does not tell what report it is" in told or "newer Legation" in told


def test_the_reports_of_a_set_are_written_together(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ReportSet("Weekly", (KeptReport("upcoming", {}, ("ics", "csv")), KeptReport("commitments", {}, ("html",))))
    with closing(Database(sample)) as database:
        database.write("Save the set", lambda session: keep_report_set(session, kept))
    folder = tmp_path / "out"
    folder.mkdir()
    assert run(["report", str(sample), "--list"]) == 0
    assert "“Weekly”: upcoming, commitments" in capsys.readouterr().out
    assert run(["report", str(sample), "--set", "weekly", "-o", str(folder)]) == 0
    endings = sorted(path.suffix for path in folder.iterdir())
    assert endings == [".csv", ".html", ".ics", ".json", ".json"]
    capsys.readouterr()
    for arguments, sentence in (
        (("--set", "Monthly", "-o", str(folder)), "no report set “Monthly”"),
        (("--set", "Weekly"), "Give a folder"),
        (("--set", "Weekly", "-o", str(tmp_path / "none")), "Give a folder"),
        ((), "which report"),
    ):
        assert run(["report", str(sample), *arguments]) == 2
        assert sentence in capsys.readouterr().err
