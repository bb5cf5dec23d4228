"""Calendars as tables: times of the place, series worked out, changes and cancellations kept, bad writing mended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from legation import clock
from legation.documents.document import CalendarEntry, Document
from legation.documents.to_ics import to_ics
from legation.errors import UserError
from legation.imports.files import recurrences
from legation.imports.files.opening import open_tables
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceRow, SourceTable


def _table(*lines: str, codec: str = "utf-8", choices: ReadingChoices | None = None) -> SourceTable:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    (table,) = open_tables(text.encode(codec), choices or ReadingChoices(), "calendar.ics")
    return table


def _event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def _named(table: SourceTable, *names: str) -> list[tuple[object, ...]]:
    at = [table.headings.index(name) for name in names]
    return [tuple(row.cells[place] for place in at) for row in table.rows()]


def _rows(table: SourceTable) -> list[SourceRow]:
    return list(table.rows())


def test_an_event_with_all_it_has() -> None:
    table = _table(
        "X-WR-CALNAME:Protocol",
        *_event(
            "UID:one", "SUMMARY:Lunch\\, with\\nguests", "LOCATION:Tokyo", "DESCRIPTION:a very", "  long one",
            "STATUS:CONFIRMED", "URL:https://example.org/1",
            "DTSTART;TZID=Asia/Tokyo:20250127T120000", "DURATION:PT90M",
            "ORGANIZER;CN=Protocol Office:mailto:p@example.org", 'ATTENDEE;CN="Ishikawa, T":mailto:i@example.org',
            "ATTENDEE:mailto:x@example.org", "LAST-MODIFIED:20250101T000000Z",
            "BEGIN:VALARM", "DESCRIPTION:alarm", "TRIGGER:-PT15M", "END:VALARM",
        ),
    )  # fmt: skip
    assert table.title == "Protocol"
    (row,) = _rows(table)
    assert row.number == 4
    assert row.cells == (
        "Lunch, with\nguests", datetime(2025, 1, 27, 12), datetime(2025, 1, 27, 13, 30), False, "Tokyo",
        "a very long one", "CONFIRMED", "one", None, "https://example.org/1", "Protocol Office",
        "Ishikawa, T; x@example.org", datetime(2025, 1, 1), "Asia/Tokyo",
    )  # fmt: skip


def test_whole_days_end_with_their_last() -> None:
    table = _table(
        *_event("UID:a", "DTSTART;VALUE=DATE:20250127", "DTEND;VALUE=DATE:20250130", "SUMMARY:Visit"),
        *_event("UID:b", "DTSTART;VALUE=DATE:20250201", "SUMMARY:National day"),
    )
    days = _named(table, "Start", "End", "All day")
    assert days == [(date(2025, 1, 27), date(2025, 1, 29), True), (date(2025, 2, 1), None, True)]


def test_a_series_with_a_moved_a_cancelled_and_a_removed_date() -> None:
    when = "DTSTART;TZID=Europe/Berlin"
    planned = "RECURRENCE-ID;TZID=Europe/Berlin"
    table = _table(
        *_event("UID:a", "SUMMARY:Call", f"{when}:20250310T100000", "DTEND;TZID=Europe/Berlin:20250310T110000",
                "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20250317T100000"),
        *_event("UID:a", f"{planned}:20250324T100000", "SUMMARY:Call", "STATUS:CANCELLED", f"{when}:20250324T100000"),
        *_event("UID:a", f"{planned}:20250407T100000", "SUMMARY:Long call", f"{when}:20250408T150000"),
    )  # fmt: skip
    assert _named(table, "Summary", "Start", "Status", "UID", "Recurrence of") == [
        ("Call", datetime(2025, 3, 10, 10), None, "a/20250310T100000", "a"),
        ("Call", datetime(2025, 3, 24, 10), "CANCELLED", "a/20250324T100000", "a"),
        ("Call", datetime(2025, 3, 31, 10), None, "a/20250331T100000", "a"),  # ten also in summer time
        ("Long call", datetime(2025, 4, 8, 15), None, "a/20250407T100000", "a"),
    ]


def test_a_rule_without_an_end_goes_to_the_horizon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 5, 1))
    table = _table(*_event("UID:a", "DTSTART;VALUE=DATE:19911027", "RRULE:FREQ=YEARLY", "SUMMARY:Independence day"))
    days = [each for (each,) in _named(table, "Start")]
    assert days == [date(year, 10, 27) for year in range(1991, 2029)]
    assert any("up to 2028-12-31" in each for each in table.how)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=SECONDLY", "many times a day"),
        ("FREQ=DAILY;BYHOUR=1,2,3,4;BYMINUTE=1,2,3,4", "many times a day"),
        ("FREQ=BOGUS", "cannot be read"),
        ("FREQ=WEEKLY;BYDAY=XX", "cannot be"),
    ],
)
def test_a_rule_that_cannot_be_worked_out_gives_its_first_date(rule: str, told: str) -> None:
    table = _table(*_event("UID:a", "DTSTART:20250101T100000Z", f"RRULE:{rule}", "SUMMARY:Tick"))
    (row,) = _rows(table)
    assert row.cells[1] == datetime(2025, 1, 1, 10)
    assert [told in note for note in row.notes] == [True]


def test_a_series_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurrences, "MOST", 10)
    table = _table(*_event("UID:a", "DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=DAILY", "SUMMARY:Briefing"))
    rows = _rows(table)
    assert [row.cells[1] for row in rows] == [date(2024, 1, 1) + timedelta(days=at) for at in range(10)]
    assert rows[0].notes == ("The series has more than 10 dates; the first 10 are here.",)


def test_a_changed_date_without_its_series_is_kept() -> None:
    table = _table(*_event("UID:a", "RECURRENCE-ID:20250324T100000Z", "DTSTART:20250325T100000Z", "SUMMARY:Moved"))
    assert _named(table, "Start", "Recurrence of") == [(datetime(2025, 3, 25, 10), "a")]


def test_universal_times_are_those_of_the_calendar_s_zone() -> None:
    event = _event("UID:a", "DTSTART:20250127T010000Z", "SUMMARY:Call")
    london = _event("UID:b", "DTSTART;TZID=Europe/London:20250127T010000", "SUMMARY:Call")
    assert _named(_table("X-WR-TIMEZONE:Asia/Tokyo", *event, *london), "Start", "Time zone") == [
        (datetime(2025, 1, 27, 10), "Asia/Tokyo"),
        (datetime(2025, 1, 27, 1), "Europe/London"),
    ]
    assert _named(_table(*event), "Start", "Time zone") == [(datetime(2025, 1, 27, 1), "UTC")]


def test_a_zone_of_the_file_and_one_that_nobody_knows() -> None:
    zone = [
        "BEGIN:VTIMEZONE", "TZID:Our own", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0500",
        "TZOFFSETTO:+0500", "TZNAME:TMT", "END:STANDARD", "END:VTIMEZONE",
    ]  # fmt: skip
    table = _table(
        *zone,
        *_event("UID:a", "DTSTART;TZID=Our own:20250127T090000", "SUMMARY:A"),
        *_event("UID:b", "DTSTART;TZID=Mars/Base:20250127T090000", "SUMMARY:B"),
        *_event("UID:c", "DTSTART;TZID=W. Europe Standard Time:20250127T090000", "SUMMARY:C"),
    )
    assert [each for (each,) in _named(table, "Start")] == [datetime(2025, 1, 27, 9)] * 3


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_wrong_and_missing_encodings(codec: str) -> None:
    table = _table(*_event("UID:a", "DTSTART:20250127T010000Z", "SUMMARY:Déjeuner à l'Élysée"), codec=codec)
    assert _named(table, "Summary") == [("Déjeuner à l'Élysée",)]


def test_quoted_printable_of_old_programs() -> None:
    table = _table(
        *_event(
            "DTSTART:20250127T010000Z",
            "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:D=C3=A9jeuner =",
            "officiel",
            "LOCATION:Paris",
        )
    )
    assert _named(table, "Summary", "Location", "UID") == [("Déjeuner officiel", "Paris", None)]


def test_broken_lines_are_read_and_told() -> None:
    table = _table(
        *_event("UID:a", "DTSTART:20250127T010000Z", "DESCRIPTION:first line",
                "second line without a fold", "SUMMARY:A"),
        *_event("UID:b", "DTSTART:2025-02-03", "DTEND:soon", "SUMMARY:B"),
        *_event("UID:c", "SUMMARY:No start"),
        "BEGIN:VEVENT", "UID:d", "DTSTART:20250127T010000Z", "SUMMARY:Never closed",
        *_event("UID:e", "DTSTART:20250127T010000Z", "SUMMARY:Zero\0 byte"),
        "BEGIN:VTODO", "SUMMARY:Task", "END:VTODO",
        "BEGIN:VEVENT", "UID:f", "DTSTART:20250127T010000Z", "SUMMARY:Cut",
    )  # fmt: skip
    rows = {row.cells[7]: row for row in table.rows()}
    assert list(rows) == ["a", "b", "c", "d", "e", "f"]
    assert rows["a"].cells[5] == "first line\nsecond line without a fold"
    assert "Line 7 is no property" in rows["a"].notes[0]
    assert (rows["b"].cells[1], rows["b"].cells[2]) == (date(2025, 2, 3), None)
    assert any("“soon” is no time" in note for note in rows["b"].notes)
    assert rows["c"].notes == ("The event has no start.",)
    assert "never closed" in rows["d"].notes[0] and rows["d"].cells[0] == "Never closed"
    assert rows["e"].cells[0] == "Zero byte"
    assert "1 tasks and journal entries are no events and were left out." in table.how


def test_a_calendar_cut_anywhere_ends_in_events_or_a_sentence() -> None:
    events = [
        *_event("UID:a", "DTSTART;TZID=Europe/Berlin:20250310T100000", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Déby"),
        *_event("UID:a", "RECURRENCE-ID;TZID=Europe/Berlin:20250317T100000", "DTSTART;VALUE=DATE:20250318"),
    ]
    content = "\r\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR"]).encode()
    for size in range(20, len(content), 3):
        try:
            (table,) = open_tables(content[:size], name="calendar.ics")
            assert all(len(row.cells) == len(table.headings) for row in table.rows())
        except UserError as error:
            assert error.what_happened


def test_a_calendar_without_events_says_so() -> None:
    with pytest.raises(UserError, match="a calendar without events"):
        _table("X-WR-CALNAME:Nothing")


def test_our_own_calendar_comes_back() -> None:
    entry = CalendarEntry(uid="x", title="Visit", first="2025-01-27", last="2025-01-29", place="Tokyo")
    (table,) = open_tables(to_ics(Document(title="Upcoming", calendar=[entry])), name="ours.ics")
    row = _named(table, "Summary", "Start", "End", "Location", "UID")
    assert row == [("Visit", date(2025, 1, 27), date(2025, 1, 29), "Tokyo", "x@legation")]
