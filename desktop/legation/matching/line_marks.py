"""The marked words of a one-line entry: the place, topics, outcomes, sources, and `key:value` of these or the event.

A word that describes something belongs to what stands before it: `act:` to the topic, `para:` to the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.kinds import Link, ValueProblem
from legation.i18n import _
from legation.matching.line_grammar import (
    CITED_KEYS,
    FIRST_WANTED,
    KEYS,
    LINE_KEYS,
    NEW,
    SOURCE_KEYS,
    all_keys,
)
from legation.matching.line_words import Word
from legation.matching.named import (
    named_container,
    named_original,
    named_record,
    named_source,
    new_body,
    without_star,
)
from legation.matching.understood_line import Line
from legation.records.catalogue import record_type
from legation.storage.places import places
from legation.storage.reading import Reader

MADE = {"parent_id": "visit", "framework_id": "dialogue_format", "publisher_id": "media"}
"""Links to what a line may make when it is not known, with the kind of what is made."""
ABOUT = {"event": "about_event_id", "organisation": "about_organisation_id", "outcome": "about_outcome_id"}


class Marks:
    """Takes the marked words of a line in order; `holders` says where each party and person of it ends."""

    def __init__(
        self, reader: Reader, line: Line, countries: Mapping[str, str], holders: list[tuple[int, Draft]]
    ) -> None:
        self.reader, self.line, self.countries = reader, line, countries
        self.event = line.draft
        self._holders = holders
        self._cited: Draft | None = None
        self._sources: dict[str, tuple[int | Draft, str]] = {}
        self._described: Draft | None = None
        self._last_source: int | Draft | None = None
        self._containing: Draft | int | None = self.event

    def take(self, words: list[Word]) -> None:
        """Understand the words."""
        for word in words:
            if word.is_quoted:
                self.event["title"] = " ".join(word.text.split()) or None
                self._says(word, _("titled “{title}”").format(title=word.text))
            elif word.mark == "@":
                self._place(word)
            elif word.mark == "#":
                self._topic(word)
            elif word.mark == "outcome":
                outcome = new_draft(record_type("outcome"), title=word.text)
                self._holders.append((word.end, self.event.add_line("outcomes", outcome)))
                self._says(word, _("outcome: {title}").format(title=word.text))
            elif word.mark in ("src", "cite"):
                self._source(word)
            elif word.mark == "aka":
                self.event.add_line("aliases", new_draft(record_type("alias"), name=word.text))
                self._says(word, _("also called “{name}”").format(name=word.text))
            else:
                self._value(word)

    def _says(self, word: Word, words: str) -> None:
        self.line.says(word.start, word.end, words)

    def _wrong(self, word: Word, words: str) -> None:
        self.line.is_wrong(word.start, word.end, words)

    def _place(self, word: Word) -> None:
        city, _comma, country = word.text.partition(",")
        code = self.countries.get(fold(country)) if country else None
        if country and code is None:
            self._wrong(word, _("No country is called “{name}”.").format(name=country))
        alone = city.isupper() and self.countries.get(fold(city))
        if alone:
            self.event["country"] = alone
        else:
            self.event["city"] = city
            known = [each for each in places(self.reader, city) if fold(each.name) == fold(city)]
            if known:
                self.event["city"], code = known[0].name, code or known[0].country
            if code is not None:
                self.event["country"] = code
        self._says(word, _("in {place}").format(place=word.text))

    def _topic(self, word: Word) -> None:
        found = named_record(self.reader, "topic", word.text)
        if found is None:
            self._wrong(word, _("No topic is called “{name}”.").format(name=word.text))
            return
        self.line.names[("topic", found.key)] = found.label
        item = new_draft(record_type("agenda_item"), topic=found.key)
        self._holders.append((word.end, self.event.add_line("agenda", item)))
        self._says(word, found.label)

    # sources

    def _source(self, word: Word) -> None:
        """Cite a source: `src` for the event, `cite` for the line that stands before it."""
        holder = self.event if word.mark == "src" else self._before(word)
        if holder is None:
            self._wrong(word, _("Name a topic, an outcome, a person or a party first; src: is a source of the whole."))
            return
        if word.text not in self._sources:
            self._sources[word.text] = named_source(self.reader, word.text)
        source, label = self._sources[word.text]
        self.line.names[("source", source.serial if isinstance(source, Draft) else source)] = label
        self._last_source = source
        self._described = source if isinstance(source, Draft) else None
        self._cited = holder.add_line("citations", new_draft(record_type("citation"), source_id=source))
        told = _("new source: {source}") if isinstance(source, Draft) else _("source: {source}")
        told = told.format(source=label)
        if word.mark == "cite":
            told = _("{source}, for {what}").format(source=told, what=_(holder.record.label).lower())
        self._says(word, told)

    def _before(self, word: Word) -> Draft | None:
        """What stands last before a word: a party, a person, a topic or an outcome."""
        before = [each for each in self._holders if each[0] <= word.start]
        return max(before, key=lambda each: each[0])[1] if before else None

    def _of_citation(self, word: Word) -> None:
        if self._cited is None:
            self._wrong(word, _("Name the source first: src:…"))
        elif word.mark == "para" and word.text.isdigit():
            self._cited["locator"] = _("para {number}").format(number=word.text)
            self._says(word, str(self._cited["locator"]))
        else:
            self._give(self._cited, CITED_KEYS[word.mark][0], word)

    def _of_source(self, word: Word) -> None:
        """Describe a new source, or say what it cites; `citing` goes one further each time."""
        if self._last_source is None:
            self._wrong(word, _("Name the source first: src:…"))
        elif self._described is None:
            self._wrong(word, _("This source is known already: change it in its own form."))
        elif word.mark == "citing":
            cited, label, is_new = named_original(self.reader, word.text)
            self._described["derived_from_id"] = cited
            self._described = cited if isinstance(cited, Draft) else None
            told = _("citing {source}, which is new") if is_new else _("citing {source}")
            self._says(word, told.format(source=label))
        else:
            self._give(self._described, SOURCE_KEYS[word.mark][0], word)

    # key:value

    def _value(self, word: Word) -> None:
        """Take `key:value`: a field of the event, or of what stands before it."""
        if word.mark in KEYS:
            self._of_event(word)
        elif word.mark in CITED_KEYS:
            self._of_citation(word)
        elif word.mark in SOURCE_KEYS:
            self._of_source(word)
        elif word.mark in LINE_KEYS:
            lines, name, _words = LINE_KEYS[word.mark]
            if not self.event.lines[lines]:
                self._wrong(word, _(FIRST_WANTED[lines]))
            elif word.mark == "about":
                self._about(self.event.lines[lines][-1], word)
            else:
                self._give(self.event.lines[lines][-1], name, word)
        else:
            known = ", ".join(f"{each}:" for each in all_keys())
            sentence = _("There is no “{key}:”. Use one of: {known}")
            self._wrong(word, sentence.format(key=word.mark, known=known))

    def _of_event(self, word: Word) -> None:
        """Give a field of the event; `in` said again is what the event named before is part of."""
        name = KEYS[word.mark][0]
        if name != "parent_id":
            self._give(self.event, name, word)
        elif isinstance(self._containing, Draft):
            self._give(self._containing, name, word)
            self._containing = self._containing[name]
        else:
            self._wrong(word, _("The event before is known already: say in its own form what it is part of."))

    def _about(self, item: Draft, word: Word) -> None:
        """An agenda item was about an event, else a body, else an outcome, whichever is called so."""
        for record, name in ABOUT.items():
            found = named_record(self.reader, record, word.text)
            if found is not None:
                self.line.names[(record, found.key)] = found.label
                item[name] = found.key
                self._says(word, _("about: {what}").format(what=found.label))
                return
        self._wrong(word, _("Nothing known is called “{name}”.").format(name=word.text))

    def _give(self, draft: Draft, name: str, word: Word) -> None:
        """Give a field of the event, or of one of its lines, what a word says."""
        each = draft.record[name]
        if isinstance(each.kind, Link):
            found = self._linked(each.kind.target, name, word)
            if found is None:
                return
            draft[name], told = found
        else:
            try:
                draft[name] = each.kind.parse(word.text)
            except ValueProblem as problem:
                self._wrong(word, str(problem))
                return
            told = each.kind.format(draft[name])
        self._says(word, _("{field}: {value}").format(field=_(each.label), value=told))

    def _linked(self, target: str, name: str, word: Word) -> tuple[Any, str] | None:
        """The key, or the draft, that a word names for a link, with its label; what is wrong is noted."""
        if target == "delegation":
            return self._party(word)
        text, is_new = without_star(word.text)
        found = named_container(self.reader, text) if name == "parent_id" else named_record(self.reader, target, text)
        if found is not None:
            self.line.names[(target, found.key)] = found.label
            return found.key, found.label
        made = self._made(name, text) if is_new else None
        if made is not None:
            return made, _("{name}, which is new").format(name=text)
        told = _("Nothing known is called “{name}”.").format(name=text)
        if name in MADE:
            shown = f'"{text}"' if " " in text else text
            hint = _("A star makes it new: {example}").format(example=f"{word.mark}:{NEW}{shown}")
            told = f"{told} {hint}"
        self._wrong(word, told)
        return None

    def _made(self, name: str, text: str) -> Draft | None:
        """A new record for a link to what a line may make: a containing visit, a dialogue, a publisher."""
        if name == "parent_id":
            own = {each: self.event[each] for each in ("date", "status", "country", "city")}
            return new_draft(record_type("event"), title=text, kind=MADE[name], **own)
        return new_body(text, MADE[name]) if name in MADE else None

    def _party(self, word: Word) -> tuple[Draft, str] | None:
        """The party of this event that a word names; a state itself before a body on its side."""
        code = self.countries.get(fold(word.text))
        wanted = [code.casefold()] if code is not None else fold(word.text.replace(":", " ")).split()
        found = []
        for party in self.event.lines["delegations"]:
            names = [str(party["country"] or ""), self._name("country", party["country"])]
            names.append(self._name("organisation", party["organisation_id"]))
            said = fold(" ".join(names)).split()
            if wanted and all(any(part.startswith(each) for part in said) for each in wanted):
                found.append((party, names[2] or names[1]))
        if found:
            return min(found, key=lambda each: each[0]["organisation_id"] is not None)
        self._wrong(word, _("“{name}” is no party of this event.").format(name=word.text))
        return None

    def _name(self, record: str, value: Any) -> str:
        return str(value["name"]) if isinstance(value, Draft) else self.line.names.get((record, value), "")
