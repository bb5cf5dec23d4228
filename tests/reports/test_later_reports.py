"""Matrix, register of visits, topics, framework, office-holders, evidence and brief, beside plain SQL."""

from __future__ import annotations

from datetime import date

import pytest

from built_reports import add, built, change, id_of, rows_of, said, sql, table_of
from legation.documents.document import Heading
from legation.documents.pictures import Picture
from legation.errors import UserError
from legation.reports.catalogue import report_named
from legation.reports.running import new_options, require_right
from legation.storage.database import Database

SHARED = """SELECT {columns} FROM event e JOIN event_kind k ON k.code = e.kind
    JOIN delegation a ON a.event_id = e.id JOIN delegation b ON b.event_id = e.id AND b.country > a.country
    WHERE e.status = 'held' AND k.class = 'C' {more}"""


def test_the_pairs_are_counted_as_sql_counts_them(many_events: Database) -> None:
    counted = SHARED.format(columns="a.country, b.country, count(DISTINCT e.id)", more="GROUP BY a.country, b.country")
    expected = sorted(number for _one, _other, number in sql(many_events, counted))
    table = next(each for each in built(many_events, "country-matrix").tables if each.name == "pairs")
    rows = rows_of(table)
    assert sorted(int(row["events"].replace(",", "")) for row in rows) == expected
    usa_china = sql(
        many_events, SHARED.format(columns="count(DISTINCT e.id)", more="AND a.country = 'CHN' AND b.country = 'USA'")
    )
    pair = next(row for row in rows if {row["one"], row["other"]} == {"China", "United States of America"})
    assert pair["events"] == str(usa_china[0][0])


def test_the_matrix_is_symmetric_and_its_last_row_adds_up(many_events: Database) -> None:
    document = built(many_events, "country-matrix")
    table = document.tables[0]
    codes = [column.name for column in table.columns[1:-3]]
    assert len(codes) == 18 and "countries that come up most" in said(document)
    cells = {
        row.key: {code: cell.value for code, cell in zip(codes, row.cells[1:], strict=False)} for row in table.rows()
    }
    for one in codes:
        assert cells[one][one] is None
        assert all(cells[one][other] == cells[other][one] for other in codes)
        assert cells["total"][one] == sum(cells[other][one] or 0 for other in codes)
    regions = sql(many_events, "SELECT code, region, name FROM country")
    order = {code: (region or "", name) for code, region, name in regions}
    assert codes == sorted(codes, key=order.__getitem__)
    assert any(isinstance(block, Picture) for block in document.blocks)


def test_each_row_of_the_matrix_has_the_sources_of_its_events(sample_database: Database) -> None:
    matrix, pairs = built(sample_database, "country-matrix").tables
    notes = {row.key: row.cells[-1].notes for row in matrix.rows()}
    of_pairs = {row.key: row.cells[-1].notes for row in pairs.rows()}
    assert notes["TKM"] == of_pairs["JPN-TKM"] != ()
    assert notes["total"] == tuple(sorted({number for numbers in of_pairs.values() for number in numbers}))


def test_the_events_of_a_row_count_a_summit_once(sample_database: Database) -> None:
    summit = add(
        sample_database, "event", kind="summit", title="Summit", status="held", date="2025-02-01", mode="in_person"
    )
    for code in ("TKM", "JPN", "KAZ", "UZB"):
        add(sample_database, "delegation", event_id=summit, country=code, role="participant", attendance="attended")
    rows = {row["country"]: row for row in table_of(built(sample_database, "country-matrix"))}
    assert rows["Kazakhstan"]["total"] == "3" and rows["Kazakhstan"]["events"] == "1"
    assert rows["Japan"]["total"] == "7" and rows["Japan"]["events"] == "5"
    group = id_of(sample_database, "organisation", "Central Asia")
    among = {row["country"] for row in table_of(built(sample_database, "country-matrix", members=group))}
    assert among == {"Kazakhstan", "Turkmenistan", "Uzbekistan", "Total"}


