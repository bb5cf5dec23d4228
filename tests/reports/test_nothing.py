"""A report without rows says how many events it looked through, and which option to change."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.documents.digest import digest_of
from legation.documents.to_text import to_text
from legation.errors import UserError
from legation.reports.catalogue import report_named
from legation.reports.running import Request, make, new_options
from legation.storage.database import Database

ALL = "events were looked through; none is of this report by these options."


def _told(database: Database, name: str, **options: object) -> str:
    """What the only table of a report says that has no rows."""
    report = report_named(name)
    with closing(database.reader()) as reader:
        document = make(database.path, reader, Request(report, new_options(report, **options)))
    assert document.about is not None and document.about.rows == 0
    assert document.about.digest == digest_of(document)
    said = document.tables[0].when_empty
    assert said in to_text(document)
    return said


def _events(database: Database) -> int:
    with closing(database.reader()) as reader:
        return int(reader.sql("SELECT count(*) FROM event")[0][0])


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ({"period": "1950"}, "Choose a longer period."),
        ({"where": "level:parliamentary"}, "Choose a wider filter."),
        ({"period": "1950", "where": "level:parliamentary"}, "Choose a longer period or a wider filter."),
        ({"country": "ISL"}, "Choose fewer or other options."),
    ],
)
def test_it_tells_how_much_was_looked_through(sample_database: Database, options: dict[str, str], advice: str) -> None:
    count = _events(sample_database)
    assert count > 1
    told = _told(sample_database, "who-met-whom", **options)
    assert told == f"Nobody is recorded to have met. {count} {ALL} {advice}"


def test_an_empty_workspace_says_that_it_is(database: Database) -> None:
    assert _told(database, "visits-register") == "No visit is recorded. The workspace has no events yet."


def test_a_report_of_offices_says_nothing_of_events(database: Database) -> None:
    assert _told(database, "office-holders", country="ISL") == "Nobody is known to hold an office there."


def test_a_plain_table_of_nothing_says_the_same(sample_database: Database) -> None:
    report = report_named("who-met-whom")
    asked = Request(report, new_options(report, period="1950"), grain="event")
    with closing(sample_database.reader()) as reader, pytest.raises(UserError, match=f"{ALL} Choose a longer period"):
        make(sample_database.path, reader, asked)
