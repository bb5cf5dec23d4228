"""Report: visits in the style of a register: who, in what capacity, from when to when, where, and whom they met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legation.documents.document import Column, Document, Row, Table
from legation.fields.kinds import link
from legation.fields.record_type import field as option
from legation.i18n import N_, _
from legation.records.vocabulary import CONTACT_KINDS
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import begin, end, grouped, sources_column, text
from legation.reports.report import PERSON, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import Cited, citations_of_events
from legation.reports.together import parts_of
from legation.storage.filters.conditions import Filter

VISITS_HELD = (Filter("kind", "visit"), Filter("status", "held"))


@dataclass(frozen=True)
class _Facts:
    """What the rows are made of: the visits and all that is part of them."""

    events: dict[int, EventFacts]
    parts: Mapping[int, list[int]]
    parties: dict[int, list[Party]]
    people: dict[int, list[Participant]]
    cited: dict[int, list[Cited]]

    def contacts(self, visit: EventFacts) -> list[EventFacts]:
        """The held contacts of a visit in the order of time."""
        parts = [self.events[id] for id in self.parts.get(visit.id, []) if id in self.events]
        contacts = [each for each in parts if each.kind in CONTACT_KINDS and each.status == "held"]
        return sorted(contacts, key=lambda each: each.order)


def build(basis: Basis) -> Document:
    """The register, by visiting country."""
    visits = _chosen(basis)
    parts = parts_of(basis.reader, visits)
    every = list(dict.fromkeys([*visits, *(part for found in parts.values() for part in found)]))
    facts = _Facts(
        events_by_id(basis.reader, every),
        parts,
        parties_by_event(basis.reader, every),
        participants_by_party(basis.reader, every, basis.style),
        citations_of_events(basis.reader, every),
    )
    rows = [
        (_visiting(guest), _row(basis, facts.events[id], guest, facts))
        for id in visits
        for guest in _guests(basis, facts.events[id], facts)
    ]
    basis.events |= dict.fromkeys(int(row.key.split(":")[1]) for _title, row in rows)
    groups = grouped(rows, order=str.casefold)
    document = Document(_("Register of visits"))
    document.add(Table("visits", "", _columns(), groups, _("Visiting country"), when_empty=_("No visit is recorded.")))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its table."""
    visits = _chosen(basis)
    events = events_by_id(basis.reader, visits)
    parts = parts_of(basis.reader, [id for id in visits if events[id].country is None])  # which tell a tour
    events |= events_by_id(basis.reader, sorted({part for found in parts.values() for part in found} - events.keys()))
    people = participants_by_party(basis.reader, visits, basis.style) if basis["person"] is not None else {}
    facts = _Facts(events, parts, parties_by_event(basis.reader, visits), people, {})
    basis.events |= dict.fromkeys(id for id in visits if _guests(basis, events[id], facts))
    basis.is_in_time = True
    return Document(_("Register of visits"))


def _chosen(basis: Basis) -> list[int]:
    return chosen_events(basis, *VISITS_HELD, countries=(basis["country"], basis["visited"]))


def _columns() -> tuple[Column, ...]:
    return (
        Column("visitor", _("Visitor"), width=22),
        Column("capacity", _("Capacity"), width=28),
        Column("from", _("From"), "date", 18),
        Column("to", _("To"), "date", 18),
        Column("country", _("Country visited"), width=16),
        Column("locality", _("Locality"), width=14),
        Column("type", _("Visit type"), width=12),
        Column("remarks", _("Remarks"), width=52),
        sources_column(),
    )


def _guests(basis: Basis, visit: EventFacts, facts: _Facts) -> list[Party]:
    """The visiting parties of a visit that the options ask for; a tour is told by the visits that it is made of."""
    if _is_tour(visit, facts):
        return []
    parties = [each for each in facts.parties.get(visit.id, []) if each.attendance != "absent"]
    guests = [each for each in parties if each.role == "guest"]
    guests = guests or [each for each in parties if each.role != "host" and each.country != visit.country]
    if basis["country"]:
        guests = [each for each in guests if each.country == basis["country"]]
    if basis["person"] is not None:
        guests = [each for each in guests if any(p.person == basis["person"] for p in facts.people.get(each.id, []))]
    if basis["visited"] and basis["visited"] not in _hosts(visit, parties):
        return []
    return guests


