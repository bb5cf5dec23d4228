"""A plain table that goes to CSV portion by portion is the file that its document gives."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from built_reports import DAY
from legation.documents.formats import FORMATS
from legation.documents.progress import Cancelled
from legation.documents.writing import write_document
from legation.errors import UserError
from legation.reports import fact_columns
from legation.reports.catalogue import report_named
from legation.reports.facts import events_by_id
from legation.reports.grains import GRAINS
from legation.reports.issuing import issue
from legation.reports.report import Basis
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database

CSV = FORMATS["csv"]


def _request(name: str = "who-met-whom", grain: str = "participation", **values: object) -> Request:
    report = report_named(name)
    return Request(report, new_options(report, **values), grain=grain)


def _issued(database: Database, request: Request, output: Path) -> list[Path]:
    with closing(database.reader()) as reader:
        return issue(database.path, reader, request, CSV, output)


@pytest.mark.parametrize("grain", list(GRAINS))
@pytest.mark.parametrize("together", [40, 10_000])
@pytest.mark.parametrize("name", ["who-met-whom", "country-matrix"])
def test_it_is_the_file_of_the_document(
    few_events: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, together: int, grain: str
) -> None:
    monkeypatch.setattr(fact_columns, "TOGETHER", together)
    request = _request(name, grain)
    issued = _issued(few_events, request, tmp_path / "issued.csv")
    with closing(few_events.reader()) as reader:
        written = write_document(make(few_events.path, reader, request), CSV, tmp_path / "written.csv")
    assert [each.name for each in issued] == ["issued.csv", "issued.csv.about.json"]
    assert [each.read_bytes() for each in issued] == [each.read_bytes() for each in written]
    assert json.loads(issued[1].read_text(encoding="utf-8"))["rows"] > 100


def test_other_formats_and_tables_are_written_as_ever(sample_database: Database, tmp_path: Path) -> None:
    written = _issued(sample_database, _request(grain=""), tmp_path / "met.csv")
    assert [each.name for each in written] == ["met.csv", "met.csv.about.json"]
    assert "Itochu" in written[0].read_text(encoding="utf-8-sig")
    with closing(sample_database.reader()) as reader:
        assert issue(sample_database.path, reader, _request(), FORMATS["html"], tmp_path / "met.html") == [
            tmp_path / "met.html"
        ]


def test_it_can_be_stopped_and_leaves_nothing(few_events: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    with closing(few_events.reader()) as reader, pytest.raises(Cancelled):
        issue(few_events.path, reader, _request(), CSV, tmp_path / "issued.csv", stop)
    assert told[-1][0] == told[-1][1] > 0
    assert list(tmp_path.iterdir()) == []
    assert _issued(few_events, _request(), tmp_path / "issued.csv")  # the file is free again


def test_what_is_wrong_leaves_nothing(sample_database: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no grain “week”"):
        _issued(sample_database, _request(grain="week"), tmp_path / "issued.csv")
    with pytest.raises(UserError, match="has no events to list"):
        _issued(sample_database, _request(period="1950"), tmp_path / "issued.csv")
    with pytest.raises(UserError, match="nowhere is not there"):
        _issued(sample_database, _request(), tmp_path / "nowhere" / "issued.csv")
    assert [each for each in tmp_path.iterdir() if "issued" in each.name] == []


def test_an_outline_notes_events_in_the_order_of_time(few_events: Database) -> None:
    with closing(few_events.reader()) as reader:
        report = report_named("who-met-whom")
        basis = Basis(reader, new_options(report), DAY)
        assert report.outline is not None
        report.outline(basis)
        facts = events_by_id(reader, list(basis.events)).values()
        assert basis.is_in_time and len(facts) > 50
        assert list(facts) == sorted(facts, key=lambda each: each.order)
