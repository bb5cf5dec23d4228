"""Who met whom, counted in columns, is what the facts of each event say."""

from __future__ import annotations

from contextlib import closing

import pytest

from built_reports import DAY
from legation.documents.document import Document
from legation.reports import fact_columns, who_met_whom
from legation.reports.catalogue import report_named
from legation.reports.report import Basis
from legation.reports.running import new_options
from legation.storage.database import Database
from meetings_one_by_one import meetings_one_by_one

ASKED = [{}, {"country": "USA"}, {"country": "JPN", "other": "TKM"}, {"period": "2010/"}, {"names": "family"}]


@pytest.mark.parametrize("together", [7, 10_000])
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(asked) or "all")
def test_columns_say_what_the_facts_of_each_event_say(
    sample_database: Database, many_events: Database, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str],
    together: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(fact_columns, "TOGETHER", together if together > 7 else 40)
    report, rows = report_named("who-met-whom"), 0
    for database in (sample_database, many_events):
        with closing(database.reader()) as reader:
            made, slow = (Basis(reader, new_options(report, **asked), DAY) for _way in range(2))
            document: Document = report.build(made)
            found = [(row.key, row.cells) for row in document.tables[0].rows()]
            ids = who_met_whom._chosen(slow)
            assert found == list(meetings_one_by_one(slow, ids, who_met_whom._wanted(slow).order_of))
            assert made.notes.printed(reader) == slow.notes.printed(reader)
        rows += len(found)
    assert rows > 2
