"""Report: what two countries did with each other, in the order of time, visits with what happened during them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from legation.documents.document import Block, Column, Document, Group, Row, Table
from legation.fields.draft import Draft
from legation.fields.kinds import choice
from legation.fields.record_type import Problem, field as option
from legation.i18n import N_, _
from legation.records.catalogue import record_type, table_named
from legation.reports.charts import bars_by_year, timeline
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    BUSINESS,
    EventFacts,
    Participant,
    Party,
    events_by_id,
    outcomes_by_event,
    participants_by_party,
    parties_by_event,
    speakers,
)
from legation.reports.layout import grouped, sources_column, text, when
from legation.reports.report import COUNTRY, OTHER, WHEN, WHERE, Basis, Report, needed, options
from legation.reports.sources import Cited, citations_of_events
from legation.reports.together import held_once
from legation.storage.filters.conditions import Filter
from legation.storage.labels import labels
from legation.storage.reading import listed

DEALINGS = {"all": N_("All"), "states": N_("Between states only"), "business": N_("With business only")}
NOT_CANCELLED = Filter("status", "cancelled", is_not=True)
HELD = Filter("status", "held")
UNDATED = N_("Date to be announced")


@dataclass(frozen=True)
class _Facts:
    """What the rows are made of."""

    parties: dict[int, list[Party]]
    participants: dict[int, list[Participant]]
    outcomes: dict[int, list[tuple[int, str]]]
    cited: dict[int, list[Cited]]


def build(basis: Basis) -> Document:
    """The chronology of two countries."""
    document = Document(_title(basis))
    document.add(*chronology(basis, basis["country"], basis["other"], with_pictures=True))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks."""
    found = chosen_events(basis, NOT_CANCELLED, countries=(basis["country"], basis["other"]))
    if basis["dealings"] != "all":
        with_business = _with_business(basis, found)
        found = [id for id in found if (id in with_business) == (basis["dealings"] == "business")]
    basis.events |= dict.fromkeys(found)
    basis.is_in_time = True
    return Document(_title(basis))


def _title(basis: Basis) -> str:
    one, other = basis["country"], basis["other"]
    names = labels(basis.reader, record_type("country"), [one, other])
    return _("{one} and {other}: chronology").format(one=names.get(one, one), other=names.get(other, other))


def _with_business(basis: Basis, events: Sequence[int]) -> set[int]:
    """The events among these at which a company has a party."""
    party, body = table_named("delegation"), table_named("organisation")
    companies = select(body.c.id).where(body.c.kind.in_(BUSINESS))
    dealt = select(party.c.event_id).where(party.c.event_id.in_(listed(events)), party.c.organisation_id.in_(companies))
    return {id for (id,) in basis.reader.rows(dealt)}


def chronology(
    basis: Basis,
    one: str,
    other: str | None,
    *,
    with_pictures: bool = False,
    held_only: bool = False,
    newest: int | None = None,
) -> list[Block]:
    """The table of the events of a country with another, or with all, and its pictures before it.

    `held_only` leaves out what is planned; `newest` is how many of the last events are told, all when it is None.
    """
    found = chosen_events(basis, HELD if held_only else NOT_CANCELLED, countries=(one, other))
    events = events_by_id(basis.reader, found if newest is None else found[-newest:])
    parties = parties_by_event(basis.reader, list(events))
    dealt = basis["dealings"] or "all"
    events = {id: each for id, each in events.items() if _is_dealt(parties.get(id, []), dealt)}
    basis.events |= dict.fromkeys(events)
    facts = _Facts(
        parties,
        participants_by_party(basis.reader, list(events), basis.style),
        outcomes_by_event(basis.reader, list(events)),
        citations_of_events(basis.reader, list(events)),
    )
    names = labels(basis.reader, record_type("country"), [one, other])
    sides = (
        _("For {country}").format(country=names.get(one, one)),
        _("For {country}").format(country=names.get(other, other)) if other else _("For the others"),
    )
    rows = [
        (_year(first), _row(basis, each, level, one, other, facts))
        for first, each, level in in_tree(list(events.values()))
    ]
    table = Table(
        "chronology", _("Chronology"), _columns(sides), _groups(rows), _("Year"), "event", _("Nothing is recorded.")
    )
    met = held_once(events.values())
    pictures = [timeline(_("When they met"), met), bars_by_year(_("Meetings a year, by level"), met)]
    return [*(each for each in pictures if each is not None and with_pictures), table]


