"""Whether two names tell of one person: never decided by the machine alone, proposed with a reason.

Works on plain values; who collects them and what is done with the answer is not known here. Two traps shape the rules:
Ikegami Masaki and Ishikawa Masaki held one post in succession, and Serdar and Gurbanguly Berdimuhamedov share a family
name, a country and their visitors. So neither given name with post nor family name with country makes a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from legation.fields.folding import fold
from legation.fields.names import key_of_word, match_key, split_name
from legation.i18n import _

ALIKE = 90  # per cent: two family names of which neither is one letter from the other
GIVEN_ALIKE = 80  # per cent: two given names, which are shorter
MOST_TAKEN_APART = 50_000  # persons whose names are kept taken apart: each is compared with many
SHORTEST = 4  # letters of a word in which one letter may differ: Li is not Lu


class Likeness(Enum):
    """How alike two records are. `SAME_KEY` and `LIKELY` are proposed, `DIFFERENT` is not."""

    SAME_KEY = "same_key"
    LIKELY = "likely"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Verdict:
    """What is proposed, in a sentence why, and whether it is certain enough to be taken without asking."""

    likeness: Likeness
    reason: str
    is_certain: bool = False

    @property
    def is_proposed(self) -> bool:
        """Whether a person should be asked if the two are one."""
        return self.likeness is not Likeness.DIFFERENT


@dataclass(frozen=True)
class PersonFacts:
    """What is known of one person: names as printed, state, posts and organisations by any ids that compare.

    Without family and given name the printed name is taken apart by its country. `id` is None for a person not saved.
    """

    name: str
    family: str | None = None
    given: str | None = None
    country: str | None = None
    posts: frozenset[int | str] = frozenset()
    organisations: frozenset[int | str] = frozenset()
    other_names: tuple[str, ...] = ()
    birth_year: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class Parts:
    """A name for comparing: the key of the family name as one word, the given names folded, "a" for the initial A.

    `is_turned` tells that the words stand the other way round than the country's order has it.
    """

    family: str
    given: tuple[str, ...]
    is_turned: bool = False

    @property
    def is_initial(self) -> bool:
        """Whether no given name is known in full."""
        return bool(self.given) and all(map(is_initial, self.given))


def compare_persons(
    one: PersonFacts, other: PersonFacts, not_same: Collection[tuple[int, int]] = frozenset()
) -> Verdict:
    """Whether two persons are proposed as one. `not_same` holds pairs of ids, lower first, that a person told apart.

    1. The same key: proposed; certain with the same country or post as well, unless only initials are known.
    2. An initial: the same family name and a post or organisation in common.
    3. Family names one letter apart or alike, given names that go together, the same country.
    4. Other family names: never, whatever the posts say.
    """
    if one.id is not None and other.id is not None and (min(one.id, other.id), max(one.id, other.id)) in not_same:
        return Verdict(Likeness.DIFFERENT, _("Somebody said that these are two persons."))
    if one.birth_year and other.birth_year and one.birth_year != other.birth_year:
        sentence = _("They were born in {one} and in {other}.")
        return Verdict(Likeness.DIFFERENT, sentence.format(one=one.birth_year, other=other.birth_year))
    if _keys(one) & _keys(other):
        return _same_key(one, other)
    ways = [(left, right) for left in readings(one) for right in readings(other) if _may_be_one(left, right)]
    verdicts = [_compare_parts(left, right, one, other) for left, right in ways]
    if not verdicts:
        return Verdict(Likeness.DIFFERENT, _("The family names differ."))
    return next((each for each in verdicts if each.is_proposed), verdicts[0])


def _may_be_one(left: Parts, right: Parts) -> bool:
    """Whether two names taken apart are worth a comparison: never when both are turned, or the family names differ."""
    if left.is_turned and right.is_turned:
        return False
    return bool(left.family) and families_alike(left.family, right.family)


def likely_same(
    person: PersonFacts, known: Iterable[PersonFacts], not_same: Collection[tuple[int, int]] = frozenset()
) -> list[tuple[PersonFacts, Verdict]]:
    """The known persons who may be this one, the certain first, then those with the same key, then the alike."""
    found = [(each, compare_persons(person, each, not_same)) for each in known]
    proposed = [(each, verdict) for each, verdict in found if verdict.is_proposed]
    return sorted(proposed, key=lambda pair: (not pair[1].is_certain, pair[1].likeness is not Likeness.SAME_KEY))


def _keys(person: PersonFacts) -> set[str]:
    return {key for name in (person.name, *person.other_names) if (key := match_key(name))}


def _same_key(one: PersonFacts, other: PersonFacts) -> Verdict:
    whole = not any(parts.is_initial for parts in (*readings(one), *readings(other)))
    if whole and one.posts & other.posts:
        return Verdict(Likeness.SAME_KEY, _("One name in two spellings, and the same post."), is_certain=True)
    if whole and one.country is not None and one.country == other.country:
        return Verdict(Likeness.SAME_KEY, _("One name in two spellings, and the same country."), is_certain=True)
    if one.country and other.country and one.country != other.country:
        return Verdict(Likeness.SAME_KEY, _("One name in two spellings, but of two countries."))
    return Verdict(Likeness.SAME_KEY, _("One name in two spellings; nothing else speaks for one person."))


def _compare_parts(left: Parts, right: Parts, one: PersonFacts, other: PersonFacts) -> Verdict:
    same_family = left.family == right.family
    undivided = not left.given and not right.given
    if not undivided and (not left.given or not right.given):
        if same_family and one.posts & other.posts:
            return Verdict(Likeness.LIKELY, _("The same family name and the same post; a given name is not stated."))
        return Verdict(Likeness.DIFFERENT, _("Only the family name is known."))
    if left.is_initial or right.is_initial:
        return _compare_initials(left, right, one, other)
    if not undivided and not givens_go_together(left.given, right.given):
        return Verdict(Likeness.DIFFERENT, _("The given names differ."))
    if one.country is None or one.country != other.country:
        return Verdict(Likeness.DIFFERENT, _("The names are alike, but the country is not known to be the same."))
    if undivided:
        return Verdict(Likeness.LIKELY, _("Whole names spelt alike, the same country."))
    if same_family:
        return Verdict(Likeness.LIKELY, _("The same family name, given names that go together, the same country."))
    return Verdict(Likeness.LIKELY, _("Family names spelt alike, given names that go together, the same country."))


def _compare_initials(left: Parts, right: Parts, one: PersonFacts, other: PersonFacts) -> Verdict:
    if left.family != right.family or not all(map(_is_one_given_name, left.given, right.given)):
        return Verdict(Likeness.DIFFERENT, _("The family name or the initial does not fit."))
    if one.posts & other.posts:
        return Verdict(Likeness.LIKELY, _("The same family name, an initial that fits, the same post."))
    if one.organisations & other.organisations:
        return Verdict(Likeness.LIKELY, _("The same family name, an initial that fits, the same organisation."))
    return Verdict(
        Likeness.DIFFERENT, _("Only the family name and an initial agree, and no post or organisation does.")
    )


def givens_go_together(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each given name of the shorter list stands in the longer one, whole, as an initial or spelt alike."""
    shorter, longer = sorted((one, other), key=len)
    return all(any(_is_one_given_name(name, each) for each in longer) for name in shorter)


