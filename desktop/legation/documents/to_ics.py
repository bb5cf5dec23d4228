"""A document's calendar as iCalendar (RFC 5545): whole days, stable identities, equal bytes for equal documents."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from legation.documents.document import CalendarEntry, Document
from legation.documents.letters import printable
from legation.errors import UserError
from legation.i18n import _

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Legation//Legation//EN"
DOMAIN = "legation"


def to_ics(document: Document) -> bytes:
    """The entries of the document as an .ics file. DTEND is the day after the last, as the standard has it.

    DTSTAMP is when the workspace was changed last, so that it does not differ from one writing to the next. Raises
    `UserError` when there is no entry: the standard knows no empty calendar (3.6).
    """
    from icalendar import Calendar

    if not document.calendar:
        raise UserError(
            _("Nothing in “{title}” has a day yet, and a calendar holds nothing else.").format(title=document.title),
            _("Choose another format, or another period."),
        )
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(document.title))
    if document.about is not None:
        calendar.add("x-legation-revision", str(document.about.revision))
        calendar.add("x-legation-sha256", document.about.digest)
    stamp = _moment(document.about.at if document.about is not None else "")
    known = {entry.uid for entry in document.calendar}
    for entry in document.calendar:
        calendar.add_component(_event(entry, stamp, known))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, stamp: datetime, known: set[str]) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.uid}@{DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("dtstart", date.fromisoformat(entry.first))
    last = date.fromisoformat(entry.last)
    if last < date.max:  # without an end an entry takes one day
        event.add("dtend", last + timedelta(days=1))
    event.add("summary", printable(entry.title))
    event.add("status", entry.status)
    event.add("sequence", entry.sequence)
    event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", printable(entry.place))
    if entry.words:
        event.add("description", printable(entry.words))
    if entry.parent in known:
        event.add("related-to", f"{entry.parent}@{DOMAIN}", parameters={"RELTYPE": "PARENT"})
    return event


def _moment(at: str) -> datetime:
    """A moment of the log in UTC; the first of 2000 where there is none."""
    try:
        return datetime.fromisoformat(at).astimezone(UTC).replace(microsecond=0)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
