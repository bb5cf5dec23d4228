"""Who met whom made the slow way: event by event, and pair by pair out of the facts that all other reports print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from legation.documents.document import Cell
from legation.reports.facts import (
    EventFacts,
    Participant,
    Party,
    events_by_id,
    participants_by_party,
    parties_by_event,
)
from legation.reports.layout import count, short_day, text
from legation.reports.report import Basis
from legation.reports.sources import citations_of_events
from legation.reports.speakers import Speaker

Order = Callable[[Speaker, Speaker], bool | None]


@dataclass(slots=True)
class Pair:
    """How two speakers met: the events in the order of time, and in what capacity each acted last."""

    one: Speaker
    other: Speaker
    events: list[EventFacts] = field(default_factory=list)


def meetings_one_by_one(basis: Basis, ids: list[int], order: Order) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The keys and cells of the rows of pairs who met at events."""
    events = events_by_id(basis.reader, ids)
    parties = parties_by_event(basis.reader, ids)
    people = participants_by_party(basis.reader, ids, basis.style)
    cited = citations_of_events(basis.reader, ids)
    met: dict[tuple[str, str], Pair] = {}
    for id, event in sorted(events.items(), key=lambda each: each[1].order):
        for one, other in _pairs(parties.get(id, []), people, order):
            pair = met.setdefault((one.key, other.key), Pair(one, other))
            pair.one, pair.other = one, other  # as they acted last
            pair.events.append(event)
    for key, pair in sorted(met.items(), key=lambda each: _order(each[1])):
        notes = basis.notes.cell(note for event in pair.events for note in cited.get(event.id, ()))
        last = pair.events[-1]
        sides = (text(words) for each in (pair.one, pair.other) for words in (each.name, each.capacity))
        days = short_day(pair.events[0]), short_day(last)
        yield "|".join(key), (*sides, count(len(pair.events)), *days, text(last.title), notes)


def _order(pair: Pair) -> tuple[int, int, str, str]:
    """Those who met most first, then the latest, then by name."""
    latest = int(pair.events[-1].date_to.replace("-", ""))
    return -len(pair.events), -latest, pair.one.name.casefold(), pair.other.name.casefold()


def _speakers(party: Party, people: dict[int, list[Participant]]) -> list[Speaker]:

    named = people.get(party.id, [])
    if not named:
        return [
            Speaker(f"party:{party.country or ''}:{party.organisation or ''}", party.unnamed, "", party.country, None)
        ]
    return [Speaker(f"person:{each.person}", each.name, each.capacity, party.country, each.person) for each in named]


def _pairs(
    parties: list[Party], people: dict[int, list[Participant]], order: Order
) -> Iterable[tuple[Speaker, Speaker]]:
    present = [_speakers(each, people) for each in parties if each.attendance != "absent"]
    for at, speakers in enumerate(present):
        for others in present[at + 1 :]:
            for one in speakers:
                for other in others:
                    comes_first = order(one, other)
                    if comes_first is not None:
                        yield (one, other) if comes_first else (other, one)
