"""Organisations that may be one: the same name, the same acronym, or names spelt alike within one home.

Whether two are proposed is decided by `matching.organisations`; here are only chosen the pairs worth asking about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from legation.fields.folding import fold
from legation.fields.names import organisation_key
from legation.matching.organisations import ALIKE, OrganisationFacts, compare_organisations
from legation.quality.pairs import Found, Proposals, grouped
from legation.storage.reading import Reader

FEW = 400  # names of one home that are compared each with each; of more, those that share a word
COMMON = 100  # names that share a word: a word of more tells nothing


def likely_organisations(reader: Reader) -> Found:
    """The likely duplicates among the organisations, the surest first; None where a pause may be made."""
    facts = _facts(reader)
    yield None
    proposals = Proposals(reader, "organisation", lambda one, other: compare_organisations(facts[one], facts[other]))
    named = yield from grouped(facts, lambda each: filter(None, map(organisation_key, _names(each))))
    yield from proposals.each_with_each(named.values(), only_certain=True)
    yield from proposals.each_with_each(named.values())
    lettered = yield from grouped(facts, lambda each: [(*_home(each), fold(each.acronym))] if each.acronym else [])
    yield from proposals.each_with_each(lettered.values())
    homes: dict[tuple[object, ...], dict[str, list[int]]] = {}
    for id, each in facts.items():
        for name in _names(each):
            homes.setdefault(_home(each), {}).setdefault(organisation_key(name), []).append(id)
    for names in homes.values():
        for one, other in _alike(list(names)):
            for id in names[one]:
                for beside in names[other]:
                    yield proposals.pair(id, beside)
        yield None


def _facts(reader: Reader) -> dict[int, OrganisationFacts]:
    names: dict[int, list[str]] = {}
    for body, name in reader.sql(
        "SELECT organisation_id, name FROM alias WHERE organisation_id IS NOT NULL ORDER BY id"
    ):
        names.setdefault(body, []).append(name)
    rows = reader.sql("SELECT id, name, country, parent_id, kind, acronym FROM organisation ORDER BY id")
    return {
        id: OrganisationFacts(name, country, parent, kind, acronym, tuple(names.get(id, ())), id)
        for id, name, country, parent, kind, acronym in rows
    }


def _names(body: OrganisationFacts) -> tuple[str, ...]:
    return (body.name, *body.other_names)


def _home(body: OrganisationFacts) -> tuple[object, ...]:
    """What two bodies must share when only their spelling speaks for one: the home state, and what they are part of."""
    return (body.country, body.parent)


def _alike(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of keys that are spelt alike."""
    blocks: dict[str, list[str]] = {"": list(keys)}
    if len(keys) > FEW:
        blocks = {}
        for key in keys:
            for word in set(key.split()):
                blocks.setdefault(word, []).append(key)
        blocks = {word: block for word, block in blocks.items() if len(block) <= COMMON}
    for block in blocks.values():
        for place, key in enumerate(block[:-1]):
            for other, _score, _at in process.extract(
                key, block[place + 1 :], scorer=ratio, score_cutoff=ALIKE, limit=None
            ):
                yield key, other
