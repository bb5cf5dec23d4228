"""Rows of events as records: the event, its parties, their delegates and posts, its topics, its source."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from typing import Any

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import bounds
from legation.i18n import _
from legation.imports.event_agenda import Topics, add_topics_and_outcomes
from legation.imports.event_parties import Party
from legation.imports.event_stops import Stop, StopsThere, countries_of, stops_of_cell, values_of_stop
from legation.imports.event_values import EVENT, date_of, values_of
from legation.imports.outcomes import Choice, Outcome, Rejected, RowOutcome
from legation.imports.party_reader import PartyReader
from legation.imports.provenance import Provenance
from legation.imports.resolving import Resolver
from legation.imports.row_values import RowValues
from legation.matching.known_events import EventFacts, KnownEvents
from legation.matching.proposals import propose_delegate, propose_party
from legation.matching.titles import Side as TitleSide, propose_title
from legation.records.catalogue import record_type
from legation.storage.reading import Reader
from legation.storage.saving import open_problems

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
        self._parties = PartyReader(resolver)
        self._topics = Topics(reader.sql("SELECT code, name FROM topic"))

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
        parties = self._parties.read(row, year, values)
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
        stops = self.stops(row, values)
        countries = countries_of(stops, values.get("country"))
        given = parties
        if len(countries) > 1:  # a tour: the visits that are part of it have its hosts
            values = {name: value for name, value in values.items() if name not in ("country", "city")}
            parties = [each for each in parties if each.role != "host"] or parties
        if not values.get("title"):
            values["title"] = self._title(values, parties, row.text("event.topics"))
        draft, heads = self._draft(row, values, parties, year)
        id = self.resolver.bulk.add(draft)
        self.provenance.cite(row, self.resolver, "event", id)
        if values.get("date"):
            facts = EventFacts(id, bounds(values["date"]), values["kind"], values["title"], frozenset(heads))
            self._made.append((parties, facts))
        told = _("Added: {event}").format(event=values["title"])
        if stops:
            self.add_stops(row, id, values, given, year, stops, StopsThere())
            with_stops = _("Added: {event}, with the stops {places}")
            told = with_stops.format(event=values["title"], places=", ".join(map(self._named, stops)))
        return RowOutcome(row.number, Outcome.ADDED, told, values["title"], "event", id)

    def _title(self, values: Mapped[str, Any], parties: list[Party], topics: str = "") -> str:
        proposed = propose_title(values["kind"], [self._title_side(each) for each in parties])
        return proposed or self._any_title(values, topics)

    def _draft(
        self, row: RowValues, values: Mapped[str, Any], parties: list[Party], year: int | None, is_stop: bool = False
    ) -> tuple[Draft, set[int]]:
        """The draft of an event with its parties, and who takes part. Raises `Rejected` before anything is made."""
        draft = new_draft(EVENT, **values)
        if not is_stop:
            add_topics_and_outcomes(row, draft, self._topics, self.resolver.mapping.gives("outcome.in_force"))
        problem = next((each for _holder, each in open_problems(draft) if each.blocking), None)
        if problem is not None:
            raise Rejected(f"{_(EVENT[problem.field].label)}: {problem.sentence}")
        heads: set[int] = set()
        for party in parties:
            line = draft.add_line("delegations", new_draft(record_type("delegation"), role=party.role))
            if party.state:
                line["country"] = party.state
            if party.body is not None:
                line["organisation_id"] = self.provenance.made_body(row, self.resolver, party.body)
            propose_party(draft, line)
            line["role"] = party.role if party.role in ("host", "guest") else line["role"]
            self._delegates(row, line, party, bounds(values.get("date")), year, heads)
        return draft, heads

    # --- the stops of a visit -----------------------------------------------------------------------------------------

    def stops(self, row: RowValues, values: Mapped[str, Any]) -> list[Stop]:
        """The stops of a visit, where its row names more than one place as such."""
        cell = row.text("event.stops", join="; ") if values["kind"] == "visit" else ""
        found = stops_of_cell(cell, self.resolver.countries.code_of) if cell else []
        return found if len(found) > 1 else []

    def add_stops(
        self, row: RowValues, id: int, values: Mapped[str, Any], parties: list[Party], year: int | None,
        stops: list[Stop], there: StopsThere,
    ) -> list[str]:  # fmt: skip
        """Make the stops parts of a visit, those of a tour parts of the visits to its countries; the names of the new.

        What is there already stays as it is.
        """
        own = values.get("country")
        countries = countries_of(stops, own)
        visits, made = dict(there.visits), list[str]()
        guests = [each for each in parties if each.role != "host"]
        for code in countries if len(countries) > 1 or visits else ():
            if code in visits:
                continue
            towns = [each for each in stops if (each.country or own) == code]
            if all(each.place and fold(each.place) in there.gone for each in towns):
                continue
            sides = [*guests, *([] if any(each.state == code for each in guests) else [Party("host", code)])]
            part = values_of_stop(values, Stop(towns[0].place if len(towns) == 1 else "", code), "")
            part["title"] = self._title(part, sides)
            draft, _heads = self._draft(row, {**part, "parent_id": id}, sides, year, is_stop=True)
            visits[code] = self.resolver.bulk.add(draft), part
            self.provenance.cite(row, self.resolver, "event", visits[code][0])
            if len(towns) == 1:
                made.append(self._named(towns[0]))
        for stop in stops:
            whole, above = visits.get(str(stop.country or own), (id, values))
            if above.get("city") == stop.place and whole != id:
                continue  # the only town of its country is that of the visit
            if there.has(whole, stop) or (whole != id and not stop.place):
                continue
            draft, _heads = self._draft(
                row, {**values_of_stop(above, stop, above["title"]), "parent_id": whole}, [], year, is_stop=True
            )
            self.provenance.cite(row, self.resolver, "event", self.resolver.bulk.add(draft))
            made.append(self._named(stop))
        return made

    def _named(self, stop: Stop) -> str:
        return stop.place or self.resolver.countries.name(str(stop.country))

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
        first = party.persons[:1]
        heads = tuple(self.resolver.orders.split(each.name, party.state).family or each.name for each in first)
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

    def _any_title(self, values: Mapped[str, Any], topics: str) -> str:
        """A title where there are no parties: the first words of the summary or of the topics, or the kind."""
        words = str(values.get("summary", "") or topics).split()
        if words:
            return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
        return EVENT["kind"].kind.format(values["kind"])
