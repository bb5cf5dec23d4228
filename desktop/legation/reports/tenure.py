"""In which offices persons were seen: the held events at which they acted in an appointment, first and last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from legation.fields.fuzzy_dates import print_date
from legation.records.catalogue import table_named
from legation.storage.plans import ONLY_BY_ID
from legation.storage.reading import Reader, listed


@dataclass(frozen=True, slots=True)
class Seen:
    """An event at which somebody acted in an office."""

    event: int
    date: str
    first: str
    last: str

    @property
    def words(self) -> str:
        """The date in words."""
        return print_date(self.date)


def seen_in_office(reader: Reader, appointments: Sequence[int]) -> dict[int, list[Seen]]:
    """By appointment, the held events at which it was acted in, in the order of time."""
    capacity, delegate, event = (table_named(each) for each in ("capacity", "delegate", "event"))
    columns = (capacity.c.appointment_id, event.c.id, event.c.date, event.c.date_from, event.c.date_to)
    statement = (
        select(*columns)
        .join(delegate, delegate.c.id == capacity.c.delegate_id)
        .join(event, event.c.id == delegate.c.event_id)
        .where(capacity.c.appointment_id.in_(listed(appointments)), event.c.status == "held", event.c.date.is_not(None))
        .with_hint(event, ONLY_BY_ID, "sqlite")  # or all that were ever held are looked through
    )
    found: dict[int, list[Seen]] = {}
    for held, *facts in sorted(reader.rows(statement), key=lambda row: (row[0], row[3], row[4], row[1])):
        found.setdefault(held, []).append(Seen(*facts))
    return found


def span(seen: Sequence[Seen]) -> str:
    """From when to when somebody was seen in an office, in words; "" for nobody seen."""
    if not seen:
        return ""
    last = max(seen, key=lambda each: (each.last, each.first))
    begins, ends = seen[0].words, last.words
    return begins if seen[0].date == last.date else f"{begins} – {ends}"
