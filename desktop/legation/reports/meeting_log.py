"""Report: the meetings of office-holders, one row a counterpart, their travel, as British ministers publish it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from legation.documents.document import Column, Document, Row, Table
from legation.fields.draft import Draft
from legation.fields.record_type import Problem
from legation.i18n import N_, _
from legation.records.catalogue import table_named
from legation.records.vocabulary import CONTACT_KINDS
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
from legation.reports.layout import begin, end, one_group, short_day, sources_column, text
from legation.reports.report import BODY, COUNTRY, PERSON, WHEN, WHERE, Basis, Report, needed, options
from legation.reports.sources import Cited, citations_of_events, searched
from legation.reports.tenure import seen_in_office
from legation.storage.filters.conditions import Filter
from legation.storage.office_holders import may_cover
from legation.storage.reading import listed

NIL = N_("Nil return")
NOBODY = N_("Nobody is known to have held a ministerial post there then.")
CONTACTS_AND_VISITS_HELD = (Filter("kind", ",".join((*CONTACT_KINDS, "visit"))), Filter("status", "held"))
_Attended = tuple[EventFacts, Party, Participant]
MINISTERIAL = 65  # the lowest rank of those whose quarter without meetings is a nil return


def somebody(draft: Draft) -> list[Problem]:
    """Whose log it is must be said."""
    if all(draft[name] is None for name in ("person", "body", "country")):
        return [Problem("person", _("Say whose log it is: give an official, a body or a country."))]
    return []


@dataclass(frozen=True)
class _Facts:
    """What the log is made of: contacts and visits, their parties, and the parts that the office-holders took."""

    events: dict[int, EventFacts]
    parties: dict[int, list[Party]]
    people: dict[int, list[Participant]]
    cited: dict[int, list[Cited]]
    names: dict[int, str]
    attended: dict[int, list[_Attended]]
    searched: int  # events that were looked through


def build(basis: Basis) -> Document:
    """The log of meetings and the log of travel."""
    holders = _holders(basis)
    chosen = chosen_events(basis, *CONTACTS_AND_VISITS_HELD)
    events = events_by_id(basis.reader, _with_any(basis, chosen, holders))
    basis.events |= dict.fromkeys(events)
    parties = parties_by_event(basis.reader, list(events))
    people = participants_by_party(basis.reader, list(events), basis.style)
    named = person_names(basis.reader, holders, basis.style)
    facts = _Facts(
        events,
        parties,
        people,
        citations_of_events(basis.reader, list(events)),
        {person: named[person] for person in holders if person in named},
        _attended(holders, events, parties, people),
        len(chosen),
    )
    document = Document(_("Meeting log"))
    document.add(_meetings(basis, facts), _travel(basis, facts))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its tables."""
    chosen = chosen_events(basis, *CONTACTS_AND_VISITS_HELD)
    basis.events |= dict.fromkeys(_with_any(basis, chosen, _holders(basis)))
    basis.is_in_time = True
    return Document(_("Meeting log"))


def _holders(basis: Basis) -> list[int]:
    """Those whose log it is: the official, or who held a ministerial post in the body or country then, highest first.

    Where no period is stated, only those are taken who were seen in the post then: of others nobody knows that they
    met no one.
    """
    if basis["person"] is not None:
        return [int(basis["person"])]
    appointment, post, body = (table_named(each) for each in ("appointment", "post", "organisation"))
    assert basis.window is not None
    first, last = basis.window
    statement = (
        select(appointment.c.id, appointment.c.person_id, appointment.c.period)
        .join(post, post.c.id == appointment.c.post_id)
        .join(body, body.c.id == post.c.organisation_id)
        .where(may_cover(appointment, first, last), post.c.rank <= MINISTERIAL)
        .order_by(post.c.rank, appointment.c.period_from, appointment.c.id)
    )
    if basis["body"] is not None:
        statement = statement.where(body.c.id == basis["body"])
    if basis["country"] is not None:
        statement = statement.where(body.c.country == basis["country"])
    rows = basis.reader.rows(statement)
    seen = seen_in_office(basis.reader, [id for id, _person, period in rows if period is None])
    then = {id for id, found in seen.items() if any(each.first <= last and each.last >= first for each in found)}
    return list(dict.fromkeys(person for id, person, period in rows if period is not None or id in then))


