"""Events counted and taken together: light facts of very many events, what is part of what, and what was a contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from legation.records.catalogue import table_named
from legation.records.vocabulary import CONTACT_KINDS
from legation.reports.facts import EventFacts
from legation.storage.reading import Reader, listed


class Dated(NamedTuple):
    """What counting needs of an event; `level` is the stated or derived one."""

    id: int
    kind: str
    title: str
    date: str | None
    date_from: str
    date_to: str
    country: str | None
    level: str | None


def dated_by_id(reader: Reader, ids: Sequence[int]) -> dict[int, Dated]:
    """Events by id, in the order asked for; those that are gone are left out."""
    event, row = table_named("event"), table_named("event_row")
    columns = (event.c.id, event.c.kind, event.c.title, event.c.date, event.c.date_from, event.c.date_to,
               event.c.country, row.c.level)  # fmt: skip
    joined = event.outerjoin(row, row.c.event_id == event.c.id)
    found = {
        each[0]: Dated._make(each)
        for each in reader.rows(select(*columns).select_from(joined).where(event.c.id.in_(listed(ids))))
    }
    return {id: found[id] for id in ids if id in found}


def parts_of(reader: Reader, ids: Collection[int]) -> dict[int, list[int]]:
    """By event, the events that are part of it, at any depth; an event in a ring of parts is no part of itself."""
    event, below = table_named("event"), table_named("event").alias("below")
    first = select(event.c.parent_id.label("whole"), event.c.id.label("part")).where(
        event.c.parent_id.in_(listed(sorted(ids)))
    )
    parts = first.cte("parts", recursive=True)
    deeper = select(parts.c.whole, below.c.id).join(below, below.c.parent_id == parts.c.part)
    parts = parts.union(deeper)
    found: dict[int, list[int]] = defaultdict(list)
    for whole, part in sorted(reader.rows(select(parts.c.whole, parts.c.part))):
        if whole != part:
            found[whole].append(part)
    return found


def held_once(events: Iterable[EventFacts]) -> list[EventFacts]:
    """The held contacts among events, and the held visits of which no contact is among them: each meeting once."""
    held = [each for each in events if each.status == "held"]
    contacts = [each for each in held if each.kind in CONTACT_KINDS]
    told = {each.parent for each in contacts}
    visits = {each.id for each in held if each.kind == "visit" and each.id not in told}
    return [each for each in held if each.kind in CONTACT_KINDS or each.id in visits]


def latest(events: Iterable[Dated]) -> Dated:
    """The event that ended last; of several the one that began last."""
    return max(events, key=lambda each: (each.date_to, each.date_from, each.id))
