"""The events of a report as one plain table, to count in: a row an event, a participation or a pair of parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import func, select

from legation.documents.document import Cell, Column, Row, Table
from legation.i18n import N_, _
from legation.records.catalogue import table_named
from legation.records.vocabulary import ATTENDANCES, DELEGATE_ROLES, DELEGATION_ROLES, EVENT_KIND_WORDS, EVENT_STATUSES
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import count, one_group, sources_column, text, when
from legation.reports.report import Basis
from legation.reports.sources import citations_of_events
from legation.storage.reading import listed

TOGETHER = 20_000  # events whose facts are held at a time
_NOBODY = Cell()
GRAINS = {
    "event": N_("One row an event"),
    "participation": N_("One row a delegate, or a party of whom nobody is named"),
    "dyad": N_("One row a pair of parties at an event"),
}


def grain_table(basis: Basis, grain: str) -> Table:
    """The events that the report chose, in the order of time, in rows of a grain."""
    columns, rows_of = {
        "event": (_event_columns, _event_rows),
        "participation": (_participation_columns, _participation_rows),
        "dyad": (_dyad_columns, _dyad_rows),
    }[grain]
    words, ordered = _Words(), _in_order_of_time(basis)
    rows = []
    for start in range(0, len(ordered), TOGETHER):
        part = ordered[start : start + TOGETHER]
        parties = parties_by_event(basis.reader, part)
        people = participants_by_party(basis.reader, part, basis.style)
        cited = citations_of_events(basis.reader, part)
        for event in events_by_id(basis.reader, part).values():
            notes, shared = basis.notes.cell(cited.get(event.id, ())), _of_event(event, words)
            for key, cells in rows_of(parties.get(event.id, []), people, event, words):
                rows.append(Row(f"event:{event.id}{key}", (*shared, *cells, notes)))
    return Table(
        grain, "", (*_shared_columns(), *columns(), sources_column()), one_group(rows),
        when_empty=_("Nothing is recorded."),
    )  # fmt: skip


def _in_order_of_time(basis: Basis) -> list[int]:
    """The ids of the events in the order of chronologies, as `EventFacts.order` gives it."""
    event = table_named("event").c
    asked = select(event.id).where(event.id.in_(listed(list(basis.events))))
    time = (event.date.is_(None), event.date_from, event.date_to, func.coalesce(event.start_time, ""), event.id)
    return [id for (id,) in basis.reader.rows(asked.order_by(*time))]


class _Words:
    """The cells of the words that stand in very many rows, each made once."""

    def __init__(self) -> None:
        self.kinds = _cells(EVENT_KIND_WORDS)
        self.statuses = _cells(EVENT_STATUSES)
        self.party_roles = _cells(DELEGATION_ROLES)
        self.attendances = _cells(ATTENDANCES)
        self.roles = _cells(DELEGATE_ROLES)


def _cells(terms: Mapping[str, str]) -> dict[str, Cell]:
    return {code: text(_(label)) for code, label in terms.items()}


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


def _of_event(event: EventFacts, words: _Words) -> tuple[Cell, ...]:
    kind = words.kinds.get(event.kind) or text(event.kind)
    status = words.statuses[event.status]
    return count(event.id), when(event), kind, status, text(event.title), text(event.place), text(event.level_words)


_Rows = Iterator[tuple[str, tuple[Cell, ...]]]
_People = Mapping[int, list[Participant]]


def _event_columns() -> tuple[Column, ...]:
    return (
        Column("parties", _("Parties"), width=30),
        Column("heads", _("Heads"), width=30),
        Column("topics", _("Topics"), width=30),
    )


def _event_rows(parties: list[Party], people: _People, event: EventFacts, _words: _Words) -> _Rows:
    heads = [each.as_told for party in parties for each in people.get(party.id, []) if each.role == "head"]
    topics = (event.topics or "").replace(" · ", "; ")
    yield "", (text("; ".join(each.name for each in parties)), text("; ".join(heads)), text(topics))


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


def _participation_rows(parties: list[Party], people: _People, _event: EventFacts, words: _Words) -> _Rows:
    for party in parties:
        side = (
            text(party.country_name), text(party.country), text(party.body), words.party_roles[party.role],
            words.attendances[party.attendance],
        )  # fmt: skip
        named = people.get(party.id, ())
        for each in named:
            posts = each.posts[0] if len(each.posts) == 1 else "; ".join(each.posts)
            yield (
                f"/person:{each.person}",
                (*side, text(each.name), words.roles[each.role], text(posts), text(each.stated_as)),
            )
        if not named:
            yield f"/party:{party.id}", (*side, _NOBODY, _NOBODY, _NOBODY, _NOBODY)


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


def _dyad_rows(parties: list[Party], people: _People, _event: EventFacts, _words: _Words) -> _Rows:
    for at, one in enumerate(parties):
        for other in parties[at + 1 :]:
            first, second = sorted((one, other), key=lambda each: (each.country or "", each.organisation or 0, each.id))
            cells = tuple(cell for party in (first, second) for cell in _side(party, people))
            yield f"/parties:{first.id}-{second.id}", cells


def _side(party: Party, people: _People) -> tuple[Cell, ...]:
    heads = "; ".join(each.as_told for each in people.get(party.id, []) if each.role == "head")
    return text(party.country_name), text(party.country), text(party.body), text(heads)
