"""Printed names of one import resolved to records: known ones by the rules of matching, else new ones, each made once.

First a row is looked at, which makes nothing; only when all of it can be taken are its new records made. What may be a
known record and was not decided becomes a question, and until it is answered goes by the mapping's rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Mapped
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.names import FAMILY_FIRST, NameParts, match_key, organisation_key
from legation.i18n import _
from legation.imports.mapping import Mapping
from legation.imports.name_orders import NameOrders
from legation.imports.outcomes import Choice, Question, Rejected
from legation.imports.splitting import NameSplitter
from legation.matching.country_names import CountryNames
from legation.matching.east_asian_titles import taken_apart
from legation.matching.foreign_titles import english_title
from legation.matching.known_bodies import Held, KnownBodies, KnownPosts
from legation.matching.known_persons import Candidate, KnownPersons, the_one_meant
from legation.matching.organisations import OrganisationFacts
from legation.matching.persons import PersonFacts
from legation.matching.post_words import rank_of
from legation.matching.printed_persons import PrintedPost, kind_of_body
from legation.matching.state_offices import StateOffice, office_of
from legation.records.catalogue import record_type
from legation.records.organisation import STATELESS_KINDS
from legation.storage.bulk import BulkRows
from legation.storage.reading import Reader

NEW = "new"


@dataclass
class Body:
    """A body of a row: its id, or what to make of it."""

    id: int | None
    draft: Draft | None = None


@dataclass
class CellSide:
    """A party that a cell of persons names: its state or its body, and the text of its persons, "" for none."""

    state: str | None
    body: int | None
    persons: str = ""


@dataclass
class Chair:
    """A post of a row: its id, or what to make of it; the status of who holds it."""

    id: int | None
    office: StateOffice
    body: Body
    told_apart: tuple[int, ...] = ()


@dataclass
class Somebody:
    """A person of a row: their id, or what to make of them; the chair they sit in; their title word for word."""

    id: int | None
    name: str
    state: str | None
    title: str
    chair: Chair | None
    values: dict[str, Any] = field(default_factory=dict)
    told_apart: tuple[int, ...] = ()
    looked: int = -1


class Resolver:
    """The records of one import while its rows are looked at."""

    def __init__(self, reader: Reader, mapping: Mapping, decisions: Mapped[str, str]) -> None:
        self.mapping = mapping
        self.decisions = decisions
        self.bulk = BulkRows(reader)
        self.countries = CountryNames(reader)
        self.persons = KnownPersons(reader)
        self.bodies = KnownBodies(reader)
        self.posts = KnownPosts(reader)
        self.words = self.countries.words()
        self.splitter = NameSplitter(
            {**self.words, **self.countries.demonyms}, lambda name: self.countries.in_any_language(name) is not None
        )
        self.added_countries: set[str] = set()
        self.orders = NameOrders()
        self.questions: dict[str, Question] = {}
        self.seen_sides: dict[tuple[str, int | None], tuple[list[CellSide], list[str]]] = {}
        self._made: dict[int, Draft] = {}
        self._names: dict[int, Counter[str]] = {}
        self._aliases: set[tuple[int, str]] = set()
        self._named: set[int] = set()  # persons whose names stand apart in the file
        self._offices: dict[tuple[str, str | None], StateOffice | None] = {}
        self._settled: set[int] = set()  # new persons whose name was chosen when their table had been read
        self._new: dict[str, set[int]] = {"organisation": set(), "post": set()}

    def for_table(self, mapping: Mapping, decisions: Mapped[str, str]) -> Resolver:
        """The same for a further table of the import, which knows what the tables before it make."""
        made = copy(self)
        made.mapping, made.decisions, made.questions = mapping, decisions, {}
        return made

    def country(self, printed: str, year: int | None) -> str:
        """The code of a country; raises `Rejected` for an unknown name."""
        code = self.countries.in_any_language(printed, year)
        if code is None:
            raise Rejected(_("No country is called “{name}”.").format(name=printed))
        return code

    def body(self, name: str, state: str | None, kind: str = "", row: int = 0) -> Body:
        """The body that a cell names, in a state where it has one. Raises `Rejected` for a cell without a letter."""
        if not any(map(str.isalpha, name)):
            raise Rejected(_("“{cell}” names nobody.").format(cell=name))
        named = self.countries.name(state) if state else ""
        id = self.bodies.find(name, state, state=named)
        if id is not None:
            return Body(id)
        kind = kind or kind_of_body(name)
        home = None if kind in STATELESS_KINDS else state
        facts = OrganisationFacts(name, home, None, kind)
        likely = self.bodies.likely(facts)
        if likely is not None:
            choice = Choice(f"#{likely.id}", likely.name, likely.reason)
            answer = self.ask("organisation", name, home, (choice,), row)
            if answer.startswith("#"):
                return Body(int(answer[1:]))
        values = {"name": name, "kind": kind, **({"country": home} if home else {})}
        return Body(None, new_draft(record_type("organisation"), **values))

    def office(self, title: str, state: str | None) -> StateOffice | None:
        """The office that a title names in a state."""
        asked = (title, state)
        if asked not in self._offices:
            known = self.countries.in_any_language
            if not title.isascii() and (apart := taken_apart(title, lambda each: known(each) is not None)) is not None:
                title, state = apart.english, state or known(apart.country)
            elif (told := english_title(title, known)) is not None:
                title, state = told[0], state or told[1]
            named = self.countries.name(state) if state else ""
            self._offices[asked] = office_of(title, state, named, self.words)
        return self._offices[asked]

    def bare_office(self, title: str, state: str | None) -> StateOffice:
        """A title as the post of a body that stands in a column of its own."""
        return StateOffice(PrintedPost(title, "", "other", state, rank=rank_of(title)), is_body_printed=False)

    def chair(self, office: StateOffice, body: Body | None = None, row: int = 0) -> Chair:
        """The post of an office, in a body that a cell names or else in the office's own."""
        post = office.post
        if body is None:
            named = self._body_name(post)
            body = self.body(named, post.country, post.kind, row)
        if body.id is None:
            return Chair(None, office, body)
        id = self.posts.find(body.id, post.title, post.accredited_to)
        if id is not None:
            return Chair(id, office, body)
        likely = self.posts.likely(body.id, post.title, post.accredited_to)
        if likely is None:
            return Chair(None, office, body)
        printed = f"{post.title}, {self.bodies[body.id].name}"
        choice = Choice(f"#{likely.id}", likely.name, likely.reason)
        if likely.id in self._new["post"]:  # the number that a post of this import has may change
            choice = Choice(f"={likely.name}", likely.name, likely.reason)
        answer = self.ask("post", printed, None, (choice,), row)
        if answer == choice.answer:
            return Chair(likely.id, office, body)
        is_decided = bool(self.decisions.get(f"post|{fold(printed)}|"))
        return Chair(None, office, body, (likely.id,) if is_decided else ())

    def _body_name(self, post: PrintedPost) -> str:
        """The body's name with its state's, as the forms write it."""
        state = self.countries.name(post.country) if post.country else ""
        of_state = post.kind in ("ministry", "parliament", "government", "presidency")
        return f"{post.body} of {state}" if of_state and state and fold(state) not in fold(post.body) else post.body

    def somebody(
        self, name: str, state: str | None, title: str = "", chair: Chair | None = None, *, year: int | None = None,
        row: int = 0, values: dict[str, Any] | None = None,
    ) -> Somebody:  # fmt: skip
        """The person that a cell names. Raises `Rejected` where the mapping says so of what nobody decided."""
        posts = _posts(chair, state)
        born = str((values or {}).get("birth_date") or "")[:4]
        facts = PersonFacts(name, country=state, posts=posts, birth_year=int(born) if born.isdecimal() else None)
        found = self.persons.candidates(facts, year)
        meant = the_one_meant(found)
        made = Somebody(None, name, state, title, chair, dict(values or {}), looked=self.persons.version)
        made.id = self.persons.by_wikidata.get(str(made.values.get("wikidata")))
        if made.id is not None:
            return made
        if meant is not None:
            made.id = meant.id
        elif found:
            choices = tuple(Choice(self._answer(each), each.name, each.reason) for each in found)
            answer = self.ask("person", f"{title} {name}".strip(), state, choices, row)
            made.id = next((each.id for each in found if self._answer(each) == answer), None)
            if answer == NEW and self.decisions.get(f"person|{fold(f'{title} {name}')}|{state or ''}") == NEW:
                made.told_apart = tuple(each.id for each in found)
        return made

    def _answer(self, candidate: Candidate) -> str:
        """How a decision names a candidate: known ones by number, those of this import by name."""
        return f"={candidate.name}" if candidate.id in self._made else f"#{candidate.id}"

    def ask(self, record: str, printed: str, state: str | None, choices: tuple[Choice, ...], row: int) -> str:
        """The answer to a question: what was decided, else what the mapping's rule says."""
        key = f"{record}|{fold(printed)}|{state or ''}"
        question = self.questions.setdefault(key, Question(key, record, printed, choices, []))
        if row and row not in question.rows[-1:]:
            question.rows.append(row)
        decided = self.decisions.get(key, "")
        if decided:
            question.answer = decided
            return decided
        if self.mapping.likely == "reject":
            told = _("“{name}” may be {known}: {reason} Decide which.")
            raise Rejected(told.format(name=printed, known=choices[0].label, reason=choices[0].reason))
        return choices[0].answer if self.mapping.likely == "same" else NEW

    # --- making what is new -------------------------------------------------------------------------------------------

    def make_body(self, body: Body) -> int:
        """The id of a body, made now if it is new."""
        if body.id is None:
            assert body.draft is not None
            draft = body.draft
            known = self.bodies.find(draft["name"], draft["country"])
            if known is not None and organisation_key(self.bodies[known].name) == organisation_key(draft["name"]):
                body.id = known  # made for another place of the same row
                return known
            body.id = self.bulk.reserve(draft)
            self._new["organisation"].add(body.id)
            self.bodies.add(
                OrganisationFacts(draft["name"], draft["country"], None, draft["kind"], draft["acronym"], id=body.id)
            )
        return body.id

    def make_chair(self, chair: Chair) -> int:
        """The id of a post, made now with its body if they are new."""
        if chair.id is None:
            body, post = self.make_body(chair.body), chair.office.post
            chair.id = self.posts.find(body, post.title, post.accredited_to)
            if chair.id is None:
                values = {"title": post.title, "organisation_id": body, "rank": post.rank}
                if post.accredited_to:
                    values["accredited_to"] = post.accredited_to
                chair.id = self.bulk.reserve(new_draft(record_type("post"), **values))
                self._new["post"].add(chair.id)
                self.posts.add(chair.id, body, post.title, post.accredited_to)
                for other in chair.told_apart:
                    first, second = sorted((other, chair.id))
                    self.bulk.add_row("not_same", record="post", first_id=first, second_id=second)
        elif chair.body.id is not None:
            self._title_of_known(chair.id, chair.body.id, chair.office.post)
        return chair.id

    def _title_of_known(self, id: int, body: int, post: PrintedPost) -> None:
        """Keep a title that was decided to be of a known post as another name of it."""
        if self.posts.find(body, post.title, post.accredited_to) is None:
            self.posts.add(id, body, post.title, post.accredited_to)
            self.bulk.add(new_draft(record_type("alias"), name=post.title, kind="translation", post_id=id))

    def make_person(self, person: Somebody, year: int | None = None) -> int:
        """The id of a person, made now if new; another spelling of a known one becomes another name of theirs."""
        posts = _posts(person.chair, person.state)
        if person.id is None and person.looked != self.persons.version:
            again = self.persons.candidates(PersonFacts(person.name, country=person.state, posts=posts), year)
            meant = the_one_meant(again)
            person.id = meant.id if meant is not None else None
        if person.id is None:
            draft = self._new_person(person)
            if person.values.get("wikidata"):
                self.persons.by_wikidata[person.values["wikidata"]] = self.bulk.next_id("person")
            if "family_name" in person.values:
                self._named.add(self.bulk.next_id("person"))
            person.id = self.bulk.reserve(draft)
            self._made[person.id] = draft
            self._names[person.id] = Counter()
            facts = PersonFacts(
                draft["name"], draft["family_name"], draft["given_name"], person.state, posts, id=person.id
            )
            self.persons.add(facts, year)
            for other in person.told_apart:
                first, second = sorted((other, person.id))
                self.bulk.add_row("not_same", record="person", first_id=first, second_id=second)
        elif person.id in self._made:
            self.persons.also_called(person.id, person.name, posts)
            self.persons.saw(person.id, year)
        elif match_key(person.name) != match_key(self.persons[person.id].name):
            if self.persons.also_called(person.id, person.name, posts):
                self.alias(person.id, person.name)
        if person.id in self._names:
            self._names[person.id][person.name] += 1
        return person.id

    def _new_person(self, person: Somebody) -> Draft:
        values = _name_values(person.name, self.orders.split(person.name, person.state))
        if person.state is not None:
            values["country"] = person.state
        given = {name: value for name, value in person.values.items() if value is not None}
        if given.get("family_name") and given.get("given_name"):
            order = ("family_name", "given_name") if person.state in FAMILY_FIRST else ("given_name", "family_name")
            given["name"] = " ".join(str(given[each]) for each in order)
        return new_draft(record_type("person"), **{**values, **given})

    def look_at_name(self, cell: str, state: str | None) -> None:
        """Note the order in which a cell writes names, before any of them is taken apart."""
        if state in FAMILY_FIRST:
            for each in self.splitter.persons(cell):
                self.orders.look(each.name, state)

    def alias(self, id: int, name: str, kind: str = "transliteration") -> None:
        """Keep another name of a person."""
        if (id, name) in self._aliases:
            return
        self._aliases.add((id, name))
        alias = new_draft(record_type("alias"), name=name, kind=kind, person_id=id)
        self.bulk.add(alias)

    def appointment(self, person: int, chair: Chair, day: tuple[str, str]) -> int:
        """The id of the appointment in which a person acted on a day, made now if there is none."""
        post = self.make_chair(chair)
        held = self.posts.on_day(person, post, day)
        if held is not None:
            return held.id
        draft = new_draft(record_type("appointment"), person_id=person, post_id=post, status=chair.office.status)
        id = self.bulk.reserve(draft)
        self.posts.appoint(person, post, Held(id, None, chair.office.status))
        return id

    def fill_new(self, id: int, values: Mapped[str, Any]) -> list[str]:
        """Give a person of this import what an earlier row left open; nothing is told, for all of it is new."""
        draft = self._made[id]
        for name, value in values.items():
            if value is not None and draft[name] is None:
                draft[name] = value
        return []

    def name_persons(self) -> None:
        """Give each new person the spelling that most rows have; the others become other names."""
        for id, names in self._names.items():
            draft = self._made[id]
            best = max(names, key=lambda name: (names[name], len(name))) if names else draft["name"]
            if id in self._settled:
                best = draft["name"]
            elif id not in self._named:
                for each in ("name", "family_name", "given_name", "patronymic"):
                    draft.values.pop(each, None)
                draft.values.update(_name_values(best, self.orders.split(best, draft["country"])))
            for other in names:
                if other == best and fold(best) != fold(draft["name"]):
                    self.alias(id, best, "order")
                elif other not in (best, draft["name"]):
                    self.alias(id, other)
            self._settled.add(id)


def _posts(chair: Chair | None, state: str | None) -> frozenset[int | str]:
    """The post of a chair, and the office it stands for in its state: that of a president-elect is the president's."""
    if chair is None:
        return frozenset()
    office = fold(chair.office.post.title).removesuffix(" elect")
    office = "prime minister" if office == "premier" else office
    return frozenset([*([chair.id] if chair.id is not None else []), f"{state or ''}:{office}"])


def _name_values(name: str, parts: NameParts) -> dict[str, Any]:
    """The names of a person as columns: whole, and apart where it is plain which is which."""
    found: dict[str, Any] = {"name": parts.display or name}
    for each, value in (("family_name", parts.family), ("given_name", parts.given), ("patronymic", parts.patronymic)):
        if value and not parts.undecided:
            found[each] = value
    return found
