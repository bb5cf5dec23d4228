"""Report: one official's posts and contacts, the newest first, each with the capacity in which it was acted."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from legation.documents.document import Column, Document, Facts, Row, Run, Table
from legation.fields.fuzzy_dates import could_overlap, print_date
from legation.i18n import N_, _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import APPOINTMENT_STATUSES, POST_RANKS
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
    person_names,
)
from legation.reports.layout import day, one_group, sources_column, text, when
from legation.reports.report import PERSON, WHEN, Basis, Report, needed, options
from legation.reports.sources import citations_of, citations_of_events
from legation.reports.tenure import seen_in_office, span
from legation.reports.together import held_once
from legation.storage.labels import labels

MOST_COUNTRIES = 12


def build(basis: Basis) -> Document:
    """The history of an official: totals by country, posts with tenure, and every event."""
    person, events = basis["person"], _newest_first(basis)
    in_time = list(events)
    basis.events |= dict.fromkeys(in_time)
    parties = parties_by_event(basis.reader, in_time)
    people = participants_by_party(basis.reader, in_time, basis.style)
    document = Document(_title(basis))
    met_at = {each.id for each in held_once(events.values())}
    if totals := _totals({id: sides for id, sides in parties.items() if id in met_at}, people, person):
        document.add(Facts(((_("Met"), (Run(totals),)),)))
    document.add(_posts(basis, person))
    cited = citations_of_events(basis.reader, in_time)
    rows = []
    for id, event in events.items():
        mine = next(p for party in parties[id] for p in people.get(party.id, []) if p.person == person)
        met = [each for each in parties[id] if each.id != mine.party]
        topics = (event.topics or "").replace(" · ", ", ")
        acted = text(mine.capacity)
        cells = (when(event), text(event.title_words), acted, text(_met(met, people)), text(topics),
                 basis.notes.cell(cited.get(id, [])))  # fmt: skip
        rows.append(Row(f"event:{id}", cells))
    columns = (
        Column("date", _("Date"), "date", 17),
        Column("event", _("Event"), width=28),
        Column("acted_as", _("Acted as"), width=32),
        Column("met", _("Met"), width=42),
        Column("topics", _("Topics"), width=22),
        sources_column(),
    )
    document.add(Table("contacts", _("Contacts"), columns, one_group(rows), when_empty=_("No event is recorded.")))
    return document


def outline(basis: Basis) -> Document:
    """The same document without its blocks."""
    basis.events |= dict.fromkeys(_newest_first(basis))
    return Document(_title(basis))


def _title(basis: Basis) -> str:
    person = basis["person"]
    name = person_names(basis.reader, [person], basis.style).get(person, "")
    return _("{name}: contact history").format(name=name)


def _newest_first(basis: Basis) -> dict[int, EventFacts]:
    """The events of the official that could have been in the period, the newest first, those without a date last."""
    delegate = table_named("delegate")
    took_part = select(delegate.c.event_id).where(delegate.c.person_id == basis["person"])
    events = events_by_id(basis.reader, [id for (id,) in basis.reader.rows(took_part)])
    wanted = basis.window
    chosen = [
        each
        for each in events.values()
        if wanted is None or (each.date is not None and could_overlap((each.date_from, each.date_to), wanted))
    ]
    chosen.sort(key=lambda each: (each.date_from, each.date_to, each.start_time or "", each.id), reverse=True)
    return {each.id: each for each in sorted(chosen, key=lambda each: each.date is None)}


def _met(parties: list[Party], people: dict[int, list[Participant]]) -> str:
    """Everybody on the other sides: name, capacity and country."""
    told = []
    for party in parties:
        named = people.get(party.id, [])
        where = party.country_name or party.body or ""
        for each in named:
            told.append(f"{each.as_told}, {where}" if where else each.as_told)
        if not named:
            told.append(party.unnamed)
    return "; ".join(told)


def _totals(parties: dict[int, list[Party]], people: dict[int, list[Participant]], person: int) -> str:
    """At how many events the official met each country, the most first."""
    met: Counter[str] = Counter()
    for sides in parties.values():
        own = {each.id for each in sides if any(p.person == person for p in people.get(each.id, []))}
        there = [each for each in sides if each.id not in own and each.attendance != "absent"]
        met.update({each.country_name or each.body or "" for each in there})
    ordered = sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [
        ngettext("{country}: {count} event", "{country}: {count} events", number).format(country=country, count=number)
        for country, number in ordered[:MOST_COUNTRIES]
    ]
    return "; ".join(told)


def _posts(basis: Basis, person: int) -> Table:
    """The posts of an official: tenure as stated, and as attested by events."""
    appointment, post = table_named("appointment"), table_named("post")
    held = basis.reader.rows(
        select(appointment.c.id, post.c.id, post.c.rank, appointment.c.status, appointment.c.period)
        .join(post, post.c.id == appointment.c.post_id)
        .where(appointment.c.person_id == person)
        .order_by(post.c.rank, appointment.c.period_from, appointment.c.id)
    )
    ids_held = [row[0] for row in held]
    seen = seen_in_office(basis.reader, ids_held)
    named = labels(basis.reader, record_type("post"), {row[1] for row in held})
    cited = citations_of(basis.reader, "appointment", ids_held)
    rows = []
    for id, chair, rank, status, period in held:
        cells = (
            text(named.get(chair, "")), text(_(POST_RANKS.get(rank, ""))), text(_(APPOINTMENT_STATUSES[status])),
            day(period, print_date(period) if period else _("Not stated")), text(span(seen.get(id, ()))),
            basis.notes.cell(cited.get(id, [])),
        )  # fmt: skip
        rows.append(Row(f"appointment:{id}", cells))
    columns = (
        Column("post", _("Post"), width=46),
        Column("rank", _("Rank"), width=24),
        Column("status", _("Status"), width=10),
        Column("stated", _("Tenure as stated"), "date", 20),
        Column("attested", _("Seen in office"), width=26),
        sources_column(),
    )
    return Table("posts", _("Posts"), columns, one_group(rows), when_empty=_("No post is recorded."))


REPORT = Report(
    name="official-history",
    label=N_("Official’s contact history"),
    about=N_("One official’s posts and contacts, the newest first."),
    options=options("official-history", needed(PERSON), WHEN),
    build=build,
    outline=outline,
)
