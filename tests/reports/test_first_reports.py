"""Chronology, who met whom, contact history, upcoming events, commitments and meeting log, beside plain SQL."""

from __future__ import annotations

from datetime import date

from built_reports import add, built, change, id_of, rows_of, said, sql, table_of
from legation.documents.document import Document
from legation.storage.database import Database


def test_the_chronology_is_in_years_with_meetings_under_their_visit(sample_database: Database) -> None:
    table = built(sample_database, "bilateral-chronology", country="TKM", other="JPN").tables[0]
    assert [group.title for group in table.groups] == ["2024", "2025", "Date to be announced"]
    levels = {row.key: row.level for row in table.rows()}
    visit = id_of(sample_database, "event", "Visit of the Turkmen delegation to Japan")
    children = sql(sample_database, "SELECT id FROM event WHERE parent_id = ?", visit)
    assert len(children) == 3 and all(levels[f"event:{id}"] == 1 for (id,) in children)
    keys = list(levels)
    at = keys.index(f"event:{visit}")
    assert set(keys[at + 1 : at + 4]) == {f"event:{id}" for (id,) in children}
    assert table.indented == "event"


def test_the_chronology_has_every_shared_event_that_was_not_cancelled(many_events: Database) -> None:
    shared = """SELECT count(DISTINCT e.id) FROM event e JOIN delegation a ON a.event_id = e.id AND a.country = 'USA'
        JOIN delegation b ON b.event_id = e.id AND b.country = 'CHN' WHERE e.status <> 'cancelled'"""
    assert built(many_events, "bilateral-chronology", country="USA", other="CHN").tables[0].count == sql(
        many_events, shared
    )[0][0]  # fmt: skip


def test_the_chronology_can_leave_business_out(sample_database: Database) -> None:
    pair = {"country": "TKM", "other": "JPN"}
    all_rows = {row["event"] for row in table_of(built(sample_database, "bilateral-chronology", **pair))}
    states = table_of(built(sample_database, "bilateral-chronology", **pair, dealings="states"))
    business = table_of(built(sample_database, "bilateral-chronology", **pair, dealings="business"))
    assert [row["event"] for row in business] == ["Turkmen delegation - Tsubai (Itochu) meeting"]
    assert {row["event"] for row in states} == all_rows - {business[0]["event"]}


def test_planned_parties_are_expected_and_not_unnamed(sample_database: Database) -> None:
    rows = {
        row["event"]: row
        for row in table_of(built(sample_database, "bilateral-chronology", country="TKM", other="JPN"))
    }
    summit = rows['First "Central Asia + Japan" summit']
    assert summit["one"] == "Turkmen delegation (expected)" and summit["kind"] == "Summit (proposed)"
    assert rows["Turkmen delegation - Tsubai (Itochu) meeting"]["one"] == "Turkmen delegation (unnamed)"


def test_where_sources_differ_both_values_stand(sample_database: Database) -> None:
    event = id_of(sample_database, "event", "Gurbanov - Fujii meeting")
    source = id_of(sample_database, "source", "Turkmenistan and Japan Discuss Strengthening Cooperation")
    add(sample_database, "citation", source_id=source, event_id=event, states="courtesy call")
    rows = table_of(built(sample_database, "bilateral-chronology", country="TKM", other="JPN"))
    row = next(row for row in rows if row["event"] == "Gurbanov - Fujii meeting")
    assert row["kind"] == "Meeting" and row["sources"] == "1; 1 states “courtesy call”"


def test_a_source_without_a_day_is_said_to_have_none(sample_database: Database) -> None:
    source = id_of(sample_database, "source", "Turkmenistan and Japan Discuss Strengthening Cooperation")
    change(sample_database, "source", source, issued=None)
    document = built(sample_database, "bilateral-chronology", country="TKM", other="JPN")
    assert document.notes[0].words == (
        "“Turkmenistan and Japan Discuss Strengthening Cooperation,” The Caspian Post, n.d., citing AKIpress, "
        "citing Ministry of Foreign Affairs of Turkmenistan."
    )