def _with_any(basis: Basis, events: Sequence[int], holders: Sequence[int]) -> list[int]:
    """Those of the events in which one of the office-holders took part, in the same order."""
    delegate = table_named("delegate")
    rows = basis.reader.rows(select(delegate.c.event_id).where(delegate.c.person_id.in_(listed(holders))))
    took_part = {row[0] for row in rows}
    return [id for id in events if id in took_part]


def _attended(
    holders: Sequence[int],
    events: dict[int, EventFacts],
    parties: dict[int, list[Party]],
    people: dict[int, list[Participant]],
) -> dict[int, list[_Attended]]:
    """By office-holder, each event in the order of time, with the party and the part taken."""
    found: dict[int, list[_Attended]] = {person: [] for person in holders}
    for event in sorted(events.values(), key=lambda each: each.order):
        for party in parties.get(event.id, []):
            if party.attendance == "absent":
                continue
            for each in people.get(party.id, []):
                if each.person in found:
                    found[each.person].append((event, party, each))
    return found


def _meetings(basis: Basis, facts: _Facts) -> Table:
    frameworks = framework_names(basis.reader, facts.events.values())
    rows: list[Row] = []
    for person, name in facts.names.items():
        own_rows = []
        for event, own, part in facts.attended[person]:
            if event.kind not in CONTACT_KINDS:
                continue
            for party in facts.parties[event.id]:
                if party.id == own.id or party.attendance == "absent":
                    continue
                cells = (
                    text(_told(name, part)), short_day(event), text(_counterpart(party, facts.people)),
                    text(_purpose(event, frameworks)), basis.notes.cell(facts.cited.get(event.id, [])),
                )  # fmt: skip
                own_rows.append(Row(f"event:{event.id}/{person}:{party.id}", cells))
        if not own_rows:
            nil = text(_(NIL))
            own_rows = [Row(f"{person}:nil", (text(name), nil, nil, nil, searched(facts.searched)))]
        rows += own_rows
    columns = (
        Column("minister", _("Minister"), width=34),
        Column("date", _("Date"), "date", 17),
        Column("counterpart", _("Name of organisation or individual"), width=40),
        Column("purpose", _("Purpose of meeting"), width=40),
        sources_column(),
    )
    return Table("meetings", _("Meetings"), columns, one_group(rows), when_empty=_(NOBODY))


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


def _travel(basis: Basis, facts: _Facts) -> Table:
    """A journey is a visit abroad, told once however many meetings it had; else the meeting abroad itself."""
    wholes = sorted({each.parent for each in facts.events.values() if each.parent is not None})
    visits = {id: each for id, each in events_by_id(basis.reader, wholes).items() if each.kind == "visit"}
    rows: list[Row] = []
    for person, name in facts.names.items():
        trips: dict[int, EventFacts] = {}
        parts: dict[int, Participant] = {}
        cited: dict[int, list[Cited]] = {}
        for event, own, part in facts.attended[person]:
            if event.mode not in ("in_person", "hybrid") or event.country in (None, own.country):
                continue
            trip = visits.get(event.parent or 0, event)
            trips.setdefault(trip.id, trip)
            parts.setdefault(trip.id, part)
            cited.setdefault(trip.id, []).extend(facts.cited.get(event.id, []))
        if not trips:
            nil = text(_(NIL))
            rows.append(Row(f"{person}:trip:nil", (text(name), nil, nil, nil, nil, searched(facts.searched))))
        for trip in sorted(trips.values(), key=lambda each: each.order):
            cells = (
                text(_told(name, parts[trip.id])), begin(trip), end(trip), text(trip.place), text(trip.title),
                basis.notes.cell(cited[trip.id]),
            )  # fmt: skip
            rows.append(Row(f"visit:{trip.id}/{person}", cells))
    columns = (
        Column("minister", _("Minister"), width=34),
        Column("start", _("Start date"), "date", 17),
        Column("end", _("End date"), "date", 17),
        Column("destination", _("Destination"), width=24),
        Column("purpose", _("Purpose of trip"), width=40),
        sources_column(),
    )
    return Table("travel", _("Travel"), columns, one_group(rows), when_empty=_(NOBODY))


REPORT = Report(
    name="meeting-log",
    label=N_("Meeting log"),
    about=N_("The meetings and travel of office-holders in a quarter, one row a counterpart."),
    options=options("meeting-log", PERSON, BODY, COUNTRY, needed(WHEN), WHERE, checks=(somebody,)),
    build=build,
    outline=outline,
)
