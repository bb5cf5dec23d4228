"""Every report: on an empty workspace, on the sample, on many events, and on a register of real visits."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from built_reports import built, rows_of, said, sql, statements, table_of
from legation.documents.document import Document
from legation.documents.to_csv import read_csv
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.running import Request, make, new_options
from legation.reports.sets import fitting_formats
from legation.storage.database import Database
from visits_of_leaders import load_visits

# what each report is asked on the sample; numbers are ids of the sample
ASKED: dict[str, dict[str, Any]] = {
    "bilateral-chronology": {"country": "TKM", "other": "JPN"},
    "who-met-whom": {},
    "official-history": {"person": 1},
    "upcoming": {},
    "commitments": {},
    "meeting-log": {"country": "JPN", "period": "2025-33"},
    "country-matrix": {},
    "visits-register": {},
    "topic-profile": {"country": "TKM", "other": "JPN"},
    "framework-dossier": {"framework": 1},
    "office-holders": {"country": "JPN"},
    "evidence": {},
    "country-brief": {"country": "TKM"},
}
NOTHING = {
    "bilateral-chronology": "Nothing is recorded.",
    "who-met-whom": "Nobody is recorded to have met.",
    "official-history": "No event is recorded.",
    "upcoming": "Nothing is planned.",
    "commitments": "Nothing is outstanding.",
    "meeting-log": "Nobody is known to have held a ministerial post there then.",
    "country-matrix": "No two countries are recorded to have met.",
    "visits-register": "No visit is recorded.",
    "topic-profile": "No topic is recorded.",
    "framework-dossier": "No round was held.",
    "office-holders": "Nobody is known to hold an office there.",
    "evidence": "Nothing is recorded.",
    "country-brief": "Nothing is outstanding.",
}


def test_the_catalogue_has_all_reports_of_the_model() -> None:
    assert list(REPORTS) == list(ASKED)


@pytest.mark.parametrize("name", list(ASKED))
def test_an_empty_workspace_gives_a_sentence(database: Database, name: str) -> None:
    document = built(database, name, **ASKED[name])
    assert NOTHING[name] in said(document)
    assert all(table.count == 0 for table in document.tables if table.name != "upcoming")
    assert document.notes == [] or name == "country-brief"  # whose national day has the reference data behind it


@pytest.mark.parametrize("name", list(ASKED))
def test_the_sample_gives_lawful_tables(sample_database: Database, name: str) -> None:
    asked = ASKED[name]
    if name == "framework-dossier":
        asked = {"framework": _framework(sample_database)}
    document = built(sample_database, name, **asked)
    assert sum(table.count for table in document.tables) > 0
    _require_lawful(document)


@pytest.mark.parametrize("name", list(ASKED))
def test_each_report_can_be_written_in_every_fitting_format(sample_database: Database, name: str) -> None:
    asked = ASKED[name] if name != "framework-dossier" else {"framework": _framework(sample_database)}
    report = report_named(name)
    with closing(sample_database.reader()) as reader:
        document = make(sample_database.path, reader, Request(report, new_options(report, **asked)))
    for form in fitting_formats(report):
        written = form.write(document)
        assert len(written) > 60, form.name
        if form.name == "csv":
            assert len(list(read_csv(written.decode("utf-8")))) == document.tables[0].count + 1


def _framework(database: Database) -> int:
    return int(sql(database, "SELECT framework_id FROM event WHERE status = 'proposed'")[0][0])


def _require_lawful(document: Document) -> None:
    """Rows fit their columns, keys differ, the last column tells the sources, and each number has its note."""
    names = [table.name for table in document.tables]
    assert len(names) == len(set(names))
    numbers = {note.number for note in document.notes}
    used: set[int] = set()
    for table in document.tables:
        keys = [row.key for row in table.rows()]
        assert len(keys) == len(set(keys)), table.name
        assert all(len(row.cells) == len(table.columns) for row in table.rows()), table.name
        assert table.columns[-1].name == "sources"
        assert all(row.cells[-1].shown for row in table.rows()), table.name
        used |= {number for row in table.rows() for cell in row.cells for number in cell.notes}
        assert "None" not in " ".join(value for row in rows_of(table) for value in row.values())
    assert used == numbers


@pytest.mark.parametrize("name", list(ASKED))
def test_the_number_of_questions_does_not_grow_with_the_events(
    few_events: Database, many_events: Database, name: str
) -> None:
    asked = dict(ASKED[name])
    if "country" in asked:
        asked = {"country": "USA"} | ({"other": "JPN"} if "other" in asked else {}) | (
            {"period": "2020"} if "period" in asked else {}
        )  # fmt: skip
    few, many = statements(few_events, name, **asked), statements(many_events, name, **asked)
    assert many <= few + 2, (few, many)  # a question about nothing is not asked
    assert many < 50
    _require_lawful(built(many_events, name, **asked))


@pytest.mark.slow
def test_every_report_is_made_of_real_visits(database: Database) -> None:
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA names no folder with the real data")
    count = load_visits(database, Path(folder) / "visits" / "us-visits-of-foreign-leaders.csv")
    assert count > 3000
    with_usa: dict[str, dict[str, Any]] = {
        "bilateral-chronology": {"country": "GBR", "other": "USA"},
        "meeting-log": {"person": 1, "period": "1950"},
        "country-matrix": {"variant": "visits"},
        "topic-profile": {},
        "office-holders": {"country": "USA"},
        "country-brief": {"country": "FRA"},
    }
    for name in REPORTS:
        document = built(database, name, **with_usa.get(name, ASKED[name]))
        _require_lawful(document)
    register = built(database, "visits-register").tables[0]
    guests = sql(database, "SELECT count(*) FROM delegation WHERE role = 'guest' AND country IS NOT NULL")[0][0]
    british = sql(database, "SELECT count(DISTINCT event_id) FROM delegation WHERE country = 'GBR'")[0][0]
    assert register.count == guests
    matrix = built(database, "country-matrix", variant="visits")
    pairs = {row["one"]: row["events"] for row in table_of(matrix, "pairs")}
    assert pairs["United Kingdom"] == str(british)
