"""The events and sources of a workspace, found by their parties and days without a question for each.

The rule of duplicates: the same parties, days that overlap, a shared head or the same kind and title are one event;
the same parties and kind within three days are told and left to a person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from legation.fields.folding import fold
from legation.i18n import _
from legation.records.catalogue import table_named
from legation.records.vocabulary import EVENT_KINDS
from legation.storage.already import DAYS
from legation.storage.reading import Reader

Bounds = tuple[str, str]


@dataclass(frozen=True)
class EventFacts:
    """What tells an event from others: its days, kind, parties by any keys that compare, heads by id, title."""

    id: int
    days: Bounds
    kind: str
    title: str
    heads: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SameEvent:
    """An event that is, or may be, the one a row tells of."""

    id: int
    title: str
    reason: str
    is_sure: bool


class KnownEvents:
    """Events by their set of parties and month."""

    def __init__(self, reader: Reader) -> None:
        self._by_parties: dict[tuple[frozenset[str], str], list[EventFacts]] = {}
        event, side, delegate = table_named("event"), table_named("delegation"), table_named("delegate")
        party = func.coalesce(side.c.country, "#" + func.cast(side.c.organisation_id, side.c.country.type))
        listed = select(side.c.event_id, func.group_concat(party.distinct())).group_by(side.c.event_id)
        parties = {id: frozenset(str(text).split(",")) for id, text in reader.rows(listed)}
        heads: dict[int, set[int]] = {}
        for id, person in reader.rows(select(delegate.c.event_id, delegate.c.person_id)):
            heads.setdefault(id, set()).add(person)
        c = event.c
        chosen = select(c.id, c.date_from, c.date_to, c.kind, c.title).where(c.date.is_not(None))
        for id, first, last, kind, title in reader.rows(chosen):
            facts = EventFacts(id, (first, last), kind, title, frozenset(heads.get(id, ())))
            self.add(parties.get(id, frozenset()), facts)

    def add(self, parties: frozenset[str], facts: EventFacts) -> None:
        """Make an event known."""
        self._by_parties.setdefault((parties, facts.days[0][:7]), []).append(facts)

    def find(
        self, parties: frozenset[str], days: Bounds, kind: str, title: str, heads: Collection[int], *, but: int = 0
    ) -> SameEvent | None:
        """The event that a row tells of, surely or perhaps; a sure one before others. None when there is none."""
        found: list[SameEvent] = []
        near = _shifted(days[0], -DAYS), _shifted(days[0], DAYS)
        for month in {near[0][:7], near[1][:7], days[0][:7]}:
            for each in self._by_parties.get((parties, month), ()):
                if each.id != but and _class(each.kind) == _class(kind):
                    found += self._compare(each, days, kind, title, set(heads), near)
        return min(found, key=lambda each: (not each.is_sure, each.id), default=None)

    def _compare(
        self, known: EventFacts, days: Bounds, kind: str, title: str, heads: set[int], near: Bounds
    ) -> list[SameEvent]:
        overlap = known.days[0] <= days[1] and known.days[1] >= days[0]
        if known.heads and heads and not known.heads & heads:
            return []  # two other persons came
        if overlap and known.heads & heads and known.kind == kind:
            return [SameEvent(known.id, known.title, _("The same parties, persons and days."), True)]
        if known.days == days and fold(known.title) == fold(title):
            return [SameEvent(known.id, known.title, _("The same parties, days and title."), True)]
        if overlap or near[0] <= known.days[0] <= near[1]:
            return [SameEvent(known.id, known.title, _("The same parties within three days."), False)]
        return []


def _class(kind: str) -> str:
    return EVENT_KINDS.get(kind, ("C", ""))[0]


def _shifted(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (OverflowError, ValueError):
        return day


class KnownSources:
    """Sources by web address and by title."""

    def __init__(self, reader: Reader) -> None:
        source = table_named("source")
        self._by_url: dict[str, int] = {}
        self._by_title: dict[str, int] = {}
        for id, url, title in reader.rows(select(source.c.id, source.c.url, source.c.title).order_by(source.c.id)):
            self.add(id, url, title)

    def add(self, id: int, url: str | None, title: str | None) -> None:
        """Make a source known."""
        if url:
            self._by_url.setdefault(url.rstrip("/"), id)
        elif title:
            self._by_title.setdefault(fold(title), id)

    def find(self, url: str | None, title: str | None) -> int | None:
        """The source with this address, or this title and no address."""
        if url:
            return self._by_url.get(url.rstrip("/"))
        return self._by_title.get(fold(title or ""))
