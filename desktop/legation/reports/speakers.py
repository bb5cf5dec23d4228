"""Who spoke at very many events, and who met whom there: numbers in columns, since there are more pairs than events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import NamedTuple

from legation.reports.fact_columns import EventColumns, FactColumns, VoiceColumns, in_portions
from legation.reports.report import Basis
from legation.reports.sources import Cited, citations_in_order
from legation.storage.ahead import all_ahead


class Speaker(NamedTuple):
    """One who met somebody: a person, or a delegation of whom nobody is named. The same one has the same key, however
    he is called and in whatever capacity he acts."""

    key: str
    name: str
    capacity: str
    country: str | None
    person: int | None


Order = Callable[[Speaker, Speaker], bool | None]
_Told = tuple[int | None, str, str, str]  # person, offices, title as stated, and what the side is


@dataclass(slots=True)
class Events:
    """The events at which somebody met, in the order of time."""

    ids: list[int] = field(default_factory=list)
    dates: list[str | None] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    cited: list[tuple[Cited, ...]] = field(default_factory=list)

    def take(self, events: EventColumns, cited: Sequence[tuple[Cited, ...]]) -> None:
        """The next of them."""
        self.ids += events.ids
        self.dates += events.dates
        self.ends += events.ends
        self.titles += events.titles
        self.cited += cited


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
        self.who: list[int] = []
        """For each speaker the number of the key."""
        self._pairs: dict[int, int] = {}
        self._places: dict[_Told, int] = {}
        self._keys: dict[str, int] = {}

    def places_of(self, voices: VoiceColumns) -> list[int]:
        """The places of those who speak; a new one gets the next."""
        side = voices.side
        parts = zip(side.countries, side.organisations, side.unnamed, strict=True)
        sides = [f"{country}/{body or ''}/{words}" for country, body, words in parts]
        of_each = map(sides.__getitem__, voices.sides)
        told = list(zip(voices.persons, voices.posts, voices.stated, of_each, strict=True))
        found = list(map(self._places.get, told))
        return [
            self._place_of(told[at], voices.names[at]) if place is None else place for at, place in enumerate(found)
        ]

    def _place_of(self, told: _Told, name: str) -> int:
        if told not in self._places:
            self._places[told] = len(self.speakers)
            self.speakers.append(speaker := _speaker(told, name))
            self.who.append(self._keys.setdefault(speaker.key, len(self._keys)))
        return self._places[told]

    def add(self, one: int, other: int, event: int) -> None:
        """Two speakers met at an event, both given by their places."""
        key = self.who[one] << 32 | self.who[other]
        at = self._pairs.setdefault(key, len(self.times))
        if at == len(self.times):
            self.ones.append(one)
            self.others.append(other)
            self.times.append(1)
            self.first.append(event)
            self.last.append(event)
            return
        self.several.setdefault(at, [self.first[at]]).append(event)
        self.ones[at], self.others[at], self.last[at] = one, other, event
        self.times[at] += 1


def who_met(basis: Basis, ids: Sequence[int], order: Order | None) -> Meetings:
    """Who met whom at events, which are given in the order of time; at which they met is noted in `basis`.

    `order` tells whether the first of two comes first in their pair; None where they are not asked for. Without it all
    are, in the order of their keys.
    """
    met = Meetings()
    questions = (
        lambda reader: (citations_in_order(reader, part) for part in in_portions(ids)),
        lambda reader: map(FactColumns(reader, basis.style).events, in_portions(ids)),
        lambda reader: map(FactColumns(reader, basis.style).voices, in_portions(ids)),
    )
    with closing(all_ahead(basis.reader, *questions)) as portions:
        for cited, events, voices in portions:
            met.events.take(events, cited)
            at = _add(met, voices, len(met.events.ids) - len(events.ids), order)
            basis.events |= dict.fromkeys(events.ids[place] for place in at)
    return met


def _add(met: Meetings, voices: VoiceColumns, before: int, order: Order | None) -> list[int]:
    """Add what happened at some thousand events, the last of so many more; the places of those at which somebody
    met."""
    found = list[int]()
    places, speakers = met.places_of(voices), met.speakers
    for place, parties in _present(voices, places):
        for pair in combinations(parties, 2):
            for one, other in product(*pair):
                if order is None:
                    comes_first: bool | None = speakers[one].key <= speakers[other].key
                else:
                    comes_first = order(speakers[one], speakers[other])
                if comes_first is not None:
                    found.append(place)
                    met.add(*((one, other) if comes_first else (other, one)), before + place)
    return found


def _present(voices: VoiceColumns, places: Sequence[int]) -> Iterator[tuple[int, list[list[int]]]]:
    """The events at which at least two parties were present, by place, and who spoke there, party by party."""
    are_there = [each != "absent" for each in voices.side.attendances]
    event, party, found = -1, -1, list[list[int]]()
    for its_event, its_party, side, speaker in zip(voices.events, voices.parties, voices.sides, places, strict=True):
        if not are_there[side]:
            continue
        if its_event != event:
            if len(found) > 1:
                yield event, found
            event, found = its_event, [[speaker]]
        elif its_party != party:
            found.append([speaker])
        else:
            found[-1].append(speaker)
        party = its_party
    if len(found) > 1:
        yield event, found


def _speaker(told: _Told, name: str) -> Speaker:
    """A person, or the delegation itself when nobody is named, so that its meeting does not vanish."""
    person, posts, stated, side = told
    country, body, unnamed = side.split("/", 2)
    if person is None:
        return Speaker(f"party:{country}:{body}", unnamed, "", country or None, None)
    return Speaker(f"person:{person}", name, posts or (stated if stated != name else ""), country or None, person)
