"""Calendars (ICS) as one table: a row for each event and each occurrence of a series, at the time of its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from legation.errors import UserError
from legation.i18n import N_, _, ngettext
from legation.imports.files.calendar_text import CalendarText, Component, take_apart
from legation.imports.files.file_source import FileSource
from legation.imports.files.recurrences import horizon, is_rule, work_out
from legation.imports.files.text_encoding import Encoding, find_encoding
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceCell, SourceRow, SourceTable

Event = Any  # the library's types do not say which property has which value
LARGEST = 50 << 20  # bytes
MOST = 100_000  # rows
LINE, NAMELESS = "X-LEGATION-LINE", "legation-line-"
HEADINGS = (
    N_("Summary"),
    N_("Start"),
    N_("End"),
    N_("All day"),
    N_("Location"),
    N_("Description"),
    N_("Status"),
    N_("UID"),
    N_("Recurrence of"),
    N_("URL"),
    N_("Organiser"),
    N_("Attendees"),
    N_("Last modified"),
    N_("Time zone"),
)


def calendar_tables(source: FileSource, choices: ReadingChoices, encoding: Encoding | None = None) -> list[SourceTable]:
    """The events of a calendar as one table. Raises `UserError` when there are none."""
    if source.size > LARGEST:
        raise UserError(
            _("{name} is too large to be read as a calendar.").format(name=source.name),
            _("Export the years that you need by themselves."),
        )
    encoding = encoding or find_encoding(source, choices.encoding)
    with encoding.open(source) as file:
        text = take_apart(file, encoding.codec)
    if not text.events:
        raise UserError(
            _("{name} is a calendar without events.").format(name=source.name), _("Choose one that has some.")
        )
    reading = _Calendar(text)
    rows = reading.rows()
    table = SourceTable(
        file=source.name,
        name="",
        headings=tuple(_(each) for each in HEADINGS),
        rows=rows.__iter__,
        title=text.properties.get("X-WR-CALNAME", ""),
        how=(*encoding.how, *reading.how(len(rows))),
        used=ReadingChoices(encoding=encoding.codec),
        sample=encoding.sample,
        about=len(rows),
    )
    return [table]


class _Calendar:
    """The events of a calendar while they become rows."""

    def __init__(self, text: CalendarText) -> None:
        self.text = text
        self.until = horizon()
        self.notes = {each.number: each.notes for each in text.events}
        self.zone = _zone(text.properties.get("X-WR-TIMEZONE", ""))
        self.series = self.left_out = 0

    def rows(self) -> list[SourceRow]:
        """The rows, in the order in which the events stand in the file, occurrences by date."""
        alone, series = self._sorted()
        found = [(self._line(each), self._row(each, "")) for each in alone]
        for uid, events in series.items():
            self.series += 1
            occurrences, note = work_out(events, self.until)
            for each in occurrences[: max(0, MOST - len(found))]:
                found.append((self._line(events[0]), self._row(each, uid, note)))
        found.sort(key=lambda each: each[0])
        return [row for _line, row in found]

    def how(self, count: int) -> tuple[str, ...]:
        """In sentences, what was made of the calendar."""
        told = [
            _("Times are those of the event's own time zone; the last day of whole-day events is the last they take.")
        ]
        if self.series:
            told.append(
                ngettext(
                    "{count} series was worked out up to {day}. Cancelled dates are marked, removed ones left out.",
                    "{count} series were worked out up to {day}. Cancelled dates are marked, removed ones left out.",
                    self.series,
                ).format(count=self.series, day=self.until.isoformat())
            )
        if count >= MOST:
            told.append(_("There are more than {most} dates; the others were left out.").format(most=MOST))
        if self.left_out:
            told.append(_("{count} entries could not be read at all and were left out.").format(count=self.left_out))
        others = {name: number for name, number in self.text.others.items() if name in ("VTODO", "VJOURNAL")}
        if others:
            told.append(
                _("{count} tasks and journal entries are no events and were left out.").format(
                    count=sum(others.values())
                )
            )
        return tuple(told)

    def _sorted(self) -> tuple[list[Event], dict[str, list[Event]]]:
        """Events that stand alone, and those of each series, whose identities are the same."""
        by_uid: dict[str, list[Event]] = {}
        for each in self._events():
            by_uid.setdefault(str(each.get("UID", "")), []).append(each)
        alone: list[Event] = []
        series: dict[str, list[Event]] = {}
        for uid, events in by_uid.items():
            if any(map(is_rule, events)) and sum("RECURRENCE-ID" not in each for each in events) == 1:
                series[uid] = events
            else:
                alone += events
        return alone, series

    def _events(self) -> Iterator[Event]:
        """The events, parsed together; when that fails each by itself, and what fails then is left out."""
        from icalendar import Calendar

        zones = [line for each in self.text.zones for line in _framed(each, each.lines)]
        try:
            yield from Calendar.from_ical(_calendar(zones, self.text.events)).walk("VEVENT")
            return
        except Exception:  # whatever a strange line does to the library
            pass
        for each in self.text.events:
            try:
                yield from Calendar.from_ical(_calendar(zones, [each])).walk("VEVENT")
            except Exception:
                self.left_out += 1

    def _line(self, event: Event) -> int:
        return int(str(event.get(LINE, 0)))

    def _row(self, event: Event, uid: str, note: str = "") -> SourceRow:
        """An event or occurrence as a row; `uid` is that of its series."""
        notes = [*self.notes.get(self._line(event), ()), *([note] if note else [])]
        start, end = _moment(event, "DTSTART", notes), _moment(event, "DTEND", notes)
        if start is None:
            notes.append(_("The event has no start."))
        if end is None and start is not None and (length := _length(event)):
            end = start + length
        is_day = start is not None and not isinstance(start, datetime)
        if is_day and end is not None and not isinstance(end, datetime):
            end = max(start, end - timedelta(days=1)) if start else end  # the first day after it in the file
        own = "" if str(event.get("UID", "")).startswith(NAMELESS) else str(event.get("UID", ""))
        planned = _moment(event, "RECURRENCE-ID", [])
        cells: tuple[SourceCell, ...] = (
            _words(event, "SUMMARY"),
            self._local(start),
            self._local(end),
            is_day,
            _words(event, "LOCATION"),
            _words(event, "DESCRIPTION"),
            _words(event, "STATUS"),
            f"{own}/{planned:%Y%m%dT%H%M%S}" if planned is not None and own else own or None,
            (uid or own or None) if planned is not None else None,
            _words(event, "URL"),
            _person(event.get("ORGANIZER")),
            "; ".join(filter(None, map(_person, _list(event.get("ATTENDEE"))))) or None,
            self._local(_moment(event, "LAST-MODIFIED", [])),
            self._zone_name(start),
        )
        return SourceRow(self._line(event), cells, notes=tuple(notes))

    def _local(self, moment: date | None) -> date | None:
        """A moment at the time of its place, without its zone; universal times in the zone of the calendar."""
        if not isinstance(moment, datetime):
            return moment
        if self.zone is not None and _is_universal(moment):
            moment = moment.astimezone(self.zone)
        return moment.replace(tzinfo=None)

    def _zone_name(self, moment: date | None) -> str | None:
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            return None
        if _is_universal(moment):
            return "UTC" if self.zone is None else str(self.zone)
        return str(getattr(moment.tzinfo, "key", None) or moment.tzname() or "") or None


def _is_universal(moment: datetime) -> bool:
    """Whether a moment was given in universal time, not that of a place where clocks happen to show the same."""
    return str(moment.tzinfo) in ("UTC", "Etc/UTC")


def _framed(component: Component, lines: list[str]) -> list[str]:
    return [f"BEGIN:{component.name}", *lines, f"END:{component.name}"]


def _calendar(zones: list[str], events: list[Component]) -> str:
    """A well-formed calendar of events, each with the line it begins in and an identity."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *zones]
    for each in events:
        more = [f"{LINE}:{each.number}"]
        if not any(line.upper().startswith(("UID:", "UID;")) for line in each.lines):
            more.append(f"UID:{NAMELESS}{each.number}")
        lines += _framed(each, [*each.lines, *more])
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name.strip()) if name.strip() else None
    except (OSError, ValueError):
        return None


