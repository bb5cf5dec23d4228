"""Records that a value names, as selects of their keys: by code, name or another name, in any script and spelling."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, false, func, or_, select

from legation.fields.folding import fold
from legation.records.catalogue import table_named
from legation.storage.search import matching_ids

LONGEST_CODE = 3  # letters


def country_codes(value: str) -> Select[Any]:
    """The codes of the countries that a code, a name or another name names."""
    country, alias = table_named("country"), table_named("alias")
    if len(value) <= LONGEST_CODE:  # as a code it needs no folding of every name
        short = select(alias.c.country).where(alias.c.country > "", alias.c.name == value.upper())
        coded = or_(country.c.code == value.upper(), country.c.iso2 == value.upper(), country.c.code.in_(short))
        return select(country.c.code).where(coded)
    wanted = fold(value)
    other = select(alias.c.country).where(alias.c.country > "", func.fold(alias.c.name) == wanted)
    return select(country.c.code).where(or_(func.fold(country.c.name) == wanted, country.c.code.in_(other)))


def region_codes(value: str) -> Select[Any]:
    """The codes of the countries of a region, by the number or the words of the United Nations (M49)."""
    country = table_named("country")
    wanted = fold(value)
    return select(country.c.code).where(
        func.fold(country.c.region).contains(wanted, autoescape=True) if wanted else false()
    )


def topic_codes(value: str) -> Select[Any]:
    """The codes of a topic, by code or name, and of the topics of a basket."""
    topic = table_named("topic")
    lowered = func.lower(topic.c.code) == value.lower()
    named = select(topic.c.code).where(or_(lowered, func.fold(topic.c.name) == fold(value)))
    return select(topic.c.code).where(or_(topic.c.code.in_(named), topic.c.parent.in_(named)))


def ids_named(record: str, value: str, *, by_name: bool = True) -> Select[Any]:
    """The ids of the records whose names, or all of whose words, hold the words of a value; a number is an id."""
    table = table_named(record)
    if value.isascii() and value.isdecimal() and len(value) < 18:
        return select(table.c.id).where(table.c.id == int(value))
    found = matching_ids(record, value, by_name=by_name)
    if found is None:
        return select(table.c.id).where(false())
    once = found.cte().prefix_with("MATERIALIZED")  # or SQLite asks the index again for every row
    return select(once.c.id)


def every_value(record: str, field: str) -> Any:
    """The column of the different values of an indexed field, found by hopping from each to the next in the index."""
    column = table_named(record).c[field]
    hops = select(func.min(column).label("value")).cte("hops", recursive=True)
    beyond = select(func.min(column)).where(column > hops.c.value).correlate(hops).scalar_subquery()
    return hops.union_all(select(beyond).where(hops.c.value.is_not(None))).c.value
