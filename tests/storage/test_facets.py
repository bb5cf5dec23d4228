"""Facets and completions of filters: what is counted is what the same filter then finds."""

from __future__ import annotations

from contextlib import closing

import pytest

from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import plans, undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.facets import condition_of, count_up_to, facet, facet_keys, facets
from legation.storage.filters.completing import completions
from legation.storage.filters.language import parse_filters
from legation.storage.queries import Query, count
from legation.storage.reading import Reader
from legation.storage.saving import save


@pytest.mark.parametrize("typed", ["", "kind:meeting or kind:consultations", "tokyo", "country:JPN since:2025"])
@pytest.mark.parametrize("few", [0, plans.FEW])
def test_each_value_of_a_facet_leaves_as_many_records_as_it_says(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, typed: str, few: int
) -> None:
    monkeypatch.setattr(plans, "FEW", few)
    query = Query("event", parse_filters(typed))
    found = facets(reader, query)
    assert {each.key for each in found} >= {"country", "kind", "date", "topic"}
    for each in found:
        for value in each.values:
            narrowed = query.filtered(*parse_filters(condition_of(each, value)))
            exact = [n for n in [count(reader, narrowed)] if each.key not in ("date", "topic")]
            assert not exact or exact == [value.count], (each.key, value)
            assert count(reader, narrowed) >= value.count
            assert (value.label and value.label != value.value) or each.key == "date"


def test_facets_of_the_sample(reader: Reader) -> None:
    kinds = facet(reader, Query("event"), "kind")
    assert (kinds.values[0].value, kinds.values[0].label, kinds.values[0].count) == ("meeting", "Meeting", 2)
    assert sum(each.count for each in kinds.values) == 8
    years = facet(reader, Query("event"), "date")
    assert [(each.value, each.count) for each in years.values] == [("2025", 6), ("2024", 1)]
    levels = facet(reader, Query("event"), "level")
    assert {each.label for each in levels.values} >= {"Business", "Highest"}
    assert facet_keys("person") == ("country",)
    assert facet_keys("source") == ("kind", "date")


def test_kept_counts_follow_every_step_and_its_undoing(database: Database) -> None:
    def kept() -> dict[str, list[tuple[str, int]]]:
        with closing(database.reader()) as reader:
            found = {key: facet(reader, Query("event"), key).values for key in ("country", "topic")}
        return {key: [(each.value, each.count) for each in values] for key, values in found.items()}

    assert kept() == {"country": [], "topic": []}
    event = new_draft(record_type("event"), title="Talks", kind="meeting", date="2025-03")
    ministry = database.write(
        "Add body",
        lambda session: save(session, new_draft(record_type("organisation"), name="A ministry", kind="ministry")),
    )
    for values in ({"country": "TKM"}, {"country": "JPN"}, {"country": "JPN", "organisation_id": ministry.result}):
        event.add_line("delegations", new_draft(record_type("delegation"), **values))
    for topic in ("E.power", "E.power", "P.visits"):
        event.add_line("agenda", new_draft(record_type("agenda_item"), topic=topic))
    ids = [database.write("Add event", lambda session: save(session, event)).result]
    once = {"country": [("JPN", 1), ("TKM", 1)], "topic": [("E.power", 1), ("P.visits", 1)]}
    assert kept() == once
    event = new_draft(record_type("event"), title="More talks", kind="meeting", date="2025-04")
    event.add_line("delegations", new_draft(record_type("delegation"), country="TKM"))
    ids.append(database.write("Add event", lambda session: save(session, event)).result)
    twice = {"country": [("TKM", 2), ("JPN", 1)], "topic": once["topic"]}
    assert kept() == twice
    database.write("Delete event", lambda session: delete_record(session, record_type("event"), ids[0]))
    assert kept() == {"country": [("TKM", 1)], "topic": []}
    undo.undo(database)
    assert kept() == twice
    sql = f"UPDATE delegation SET country = 'KAZ' WHERE country = 'TKM' AND event_id = {ids[1]}"
    database.write("Other party", lambda session: session.connection().exec_driver_sql(sql))
    assert kept()["country"] == [("JPN", 1), ("KAZ", 1), ("TKM", 1)]
    with database.step("Both at once") as session:
        for id in ids:
            delete_record(session, record_type("event"), id)
    assert kept() == {"country": [], "topic": []}
    assert check_workspace(database.path) == []


@pytest.mark.parametrize(("most", "number"), [(1000, 8), (3, 3)])
def test_counting_stops(reader: Reader, most: int, number: int) -> None:
    assert count_up_to(reader, Query("event"), most) == number


@pytest.mark.parametrize(
    ("typed", "text", "also"),
    [
        ("cou", "country:", "A party: TKM"),
        ("-ove", "overdue", "Something agreed"),
        ("ra", "rank<=", "The rank"),
        ('official:"Ahmet Gurbanov" -level:s', "senior_officials", "1 record"),
        ("(kind:meeting or sta", "status:", "The status"),
        ("country:jap", "JPN", "8 records"),
        ("country:TKM+jap", "JPN", "8 records"),
        ("kind:meeting status:he", "held", "2 records"),
        ('kind:"expo n', "expo_national_day", "1 record"),
        ("topic:elec", "E.power", "1 record"),
        ("official:gurb", '"Ahmet Gurbanov"', "2 records"),
        ("city:tok", "Tokyo", "2 records"),
        ("within:expo", '"World Expo 2025"', ""),
        ("region:central", '"Central Asia"', "8 records"),
        ("outcome:op", "open", "1 record"),
        ("level:bus", "business", "1 record"),
    ],
)
def test_a_filter_is_completed_with_counts(reader: Reader, typed: str, text: str, also: str) -> None:
    found = completions(reader, Query("event"), typed, len(typed))
    chosen = next(each for each in found if text in each.text)
    assert also in chosen.also
    completed = typed[: chosen.start] + chosen.text + typed[chosen.end :]
    if not completed.endswith((":", "<=")):
        parse_filters(completed)


def test_only_keys_that_apply_are_offered(reader: Reader) -> None:
    offered = {each.text for each in completions(reader, Query("source"), "", 0)}
    assert "city:" not in offered and {"since:", "body:"} <= offered
    assert completions(reader, Query("source"), "city:to", 7) == []
    assert completions(reader, Query("event"), "colour:re", 9) == []
