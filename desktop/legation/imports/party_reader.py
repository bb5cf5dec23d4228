"""Who takes part in an event, as the cells of a row say it: countries, bodies, persons with their titles."""

from __future__ import annotations

import re
from typing import Any

from legation.fields.folding import fold
from legation.i18n import _
from legation.imports.event_parties import Party
from legation.imports.outcomes import Choice, Rejected
from legation.imports.resolving import Body, CellSide, Resolver, Somebody
from legation.imports.roles import SIDE_PARTS, SIDES
from legation.imports.row_values import RowValues
from legation.imports.sides_in_cells import apart, sides_of_cell
from legation.imports.splitting import PersonInCell
from legation.imports.word_lists import is_given_name
from legation.matching.persons import PersonFacts
from legation.matching.post_words import BODIES

_LIST = re.compile(r"\s*(?:[;|/\n•]|,(?!\s*(?:People|Democratic|Republic|Former|Federal|Islamic)))\s*")
_ADDRESSED = re.compile(
    r"(?:the )?(?:rt\.? hon\.?|mrs?|ms|miss|sir|dame|dr|prof(?:essor)?|baroness|baron|lord|lady|h\.? ?e)\b\.? ",
    re.IGNORECASE,
)
PERSON = "person"  # the answer that a cell is a person and no body
INDIVIDUALS = "Individuals"  # the party of persons of whom nothing says the country or body
_PAIR = re.compile(r"\s+[-–—x×]\s+|\s+(?:and|&|with|und|et|y|и)\s+")


