"""The facts of very many events column by column, for plain tables: what facts.py gives one by one.

Each question is made once and asked for some thousand events at a time; a name is fetched once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import Select, select

from legation.fields.names import Style
from legation.i18n import _
from legation.records.catalogue import table_named
from legation.reports.facts import UNNAMED, person_names
from legation.reports.offices import Offices
from legation.storage.reading import WANTED, Reader, as_columns, listed

Columns = list[list[Any]]


class Named(dict[Any, str]):
    """Names by key, fetched for many keys together when they are first needed; None has none."""

    def __init__(self, fetch: Callable[[list[Any]], dict[Any, str]]) -> None:
        super().__init__({None: ""})
        self._fetch = fetch

    def of(self, keys: Sequence[Any]) -> list[str]:
        """The names of keys, one for each; "" for what is not there."""
        if new := set(keys) - self.keys():
            self.update(dict.fromkeys(new, "") | self._fetch(sorted(new)))
        return list(map(self.__getitem__, keys))


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Events in the order asked for; `ends` are the last days on which they may have ended."""

    ids: list[int]
    dates: list[str | None]
    stated_dates: list[str | None]
    kinds: list[str]
    statuses: list[str]
    titles: list[str]
    cities: list[str | None]
    countries: list[str]
    levels: list[str | None]
    topics: list[str | None]
    ends: list[str]


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """The parties of events, event by event, in the order in which they were entered.

    `events` are the places of their events. What else is known of them stands once for all that have it in common:
    `sides` are the places of it in the columns that follow, of which `names` are what `Party.name` says.
    """

    ids: list[int]
    events: list[int]
    sides: list[int]
    countries: Sequence[str | None]
    organisations: Sequence[int | None]
    country_names: list[str]
    bodies: list[str]
    names: list[str]
    roles: Sequence[str]
    attendances: Sequence[str]

    def at_each_event(self) -> Iterator[range]:
        """The places of the parties that are at one event, event by event."""
        start = 0
        for place, event in enumerate(self.events):
            if event != self.events[start]:
                yield range(start, place)
                start = place
        if self.events:
            yield range(start, len(self.events))


@dataclass(frozen=True, slots=True)
class DelegateColumns:
    """The delegates of parties, party by party, heads first.

    `parties` are the places of their parties. `people` are the places of what is known of them, as above; `posts` are
    the offices acted in as words, "" for none.
    """

    parties: list[int]
    people: list[int]
    persons: Sequence[int]
    names: list[str]
    roles: Sequence[str]
    stated: Sequence[str | None]
    posts: list[str]

    def heads(self, parties: int) -> list[str]:
        """For each party who leads it, with the capacity, as `Participant.as_told` says it; no party has two heads."""
        sentence = _("{name} ({capacity})")
        found, told = [""] * parties, [self._told(who, sentence) for who in range(len(self.persons))]
        for party, who in zip(self.parties, self.people, strict=True):
            if told[who]:
                found[party] = told[who]
        return found

    def _told(self, who: int, sentence: str) -> str:
        """What a sentence tells of a person who leads; "" for one who does not."""
        if self.roles[who] != "head":
            return ""
        name, capacity = self.names[who], self.capacity(who)
        return sentence.format(name=name, capacity=capacity) if capacity else name

    def capacity(self, who: int) -> str:
        """In what capacity a person acts, as `Participant.capacity` says it."""
        stated = self.stated[who]
        return self.posts[who] or (stated if stated and stated != self.names[who] else "")


class Distinct:
    """What stands in many places, each thing once: `things` in the order of first mention, and the places of all."""

    def __init__(self, things: Sequence[Any]) -> None:
        self._numbers = dict.fromkeys(things, 0)
        self._numbers = dict(zip(self._numbers, range(len(self._numbers)), strict=True))
        self.places = list(map(self._numbers.__getitem__, things))

    @property
    def things(self) -> list[Any]:
        """The things."""
        return list(self._numbers)

    def columns(self, count: int) -> list[tuple[Any, ...]]:
        """Things that have so many parts each, side by side in columns."""
        return list(zip(*self._numbers, strict=True)) or [()] * count


