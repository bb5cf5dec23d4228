"""Report: how we know of an event, or of all of a period: each fact with its source, the chain behind it, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal_column, select, union_all

from legation.documents.document import Cell, Column, Document, Paragraph, Row, Run, Table
from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import link
from legation.fields.record_type import field as option
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.reports.choosing import chosen_events
from legation.reports.facts import EventFacts, events_by_id
from legation.reports.layout import count, day, grouped, one_group, sources_column, text, when
from legation.reports.report import COUNTRY, OTHER, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import Cited, SourceFacts, chain_of, sources_with_chains
from legation.reports.together import parts_of
from legation.storage.labels import labels
from legation.storage.reading import listed

KINDS = ("event", "delegation", "delegate", "appointment", "agenda_item", "outcome")  # in the order of an event's form
NAMED = {
    "delegation": N_("Party: {what}"),
    "delegate": N_("Delegate: {what}"),
    "appointment": N_("Office: {what}"),
    "agenda_item": N_("Agenda: {what}"),
    "outcome": N_("Outcome: {what}"),
}


@dataclass(frozen=True, slots=True)
class _Citation:
    """A source tied to a record of an event."""

    event: int
    kind: str
    record: int
    id: int
    source: int
    locator: str | None
    quote: str | None
    states: str | None

    @property
    def order(self) -> tuple[int, int, int]:
        return KINDS.index(self.kind), self.record, self.id


def build(basis: Basis) -> Document:
    """The events with what speaks for and against their evidence, then every fact with its source."""
    events = events_by_id(basis.reader, _chosen(basis))
    basis.events |= dict.fromkeys(events)
    citations = _citations(basis, list(events))
    known = sources_with_chains(basis.reader, sorted({each.source for each in citations}))
    by_event: dict[int, list[_Citation]] = {id: [] for id in events}
    for each in sorted(citations, key=lambda found: found.order):
        by_event[each.event].append(each)
    document = Document(_title(events, basis))
    if events:
        document.add(_summary(by_event, known))
    document.add(_overview(basis, events, by_event, known), _facts(basis, events, by_event, known))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks."""
    chosen = _chosen(basis)
    named = events_by_id(basis.reader, chosen) if basis["event"] is not None else {}  # it may be gone
    basis.events |= dict.fromkeys(chosen if basis["event"] is None else named)
    return Document(_title(named, basis))


def _chosen(basis: Basis) -> list[int]:
    """The event asked for with all that is part of it, else the events of the period."""
    if basis["event"] is not None:
        parts = parts_of(basis.reader, [basis["event"]])
        return [basis["event"], *parts.get(basis["event"], [])]
    return chosen_events(basis, countries=(basis["country"], basis["other"]), undated=basis["period"] is None)


def _title(events: Mapping[int, EventFacts], basis: Basis) -> str:
    if basis["event"] in events:
        return _("{event}: evidence").format(event=events[basis["event"]].title)
    return _("Evidence")


def _citations(basis: Basis, events: Sequence[int]) -> list[_Citation]:
    """Every citation of the events, their parties, delegates, offices acted in, agenda and outcomes."""
    citation = table_named("citation")
    told = (citation.c.id, citation.c.source_id, citation.c.locator, citation.c.quote, citation.c.states)
    parts: list[Select[Any]] = [
        select(citation.c.event_id, literal_column("'event'"), citation.c.event_id, *told).where(
            citation.c.event_id.in_(listed(events))
        )
    ]
    for kind in ("delegation", "delegate", "agenda_item", "outcome"):
        table = table_named(kind)
        joined = select(table.c.event_id, literal_column(f"'{kind}'"), table.c.id, *told).join(
            citation, citation.c[f"{kind}_id"] == table.c.id
        )
        parts.append(joined.where(table.c.event_id.in_(listed(events))))
    delegate, capacity = table_named("delegate"), table_named("capacity")
    held = (
        select(delegate.c.event_id, literal_column("'appointment'"), capacity.c.appointment_id, *told)
        .join(capacity, capacity.c.delegate_id == delegate.c.id)
        .join(citation, citation.c.appointment_id == capacity.c.appointment_id)
    )
    parts.append(held.where(delegate.c.event_id.in_(listed(events))))
    return [_Citation(*row) for row in dict.fromkeys(basis.reader.rows(union_all(*parts)))]


def _is_first_hand(citations: Sequence[_Citation], known: Mapping[int, SourceFacts]) -> bool:
    """Whether one of the sources cites no other."""
    return any(known[each.source].derived_from is None for each in citations)


def _roots(citations: Sequence[_Citation], known: dict[int, SourceFacts]) -> set[object]:
    """Where the chains of sources end: their publishers, else the sources themselves."""
    ends = [chain_of(each.source, known)[-1] for each in citations]
    return {end.publisher or end.id for end in ends}


def _flags(citations: Sequence[_Citation], known: dict[int, SourceFacts]) -> list[str]:
    """What weakens the evidence of an event, in words."""
    if not citations:
        return [_("No source.")]
    flags = []
    if len(_roots(citations, known)) == 1:
        flags.append(_("All from one origin."))
    if not _is_first_hand(citations, known):
        flags.append(_("No source at first hand."))
    if any(each.states for each in citations):
        flags.append(_("Sources differ."))
    return flags


