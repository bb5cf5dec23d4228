"""Report: the rounds of a framework, with heads and outcomes, and the next one with everything said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from legation.documents.document import Block, Column, Document, Facts, Row, Table, plain
from legation.fields.kinds import link
from legation.fields.record_type import field as option
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import (
    EVENT_STATUSES,
    ORGANISATION_KINDS,
    OUTCOME_STATUSES,
    PLANNED_STATUSES,
)
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    outcomes_by_event,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import count, one_group, sources_column, text, when
from legation.reports.report import WHEN, WHERE, Basis, Report, options
from legation.reports.said import said_about_events, said_about_organisation
from legation.reports.sources import Cited, citations_of_events
from legation.storage.filters.conditions import Filter
from legation.storage.labels import labels
from legation.storage.reading import listed

MEMBERS = {
    "member": N_("Members"),
    "observer": N_("Observers"),
    "partner": N_("Partners"),
    "associate": N_("Associates"),
}
MOST_MEMBERS = 40


@dataclass(frozen=True)
class _Facts:
    """What the rows are made of."""

    parties: dict[int, list[Party]]
    people: dict[int, list[Participant]]
    outcomes: dict[int, list[tuple[int, str]]]
    cited: dict[int, list[Cited]]


def build(basis: Basis) -> Document:
    """The rounds that were held, the next one, and what was said about it."""
    framework = basis["framework"]
    events = sorted(events_by_id(basis.reader, _chosen(basis)).values(), key=lambda each: each.order)
    basis.events |= dict.fromkeys(each.id for each in events)
    ids = [each.id for each in events]
    facts = _Facts(
        parties_by_event(basis.reader, ids),
        participants_by_party(basis.reader, ids, basis.style),
        outcomes_by_event(basis.reader, ids),
        citations_of_events(basis.reader, ids),
    )
    held = [each for each in events if each.status == "held"]
    planned = [each for each in events if each.status in PLANNED_STATUSES]
    document = Document(_title(basis))
    document.add(_head(basis, framework, held, planned))
    document.add(_rounds(basis, held, facts))
    document.add(*_next(basis, planned, facts))
    document.add(said_about_organisation(basis, framework))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks."""
    basis.events |= dict.fromkeys(_chosen(basis))
    basis.is_in_time = True
    return Document(_title(basis))


def _chosen(basis: Basis) -> list[int]:
    """The rounds of the framework, held and planned."""
    return chosen_events(basis, Filter("framework", str(basis["framework"])), undated=True)


def _title(basis: Basis) -> str:
    names = labels(basis.reader, record_type("organisation"), [basis["framework"]])
    return _("{framework}: dossier").format(framework=names.get(basis["framework"], ""))


