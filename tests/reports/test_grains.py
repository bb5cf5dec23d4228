"""Plain tables made in columns say what the facts of each row say."""

from __future__ import annotations

from contextlib import closing

import pytest

from built_reports import DAY
from grains_one_by_one import rows_one_by_one
from legation.reports import fact_columns
from legation.reports.catalogue import report_named
from legation.reports.grains import GRAINS, grain_table
from legation.reports.report import Basis
from legation.reports.running import new_options
from legation.storage.database import Database


def _is_the_same(database: Database, grain: str, names: str) -> None:
    """Whether all events of a workspace give the same rows both ways; there must be some."""
    with closing(database.reader()) as reader:
        report = report_named("who-met-whom")
        every = dict.fromkeys(row[0] for row in reader.sql("SELECT id FROM event ORDER BY title"))
        bases = [Basis(reader, new_options(report, names=names), DAY, events=dict(every)) for _way in range(2)]
        made = [(row.key, row.cells) for row in grain_table(bases[0], grain).rows()]
        assert made == list(rows_one_by_one(bases[1], grain))
        assert bases[0].notes.printed(reader) == bases[1].notes.printed(reader)
    assert len(made) > 1


@pytest.mark.parametrize("names", ["official", "family"])
@pytest.mark.parametrize("grain", list(GRAINS))
@pytest.mark.parametrize("together", [7, 20_000])
def test_columns_say_what_the_facts_of_each_row_say(
    sample_database: Database, few_events: Database, monkeypatch: pytest.MonkeyPatch, together: int, grain: str,
    names: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(fact_columns, "TOGETHER", together)
    _is_the_same(sample_database, grain, names)
    _is_the_same(few_events, grain, names)
