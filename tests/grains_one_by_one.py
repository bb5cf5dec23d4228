"""The plain tables of a report made the slow way: row by row out of the facts that all other reports print."""

from __future__ import annotations

from collections.abc import Iterator

from legation.documents.document import Cell
from legation.i18n import _
from legation.records.vocabulary import ATTENDANCES, DELEGATE_ROLES, DELEGATION_ROLES, EVENT_KIND_WORDS, EVENT_STATUSES
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import count, text, when
from legation.reports.report import Basis
from legation.reports.sources import citations_of_events

Rows = Iterator[tuple[str, tuple[Cell, ...]]]
People = dict[int, list[Participant]]


def rows_one_by_one(basis: Basis, grain: str) -> Rows:
    """The keys and cells of the rows of a grain, for the events of `basis`."""
    ids = list(basis.events)
    parties, people = parties_by_event(basis.reader, ids), participants_by_party(basis.reader, ids, basis.style)
    cited = citations_of_events(basis.reader, ids)
    rows_of = {"event": _event, "participation": _participations, "dyad": _dyads}[grain]
    for event in sorted(events_by_id(basis.reader, ids).values(), key=lambda each: each.order):
        notes = basis.notes.cell(cited.get(event.id, ()))
        shared = (
            count(event.id), when(event), text(_(EVENT_KIND_WORDS.get(event.kind, event.kind))),
            text(_(EVENT_STATUSES[event.status])), text(event.title), text(event.place), text(event.level_words),
        )  # fmt: skip
        for key, cells in rows_of(event, parties.get(event.id, []), people):
            yield f"event:{event.id}{key}", (*shared, *cells, notes)


def _heads(party: Party, people: People) -> list[str]:
    return [each.as_told for each in people.get(party.id, []) if each.role == "head"]


def _event(event: EventFacts, parties: list[Party], people: People) -> Rows:
    heads = [each for party in parties for each in _heads(party, people)]
    topics = (event.topics or "").replace(" · ", "; ")
    yield "", (text("; ".join(map(_as_listed, parties))), text("; ".join(heads)), text(topics))


def _as_listed(party: Party) -> str:
    """A party as the table of events shows it."""
    name, body = party.country_name or "", party.body or ""
    return f"{name} ({body})" if name and body else name or body


def _participations(_event: EventFacts, parties: list[Party], people: People) -> Rows:
    for party in parties:
        side = (
            text(party.country_name), text(party.country), text(party.body), text(_(DELEGATION_ROLES[party.role])),
            text(_(ATTENDANCES[party.attendance])),
        )  # fmt: skip
        for each in people.get(party.id, ()):
            own = (each.name, _(DELEGATE_ROLES[each.role]), "; ".join(each.posts), each.stated_as)
            yield f"/person:{each.person}", (*side, *map(text, own))
        if not people.get(party.id):
            yield f"/party:{party.id}", (*side, *[Cell()] * 4)


def _dyads(_event: EventFacts, parties: list[Party], people: People) -> Rows:
    for at, one in enumerate(parties):
        for other in parties[at + 1 :]:
            pair = sorted((one, other), key=lambda each: (each.country or "", each.organisation or 0, each.id))
            sides = ((each.country_name, each.country, each.body, "; ".join(_heads(each, people))) for each in pair)
            yield f"/parties:{pair[0].id}-{pair[1].id}", tuple(text(words) for side in sides for words in side)
