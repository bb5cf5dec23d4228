"""Facets: how many of the records found there are by country, kind, year, topic and level. One question a facet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from legation.fields.kinds import Choice
from legation.i18n import N_
from legation.records.catalogue import RECORD_TYPES, record_type, table_named
from legation.records.event_row import EventRow
from legation.records.vocabulary import LEVELS
from legation.storage.filters.meanings import DATED
from legation.storage.labels import labels
from legation.storage.queries import Plan, Query
from legation.storage.reading import Reader

MOST_VALUES = 8
MOST_COUNTED = 1000


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
    counted = _counted(query, key)
    order = counted.c.value.desc() if key == "date" else counted.c.number.desc()
    rows = reader.rows(select(counted.c.value, counted.c.number).order_by(order, counted.c.value).limit(most))
    called = _labels(reader, query.record, key, [row[0] for row in rows])
    values = (FacetValue(str(value), called.get(value, str(value)), number) for value, number in rows)
    return Facet(key, HEADINGS[key], tuple(values))


def facets(reader: Reader, query: Query) -> list[Facet]:
    """All facets of what a question finds that tell it apart."""
    found = (facet(reader, query, key) for key in facet_keys(query.record))
    return [each for each in found if each.values]


def count_up_to(reader: Reader, query: Query, most: int = MOST_COUNTED) -> int:
    """How many records there are; `most` when it is that many or more."""
    table = table_named(query.record)
    found = Plan(query).by_small_sets(reader).applied(select(table.c.id), table).limit(most).subquery()
    return int(reader.value(select(func.count()).select_from(found)))


def _counted(query: Query, key: str) -> Any:
    """The values of a facet with the number of records that have each, as a table."""
    table, is_all = table_named(query.record), not query.filters and not query.words
    chosen: Select[Any] | None = None
    if not is_all:
        once = Plan(query).in_sets().applied(select(table.c.id), table).cte("chosen").prefix_with("MATERIALIZED")
        chosen = select(once.c.id)
    id, value = _column(query.record, key)
    pairs = select(value.label("value"), id.label("id")).where(value.is_not(None))
    if chosen is not None:
        pairs = pairs.where(id.in_(chosen))
    if id.table is not table and id.table.name in ("delegation", "agenda_item"):
        pairs = pairs.distinct()  # two parties of one country, or two items on one topic, are one event
    every = pairs.subquery()
    return select(every.c.value, func.count().label("number")).group_by(every.c.value).subquery()


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
