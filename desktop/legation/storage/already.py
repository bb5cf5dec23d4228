"""What a workspace has already of what is being entered: the same event, the same address of a source."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import and_, func, select

from legation.records.catalogue import table_named
from legation.records.columns import EARLIEST, LATEST
from legation.storage.reading import Reader

DAYS = 3  # how far two reports of one event may lie apart
MOST = 5


def same_events(
    reader: Reader,
    countries: Collection[str],
    first: str,
    last: str,
    *,
    framework: int | None = None,
    ordinal: int | None = None,
    but: int | None = None,
) -> list[int]:
    """The ids of events with exactly these countries as parties, that begin within three days of these bounds.

    Events of the same round (`ordinal`) of the same framework count whatever their date. `but` is the event itself.
    Days are ISO 8601; a span of more than a month tells too little to go by.
    """
    event, side = table_named("event"), table_named("delegation")
    near = []
    if len(set(countries)) >= 2 and _is_narrow(first, last):
        from_day, to_day = _shifted(first, -DAYS), _shifted(last, DAYS)
        codes = sorted(set(countries))
        of_event = select(side.c.country).where(side.c.event_id == event.c.id, side.c.country.is_not(None))
        matching = select(func.count(func.distinct(side.c.country))).where(side.c.event_id == event.c.id)
        near.append(
            and_(
                event.c.date_from.between(from_day, to_day),
                matching.where(side.c.country.in_(codes)).scalar_subquery() == len(codes),
                ~of_event.where(side.c.country.not_in(codes)).exists(),
            )
        )
    if framework is not None and ordinal is not None:
        near.append(and_(event.c.framework_id == framework, event.c.ordinal == ordinal))
    found: list[int] = []
    for condition in near:  # one question each, so that each takes its own index
        statement = select(event.c.id).where(condition, event.c.id != (but or 0))
        statement = statement.order_by(event.c.date_from).limit(MOST)
        found += [row[0] for row in reader.rows(statement) if row[0] not in found]
    return found


def source_at(reader: Reader, address: str, *, but: int | None = None) -> int | None:
    """The id of the source with a web address, with or without a slash at its end; None when there is none."""
    source, bare = table_named("source"), address.rstrip("/")
    statement = select(source.c.id).where(source.c.url.in_((bare, bare + "/")), source.c.id != (but or 0))
    found = reader.value(statement.order_by(source.c.id).limit(1))
    return None if found is None else int(found)


def _is_narrow(first: str, last: str) -> bool:
    if first == EARLIEST or last == LATEST:
        return False
    return (date.fromisoformat(last) - date.fromisoformat(first)).days <= 31


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
