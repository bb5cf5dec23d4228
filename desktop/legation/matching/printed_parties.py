"""A list of parties as a dispatch prints one: countries and bodies, or persons whose titles name their states."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legation.i18n import ngettext
from legation.matching.delegates import Bounds, Understood, country_words, understand
from legation.matching.named import Names, named_party
from legation.storage.reading import Reader

_BETWEEN = re.compile(r"\s*(?:,\s*and\b|,|;|\band\b|\s[-–—]\s)\s*")


@dataclass(frozen=True)
class PrintedParty:
    """A known country or body that takes part: the values of its delegation, its label, the names they stand for."""

    values: Mapping[str, Any]
    label: str
    names: Names


@dataclass(frozen=True)
class PrintedParties:
    """Several known parties printed in one line, such as "Kazakhstan, Tajikistan and Japan"."""

    parties: tuple[PrintedParty, ...]
    also: str
    matched: str = ""

    @property
    def label(self) -> str:
        """Their names."""
        return " · ".join(each.label for each in self.parties)


def parties_in(reader: Reader, line: str, words: Mapping[str, str] | None = None) -> tuple[PrintedParty, ...]:
    """The parties that one line names when it names nothing else; none when any part of it is not known."""
    words = country_words(reader) if words is None else words
    whole = named_party(reader, line, words)
    parts = [whole] if whole is not None else [named_party(reader, each, words) for each in _BETWEEN.split(line)]
    parties = tuple(PrintedParty(*each) for each in parts if each is not None)
    return parties if len(parties) == len(parts) else ()


def several_parties(reader: Reader, line: str) -> list[PrintedParties]:
    """The parties of a line that names two or more and nothing else, as one thing to be taken."""
    parties = parties_in(reader, line) if _BETWEEN.search(line.strip()) else ()
    count = len(parties)
    if count < 2:
        return []
    return [PrintedParties(parties, ngettext("{count} party", "{count} parties", count).format(count=count))]


def understand_parties(reader: Reader, lines: Sequence[str], day: Bounds) -> list[PrintedParty | Understood | str]:
    """What the lines of a list name, in order; a line that names nobody comes back as it is.

    A line may hold several countries, "Kazakhstan, Tajikistan and Japan", when each of them is known.
    """
    words = country_words(reader)
    found: list[PrintedParty | Understood | str] = []
    for line in lines:
        if parties := parties_in(reader, line, words):
            found += parties
            continue
        person = understand(reader, line, day, None, words)
        found.append(person if person is not None and person.country is not None else line)
    return found
