"""Whether two names tell of one body: proposed with a reason, never decided by the machine alone.

Works on plain values. The trap: a pair of committees is named both ways round, and Turkmen-Japanese is not
Japanese-Turkmen, so the order of words counts here, unlike in names of persons.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from legation.fields.folding import fold
from legation.fields.names import organisation_key
from legation.i18n import _
from legation.matching.persons import Likeness, Verdict

ALIKE = 90  # per cent of two keys
WORDS_ALIKE = 80  # per cent of two words in them
STEM = 4  # letters that Japan and Japanese share
_PAIR = re.compile(r"([^\W\d_]{3,})\s?[-\u2010-\u2014]\s?([^\W\d_]{3,})")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class OrganisationFacts:
    """What is known of one body: its names as printed, acronym, home state, the body it is part of (an id), kind."""

    name: str
    country: str | None = None
    parent: int | str | None = None
    kind: str | None = None
    acronym: str | None = None
    other_names: tuple[str, ...] = ()
    id: int | None = None


def compare_organisations(
    one: OrganisationFacts, other: OrganisationFacts, not_same: Collection[tuple[int, int]] = frozenset()
) -> Verdict:
    """Whether two bodies are proposed as one. `not_same` holds pairs of ids, lower first, that a person told apart.

    Two home states, or parts of two bodies, are never one. The same key is proposed, certain with the same home state
    and no contradiction; so is the same acronym, or a name spelt alike with the same numbers, within one home state.
    """
    if one.id is not None and other.id is not None and (min(one.id, other.id), max(one.id, other.id)) in not_same:
        return Verdict(Likeness.DIFFERENT, _("Somebody said that these are two organisations."))
    if one.country and other.country and one.country != other.country:
        return Verdict(Likeness.DIFFERENT, _("They belong to two countries."))
    if one.parent is not None and other.parent is not None and one.parent != other.parent:
        return Verdict(Likeness.DIFFERENT, _("They are parts of two organisations."))
    same_place = one.country == other.country and one.parent == other.parent
    if _keys(one) & _keys(other):
        certain = same_place and (one.kind is None or other.kind is None or one.kind == other.kind)
        return Verdict(Likeness.SAME_KEY, _("The same name, apart from legal form and articles."), is_certain=certain)
    if any(_are_turned_round(a, b) for a in _names(one) for b in _names(other)):
        return Verdict(Likeness.DIFFERENT, _("The two sides are named the other way round."))
    if same_place and one.acronym and _letters(one.acronym) == _letters(other.acronym or ""):
        return Verdict(Likeness.LIKELY, _("The same acronym, and the same country."))
    if same_place and any(_are_alike(a, b) for a in _keys(one) for b in _keys(other)):
        return Verdict(Likeness.LIKELY, _("Names spelt alike, and the same country."))
    return Verdict(Likeness.DIFFERENT, _("The names differ."))


def _names(body: OrganisationFacts) -> tuple[str, ...]:
    return (body.name, *body.other_names)


def _letters(acronym: str) -> str:
    return fold(acronym).replace(" ", "")


def _keys(body: OrganisationFacts) -> set[str]:
    return {key for name in _names(body) if (key := organisation_key(name))}


def _are_alike(one: str, other: str) -> bool:
    """Whether two keys are spelt alike: as wholes, and word by word, for African and Asian are two words."""
    if sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)) or ratio(one, other) < ALIKE:
        return False
    mine, theirs = one.split(), other.split()
    left = [word for word in mine if word not in theirs and len(word) >= STEM]
    right = [word for word in theirs if word not in mine and len(word) >= STEM]
    return len(left) == len(right) and all(map(_is_one_word, left, right))


def _is_one_word(one: str, other: str) -> bool:
    return one[:STEM] == other[:STEM] or ratio(one, other) >= WORDS_ALIKE


def _are_turned_round(one: str, other: str) -> bool:
    """Whether the first pair of names joined by a hyphen stands in the other order: Turkmen-Japanese, Japan-Turkmen."""
    left, right = _PAIR.search(one), _PAIR.search(other)
    if left is None or right is None:
        return False
    first, second = (fold(each)[:STEM] for each in left.groups())
    return first != second and (second, first) == tuple(fold(each)[:STEM] for each in right.groups())
