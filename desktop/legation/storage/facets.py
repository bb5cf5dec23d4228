"""Facets: how many of the records found there are by country, kind, year, topic and level. Some questions in all,
however many records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select

from legation.fields.kinds import Choice
from legation.i18n import N_
from legation.records.catalogue import RECORD_TYPES, record_type, table_named
from legation.records.event_row import EventRow
from legation.records.vocabulary import LEVELS
from legation.storage.derived_facets import FACETS
from legation.storage.filters.meanings import DATED, dated
from legation.storage.labels import labels
from legation.storage.plans import ONLY_BY_ID, Plan
from legation.storage.queries import Query
from legation.storage.reading import Reader, gathered

MOST_VALUES = 8
MOST_COUNTED = 1000
MOST_LISTED = 200_000  # ids that are handed from one question to the next


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet: what the filter language calls it, what people call it, and how many records have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """A facet: its key in the filter language, its heading, and its most frequent values."""

    key: str
    label: str
    values: tuple[FacetValue, ...]


HEADINGS = {
    "country": N_("Country"),
    "kind": N_("Kind"),
    "status": N_("Status"),
    "date": N_("Year"),
    "topic": N_("Topic"),
    "level": N_("Level"),
}
_OF_EVENTS = ("country", "kind", "date", "topic", "level", "status")


def facet_keys(record: str) -> tuple[str, ...]:
    """The facets that a record type has."""
    if record == "event":
        return _OF_EVENTS
    own = RECORD_TYPES[record].by_name
    named = [key for key in ("country", "kind", "status", "topic") if key in own]
    return (*named, "date") if record in DATED else tuple(named)


def facet(reader: Reader, query: Query, key: str, most: int = MOST_VALUES) -> Facet:
    """One facet of what a question finds: the values that most records have, years newest first."""
    return _facet(reader, query, _chosen(reader, query), key, most)


def facets(reader: Reader, query: Query) -> list[Facet]:
    """All facets of what a question finds that tell it apart."""
    chosen = _chosen(reader, query)
    keys = facet_keys(query.record)
    counted = _counted_at_once(reader, query.record, keys, chosen) if chosen is not None else {}
    found = (_facet(reader, query, chosen, key, MOST_VALUES, counted.get(key)) for key in keys)
    return [each for each in found if each.values]


def _counted_at_once(
    reader: Reader, record: str, keys: Sequence[str], chosen: Select[Any]
) -> dict[str, list[tuple[Any, int]]]:
    """The facets that a record has one value of, all in one pass over the records chosen, most frequent first."""
    table, row = table_named(record), table_named("event_row")
    own = {key: column for key in keys for id, column in [_column(record, key)] if id.table in (table, row)}
    if not own:
        return {}
    statement = select(*own.values(), func.count()).where(table.c.id.in_(chosen)).group_by(*own.values())
    statement = statement.select_from(table.join(row, row.c.event_id == table.c.id) if record == "event" else table)
    counters = {key: Counter[Any]() for key in own}
    for *values, number in reader.rows(statement.with_hint(table, ONLY_BY_ID, "sqlite")):
        for key, value in zip(own, values, strict=True):
            if value is not None:
                counters[key][value] += number
    return {
        key: sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
        if key != "date"
        else sorted(counter.items(), reverse=True)
        for key, counter in counters.items()
    }


def _facet(
    reader: Reader,
    query: Query,
    chosen: Select[Any] | None,
    key: str,
    most: int,
    counted: list[tuple[Any, int]] | None = None,
) -> Facet:
    rows: list[Any]
    if counted is not None:
        rows = counted[:most]
    elif key == "date" and chosen is None:
        rows = list(islice(_years(reader, query.record), most))
    elif key in FACETS and query.record == "event" and chosen is None:
        rows = reader.rows(_kept(key, most))
    else:
        rows = reader.rows(_counted(query.record, key, chosen, most))
    called = _labels(reader, query.record, key, [row[0] for row in rows])
    values = (FacetValue(str(value), called.get(value, str(value)), number) for value, number in rows)
    return Facet(key, HEADINGS[key], tuple(values))


def count_up_to(reader: Reader, query: Query, most: int = MOST_COUNTED) -> int:
    """How many records there are; `most` when it is that many or more."""
    table = table_named(query.record)
    found = Plan(query).by_small_sets(reader).applied(select(table.c.id), table).limit(most).subquery()
    return int(reader.value(select(func.count()).select_from(found)))


def _chosen(reader: Reader, query: Query) -> Select[Any] | None:
    """What a question finds, as a select of ids that is quick to ask again and again; None for all records."""
    if not query.filters and not query.words:
        return None
    table = table_named(query.record)
    plan = Plan(query).in_no_order().for_all(reader, query.record)
    number, found = gathered(reader, plan.applied(select(table.c.id), table).limit(MOST_LISTED))
    return found if number < MOST_LISTED else Plan(query).in_no_order().in_sets().applied(select(table.c.id), table)


def _counted(record: str, key: str, chosen: Select[Any] | None, most: int) -> Select[Any]:
    """The values of a facet that most records have, with how many; years newest first."""
    id, value = _column(record, key)
    # two parties of one country, or two items on one topic, are one event
    number = func.count(distinct(id)) if id.table.name in ("delegation", "agenda_item") else func.count()
    statement = select(value, number).where(value.is_not(None)).group_by(value)
    if chosen is not None:
        statement = statement.where(id.in_(chosen))
    return statement.order_by(value.desc() if key == "date" else number.desc(), value).limit(most)


def _kept(key: str, most: int) -> Select[Any]:
    """The same of all events, as it is kept where an event may have several values."""
    kept = table_named("facet_count").c
    return select(kept.value, kept.events).where(kept.facet == key).order_by(kept.events.desc(), kept.value).limit(most)


def _years(reader: Reader, record: str) -> Iterator[tuple[str, int]]:
    """The years from the newest on, with how many records lie in each, by hopping along the index of the dates."""
    table, name = table_named(record), DATED[record]
    first, last = table.c[f"{name}_from"], table.c[f"{name}_to"]
    is_dated = dated(table.c[name])
    newest = reader.value(select(func.max(first)).where(is_dated))
    while newest is not None:
        year = str(newest)[:4]
        begin, end = f"{year}-01-01", f"{year}-12-31"
        number = reader.value(select(func.count()).where(is_dated, first >= begin, first <= end, last <= end))
        if number:
            yield year, int(number)
        newest = reader.value(select(func.max(first)).where(is_dated, first < begin))


def _column(record: str, key: str) -> tuple[Any, ColumnElement[Any]]:
    """Of a facet, the column of the records' ids and that of its values."""
    table = table_named(record)
    if record == "event" and key == "country":
        side = table_named("delegation")
        return side.c.event_id, side.c.country
    if record == "event" and key == "topic":
        item = table_named("agenda_item")
        return item.c.event_id, item.c.topic
    if key == "level":
        row = EventRow.__table__  # type: ignore[attr-defined]
        return row.c.event_id, row.c.level_order
    if key == "date":
        name = DATED[record]
        first, last = (func.substr(table.c[f"{name}_{end}"], 1, 4) for end in ("from", "to"))
        return table.c.id, func.iif(first == last, first, None)
    return table.c.id, table.c[key]


def _labels(reader: Reader, record: str, key: str, values: list[Any]) -> dict[Any, str]:
    if key in ("country", "topic"):
        return labels(reader, record_type(key), set(values))
    if key == "level":
        codes = list(LEVELS)
        return {number: record_type("event")["level"].kind.format(codes[number - 1]) for number in values}
    kind = RECORD_TYPES[record].by_name[key].kind if key in RECORD_TYPES[record].by_name else None
    return {value: kind.format(value) for value in values} if isinstance(kind, Choice) else {}


def condition_of(each: Facet, value: FacetValue) -> str:
    """The condition that narrows to a value, as it is typed."""
    typed = list(LEVELS)[int(value.value) - 1] if each.key == "level" else value.value
    return f"{each.key}:{typed}"
