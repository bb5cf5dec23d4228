"""The reports of a set are written together into a folder; a wrong option leaves the folder as it was."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from built_reports import add, id_of, sql
from legation.documents.formats import FORMATS
from legation.documents.progress import Cancelled
from legation.errors import UserError
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.running import Request, make, new_options
from legation.reports.sets import file_stem, fitting_formats, kept_report, request_of, write_set
from legation.storage.database import Database
from legation.storage.report_sets import KeptReport, ReportSet

TOKYO = KeptReport("bilateral-chronology", {"country": "TKM", "other": "JPN"}, ("json", "html"))
PLANNED = KeptReport("upcoming", {}, ("ics",))


def _write(database: Database, folder: Path, *reports: KeptReport) -> list[str]:
    with closing(database.reader()) as reader:
        written = write_set(database.path, reader, ReportSet("Monday", reports), folder)
    return sorted(each.name for each in written)


def test_what_is_kept_asks_the_same_again() -> None:
    report = report_named("bilateral-chronology")
    options = new_options(report, country="TKM", other="JPN", period="2025")
    request = Request(report, options, date(2025, 2, 1), None, "event")
    kept = kept_report(request, ["pdf"])
    assert kept == KeptReport(
        report.name, {"country": "TKM", "other": "JPN", "period": "2025"}, ("pdf",), "event", "2025-02-01"
    )
    again = request_of(kept)
    assert (again.options.values, again.as_of, again.grain) == (options.values, request.as_of, request.grain)


def test_a_set_keeps_the_earlier_issue_to_compare_with(sample_database: Database, tmp_path: Path) -> None:
    issue = tmp_path / "last-week.json"
    report = report_named("who-met-whom")
    with closing(sample_database.reader()) as reader:
        document = make(sample_database.path, reader, Request(report, new_options(report)))
    issue.write_bytes(FORMATS["json"].write(document))
    add(
        sample_database, "delegate", event_id=_itochu(sample_database), delegation_id=_guests(sample_database),
        person_id=id_of(sample_database, "person", "Ahmet Gurbanov"), role="head", stated_as="Deputy Minister",
    )  # fmt: skip
    kept = kept_report(Request(report, new_options(report)), ["json"], str(issue))
    assert kept.since == str(issue) and request_of(kept).since is None
    folder = tmp_path / "out"
    folder.mkdir()
    (name,) = _write(sample_database, folder, kept)
    told = json.loads((folder / name).read_text(encoding="utf-8"))
    assert told["since_revision"] == document.about.revision if document.about else 0
    changes = {row.get("change") for group in told["tables"][0]["groups"] for row in group["rows"]}
    assert {"added", "withdrawn"} <= changes
    issue.unlink()
    with pytest.raises(UserError, match="There is no file"):
        _write(sample_database, folder, kept)


def _itochu(database: Database) -> int:
    return id_of(database, "event", "Turkmen delegation - Tsubai (Itochu) meeting")


def _guests(database: Database) -> int:
    found = sql(database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'TKM'", _itochu(database))
    return int(found[0][0])


def test_every_report_is_written_in_its_formats(sample_database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    names = _write(sample_database, folder, TOKYO, TOKYO, PLANNED)
    assert names == sorted(each.name for each in folder.iterdir())
    stem = "turkmenistan-and-japan-chronology"
    assert {f"{stem}.json", f"{stem}.html", f"{stem}-2.json", f"{stem}-2.html"} < set(names)
    assert [each for each in names if each.endswith(".ics")]
    told = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    assert told["options"]["country"] == "TKM" and told["rows"] > 0


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        (KeptReport("weather"), "no report “weather”"),
        (KeptReport("upcoming", {"colour": "red"}), "no option “colour”"),
        (KeptReport("upcoming", {}, ("odt",)), "no format “odt”"),
        (KeptReport("bilateral-chronology", {"country": "TKM"}), "With is needed"),
    ],
)
def test_a_set_with_a_mistake_writes_nothing(
    sample_database: Database, tmp_path: Path, kept: KeptReport, says: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(UserError, match=says):
        _write(sample_database, folder, TOKYO, kept)
    assert not list(folder.iterdir())


def test_a_set_that_is_stopped_leaves_whole_files_only(sample_database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    told: list[tuple[int, int]] = []

    def until_the_second(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 1

    with closing(sample_database.reader()) as reader, pytest.raises(Cancelled):
        write_set(sample_database.path, reader, ReportSet("Monday", (TOKYO,)), folder, until_the_second)
    assert told[-1] == (1, 2)
    (written,) = folder.iterdir()
    assert json.loads(written.read_text(encoding="utf-8"))["report"] == "bilateral-chronology"


def test_a_folder_that_is_not_there_is_told(sample_database: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        _write(sample_database, tmp_path / "nowhere", TOKYO)
    assert not (tmp_path / "nowhere").exists()


def test_a_calendar_is_offered_only_where_there_are_days() -> None:
    calendars = {name for name, each in REPORTS.items() if "ics" in [one.name for one in fitting_formats(each)]}
    assert calendars == {name for name, each in REPORTS.items() if each.has_calendar} and "upcoming" in calendars


@pytest.mark.parametrize(
    ("title", "stem"),
    [("藤井比早之: contact history", "藤井比早之-contact-history"), ("A/B: ../c", "a-b-c"), ("…", "report")],
)
def test_a_title_becomes_the_name_of_a_file(title: str, stem: str) -> None:
    assert file_stem(title) == stem
