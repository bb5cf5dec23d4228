"""The officials of a workspace, found by printed names without a question for each: sure, likely or new.

Everything is read once; persons that come to be known meanwhile are added. The rules are those of `persons.py`; one is
added for tables, where a title stands beside each name: a family name with given names that go together, in the same
post of the same country, is one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from legation.fields.folding import fold
from legation.fields.names import key_of_word, match_key, split_name
from legation.i18n import _
from legation.matching.persons import Likeness, PersonFacts, compare_persons
from legation.records.catalogue import table_named
from legation.storage.reading import Reader

MOST_LIKELY = 5  # candidates told for one name
LETTERS = 3  # by which family names are looked up that may be spelt otherwise
YEARS_IN_OFFICE = 25  # within which a lone family name in one post is one person


@dataclass(frozen=True)
class Candidate:
    """A person who may be meant: id, name, the reason, and whether it is sure enough to be taken without asking.

    `nearness` is higher the nearer the name is: 3 letter by letter, 2 by its key, 1 spelt alike.
    """

    id: int
    name: str
    reason: str
    is_sure: bool = False
    nearness: int = 1


def the_one_meant(candidates: Sequence[Candidate]) -> Candidate | None:
    """The sure candidate whose name is nearest; None where there is none, or two are as near."""
    sure = [each for each in candidates if each.is_sure]
    nearest = [each for each in sure if each.nearness == max(one.nearness for one in sure)]
    return nearest[0] if len(nearest) == 1 else None


class KnownPersons:
    """Persons by their match keys, and by the beginnings and ends of their family names."""

    def __init__(self, reader: Reader) -> None:
        self._facts: dict[int, PersonFacts] = {}
        self.version = 0  # rises with each person or name that comes to be known
        self._by_key: dict[str, set[int]] = {}
        self._by_family: dict[str, set[int]] = {}
        self._years: dict[int, tuple[int, int]] = {}
        self._found: dict[tuple[PersonFacts, int | None], list[Candidate]] = {}
        pairs = reader.sql("SELECT first_id, second_id FROM not_same WHERE record = 'person'")
        self._not_same = {(int(first), int(second)) for first, second in pairs}
        for facts in _all_facts(reader):
            self.add(facts)
        items = reader.sql("SELECT wikidata, id FROM person WHERE wikidata IS NOT NULL")
        self.by_wikidata = {str(item): int(id) for item, id in items}

    def __getitem__(self, id: int) -> PersonFacts:
        return self._facts[id]

    def add(self, facts: PersonFacts, year: int | None = None) -> None:
        """Make a person known, or known by more."""
        assert facts.id is not None
        self._facts[facts.id] = facts
        self.version += 1
        self._found.clear()
        for name in (facts.name, *facts.other_names):
            self._by_key.setdefault(match_key(name), set()).add(facts.id)
            for block in _blocks(name, facts.country):
                self._by_family.setdefault(block, set()).add(facts.id)
        self.saw(facts.id, year)

    def saw(self, id: int, year: int | None) -> None:
        """Note a year in which a person was in office."""
        if year is not None:
            first, last = self._years.get(id, (year, year))
            self._years[id] = min(first, year), max(last, year)

    def also_called(self, id: int, name: str, posts: frozenset[int | str] = frozenset()) -> bool:
        """Note another name or post of a person; whether the name was new."""
        facts = self._facts[id]
        is_new = name not in (facts.name, *facts.other_names)
        if is_new or not posts <= facts.posts:
            names = (*facts.other_names, name) if is_new else facts.other_names
            self.add(replace(facts, other_names=names, posts=facts.posts | posts))
        return is_new

    def candidates(self, printed: PersonFacts, year: int | None = None) -> list[Candidate]:
        """The known persons who may be the printed one, the sure first."""
        asked = (printed, year)
        if asked not in self._found:
            self._found[asked] = self._candidates(printed, year)
        return self._found[asked]

    def _candidates(self, printed: PersonFacts, year: int | None) -> list[Candidate]:
        near = set(self._by_key.get(match_key(printed.name), ()))
        for block in _blocks(printed.name, printed.country):
            near |= self._by_family.get(block, set())
        found = []
        for id in sorted(near):
            known = self._facts[id]
            if known.country and printed.country and known.country != printed.country:
                continue  # a namesake of another state
            verdict = compare_persons(printed, known, self._not_same)
            if not verdict.is_proposed:
                continue
            sure, reason = verdict.is_certain, verdict.reason
            lone = " " not in match_key(printed.name)
            if sure and lone and not (printed.posts & known.posts and self._is_of_that_time(id, year)):
                sure, reason = False, _("One family name and nothing more, in another post or at another time.")
            elif not sure and printed.name in (known.name, *known.other_names) and printed.posts & known.posts:
                sure, reason = True, _("The same name letter by letter, and the same post.")
            elif not sure and verdict.likeness is Likeness.LIKELY and _are_one_in_office(printed, known):
                sure, reason = True, _("The same post and family name, and given names that go together.")
            nearness = 2 if verdict.likeness is Likeness.SAME_KEY else 1
            nearness = 3 if printed.name in (known.name, *known.other_names) else nearness
            found.append(Candidate(id, known.name, reason, sure, nearness))
        found.sort(key=lambda each: (not each.is_sure, -each.nearness, each.id))
        return found[:MOST_LIKELY]

    def _is_of_that_time(self, id: int, year: int | None) -> bool:
        if year is None or id not in self._years:
            return True
        first, last = self._years[id]
        return first - YEARS_IN_OFFICE <= year <= last + YEARS_IN_OFFICE


def _are_one_in_office(one: PersonFacts, other: PersonFacts) -> bool:
    """Whether two persons with names that go together held one post under whole and equal family names."""
    if not one.posts & other.posts or one.country is None or one.country != other.country:
        return False
    parts = [_family_and_given(each) for each in (one, other)]
    if any(not family or not given for family, given in parts):
        return False
    initials = any(len(word) < 2 for _family, given in parts for word in fold(given).split())
    return parts[0][0] == parts[1][0] and not initials


def _family_and_given(facts: PersonFacts) -> tuple[str, str]:
    if facts.family:
        return "".join(map(key_of_word, fold(facts.family).split())), facts.given or ""
    parts = split_name(facts.name, facts.country)
    return "".join(map(key_of_word, fold(parts.family or "").split())), parts.given or ""


def _blocks(name: str, country: str | None) -> set[str]:
    """Under which beginnings and ends a name is looked up: those of its family name, of both ends where it is open."""
    parts = split_name(name, country)
    printed = parts.family if parts.family and not parts.undecided else name
    words = [key for word in fold(printed).split() if len(key := key_of_word(word)) > 2]
    edge = words[-1:] + words[:1]
    place = country or ""
    return {f"{place}<{word[:LETTERS]}" for word in edge} | {f"{place}>{word[-LETTERS:]}" for word in edge}


def _all_facts(reader: Reader) -> list[PersonFacts]:
    person, alias = table_named("person"), table_named("alias")
    appointment, post = table_named("appointment"), table_named("post")
    others: dict[int, list[str]] = {}
    for id, name in reader.rows(select(alias.c.person_id, alias.c.name).where(alias.c.person_id.is_not(None))):
        others.setdefault(id, []).append(name)
    held: dict[int, list[tuple[int, int]]] = {}
    joined = select(appointment.c.person_id, post.c.id, post.c.organisation_id)
    for id, chair, body in reader.rows(joined.join(post, post.c.id == appointment.c.post_id)):
        held.setdefault(id, []).append((chair, body))
    columns = (
        person.c.id,
        person.c.name,
        person.c.family_name,
        person.c.given_name,
        person.c.country,
        person.c.birth_date,
    )
    return [
        PersonFacts(
            name, family, given, state, frozenset(chair for chair, _body in held.get(id, ())),
            frozenset(body for _chair, body in held.get(id, ())), tuple(others.get(id, ())),
            int(born[:4]) if born and born[:4].isdecimal() else None, id,
        )
        for id, name, family, given, state, born in reader.rows(select(*columns).order_by(person.c.id))
    ]  # fmt: skip
