"""A row of events that was imported before and says something else now: what changes in the event.

Fields that nobody has changed by hand follow the row; persons, parties and stops that are new in it are added. What the
row no longer names stays, and what somebody deleted does not come back.
"""

from __future__ import annotations

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import bounds
from legation.i18n import _
from legation.imports.event_parties import Party
from legation.imports.event_rows import EventRows
from legation.imports.event_stops import StopsThere, countries_of
from legation.imports.event_values import EVENT
from legation.imports.filling import Updates
from legation.imports.outcomes import Outcome, RowOutcome
from legation.imports.row_values import RowValues
from legation.matching.proposals import propose_delegate, propose_party
from legation.records.catalogue import record_type
from legation.storage.loading import load_draft
from legation.storage.reading import Reader


class EventChanges:
    """Brings events that were imported before up to date."""

    def __init__(self, reader: Reader, rows: EventRows, updates: Updates) -> None:
        self.reader, self.rows, self.updates = reader, rows, updates

    def take(self, row: RowValues, id: int) -> RowOutcome:
        """What becomes of a row whose event is there. Raises `Rejected`."""
        values, parties, year = self.rows.read(row)
        draft = self.updates.drafts.get(("event", id)) or load_draft(self.reader, EVENT, id)
        by_hand = self.updates.earlier.changed_by_hand("event", id)
        stops = self.rows.stops(row, values)
        there = self._stops_there(row, id) if stops else StopsThere()
        given = parties
        if there.visits:  # a tour: its country and host are those of the visits that are part of it
            values = {name: value for name, value in values.items() if name not in ("country", "city")}
            parties = [each for each in parties if each.role != "host"] or parties
        told: list[str] = []
        kept: list[str] = []
        for name, value in values.items():
            if not self._follows(name, draft) or draft[name] == value:
                continue
            label = _(EVENT[name].label)
            if name in by_hand:
                kept.append(label)
            else:
                draft[name] = value
                told.append(label)
        day = bounds(draft["date"])
        for party in parties:
            told += self._party(row, draft, party, day, year)
        if draft.is_changed():
            self.updates.drafts["event", id] = draft
        if stops and not there.visits and len(countries_of(stops, draft["country"])) > 1:
            places = ", ".join(each.place for each in stops if each.place)
            more = _("Make it a tour yourself, for it has stops in several countries now: {places}.")
            return self._outcome(row, draft, id, told, kept).saying(more.format(places=places))
        if stops:
            now = {each.name: draft[each.name] for each in EVENT.stored}
            new = self.rows.add_stops(row, id, now, given, year, stops, there)
            told += [_("the stop {place}").format(place=place) for place in new]
        return self._outcome(row, draft, id, told, kept)

    def _stops_there(self, row: RowValues, id: int) -> StopsThere:
        """The parts of a visit that are there, and the towns of those that were made of this row and deleted."""
        found = StopsThere()
        names = ("id", "parent_id", *(each.name for each in EVENT.stored if each.name != "parent_id"))
        asked = f"SELECT {', '.join(names)} FROM event WHERE parent_id = ? OR parent_id IN "
        parts = [
            dict(zip(names, each, strict=True))
            for each in self.reader.sql(asked + "(SELECT id FROM event WHERE parent_id = ?) ORDER BY id", (id, id))
        ]
        own = self.reader.sql("SELECT country FROM event WHERE id = ?", (id,))[0][0]
        for each in parts:
            if own is None and each["parent_id"] == id and each["country"]:
                found.visits.setdefault(each["country"], (each["id"], each))
            if each["city"]:
                found.towns.add((each["parent_id"], fold(each["city"])))
        before = self.updates.earlier.rows.get(row.key)
        for record, made in before.records if before is not None else ():
            if record == "event" and not self.updates.earlier.is_there("event", made):
                deleted = "SELECT json_extract(before, '$.city') FROM change WHERE \"table\" = 'event' AND key = ?"
                rows = self.reader.sql(f"{deleted} AND after IS NULL", (f"[{made}]",))
                found.gone |= {fold(str(city)) for (city,) in rows if city}
        return found

    def _follows(self, name: str, draft: Draft) -> bool:
        """Whether a field of the event follows the row."""
        mapping = self.rows.resolver.mapping
        if name == "date":
            return True
        if name == "status":  # planned events happen, held ones stay
            return mapping.gives("event.status") or draft["status"] in ("scheduled", "proposed")
        if name in ("city", "country"):
            return draft[name] is None or mapping.gives(f"event.{name}") or mapping.gives("event.city")
        return mapping.gives(f"event.{name}") and name not in mapping.values

    def _party(self, row: RowValues, draft: Draft, party: Party, day: tuple[str, str], year: int | None) -> list[str]:
        """Add what is new of a party; in words, what that is."""
        rows, told = self.rows, []
        lines = draft.lines.get("delegations", [])
        body = party.body.id if party.body is not None else None
        line = next(
            (each for each in lines if each["country"] == party.state and each["organisation_id"] == body), None
        )
        if line is None:
            line = draft.add_line("delegations", new_draft(record_type("delegation"), role=party.role))
            if party.state:
                line["country"] = party.state
            if party.body is not None:
                line["organisation_id"] = rows.provenance.made_body(row, rows.resolver, party.body)
            propose_party(draft, line)
            told.append(_("a party"))
        there = {each["person_id"] for side in lines for each in side.lines.get("delegates", [])}
        for each in party.persons:
            if each.chair is not None:
                rows.provenance.made_chair(row, rows.resolver, each.chair)
            person = rows.provenance.made_person(row, rows.resolver, each, year)
            if person in there:
                continue
            there.add(person)
            delegate = new_draft(record_type("delegate"), person_id=person)
            if each.title:
                delegate["stated_as"] = each.title
            propose_delegate(line, delegate)
            line.add_line("delegates", delegate)
            told.append(rows.resolver.persons[person].name)
        return told

    def _outcome(self, row: RowValues, draft: Draft, id: int, told: list[str], kept: list[str]) -> RowOutcome:
        title = str(draft["title"])
        if told:
            sentence = _("Changed: {what}: {fields}").format(what=title, fields=", ".join(told))
            if kept:
                sentence += " " + _("Kept as somebody wrote it: {fields}.").format(fields=", ".join(kept))
            return RowOutcome(row.number, Outcome.CHANGED, sentence, title, "event", id)
        if kept:
            sentence = _("The row has changed; kept as somebody wrote it: {fields}.").format(fields=", ".join(kept))
        else:
            sentence = _("Already there: {what}").format(what=title)
        return RowOutcome(row.number, Outcome.UNCHANGED, sentence, title, "event", id)
