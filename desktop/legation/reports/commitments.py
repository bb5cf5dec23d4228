"""Report: what was agreed and is still open: who owes it, since when, until when, and when it was last reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from legation.documents.document import Column, Document, Row, Table
from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import choice
from legation.fields.record_type import field as option
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import table_named
from legation.records.vocabulary import OPEN_OUTCOMES, OUTCOME_KINDS, OUTCOME_STATUSES
from legation.reports.choosing import chosen_events
from legation.reports.facts import EventFacts, Party, events_by_id, parties_by_event
from legation.reports.layout import count, day, grouped, sources_column, text
from legation.reports.report import COUNTRY, OTHER, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import citations_of, citations_of_events
from legation.storage.filters.conditions import Filter
from legation.storage.plans import ONLY_BY_ID
from legation.storage.reading import listed

STATES = {"open": N_("Open"), "all": N_("Open and settled")}
JOINTLY = N_("All parties jointly")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An outcome with the event where it was reached, and the last event that dealt with it."""

    id: int
    title: str
    kind: str
    status: str
    due: str | None
    due_to: str
    owner: int | None
    event: EventFacts

    def overdue(self, today: date) -> int | None:
        """Days since it was due; None while it is not overdue."""
        if self.due is None or self.status not in OPEN_OUTCOMES:
            return None
        days = (today - date.fromisoformat(self.due_to)).days
        return days if days > 0 else None


def build(basis: Basis) -> Document:
    """The open outcomes of all events, or of those of one or two countries."""
    table = commitments(basis, basis["country"], basis["other"])
    document = Document(table.title)
    document.add(replace(table, title=""))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its table."""
    found = _chosen(basis, basis["country"], basis["other"])
    basis.events |= dict.fromkeys(each.event.id for each in found)
    return Document(_title(found, basis.day))


def commitments(basis: Basis, country: str | None, other: str | None = None) -> Table:
    """The table of outcomes by who owes them: overdue first, then by when they are due, then by when reached."""
    found = _chosen(basis, country, other)
    events = [each.event.id for each in found]
    basis.events |= dict.fromkeys(events)
    parties = parties_by_event(basis.reader, events)
    by_id = {each.id: each for sides in parties.values() for each in sides}
    reviewed = _last_reviewed(basis, [each.id for each in found])
    own, of_events = (
        citations_of(basis.reader, "outcome", [each.id for each in found]),
        citations_of_events(basis.reader, events),
    )
    found.sort(key=lambda each: _order(each, basis.day))
    rows = []
    for each in found:
        last = reviewed.get(each.id)
        owner = _owner(by_id.get(each.owner) if each.owner is not None else None)
        sides = "; ".join(party.name for party in parties.get(each.event.id, []))
        late = each.overdue(basis.day)
        cells = (
            text(each.title), text(_(OUTCOME_KINDS.get(each.kind, each.kind))), text(sides),
            day(each.event.date, each.event.day), text(each.event.title),
            day(each.due, print_date(each.due) if each.due else ""), count(late),
            day(last[0], print_date(last[0])) if last else text(""), text(last[1] if last else _("Not reviewed yet")),
            text(_(OUTCOME_STATUSES[each.status])),
            basis.notes.cell(own.get(each.id) or of_events.get(each.event.id, [])),
        )  # fmt: skip
        rows.append((owner, Row(f"outcome:{each.id}", cells)))
    groups = grouped(rows, order=lambda owner: (owner == _(JOINTLY), owner))
    return Table(
        "commitments",
        _title(found, basis.day),
        _columns(),
        groups,
        _("Owed by"),
        when_empty=_("Nothing is outstanding."),
    )


def _chosen(basis: Basis, country: str | None, other: str | None) -> list[_Outcome]:
    """The outcomes of the events of one or two countries, or of all."""
    asked = Filter("outcome", ",".join(_states(basis)))
    return _outcomes(basis, chosen_events(basis, asked, countries=(country, other)))


def _title(found: Sequence[_Outcome], today: date) -> str:
    late = sum(each.overdue(today) is not None for each in found)
    if not late:
        return _("Outstanding commitments")
    words = ngettext("Outstanding commitments, {count} overdue", "Outstanding commitments, {count} overdue", late)
    return words.format(count=late)


def _states(basis: Basis) -> Sequence[str]:
    return tuple(OUTCOME_STATUSES) if basis["state"] == "all" else OPEN_OUTCOMES


def _order(each: _Outcome, today: date) -> tuple[Any, ...]:
    return each.overdue(today) is None, each.due is None, each.due_to, each.event.order, each.id


def _owner(party: Party | None) -> str:
    if party is None:
        return _(JOINTLY)
    return party.country_name or party.name


def _outcomes(basis: Basis, events: Sequence[int]) -> list[_Outcome]:
    outcome = table_named("outcome")
    columns = (outcome.c.id, outcome.c.title, outcome.c.kind, outcome.c.status, outcome.c.due, outcome.c.due_to,
               outcome.c.owner_id, outcome.c.event_id)  # fmt: skip
    wanted = outcome.c.event_id.in_(listed(events)), outcome.c.status.in_(_states(basis))
    rows = basis.reader.rows(select(*columns).where(*wanted).order_by(outcome.c.id))
    facts = events_by_id(basis.reader, sorted({row[7] for row in rows}))
    return [
        _Outcome(id, title, kind, status, due, due_to, owner, facts[event])
        for id, title, kind, status, due, due_to, owner, event in rows
        if event in facts
    ]


def _last_reviewed(basis: Basis, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The date and title of the last event whose agenda dealt with each outcome."""
    item, event = table_named("agenda_item"), table_named("event")
    statement = (
        select(item.c.about_outcome_id, event.c.date, event.c.title, func.max(event.c.date_to))
        .join(event, event.c.id == item.c.event_id)
        .where(item.c.about_outcome_id.in_(listed(ids)), event.c.date.is_not(None), event.c.status == "held")
        .group_by(item.c.about_outcome_id)
        .with_hint(event, ONLY_BY_ID, "sqlite")  # or all that were ever held are looked through
    )
    return {id: (edtf, title) for id, edtf, title, _last in basis.reader.rows(statement)}


def _columns() -> tuple[Column, ...]:
    return (
        Column("outcome", _("Outcome"), width=28),
        Column("kind", _("Kind"), width=14),
        Column("parties", _("Parties"), width=30),
        Column("reached", _("Reached"), "date", 16),
        Column("reached_at", _("At"), width=22),
        Column("due", _("Due"), "date", 12),
        Column("overdue", _("Days overdue"), "number", 12),
        Column("reviewed", _("Last reviewed"), "date", 16),
        Column("reviewed_at", _("At"), width=22),
        Column("status", _("Status"), width=11),
        sources_column(),
    )


REPORT = Report(
    name="commitments",
    label=N_("Outstanding commitments"),
    about=N_("What was agreed and is open: owner, due date, days overdue, last review."),
    options=options(
        "commitments",
        COUNTRY,
        OTHER,
        WHEN,
        option("state", N_("State"), choice(STATES), required=True, default="open"),
        WHERE,
    ),
    build=build,
    outline=outline,
)
