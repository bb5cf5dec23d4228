"""The keys of the filter language: what each asks, how it reads in a sentence, and what completes its value."""

from __future__ import annotations

from dataclasses import dataclass

from legation.i18n import N_
from legation.storage.filters import meanings
from legation.storage.filters.meanings import Meaning


@dataclass(frozen=True)
class Key:
    """One key. `words` is its part of a sentence, `sought` the record type or the field whose values complete it."""

    meaning: Meaning
    words: str
    not_words: str
    help: str
    example: str
    sought: str = ""
    is_ordered: bool = False


KEYS: dict[str, Key] = {
    "country": Key(
        meanings.country, N_("with {value}"), N_("without {value}"),
        N_("A party: TKM, Japan, both as TKM+JPN, one of them as TKM,JPN."), "country:TKM+JPN", "country",
    ),
    "region": Key(
        meanings.region, N_("with a country of {value}"), N_("with no country of {value}"),
        N_("A party of a region."), 'region:"Central Asia"', "region",
    ),
    "official": Key(
        meanings.official, N_("with the official {value}"), N_("without the official {value}"),
        N_("Somebody who took part."), "official:gurbanov", "person",
    ),
    "post": Key(
        meanings.post, N_("with somebody as {value}"), N_("with nobody as {value}"),
        N_("A post in which somebody acted."), 'post:"deputy minister"', "post",
    ),
    "rank": Key(
        meanings.rank, N_("with a rank {value}"), N_("with no rank {value}"),
        N_("The rank of a post in which somebody acted; 40 is a foreign minister."), "rank<=40", is_ordered=True,
    ),
    "body": Key(
        meanings.body, N_("with the body {value}"), N_("without the body {value}"),
        N_("A body that took part."), "body:itochu", "organisation",
    ),
    "topic": Key(
        meanings.topic, N_("on {value}"), N_("not on {value}"),
        N_("A topic; a basket includes its topics."), "topic:E.power", "topic",
    ),
    "kind": Key(
        meanings.by_choice("kind"), N_("of the kind {value}"), N_("not of the kind {value}"),
        N_("The kind of the record."), "kind:meeting", "kind",
    ),
    "status": Key(
        meanings.by_choice("status"), N_("with the status {value}"), N_("without the status {value}"),
        N_("The status of the record."), "status:held", "status",
    ),
    "mode": Key(
        meanings.by_choice("mode"), N_("by the mode {value}"), N_("not by the mode {value}"),
        N_("In person, by phone, by video."), "mode:video", "mode",
    ),
    "level": Key(
        meanings.level, N_("at the level {value}"), N_("not at the level {value}"),
        N_("The level, stated or derived."), "level:highest", "level",
    ),
    "visit": Key(
        meanings.by_choice("visit_type"), N_("of the visit type {value}"), N_("not of the visit type {value}"),
        N_("The type of a visit."), "visit:state", "visit_type",
    ),
    "since": Key(
        meanings.window("since"), N_("since {value}"), N_("not since {value}"),
        N_("Could have been on that day or later."), "since:2024",
    ),
    "until": Key(
        meanings.window("until"), N_("until {value}"), N_("not until {value}"),
        N_("Could have been on that day or before."), "until:2025-06",
    ),
    "date": Key(
        meanings.window("date"), N_("possibly in {value}"), N_("surely not in {value}"),
        N_("Could have been then."), "date:2025-01",
    ),
    "certain": Key(
        meanings.window("certain"), N_("surely in {value}"), N_("not surely in {value}"),
        N_("Was then, and at no other time."), "certain:2025-01",
    ),
    "undated": Key(
        meanings.undated, N_("without a date"), N_("with a date"),
        N_("Nothing is known of the date."), "undated",
    ),
    "city": Key(
        meanings.city, N_("in {value}"), N_("not in {value}"), N_("The place."), "city:Tokyo", "city",
    ),
    "within": Key(
        meanings.within, N_("within {value}"), N_("not within {value}"),
        N_("Part of another event, at any depth."), 'within:"Expo 2025"', "event",
    ),
    "framework": Key(
        meanings.framework, N_("in the framework of {value}"), N_("not in the framework of {value}"),
        N_("Held within a dialogue, commission or organisation."), 'framework:"Central Asia + Japan"', "organisation",
    ),
    "outcome": Key(
        meanings.outcome, N_("with an outcome that is {value}"), N_("with no outcome that is {value}"),
        N_("Open, closed, a kind or a status of what was agreed."), "outcome:open", "outcome",
    ),
    "overdue": Key(
        meanings.overdue, N_("with an overdue outcome"), N_("with no overdue outcome"),
        N_("Something agreed was due before today and is open."), "overdue",
    ),
    "source": Key(
        meanings.source, N_("read in {value}"), N_("not read in {value}"),
        N_("A source by title, publisher or web address."), "source:caspianpost", "source",
    ),
    "unsourced": Key(
        meanings.unsourced, N_("without a source"), N_("with a source"),
        N_("No source is cited."), "unsourced",
    ),
}  # fmt: skip
FLAGS = frozenset(name for name, key in KEYS.items() if key.example == name)
"""The keys that are written without a value."""