class PartyReader:
    """Reads the parties of rows; makes nothing."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        mapping = resolver.mapping
        self._sides = [side for side in SIDES if any(mapping.gives(f"{side}.{part}") for part in SIDE_PARTS)]

    def read(self, row: RowValues, year: int | None, values: dict[str, Any]) -> list[Party]:
        """The parties of a row; names that nothing tells the side of go into the summary. Raises `Rejected`."""
        found: list[Party] = []
        for side in self._sides:
            for party in self._side(row, side, year):
                self._put(found, party)
        for name in self._listed(row.text("event.parties", join="; "), year):
            self._put(found, self._named_party(name, year, "participant", row.number))
        self._anybody(row, found, values, year)
        return [each for each in found if each.state or each.body]

    def _put(self, parties: list[Party], party: Party) -> None:
        """Add a party, or its persons to the one that is there already."""
        for each in parties:
            if each.whole_key == party.whole_key:
                each.persons += party.persons
                return
        parties.append(party)

    def _side(self, row: RowValues, side: str, year: int | None) -> list[Party]:
        """The parties on one side, one or those that a cell names; none where the row says nothing of it."""
        resolver, given = self.resolver, self.resolver.mapping.values
        printed = row.text(f"{side}.country") or given.get(f"{side}.country", "")
        if not printed and side == "host":  # who receives is at home
            printed = row.text("event.country") or given.get("event.country", "")
        body_name = row.text(f"{side}.organisation") or given.get(f"{side}.organisation", "")
        persons, anything = row.text(f"{side}.persons", join="; "), row.text(f"{side}.party", join="; ")
        titles = row.text(f"{side}.title") or given.get(f"{side}.title", "")
        if not (printed or body_name or persons or anything):
            return []
        role = side if side in ("host", "guest") else "participant"
        named, left = sides_of_cell(persons, resolver, year) if persons else ([], [])
        if named and not body_name and not anything:
            named[-1].persons = "; ".join(filter(None, (named[-1].persons, *left)))
            return [self._cell_side(each, role, titles, year, row.number) for each in named]
        if named:
            persons = "; ".join(filter(None, (*(each.persons for each in named), *left)))
        party = self._country_or_body(printed, role, year)
        if body_name:
            party.body = resolver.body(body_name, party.state, row=row.number)
        more: list[Party] = []
        if anything:
            first, *others = apart(anything, resolver)
            self._anything(party, first, year, row.number)
            for each in others:
                more.append(Party(role))
                self._anything(more[-1], each, year, row.number)
        more += self._add_persons(party, persons, titles, year, row.number)
        if party.state is None and party.body is None:
            if party.persons and (known := next((p.id for p in party.persons if p.id is not None), None)):
                party.state = resolver.persons[known].country
            if party.state is None:
                told = persons or anything
                told_so = _("Nothing tells the country or body of “{name}”. Say it in brackets after the name.")
                raise Rejected(told_so.format(name=told), wants=f"{side}.country")
        return [party, *(each for each in more if each.state or each.body)]

    def _cell_side(self, named: CellSide, role: str, titles: str, year: int | None, row: int) -> Party:
        """A party that a cell of persons names itself, with its persons."""
        party = Party(role, named.state, None if named.body is None else Body(named.body))
        self._add_persons(party, named.persons, titles, year, row)
        return party

    def _country_or_body(self, printed: str, role: str, year: int | None) -> Party:
        """The party that a cell of countries names: now and then a body stands there, such as the EU."""
        if not printed:
            return Party(role)
        known = self.resolver.bodies.find(printed)
        if known is not None and self.resolver.countries.in_any_language(printed, year) is None:
            return Party(role, self.resolver.bodies[known].country, Body(known))
        return Party(role, self.resolver.country(printed, year))

    def _add_persons(self, party: Party, cell: str, titles: str, year: int | None, row: int) -> list[Party]:
        """The persons of a cell as those of a party, whose state their title may tell.

        Where nothing else tells the state, those whose titles name another are further parties, which are given back.
        """
        if cell and not any(map(str.isalpha, cell)):
            raise Rejected(_("“{cell}” names nobody.").format(cell=cell))
        is_open = party.state is None and party.body is None
        more: dict[str, Party] = {}
        for each in self.resolver.splitter.persons(cell) if cell else ():
            title = each.title or titles
            if not each.name:
                continue
            state, mine = self._state_of_title(title) if is_open else None, party
            if is_open and party.state is None:
                party.state = state
            elif state is not None and state != party.state:
                mine = more.setdefault(state, Party(party.role, state))
            mine.persons.append(self._person(each.name, title, mine, year, row))
        return list(more.values())

    def _person(self, name: str, title: str, party: Party, year: int | None, row: int) -> Somebody:
        resolver = self.resolver
        office = resolver.office(title, party.state) if title else None
        own_body = party.body if office is not None and not office.is_body_printed else None
        chair = resolver.chair(office, own_body, row) if office is not None else None
        return resolver.somebody(name, party.state, title, chair, year=year, row=row)

    def _state_of_title(self, title: str) -> str | None:
        office = self.resolver.office(title, None) if title else None
        return office.post.country if office is not None else None

    def _anything(self, party: Party, cell: str, year: int | None, row: int) -> None:
        """A cell that may name a country, a body or persons."""
        resolver = self.resolver
        named, _left = sides_of_cell(cell, resolver, year)
        if len(named) == 1 and named[0].persons and named[0].state and party.state in (None, named[0].state):
            party.state, cell = named[0].state, named[0].persons
        code = resolver.countries.code_of(cell, year)
        known = resolver.bodies.find(cell, party.state)
        persons = resolver.splitter.persons(cell)
        met = [
            resolver.persons.candidates(PersonFacts(each.name, country=party.state)) for each in persons if each.name
        ]
        is_known = bool(met) and all(any(one.is_sure or one.nearness == 3 for one in found) for found in met)
        if code is not None:
            party.state = code
        elif known is not None:
            party.body = Body(known)
        elif persons and (is_known or all(map(self._is_person, persons))):
            for each, found in zip(persons, met, strict=False):
                if party.state is None:
                    known_state = resolver.persons[found[0].id].country if found else None
                    party.state = self._state_of_title(each.title) or known_state
                party.persons.append(self._person(each.name, each.title, party, year, row))
            if party.state is None:
                party.body = resolver.body(INDIVIDUALS, None, "other")
        elif self._may_be_person(cell, row):
            party.persons.append(self._person(cell, "", party, year, row))
            party.body = resolver.body(INDIVIDUALS, None, "other") if party.state is None else None
        else:
            party.body = resolver.body(cell, party.state, row=row)

    def _may_be_person(self, cell: str, row: int) -> bool:
        """Whether somebody decided that a cell which begins with a given name is a person; that is offered."""
        words = cell.split()
        is_like = 2 <= len(words) <= 3 and all(word.isalpha() and word.istitle() for word in words)
        if not is_like or not is_given_name(words[0]) or set(fold(cell).split()) & set(BODIES):
            return False
        choice = Choice(PERSON, _("a person"), _("It begins with a given name and has no word of a body."))
        return self.resolver.ask("organisation", cell, "individual", (choice,), row) == PERSON

    def _is_person(self, person: PersonInCell) -> bool:
        """Whether a piece of a cell that may be a body is somebody: with a title, or with Mr, Dame or Professor."""
        words = person.name.split()
        if not words or set(fold(person.name).split()) & set(BODIES):
            return False
        is_addressed = _ADDRESSED.match(person.printed) is not None and all(map(str.isalpha, fold(person.name).split()))
        return bool(person.title) or (is_addressed and 2 <= len(words) <= 4)

    def _listed(self, cell: str, year: int | None) -> list[str]:
        """The parties that a cell lists: apart by commas, dashes or "and", whichever leaves names that are known."""
        if not cell:
            return []
        found: list[str] = []
        for part in (each for each in _LIST.split(cell) if each.strip()):
            found += self._known_pieces(part, year) or [each.strip() for each in _PAIR.split(part) if each.strip()]
        return found

    def _is_country(self, text: str, year: int | None) -> bool:
        """Whether a text is the name of a country, and no other name with a country in brackets."""
        code_of = self.resolver.countries.code_of
        bare = text.partition("(")[0].strip()
        return code_of(text, year) is not None and (not bare or code_of(bare, year) is not None)

    def _known_pieces(self, part: str, year: int | None) -> list[str]:
        """A text as names that are all known, joined by dashes or "and"; empty where it is not."""
        if self.resolver.countries.code_of(part, year) is not None or self.resolver.bodies.find(part) is not None:
            return [part.strip()]
        for cut in _PAIR.finditer(part):
            first = self._known_pieces(part[: cut.start()], year)
            if first and (rest := self._known_pieces(part[cut.end() :], year)):
                return first + rest
        return []

    def _named_party(self, name: str, year: int | None, role: str, row: int) -> Party:
        code = self.resolver.countries.in_any_language(name, year)
        if code is not None:
            return Party(role, code)
        known = self.resolver.bodies.find(name)
        if known is None and set(fold(name).split()) & set(BODIES):
            return Party(role, None, self.resolver.body(name, None, row=row))
        if known is None:
            raise Rejected(_("No country or organisation is called “{name}”.").format(name=name))
        return Party(role, self.resolver.bodies[known].country, Body(known))

    def _anybody(self, row: RowValues, parties: list[Party], values: dict[str, Any], year: int | None) -> None:
        """Persons of no stated side: on that of the state their title names, or that they are known to serve."""
        cell = row.text("event.persons", join="; ")
        left: list[str] = []
        if cell and (self._is_country(cell, year) or all(self._is_country(each, year) for each in _LIST.split(cell))):
            for name in self._listed(cell, year):
                self._put(parties, self._named_party(name, year, "participant", row.number))
            return
        named, pieces = sides_of_cell(cell, self.resolver, year) if cell else ([], [])
        for side in named:
            self._put(parties, self._cell_side(side, "participant", "", year, row.number))
        for each in self.resolver.splitter.persons("; ".join(pieces) if named else cell) if cell else ():
            state = self._state_of_title(each.title)
            looked = self.resolver.somebody(each.name, state, each.title, None, year=year) if each.name else None
            if state is None and looked is not None and looked.id is not None:
                state = self.resolver.persons[looked.id].country
            if state is None or not each.name:
                left.append(each.printed)
                continue
            party = Party("participant", state)
            party.persons.append(self._person(each.name, each.title, party, year, row.number))
            self._put(parties, party)
        if left:
            told = _("Participants: {names}.").format(names="; ".join(left))
            values["summary"] = "\n".join(filter(None, (values.get("summary"), told)))
