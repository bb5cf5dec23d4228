"""The facts that reports print, fetched for many events at a time: events, their parties, and who spoke for them.

The number of statements does not depend on the number of events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import select

from legation.fields.fuzzy_dates import print_date
from legation.fields.names import NameParts, Style, display
from legation.i18n import N_, _
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import EVENT_KIND_WORDS, EVENT_STATUSES, LEVELS, VISIT_TYPES
from legation.reports.offices import Offices
from legation.storage.labels import labels
from legation.storage.reading import Reader, listed

BUSINESS = ("company", "business_association")
UNNAMED = {
    "attended": N_("{whose} delegation (unnamed)"),
    "expected": N_("{whose} delegation (expected)"),
    "invited": N_("{whose} delegation (invited)"),
    "absent": N_("{whose} delegation (absent)"),
}


class EventFacts(NamedTuple):
    """An event as reports print it; `place` is the words of where it was, `topics` their names."""

    id: int
    uid: str
    kind: str
    title: str
    status: str
    parent: int | None
    framework: int | None
    ordinal: int | None
    date: str | None
    date_text: str | None
    date_from: str
    date_to: str
    start_time: str | None
    country: str | None
    country_name: str | None
    city: str | None
    mode: str
    visit_type: str | None
    level: str | None
    topics: str | None
    summary: str | None

    @property
    def when(self) -> str:
        """The date in words; see `date_words`."""
        return date_words(self.date, self.date_text)

    @property
    def day(self) -> str:
        """The date in words, without those of the source."""
        return print_date(self.date)

    @property
    def place(self) -> str:
        """City and country."""
        return ", ".join(part for part in (self.city, self.country_name) if part)

    @property
    def kind_words(self) -> str:
        """The kind, and the status of one that was not held."""
        kind = _(EVENT_KIND_WORDS.get(self.kind, self.kind))
        if self.status == "held":
            return kind
        return _("{kind} ({status})").format(kind=kind, status=_(EVENT_STATUSES[self.status]).lower())

    @property
    def title_words(self) -> str:
        """The title, and the status of one that was not held."""
        if self.status == "held":
            return self.title
        return _("{title} ({status})").format(title=self.title, status=_(EVENT_STATUSES[self.status]).lower())

    @property
    def level_words(self) -> str:
        """The level; "" where it is not known."""
        return _(LEVELS[self.level]) if self.level else ""

    @property
    def type_words(self) -> str:
        """The type of a visit; "" where no source says it."""
        return _(VISIT_TYPES[self.visit_type]) if self.visit_type else ""

    @property
    def order(self) -> tuple[bool, str, str, str, int]:
        """The key of chronologies: undated last, and of a shared start the precise before the vague."""
        return (self.date is None, self.date_from, self.date_to, self.start_time or "", self.id)


def date_words(edtf: str | None, words: str | None) -> str:
    """A date in words; words of the source that are no date ("during the visit") stand beside it."""
    if edtf is None or not words or any(letter.isdecimal() for letter in words):
        return print_date(edtf, words)
    return _("{date} (stated: {words})").format(date=print_date(edtf), words=words)


class Party(NamedTuple):
    """A party at an event: a state, a body, or a body on the side of a state."""

    id: int
    event: int
    country: str | None
    organisation: int | None
    role: str
    attendance: str
    country_name: str | None
    demonym: str | None
    body: str | None
    body_kind: str | None
    stated_as: str | None

    @property
    def name(self) -> str:
        """The body where there is one, with its state; else the state."""
        if self.body and self.country_name:
            return _("{body} ({country})").format(body=self.body, country=self.country_name)
        return self.body or self.country_name or ""

    @property
    def unnamed(self) -> str:
        """What stands for its delegates when nobody is named; of one that is still to come, that it is."""
        whose = self.body or self.demonym or self.country_name or ""
        return _(UNNAMED[self.attendance]).format(whose=whose)

    @property
    def is_business(self) -> bool:
        """Whether a company speaks, not the state."""
        return self.body_kind in BUSINESS


class Participant(NamedTuple):
    """A person in a delegation; `posts` are the offices acted in, best first, `appointments` their ids."""

    id: int
    event: int
    party: int
    person: int
    name: str
    role: str
    stated_as: str | None
    posts: tuple[str, ...]
    appointments: tuple[int, ...]
    rank: int | None

    @property
    def capacity(self) -> str:
        """In what capacity, in words: the offices, else the title as stated."""
        stated = self.stated_as if self.stated_as != self.name else None  # a register may name title and man in one
        return "; ".join(self.posts) or stated or ""

    @property
    def as_told(self) -> str:
        """Name and capacity."""
        return _("{name} ({capacity})").format(name=self.name, capacity=self.capacity) if self.capacity else self.name


def events_by_id(reader: Reader, ids: Sequence[int]) -> dict[int, EventFacts]:
    """Events by id, in the order asked for; those that are gone are left out."""
    event, row, country = (table_named(each) for each in ("event", "event_row", "country"))
    columns = (
        event.c.id, event.c.uid, event.c.kind, event.c.title, event.c.status, event.c.parent_id, event.c.framework_id,
        event.c.ordinal, event.c.date, event.c.date_text, event.c.date_from, event.c.date_to, event.c.start_time,
        event.c.country, country.c.name, event.c.city, event.c.mode, event.c.visit_type, row.c.level, row.c.topics,
        event.c.summary,
    )  # fmt: skip
    joined = event.outerjoin(row, row.c.event_id == event.c.id).outerjoin(country, country.c.code == event.c.country)
    rows = reader.rows(select(*columns).select_from(joined).where(event.c.id.in_(listed(ids))))
    found = {each[0]: EventFacts._make(each) for each in rows}
    return {id: found[id] for id in ids if id in found}


def parties_by_event(reader: Reader, ids: Sequence[int]) -> dict[int, list[Party]]:
    """The parties of events, in the order in which they were entered."""
    party, country, body = (table_named(each) for each in ("delegation", "country", "organisation"))
    columns = (
        party.c.id, party.c.event_id, party.c.country, party.c.organisation_id, party.c.role, party.c.attendance,
        country.c.name, country.c.demonym, body.c.name, body.c.kind, party.c.stated_as,
    )  # fmt: skip
    joined = party.outerjoin(country, country.c.code == party.c.country).outerjoin(
        body, body.c.id == party.c.organisation_id
    )
    rows = reader.rows(select(*columns).select_from(joined).where(party.c.event_id.in_(listed(ids))))
    found: dict[int, list[Party]] = defaultdict(list)
    for each in sorted(rows):
        found[each[1]].append(Party._make(each))
    return found


def participants_by_party(reader: Reader, ids: Sequence[int], style: Style) -> dict[int, list[Participant]]:
    """The delegates of events by party, heads first, each with the offices acted in."""
    delegate, person = table_named("delegate"), table_named("person")
    columns = (
        delegate.c.id, delegate.c.event_id, delegate.c.delegation_id, delegate.c.person_id, delegate.c.role,
        delegate.c.stated_as, person.c.name, person.c.family_name, person.c.given_name, person.c.patronymic,
    )  # fmt: skip
    joined = delegate.join(person, person.c.id == delegate.c.person_id)
    rows = reader.rows(select(*columns).select_from(joined).where(delegate.c.event_id.in_(listed(ids))))
    acting = _acting(reader, ids)
    found: dict[int, list[Participant]] = defaultdict(list)
    heads = (row for row in sorted(rows) if row[4] == "head")
    others = (row for row in sorted(rows) if row[4] != "head")
    for id, event, party, who, role, stated, name, family, given, patronymic in chain(heads, others):
        if style != "official":
            name = display(NameParts(family, given, patronymic, display=name), style)
        posts, held, rank = acting.get(id) or _NO_OFFICE
        found[party].append(Participant(id, event, party, who, name, role, stated, posts, held, rank))
    return found


_Acting = tuple[tuple[str, ...], tuple[int, ...], int | None]
_NO_OFFICE: _Acting = ((), (), None)


def _acting(reader: Reader, ids: Sequence[int]) -> dict[int, _Acting]:
    """By delegate, the offices acted in, best first: their words, the ids of the appointments, and the best rank."""
    delegate, capacity, appointment, post = (
        table_named(each) for each in ("delegate", "capacity", "appointment", "post")
    )
    joined = (
        delegate.join(capacity, capacity.c.delegate_id == delegate.c.id)
        .join(appointment, appointment.c.id == capacity.c.appointment_id)
        .join(post, post.c.id == appointment.c.post_id)
    )
    columns = (delegate.c.id, post.c.rank, post.c.id, appointment.c.id)
    rows = reader.rows(select(*columns).select_from(joined).where(delegate.c.event_id.in_(listed(ids))))
    offices, of_delegates = Offices(reader), defaultdict[int, list[int]](list)
    offices.take({(rank, chair, held) for _who, rank, chair, held in rows})
    for who, _rank, _chair, held in rows:
        of_delegates[who].append(held)
    words, found = offices.words, dict[int, _Acting]()
    for who, each in of_delegates.items():
        ordered = tuple(offices.best_first(each))
        found[who] = tuple(words[one] for one in ordered), ordered, offices.rank(ordered[0])
    return found


def person_names(reader: Reader, ids: Iterable[int], style: Style) -> dict[int, str]:
    """The names of persons in the order wished."""
    person = table_named("person")
    columns = (person.c.id, person.c.family_name, person.c.given_name, person.c.patronymic, person.c.name)
    rows = reader.rows(select(*columns).where(person.c.id.in_(listed(sorted(set(ids))))))
    return {
        id: display(NameParts(family, given, patronymic, display=name), style)
        for id, family, given, patronymic, name in rows
    }


def speakers(parties: Sequence[Party], participants: dict[int, list[Participant]], *, named_only: bool = False) -> str:
    """Who led these parties: the heads with their capacities, else all who are named, else the delegation unnamed."""
    told = []
    for party in parties:
        people = participants.get(party.id, [])
        leading = [each for each in people if each.role == "head"] or people
        if leading:
            told += [each.as_told for each in leading]
        elif not named_only:
            told.append(party.unnamed)
    return "; ".join(told)


def outcomes_by_event(reader: Reader, ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """The outcomes of events: id and title, in the order in which they were entered."""
    outcome = table_named("outcome")
    rows = reader.rows(
        select(outcome.c.event_id, outcome.c.id, outcome.c.title).where(outcome.c.event_id.in_(listed(ids)))
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for event, id, title in sorted(rows, key=lambda row: (row[0], row[1])):
        found[event].append((id, title))
    return found


def framework_names(reader: Reader, events: Iterable[EventFacts]) -> dict[Any, str]:
    """What the frameworks of events are called, by id."""
    return labels(reader, record_type("organisation"), {each.framework for each in events})
