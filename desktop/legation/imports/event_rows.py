"""Rows of events as records: the event, its parties, their delegates and posts, its topics, its source."""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped
from typing import Any

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import bounds
from legation.fields.names import split_name
from legation.i18n import _
from legation.imports.event_parties import Party
from legation.imports.event_values import EVENT, OUTCOME_WORDS, date_of, values_of
from legation.imports.outcomes import Choice, Outcome, Rejected, RowOutcome
from legation.imports.provenance import Provenance
from legation.imports.resolving import Body, CellSide, Resolver, Somebody
from legation.imports.roles import SIDE_PARTS, SIDES
from legation.imports.row_values import RowValues
from legation.imports.sides_in_cells import apart, sides_of_cell
from legation.matching.known_events import EventFacts, KnownEvents
from legation.matching.persons import PersonFacts
from legation.matching.post_words import BODIES
from legation.matching.proposals import propose_delegate, propose_party
from legation.matching.titles import Side as TitleSide, propose_title
from legation.records.catalogue import record_type
from legation.storage.reading import Reader
from legation.storage.saving import open_problems

_LIST = re.compile(r"\s*(?:[;|/\n•]|,(?!\s*(?:People|Democratic|Republic|Former|Federal|Islamic)))\s*")
_PAIR = re.compile(r"\s+[-–—x×]\s+|\s+(?:and|&|with|und|et|y|и)\s+")
_WHERE_NOTHING = ("event.date", "second.party", "second.persons", "second.organisation", "event.title", "event.summary")
NOTHING_HELD = {"nil return", "nil", "no meetings", "none to report", "nothing to report"}