def _summary(by_event: Mapping[int, list[_Citation]], known: dict[int, SourceFacts]) -> Paragraph:
    cited = [each for each in by_event.values() if each]
    numbers = (
        len(by_event) - len(cited),
        sum(len(_roots(each, known)) == 1 for each in cited),
        sum(not _is_first_hand(each, known) for each in cited),
        sum(any(one.states for one in each) for each in cited),
    )
    events = ngettext("{count} event", "{count} events", len(by_event)).format(count=f"{len(by_event):,}")
    said = _(
        "{events}: {none} without a source, {one} from one origin alone, {second} without a source at first hand, "
        "{differ} where sources differ."
    )
    words = said.format(events=events, none=numbers[0], one=numbers[1], second=numbers[2], differ=numbers[3])
    return Paragraph((Run(words),))


def _overview(
    basis: Basis,
    events: Mapping[int, EventFacts],
    by_event: Mapping[int, list[_Citation]],
    known: dict[int, SourceFacts],
) -> Table:
    rows = []
    for event in sorted(events.values(), key=lambda each: each.order):
        citations = by_event[event.id]
        cells = (
            when(event), text(event.title_words), count(len({each.source for each in citations})),
            count(len(_roots(citations, known))), text(" ".join(_flags(citations, known))),
            basis.notes.cell(Cited(each.source, None) for each in citations),
        )  # fmt: skip
        rows.append(Row(f"event:{event.id}", cells))
    columns = (
        Column("date", _("Date"), "date", 16),
        Column("event", _("Event"), width=40),
        Column("count", _("Number of sources"), "number", 10),
        Column("origins", _("Origins"), "number", 9),
        Column("flags", _("To note"), width=34),
        sources_column(),
    )
    return Table("events", _("Events"), columns, one_group(rows), when_empty=_("Nothing is recorded."))


def _facts(
    basis: Basis,
    events: Mapping[int, EventFacts],
    by_event: Mapping[int, list[_Citation]],
    known: dict[int, SourceFacts],
) -> Table:
    words = _Words(basis, [each for found in by_event.values() for each in found])
    rows = []
    for event in sorted(events.values(), key=lambda each: each.order):
        title = _("{date}: {event}").format(date=event.when, event=event.title)
        for each in by_event[event.id]:
            source = known[each.source]
            quote = _("“{quote}”").format(quote=each.quote) if each.quote else ""
            issued = print_date(source.issued) if source.issued else _("n.d.")
            cells = (
                text(words.of(each, event)), text(_chain(each.source, known)), day(source.issued, issued),
                text(each.locator), text(quote), text(each.states),
                basis.notes.cell([Cited(each.source, None)]),
            )  # fmt: skip
            rows.append((title, Row(f"event:{event.id}/citation:{each.id}", cells)))
        if not by_event[event.id]:
            none = (
                text(_of_event(event)),
                text(_("No source is cited.")),
                *(Cell() for _column in range(4)),
                basis.notes.cell(()),
            )
            rows.append((title, Row(f"event:{event.id}/none", none)))
    columns = (
        Column("fact", _("Fact"), width=38),
        Column("chain", _("Source, and where it has it from"), width=34),
        Column("issued", _("Issued"), "date", 12),
        Column("locator", _("Where in it"), width=10),
        Column("quote", _("Quote"), width=28),
        Column("states", _("States differently"), width=22),
        sources_column(),
    )
    return Table(
        "facts", _("Facts and sources"), columns, grouped(rows), _("Event"), when_empty=_("Nothing is recorded.")
    )


def _chain(source: int, known: dict[int, SourceFacts]) -> str:
    """A source and what it cites, down to the first hand."""
    return " > ".join(each.short for each in chain_of(source, known))


def _of_event(event: EventFacts) -> str:
    parts = (event.kind_words, event.place)
    return _("Event: {what}").format(what=", ".join(part for part in parts if part))


class _Words:
    """The records that citations are tied to, in words, fetched once for each type."""

    def __init__(self, basis: Basis, citations: Sequence[_Citation]) -> None:
        self._labels: dict[tuple[str, int], str] = {}
        for kind in KINDS[1:]:
            wanted = {each.record for each in citations if each.kind == kind}
            if wanted:
                named = labels(basis.reader, record_type(kind), wanted)
                self._labels |= {(kind, id): _(NAMED[kind]).format(what=words) for id, words in named.items()}

    def of(self, citation: _Citation, event: EventFacts) -> str:
        """The fact that a citation is tied to."""
        if citation.kind == "event":
            return _of_event(event)
        return self._labels.get((citation.kind, citation.record), "")


REPORT = Report(
    name="evidence",
    label=N_("Evidence sheet"),
    about=N_("How we know of an event or a period: facts, source chains, quotes, and where sources differ."),
    options=options(
        "evidence",
        option("event", N_("Event"), link("event"), help=N_("One event with all that is part of it.")),
        COUNTRY,
        OTHER,
        WHEN,
        WHERE,
    ),
    build=build,
    outline=outline,
)
