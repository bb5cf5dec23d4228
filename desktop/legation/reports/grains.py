"""The events of a report as one plain table, to count in: a row an event, a participation or a pair of parties.

Such a table may have hundreds of thousands of rows: it is made column by column, out of facts that come so.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import combinations
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import func, select

from legation.documents.document import Column, Group, Table
from legation.documents.held_rows import Block, HeldColumn, HeldPortion, HeldRows, held
from legation.i18n import N_, _
from legation.records.catalogue import table_named
from legation.records.vocabulary import (
    ATTENDANCES,
    DELEGATE_ROLES,
    DELEGATION_ROLES,
    EVENT_KIND_WORDS,
    EVENT_STATUSES,
    LEVELS,
)
from legation.reports.fact_columns import (
    Distinct,
    EventColumns,
    FactColumns,
    PartyColumns,
    Sides,
    VoiceColumns,
    in_portions,
)
from legation.reports.facts import date_words
from legation.reports.layout import sources_column
from legation.reports.report import Basis
from legation.reports.sources import Notes, citations_in_order
from legation.storage.ahead import all_ahead
from legation.storage.reading import Reader, listed

GRAINS = {
    "event": N_("One row an event"),
    "participation": N_("One row a delegate, or a party of whom nobody is named"),
    "dyad": N_("One row a pair of parties at an event"),
}


class _Proofs(NamedTuple):
    """What proves events: the cells, and for each event the place of its own."""

    cells: HeldColumn
    places: Sequence[int]


class _Rows(NamedTuple):
    """What a grain makes of events: for each row the place of its event and the end of its key, and its own blocks.

    Without places each event has one row, whose key is that of the event.
    """

    events: Sequence[int] | None
    keys: Sequence[str]
    blocks: tuple[Block, ...]


class _Grain(NamedTuple):
    """A grain: its columns beside those that all have, what it asks for events, and the rows that it makes of that."""

    columns: Callable[[], tuple[Column, ...]]
    asks: Callable[[FactColumns, Sequence[int]], Any]
    rows: Callable[[EventColumns, Any, _Words], _Rows]


def grain_table(basis: Basis, grain: str) -> Table:
    """The events that the report chose, in the order of time, in rows of a grain."""
    with closing(grain_portions(basis, grain)) as portions:
        rows = HeldRows(tuple(portion for _done, _all, portion in portions))
    return replace(grain_head(grain), groups=(Group("", rows),) if len(rows) else ())


def grain_head(grain: str) -> Table:
    """The same table without its rows."""
    every = (*_shared_columns(), *_GRAINS[grain].columns(), sources_column())
    return Table(grain, "", every, (), when_empty=_("Nothing is recorded."))


def grain_portions(basis: Basis, grain: str) -> Generator[tuple[int, int, HeldPortion], None, None]:
    """The rows of the table, some thousand at a time: (events so far, events in all, rows); to be closed.

    They are read ahead: until the last has come or this is closed, nobody else may ask the reader.
    """
    words, ordered, done = _Words(), _in_order_of_time(basis), 0
    grain_of = _GRAINS[grain]
    questions = (
        lambda reader: (_proofs(basis.notes, reader, ids) for ids in in_portions(ordered)),
        lambda reader: map(FactColumns(reader, basis.style).events, in_portions(ordered)),
        lambda reader: map(partial(grain_of.asks, FactColumns(reader, basis.style)), in_portions(ordered)),
    )
    with closing(all_ahead(basis.reader, *questions)) as portions:
        for proofs, events, own in portions:
            portion = _portion(events, proofs, grain_of.rows(events, own, words), words)
            done += len(events.ids)
            if portion.keys:
                yield done, len(ordered), portion


def _proofs(notes: Notes, reader: Reader, ids: Sequence[int]) -> _Proofs:
    proofs = Distinct(citations_in_order(reader, ids))
    cells = held(list(map(notes.cell, proofs.things)))
    notes.printed(reader)  # while the reader may be asked
    return _Proofs(cells, proofs.places)


def _portion(events: EventColumns, proofs: _Proofs, rows: _Rows, words: _Words) -> HeldPortion:
    keys: Sequence[str] = [f"event:{id}" for id in events.ids]
    places = proofs.places
    if rows.events is not None:
        keys = list(map(add, map(keys.__getitem__, rows.events), rows.keys))
        places = list(map(places.__getitem__, rows.events))
    shared = Block(_of_events(events, words), rows.events)
    return HeldPortion(keys, (shared, *rows.blocks, Block((proofs.cells,), places)))


def _in_order_of_time(basis: Basis) -> list[int]:
    """The ids of the events in the order of chronologies, as `EventFacts.order` gives it."""
    if basis.is_in_time:
        return list(basis.events)
    event = table_named("event").c
    asked = select(event.id).where(event.id.in_(listed(list(basis.events))))
    time = (event.date.is_(None), event.date_from, event.date_to, func.coalesce(event.start_time, ""), event.id)
    return [id for (id,) in basis.reader.rows(asked.order_by(*time))]


class _Words:
    """The words that stand in very many rows, each made once."""

    def __init__(self) -> None:
        self.kinds = _translated(EVENT_KIND_WORDS)
        self.statuses = _translated(EVENT_STATUSES)
        self.levels = _translated(LEVELS)
        self.party_roles = _translated(DELEGATION_ROLES)
        self.attendances = _translated(ATTENDANCES)
        self.roles = _translated(DELEGATE_ROLES)
        self._dates: dict[tuple[str | None, str | None], str] = {}

    def of_dates(self, events: EventColumns) -> list[str]:
        """The dates of events in words, as `EventFacts.when` gives them."""
        asked = list(zip(events.dates, events.stated_dates, strict=True))
        self._dates |= {each: date_words(*each) for each in set(asked) - self._dates.keys()}
        return list(map(self._dates.__getitem__, asked))


def _translated(terms: Mapping[str, str]) -> dict[str, str]:
    return {code: _(label) for code, label in terms.items()}


def _shared_columns() -> tuple[Column, ...]:
    return (
        Column("event_id", _("Event no."), "number", 9),
        Column("date", _("Date"), "date", 16),
        Column("kind", _("Kind"), width=16),
        Column("status", _("Status"), width=11),
        Column("event", _("Event"), width=32),
        Column("place", _("Place"), width=18),
        Column("level", _("Level"), width=14),
    )


def _of_events(events: EventColumns, words: _Words) -> tuple[HeldColumn, ...]:
    return (
        HeldColumn([f"{id:,}" for id in events.ids], events.ids),
        HeldColumn(words.of_dates(events), events.dates),
        HeldColumn([words.kinds.get(each) or each for each in events.kinds]),
        HeldColumn(_worded(events.statuses, words.statuses)),
        HeldColumn(events.titles),
        HeldColumn(events.places),
        HeldColumn([words.levels[each] if each else "" for each in events.levels]),
    )


def _worded(codes: Sequence[str], words: Mapping[str, str]) -> list[str]:
    return list(map(words.__getitem__, codes))


def _event_columns() -> tuple[Column, ...]:
    return (
        Column("parties", _("Parties"), width=30),
        Column("heads", _("Heads"), width=30),
        Column("topics", _("Topics"), width=30),
    )


def _event_rows(events: EventColumns, heads: list[str], _words: _Words) -> _Rows:
    return _Rows(None, (), (Block((HeldColumn(events.parties), HeldColumn(heads), HeldColumn(events.topics))),))


def _participation_columns() -> tuple[Column, ...]:
    return (
        Column("country", _("Country"), width=16),
        Column("country_code", _("Country (code)"), width=8),
        Column("body", _("Body"), width=24),
        Column("party_role", _("Role of the party"), width=14),
        Column("attendance", _("Attendance"), width=12),
        Column("person", _("Official"), width=22),
        Column("role", _("Role"), width=12),
        Column("capacity", _("Acting as"), width=30),
        Column("stated", _("Title as stated"), width=30),
    )


def _participation_rows(_events: EventColumns, voices: VoiceColumns, words: _Words) -> _Rows:
    roles = _worded(voices.side.roles, words.party_roles)
    attendances = _worded(voices.side.attendances, words.attendances)
    side = (*_names_of(voices.side), HeldColumn(roles), HeldColumn(attendances))
    person = (
        HeldColumn(voices.names),
        HeldColumn([words.roles[each] if each else "" for each in voices.roles]),
        HeldColumn(voices.posts),
        HeldColumn(voices.stated),
    )
    named = zip(voices.persons, voices.parties, strict=True)
    keys = [f"/party:{party}" if who is None else f"/person:{who}" for who, party in named]
    return _Rows(voices.events, keys, (Block(side, voices.sides), Block(person)))


def _dyad_columns() -> tuple[Column, ...]:
    return (
        Column("one", _("Country"), width=16),
        Column("one_code", _("Country (code)"), width=8),
        Column("one_body", _("Body"), width=20),
        Column("one_heads", _("Heads"), width=28),
        Column("other", _("Other country"), width=16),
        Column("other_code", _("Other country (code)"), width=8),
        Column("other_body", _("Other body"), width=20),
        Column("other_heads", _("Other heads"), width=28),
    )


def _dyad_rows(_events: EventColumns, parties: PartyColumns, _words: _Words) -> _Rows:
    side, heads = _names_of(parties.side), (HeldColumn(parties.heads),)
    asked = [
        (country, body or 0) for country, body in zip(parties.side.countries, parties.side.organisations, strict=True)
    ]
    rank = {place: at for at, place in enumerate(sorted(range(len(asked)), key=asked.__getitem__))}
    order = list(map(rank.__getitem__, parties.sides))  # no event has the same side twice
    pairs = [
        (one, other) if order[one] <= order[other] else (other, one)
        for together in parties.at_each_event()
        for one, other in combinations(together, 2)
    ]
    first, second = [one for one, _other in pairs], [other for _one, other in pairs]
    keys = [f"/parties:{parties.ids[one]}-{parties.ids[other]}" for one, other in pairs]
    one, other = (list(map(parties.sides.__getitem__, each)) for each in (first, second))
    events = list(map(parties.events.__getitem__, first))
    return _Rows(events, keys, (Block(side, one), Block(heads, first), Block(side, other), Block(heads, second)))


def _names_of(side: Sides) -> tuple[HeldColumn, ...]:
    return HeldColumn(side.country_names), HeldColumn(side.countries), HeldColumn(side.bodies)


_GRAINS = {
    "event": _Grain(_event_columns, FactColumns.heads, _event_rows),
    "participation": _Grain(_participation_columns, FactColumns.voices, _participation_rows),
    "dyad": _Grain(_dyad_columns, FactColumns.parties, _dyad_rows),
}
