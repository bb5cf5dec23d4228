"""Reports of real visits, taken over by the import that users have, and handed in in every format."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from built_reports import rows_of
from legation.cli import run
from legation.documents.document import Document
from legation.documents.to_csv import read_csv
from legation.errors import UserError
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.running import Request, make, new_options
from legation.reports.sets import fitting_formats
from legation.storage.database import Database

REAL = os.environ.get("LEGATION_REAL_DATA", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL, reason="LEGATION_REAL_DATA does not say where the real data is"),
]
# what each report is asked; the register has visits alone, and the host at each of them
ASKED: dict[str, dict[str, Any]] = {
    "bilateral-chronology": {"country": "GBR", "other": "USA", "period": "1940/1965"},
    "official-history": {"person": "Winston S. Churchill"},
    "meeting-log": {"country": "GBR", "period": "1950/1960"},
    "country-matrix": {"variant": "visits", "period": "1990/2000"},
    "visits-register": {"country": "GBR"},
    "office-holders": {"country": "GBR", "on": "2010-01-01"},
    "evidence": {"period": "1963"},
    "country-brief": {"country": "FRA"},
}
WITHOUT_ROWS = ("who-met-whom", "upcoming", "commitments", "topic-profile")  # none met, none planned, nothing agreed


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A workspace into which `legation import` took the register."""
    path = tmp_path_factory.mktemp("real") / "visits.legation"
    assert run(["new", str(path)]) == 0
    assert run(["import", str(path), str(Path(REAL) / "visits" / "us-visits-of-foreign-leaders.csv")]) == 0
    database = Database(path)
    yield database
    database.close()


def _made(database: Database, name: str) -> Document:
    asked = dict(ASKED.get(name, {}))
    if "person" in asked:
        asked["person"] = _churchill(database)
    report = report_named(name)
    with closing(database.reader()) as reader:
        return make(database.path, reader, Request(report, new_options(report, **asked)))


def _churchill(database: Database) -> int:
    with closing(database.reader()) as reader:
        rows = reader.sql("SELECT id FROM person WHERE name LIKE '%Churchill' ORDER BY id")
    return int(rows[0][0])


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "framework-dossier"])
def test_every_report_is_written_in_every_format(imported: Database, name: str) -> None:
    document = _made(imported, name)
    rows = sum(table.count for table in document.tables)
    assert (rows == 0) is (name in WITHOUT_ROWS)
    for table in document.tables:
        assert all(row.cells[-1].shown for row in table.rows())
    for form in fitting_formats(report_named(name)):
        if form.name == "ics" and not document.calendar:
            with pytest.raises(UserError, match="Nothing in “Upcoming events” has a day yet"):
                form.write(document)
            continue
        written = form.write(document)
        if form.name == "csv":
            assert len(list(read_csv(written.decode("utf-8")))) == document.tables[0].count + 1
        else:
            assert len(written) > 100


def test_visits_of_a_country_are_all_in_its_register(imported: Database) -> None:
    with closing(imported.reader()) as reader:
        count = reader.sql("SELECT count(*) FROM delegation WHERE country = 'GBR' AND role = 'guest'")[0][0]
    register = rows_of(_made(imported, "visits-register").tables[0])
    assert len(register) == count > 100
    assert any("Churchill" in row["visitor"] and row["from"] == "19 June 1942" for row in register)
    assert all(row["sources"] == "1" for row in register)


def test_ministers_without_meetings_return_nil_and_say_how_many_events_were_searched(imported: Database) -> None:
    meetings, travel = (rows_of(table) for table in _made(imported, "meeting-log").tables)
    assert meetings and all(row["purpose"] == "Nil return" for row in meetings)
    assert all(row["sources"].endswith(" events searched") for row in meetings)
    assert all(row["sources"] == "1" for row in travel if row["start"] != "Nil return")


def test_a_pdf_of_real_visits_begins_its_table_on_the_first_page(imported: Database) -> None:
    from legation.documents.paper.pages import Pages
    from legation.documents.paper.places import has_words

    pages = Pages(_made(imported, "bilateral-chronology"))
    assert has_words(pages, 0, "When they met") and has_words(pages, 0, "American delegation (unnamed)")