def test_the_itochu_meeting_is_there_although_nobody_is_named(sample_database: Database) -> None:
    rows = table_of(built(sample_database, "who-met-whom", country="TKM", other="JPN"))
    itochu = next(row for row in rows if row["last_event"].endswith("(Itochu) meeting"))
    assert itochu["one"] == "Turkmen delegation (unnamed)" and itochu["other"] == "Tsubai Hiroyuki"
    assert itochu["other_capacity"] == (
        "Chairman, Japanese-Turkmen Committee for Economic Cooperation; Executive Vice President, Itochu Corporation; "
        "President, Machinery and Equipment; Member of the Board of Directors, Itochu Corporation"
    )
    assert itochu["times"] == "1" and itochu["sources"] == "1"


def test_pairs_of_persons_are_counted_as_sql_counts_them(many_events: Database) -> None:
    counted = sql(
        many_events,
        """SELECT count(*), max(times) FROM (SELECT a.person_id, b.person_id, count(*) AS times
        FROM delegate a JOIN delegate b ON b.event_id = a.event_id AND b.delegation_id > a.delegation_id
        JOIN event e ON e.id = a.event_id JOIN event_kind k ON k.code = e.kind
        WHERE e.status = 'held' AND k.class = 'C'
        GROUP BY min(a.person_id, b.person_id), max(a.person_id, b.person_id))""",
    )[0]
    rows = table_of(built(many_events, "who-met-whom"))
    named = [row for row in rows if "unnamed" not in row["one"] + row["other"]]
    assert (len(named), max(int(row["times"]) for row in named)) == counted
    times = [int(row["times"]) for row in rows]
    assert times == sorted(times, reverse=True)