def _is_dealt(parties: Sequence[Party], dealt: str) -> bool:
    has_business = any(each.is_business for each in parties)
    return dealt == "all" or has_business == (dealt == "business")


def in_tree(events: Sequence[EventFacts]) -> list[tuple[EventFacts, EventFacts, int]]:
    """Events in the order of time, each after the one it is part of: (the outermost, the event, how deep)."""
    by_id = {each.id: each for each in events}
    children: dict[int | None, list[EventFacts]] = {}
    for each in sorted(events, key=lambda event: event.order):
        parent = each.parent if each.parent in by_id else None
        children.setdefault(parent, []).append(each)
    found: list[tuple[EventFacts, EventFacts, int]] = []
    seen: set[int] = set()

    def walk(each: EventFacts, first: EventFacts, level: int) -> None:
        if each.id in seen:
            return
        seen.add(each.id)
        found.append((first, each, level))
        for child in children.get(each.id, []):
            walk(child, first, level + 1)

    for each in (*children.get(None, []), *events):  # those in a ring of parts come last
        walk(each, each, 0)
    return found


def _year(event: EventFacts) -> str:
    return _(UNDATED) if event.date is None else event.date_from[:4]


def _groups(rows: Sequence[tuple[str, Row]]) -> tuple[Group, ...]:
    return grouped(rows, order=lambda title: (not title.isdecimal(), title))


def _columns(sides: tuple[str, str]) -> tuple[Column, ...]:
    return (
        Column("date", _("Date"), "date", 17),
        Column("kind", _("Kind"), width=13),
        Column("level", _("Level"), width=11),
        Column("event", _("Event"), width=26),
        Column("place", _("Place"), width=12),
        Column("one", sides[0], width=26),
        Column("other", sides[1], width=26),
        Column("topics", _("Topics"), width=20),
        Column("outcomes", _("Outcomes"), width=18),
        sources_column(),
    )


def _row(basis: Basis, event: EventFacts, level: int, one: str, other: str | None, facts: _Facts) -> Row:
    parties = facts.parties.get(event.id, [])
    ours = [each for each in parties if each.country == one]
    theirs = [each for each in parties if (each.country == other if other else each.country != one)]
    topics = (event.topics or "").replace(" · ", ", ")
    outcomes = "; ".join(title for _id, title in facts.outcomes.get(event.id, []))
    cells = (
        when(event),
        text(event.kind_words),
        text(event.level_words),
        text(event.title),
        text(event.place),
        text(speakers(ours, facts.participants)),
        text(speakers(theirs, facts.participants)),
        text(topics),
        text(outcomes),
        basis.notes.cell(facts.cited.get(event.id, [])),
    )
    return Row(f"event:{event.id}", cells, level)


def two_countries(draft: Draft) -> list[Problem]:
    """The two countries must be two."""
    if draft["country"] is not None and draft["country"] == draft["other"]:
        return [Problem("other", _("A chronology is of two countries: choose another one."))]
    return []


REPORT = Report(
    name="bilateral-chronology",
    label=N_("Bilateral chronology"),
    about=N_("What two countries did with each other, in the order of time."),
    options=options(
        "bilateral-chronology",
        needed(COUNTRY),
        needed(OTHER),
        WHEN,
        option("dealings", N_("Dealings"), choice(DEALINGS), required=True, default="all"),
        WHERE,
        checks=(two_countries,),
    ),
    build=build,
    outline=outline,
)
