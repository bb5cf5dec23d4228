"""Who spoke at very many events, and who met whom there: numbers in columns, since there are more pairs than events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import NamedTuple

from legation.reports.fact_columns import DelegateColumns, Distinct, EventColumns, FactColumns, PartyColumns
from legation.reports.report import Basis
from legation.reports.sources import Cited, citations_of_events
from legation.storage.ahead import ahead

TOGETHER = 10_000  # events whose facts are fetched at a time


class Speaker(NamedTuple):
    """One who met somebody: a person, or a delegation of whom nobody is named. The same one has the same key, however
    he is called and in whatever capacity he acts."""

    key: str
    name: str
    capacity: str
    country: str | None
    person: int | None


@dataclass(slots=True)
class Events:
    """The events at which somebody met, in the order of time."""

    ids: list[int] = field(default_factory=list)
    dates: list[str | None] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    cited: list[tuple[Cited, ...]] = field(default_factory=list)


class Meetings:
    """Pairs of speakers, in the order in which they first met, in columns.

    `ones` and `others` are the places of the two among `speakers`, as they acted last; `first` and `last` those of the
    events, and `several` holds the places of all events of those who met more than once.
    """

    def __init__(self) -> None:
        self.speakers: list[Speaker] = []
        self.events = Events()
        self.ones: list[int] = []
        self.others: list[int] = []
        self.times: list[int] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.several: dict[int, list[int]] = {}
        self._pairs: dict[tuple[int, int], int] = {}
        self._places: dict[Speaker, int] = {}
        self._keys: dict[str, int] = {}
        self.who: list[int] = []
        """For each speaker the number of the key."""

    def place_of(self, speaker: Speaker) -> int:
        """The place of a speaker; a new one gets the next."""
        place = self._places.get(speaker)
        if place is None:
            self._places[speaker] = place = len(self.speakers)
            self.speakers.append(speaker)
            self.who.append(self._keys.setdefault(speaker.key, len(self._keys)))
        return place

    def add(self, one: int, other: int, event: int) -> None:
        """Two speakers met at an event, both given by their places."""
        key = self.who[one], self.who[other]
        at = self._pairs.get(key)
        if at is None:
            self._pairs[key] = len(self.times)
            self.ones.append(one)
            self.others.append(other)
            self.times.append(1)
            self.first.append(event)
            self.last.append(event)
            return
        self.several.setdefault(at, [self.first[at]]).append(event)
        self.ones[at], self.others[at], self.last[at] = one, other, event
        self.times[at] += 1

    def of(self, pair: int) -> Sequence[int]:
        """The places of the events of a pair."""
        return self.several.get(pair) or (self.first[pair],)


class _Facts(NamedTuple):
    """The facts of some thousand events; `unnamed` is what stands for a side of which nobody is named."""

    events: EventColumns
    parties: PartyColumns
    delegates: DelegateColumns
    unnamed: Sequence[str]
    cited: Sequence[tuple[Cited, ...]]


Order = Callable[[Speaker, Speaker], bool | None]


def who_met(basis: Basis, ids: Sequence[int], order: Order) -> Meetings:
    """Who met whom at events, which are given in the order of time; at which they met is noted in `basis`.

    `order` tells whether the first of two comes first in their pair; None where they are not asked for.
    """
    met = Meetings()
    with closing(ahead(_facts(basis, ids))) as portions:
        for facts in portions:
            at = _add(met, facts, order)
            basis.events |= dict.fromkeys(facts.events.ids[place] for place in at)
    return met


def _facts(basis: Basis, ids: Sequence[int]) -> Iterator[_Facts]:
    asked = FactColumns(basis.reader, basis.style)
    for start in range(0, len(ids), TOGETHER):
        events = asked.events(ids[start : start + TOGETHER])
        parties = asked.parties(events)
        delegates, cited = asked.delegates(events, parties), citations_of_events(basis.reader, events.ids)
        yield _Facts(
            events, parties, delegates, asked.unnamed(parties), [tuple(cited.get(id, ())) for id in events.ids]
        )


def _add(met: Meetings, facts: _Facts, order: Order) -> list[int]:
    """Add what happened at some thousand events; the places of those at which somebody met."""
    before, sides, events = len(met.events.ids), facts.parties.sides, facts.events
    met.events.ids += events.ids
    met.events.dates += events.dates
    met.events.ends += events.ends
    met.events.titles += events.titles
    met.events.cited += facts.cited
    voices, found = _voices(met, facts), list[int]()
    for together in facts.parties.at_each_event():
        present = [voices[party] for party in together if facts.parties.attendances[sides[party]] != "absent"]
        place = facts.parties.events[together[0]]
        for pair in combinations(present, 2):
            for one, other in product(*pair):
                comes_first = order(met.speakers[one], met.speakers[other])
                if comes_first is None:
                    continue
                found.append(place)
                if comes_first:
                    met.add(one, other, before + place)
                else:
                    met.add(other, one, before + place)
    return found


def _voices(met: Meetings, facts: _Facts) -> list[list[int]]:
    """For each party who speaks for it, by their places: the persons, or the delegation itself when nobody is named, so
    that its meeting does not vanish."""
    parties, delegates = facts.parties, facts.delegates
    sides = list(map(parties.sides.__getitem__, delegates.parties))
    people = Distinct(list(zip(delegates.people, sides, strict=True)))
    places = [met.place_of(_person(delegates, who, parties.countries[side])) for who, side in people.things]
    found: list[list[int]] = [[] for _party in parties.ids]
    for party, place in zip(delegates.parties, people.places, strict=True):
        found[party].append(places[place])
    for voices, side in zip(found, parties.sides, strict=True):
        if not voices:
            voices.append(met.place_of(_nobody(parties, side, facts.unnamed[side])))
    return found


def _person(delegates: DelegateColumns, who: int, country: str | None) -> Speaker:
    person = delegates.persons[who]
    return Speaker(f"person:{person}", delegates.names[who], delegates.capacity(who), country, person)


def _nobody(parties: PartyColumns, side: int, words: str) -> Speaker:
    country = parties.countries[side]
    return Speaker(f"party:{country or ''}:{parties.organisations[side] or ''}", words, "", country, None)
