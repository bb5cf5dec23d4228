"""Cells, rows and heads that most reports share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from legation.documents.document import Cell, Column, Group, Row
from legation.fields.fuzzy_dates import print_date
from legation.i18n import N_, _
from legation.reports.facts import EventFacts

SOURCES = N_("Sources")


@lru_cache(maxsize=50_000)  # names and offices stand in many rows
def text(words: str | None) -> Cell:
    """A cell of words; None is nothing."""
    return Cell(words or "")


def day(edtf: str | None, words: str) -> Cell:
    """A cell of a date: EDTF with its words."""
    return Cell(words, edtf)


def when(event: EventFacts) -> Cell:
    """The cell of an event's date."""
    return Cell(event.when, event.date)


def short_day(event: EventFacts) -> Cell:
    """The cell of an event's date without the words of the source."""
    return Cell(event.day, event.date)


def begin(event: EventFacts) -> Cell:
    """The cell of the day on which an event began, as precise as it is known."""
    return _edge(event.date, 0)


def end(event: EventFacts) -> Cell:
    """The cell of the day on which an event ended; the day it began where it has one day only."""
    return _edge(event.date, 1)


def _edge(edtf: str | None, place: int) -> Cell:
    """One side of a date; "" for a side that is open."""
    if edtf is None:
        return Cell()
    parts = edtf.split("/")
    part = parts[place] if len(parts) == 2 else edtf
    return Cell() if part in ("", "..") else day(part, print_date(part))


@lru_cache(maxsize=10_000)
def count(number: int | None) -> Cell:
    """A cell of a number; None is nothing."""
    return Cell("" if number is None else f"{number:,}", number)


def sources_column() -> Column:
    """The last column of every table: how we know."""
    return Column("sources", _(SOURCES), width=10)


def grouped(rows: Iterable[tuple[str, Row]], order: Callable[[str], object] | None = None) -> tuple[Group, ...]:
    """Rows with the titles of their groups as groups, in the order of first mention, or in `order`."""
    found: dict[str, list[Row]] = {}
    for title, row in rows:
        found.setdefault(title, []).append(row)
    titles = list(found) if order is None else sorted(found, key=order)  # type: ignore[arg-type]
    return tuple(Group(title, tuple(found[title])) for title in titles)


def one_group(rows: Iterable[Row]) -> tuple[Group, ...]:
    """Rows without groups."""
    every = tuple(rows)
    return (Group("", every),) if every else ()