def _is_tour(visit: EventFacts, facts: _Facts) -> bool:
    """Whether a visit has no country of its own, and visits with one are part of it."""
    parts = [facts.events[id] for id in facts.parts.get(visit.id, []) if id in facts.events]
    return visit.country is None and any(each.kind == "visit" and each.country for each in parts)


def _hosts(visit: EventFacts, parties: Sequence[Party]) -> set[str | None]:
    return {visit.country} if visit.country else {each.country for each in parties if each.role == "host"}


def _visiting(guest: Party) -> str:
    return guest.country_name or guest.name


def _row(basis: Basis, visit: EventFacts, guest: Party, facts: _Facts) -> Row:
    people = facts.people.get(guest.id, [])
    heads = [each for each in people if each.role == "head"] or people
    visitor = "; ".join(each.name for each in heads) or _not_named(visit, guest, facts)
    parties = facts.parties.get(visit.id, [])
    hosts = [each.country_name for each in parties if each.role == "host" and each.country_name]
    contacts = facts.contacts(visit)
    cited = [note for id in (visit.id, *(each.id for each in contacts)) for note in facts.cited.get(id, [])]
    cells = (
        text(visitor), text("; ".join(dict.fromkeys(each.capacity for each in heads if each.capacity))),
        begin(visit), end(visit), text(visit.country_name or "; ".join(dict.fromkeys(hosts))),
        text(_localities(visit, contacts)), text(visit.type_words), text(_remarks(visit, guest, contacts, facts)),
        basis.notes.cell(cited),
    )  # fmt: skip
    return Row(f"visit:{visit.id}:{guest.id}", cells)


def _not_named(visit: EventFacts, guest: Party, facts: _Facts) -> str:
    """A visitor of whom no source says the name, with those who led the talks during the visit."""
    leading: dict[str, None] = {}
    for contact in facts.contacts(visit):
        for party in facts.parties.get(contact.id, []):
            if party.country == guest.country:
                heads = [each for each in facts.people.get(party.id, []) if each.role == "head"]
                leading |= dict.fromkeys(each.as_told for each in heads)
    if not leading:
        return guest.unnamed
    whose = guest.body or guest.demonym or guest.country_name or ""
    return _("{whose} delegation; talks led by {people}").format(whose=whose, people="; ".join(leading))


def _localities(visit: EventFacts, contacts: Sequence[EventFacts]) -> str:
    """The city of the visit, and those of the meetings during it."""
    cities = [visit.city, *(each.city for each in contacts if each.country == visit.country)]
    return ", ".join(dict.fromkeys(each for each in cities if each))


def _remarks(visit: EventFacts, guest: Party, contacts: Sequence[EventFacts], facts: _Facts) -> str:
    """What is noted of the visit, and whom the visitors met during it."""
    met: dict[str, None] = {}
    for contact in contacts:
        for party in facts.parties.get(contact.id, []):
            if party.country == guest.country and party.organisation == guest.organisation:
                continue
            if party.country == guest.country and any(
                each.country not in (None, guest.country) for each in facts.parties[contact.id]
            ):
                continue  # its own side has more than one body
            people = facts.people.get(party.id, [])
            heads = [each for each in people if each.role == "head"] or people
            met |= dict.fromkeys([each.as_told for each in heads] or [party.name])
    told = _("Met with {people}.").format(people="; ".join(met)) if met else ""
    return " ".join(part for part in (visit.summary or "", told) if part)


REPORT = Report(
    name="visits-register",
    label=N_("Register of visits"),
    about=N_("Who visited where, in what capacity, from when to when, and whom they met."),
    options=options(
        "visits-register",
        option("country", N_("Visiting country"), link("country")),
        option("visited", N_("Country visited"), link("country")),
        PERSON,
        WHEN,
        WHERE,
    ),
    build=build,
    outline=outline,
)
