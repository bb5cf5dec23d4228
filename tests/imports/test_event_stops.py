"""The places of a visit become stops where the mapping says so, and the visit is counted once."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from imports.text_tables import asked, counted, imported, planned, table
from legation.imports.event_stops import Stop, sometime_in, stops_of_cell
from legation.imports.planning import propose_mapping
from legation.imports.source_tables import SourceTable
from legation.matching.country_names import CountryNames
from legation.records.catalogue import record_type
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.undo import undo

VISITS = """Visitor,Visitor country,Host country,From,To,{heading}
President Barack Obama,United States,Egypt,2009-06-03,2009-06-05,"Cairo, Luxor, Aswan"
President Barack Obama,United States,Ghana,2009-07-10,2009-07-11,Accra
President Barack Obama,United States,Brazil,2011-03-19,2011-03-20,"Palácio da Alvorada, Brasília"
"""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Cairo, Luxor, Aswan", [("Cairo", None), ("Luxor", None), ("Aswan", None)]),
        ("Cairo and Luxor, Egypt", [("Cairo", "EGY"), ("Luxor", "EGY")]),
        (
            "Dallas, Fort Worth, Texas, and Boise, Idaho",
            [("Dallas", None), ("Fort Worth, Texas", None), ("Boise, Idaho", None)],
        ),
        ("Fort Worth, Texas, United States; Ohio", [("Fort Worth, Texas", "USA"), ("Ohio", None)]),
        ("Austin, Texas (United States) and Oslo (Norway)", [("Austin, Texas", "USA"), ("Oslo", "NOR")]),
        ("Cairo, Luxor, Amman (Jordan)", [("Cairo", None), ("Luxor", None), ("Amman", "JOR")]),
        ("Paris, France; Rome, Italy", [("Paris", "FRA"), ("Rome", "ITA")]),
        ("Paris (France), Rome (Italy)", [("Paris", "FRA"), ("Rome", "ITA")]),
        ("Paris, France, Rome, Italy", [("Paris", "FRA"), ("Rome", "ITA")]),
        ("Kuala Lumpur, Singapore", [("Kuala Lumpur", None), ("Singapore", "SGP")]),
        ("Washington, D.C.", [("Washington, D.C.", None)]),
        ("Oslo", [("Oslo", None)]),
        ("Japan; Chile", [("", "JPN"), ("", "CHL")]),
    ],
)
def test_the_stops_of_a_cell(database: Database, cell: str, expected: list[tuple[str, str | None]]) -> None:
    with closing(database.reader()) as reader:
        assert stops_of_cell(cell, CountryNames(reader).code_of) == [Stop(*each) for each in expected]


@pytest.mark.parametrize(
    ("date", "within"),
    [("2009-06-04", "2009-06-04~"), ("2009-06-03/2009-06-05", "2009-06-03~/2009-06-05~"), (None, None),
     ("[2025-03-10..2025-03-15]", "[2025-03-10..2025-03-15]")],
)  # fmt: skip
def test_a_stop_is_some_day_of_the_visit(date: str | None, within: str | None) -> None:
    assert sometime_in(date) == within


def test_a_place_with_a_comma_is_no_stop_by_surprise_but_that_is_offered(database: Database) -> None:
    plan = planned(database, table(VISITS.format(heading="Place")))
    assert plan.mapping.columns["Place"] == ("event.city",) and plan.records["event"] == 3
    assert "choose “Places, each a stop of the visit”" in plan.mapping.reasons["Place"]


def test_the_towns_of_a_visit_are_parts_of_it_and_the_visit_counts_once(database: Database) -> None:
    source = table(VISITS.format(heading="Cities").replace("Palácio da Alvorada, ", ""))
    plan = imported(database, source)
    assert plan.mapping.columns["Cities"] == ("event.stops",)
    assert counted(plan) == (3, 0, 0, 0)
    assert plan.rows[0].sentence.endswith("with the stops Cairo, Luxor, Aswan")
    stops = asked(
        database,
        "SELECT s.city, s.country, s.date, s.date_text, s.status, v.city FROM event s JOIN event v "
        "ON v.id = s.parent_id ORDER BY s.id",
    )
    assert [row[0] for row in stops] == ["Cairo", "Luxor", "Aswan"]
    assert {row[1:] for row in stops} == {
        ("EGY", "2009-06-03~/2009-06-05~", "during the visit", "held", "Cairo"),
    }  # fmt: skip
    parties = "SELECT count(*) FROM delegation d JOIN event e ON e.id = d.event_id WHERE e.parent_id IS "
    assert asked(database, parties + "NOT NULL") == [(0,)] and asked(database, parties + "NULL") == [(6,)]
    assert check_workspace(database.path) == []
    assert counted(planned(database, source)) == (0, 0, 3, 0)
    assert undo(database) is not None and asked(database, "SELECT count(*) FROM event") == [(0,)]


def test_a_visit_of_several_countries_is_a_tour_of_visits_to_each(database: Database) -> None:
    lines = (
        "Visitor,Visitor country,From,To,Itinerary\n"
        'Prime Minister Shinzo Abe,Japan,2015-10-22,2015-10-28,"Ashgabat, Turkmenistan; Astana, Kazakhstan; '
        'Almaty, Kazakhstan"\n'
    )
    source = table(lines)
    with closing(database.reader()) as reader:
        mapping = propose_mapping(reader, source, "visits")
    mapping = replace(mapping, columns={**mapping.columns, "Itinerary": ("event.stops",)})
    assert counted(imported(database, source, mapping)) == (1, 0, 0, 0)
    found = asked(
        database,
        "SELECT e.id, e.parent_id, e.country, e.city, (SELECT group_concat(d.role || ':' || d.country) FROM "
        "(SELECT * FROM delegation WHERE event_id = e.id ORDER BY role) d) FROM event e ORDER BY e.id",
    )
    tour = found[0][0]
    assert [row[1:] for row in found] == [
        (None, None, None, "guest:JPN"),
        (tour, "TKM", "Ashgabat", "guest:JPN,host:TKM"),
        (tour, "KAZ", None, "guest:JPN,host:KAZ"),
        (found[2][0], "KAZ", "Astana", None),
        (found[2][0], "KAZ", "Almaty", None),
    ]
    assert asked(database, "SELECT count(DISTINCT person_id), count(*) FROM delegate") == [(1, 3)]
    assert check_workspace(database.path) == []


BLAIR = (
    "No,Visitor,Visitor country,Host country,From,To,Cities\n"
    + '1,Tony Blair,United Kingdom,{host},2001-10-10,2001-10-14,"{cities}"\n'
)


def blair(cities: str, host: str = "Egypt") -> SourceTable:
    return table(BLAIR.format(host=host, cities=cities), "visits.csv")


def test_stops_that_a_later_file_adds_are_made(database: Database) -> None:
    imported(database, blair("Cairo, Luxor"))
    plan = imported(database, blair("Cairo, Luxor, Aswan"))
    assert counted(plan) == (0, 1, 0, 0) and plan.rows[0].sentence.endswith(": the stop Aswan")
    stops = asked(database, "SELECT city, country, date FROM event WHERE parent_id IS NOT NULL ORDER BY id")
    assert [city for city, *_more in stops] == ["Cairo", "Luxor", "Aswan"]
    assert {(country, date) for _city, country, date in stops} == {("EGY", "2001-10-10~/2001-10-14~")}
    assert check_workspace(database.path) == []
    assert counted(planned(database, blair("Cairo, Luxor, Aswan"))) == (0, 0, 1, 0)
    assert undo(database) is not None and asked(database, "SELECT count(*) FROM event") == [(3,)]


def test_the_stops_of_a_visit_that_had_none_are_made(database: Database) -> None:
    imported(database, blair("Cairo"))
    plan = imported(database, blair("Cairo, Luxor"))
    assert plan.rows[0].sentence.endswith(": the stop Cairo, the stop Luxor")


def test_a_stop_that_somebody_deleted_does_not_come_back(database: Database) -> None:
    imported(database, blair("Cairo, Luxor"))
    ((luxor,),) = asked(database, "SELECT id FROM event WHERE city = 'Luxor'")
    database.write("Delete", lambda session: delete_record(session, record_type("event"), int(str(luxor))))
    plan = imported(database, blair("Cairo, Luxor, Aswan"))
    assert plan.rows[0].sentence.endswith(": the stop Aswan")
    assert asked(database, "SELECT count(*) FROM event WHERE city = 'Luxor'") == [(0,)]


def test_a_later_file_adds_towns_and_countries_to_a_tour(database: Database) -> None:
    first = "Cairo, Egypt; Amman, Jordan"
    imported(database, blair(first, ""))
    plan = imported(database, blair(f"{first}; Aqaba, Jordan; Muscat, Oman; Salalah, Oman", ""))
    assert plan.rows[0].sentence.endswith(": the stop Aqaba, the stop Muscat, the stop Salalah")
    found = asked(
        database,
        "SELECT v.country, s.city FROM event s JOIN event v ON v.id = s.parent_id WHERE v.parent_id IS NOT NULL "
        "ORDER BY s.id",
    )
    assert found == [("JOR", "Aqaba"), ("OMN", "Muscat"), ("OMN", "Salalah")]
    assert asked(database, "SELECT country, city FROM event WHERE parent_id IS NULL") == [(None, None)]
    assert check_workspace(database.path) == []


def test_a_visit_of_one_country_is_made_a_tour_by_hand(database: Database) -> None:
    imported(database, blair("Cairo, Luxor"))
    plan = imported(database, blair("Cairo, Luxor, Amman (Jordan)"))
    assert "Make it a tour yourself" in plan.rows[0].sentence
    assert asked(database, "SELECT count(*) FROM event") == [(3,)]
