"""The reports of a set are written together into a folder, all or none; whatever goes wrong leaves it as it was."""

from __future__ import annotations

import gc
import json
import shutil
import tracemalloc
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from built_reports import add, id_of, sql
from legation.documents.formats import FORMATS
from legation.documents.progress import Cancelled
from legation.documents.writing import write_document
from legation.errors import UserError
from legation.reports import fact_columns, grains
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.running import Request, make, new_options
from legation.reports.sets import file_stem, fitting_formats, kept_report, request_of, write_set
from legation.storage.database import Database
from legation.storage.report_sets import KeptReport, ReportSet

TOKYO = KeptReport("bilateral-chronology", {"country": "TKM", "other": "JPN"}, ("json", "html"))
PLANNED = KeptReport("upcoming", {}, ("ics",))
PLANNED_AS_CSV = KeptReport("upcoming", {}, ("csv",))
PLAIN = KeptReport("who-met-whom", {}, ("csv",), "participation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to write into."""
    made = tmp_path / "out"
    made.mkdir()
    return made


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


def test_every_report_is_written_in_its_formats(sample_database: Database, folder: Path) -> None:
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
    sample_database: Database, folder: Path, kept: KeptReport, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        _write(sample_database, folder, TOKYO, kept)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("files", [0, 1, 2, 3])
def test_a_set_that_is_stopped_leaves_the_folder_as_it_was(sample_database: Database, folder: Path, files: int) -> None:
    old = folder / "turkmenistan-and-japan-chronology.json"
    old.write_bytes(b"last week")
    told: list[tuple[int, int]] = []

    def so_many(done: int, total: int) -> bool:
        told.append((done, total))
        return done < files

    with closing(sample_database.reader()) as reader:
        with pytest.raises(Cancelled):
            write_set(sample_database.path, reader, ReportSet("Monday", (TOKYO, PLAIN)), folder, so_many)
        assert told[-1] == (files, 3)
        assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [(old.name, b"last week")]
        assert write_set(sample_database.path, reader, ReportSet("Monday", (TOKYO, PLAIN)), folder)
    assert old.read_bytes() != b"last week"


def test_a_set_that_is_stopped_among_rows_leaves_nothing(
    few_events: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fact_columns, "TOGETHER", 40)
    asked: list[int] = []

    def soon(done: int, _total: int) -> bool:
        asked.append(done)
        return asked != [0, -1, -1]

    with closing(few_events.reader()) as reader, pytest.raises(Cancelled):
        write_set(few_events.path, reader, ReportSet("Monday", (PLAIN,)), tmp_path, soon)
    assert asked == [0, -1, -1] and not list(tmp_path.iterdir())


@pytest.mark.parametrize("grain", list(grains.GRAINS))
def test_plain_tables_are_the_files_of_their_documents(few_events: Database, tmp_path: Path, grain: str) -> None:
    kept = replace(PLAIN, grain=grain)
    _write(few_events, tmp_path, kept, kept)
    with closing(few_events.reader()) as reader:
        written = write_document(make(few_events.path, reader, request_of(kept)), FORMATS["csv"], tmp_path / "one.csv")
    for each in written:
        for stem in ("who-met-whom", "who-met-whom-2"):
            assert (tmp_path / each.name.replace("one", stem)).read_bytes() == each.read_bytes()


def test_a_plain_table_in_further_formats_is_made_once(sample_database: Database, tmp_path: Path) -> None:
    names = _write(sample_database, tmp_path, replace(PLAIN, formats=("csv", "json")))
    assert names == ["who-met-whom.csv", "who-met-whom.csv.about.json", "who-met-whom.json"]
    told, beside = (json.loads((tmp_path / each).read_text(encoding="utf-8")) for each in (names[2], names[1]))
    assert told["sha256"] == beside["sha256"] and told["options"]["grain"] == "participation"


def test_all_reports_show_one_state(sample_database: Database, tmp_path: Path) -> None:
    """A step that somebody takes between two reports is in neither."""
    asked: list[int] = []

    def somebody_writes(done: int, _total: int) -> bool:
        if done == 1 and not asked:
            asked.append(done)
            add(sample_database, "event", title="In between", date="2025-01-30", kind="meeting", status="held")
        return True

    chosen = ReportSet("Monday", (replace(PLAIN, formats=("json",)), replace(PLANNED, formats=("json",))))
    with closing(sample_database.reader()) as reader:
        written = write_set(sample_database.path, reader, chosen, tmp_path, somebody_writes)
    assert asked == [1]
    revisions = [json.loads(each.read_text(encoding="utf-8"))["revision"] for each in written]
    ((newest,),) = sql(sample_database, "SELECT max(id) FROM step")
    assert len(revisions) == 2 and set(revisions) == {newest - 1}


@pytest.mark.parametrize(
    "kept",
    [PLAIN, replace(PLAIN, grain="", formats=("json",)), replace(PLAIN, formats=("csv", "html"))],
    ids=["in portions", "a document", "a document of a plain table"],
)
def test_memory_is_that_of_one_report(many_events: Database, tmp_path: Path, kept: KeptReport) -> None:
    def most(times: int) -> int:
        gc.collect()
        tracemalloc.start()
        try:
            _write(many_events, tmp_path, *[kept] * times)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most(1)  # what is kept for good is there now
    assert most(4) < 1.1 * most(1)


def test_files_of_tables_are_told_apart_too(
    sample_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second table of a meeting log as CSV has a file that another report may be called like."""
    log = KeptReport("meeting-log", {"country": "JPN", "period": "2025"}, ("csv",))
    stems = iter(["log", "log-travel", "log"])
    monkeypatch.setattr("legation.reports.sets.file_stem", lambda _title: next(stems))
    names = _write(sample_database, tmp_path, log, PLANNED_AS_CSV, PLANNED_AS_CSV)
    assert names == [
        "log-2.csv", "log-2.csv.about.json", "log-travel-2.csv", "log-travel-2.csv.about.json", "log-travel.csv",
        "log.csv", "log.csv.about.json",
    ]  # fmt: skip
    assert (tmp_path / "log-travel-2.csv").read_bytes() == (tmp_path / "log-2.csv").read_bytes()


def test_nothing_is_made_before_all_is_looked_at(
    sample_database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError("made too early")

    monkeypatch.setattr("legation.reports.sets.make", never)
    monkeypatch.setattr("legation.reports.sets.issue_rows", never)
    for kept, says in (
        (KeptReport("upcoming", {"where": "topic:nonsense"}), "^Upcoming events: No topic is called “nonsense”"),
        (KeptReport("upcoming", {}, ("pdf",), "week"), "no grain “week”"),
        (KeptReport("upcoming", {}, ("pdf",), "", "1999-01-01"), "made later than that"),
        (KeptReport("upcoming", {}, ("pdf",), "", "", str(folder / "gone.json")), "There is no file"),
        (KeptReport("who-met-whom", {}, ("ics",)), "has no calendar"),
    ):
        with pytest.raises(UserError, match=says):
            _write(sample_database, folder, PLAIN, TOKYO, kept)
    with pytest.raises(UserError, match="nowhere is not there"):
        _write(sample_database, folder / "nowhere", PLAIN, TOKYO)
    assert not list(folder.iterdir())


def test_a_report_that_cannot_be_made_says_which_it_is(sample_database: Database, folder: Path) -> None:
    nothing = replace(PLAIN, options={"period": "1950"})
    with pytest.raises(UserError, match=r"^Who met whom: This report has no events to list\.") as told:
        _write(sample_database, folder, TOKYO, nothing)
    assert "looked through" in told.value.what_to_do and not list(folder.iterdir())


def test_a_folder_that_goes_meanwhile_is_told(sample_database: Database, folder: Path) -> None:

    def take_away(done: int, _total: int) -> bool:
        if done == 2:
            shutil.rmtree(folder)
        return True

    with closing(sample_database.reader()) as reader, pytest.raises(UserError) as told:
        write_set(sample_database.path, reader, ReportSet("Monday", (TOKYO, PLAIN)), folder, take_away)
    assert told.value.what_happened == f"The folder {folder} is not there." and not folder.exists()


def test_something_in_the_way_brings_all_back(sample_database: Database, folder: Path) -> None:
    old = folder / "turkmenistan-and-japan-chronology.json"
    old.write_bytes(b"last week")
    (folder / "who-met-whom.csv").mkdir()
    with pytest.raises(UserError, match=r"^who-met-whom\.csv cannot be written"):
        _write(sample_database, folder, TOKYO, PLAIN)
    assert old.read_bytes() == b"last week"
    assert sorted(each.name for each in folder.iterdir()) == [old.name, "who-met-whom.csv"]


def test_a_folder_that_is_not_there_is_told(sample_database: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        _write(sample_database, tmp_path / "nowhere", TOKYO)
    assert not (tmp_path / "nowhere").exists()


def test_a_calendar_is_offered_only_where_there_are_days() -> None:
    calendars = {name for name, each in REPORTS.items() if "ics" in [one.name for one in fitting_formats(each)]}
    assert calendars == {name for name, each in REPORTS.items() if each.has_calendar} and "upcoming" in calendars


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("藤井比早之: contact history", "藤井比早之-contact-history"),
        ("A/B: ../c", "a-b-c"),
        ("…", "report"),
        ("議" * 300, "議" * 66),
        ("a " * 300, "a-" * 39 + "a"),
    ],
)
def test_a_title_becomes_the_name_of_a_file(title: str, stem: str) -> None:
    assert file_stem(title) == stem