def _moment(event: Event, name: str, notes: list[str]) -> date | None:
    """A day or a moment of an event; one that is badly written is read as ISO 8601 or told."""
    value = event.get(name)
    if isinstance(value, list):
        value = value[0]
    found = None if value is None else _try(lambda: value.dt)
    if isinstance(found, date):
        return found
    said = str(value or dict(event.errors).get(name) or "").strip()
    if not said:
        return None
    read: date | None = _try(lambda: (date if len(said) == 10 else datetime).fromisoformat(said))
    if read is not None:
        return read
    notes.append(_("“{said}” is no time, so {name} was left empty.").format(said=said, name=name))
    return None


def _length(event: Event) -> timedelta | None:
    found = _try(lambda: event["DURATION"].dt)
    return found if isinstance(found, timedelta) else None


def _try(read: Callable[[], Any]) -> Any:
    """What a function gives; None when it fails, whatever a strange value does to the library."""
    try:
        return read()
    except Exception:
        return None


def _words(event: Event, name: str) -> str | None:
    """The text of a property, several of them on lines of their own."""
    return "\n".join(str(each).strip() for each in _list(event.get(name)) if str(each).strip()) or None


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _person(value: Any) -> str | None:
    """The name of somebody, else the address."""
    if value is None:
        return None
    name = str(getattr(value, "params", {}).get("CN", "")).strip()
    address = str(value).strip()
    if address[:7].lower() == "mailto:":
        address = address[7:]
    return name or address or None