def test_who_was_absent_met_nobody(sample_database: Database) -> None:
    event = id_of(sample_database, "event", "Gurbanov - Fujii meeting")
    side = sql(sample_database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'JPN'", event)[0][0]
    assert any("Fujii" in row["other"] for row in table_of(built(sample_database, "who-met-whom", country="TKM")))
    change(sample_database, "delegation", side, attendance="absent")
    assert not any("Fujii" in row["other"] for row in table_of(built(sample_database, "who-met-whom", country="TKM")))


def test_one_official_stands_on_the_left(sample_database: Database) -> None:
    fujii = id_of(sample_database, "person", "Fujii Hisayuki")
    rows = table_of(built(sample_database, "who-met-whom", person=fujii))
    assert [(row["one"], row["other"]) for row in rows] == [("Fujii Hisayuki", "Ahmet Gurbanov")]


def test_the_history_of_an_official_is_newest_first_with_tenure_stated_and_seen(sample_database: Database) -> None:
    gurbanov = id_of(sample_database, "person", "Ahmet Gurbanov")
    held = sql(sample_database, "SELECT id FROM appointment WHERE person_id = ?", gurbanov)[0][0]
    document = built(sample_database, "official-history", person=gurbanov)
    posts, contacts = (rows_of(table) for table in document.tables)
    assert posts[0]["stated"] == "Not stated" and posts[0]["attested"] == "27 January 2025"
    assert [row["event"] for row in contacts] == [
        "Gurbanov - Fujii meeting",
        "Turkmen-Japanese political consultations",
    ]
    assert "Fujii Hisayuki (State Minister of Foreign Affairs" in contacts[0]["met"] and contacts[0]["met"].endswith(
        "Japan"
    )  # fmt: skip
    change(sample_database, "appointment", held, period="2019-05/..")
    again = built(sample_database, "official-history", person=gurbanov)
    assert rows_of(again.tables[0])[0]["stated"] == "May 2019 to present"


def test_totals_count_a_visit_and_its_meetings_once(sample_database: Database) -> None:
    gurbanov = id_of(sample_database, "person", "Ahmet Gurbanov")
    visit = id_of(sample_database, "event", "Visit of the Turkmen delegation to Japan")
    side = sql(sample_database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'TKM'", visit)[0][0]
    add(sample_database, "delegate", event_id=visit, delegation_id=side, person_id=gurbanov, role="head")
    document = built(sample_database, "official-history", person=gurbanov)
    assert document.tables[1].count == 3
    assert "Japan: 2 events" in said(document)


def test_the_summit_without_a_date_stands_under_date_to_be_announced(sample_database: Database) -> None:
    table = built(sample_database, "upcoming").tables[0]
    groups = {group.title: [row.key for row in group.rows] for group in table.groups}
    summit = id_of(sample_database, "event", 'First "Central Asia + Japan" summit')
    expo = id_of(sample_database, "event", "World Expo 2025")
    assert groups["Date to be announced"] == [f"event:{summit}"]
    assert groups["This year, month unknown"] == [f"event:{expo}"]
    assert list(groups) == [
        "February 2025", "April 2025", "September 2025", "This year, month unknown", "Date to be announced",
    ]  # fmt: skip
    row = next(row for row in table_of(built(sample_database, "upcoming")) if row["event"].startswith("First"))
    assert row["mentioned"] == "27 January 2025" and row["framework"] == '"Central Asia + Japan" dialogue, no. 1'
    assert groups["February 2025"] == ["holiday:JPN:2025"]


def test_a_national_day_tells_where_it_is_from(sample_database: Database) -> None:
    def notes(document: Document) -> list[str]:
        row = next(row for row in document.tables[0].rows() if row.key == "holiday:JPN:2025")
        words = {note.number: note.words for note in document.notes}
        return [words[number] for number in row.cells[-1].notes] or [row.cells[-1].text]

    assert notes(built(sample_database, "upcoming")) == ["Legation, reference data, release 1."]
    japan = sql(sample_database, "SELECT id FROM country WHERE code = 'JPN'")[0][0]
    change(sample_database, "country", japan, national_day="02-24")
    assert notes(built(sample_database, "upcoming")) == ["unsourced"]
    source = add(sample_database, "source", kind="webpage", title="Holidays")
    add(sample_database, "citation", source_id=source, country="JPN")
    assert notes(built(sample_database, "upcoming")) == ["“Holidays,” n.d."]


def test_who_is_expected_by_name_stands_with_the_party(sample_database: Database) -> None:
    day = id_of(sample_database, "event", "National Day of Turkmenistan at Expo 2025")
    side = sql(sample_database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'TKM'", day)[0][0]
    person = id_of(sample_database, "person", "Ahmet Gurbanov")
    add(
        sample_database, "delegate", event_id=day, delegation_id=side, person_id=person, role="head",
        stated_as="Deputy Minister",
    )  # fmt: skip
    rows = {row["event"]: row for row in table_of(built(sample_database, "upcoming"))}
    expected = rows["National Day of Turkmenistan at Expo 2025"]["parties"]
    assert expected == "Turkmenistan: Ahmet Gurbanov (Deputy Minister); Japan"


def test_what_has_begun_is_under_way_and_what_has_ended_is_gone(sample_database: Database) -> None:
    expo = id_of(sample_database, "event", "World Expo 2025")
    change(sample_database, "event", expo, date="2025-04-13/2025-10-13")
    in_june = built(sample_database, "upcoming", day=date(2025, 6, 1), holidays="none")
    assert in_june.tables[0].groups[0].title == "Under way"
    assert [row["event"] for row in table_of(in_june)] == ["World Expo 2025", 'First "Central Asia + Japan" summit']
    assert [entry.title for entry in in_june.calendar] == ["World Expo 2025"]
    after = table_of(built(sample_database, "upcoming", day=date(2025, 12, 1), holidays="none"))
    assert [row["event"] for row in after] == ['First "Central Asia + Japan" summit']


def test_the_december_agreements_were_last_reviewed_in_january(sample_database: Database) -> None:
    (row,) = table_of(built(sample_database, "commitments"))
    assert row["outcome"] == "Agreements reached at the meeting of 16-17 December 2024"
    assert row["reached"] == "16-17 December 2024" and row["group"] == "All parties jointly"
    assert row["reviewed"] == "c. 27 January 2025"
    assert row["reviewed_at"] == "Turkmen delegation - Tsubai (Itochu) meeting"
    assert row["status"] == "In progress" and row["overdue"] == ""


def test_the_overdue_lead_and_are_counted_in_days(sample_database: Database) -> None:
    event = id_of(sample_database, "event", "Meeting of the two Economic Cooperation Committees")
    owner = sql(sample_database, "SELECT id FROM delegation WHERE event_id = ? AND country = 'JPN'", event)[0][0]
    for title, due in (("Later", "2025-06"), ("Late", "2025-01-27"), ("Later still", None)):
        add(
            sample_database, "outcome", event_id=event, kind="commitment", title=title, status="agreed", due=due,
            owner_id=owner,
        )  # fmt: skip
    document = built(sample_database, "commitments")
    rows = table_of(document)
    assert [(row["group"], row["outcome"], row["overdue"]) for row in rows[:3]] == [
        ("Japan", "Late", "10"), ("Japan", "Later", ""), ("Japan", "Later still", ""),
    ]  # fmt: skip
    assert rows[3]["group"] == "All parties jointly" and rows[1]["reviewed_at"] == "Not reviewed yet"
    assert document.title == "Outstanding commitments, 1 overdue"


def test_the_log_repeats_the_minister_and_tells_a_journey_once(sample_database: Database) -> None:
    gurbanov = id_of(sample_database, "person", "Ahmet Gurbanov")
    document = built(sample_database, "meeting-log", person=gurbanov, period="2025-33")
    meetings, travel = (rows_of(table) for table in document.tables)
    assert [row["date"] for row in meetings] == ["27 January 2025", "27 January 2025"]
    assert all(row["minister"].startswith("Ahmet Gurbanov, Deputy Minister") for row in meetings)
    assert meetings[0]["purpose"].startswith("Turkmen-Japanese political consultations: Bilateral relations, ")
    (trip,) = travel
    assert trip["start"] == trip["end"] == "c. 27 January 2025" and trip["destination"] == "Tokyo, Japan"


def test_a_quarter_without_meetings_is_a_nil_return(sample_database: Database) -> None:
    gurbanov = id_of(sample_database, "person", "Ahmet Gurbanov")
    document = built(sample_database, "meeting-log", person=gurbanov, period="2025-34")
    meetings, travel = (rows_of(table) for table in document.tables)
    assert [meetings[0][name] for name in ("minister", "date", "counterpart", "purpose")] == [
        "Ahmet Gurbanov", "Nil return", "Nil return", "Nil return",
    ]  # fmt: skip
    assert meetings[0]["sources"] == travel[0]["sources"] == "0 events searched"
    add(sample_database, "event", kind="meeting", title="Talks", status="held", date="2025-05-02", mode="in_person")
    again = built(sample_database, "meeting-log", person=gurbanov, period="2025-34")
    assert [rows_of(table)[0]["sources"] for table in again.tables] == ["1 event searched"] * 2
    assert len(meetings) == len(travel) == 1 and travel[0]["destination"] == "Nil return"


def test_a_country_s_log_has_those_stated_or_seen_in_office_then(sample_database: Database) -> None:
    def ministers(period: str) -> set[str]:
        log = built(sample_database, "meeting-log", country="JPN", period=period)
        return {row["minister"].split(",")[0] for row in table_of(log)}

    assert ministers("2025-33") == {"Fujii Hisayuki"} and ministers("2025-34") == set()
    fujii = id_of(sample_database, "person", "Fujii Hisayuki")
    held = sql(sample_database, "SELECT id FROM appointment WHERE person_id = ?", fujii)[0][0]
    change(sample_database, "appointment", held, period="2024-11/..")
    assert ministers("2025-34") == {"Fujii Hisayuki"} and ministers("2024-33") == set()


def test_a_visit_without_meetings_is_a_journey(sample_database: Database) -> None:
    gurbanov = id_of(sample_database, "person", "Ahmet Gurbanov")
    visit = add(
        sample_database, "event", kind="visit", title="Visit to France", status="held", date="2025-02-03/2025-02-04",
        country="FRA", mode="in_person",
    )  # fmt: skip
    side = add(sample_database, "delegation", event_id=visit, country="TKM", role="guest", attendance="attended")
    add(sample_database, "delegate", event_id=visit, delegation_id=side, person_id=gurbanov, role="head")
    travel = rows_of(built(sample_database, "meeting-log", person=gurbanov, period="2025-33").tables[1])
    assert [(row["start"], row["end"], row["destination"]) for row in travel][1] == (
        "3 February 2025", "4 February 2025", "France",
    )  # fmt: skip