class EventRows:
    """Looks at rows of events, and makes their records."""

    def __init__(
        self, reader: Reader, resolver: Resolver, provenance: Provenance, known: KnownEvents | None = None
    ) -> None:
        """`known` are the events known to the tables of this import before this one."""
        self.resolver = resolver
        self.provenance = provenance
        self.known = known if known is not None else KnownEvents(reader)
        self._made: list[tuple[list[Party], EventFacts]] = []
        rows = reader.sql("SELECT code, name FROM topic")
        mapping = resolver.mapping
        self._sides = [side for side in SIDES if any(mapping.gives(f"{side}.{part}") for part in SIDE_PARTS)]
        self._topics: dict[str, str] = {fold(text): code for code, name in rows for text in (code, name)}

    def take(self, row: RowValues) -> RowOutcome:
        """What becomes of a row; its records are collected. Raises `Rejected`."""
        if any(fold(row.text(role)) in NOTHING_HELD for role in _WHERE_NOTHING):
            return RowOutcome(row.number, Outcome.UNCHANGED, _("The row says that nothing was held."))
        values, parties, year = self.read(row)
        same = self._same(row, values.get("date"), values, parties)
        return same if same is not None else self._make(row, values, parties, year)

    def known_to_further_tables(self) -> KnownEvents:
        """The known events with those of this table; within a table two rows are two events."""
        for parties, facts in self._made:
            self.known.add(frozenset(each.key for each in parties), facts)
        self._made.clear()
        return self.known

    def read(self, row: RowValues) -> tuple[dict[str, Any], list[Party], int | None]:
        """The plain values, the parties and the year of a row; nothing is made. Raises `Rejected`."""
        date, words, clock = date_of(row)
        year = int(bounds(date)[0][:4]) if date else None
        values = values_of(row, date, self.resolver.countries, self.resolver.mapping.values)
        values |= {name: value for name, value in (("date", date), ("date_text", words)) if value}
        if clock and "start_time" not in values:
            values["start_time"] = clock
        parties = self._parties(row, year, values)
        if date is None and (not row.text("event.status") or values["status"] in ("held", "scheduled")):
            raise Rejected(_("No date is given."))
        place = row.text("event.country") or self.resolver.mapping.values.get("event.country", "")
        if place:
            values["country"] = self.resolver.country(place, year)
        elif "country" not in values:
            host = next((each for each in parties if each.role == "host" and each.state), None)
            if host is not None and values["mode"] in ("in_person", "hybrid"):
                values["country"] = host.state
        return values, parties, year

    # --- who takes part -----------------------------------------------------------------------------------------------

    def _parties(self, row: RowValues, year: int | None, values: dict[str, Any]) -> list[Party]:
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
        self._add_persons(party, persons, titles, year, row.number)
        if party.state is None and party.body is None:
            if party.persons and (known := next((p.id for p in party.persons if p.id is not None), None)):
                party.state = resolver.persons[known].country
            if party.state is None:
                told = persons or anything
                told_so = _("Nothing tells the country or body of “{name}”. Say it in brackets after the name.")
                raise Rejected(told_so.format(name=told))
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

    def _add_persons(self, party: Party, cell: str, titles: str, year: int | None, row: int) -> None:
        """The persons of a cell as those of a party, whose state their title may tell."""
        if cell and not any(map(str.isalpha, cell)):
            raise Rejected(_("“{cell}” names nobody.").format(cell=cell))
        for each in self.resolver.splitter.persons(cell) if cell else ():
            title = each.title or titles
            if not each.name:
                continue
            if party.state is None and party.body is None:
                party.state = self._state_of_title(title)
            party.persons.append(self._person(each.name, title, party, year, row))

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
        elif persons and (is_known or all(self._is_person(each.name, each.title) for each in persons)):
            for each, found in zip(persons, met, strict=False):
                if party.state is None:
                    known_state = resolver.persons[found[0].id].country if found else None
                    party.state = self._state_of_title(each.title) or known_state
                party.persons.append(self._person(each.name, each.title, party, year, row))
        else:
            party.body = resolver.body(cell, party.state, row=row)

    def _is_person(self, name: str, title: str) -> bool:
        words = name.split()
        return bool(title and words) and not set(fold(name).split()) & set(BODIES)

    def _listed(self, cell: str, year: int | None) -> list[str]:
        """The parties that a cell lists: apart by commas, dashes or "and", whichever leaves names that are known."""
        if not cell:
            return []
        found: list[str] = []
        for part in (each for each in _LIST.split(cell) if each.strip()):
            found += self._known_pieces(part, year) or [each.strip() for each in _PAIR.split(part) if each.strip()]
        return found

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
        listed = self.resolver.countries.code_of(cell, year) is not None or all(
            self.resolver.countries.code_of(each, year) for each in _LIST.split(cell)
        )
        if cell and listed:
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

    # --- the event ----------------------------------------------------------------------------------------------------

    def _same(
        self, row: RowValues, date: str | None, values: dict[str, Any], parties: list[Party]
    ) -> RowOutcome | None:
        """The outcome where the event is there already; None where it is to be made."""
        if date is None or len(parties) < 2:
            return None
        heads = [each.id for party in parties for each in party.persons if each.id is not None]
        keys = frozenset(each.key for each in parties)
        title = str(values.get("title", ""))
        same = self.known.find(keys, bounds(date), values["kind"], title, heads)
        if same is None:
            return None
        if not same.is_sure:
            choice = Choice(f"#{same.id}", same.title, same.reason)
            printed = title or _("the event of row {row}").format(row=row.number)
            key = f"{printed} {date}"
            answer = self.resolver.ask("event", key, "+".join(sorted(keys)), (choice,), row.number)
            if answer != choice.answer:
                return None
        told = _("Already there: {event} ({reason})").format(event=same.title, reason=same.reason)
        self.provenance.note(row, "event", same.id)
        return RowOutcome(row.number, Outcome.UNCHANGED, told, same.title, "event", same.id)

    def _make(self, row: RowValues, values: dict[str, Any], parties: list[Party], year: int | None) -> RowOutcome:
        titled = bool(values.get("title"))
        if not titled:
            values["title"] = propose_title(values["kind"], [self._title_side(each) for each in parties])
            values["title"] = values["title"] or self._any_title(values)
        draft = new_draft(EVENT, **values)
        self._topics_and_outcomes(row, draft)
        problem = next((each for _holder, each in open_problems(draft) if each.blocking), None)
        if problem is not None:
            raise Rejected(f"{_(EVENT[problem.field].label)}: {problem.sentence}")
        day = bounds(values.get("date"))
        heads: set[int] = set()
        for party in parties:
            line = draft.add_line("delegations", new_draft(record_type("delegation"), role=party.role))
            if party.state:
                line["country"] = party.state
            if party.body is not None:
                line["organisation_id"] = self.provenance.made_body(row, self.resolver, party.body)
            propose_party(draft, line)
            line["role"] = party.role if party.role in ("host", "guest") else line["role"]
            self._delegates(row, line, party, day, year, heads)
        id = self.resolver.bulk.add(draft)
        self.provenance.cite(row, self.resolver, "event", id)
        if values.get("date"):
            facts = EventFacts(id, day, values["kind"], values["title"], frozenset(heads))
            self._made.append((parties, facts))
        return RowOutcome(row.number, Outcome.ADDED, _("Added: {event}").format(event=values["title"]), values["title"],
                          "event", id)  # fmt: skip

    def _delegates(
        self, row: RowValues, line: Draft, party: Party, day: tuple[str, str], year: int | None, heads: set[int]
    ) -> None:
        seen: set[int] = set()
        for each in party.persons:
            if each.chair is not None:
                self.provenance.made_chair(row, self.resolver, each.chair)
            person = self.provenance.made_person(row, self.resolver, each, year)
            if person in heads or person in seen:
                continue  # printed twice in one row
            seen.add(person)
            delegate = new_draft(record_type("delegate"), person_id=person)
            if each.title:
                delegate["stated_as"] = each.title
            propose_delegate(line, delegate)
            if each.chair is not None:
                held = self.provenance.made_appointment(row, self.resolver, person, each.chair, day)
                capacity = new_draft(record_type("capacity"), appointment_id=held, person_id=person)
                delegate.add_line("capacities", capacity)
            line.add_line("delegates", delegate)
        heads |= seen

    def _title_side(self, party: Party) -> TitleSide:
        heads = tuple(_family(each.name, party.state) for each in party.persons[:1])
        state = self.resolver.countries.states.get(party.state or "")
        if party.body is not None:
            name = (
                self.resolver.bodies[party.body.id].name
                if party.body.id
                else str(party.body.draft and party.body.draft["name"])
            )
            return TitleSide(name, heads=heads, is_host=party.role == "host")
        return TitleSide(
            state.name if state else "", state.demonym if state else "", heads, is_host=party.role == "host"
        )

    def _any_title(self, values: Mapped[str, Any]) -> str:
        """A title where there are no parties: the first words of the summary, or the kind."""
        words = str(values.get("summary", "")).split()
        if words:
            return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
        return EVENT["kind"].kind.format(values["kind"])

    def _topics_and_outcomes(self, row: RowValues, draft: Draft) -> None:
        unknown = []
        for text in re.split(r"\s*[;|,/\n·]\s*", row.text("event.topics", join="; ")):
            code = self._topic(text) if text else None
            if code is not None:
                draft.add_line("agenda", new_draft(record_type("agenda_item"), topic=code, act="discussed", text=text))
            elif text:
                unknown.append(text)
        if unknown:
            told = _("Topics: {topics}.").format(topics=", ".join(unknown))
            draft["summary"] = "\n".join(filter(None, (draft["summary"], told)))
        for text in re.split(r"\s*[;|\n]\s*", row.text("event.outcomes", join="; ")):
            if text:
                kind = next((kind for word, kind in OUTCOME_WORDS.items() if word in fold(text).split()), "agreements")
                draft.add_line("outcomes", new_draft(record_type("outcome"), title=text, kind=kind, status="agreed"))

    def _topic(self, text: str) -> str | None:
        folded = fold(text)
        if folded in self._topics:
            return self._topics[folded]
        near = [code for name, code in self._topics.items() if len(folded) > 3 and folded in name.split()]
        return near[0] if len(near) == 1 else None


def _family(name: str, state: str | None) -> str:
    return split_name(name, state).family or name
