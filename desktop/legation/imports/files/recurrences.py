"""When a recurring event of a calendar takes place: its rule worked out up to a day, changes and exceptions kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from legation import clock
from legation.i18n import _

Event = Any  # the library's types do not say which property has which value
YEARS_AHEAD = 2
MOST = 2000  # of one series
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_PARTS_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


def horizon() -> date:
    """The day up to which rules are worked out."""
    today = clock.today()
    return date(today.year + YEARS_AHEAD, 12, 31)


def is_rule(event: Event) -> bool:
    """Whether an event says by a rule or a list when it takes place again."""
    return "RRULE" in event or "RDATE" in event


def work_out(series: list[Event], until: date) -> tuple[list[Event], str]:
    """The occurrences of one series up to a day, in order, and in a sentence what was not worked out, or "".

    `series` has the event with the rule and those that change single occurrences. An occurrence keeps the properties of
    the one it comes from, and says in RECURRENCE-ID when it was to be. Never raises: a rule that cannot be worked out
    gives the events as they stand.
    """
    import recurring_ical_events
    from icalendar import Calendar

    start = min((_day(each["DTSTART"].dt) for each in series if _has_start(each)), default=None)
    if start is None or any(_is_broken(each) for each in series):
        return series, _("The rule of this series cannot be read, so only its first date is here.")
    if any(_is_too_often(rule) for each in series for rule in _rules(each)):
        return series, _("The series recurs many times a day, so only its first date is here.")
    calendar = Calendar()
    for each in series:
        calendar.add_component(each)
    last = max(until, _years_after(start, YEARS_AHEAD))
    try:
        query = recurring_ical_events.of(calendar, keep_recurrence_attributes=True)
        found: list[Event] = []
        while start <= last and len(found) <= MOST:
            end = min(_years_after(start, 5), last)
            found += query.between(start, end + timedelta(days=1))
            start = end + timedelta(days=1)
    except Exception as error:  # whatever a strange rule does to the library
        return series, _("The rule of this series cannot be worked out ({reason}).").format(reason=error)
    found = sorted(_once(found), key=lambda each: str(each["DTSTART"].dt))
    if len(found) > MOST:
        told = _("The series has more than {most} dates; the first {most} are here.")
        return found[:MOST], told.format(most=MOST)
    return found or series, ""


def _once(found: list[Event]) -> list[Event]:
    """Occurrences without those that reach from one portion of years into the next and are found in both."""
    known: dict[tuple[str, str], Any] = {}
    for each in found:
        planned = each["RECURRENCE-ID"].dt if "RECURRENCE-ID" in each else ""
        known.setdefault((str(planned), str(each["DTSTART"].dt)), each)
    return list(known.values())


def _has_start(event: Event) -> bool:
    try:
        return isinstance(event["DTSTART"].dt, date)
    except Exception:  # what is missing or badly written raises errors of the library's own
        return False


def _is_broken(event: Event) -> bool:
    return not _has_start(event) or any(name in ("RRULE", "RDATE", "RECURRENCE-ID") for name, _why in event.errors)


def _rules(event: Event) -> list[dict[str, Any]]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _is_too_often(rule: dict[str, Any]) -> bool:
    times = 1
    for part in _PARTS_OF_DAY:
        times *= max(1, len(rule.get(part, [])))
    return str(rule.get("FREQ", [""])[0]).upper() in _TOO_OFTEN or times > 12


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _years_after(day: date, years: int) -> date:
    return date(min(day.year + years, 9998), day.month, min(day.day, 28))
