"""Tables of what was said about planned events and about a body: at which event, by whom, or in which source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from legation.documents.document import Column, Row, Table
from legation.fields.fuzzy_dates import print_date
from legation.i18n import _
from legation.records.catalogue import table_named
from legation.records.vocabulary import AGENDA_ACTS
from legation.reports.facts import EventFacts
from legation.reports.layout import day, grouped, one_group, sources_column, text
from legation.reports.report import Basis
from legation.reports.sources import Cited, citations_of, sources_with_chains
from legation.storage.reading import listed

_Ordered = tuple[tuple[bool, str, str, str], Row]


def said_about_events(basis: Basis, events: Sequence[EventFacts]) -> Table:
    """What was said at other events about these, and what sources state of them, each in the order of time."""
    item = table_named("agenda_item")
    ids = [each.id for each in events]
    of_events: dict[int, list[_Ordered]] = {id: [] for id in ids}
    for about, ordered in _spoken(basis, item.c.about_event_id, item.c.about_event_id.in_(listed(ids))):
        of_events[about].append(ordered)
    for about, ordered in _written(basis, ids):
        of_events[about].append(ordered)
    rows = [
        (event.title, row)
        for event in events
        for _order, row in sorted(of_events[event.id], key=lambda each: each[0])
    ]  # fmt: skip
    groups = grouped(rows) if len(events) > 1 else one_group(row for _title, row in rows)
    grouped_by = _("Planned event") if len(events) > 1 else ""
    return Table(
        "said", _("What was said about it"), _columns(), groups, grouped_by, when_empty=_("Nothing is recorded.")
    )


def said_about_organisation(basis: Basis, body: int) -> Table:
    """What was said about a body as such at any event; what is about a planned event too stands there."""
    item = table_named("agenda_item")
    about = (item.c.about_organisation_id == body) & item.c.about_event_id.is_(None)
    ordered = sorted(row for _about, row in _spoken(basis, item.c.about_organisation_id, about))
    rows = one_group(row for _order, row in ordered)
    return Table(
        "mentions", _("What was said about the framework"), _columns(), rows, when_empty=_("Nothing is recorded.")
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("date", _("Date"), "date", 16),
        Column("place", _("At, or in"), width=32),
        Column("act", _("How"), width=14),
        Column("by", _("By"), width=20),
        Column("words", _("What"), width=48),
        sources_column(),
    )


def _spoken(basis: Basis, about: Any, where: ColumnElement[bool]) -> list[tuple[int, _Ordered]]:
    """Agenda items about something, each with what it is about and its place in time."""
    item, event, party, country, body = (
        table_named(each) for each in ("agenda_item", "event", "delegation", "country", "organisation")
    )
    columns = (about, item.c.id, item.c.event_id, item.c.act, item.c.text, event.c.title, event.c.date,
               event.c.date_text, event.c.date_from, event.c.date_to, body.c.name, country.c.name)  # fmt: skip
    joined = (
        item.join(event, event.c.id == item.c.event_id)
        .outerjoin(party, party.c.id == item.c.speaker_id)
        .outerjoin(country, country.c.code == party.c.country)
        .outerjoin(body, body.c.id == party.c.organisation_id)
    )
    rows = basis.reader.rows(select(*columns).select_from(joined).where(where).order_by(item.c.id))
    own = citations_of(basis.reader, "agenda_item", [row[1] for row in rows])
    of_events = citations_of(basis.reader, "event", sorted({row[2] for row in rows}))
    found = []
    for of, id, at, act, words, title, edtf, date_text, first, last, speaker, state in rows:
        notes = basis.notes.cell(own.get(id) or of_events.get(at, []))
        cells = (
            day(edtf, print_date(edtf, date_text)), text(title), text(_(AGENDA_ACTS[act])),
            text(speaker or state or _("The sides")), text(words), notes,
        )  # fmt: skip
        found.append((of, ((edtf is None, first, last, f"item:{id:012}"), Row(f"item:{id}", cells))))
    return found


def _written(basis: Basis, ids: Sequence[int]) -> list[tuple[int, _Ordered]]:
    """What sources quote of events, and what they state otherwise, by the day they were issued."""
    citation = table_named("citation")
    columns = (citation.c.event_id, citation.c.id, citation.c.source_id, citation.c.quote, citation.c.states)
    rows = basis.reader.rows(
        select(*columns)
        .where(citation.c.event_id.in_(listed(ids)), citation.c.states.is_not(None) | citation.c.quote.is_not(None))
        .order_by(citation.c.id)
    )
    known = sources_with_chains(basis.reader, sorted({row[2] for row in rows}))
    found = []
    for of, id, number, quote, states in rows:
        source = known[number]
        issued = source.issued
        act = _("States") if states else _("Says")
        words = states or _("“{quote}”").format(quote=quote)
        cells = (
            day(issued, print_date(issued) if issued else _("n.d.")), text(source.short), text(act), text(""),
            text(words), basis.notes.cell([Cited(number, None)]),
        )  # fmt: skip
        found.append((of, ((issued is None, issued or "", "", f"written:{id:012}"), Row(f"citation:{id}", cells))))
    return found
