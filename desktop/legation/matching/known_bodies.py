"""The organisations, posts and appointments of a workspace, found by printed words without a question for each.

Everything is read once; what comes to be known meanwhile is added.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from legation.fields.folding import fold
from legation.fields.fuzzy_dates import bounds, could_overlap
from legation.fields.names import organisation_key
from legation.matching.organisations import OrganisationFacts, compare_organisations
from legation.matching.post_keys import likely_one_post, post_key
from legation.records.catalogue import table_named
from legation.storage.reading import Reader


@dataclass(frozen=True)
class Likely:
    """A body or post that may be meant, with the reason."""

    id: int
    name: str
    reason: str


@dataclass(frozen=True)
class Held:
    """An appointment: its id, period as EDTF text, status."""

    id: int
    period: str | None
    status: str


class KnownBodies:
    """Organisations by key and acronym; likeness is looked for only among those of one country."""

    def __init__(self, reader: Reader) -> None:
        self._facts: dict[int, OrganisationFacts] = {}
        self._by_key: dict[str, list[int]] = {}
        self._by_country: dict[str | None, list[int]] = {}
        self.by_wikidata: dict[str, int] = {}
        pairs = reader.sql("SELECT first_id, second_id FROM not_same WHERE record = 'organisation'")
        self._not_same = {(int(first), int(second)) for first, second in pairs}
        body, alias = table_named("organisation"), table_named("alias")
        others: dict[int, list[str]] = {}
        named = select(alias.c.organisation_id, alias.c.name).where(alias.c.organisation_id.is_not(None))
        for id, name in reader.rows(named):
            others.setdefault(id, []).append(name)
        c = body.c
        for id, name, acronym, kind, country, parent, item in reader.rows(
            select(c.id, c.name, c.acronym, c.kind, c.country, c.parent_id, c.wikidata).order_by(c.id)
        ):
            self.add(OrganisationFacts(name, country, parent, kind, acronym, tuple(others.get(id, ())), id))
            if item:
                self.by_wikidata[item] = id

    def __getitem__(self, id: int) -> OrganisationFacts:
        return self._facts[id]

    def add(self, facts: OrganisationFacts) -> None:
        """Make a body known."""
        assert facts.id is not None
        self._facts[facts.id] = facts
        self._by_country.setdefault(facts.country, []).append(facts.id)
        for name in (facts.name, *facts.other_names, *([facts.acronym] if facts.acronym else [])):
            ids = self._by_key.setdefault(_key(name), [])
            if facts.id not in ids:
                ids.append(facts.id)

    def find(self, name: str, country: str | None = None, *, state: str = "") -> int | None:
        """The id of the body with this name, acronym or other name; of this country where two have it.

        `state` is the country's name: "Ministry of Finance" of Japan is also the "Ministry of Finance of Japan".
        """
        keys = [_key(name), *([_key(f"{name} of {state}")] if state else [])]
        known = [id for key in keys for id in self._by_key.get(key, ())]
        own = [id for id in known if self._facts[id].country == country]
        open_ones = [id for id in known if self._facts[id].country is None]
        if country is None:
            return known[0] if len(known) == 1 else next(iter(open_ones), None)
        return next(iter((*own, *open_ones)), None)

    def likely(self, facts: OrganisationFacts) -> Likely | None:
        """A known body whose name is near, in the same country; None when there is none."""
        for id in self._by_country.get(facts.country, ()):
            known = self._facts[id]
            if abs(len(known.name) - len(facts.name)) > 12:
                continue
            verdict = compare_organisations(facts, known, self._not_same)
            if verdict.is_proposed:
                return Likely(id, known.name, verdict.reason)
        return None


def _key(name: str) -> str:
    """The key of a body's name; the name itself where it has no letter."""
    return organisation_key(name) or name.casefold()


def _title(title: str) -> str:
    return fold(title) or title.casefold()


class KnownPosts:
    """Posts by body and title, by the keys of their titles and by other names, and who was appointed to them."""

    def __init__(self, reader: Reader) -> None:
        post, alias, appointment = table_named("post"), table_named("alias"), table_named("appointment")
        self._posts: dict[tuple[int, str, str | None], int] = {}
        self._by_key: dict[tuple[int, str, str | None], int] = {}
        self._of_body: dict[tuple[int, str | None], dict[int, list[str]]] = {}
        self._held: dict[tuple[int, int], list[Held]] = {}
        pairs = reader.sql("SELECT first_id, second_id FROM not_same WHERE record = 'post'")
        self.not_same = {(int(first), int(second)) for first, second in pairs}
        bodies = {}
        for id, title, body, accredited in reader.rows(
            select(post.c.id, post.c.title, post.c.organisation_id, post.c.accredited_to)
        ):
            bodies[id] = body, accredited
            self._note(id, body, title, accredited)
        for id, name in reader.rows(select(alias.c.post_id, alias.c.name).where(alias.c.post_id.is_not(None))):
            self._note(id, bodies[id][0], name, bodies[id][1])
        c = appointment.c
        for id, person, chair, period, status in reader.rows(select(c.id, c.person_id, c.post_id, c.period, c.status)):
            self._held.setdefault((person, chair), []).append(Held(id, period, status))

    def find(self, body: int, title: str, accredited: str | None = None) -> int | None:
        """The id of a post of a body."""
        for place in (accredited, None) if accredited is not None else (None,):
            for known, key in ((self._posts, _title(title)), (self._by_key, post_key(title))):
                if (found := known.get((body, key, place))) is not None:
                    return found
        return None

    def likely(self, body: int, title: str, accredited: str | None = None) -> Likely | None:
        """A post of a body whose title may be this one, printed more or less fully; None when there is none."""
        for id, titles in self._of_body.get((body, accredited), {}).items():
            for known in titles:
                if reason := likely_one_post(title, known):
                    return Likely(id, titles[0], reason)
        return None

    def add(self, id: int, body: int, title: str, accredited: str | None = None) -> None:
        """Make a post known, or known by another title."""
        self._note(id, body, title, accredited)

    def _note(self, id: int, body: int, title: str, accredited: str | None) -> None:
        self._posts.setdefault((body, _title(title), accredited), id)
        self._by_key.setdefault((body, post_key(title) or _title(title), accredited), id)
        self._of_body.setdefault((body, accredited), {}).setdefault(id, []).append(title)

    def held(self, person: int, post: int) -> list[Held]:
        """The appointments of a person to a post."""
        return self._held.get((person, post), [])

    def on_day(self, person: int, post: int, day: tuple[str, str]) -> Held | None:
        """The appointment that may cover a day, one with a stated period before one without."""
        known = sorted(self.held(person, post), key=lambda each: each.period is None)
        return next((each for each in known if could_overlap(bounds(each.period), day)), None)

    def appoint(self, person: int, post: int, held: Held) -> None:
        """Make an appointment known, in place of the same one known by another period."""
        others = [each for each in self.held(person, post) if each.id != held.id]
        self._held[person, post] = [*others, held]