def test_by_level_there_is_a_matrix_for_each_level(many_events: Database) -> None:
    document = built(many_events, "country-matrix", variant="level")
    levels = sql(
        many_events,
        SHARED.replace("JOIN event_kind", "JOIN event_row r ON r.event_id = e.id JOIN event_kind").format(
            columns="coalesce(r.level, 'unknown'), count(DISTINCT e.id || a.country || b.country)", more="GROUP BY 1"
        ),
    )
    assert {table.name for table in document.tables[:-1]} == {f"matrix-{level}" for level, _count in levels}
    rows = rows_of(document.tables[-1])
    for level, number in levels:
        assert sum(int(row[level] or 0) for row in rows) == number


def test_visits_have_a_direction(sample_database: Database) -> None:
    document = built(sample_database, "country-matrix", variant="visits")
    rows = {row["country"]: row for row in table_of(document)}
    assert rows["Turkmenistan"]["JPN"] == "1" and rows["Turkmenistan"]["total"] == "1"
    assert rows["Visits received"]["JPN"] == "1" and list(rows) == ["Turkmenistan", "Visits received"]


def test_a_visit_tells_whom_the_visitors_met(sample_database: Database) -> None:
    (row,) = table_of(built(sample_database, "visits-register"))
    assert row["group"] == "Turkmenistan" and row["country"] == "Japan" and row["locality"] == "Tokyo"
    assert row["visitor"].startswith("Turkmen delegation; talks led by Ahmet Gurbanov (Deputy Minister")
    order = [row["remarks"].index(name) for name in ("Met with", "Ishikawa", "Fujii", "Tsubai")]
    assert order == sorted(order) and "Gurbanov" not in row["remarks"]
    assert row["from"] == row["to"] == "c. 27 January 2025" and row["type"] == ""


