"""The facts of very many events column by column, for plain tables: what facts.py gives one by one.

Each question is made once and asked for some thousand events at a time. SQLite finds names and offices, puts them
together and brings the rows into their order: that it does beside Python, in the thread that reads ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, null, select
from sqlalchemy.sql.expression import literal_column

from legation.fields.names import Style
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.reports.facts import UNNAMED
from legation.storage.labels import filled, labels
from legation.storage.reading import ID, PLACE, WANTED, Asked, Reader, as_columns, in_places, listed, with_places

TOGETHER = 5000  # events of which facts are asked for at a time
_BETWEEN = "/"  # stands between the facts of a side: codes and numbers
_HEAD: ColumnElement[str] = literal_column("'head'")  # written out, so that the index of heads is used


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Events in the order asked for. `parties` are called as in the table of events; `ends` are the last days on which
    they may have ended."""

    ids: list[int]
    dates: list[str | None]
    stated_dates: list[str | None]
    kinds: list[str]
    statuses: list[str]
    titles: list[str]
    places: list[str]
    levels: list[str | None]
    parties: list[str]
    topics: list[str]
    ends: list[str]


class Distinct:
    """What stands in many places, each thing once: `things` in the order of first mention, and the places of all."""

    def __init__(self, things: Sequence[Any]) -> None:
        numbers = dict.fromkeys(things, 0)
        self.things = list(numbers)
        numbers = dict(zip(self.things, range(len(self.things)), strict=True))
        self.places = list(map(numbers.__getitem__, things))


@dataclass(frozen=True, slots=True)
class Sides:
    """What several parties have in common, each once: the country, the body, the role and the attendance.

    `unnamed` is what `Party.unnamed` says of them.
    """

    countries: list[str]
    organisations: list[int | None]
    country_names: list[str]
    bodies: list[str]
    roles: list[str]
    attendances: list[str]
    unnamed: list[str]


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """The parties of events, event by event, in the order in which they were entered.

    `events` are the places of their events, `sides` those in `side`; `heads` is who leads them, as
    `Participant.as_told` says it, "" where nobody is named.
    """

    ids: list[int]
    events: list[int]
    sides: list[int]
    side: Sides
    heads: list[str]

    def at_each_event(self) -> Iterator[range]:
        """The places of the parties that are at one event, event by event."""
        return runs(self.events)


@dataclass(frozen=True, slots=True)
class VoiceColumns:
    """Who speaks for the parties of events, party by party in their order: the delegates, heads first, and nobody where
    nobody is named.

    `events`, `parties` and `sides` as above. Of nobody, `persons` has None. `posts` are the offices acted in as words.
    """

    parties: list[int]
    events: list[int]
    sides: list[int]
    side: Sides
    persons: list[int | None]
    names: list[str]
    roles: list[str | None]
    posts: list[str]
    stated: list[str]


