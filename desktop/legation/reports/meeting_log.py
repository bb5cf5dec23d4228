"""Report: the meetings of office-holders, one row a counterpart, their travel, as British ministers publish it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from legation.documents.document import Column, Document, Row, Table
from legation.errors import UserError
from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import print_date
from legation.fields.record_type import Problem
from legation.i18n import N_, _
from legation.records.catalogue import table_named
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    framework_names,
    participants_by_party,
    parties_by_event,
    person_names,
)
from legation.reports.layout import day, one_group, short_day, sources_column, text
from legation.reports.report import BODY, COUNTRY, PERSON, WHEN, WHERE, Basis, Report, needed, options
from legation.reports.sources import Cited, citations_of_events
from legation.storage.filters.conditions import CONTACTS_HELD
from legation.storage.office_holders import may_cover

NIL = N_("Nil return")
MINISTERIAL = 65  # the lowest rank of those whose quarter without meetings is a nil return


def somebody(draft: Draft) -> list[Problem]:
    """Whose log it is must be said."""
    if all(draft[name] is None for name in ("person", "body", "country")):
        return [Problem("person", _("Say whose log it is: give an official, a body or a country."))]
    return []


def build(basis: Basis) -> Document:
    """The log of meetings and the log of travel."""
    holders = _holders(basis)
    found = chosen_events(basis, *CONTACTS_HELD)
    events = events_by_id(basis.reader, _with_any(basis, found, holders))
    basis.events |= dict.fromkeys(events)
    parties = parties_by_event(basis.reader, list(events))
    people = participants_by_party(basis.reader, list(events), basis.style)
    cited = citations_of_events(basis.reader, list(events))
    names = person_names(basis.reader, holders, basis.style)
    document = Document(_("Meeting log"))
    document.add(
        _meetings(basis, names, events, parties, people, cited), _travel(basis, names, events, parties, people, cited)
    )
    return document


def _holders(basis: Basis) -> list[int]:
    """Those whose log it is: the official, or who may have held a ministerial post in the body or country then."""
    if basis["person"] is not None:
        return [int(basis["person"])]
    appointment, post, body = (table_named(each) for each in ("appointment", "post", "organisation"))
    assert basis.window is not None
    statement = (
        select(appointment.c.person_id)
        .join(post, post.c.id == appointment.c.post_id)
        .join(body, body.c.id == post.c.organisation_id)
        .where(may_cover(appointment, *basis.window), post.c.rank <= MINISTERIAL)
        .order_by(post.c.rank, appointment.c.person_id)
    )
    if basis["body"] is not None:
        statement = statement.where(body.c.id == basis["body"])
    if basis["country"] is not None:
        statement = statement.where(body.c.country == basis["country"])
    found = list(dict.fromkeys(row[0] for row in basis.reader.rows(statement)))
    if not found:
        raise UserError(_("Nobody is known to have held a ministerial post there then."), _("Choose another body."))
    return found


def _with_any(basis: Basis, events: Sequence[int], holders: Sequence[int]) -> list[int]:
    """Those of the events in which one of the office-holders took part, in the same order."""
    delegate = table_named("delegate")
    rows = basis.reader.rows(select(delegate.c.event_id).where(delegate.c.person_id.in_(holders)))
    took_part = {row[0] for row in rows}
    return [id for id in events if id in took_part]


_Attended = tuple[int, EventFacts, Party, Participant]


def _attended(
    names: dict[int, str],
    events: dict[int, EventFacts],
    parties: dict[int, list[Party]],
    people: dict[int, list[Participant]],
) -> Iterator[_Attended]:
    """Each office-holder at each event: person, event, party and the part taken."""
    for person in names:
        for event in sorted(events.values(), key=lambda each: each.order):
            for party in parties.get(event.id, []):
                for each in people.get(party.id, []):
                    if each.person == person:
                        yield person, event, party, each


def _meetings(
    basis: Basis,
    names: dict[int, str],
    events: dict[int, EventFacts],
    parties: dict[int, list[Party]],
    people: dict[int, list[Participant]],
    cited: dict[int, list[Cited]],
) -> Table:
    frameworks = framework_names(basis.reader, events.values())
    rows: dict[int, list[Row]] = {person: [] for person in names}
    for person, event, own, part in _attended(names, events, parties, people):
        for party in parties[event.id]:
            if party.id == own.id:
                continue
            cells = (
                text(_told(names[person], part)), short_day(event), text(_counterpart(party, people)),
                text(_purpose(event, frameworks)), basis.notes.cell(cited.get(event.id, [])),
            )  # fmt: skip
            rows[person].append(Row(f"{person}:{event.id}:{party.id}", cells))
    for person, own_rows in rows.items():
        if not own_rows:
            cells = (text(names[person]), text(_(NIL)), text(_(NIL)), text(_(NIL)), basis.notes.cell(()))
            own_rows.append(Row(f"{person}:nil", cells))
    columns = (
        Column("minister", _("Minister"), width=34),
        Column("date", _("Date"), "date", 14),
        Column("counterpart", _("Name of organisation or individual"), width=40),
        Column("purpose", _("Purpose of meeting"), width=40),
        sources_column(),
    )
    return Table("meetings", _("Meetings"), columns, one_group(row for each in rows.values() for row in each))


def _told(name: str, part: Participant) -> str:
    """The office-holder with the office, repeated on every row, so that rows can be sorted."""
    return _("{name}, {office}").format(name=name, office=part.posts[0]) if part.posts else name


def _counterpart(party: Party, people: dict[int, list[Participant]]) -> str:
    named = people.get(party.id, [])
    if not named:
        return party.unnamed
    return _("{party}: {people}").format(party=party.name, people="; ".join(each.as_told for each in named))


def _purpose(event: EventFacts, frameworks: dict[Any, str]) -> str:
    subject = frameworks.get(event.framework) or event.title
    topics = (event.topics or "").replace(" · ", ", ")
    return _("{subject}: {topics}").format(subject=subject, topics=topics) if topics else subject


def _travel(
    basis: Basis,
    names: dict[int, str],
    events: dict[int, EventFacts],
    parties: dict[int, list[Party]],
    people: dict[int, list[Participant]],
    cited: dict[int, list[Cited]],
) -> Table:
    """A journey is the visit that a meeting abroad is part of, else the meeting itself."""
    visits = events_by_id(basis.reader, sorted({each.parent for each in events.values() if each.parent is not None}))
    rows: dict[tuple[int, int], Row] = {}
    for person, event, own, part in _attended(names, events, parties, people):
        if event.mode not in ("in_person", "hybrid") or event.country in (None, own.country):
            continue
        parent = visits.get(event.parent) if event.parent is not None else None
        trip = parent if parent is not None and parent.kind == "visit" else event
        first, last = trip.date_from, trip.date_to
        cells = (
            text(_told(names[person], part)), day(first, print_date(first)), day(last, print_date(last)),
            text(trip.place), text(trip.title), basis.notes.cell(cited.get(event.id, [])),
        )  # fmt: skip
        rows.setdefault((person, trip.id), Row(f"{person}:trip:{trip.id}", cells))
    columns = (
        Column("minister", _("Minister"), width=34),
        Column("start", _("Start date"), "date", 14),
        Column("end", _("End date"), "date", 14),
        Column("destination", _("Destination"), width=24),
        Column("purpose", _("Purpose of trip"), width=40),
        sources_column(),
    )
    return Table("travel", _("Travel"), columns, one_group(rows.values()), when_empty=_(NIL))


REPORT = Report(
    name="meeting-log",
    label=N_("Meeting log"),
    about=N_("The meetings and travel of office-holders in a quarter, one row a counterpart."),
    options=options("meeting-log", PERSON, BODY, COUNTRY, needed(WHEN), WHERE, checks=(somebody,)),
    build=build,
)
