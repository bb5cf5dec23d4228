"""Report: which officials met whom, in what capacity, how often, first and last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import func, select

from legation.documents.document import Cell, Column, Document, Group, Table
from legation.documents.held_rows import Block, HeldColumn, HeldPortion, HeldRows, held
from legation.documents.sheets import PORTION
from legation.i18n import N_, _
from legation.records.catalogue import record_type, table_named
from legation.reports.choosing import chosen_events
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import short_day, sources_column
from legation.reports.report import COUNTRY, OTHER, PERSON, WHEN, WHERE, Basis, Report, options
from legation.reports.sources import citations_of_events
from legation.storage.filters.conditions import CONTACTS_HELD, Filter
from legation.storage.labels import labels
from legation.storage.reading import listed


class Speaker(NamedTuple):
    """One who met somebody: a person, or a delegation of whom nobody is named."""

    key: str
    name: str
    capacity: str
    country: str | None
    person: int | None


@dataclass(slots=True)
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


def outline(basis: Basis) -> Document:
    """The same document without its table. The events of the table are those at which two sides were present that the
    options ask for, whoever spoke for them."""
    found, wanted = _chosen(basis), _wanted(basis)
    met = _with_two_sides(basis, found) if wanted.is_everybody else _at_which_met(basis, found, wanted)
    basis.events |= dict.fromkeys(id for id in found if id in met)
    basis.is_in_time = True
    return Document(_title(basis))


def _with_two_sides(basis: Basis, events: list[int]) -> set[int]:
    """The events at which at least two parties were present."""
    party = table_named("delegation")
    present = select(party.c.event_id).where(party.c.attendance != "absent", party.c.event_id.in_(listed(events)))
    return {id for (id,) in basis.reader.rows(present.group_by(party.c.event_id).having(func.count() > 1))}


def _at_which_met(basis: Basis, events: list[int], wanted: _Wanted) -> set[int]:
    """The events at which two sides were present that the options ask for."""
    party, delegate = table_named("delegation"), table_named("delegate")
    own = select(delegate.c.delegation_id).where(delegate.c.person_id == wanted.person)
    led = {row[0] for row in basis.reader.rows(own)} if wanted.person is not None else set()
    present = select(party.c.event_id, party.c.id, party.c.country).where(
        party.c.attendance != "absent", party.c.event_id.in_(listed(events))
    )
    sides: dict[int, list[Speaker]] = defaultdict(list)
    for event, id, country in basis.reader.rows(present):
        sides[event].append(Speaker("", "", "", country, wanted.person if id in led else None))
    return {id for id, each in sides.items() if any(wanted.is_met(*pair) for pair in combinations(each, 2))}


def _title(basis: Basis) -> str:
    names = labels(basis.reader, record_type("country"), [basis["country"], basis["other"]])
    named = [names[code] for code in (basis["country"], basis["other"]) if code in names]
    if len(named) == 2:
        return _("Who met whom: {one} and {other}").format(one=named[0], other=named[1])
    return _("Who met whom: {country}").format(country=named[0]) if named else _("Who met whom")


def _chosen(basis: Basis) -> list[int]:
    """The events among which the options look for meetings."""
    own = [Filter("official", str(basis["person"]))] if basis["person"] is not None else []
    return chosen_events(basis, *CONTACTS_HELD, *own, countries=(basis["country"], basis["other"]))


def _wanted(basis: Basis) -> _Wanted:
    return _Wanted(basis["country"], basis["other"], basis["person"])


def meetings_table(basis: Basis) -> Table:
    """The table of pairs, the side asked for first."""
    events = events_by_id(basis.reader, _chosen(basis))
    parties = parties_by_event(basis.reader, list(events))
    people = participants_by_party(basis.reader, list(events), basis.style)
    wanted = _wanted(basis)
    met: dict[tuple[str, str], Meetings] = {}
    days = {date: short_day(event) for date, event in {event.date: event for event in events.values()}.items()}
    for id, event in sorted(events.items(), key=lambda pair: pair[1].order):
        for one, other in _pairs(parties.get(id, []), people, wanted):
            pair = met.setdefault((one.key, other.key), Meetings(one, other))
            pair.one, pair.other = one, other  # as they acted last
            pair.events.append(event)
            basis.events[id] = None
    cited = citations_of_events(basis.reader, list(events))
    ordered = sorted(met.items(), key=lambda each: _order(each[1]))
    portions = []
    for start in range(0, len(ordered), PORTION):
        part = ordered[start : start + PORTION]
        pairs, keys = [pair for _key, pair in part], ["|".join(key) for key, _pair in part]
        notes = [basis.notes.cell(note for event in pair.events for note in cited.get(event.id, ())) for pair in pairs]
        portions.append(HeldPortion(keys, (Block((*_of_pairs(pairs, days), held(notes))),)))
    groups = (Group("", HeldRows(tuple(portions))),) if portions else ()
    return Table("meetings", "", _columns(), groups, when_empty=_("Nobody is recorded to have met."))


def _of_pairs(pairs: Sequence[Meetings], days: Mapping[str | None, Cell]) -> tuple[HeldColumn, ...]:
    """The columns of pairs, without that of their sources."""
    times = [len(pair.events) for pair in pairs]
    return (
        HeldColumn([pair.one.name for pair in pairs]),
        HeldColumn([pair.one.capacity for pair in pairs]),
        HeldColumn([pair.other.name for pair in pairs]),
        HeldColumn([pair.other.capacity for pair in pairs]),
        HeldColumn([f"{each:,}" for each in times], times),
        held([days[pair.events[0].date] for pair in pairs]),
        held([days[pair.events[-1].date] for pair in pairs]),
        HeldColumn([pair.events[-1].title for pair in pairs]),
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
        Column("times", _("Times"), "number", 10),
        Column("first", _("First"), "date", 17),
        Column("last", _("Last"), "date", 17),
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
    parties: list[Party], people: dict[int, list[Participant]], wanted: _Wanted
) -> Iterable[tuple[Speaker, Speaker]]:
    """Who met whom at one event: each of one delegation with each of another, the side asked for first."""
    present = [speakers_of(each, people) for each in parties if each.attendance != "absent"]
    for at, speakers in enumerate(present):
        for others in present[at + 1 :]:
            for one in speakers:
                for other in others:
                    if wanted.is_met(one, other):
                        yield (one, other) if wanted.comes_first(one, other) else (other, one)


@dataclass(frozen=True)
class _Wanted:
    """Whose meetings are asked for: the two countries and the official of the options."""

    country: str | None
    other: str | None
    person: int | None

    @property
    def is_everybody(self) -> bool:
        """Whether every meeting is asked for."""
        return self.country is None and self.other is None and self.person is None

    def is_met(self, one: Speaker, other: Speaker) -> bool:
        """Whether the options ask for this pair."""
        if self.person is not None and self.person not in (one.person, other.person):
            return False
        if self.country and self.other and self.country != self.other:
            return {one.country, other.country} == {self.country, self.other}
        asked = self.country or self.other
        return asked is None or asked in (one.country, other.country)

    def comes_first(self, one: Speaker, other: Speaker) -> bool:
        """Whether the first of a pair is on the side asked for; without one, the order of a pair is always the same."""
        if self.person is not None:
            return one.person == self.person
        asked = self.country or self.other
        if asked and one.country != other.country:
            return one.country == asked
        return one.key <= other.key


REPORT = Report(
    name="who-met-whom",
    label=N_("Who met whom"),
    about=N_("Which officials met whom, in what capacity, how often, first and last."),
    options=options("who-met-whom", COUNTRY, OTHER, PERSON, WHEN, WHERE),
    build=build,
    outline=outline,
)