def in_portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids of events, as many at a time as are asked for together."""
    return (ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER))


def runs(numbers: Sequence[int]) -> Iterator[range]:
    """The places of equal numbers that follow one another, run by run."""
    start = 0
    for place, number in enumerate(numbers):
        if number != numbers[start]:
            yield range(start, place)
            start = place
    if numbers:
        yield range(start, len(numbers))


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


class FactColumns:
    """The questions for the facts of events; ids are in the order in which the answers are wanted."""

    def __init__(self, reader: Reader, style: Style) -> None:
        self._reader = reader
        self._countries = Named(lambda codes: self._names("country", "code", codes))
        self._demonyms = Named(lambda codes: self._names("country", "code", codes, "demonym"))
        self._bodies = Named(lambda ids: self._names("organisation", "id", ids))
        self._posts = Named(lambda ids: labels(reader, record_type("post"), ids))
        self._style = style
        self._made: dict[Callable[[_Voice], Select[Any]], Asked] = {}

    @cached_property
    def _voice(self) -> _Voice:
        return _Voice(self._style, in_several=_acts_in_several(self._reader))

    def _columns(self, question: Callable[[_Voice], Select[Any]], ids: Sequence[int]) -> list[list[Any]]:
        """The answer to a question, which is made once, for these events."""
        if question not in self._made:
            self._made[question] = as_columns(question(self._voice))
        return self._reader.columns(self._made[question], with_places(ids))

    def events(self, ids: Sequence[int]) -> EventColumns:
        """Events, all of which are there."""
        return EventColumns(*self._reader.columns(_events(), with_places(ids)))

    def heads(self, ids: Sequence[int]) -> list[str]:
        """For each event who leads its parties, in their order, with the capacity."""
        found = [""] * len(ids)
        for place, told in zip(*self._columns(_heads, ids), strict=True):
            found[place] = f"{found[place]}; {told}" if found[place] else told
        return found

    def parties(self, ids: Sequence[int]) -> PartyColumns:
        """The parties of events."""
        events, parties, sides, heads = self._columns(_parties, ids)
        distinct = Distinct(sides)
        return PartyColumns(parties, events, distinct.places, self._sides(distinct.things), heads)

    def voices(self, ids: Sequence[int]) -> VoiceColumns:
        """Who speaks for the parties of events."""
        columns = self._columns(_voices, ids)
        events, parties, sides, persons, names, roles, posts, several, stated = columns
        distinct, offices = Distinct(sides), self._posts.of(posts)
        for at, words in enumerate(several):
            if words:
                offices[at] = words
        return VoiceColumns(
            parties, events, distinct.places, self._sides(distinct.things), persons, names, roles, offices, stated
        )  # fmt: skip

    def _sides(self, packed: Sequence[str]) -> Sides:
        """The sides that `_side` packed."""
        parts = [each.split(_BETWEEN) for each in packed]
        countries, bodies, roles, attendances = map(list, zip(*parts, strict=True)) if parts else ([], [], [], [])
        organisations = [int(each) if each else None for each in bodies]
        country_names, body_names = self._countries.of(countries), self._bodies.of(organisations)
        demonyms = self._demonyms.of(countries)
        whose = zip(body_names, demonyms, country_names, attendances, strict=True)
        return Sides(
            countries, organisations, country_names, body_names,
            roles, attendances,
            [_(UNNAMED[attendance]).format(whose=body or demonym or country)
             for body, demonym, country, attendance in whose],
        )  # fmt: skip

    def _names(self, record: str, key: str, keys: Sequence[Any], name: str = "name") -> dict[Any, str]:
        columns = table_named(record).c
        rows = self._reader.rows(select(columns[key], columns[name]).where(columns[key].in_(listed(keys))))
        return {each: words or "" for each, words in rows}


def _acts_in_several(reader: Reader) -> bool:
    """Whether anybody acts in several offices at once; where nobody does, less need be asked."""
    capacity = table_named("capacity")
    several = select(capacity.c.delegate_id).group_by(capacity.c.delegate_id).having(func.count() > 1)
    return bool(reader.value(select(several.exists())))


class _Voice:
    """What is asked of a delegate: the name in a style, the offices acted in, and both together.

    `in_several` says that there may be delegates who act in several offices.
    """

    def __init__(self, style: Style, *, in_several: bool) -> None:
        self._in_several = in_several
        self.delegate, self.person = table_named("delegate"), table_named("person")
        self._sole = table_named("capacity").alias("sole")
        self._held, self._post, self._body = (table_named(each) for each in ("appointment", "post", "organisation"))
        named = self.person.c
        parts = (named.family_name, named.given_name, named.patronymic, named.name)
        self.name: ColumnElement[str] = named.name if style == "official" else func.name_in_style(style, *parts)
        self.post, self.posts = self._held.c.post_id, self._several_posts() if in_several else null()
        stated = func.nullif(func.nullif(self.delegate.c.stated_as, ""), self.name)
        capacity = func.coalesce(_label(self._post, self._body), self.posts, stated)
        told = filled(_("{name} ({capacity})"), name=self.name, capacity=capacity)
        self.told = func.coalesce(told, self.name)

    def joined(self, delegates: FromClause, *, is_outer: bool) -> FromClause:
        """Delegates with what is asked of them: of one who acts in a single office that office."""
        acts = self._sole.c.delegate_id == self.delegate.c.id
        if self._in_several:
            acts = and_(acts, ~self._others())
        return (
            delegates.join(self.person, self.person.c.id == self.delegate.c.person_id, isouter=is_outer)
            .outerjoin(self._sole, acts)
            .outerjoin(self._held, self._held.c.id == self._sole.c.appointment_id)
        )

    def _others(self) -> ColumnElement[bool]:
        """Whether there are other offices in which the delegate acts."""
        sole, other = self._sole, table_named("capacity").alias("other")
        is_other = and_(other.c.delegate_id == sole.c.delegate_id, other.c.appointment_id != sole.c.appointment_id)
        return select(other.c.delegate_id).where(is_other).exists()

    def joined_with_words(self, delegates: FromClause, *, is_outer: bool) -> FromClause:
        """The same with what that office is called, for `told`."""
        joined = self.joined(delegates, is_outer=is_outer)
        joined = joined.outerjoin(self._post, self._post.c.id == self._held.c.post_id)
        return joined.outerjoin(self._body, self._body.c.id == self._post.c.organisation_id)

    def _several_posts(self) -> ColumnElement[str]:
        """The offices of one who acts in several, best first."""
        capacity, held, post, body = (
            table_named(each).alias(f"its_{each}") for each in ("capacity", "appointment", "post", "organisation")
        )
        ordered = (
            select(_label(post, body).label("words"))
            .select_from(capacity)
            .join(held, held.c.id == capacity.c.appointment_id)
            .join(post, post.c.id == held.c.post_id)
            .join(body, body.c.id == post.c.organisation_id)
            .where(capacity.c.delegate_id == self.delegate.c.id)
            .order_by(post.c.rank, post.c.id, held.c.id)
            .correlate(self.delegate)
            .subquery()
        )
        return select(func.group_concat(ordered.c.words, "; ")).scalar_subquery()


def _label(post: FromClause, body: FromClause) -> ColumnElement[str]:
    """A post as lists call it; both its parts are always there."""
    return filled(record_type("post").one_line, title=post.c.title, organisation_id=body.c.name)


def _side(party: FromClause) -> ColumnElement[str]:
    """What a party has in common with others, as one text."""
    codes = (func.coalesce(party.c.country, ""), func.coalesce(party.c.organisation_id, ""), party.c.role)
    packed: ColumnElement[str] = party.c.attendance
    for each in reversed(codes):
        packed = each.concat(_BETWEEN).concat(packed)
    return packed


@cache
def _events() -> Asked:
    event, row, country = (table_named(each) for each in ("event", "event_row", "country"))
    place = func.coalesce(filled("{city}, {country}", city=event.c.city, country=country.c.name),
                          event.c.city, country.c.name, "")  # fmt: skip
    columns = (
        event.c.id, event.c.date, event.c.date_text, event.c.kind, event.c.status, event.c.title, place, row.c.level,
        _listed_in_cell(row.c.party_names), _listed_in_cell(row.c.topics), event.c.date_to,
    )  # fmt: skip
    joined = (
        WANTED.join(event, event.c.id == ID)
        .outerjoin(row, row.c.event_id == event.c.id)
        .outerjoin(country, country.c.code == event.c.country)
    )
    return as_columns(select(*columns).select_from(joined).order_by(PLACE))


def _listed_in_cell(words: ColumnElement[str]) -> ColumnElement[str]:
    """Words that stand beside one another in a row of the window, as a cell of a report has them."""
    return func.replace(func.coalesce(words, ""), " · ", "; ")


def _heads(voice: _Voice) -> Select[Any]:
    delegate = voice.delegate
    leading = WANTED.join(delegate, and_(delegate.c.event_id == ID, delegate.c.role == _HEAD))
    asked = select(PLACE, voice.told).select_from(voice.joined_with_words(leading, is_outer=False))
    return asked.order_by(in_places(delegate.c.delegation_id))


def _parties(voice: _Voice) -> Select[Any]:
    party, delegate = table_named("delegation"), voice.delegate
    led = WANTED.join(party, party.c.event_id == ID).outerjoin(
        delegate, and_(delegate.c.delegation_id == party.c.id, delegate.c.role == _HEAD)
    )
    columns = (PLACE, party.c.id, _side(party), func.coalesce(voice.told, ""))
    return select(*columns).select_from(voice.joined_with_words(led, is_outer=True)).order_by(in_places(party.c.id))


def _voices(voice: _Voice) -> Select[Any]:
    party, delegate = table_named("delegation"), voice.delegate
    joined = WANTED.join(party, party.c.event_id == ID).outerjoin(delegate, delegate.c.delegation_id == party.c.id)
    columns = (
        PLACE, party.c.id, _side(party), delegate.c.person_id, func.coalesce(voice.name, ""), delegate.c.role,
        voice.post, case((voice.post.is_(None), voice.posts)), func.coalesce(delegate.c.stated_as, ""),
    )  # fmt: skip
    asked = select(*columns).select_from(voice.joined(joined, is_outer=True))
    is_behind = func.coalesce(delegate.c.role != _HEAD, 0)
    return asked.order_by(in_places(party.c.id.bitwise_lshift(1).bitwise_or(is_behind)), delegate.c.id)
