"""The events of a report as one plain table, to count in: a row an event, a participation or a pair of parties.

Such a table may have hundreds of thousands of rows: it is made column by column, out of facts that come so.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

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
from legation.reports.fact_columns import DelegateColumns, Distinct, EventColumns, FactColumns, PartyColumns
from legation.reports.facts import date_words
from legation.reports.layout import sources_column
from legation.reports.report import Basis
from legation.reports.sources import citations_of_events
from legation.storage.ahead import ahead
from legation.storage.reading import listed

TOGETHER = 10_000  # events whose facts are fetched at a time
NAME_HEADS = ("event", "dyad")  # the grains that name nobody else
GRAINS = {
    "event": N_("One row an event"),
    "participation": N_("One row a delegate, or a party of whom nobody is named"),
    "dyad": N_("One row a pair of parties at an event"),
}


class _Proofs(NamedTuple):
    """What proves events: the cells, and for each event the place of its own."""

    cells: HeldColumn
    places: Sequence[int]


class _Facts(NamedTuple):
    """The facts of some thousand events, and what proves them."""

    events: EventColumns
    parties: PartyColumns
    delegates: DelegateColumns
    proofs: _Proofs


class _Rows(NamedTuple):
    """What a grain makes of them: for each row the place of its event and the end of its key, and its own blocks."""

    events: Sequence[int] | None
    keys: Sequence[str]
    blocks: tuple[Block, ...]


def grain_table(basis: Basis, grain: str) -> Table:
    """The events that the report chose, in the order of time, in rows of a grain."""
    with closing(grain_portions(basis, grain)) as portions:
        rows = HeldRows(tuple(portion for _done, _all, portion in portions))
    return replace(grain_head(grain), groups=(Group("", rows),) if len(rows) else ())


def grain_head(grain: str) -> Table:
    """The same table without its rows."""
    columns, _rows = _GRAINS[grain]
    every = (*_shared_columns(), *columns(), sources_column())
    return Table(grain, "", every, (), when_empty=_("Nothing is recorded."))


def grain_portions(basis: Basis, grain: str) -> Generator[tuple[int, int, HeldPortion], None, None]:
    """The rows of the table, some thousand at a time: (events so far, events in all, rows); to be closed.

    They are read ahead: until the last has come or this is closed, nobody else may ask the reader.
    """
    _columns, rows_of = _GRAINS[grain]
    words, ordered = _Words(), _in_order_of_time(basis)
    done = 0
    with closing(ahead(_facts(basis, ordered, only_heads=grain in NAME_HEADS))) as portions:
        for facts in portions:
            rows, first = rows_of(facts, words), [f"event:{id}" for id in facts.events.ids]
            at = range(len(first)) if rows.events is None else rows.events
            keys = [first[place] + end for place, end in zip(at, rows.keys, strict=True)]
            shared = Block(_of_events(facts.events, words), rows.events)
            proofs = Block((facts.proofs.cells,), list(map(facts.proofs.places.__getitem__, at)))
            done += len(first)
            if keys:
                yield done, len(ordered), HeldPortion(keys, (shared, *rows.blocks, proofs))


def _facts(basis: Basis, ordered: Sequence[int], *, only_heads: bool) -> Iterator[_Facts]:
    """The facts of events in this order, some thousand at a time."""
    asked = FactColumns(basis.reader, basis.style)
    for start in range(0, len(ordered), TOGETHER):
        events = asked.events(ordered[start : start + TOGETHER])
        parties = asked.parties(events)
        delegates = asked.delegates(events, parties, only_heads=only_heads)
        yield _Facts(events, parties, delegates, _proofs(basis, events))


def _proofs(basis: Basis, events: EventColumns) -> _Proofs:
    cited = citations_of_events(basis.reader, events.ids)
    proofs = Distinct([tuple(cited.get(id, ())) for id in events.ids])
    cells = held(list(map(basis.notes.cell, proofs.things)))
    basis.notes.printed(basis.reader)  # while the reader may be asked
    return _Proofs(cells, proofs.places)


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
    places = zip(events.cities, events.countries, strict=True)
    return (
        HeldColumn([f"{id:,}" for id in events.ids], events.ids),
        HeldColumn(words.of_dates(events), events.dates),
        HeldColumn([words.kinds.get(each) or each for each in events.kinds]),
        HeldColumn(_worded(events.statuses, words.statuses)),
        HeldColumn(events.titles),
        HeldColumn([f"{city}, {country}" if city and country else city or country for city, country in places]),
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


def _event_rows(facts: _Facts, _words: _Words) -> _Rows:
    count, parties = len(facts.events.ids), facts.parties
    names = _by_event(parties, list(map(parties.names.__getitem__, parties.sides)), count)
    heads = _by_event(parties, facts.delegates.heads(len(parties.ids)), count)
    topics = [(each or "").replace(" · ", "; ") for each in facts.events.topics]
    columns = (HeldColumn(names), HeldColumn(heads), HeldColumn(topics))
    return _Rows(None, [""] * count, (Block(columns),))


def _by_event(parties: PartyColumns, words: Sequence[str], count: int) -> list[str]:
    """The words of the parties of each event, as one text."""
    found = [""] * count
    for place, each in zip(parties.events, words, strict=True):
        if each:
            found[place] = f"{found[place]}; {each}" if found[place] else each
    return found


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


def _participation_rows(facts: _Facts, words: _Words) -> _Rows:
    parties, delegates = facts.parties, facts.delegates
    nobody = len(delegates.persons)  # in each column of people the last place is of nobody
    side = (
        HeldColumn(parties.country_names),
        HeldColumn([each or "" for each in parties.countries]),
        HeldColumn(parties.bodies),
        HeldColumn(_worded(parties.roles, words.party_roles)),
        HeldColumn(_worded(parties.attendances, words.attendances)),
    )
    person = (
        HeldColumn([*delegates.names, ""]),
        HeldColumn([*_worded(delegates.roles, words.roles), ""]),
        HeldColumn([*delegates.posts, ""]),
        HeldColumn([*(each or "" for each in delegates.stated), ""]),
    )
    led, people = _with_unnamed(parties, delegates, nobody)
    own = [*(f"/person:{each}" for each in delegates.persons), ""]
    keys = list(map(own.__getitem__, people))
    for at in (place for place, who in enumerate(people) if who == nobody):
        keys[at] = f"/party:{parties.ids[led[at]]}"
    sides, events = (list(map(column.__getitem__, led)) for column in (parties.sides, parties.events))
    return _Rows(events, keys, (Block(side, sides), Block(person, people)))


def _with_unnamed(parties: PartyColumns, delegates: DelegateColumns, nobody: int) -> tuple[list[int], list[int]]:
    """The places of the parties and people of all rows: a party of whom nobody is named has one of nobody."""
    unnamed = sorted(set(range(len(parties.ids))) - set(delegates.parties))
    led, people = [*delegates.parties, *unnamed], [*delegates.people, *[nobody] * len(unnamed)]
    order = sorted(range(len(led)), key=led.__getitem__)  # keeps those of one party as they are
    return list(map(led.__getitem__, order)), list(map(people.__getitem__, order))


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


def _dyad_rows(facts: _Facts, _words: _Words) -> _Rows:
    parties = facts.parties
    side = (
        HeldColumn(parties.country_names),
        HeldColumn([each or "" for each in parties.countries]),
        HeldColumn(parties.bodies),
    )
    heads = (HeldColumn(facts.delegates.heads(len(parties.ids))),)
    asked = [(country or "", body or 0) for country, body in zip(parties.countries, parties.organisations, strict=True)]
    rank = {place: at for at, place in enumerate(sorted(range(len(asked)), key=asked.__getitem__))}
    order = [rank[each] for each in parties.sides]  # no event has the same side twice
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


_GRAINS: dict[str, tuple[Callable[[], tuple[Column, ...]], Callable[[_Facts, _Words], _Rows]]] = {
    "event": (_event_columns, _event_rows),
    "participation": (_participation_columns, _participation_rows),
    "dyad": (_dyad_columns, _dyad_rows),
}
