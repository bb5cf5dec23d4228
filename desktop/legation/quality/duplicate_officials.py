"""Officials who may be one person: the same name first, then initials, spellings, and namesakes of two countries.

Whether two are proposed is decided by `matching.persons`; here are only chosen, by the keys of their names, the pairs
that are worth asking about.
"""

from __future__ import annotations

from collections.abc import Iterator

from legation.fields.fuzzy_dates import bounds
from legation.fields.names import match_key
from legation.matching.persons import (
    PersonFacts,
    compare_persons,
    families_alike,
    givens_go_together,
    is_initial,
    readings,
)
from legation.quality.alike import alike_pairs
from legation.quality.pairs import PAUSE, Found, Making, Pair, Proposals, grouped
from legation.storage.reading import Reader

Given = tuple[str, ...]
Members = dict[int, set[Given]]  # by id, the given names in each way of reading the name


def likely_officials(reader: Reader) -> Found:
    """The likely duplicates among the officials, the surest first; None where a pause may be made."""
    facts = yield from _facts(reader)
    proposals = Proposals(reader, "person", lambda one, other: compare_persons(facts[one], facts[other]))
    named = yield from grouped(facts, lambda each: filter(None, map(match_key, (each.name, *each.other_names))))
    yield from proposals.each_with_each(_together(named.values(), facts), only_certain=True)
    families = yield from _families(facts)
    yield from _initials(facts, families, proposals)
    yield from _spellings(facts, families, proposals)
    yield from proposals.each_with_each(named.values())


def _facts(reader: Reader) -> Making[dict[int, PersonFacts]]:
    """What is known of every official, by id."""
    names: dict[int, list[str]] = {}
    for person, name in reader.sql("SELECT person_id, name FROM alias WHERE person_id IS NOT NULL ORDER BY id"):
        names.setdefault(person, []).append(name)
    yield None
    held: dict[int, tuple[set[int | str], set[int | str]]] = {}
    for person, post, body in reader.sql(
        "SELECT a.person_id, a.post_id, p.organisation_id FROM appointment a JOIN post p ON p.id = a.post_id"
    ):
        posts, bodies = held.setdefault(person, (set(), set()))
        posts.add(post)
        bodies.add(body)
    yield None
    found: dict[int, PersonFacts] = {}
    nothing: tuple[set[int | str], set[int | str]] = (set(), set())
    rows = reader.sql("SELECT id, name, family_name, given_name, country, birth_date FROM person ORDER BY id")
    for number, (id, name, family, given, country, born) in enumerate(rows, 1):
        posts, bodies = held.get(id, nothing)
        found[id] = PersonFacts(
            name, family, given, country, frozenset(posts), frozenset(bodies), tuple(names.get(id, ())),
            _year(born), id,
        )  # fmt: skip
        if number % PAUSE == 0:
            yield None
    return found


def _year(born: str | None) -> int | None:
    """The year of birth, where it is one year."""
    first, last = bounds(born)
    return int(first[:4]) if born and first[:4] == last[:4] else None


def _together(groups: object, facts: dict[int, PersonFacts]) -> Iterator[list[int]]:
    """Groups of one name parted by what makes two of them certain: the country, and each post."""
    for group in groups:  # type: ignore[attr-defined]
        parts: dict[object, list[int]] = {}
        for id in group:
            for key in (facts[id].country, *facts[id].posts):
                if key is not None:
                    parts.setdefault(key, []).append(id)
        yield from (ids for ids in parts.values() if len(ids) > 1)


def _families(facts: dict[int, PersonFacts]) -> Making[dict[str, Members]]:
    """The officials under the keys of their family names, with their given names."""
    found: dict[str, Members] = {}
    for number, (id, each) in enumerate(facts.items(), 1):
        for parts in readings(each):
            if parts.family:
                found.setdefault(parts.family, {}).setdefault(id, set()).add(parts.given)
        if number % PAUSE == 0:
            yield None
    return {family: dict(members) for family, members in found.items()}


def _initials(facts: dict[int, PersonFacts], families: dict[str, Members], proposals: Proposals) -> Found:
    """An initial for a given name, or none: those of the same family name who share a post or a body."""
    for members in families.values():
        short = [
            id for id, givens in members.items() if any(not given or all(map(is_initial, given)) for given in givens)
        ]
        if not short or len(members) < 2:
            continue
        bodies: dict[int | str, set[int]] = {}
        for id in members:
            for body in facts[id].organisations:
                bodies.setdefault(body, set()).add(id)
        for id in short:
            near = set[int]().union(*(bodies[body] for body in facts[id].organisations))
            for other in sorted(near):
                yield proposals.pair(id, other)
        yield None


def _spellings(facts: dict[int, PersonFacts], families: dict[str, Members], proposals: Proposals) -> Found:
    """Family names that are one or spelt alike, and given names that go together, within one country."""
    homes: dict[str, dict[str, Members]] = {}
    for family, members in families.items():
        for id, givens in members.items():
            if (country := facts[id].country) is not None:
                homes.setdefault(country, {}).setdefault(family, {})[id] = givens
    yield None
    for home in homes.values():
        for members in home.values():
            if len(members) > 1:
                yield from _given_pairs(members, members, proposals)
                yield None
        for names in alike_pairs(home, families_alike):
            if names is not None:
                yield from _given_pairs(home[names[0]], home[names[1]], proposals)
            yield None


def _given_pairs(one: Members, other: Members, proposals: Proposals) -> Found:
    """The pairs of two families whose given names go together; different given names are compared once."""
    left, right = _by_given(one), _by_given(other)
    for given, ids in left.items():
        for beside, others in right.items():
            if given != beside and left is not right and not givens_go_together(given, beside):
                continue
            if left is right and not (given <= beside and givens_go_together(given, beside)):
                continue
            for id in ids:
                for each in others:
                    yield proposals.pair(id, each)
        yield None


def _by_given(members: Members) -> dict[Given, list[int]]:
    found: dict[Given, list[int]] = {}
    for id, givens in members.items():
        for given in givens:
            found.setdefault(given, []).append(id)
    return found


__all__ = ["Pair", "likely_officials"]
