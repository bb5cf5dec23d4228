"""What a form gives to its editors: suggestions, the names of what links point at, and the event's parties."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from legation.fields.draft import Draft
from legation.fields.fuzzy_dates import bounds
from legation.fields.kinds import Link
from legation.fields.record_type import Field
from legation.matching.delegates import Understood, country_words, understand
from legation.matching.printed_parties import PrintedParties, several_parties
from legation.matching.printed_persons import looks_printed
from legation.storage.places import Place
from legation.storage.reading import Reader
from legation.storage.suggesting import Suggestion, suggest
from legation.ui.background import Lane

Names = dict[tuple[str, Any], str]


@dataclass
class FormContext:
    """`names` holds labels by (record type, key); `root` gives the whole draft that is being edited."""

    lane: Lane
    root: Callable[[], Draft]
    names: Names = field(default_factory=dict)
    place_countries: dict[str, Place] = field(default_factory=dict)
    """The places taken from suggestions, by name: they tell the country."""
    draft: Draft | None = None
    """The draft whose fields are edited: the root itself or one of its lines."""
    creates: bool = True
    """Whether a link box offers to create what is not there."""

    def of(self, draft: Draft) -> FormContext:
        """The same for the fields of another draft of the form."""
        return replace(self, draft=draft)

    def within(self, target: str) -> dict[str, Any]:
        """What narrows the suggestions for a link of the present draft: its own event, or the delegate's person."""
        draft = self.draft
        if draft is None:
            return {}
        if target == "delegation":
            event = draft["event_id"]
            return {} if event is None or isinstance(event, Draft) else {"event_id": event}
        if target == "appointment":
            owner = next((each for each in self.root().walk() if draft in each.lines.get("capacities", [])), draft)
            person = owner["person_id"]
            return {} if person is None or isinstance(person, Draft) else {"person_id": person}
        return {}

    def near(self, target: str) -> dict[str, Any]:
        """What makes a suggestion likelier: a delegate most often is of the party's country."""
        draft = self.draft
        if target != "person" or draft is None or draft.record.name not in ("delegation", "delegate"):
            return {}
        owner = next((each for each in self.root().walk() if draft in each.lines.get("delegates", [])), draft)
        return {"country": owner["country"]} if isinstance(owner["country"], str) else {}

    def ask(
        self,
        records: Sequence[str],
        typed: str,
        within: Mapping[str, Any],
        answered: Callable[[Any], None],
        *,
        lasts: bool = False,
    ) -> None:
        """Ask for suggestions in the background; a newer question replaces an older one, unless that one `lasts`."""

        near = self.near(records[0])
        printed = self.understanding([typed] if looks_printed(typed) and self._takes_delegates(records) else [])

        takes_parties = {"country", "organisation"} <= set(records)

        def read(reader: Reader) -> tuple[str, list[Suggestion | Understood | PrintedParties]]:
            if takes_parties and (several := several_parties(reader, typed)):
                return typed, [*several]
            found = suggest(reader, list(records), typed, within=dict(within), near=near)
            return typed, [*printed(reader), *found]

        if lasts:
            self.lane.ask_too(read, answered, lasts=True)
        else:
            self.lane.ask(read, answered)

    def _takes_delegates(self, records: Sequence[str]) -> bool:
        """Whether the box is that of the delegates of a party, or that of the parties, where delegates name theirs."""
        return (self._is_party and "person" in records) or {"country", "organisation"} <= set(records)

    @property
    def _is_party(self) -> bool:
        return self.draft is not None and self.draft.record.name == "delegation"

    def understanding(self, printed: Sequence[str]) -> Callable[[Reader], list[Understood]]:
        """The question what delegates printed so are, on the event's day, in the present party; nobodies left out.

        Where no party is present, those of whom nothing tells the party are left out too.
        """
        day, is_party = bounds(self.root()["date"]), self._is_party
        state = self.draft["country"] if is_party and self.draft is not None else None
        country = state if isinstance(state, str) else None

        def read(reader: Reader) -> list[Understood]:
            words = country_words(reader) if printed else {}
            found = [understand(reader, each, day, country, words) for each in printed]
            return [each for each in found if each is not None and (is_party or each.country is not None)]

        return read

    def name_of(self, target: str, value: Any) -> str:
        """The label of what a link holds: a record's key, or a draft that is not saved yet."""
        if value is None:
            return ""
        if isinstance(value, Draft):
            return self.name_of_draft(value)
        return self.names.get((target, value)) or str(value)

    def name_of_draft(self, draft: Draft) -> str:
        """A draft in a few words: its name or title, or the names of what it points at."""
        own = draft["name"] or draft["title"]
        if own and draft.record.name != "post":
            return str(own)
        if draft.record.name == "event":
            return ""  # neither its country nor its framework is its name
        if draft.record.name in ("appointment", "post"):
            parts = {each.name: self._shown(draft, each) for each in draft.record.stored}
            return draft.record.one_line.format(**parts).strip(" ,:")
        found = [
            self.name_of(each.kind.target, draft[each.name])
            for each in draft.record.links
            if isinstance(each.kind, Link) and each.name in draft.record.columns and draft[each.name] is not None
        ]
        return ", ".join(found)

    def _shown(self, draft: Draft, each: Field) -> str:
        value = draft[each.name]
        return self.name_of(each.kind.target, value) if isinstance(each.kind, Link) else each.kind.format(value)

    def remember(self, suggestion: Suggestion) -> None:
        """Keep the label of a record that was taken."""
        self.names[(suggestion.record, suggestion.key)] = suggestion.label

    def parties(self) -> list[tuple[Any, str]]:
        """The parties of the event being edited, as (what a link to it holds, label)."""
        return [
            (line.id if line.id is not None else line, self.name_of_draft(line))
            for line in self.root().lines.get("delegations", [])
        ]
