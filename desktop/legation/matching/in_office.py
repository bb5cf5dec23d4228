"""Whether delegates held the posts that they act in on the day of the event, and who held them if not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import bounds
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.storage.labels import labels
from legation.storage.office_holders import holders_of
from legation.storage.reading import Reader


@dataclass(frozen=True)
class Flag:
    """What is told about a line without stopping it; `at` is the line's place in `Draft.walk` of the event.

    A `is_doubt` flag says how something was taken, where it may be otherwise; the others say what looks wrong.
    """

    at: int
    sentence: str
    is_doubt: bool = False


def posts_not_held(reader: Reader, event: Draft) -> tuple[Flag, ...]:
    """A flag for each capacity in an appointment that surely had ended, or had not begun, on the event's date."""
    if event["date"] is None:
        return ()
    first, last = bounds(event["date"])
    found = []
    for at, each in enumerate(event.walk()):
        if each.record.name == "capacity" and isinstance(each["appointment_id"], int):
            sentence = _sentence(reader, each["appointment_id"], first, last)
            if sentence:
                found.append(Flag(at, sentence))
    return tuple(found)


def _sentence(reader: Reader, appointment: int, first: str, last: str) -> str:
    table = table_named("appointment")
    columns = (table.c.post_id, table.c.period_from, table.c.period_to)
    rows = reader.rows(select(*columns).where(table.c.id == appointment))
    if not rows:
        return ""
    post, begin, end = rows[0]
    if end < first:
        told = _("{appointment}: ended before this day.")
    elif begin > last:
        told = _("{appointment}: not begun by this day.")
    else:
        return ""
    named = labels(reader, record_type("appointment"), [appointment])
    sentence = told.format(appointment=named.get(appointment, ""))
    holders = holders_of(reader, post, first, last)
    return f"{sentence} {_('Held then by {who}.').format(who=', '.join(holders))}" if holders else sentence
