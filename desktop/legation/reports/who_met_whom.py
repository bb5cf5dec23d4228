"""Report: which officials met whom, in what capacity, how often, first and last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from legation.documents.document import Column, Document, Row, Table
from legation.i18n import N_, _
from legation.records.catalogue import record_type
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import count, one_group, short_day, sources_column, text
from legation.reports.report import COUNTRY, OTHER, PERSON, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import citations_of_events
from legation.storage.filters.conditions import CONTACTS_HELD
from legation.storage.labels import labels


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who met somebody: a person, or a delegation of whom nobody is named."""

    key: str
    name: str
    capacity: str
    country: str | None
    person: int | None


@dataclass
class Meetings:
    """How two speakers met: the events in the order of time, and in what capacity each acted last."""

    one: Speaker
    other: Speaker
    events: list[EventFacts] = field(default_factory=list)


def build(basis: Basis) -> Document:
    """The pairs of persons, those who met most first."""
    document = Document(_title(basis))
    table = meetings_table(basis)
    document.add(table)
    return document


def _title(basis: Basis) -> str:
    names = labels(basis.reader, record_type("country"), [basis["country"], basis["other"]])
    named = [names[code] for code in (basis["country"], basis["other"]) if code in names]
    return _("Who met whom: {countries}").format(countries=_(" and ").join(named)) if named else _("Who met whom")


def meetings_table(basis: Basis) -> Table:
    """The table of pairs, the side asked for first."""
    found = chosen_events(basis, *CONTACTS_HELD, countries=(basis["country"], basis["other"]))
    events = events_by_id(basis.reader, found)
    basis.events |= dict.fromkeys(events)
    parties = parties_by_event(basis.reader, list(events))
    people = participants_by_party(basis.reader, list(events), basis.style)
    met: dict[tuple[str, str], Meetings] = {}
    for id, event in sorted(events.items(), key=lambda pair: pair[1].order):
        for one, other in _pairs(parties.get(id, []), people, basis):
            pair = met.setdefault((one.key, other.key), Meetings(one, other))
            pair.one, pair.other = one, other  # as they acted last
            pair.events.append(event)
    cited = citations_of_events(basis.reader, list(events))
    ordered = sorted(met.items(), key=lambda each: _order(each[1]))
    rows = []
    for key, pair in ordered:
        first, last = pair.events[0], pair.events[-1]
        notes = basis.notes.cell(note for event in pair.events for note in cited.get(event.id, []))
        cells = (
            text(pair.one.name), text(pair.one.capacity), text(pair.other.name), text(pair.other.capacity),
            count(len(pair.events)), short_day(first), short_day(last), text(last.title), notes,
        )  # fmt: skip
        rows.append(Row("|".join(key), cells))
    return Table(
        "meetings", _("Who met whom"), _columns(), one_group(rows), when_empty=_("Nobody is recorded to have met.")
    )


def _order(pair: Meetings) -> tuple[int, int, str, str]:
    """Those who met most first, then the latest, then by name."""
    latest = int(pair.events[-1].date_to.replace("-", ""))
    return -len(pair.events), -latest, pair.one.name.casefold(), pair.other.name.casefold()


def _columns() -> tuple[Column, ...]:
    return (
        Column("one", _("Official"), width=20),
        Column("one_capacity", _("Acting as"), width=30),
        Column("other", _("Met"), width=20),
        Column("other_capacity", _("Acting as"), width=30),
        Column("times", _("Times"), "number", 7),
        Column("first", _("First"), "date", 14),
        Column("last", _("Last"), "date", 14),
        Column("last_event", _("Last event"), width=26),
        sources_column(),
    )


def speakers_of(party: Party, people: dict[int, list[Participant]]) -> list[Speaker]:
    """The persons of a party, or the delegation itself when nobody is named, so that its meeting does not vanish."""
    named = people.get(party.id, [])
    if not named:
        return [
            Speaker(f"party:{party.country or ''}:{party.organisation or ''}", party.unnamed, "", party.country, None)
        ]
    return [Speaker(f"person:{each.person}", each.name, each.capacity, party.country, each.person) for each in named]


def _pairs(
    parties: list[Party], people: dict[int, list[Participant]], basis: Basis
) -> Iterable[tuple[Speaker, Speaker]]:
    """Who met whom at one event: each of one delegation with each of another, the side asked for first."""
    for at, party in enumerate(parties):
        for other in parties[at + 1 :]:
            for one_speaker in speakers_of(party, people):
                for other_speaker in speakers_of(other, people):
                    if _is_wanted(one_speaker, other_speaker, basis):
                        yield _in_order(one_speaker, other_speaker, basis)


def _is_wanted(one: Speaker, other: Speaker, basis: Basis) -> bool:
    if basis["person"] is not None and basis["person"] not in (one.person, other.person):
        return False
    country, with_ = basis["country"], basis["other"]
    sides = {one.country, other.country}
    if country and with_ and country != with_:
        return sides == {country, with_}
    return not country or country in sides


def _in_order(one: Speaker, other: Speaker, basis: Basis) -> tuple[Speaker, Speaker]:
    if basis["person"] is not None:
        return (one, other) if one.person == basis["person"] else (other, one)
    if basis["country"]:
        return (one, other) if one.country == basis["country"] else (other, one)
    return (one, other) if one.key <= other.key else (other, one)


REPORT = Report(
    name="who-met-whom",
    label=N_("Who met whom"),
    about=N_("Which officials met whom, in what capacity, how often, first and last."),
    options=options("who-met-whom", COUNTRY, OTHER, PERSON, WHEN, WHERE),
    build=build,
)