class FactColumns:
    """The questions for the facts of events."""

    def __init__(self, reader: Reader, style: Style) -> None:
        self._reader, self._style = reader, style
        self._countries = Named(lambda codes: _names(reader, "country", "code", codes))
        self._demonyms = Named(lambda codes: _names(reader, "country", "code", codes, "demonym"))
        self._bodies = Named(lambda ids: _names(reader, "organisation", "id", ids))
        self._persons = Named(self._persons_named)
        self._offices = Offices(reader)
        self._party_names: dict[tuple[str, str], str] = {}
        self._asked = [as_columns(each) for each in (_events(), _parties(), _delegates(), _heads())]

    def _columns(self, question: int, ids: Sequence[int]) -> Columns:
        """The columns of a question in the order of the file, in which many events are read soonest."""
        return self._reader.columns(self._asked[question], sorted(ids))

    def events(self, ids: Sequence[int]) -> EventColumns:
        """Events in the order asked for; those that are gone are left out."""
        found = self._columns(0, ids)
        at = {id: place for place, id in enumerate(found[0])}
        columns = in_order(found, [at[id] for id in ids if id in at])
        country = columns.pop(7)
        columns.insert(7, self._countries.of(country))
        return EventColumns(*columns)

    def parties(self, events: EventColumns) -> PartyColumns:
        """The parties of events."""
        ids, of_events, *facts = self._columns(1, events.ids)
        at = {id: place for place, id in enumerate(events.ids)}
        places, sides = list(map(at.__getitem__, of_events)), Distinct(list(zip(*facts, strict=True)))
        span = max(ids, default=0) + 1
        order = _sorted([place * span + id for place, id in zip(places, ids, strict=True)])
        ids, places, of_sides = in_order([ids, places, sides.places], order)
        countries, organisations, roles, attendances = sides.columns(4)
        country_names, bodies = self._countries.of(countries), self._bodies.of(organisations)
        names = list(map(self._party_name, country_names, bodies))
        return PartyColumns(
            ids, places, of_sides, countries, organisations, country_names, bodies, names, roles, attendances
        )  # fmt: skip

    def _party_name(self, country: str, body: str) -> str:
        """The body where there is one, with its state; else the state."""
        if not body or not country:
            return body or country
        if (country, body) not in self._party_names:
            self._party_names[country, body] = _("{body} ({country})").format(body=body, country=country)
        return self._party_names[country, body]

    def unnamed(self, parties: PartyColumns) -> list[str]:
        """For each side what stands for its delegates when nobody is named, as `Party.unnamed` says it."""
        demonyms = self._demonyms.of(parties.countries)
        whose = zip(parties.bodies, demonyms, parties.country_names, parties.attendances, strict=True)
        return [
            _(UNNAMED[attendance]).format(whose=body or demonym or country)
            for body, demonym, country, attendance in whose
        ]

    def delegates(self, events: EventColumns, parties: PartyColumns, *, only_heads: bool = False) -> DelegateColumns:
        """The delegates of parties of events, or only those who lead them."""
        ids, of_parties, *facts = _each_once(self._columns(3 if only_heads else 2, events.ids))
        at = {id: place for place, id in enumerate(parties.ids)}
        places, people = list(map(at.__getitem__, of_parties)), Distinct(list(zip(*facts, strict=True)))
        span = max(ids, default=0) + 1
        keys = [
            (2 * place + (role != "head")) * span + id for place, role, id in zip(places, facts[1], ids, strict=True)
        ]
        places, of_people = in_order([places, people.places], _sorted(keys))
        persons, roles, stated, held = people.columns(4)
        return DelegateColumns(places, of_people, persons, self._persons.of(persons), roles, stated, self._posts(held))

    def _posts(self, held: Sequence[Any]) -> list[str]:
        """The words of offices that are held: one, several together, or none."""
        several = {each for each in held if isinstance(each, tuple)}
        words = self._offices.words({*held} - several - {None} | {one for each in several for one in each})
        if several:
            offices = {each: self._offices.best_first(each) for each in several}
            words = {**words, **{each: "; ".join(words[one] for one in ordered) for each, ordered in offices.items()}}
        return list(map(words.get, held, repeat("")))

    def _persons_named(self, ids: list[int]) -> dict[Any, str]:
        if self._style == "official":
            return _names(self._reader, "person", "id", ids)
        return person_names(self._reader, ids, self._style)


def _each_once(columns: Columns) -> Columns:
    """The columns of delegates, of whom one who acts in several offices has a row for each: these are made one, with
    the numbers of all in the last column."""
    ids, held = columns[0], columns[-1]
    if len(set(ids)) == len(ids):
        return columns
    first = {id: place for place, id in reversed(list(enumerate(ids)))}
    together: dict[int, list[int]] = {}
    for place, id in enumerate(ids):
        if place != first[id]:
            together.setdefault(id, [held[first[id]]]).append(held[place])
    for id, several in together.items():
        held[first[id]] = tuple(sorted(several))
    wanted = sorted(first.values())
    return [list(map(column.__getitem__, wanted)) for column in columns]


def in_order(columns: Iterable[list[Any]], order: Sequence[int]) -> Columns:
    """Columns in another order, which gives the places of their values."""
    if list(order) == list(range(len(order))):
        return [list(column) for column in columns]
    return [list(map(column.__getitem__, order)) for column in columns]


def _sorted(keys: list[int]) -> list[int]:
    """The places of keys in the order of the keys."""
    return sorted(range(len(keys)), key=keys.__getitem__)


def _names(reader: Reader, record: str, key: str, keys: Sequence[Any], name: str = "name") -> dict[Any, str]:
    columns = table_named(record).c
    rows = reader.rows(select(columns[key], columns[name]).where(columns[key].in_(listed(keys))))
    return {each: words or "" for each, words in rows}


def _events() -> Select[Any]:
    event, row = table_named("event"), table_named("event_row")
    columns = (
        event.c.id, event.c.date, event.c.date_text, event.c.kind, event.c.status, event.c.title, event.c.city,
        event.c.country, row.c.level, row.c.topics, event.c.date_to,
    )  # fmt: skip
    joined = event.join(WANTED, event.c.id == WANTED.c.value).outerjoin(row, row.c.event_id == event.c.id)
    return select(*columns).select_from(joined)


def _parties() -> Select[Any]:
    party = table_named("delegation")
    columns = (party.c.id, party.c.event_id, party.c.country, party.c.organisation_id, party.c.role, party.c.attendance)
    return select(*columns).select_from(party.join(WANTED, party.c.event_id == WANTED.c.value))


def _delegates() -> Select[Any]:
    """Delegates with the appointments acted in: of one who acts in several, a row for each."""
    delegate, capacity = table_named("delegate"), table_named("capacity")
    columns = (
        delegate.c.id, delegate.c.delegation_id, delegate.c.person_id, delegate.c.role, delegate.c.stated_as,
        capacity.c.appointment_id,
    )  # fmt: skip
    joined = delegate.join(WANTED, delegate.c.event_id == WANTED.c.value).outerjoin(
        capacity, capacity.c.delegate_id == delegate.c.id
    )
    return select(*columns).select_from(joined)


def _heads() -> Select[Any]:
    """The same of those who lead."""
    return _delegates().where(table_named("delegate").c.role == "head")
