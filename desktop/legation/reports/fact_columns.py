"""The facts of very many events column by column, for plain tables: what facts.py gives one by one.

Each question is made once and asked for some thousand events at a time; a name is fetched once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from legation.fields.names import Style
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.reports.facts import person_names
from legation.storage.labels import labels
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
    """Events in the order asked for."""

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


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """The parties of events, event by event, in the order in which they were entered.

    `events` are the places of their events, `names` what `Party.name` says.
    """

    ids: list[int]
    events: list[int]
    countries: list[str | None]
    organisations: list[int | None]
    country_names: list[str]
    bodies: list[str]
    names: list[str]
    roles: list[str]
    attendances: list[str]


@dataclass(frozen=True, slots=True)
class DelegateColumns:
    """The delegates of parties, party by party, heads first.

    `parties` are the places of their parties, `posts` the offices acted in as words, "" for none.
    """

    ids: list[int]
    parties: list[int]
    persons: list[int]
    names: list[str]
    roles: list[str]
    stated: list[str | None]
    posts: list[str]

    def heads(self, parties: int) -> list[str]:
        """For each party who leads it, with the capacity, as `Participant.as_told` says it."""
        found, told = [""] * parties, dict[tuple[str, str], str]()
        leading = [at for at, role in enumerate(self.roles) if role == "head"]
        for at in leading:
            name, stated, place = self.names[at], self.stated[at], self.parties[at]
            said = (name, self.posts[at] or (stated if stated and stated != name else ""))
            if said not in told:
                told[said] = _("{name} ({capacity})").format(name=name, capacity=said[1]) if said[1] else name
            found[place] = f"{found[place]}; {told[said]}" if found[place] else told[said]
        return found


class FactColumns:
    """The questions for the facts of events."""

    def __init__(self, reader: Reader, style: Style) -> None:
        self._reader, self._style = reader, style
        self._countries = Named(lambda codes: _names(reader, "country", "code", codes))
        self._bodies = Named(lambda ids: _names(reader, "organisation", "id", ids))
        self._posts = Named(lambda ids: labels(reader, record_type("post"), ids))
        self._persons = Named(self._persons_named)
        self._party_names: dict[tuple[str, str], str] = {}
        self._asked = [as_columns(each) for each in (_events(), _parties(), _delegates(), _offices())]

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
        found = self._columns(1, events.ids)
        at = {id: place for place, id in enumerate(events.ids)}
        places = list(map(at.__getitem__, found[1]))
        span = max(found[0], default=0) + 1
        order = _sorted([place * span + id for place, id in zip(places, found[0], strict=True)])
        ids, places, countries, organisations, roles, attendances = in_order([found[0], places, *found[2:]], order)
        country_names, bodies = self._countries.of(countries), self._bodies.of(organisations)
        names = list(map(self._party_name, country_names, bodies))
        return PartyColumns(
            ids, places, countries, organisations, country_names, bodies, names, roles, attendances
        )  # fmt: skip

    def _party_name(self, country: str, body: str) -> str:
        """The body where there is one, with its state; else the state."""
        if not body or not country:
            return body or country
        if (country, body) not in self._party_names:
            self._party_names[country, body] = _("{body} ({country})").format(body=body, country=country)
        return self._party_names[country, body]

    def delegates(self, events: EventColumns, parties: PartyColumns) -> DelegateColumns:
        """The delegates of parties of events."""
        found = self._columns(2, events.ids)
        at = {id: place for place, id in enumerate(parties.ids)}
        places = list(map(at.__getitem__, found[1]))
        span = max(found[0], default=0) + 1
        keys = [
            (2 * place + (role != "head")) * span + id
            for place, role, id in zip(places, found[3], found[0], strict=True)
        ]
        columns = in_order([found[0], places, *found[2:]], _sorted(keys))
        ids, persons = columns[0], columns[2]
        posts = self._posts_by_delegate(events.ids)
        acting = [posts.get(id, "") for id in ids]
        return DelegateColumns(ids, columns[1], persons, self._persons.of(persons), columns[3], columns[4], acting)

    def _posts_by_delegate(self, events: Sequence[int]) -> dict[int, str]:
        """By delegate, the offices acted in as words, best first."""
        delegates, ranks, chairs, held = self._columns(3, events)
        words = self._posts.of(chairs)
        found = dict(zip(delegates, words, strict=True))
        if len(found) < len(delegates):  # somebody acts in several
            several: dict[int, list[str]] = {}
            for who, _rank, _chair, _held, said in sorted(zip(delegates, ranks, chairs, held, words, strict=True)):
                several.setdefault(who, []).append(said)
            found = {who: "; ".join(said) for who, said in several.items()}
        return found

    def _persons_named(self, ids: list[int]) -> dict[Any, str]:
        if self._style == "official":
            return _names(self._reader, "person", "id", ids)
        return person_names(self._reader, ids, self._style)


def in_order(columns: Iterable[list[Any]], order: Sequence[int]) -> Columns:
    """Columns in another order, which gives the places of their values."""
    if list(order) == list(range(len(order))):
        return [list(column) for column in columns]
    return [list(map(column.__getitem__, order)) for column in columns]


def _sorted(keys: list[int]) -> list[int]:
    """The places of keys in the order of the keys."""
    return sorted(range(len(keys)), key=keys.__getitem__)


def _names(reader: Reader, record: str, key: str, keys: Sequence[Any]) -> dict[Any, str]:
    columns = table_named(record).c
    rows = reader.rows(select(columns[key], columns.name).where(columns[key].in_(listed(keys))))
    return {each: name or "" for each, name in rows}


def _events() -> Select[Any]:
    event, row = table_named("event"), table_named("event_row")
    columns = (
        event.c.id, event.c.date, event.c.date_text, event.c.kind, event.c.status, event.c.title, event.c.city,
        event.c.country, row.c.level, row.c.topics,
    )  # fmt: skip
    joined = event.join(WANTED, event.c.id == WANTED.c.value).outerjoin(row, row.c.event_id == event.c.id)
    return select(*columns).select_from(joined)


def _parties() -> Select[Any]:
    party = table_named("delegation")
    columns = (party.c.id, party.c.event_id, party.c.country, party.c.organisation_id, party.c.role, party.c.attendance)
    return select(*columns).select_from(party.join(WANTED, party.c.event_id == WANTED.c.value))


def _delegates() -> Select[Any]:
    delegate = table_named("delegate")
    columns = (delegate.c.id, delegate.c.delegation_id, delegate.c.person_id, delegate.c.role, delegate.c.stated_as)
    return select(*columns).select_from(delegate.join(WANTED, delegate.c.event_id == WANTED.c.value))


def _offices() -> Select[Any]:
    delegate, capacity, appointment, post = (
        table_named(each) for each in ("delegate", "capacity", "appointment", "post")
    )
    joined = (
        delegate.join(WANTED, delegate.c.event_id == WANTED.c.value)
        .join(capacity, capacity.c.delegate_id == delegate.c.id)
        .join(appointment, appointment.c.id == capacity.c.appointment_id)
        .join(post, post.c.id == appointment.c.post_id)
    )
    return select(delegate.c.id, post.c.rank, post.c.id, appointment.c.id).select_from(joined)
