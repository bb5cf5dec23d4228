"""Groups by year and month: each record in one group, in the order of the list, undated ones apart."""

from __future__ import annotations

import pytest

from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import plans
from legation.storage.database import Database
from legation.storage.filters.language import parse_filters
from legation.storage.groups import MONTH, UNDATED, YEAR, Group, date_order, groups, groups_among
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader
from legation.storage.saving import save

EVENT = record_type("event")


@pytest.fixture
def reader(sample_database: Database) -> Reader:
    """A reader of the sample and of events known less precisely."""
    for date in ("2025-01", "2025", "2024-12-31/2025-01-02", "../2020", None):
        draft = new_draft(EVENT, title=f"Event {date}", date=date, status="proposed")
        sample_database.write("Add event", lambda session, draft=draft: save(session, draft))
    return sample_database.reader()


TYPED = ("", "country:JPN", "status:proposed", "kind:meeting tokyo", "-undated", "country:JPN since:2025", "until:2024")


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("order", ["date", "-date"])
@pytest.mark.parametrize("by", [YEAR, MONTH])
@pytest.mark.parametrize("few", [0, plans.FEW])
def test_groups_are_runs_of_the_list(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, typed: str, order: str, by: str, few: int
) -> None:
    monkeypatch.setattr(plans, "FEW", few)
    query = Query("event", parse_filters(typed), order=(order,))
    listed = ids(reader, query)
    days = dict(reader.sql("SELECT id, iif(date IS NULL, '', date_from) FROM event"))
    found = groups(reader, query, by)
    letters = 4 if by == YEAR else 7
    keys = [days[id][:letters] for id in listed]
    assert [each.key for each in found] == list(dict.fromkeys(keys))
    for each in found:
        assert each.count is not None
        assert keys[each.first : each.first + each.count] == [each.key] * each.count
    assert sum(each.count or 0 for each in found) == len(listed)
    assert [(each.key, each.first) for each in groups_among(reader, query, by, listed)] == [
        (each.key, each.first) for each in found
    ]
    reader.close()


def test_what_is_known_less_precisely_is_told(reader: Reader) -> None:
    months = {each.key: each for each in groups(reader, Query("event", order=("-date",)), MONTH)}
    assert months["2025-01"].later == 2 and months["2024-12"].later == 1
    assert months["2025-01"].words.startswith("January 2025 · ")
    assert months["2025-01"].words.endswith(" records, 2 of them perhaps later")
    years = groups(reader, Query("event"), YEAR)
    assert years[-1].key == UNDATED and years[-1].words == "Without a date · 2 records"
    assert years[-2].words == "Beginning not known · 1 record"
    assert Group("2025", 0).words == "2025"
    reader.close()


def test_only_a_list_by_date_is_grouped() -> None:
    assert date_order(Query("event")) == ("-date",)
    assert date_order(Query("event", order=("date",))) == ("date",)
    assert date_order(Query("event", order=("title",))) is None
    assert date_order(Query("person")) is None
    assert date_order(Query("outcome", order=("-due",))) == ("-due",)