def _head(basis: Basis, framework: int, held: Sequence[EventFacts], planned: Sequence[EventFacts]) -> Facts:
    """What the framework is, who belongs to it, how often it met, when last and when next."""
    body, membership, country = (table_named(each) for each in ("organisation", "membership", "country"))
    kind = basis.reader.value(select(body.c.kind).where(body.c.id == framework))
    members = basis.reader.rows(
        select(country.c.name, membership.c.status)
        .join(membership, membership.c.country == country.c.code)
        .where(membership.c.organisation_id == framework)
        .order_by(country.c.name)
    )
    rows = [(_("Kind"), plain(_(ORGANISATION_KINDS[kind]) if kind else ""))]
    for status, words in MEMBERS.items():
        named = [name for name, own in members if own == status]
        if named:
            listed = ", ".join(named[:MOST_MEMBERS])
            rest = len(named) - MOST_MEMBERS
            more = ngettext("{listed} and {count} more", "{listed} and {count} more", rest)
            rows.append((_(words), plain(more.format(listed=listed, count=rest) if rest > 0 else listed)))
    rows.append((_("Rounds held"), plain(str(len(held)))))
    if held:
        rows.append((_("Last"), plain(_told(held[-1], basis.day))))
        if len(gaps := [each for each in _gaps(held) if each is not None]) > 1:
            between = ngettext("{count} day", "{count} days", sum(gaps) // len(gaps))
            rows.append((_("Time between rounds"), plain(between.format(count=sum(gaps) // len(gaps)))))
    if planned:
        rows.append((_("Next"), plain(_told(planned[0], basis.day))))
    return Facts(rows)


def _told(event: EventFacts, today: date) -> str:
    """Date, days since or until, and place of a round in words."""
    parts = [event.day, _away(event, today), event.place]
    if event.status != "held":
        parts.append(_(EVENT_STATUSES[event.status]).lower())
    return ", ".join(part for part in parts if part)


def _away(event: EventFacts, today: date) -> str:
    """How far away a dated event is; "" for one whose day is open."""
    if event.date is None:
        return ""
    since = (today - date.fromisoformat(event.date_to)).days
    until = (date.fromisoformat(event.date_from) - today).days
    if since > 0:
        return ngettext("{count} day ago", "{count} days ago", since).format(count=f"{since:,}")
    return ngettext("in {count} day", "in {count} days", until).format(count=f"{until:,}") if until > 0 else ""


def _gaps(held: Sequence[EventFacts]) -> list[int | None]:
    """For each round the days since the one before ended, at least; None for the first, and where they overlap."""
    found: list[int | None] = [None] * min(len(held), 1)
    for before, after in pairwise(held):
        days = (date.fromisoformat(after.date_from) - date.fromisoformat(before.date_to)).days
        found.append(days if days > 0 else None)
    return found


def _rounds(basis: Basis, held: Sequence[EventFacts], facts: _Facts) -> Table:
    states = _outcome_states(basis, [id for found in facts.outcomes.values() for id, _title in found])
    rows = []
    for event, gap in zip(held, _gaps(held)):
        outcomes = "; ".join(
            _("{outcome} ({status})").format(outcome=title, status=states[id])
            for id, title in facts.outcomes.get(event.id, [])
        )
        cells = (
            count(event.ordinal), when(event), text(event.place), text(event.title), text(_chair(event, facts)),
            text(_heads(event, facts)), text(outcomes), count(gap), basis.notes.cell(facts.cited.get(event.id, [])),
        )  # fmt: skip
        rows.append(Row(f"event:{event.id}", cells))
    columns = (
        Column("number", _("No."), "number", 5),
        Column("date", _("Date"), "date", 16),
        Column("place", _("Place"), width=16),
        Column("event", _("Event"), width=26),
        Column("chair", _("Chair"), width=20),
        Column("heads", _("Heads"), width=40),
        Column("outcomes", _("Outcomes"), width=26),
        Column("gap", _("Days since the round before"), "number", 11),
        sources_column(),
    )
    return Table("rounds", _("Rounds"), columns, one_group(rows), when_empty=_("No round was held."))


def _outcome_states(basis: Basis, ids: Sequence[int]) -> dict[int, str]:
    """The status of outcomes in words."""
    outcome = table_named("outcome")
    rows = basis.reader.rows(select(outcome.c.id, outcome.c.status).where(outcome.c.id.in_(listed(ids))))
    return {id: _(OUTCOME_STATUSES[status]).lower() for id, status in rows}


def _chair(event: EventFacts, facts: _Facts) -> str:
    """Who took the chair; where no source says it, the host, said to be one."""
    parties = facts.parties.get(event.id, [])
    chairs = [each for each in parties if each.role == "chair"]
    if chairs:
        return "; ".join(_leaders(each, facts) or each.name for each in chairs)
    return "; ".join(_("{party} (host)").format(party=each.name) for each in parties if each.role == "host")


def _leaders(party: Party, facts: _Facts) -> str:
    people = facts.people.get(party.id, [])
    return "; ".join(each.as_told for each in people if each.role == "head")


def _heads(event: EventFacts, facts: _Facts) -> str:
    told = []
    for party in facts.parties.get(event.id, []):
        if leaders := _leaders(party, facts):
            told.append(_("{party}: {people}").format(party=party.country_name or party.name, people=leaders))
        else:
            told.append(party.unnamed)
    return "; ".join(told)


def _next(basis: Basis, planned: Sequence[EventFacts], facts: _Facts) -> list[Block]:
    """What is planned, and everything said about it."""
    rows = []
    for event in planned:
        parties = "; ".join(each.name for each in facts.parties.get(event.id, []))
        cells = (
            count(event.ordinal), when(event), text(event.place), text(event.title), text(parties),
            text(_(EVENT_STATUSES[event.status])), basis.notes.cell(facts.cited.get(event.id, [])),
        )  # fmt: skip
        rows.append(Row(f"event:{event.id}", cells))
    columns = (
        Column("number", _("No."), "number", 5),
        Column("date", _("Date as stated"), "date", 18),
        Column("place", _("Place"), width=18),
        Column("event", _("Event"), width=34),
        Column("parties", _("Expected parties"), width=34),
        Column("status", _("Status"), width=12),
        sources_column(),
    )
    table = Table("next", _("Next round"), columns, one_group(rows), when_empty=_("No further round is planned."))
    if not planned:
        return [table]
    return [table, said_about_events(basis, planned)]


REPORT = Report(
    name="framework-dossier",
    label=N_("Framework dossier"),
    about=N_("The rounds of a dialogue or committee, and the next one with everything said about it."),
    options=options(
        "framework-dossier",
        option("framework", N_("Framework"), link("organisation"), required=True),
        WHEN,
        WHERE,
    ),
    build=build,
    outline=outline,
)
