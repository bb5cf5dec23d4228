"""Calendars: whole days, stable identities, what belongs to what; as a strict reader of the standard takes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from documents.calendar_lines import checked
from documents.rich_document import rich_document
from legation.documents.document import CalendarEntry, Document
from legation.documents.to_ics import to_ics
from legation.errors import UserError


def test_entries_are_whole_days_with_an_end_that_is_the_day_after() -> None:
    visit, meeting, summit = checked(to_ics(rich_document(3)))
    assert (visit["DTSTART"][1], visit["DTEND"][1]) == ("20250301", "20250304")
    assert (meeting["DTSTART"][1], meeting["DTEND"][1]) == ("20250302", "20250303")
    assert (summit["DTSTART"][1], summit["DTEND"][1]) == ("20251231", "20260101")


def test_identities_status_and_what_belongs_to_what() -> None:
    visit, meeting, summit = checked(to_ics(rich_document(3)))
    assert [each["UID"][1] for each in (visit, meeting, summit)] == ["1f0c@legation", "2a7d@legation", "3b11@legation"]
    assert [each["STATUS"][1] for each in (visit, meeting, summit)] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert meeting["RELATED-TO"] == (";RELTYPE=PARENT", visit["UID"][1])
    assert "RELATED-TO" not in visit and "RELATED-TO" not in summit  # its parent is not in the file
    assert summit["SEQUENCE"][1] == "3"


def test_a_second_reader_finds_the_same() -> None:
    calendar = Calendar.from_ical(to_ics(rich_document(3)))
    first, second, _third = calendar.walk("VEVENT")
    assert first["dtstart"].dt == date(2025, 3, 1) and first["dtend"].dt == date(2025, 3, 4)
    assert "藤井比早之, Гурбанов, عبد الله\\ and more" in str(first["description"])
    assert str(second["summary"]).startswith("Meeting: 藤井比早之藤井")
    assert first["dtstamp"].dt == datetime(2025, 2, 1, 9, 30, tzinfo=UTC)
    assert str(calendar["x-legation-revision"]) == "42"


def test_the_last_day_there_is_has_no_day_after() -> None:
    document = Document("End", calendar=[CalendarEntry("end", "End", "9999-12-31", "9999-12-31")])
    (entry,) = Calendar.from_ical(to_ics(document)).walk("VEVENT")
    assert entry["dtstart"].dt == date.max and "dtend" not in entry


def test_a_calendar_of_nothing_is_refused() -> None:
    with pytest.raises(UserError):
        to_ics(replace(rich_document(3), calendar=[]))