def _is_one_given_name(one: str, other: str) -> bool:
    one_key, other_key = key_of_word(one), key_of_word(other)
    if min(len(one_key), len(other_key)) > SHORTEST:  # Benjamin and Binyamin; but Jan is not Ian
        one_key, other_key = one_key.replace("j", "i"), other_key.replace("j", "i")
    if is_initial(one) or is_initial(other):
        return one[0] == other[0] or one_key[:1] == other_key[:1]
    return one_key == other_key or _is_alike(one_key, other_key, GIVEN_ALIKE)


def is_initial(word: str) -> bool:
    """Whether a given name is known by its first letter only."""
    return len(word) == 1 and word.isascii()


def families_alike(one: str, other: str) -> bool:
    """Whether two keys of family names are one or spelt alike."""
    return one == other or _is_alike(one, other, ALIKE)


def _is_alike(one: str, other: str, per_cent: int) -> bool:
    if len(one) < SHORTEST or len(other) < SHORTEST or not one.isascii() or not other.isascii():
        return one == other
    return Levenshtein.distance(one, other, score_cutoff=1) <= 1 or ratio(one, other) >= per_cent


def readings(person: PersonFacts) -> tuple[Parts, ...]:
    """The names of a person taken apart: both ways round where nothing tells which word is the family name."""
    return _readings(person.name, person.family, person.given, person.country, person.other_names)


@lru_cache(maxsize=MOST_TAKEN_APART)
def _readings(
    name: str, family: str | None, given: str | None, country: str | None, other_names: tuple[str, ...]
) -> tuple[Parts, ...]:
    stated = [_parts(family, given or "")] if family else []
    printed = (*(() if family else (name,)), *other_names)
    return (*stated, *(parts for each in printed for parts in _each_reading(each, country, family is not None)))


def _each_reading(name: str, country: str | None, is_told: bool) -> Iterator[Parts]:
    """One name taken apart; `is_told` where the family name of the person is known otherwise."""
    parts = split_name(name, country)
    if not parts.family:
        yield _parts(parts.display, "")
        return
    given = parts.given or ""
    yield _parts(parts.family, given)
    if not is_told and " " not in given and not is_initial(fold(given)):
        yield _parts(given, parts.family, is_turned=True)


def _parts(family: str, given: str, is_turned: bool = False) -> Parts:
    return Parts("".join(key_of_word(word) for word in fold(family).split()), tuple(fold(given).split()), is_turned)