def test_a_named_visitor_stands_with_the_capacity_and_both_days(sample_database: Database) -> None:
    gurbanov = id_of(sample_database, "person", "Ahmet Gurbanov")
    visit = id_of(sample_database, "event", "Visit of the Turkmen delegation to Japan")
    side = sql(sample_database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'TKM'", visit)[0][0]
    add(
        sample_database, "delegate", event_id=visit, delegation_id=side, person_id=gurbanov, role="head",
        stated_as="Deputy Minister of Foreign Affairs of Turkmenistan",
    )  # fmt: skip
    change(sample_database, "event", visit, date="2025-01-26/2025-01-28", visit_type="working")
    (row,) = table_of(built(sample_database, "visits-register", country="TKM", visited="JPN", person=gurbanov))
    assert row["visitor"] == "Ahmet Gurbanov" and "Deputy Minister" in row["capacity"]
    assert (row["from"], row["to"], row["type"]) == ("26 January 2025", "28 January 2025", "Working")
    assert table_of(built(sample_database, "visits-register", country="JPN")) == []


def test_a_tour_is_told_by_its_visits(sample_database: Database) -> None:
    tour = add(sample_database, "event", kind="visit", title="Tour", status="held", date="2025-02", mode="in_person")
    add(sample_database, "delegation", event_id=tour, country="TKM", role="guest", attendance="attended")
    for country in ("FRA", "DEU"):
        stop = add(
            sample_database, "event", kind="visit", title=f"Visit to {country}", status="held", date="2025-02-03",
            country=country, parent_id=tour, mode="in_person",
        )  # fmt: skip
        add(sample_database, "delegation", event_id=stop, country="TKM", role="guest", attendance="attended")
    rows = table_of(built(sample_database, "visits-register", period="2025-02"))
    assert [row["country"] for row in rows] == ["France", "Germany"]


def test_topics_are_counted_as_sql_counts_them(many_events: Database) -> None:
    expected = sql(
        many_events,
        """SELECT t.name, count(*), count(DISTINCT e.id) FROM agenda_item i JOIN topic t ON t.code = i.topic
        JOIN event e ON e.id = i.event_id WHERE e.status = 'held'
        AND e.id IN (SELECT event_id FROM delegation WHERE country = 'USA')
        AND e.id IN (SELECT event_id FROM delegation WHERE country = 'CHN') GROUP BY t.code""",
    )
    rows = table_of(built(many_events, "topic-profile", country="USA", other="CHN"))
    assert {(row["topic"], int(row["items"]), int(row["events"])) for row in rows} == set(expected)
    baskets = list(dict.fromkeys(row["group"] for row in rows))
    order = [name for (name,) in sql(many_events, "SELECT name FROM topic WHERE parent IS NULL ORDER BY id")]
    assert baskets == [name for name in order if name in baskets]
    for basket in baskets:
        items = [int(row["items"]) for row in rows if row["group"] == basket]
        assert items == sorted(items, reverse=True)


def test_the_years_of_a_topic_add_up(many_events: Database) -> None:
    document = built(many_events, "topic-profile", country="USA", period="2020-01-01/2023-12-31")
    years = [column.name for column in document.tables[0].columns if column.name.startswith("year-")]
    assert years and set(years) <= {f"year-{year}" for year in range(2018, 2025)}
    for row in rows_of(document.tables[0]):
        assert sum(int(row[year] or 0) for year in years) == int(row["events"])


def test_what_was_not_dealt_with_for_a_year_is_silent(sample_database: Database) -> None:
    pair = {"country": "TKM", "other": "JPN"}
    now = built(sample_database, "topic-profile", **pair)
    assert [table.name for table in now.tables] == ["topics"]
    rows = {row["topic"]: row for row in table_of(now)}
    assert rows["Expositions"]["items"] == "2" and rows["Expositions"]["acts"] == "Discussed 2"
    assert rows["Trade-economic, in general"]["group"] == "Trade-economic"
    later = built(sample_database, "topic-profile", day=date(2026, 1, 27), **pair)
    silent = rows_of(later.tables[1])
    assert len(silent) == later.tables[0].count and {row["months"] for row in silent} == {"12"}
    assert len(built(sample_database, "topic-profile", day=date(2026, 1, 26), **pair).tables) == 1


def test_who_raised_a_topic_alone_is_told(sample_database: Database) -> None:
    pair = {"country": "TKM", "other": "JPN"}
    assert "speakers" not in table_of(built(sample_database, "topic-profile", **pair))[0]
    item, event = sql(sample_database, "SELECT id, event_id FROM agenda_item WHERE topic = 'E.power'")[0]
    side = sql(sample_database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'JPN'", event)[0][0]
    change(sample_database, "agenda_item", item, speaker_id=side)
    rows = {row["topic"]: row["speakers"] for row in table_of(built(sample_database, "topic-profile", **pair))}
    assert rows["Electric power"] == "Japan 1" and rows["Oil and gas"] == ""


def test_the_summit_has_everything_said_about_it(sample_database: Database) -> None:
    dialogue = id_of(sample_database, "organisation", '"Central Asia + Japan" dialogue')
    summit = id_of(sample_database, "event", 'First "Central Asia + Japan" summit')
    source = id_of(sample_database, "source", "Turkmenistan and Japan Discuss Strengthening Cooperation")
    add(sample_database, "citation", source_id=source, event_id=summit, states="August 2024 in Astana")
    document = built(sample_database, "framework-dossier", framework=dialogue)
    words = [(row["act"], row["words"]) for row in table_of(document, "said")]
    assert words == [
        ("States", "August 2024 in Astana"),
        ("Discussed", "Holding a first summit of the states in the dialogue"),
    ]
    (planned,) = table_of(document, "next")
    assert planned["number"] == "1" and planned["date"] == "date to be announced" and planned["status"] == "Proposed"
    assert table_of(document, "rounds") == [] and "Uzbekistan" in said(document)


def test_rounds_are_in_the_order_of_time_with_the_days_between(sample_database: Database) -> None:
    committees = sql(sample_database, "SELECT framework_id FROM event WHERE kind = 'committee_session'")[0][0]
    earlier = add(
        sample_database, "event", kind="committee_session", title="Fourteenth session", status="held",
        date="2022-12-22", country="JPN", city="Tokyo", framework_id=committees, ordinal=14, mode="in_person",
    )  # fmt: skip
    add(sample_database, "delegation", event_id=earlier, country="JPN", role="host", attendance="attended")
    rows = table_of(built(sample_database, "framework-dossier", framework=committees), "rounds")
    assert [row["number"] for row in rows] == ["14", ""]
    assert rows[0]["gap"] == "" and rows[1]["gap"] == f"{(date(2024, 12, 16) - date(2022, 12, 22)).days}"
    assert rows[0]["chair"] == "Japan (host)"
    assert rows[1]["outcomes"] == "Agreements reached at the meeting of 16-17 December 2024 (in progress)"
    document = built(sample_database, "framework-dossier", framework=committees)
    assert "16-17 December 2024, 51 days ago" in said(document)


def _special_representatives(database: Database) -> tuple[int, int]:
    """A second holder of Ishikawa's post, seen in it in May 2024; the ids of both appointments."""
    post = id_of(database, "post", "Special Representative for Central Asian and Caucasus Affairs")
    ishikawa = sql(database, "SELECT id FROM appointment WHERE post_id = ?", post)[0][0]
    ikegami = add(database, "person", name="Ikegami Masaki", family_name="Ikegami", given_name="Masaki", country="JPN")
    held = add(database, "appointment", person_id=ikegami, post_id=post, status="full")
    event = add(
        database, "event", kind="consultations", title="Consultations in Ashgabat", status="held", date="2024-05-17",
        country="TKM", mode="in_person",
    )  # fmt: skip
    side = add(database, "delegation", event_id=event, country="JPN", role="guest", attendance="attended")
    delegate = add(database, "delegate", event_id=event, delegation_id=side, person_id=ikegami, role="head")
    add(database, "capacity", delegate_id=delegate, appointment_id=held, person_id=ikegami)
    return int(ishikawa), held


def _holders(database: Database, on: str, post: str) -> list[dict[str, str]]:
    rows = table_of(built(database, "office-holders", country="JPN", on=on))
    return [row for row in rows if row["post"].startswith(post)]


def test_the_one_seen_on_the_day_comes_first(sample_database: Database) -> None:
    _special_representatives(sample_database)
    may = _holders(sample_database, "2024-05-17", "Special Representative")
    assert [row["holder"] for row in may] == ["Ikegami Masaki", "Ishikawa Masaki"]
    assert "Seen only after that day." in may[1]["remarks"]
    assert "Ikegami Masaki was seen in this post on 17 May 2024." in may[1]["remarks"]
    january = _holders(sample_database, "2025-01-27", "Special Representative")
    assert [row["holder"] for row in january] == ["Ishikawa Masaki", "Ikegami Masaki"]
    assert january[0]["seen"] == "27 January 2025" and january[0]["since"] == "Not stated"


def test_who_was_not_seen_for_a_year_and_has_no_period_stands_apart(sample_database: Database) -> None:
    ishikawa, ikegami = _special_representatives(sample_database)
    rows = _holders(sample_database, "2025-12-01", "Special Representative")
    groups = {row["holder"]: row["group"] for row in rows}
    assert groups["Ishikawa Masaki"] == "In office, as stated or seen"
    assert groups["Ikegami Masaki"] == "Period unknown, not seen in office within twelve months"
    assert "Not seen in office for twelve months." in rows[-1]["remarks"]
    change(sample_database, "appointment", ikegami, period="2022/2024-06")
    change(sample_database, "appointment", ishikawa, period="2024-07/")
    rows = _holders(sample_database, "2026-12-01", "Special Representative")
    assert [row["holder"] for row in rows] == ["Ishikawa Masaki"] and rows[0]["since"] == "July 2024"
    assert rows[0]["remarks"] == "Not seen in office for twelve months. End not known."


def test_office_holders_are_sorted_by_rank_and_a_body_has_its_parts(sample_database: Database) -> None:
    rows = built(sample_database, "office-holders", country="JPN").tables[0]
    ranks = dict(sql(sample_database, "SELECT a.id, p.rank FROM appointment a JOIN post p ON p.id = a.post_id"))
    found = [ranks[int(row.key.split(":")[1])] for row in rows.rows()]
    assert found == sorted(found) and len(found) == 6
    itochu = id_of(sample_database, "organisation", "Itochu Corporation")
    posts = {row["post"] for row in table_of(built(sample_database, "office-holders", body=itochu))}
    assert "President, Machinery and Equipment" in posts and len(posts) == 3
    with pytest.raises(UserError, match="give a country or a body"):
        require_right(new_options(report_named("office-holders")))


def test_the_evidence_of_a_visit_tells_the_chain_and_its_weakness(sample_database: Database) -> None:
    visit = id_of(sample_database, "event", "Visit of the Turkmen delegation to Japan")
    document = built(sample_database, "evidence", event=visit)
    events, facts = (rows_of(table) for table in document.tables)
    assert len(events) == 4 and {row["flags"] for row in events} == {"All from one origin. No source at first hand."}
    assert {row["chain"] for row in facts} == {
        "The Caspian Post > AKIpress > Ministry of Foreign Affairs of Turkmenistan"
    }
    assert any(row["quote"] == "“took place in Tokyo on January 27”" and row["locator"] == "para 1" for row in facts)
    offices = [row["fact"] for row in facts if "Tsubai" in row["fact"]]
    assert len(offices) == 4 and all(fact.startswith("Office: Tsubai Hiroyuki: ") for fact in offices)


def test_a_second_origin_at_first_hand_takes_the_flags_away(sample_database: Database) -> None:
    event = id_of(sample_database, "event", "Gurbanov - Fujii meeting")
    ministry = id_of(sample_database, "organisation", "Ministry of Foreign Affairs of Japan")
    source = add(sample_database, "source", kind="webpage", title="Courtesy call", publisher_id=ministry)
    add(sample_database, "citation", source_id=source, event_id=event, states="courtesy call")
    document = built(sample_database, "evidence", event=event)
    events, facts = (rows_of(table) for table in document.tables)
    assert events[0]["count"] == "2" and events[0]["origins"] == "2" and events[0]["flags"] == "Sources differ."
    differing = next(row for row in facts if row["states"])
    assert differing["issued"] == "n.d." and differing["states"] == "courtesy call"
    assert document.notes[-1].words == "“Courtesy call,” Ministry of Foreign Affairs of Japan, n.d."


def test_an_event_without_a_source_is_said_to_have_none(sample_database: Database) -> None:
    add(sample_database, "event", kind="meeting", title="Rumour", status="held", date="2025-02-01", mode="in_person")
    document = built(sample_database, "evidence", period="2025-02-01")
    row = next(row for row in table_of(document, "events") if row["event"] == "Rumour")
    assert row["flags"] == "No source." and row["sources"] == "unsourced"
    assert any(row["chain"] == "No source is cited." for row in table_of(document, "facts"))


def test_every_citation_of_the_events_is_a_fact(many_events: Database) -> None:
    cited = sql(many_events, "SELECT count(*) FROM citation WHERE event_id IS NOT NULL")[0][0]
    assert (
        sum(row["chain"] != "No source is cited." for row in table_of(built(many_events, "evidence"), "facts")) == cited
    )


def test_the_brief_is_made_of_four_reports(sample_database: Database) -> None:
    document = built(sample_database, "country-brief", country="TKM")
    headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == ["Upcoming events", "Outstanding commitments", "Office-holders", "Chronology"]
    for own, name in (("upcoming", "upcoming"), ("commitments", "commitments"), ("office-holders", "holders")):
        assert table_of(document, name) == table_of(built(sample_database, own, country="TKM"))
    held = sql(
        sample_database,
        "SELECT count(DISTINCT e.id) FROM event e JOIN delegation d ON d.event_id = e.id AND d.country = 'TKM'"
        " WHERE e.status = 'held'",
    )
    assert len(table_of(document, "chronology")) == held[0][0]
    assert document.calendar[0].title == "National Day of Turkmenistan at Expo 2025"


def test_the_period_of_a_brief_is_that_of_its_chronology(sample_database: Database, many_events: Database) -> None:
    document = built(sample_database, "country-brief", country="TKM", period="2024")
    assert [row["date"] for row in table_of(document, "chronology")] == ["16-17 December 2024"]
    assert len(table_of(document, "upcoming")) == 4
    whole = built(many_events, "country-brief", country="USA")
    assert len(table_of(whole, "chronology")) == 40 and "The newest 40 held events." in said(whole)
