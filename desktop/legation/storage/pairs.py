"""Pairs of countries: at how many events both had a delegation, and which these are. Reads the derived tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, null, select, union_all

from legation.records.catalogue import table_named
from legation.records.columns import EARLIEST, LATEST
from legation.records.pairs import UNDATED_DAY, UNDATED_YEAR, UNKNOWN_LEVEL
from legation.records.vocabulary import LEVELS, PLANNED_STATUSES
from legation.storage.reading import Reader, listed

_LEVELS = range(UNKNOWN_LEVEL, len(LEVELS) + 1)
_YEARS, _DAYS = ("first_year", "last_year"), ("date_from", "date_to")


class PairCount(NamedTuple):
    """How many events two countries share; their codes are in the order of the alphabet.

    `level` is a code of `LEVELS`; None where it is not known or not asked for.
    """

    one: str
    other: str
    level: str | None
    events: int


def counts(
    reader: Reader,
    *,
    contacts: bool = True,
    statuses: Sequence[str] = ("held",),
    first: str = EARLIEST,
    last: str = LATEST,
    by_level: bool = False,
) -> list[PairCount]:
    """At how many events each two countries that ever met both had a delegation, by code.

    `contacts` leaves out kinds of events that are no contact; `first` and `last` are days (YYYY-MM-DD): what could have
    been between them counts, and without either what has no date counts as well. All years and whole years are read off
    counts that are kept, other periods off the events: that takes longer.
    """
    is_all, is_whole = (first, last) == (EARLIEST, LATEST), first[4:] == "-01-01" and last[4:] == "-12-31"
    table = table_named("pair_total" if is_all else "country_pair" if is_whole else "event_pair")
    statement = _grouped(table, func.sum(table.c.events) if is_whole else func.count(), by_level)
    statement = statement.where(table.c.status.in_(statuses))
    if contacts:
        statement = statement.where(table.c.is_contact == 1)
    if not is_all:
        begins, ends = (table.c[each] for each in (_YEARS if is_whole else _DAYS))
        since, until = (int(each[:4]) if is_whole else each for each in (first, last))
        is_dated = begins != (UNDATED_YEAR if is_whole else UNDATED_DAY)
        statement = statement.where(is_dated, ends >= since, begins <= until)
    return _counted(reader, statement, by_level)


def counts_among(reader: Reader, events: Sequence[int], *, by_level: bool = False) -> list[PairCount]:
    """The same among some events by id, whatever they were found by."""
    table = table_named("event_pair")
    statement = _grouped(table, func.count(), by_level)
    return _counted(reader, statement.where(table.c.event_id.in_(listed(events))), by_level)


def events_shared(one: str, other: str, newest: int | None = None) -> Select[Any]:
    """The select of the ids of the events at which two countries, by code, both had a delegation; no more than the
    `newest` where a number is given."""
    pair = table_named("event_pair")
    first, second = sorted((one, other))
    shared = select(pair.c.event_id).where(pair.c.one == first, pair.c.other == second)
    return shared if newest is None else shared.order_by(pair.c.date_from.desc(), pair.c.event_id.desc()).limit(newest)


def counterparts(reader: Reader, code: str, most: int) -> list[tuple[str, int]]:
    """The countries that a country shares most events with, of any kind and status, and how many these are."""
    pair, country = table_named("pair_total"), table_named("country")
    before = select(country.c.code).where(country.c.code < code)  # the key leads from each of these to the pair
    sides = (
        select(pair.c.other.label("country"), pair.c.events).where(pair.c.one == code),
        select(pair.c.one.label("country"), pair.c.events).where(pair.c.one.in_(before), pair.c.other == code),
    )
    met = union_all(*sides).subquery()
    number: Any = func.sum(met.c.events)
    statement = select(met.c.country, number).group_by(met.c.country).order_by(number.desc(), met.c.country)
    return [(row[0], row[1]) for row in reader.rows(statement.limit(most))]


def last_contacts(one: str, other: str, most: int) -> Select[Any]:
    """The select of the ids of the newest contacts held between two countries, with their levels, `most` a level.

    The level is the place of a code in `LEVELS`, from 1; 0 where it is not known.
    """
    pair, first, second = table_named("event_pair"), *sorted((one, other))
    columns = (pair.c.event_id, pair.c.level_order, pair.c.date_from, pair.c.date_to)
    held = select(*columns).where(pair.c.one == first, pair.c.other == second, pair.c.status == "held")
    held = held.where(pair.c.is_contact == 1).order_by(
        pair.c.date_from.desc(), pair.c.date_to.desc(), pair.c.event_id.desc()
    )
    parts = [  # one walk a level: none reads more than it gives
        select(held.where(pair.c.level_order == each).limit(most).subquery(f"level_{each}")) for each in _LEVELS
    ]
    every = union_all(*parts).subquery("last")
    return select(every.c.event_id, every.c.level_order).order_by(
        every.c.date_from.desc(), every.c.date_to.desc(), every.c.event_id.desc()
    )


def still_planned(one: str, other: str) -> Select[Any]:
    """The select of the ids of what two countries have planned, the next first, undated last."""
    pair = table_named("event_pair")
    planned = events_shared(one, other).where(pair.c.status.in_(PLANNED_STATUSES))
    return planned.order_by(pair.c.date_from == UNDATED_DAY, pair.c.date_from, pair.c.event_id)


def _grouped(table: Any, number: Any, by_level: bool) -> Select[Any]:
    """Each two countries once, or once for each level; the key of the kept counts has them in that order."""
    level = table.c.level_order if by_level else null()
    groups = (table.c.one, table.c.other, *((table.c.level_order,) if by_level else ()))
    return select(table.c.one, table.c.other, level, number).group_by(*groups).order_by(*groups)


def _counted(reader: Reader, statement: Select[Any], by_level: bool) -> list[PairCount]:
    rows = reader.rows(statement)
    if not by_level:
        return list(map(PairCount._make, rows))
    codes = [None, *LEVELS]
    return [PairCount(one, other, codes[level], number) for one, other, level, number in rows]
