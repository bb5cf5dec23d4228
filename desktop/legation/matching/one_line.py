"""One-line entry: an event on one line, understood as far as it goes, with what is wrong and where.

    2025-01-27 consultations TKM>JPN @Tokyo Gurbanov / Ishikawa #power #transport src:caspianpost.com "title"

Date, kind and parties come first, in this order; the rest follows in any order. Nothing is written here: the answer
holds a draft, which is saved as any other.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from legation.clock import today
from legation.fields.draft import Draft, new_draft
from legation.fields.english_dates import read_date
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, bounds, print_date
from legation.fields.kinds import Link, ValueProblem
from legation.i18n import N_, _
from legation.matching.delegates import country_words, understand
from legation.matching.entry import look_at
from legation.matching.line_words import Word, split_at, words_of
from legation.matching.named import named_container, named_party, named_record, named_source
from legation.matching.proposals import propose_delegate, propose_party
from legation.records.catalogue import record_type
from legation.records.vocabulary import EVENT_KIND_WORDS
from legation.storage.database import Database
from legation.storage.places import places
from legation.storage.reading import Reader
from legation.storage.saving import open_problems, save
from legation.storage.steps import ChangeSet

MOST_DATE_WORDS = 6
KEYS = {  # key: (the event's field it fills in, what it is)
    "status": ("status", N_("proposed, scheduled, held, postponed or cancelled")),
    "in": ("parent_id", N_("the visit, conference or exposition it is part of")),
    "framework": ("framework_id", N_("the dialogue or commission it is held in")),
    "round": ("ordinal", N_("the number of the session in its framework")),
    "country": ("country", N_("where it takes place, when the place does not tell")),
    "venue": ("venue", N_("the building")),
    "time": ("start_time", N_("when it began: 17:05")),
    "minutes": ("minutes", N_("how long it lasted")),
    "mode": ("mode", N_("in person, phone, video, hybrid or written")),
    "level": ("level", N_("the level, where a source states it")),
    "type": ("visit_type", N_("the type of a visit, where a source states it")),
    "stated": ("date_text", N_("the date in the source's words")),
    "note": ("summary", N_("the readout in your words")),
}
SOURCE_KEYS = {"src": N_("a source: an address, a site, a title or a publisher"), "para": N_("where in that source")}
LINE_KEYS = {  # key: (the lines of which it fills in the last, the field, what it is)
    "act": ("agenda", "act", N_("after a topic: discussed, noted, reaffirmed or another")),
    "said": ("agenda", "text", N_("after a topic: what was said, in your words")),
    "about": ("agenda", "about_event_id", N_("after a topic: the event it concerned")),
    "as": ("outcomes", "kind", N_("after an outcome: what it is, such as treaty or joint statement")),
    "due": ("outcomes", "due", N_("after an outcome: when it is due")),
}
OUTCOME_KEY = {"outcome": N_("something agreed that outlives the event: its title")}


@dataclass(frozen=True)
class Part:
    """What a stretch of the line, `start` up to `end`, was understood as; `problem` when it was not."""

    start: int
    end: int
    words: str
    problem: bool = False


@dataclass
class Line:
    """A line as understood: the draft of its event, what each stretch says, and what is there already."""

    text: str
    draft: Draft
    parts: list[Part] = field(default_factory=list)
    names: dict[tuple[str, Any], str] = field(default_factory=dict)
    known: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Part]:
        """What stops saving, in the order of the line."""
        return [each for each in self.parts if each.problem]

    def told(self) -> str:
        """The first problem with the line and a mark below the place; "" when there is none."""
        if not self.problems:
            return ""
        first = self.problems[0]
        width = max(1, first.end - first.start)
        return f"{first.words}\n  {self.text}\n  {' ' * first.start}{'^' * width}"


def all_keys() -> dict[str, str]:
    """Every key that may stand before a colon, with what it means."""
    own = {key: words for key, (_field, words) in KEYS.items()}
    return SOURCE_KEYS | own | {key: words for key, (_lines, _field, words) in LINE_KEYS.items()} | OUTCOME_KEY


def read_line(reader: Reader, text: str) -> Line:
    """A line as an event. What is not understood is a part with `problem`; the rest is understood all the same."""
    reading = _Reading(reader, text)
    reading.read()
    reading.line.parts.sort(key=lambda each: each.start)
    return reading.line


def add_line(database: Database, text: str) -> tuple[Line, ChangeSet | None]:
    """Add the event of a line as one step; the line as understood, and None where a problem left it unwritten."""
    with closing(database.reader()) as reader:
        line = read_line(reader, text)
    if line.problems:
        return line, None
    title = str(line.draft["title"])
    return line, database.write(N_("Add “{name}”"), lambda session: save(session, line.draft), name=title)


class _Reading:
    """One line while it is read."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.reader = reader
        self.line = Line(text, new_draft(record_type("event")))
        self.event = self.line.draft
        self.countries = country_words(reader)
        self.hosts: list[Draft] = []
        self.sided = False

    def read(self) -> None:
        words, unclosed = words_of(self.line.text)
        if unclosed is not None:
            self._wrong(unclosed, len(self.line.text), _("A quotation mark is not closed."))
        words = self._kind(self._date(words))
        words = self._parties(words)
        self._marked([each for each in words if each.mark or each.is_quoted])
        self._roles()
        self._people(words)
        self._finish()

    def _is(self, start: int, end: int, words: str) -> None:
        self.line.parts.append(Part(start, end, words))

    def _wrong(self, start: int, end: int, words: str) -> None:
        self.line.parts.append(Part(start, end, words, problem=True))

    def _date(self, words: list[Word]) -> list[Word]:
        """Take the longest beginning that is a date; without one the event is only proposed."""
        bare = next((at for at, each in enumerate(words) if each.mark or each.is_quoted), len(words))
        for count in range(min(bare, MOST_DATE_WORDS), 0, -1):
            start, end = words[0].start, words[count - 1].end
            try:
                reading = read_date(self.line.text[start:end], today())
            except DateProblem:
                continue
            if count == 1 and _kind_of(words[0].text):
                continue
            self.event["date"] = reading.edtf
            told = print_date(reading.edtf)
            self._is(start, end, " · ".join((told, *reading.assumed)))
            self._status_by_date()
            return words[count:]
        self.event["status"] = "proposed"
        return words

    def _status_by_date(self) -> None:
        first, _last = bounds(self.event["date"])
        self.event["status"] = "scheduled" if first > today().isoformat() else "held"

    def _kind(self, words: list[Word]) -> list[Word]:
        for count in (3, 2, 1):
            some = words[:count]
            if len(some) == count and all(not each.mark and not each.is_quoted for each in some):
                kind = _kind_of(" ".join(each.text for each in some))
                if kind:
                    self.event["kind"] = kind
                    self._is(some[0].start, some[-1].end, _(EVENT_KIND_WORDS[kind]))
                    return words[count:]
        at = words[0] if words else Word(len(self.line.text), len(self.line.text), "", "")
        if self.event["date"] is None and at.text[:1].isdigit():
            told = _("“{text}” is neither a date nor a kind of event.")
            self._wrong(at.start, at.end, told.format(text=at.text))
            return self._kind(words[1:])
        told = _("“{text}” is no kind of event: write meeting, consultations, visit or another.")
        self._wrong(at.start, at.end, told.format(text=at.text) if at.text else _("Say what kind of event it was."))
        return words[1:]

    def _parties(self, words: list[Word]) -> list[Word]:
        """Take the bare word after the kind as the parties: TKM>JPN, KAZ+UZB+JPN, JPN:Itochu, or one alone."""
        if not words or words[0].mark or words[0].is_quoted:
            return words
        word = words[0]
        left, arrow, right = word.text.partition(">")
        self.sided = bool(arrow)
        for side, text, offset in (("guest", left, 0), ("host", right, len(left) + 1)):
            at = word.start + offset
            for name in text.split("+"):
                if name:
                    self._party(name, at, side)
                at += len(name) + 1
        return words[1:]

    def _party(self, name: str, at: int, side: str) -> None:
        found = named_party(self.reader, name, self.countries)
        if found is None:
            sentence = _("No country or organisation is called “{name}”. Write a code, such as JPN, or JPN:Itochu.")
            self._wrong(at, at + len(name), sentence.format(name=name))
            return
        values, label, names = found
        self.line.names |= names
        party = self.event.add_line("delegations", new_draft(record_type("delegation"), **values))
        if self.sided and side == "host":
            self.hosts.append(party)
        self._is(at, at + len(name), label)

    def _roles(self) -> None:
        if self.hosts and self.event["country"] is None and self.hosts[0]["country"] is not None:
            self.event["country"] = self.hosts[0]["country"]  # the host's land, unless the line says another
        for party in self.event.lines["delegations"]:
            propose_party(self.event, party)
            if self.sided:
                party["role"] = "host" if party in self.hosts else "guest"

    def _marked(self, words: list[Word]) -> None:
        for word in words:
            if word.is_quoted:
                self.event["title"] = " ".join(word.text.split()) or None
                self._is(word.start, word.end, _("titled “{title}”").format(title=word.text))
            elif word.mark == "@":
                self._place(word)
            elif word.mark == "#":
                self._topic(word)
            elif word.mark == "src":
                self._source(word)
            elif word.mark == "para":
                self._locator(word)
            elif word.mark == "outcome":
                self.event.add_line("outcomes", new_draft(record_type("outcome"), title=word.text))
                self._is(word.start, word.end, _("outcome: {title}").format(title=word.text))
            else:
                self._value(word)

    def _place(self, word: Word) -> None:
        city, _comma, country = word.text.partition(",")
        code = self.countries.get(fold(country)) if country else None
        if country and code is None:
            self._wrong(word.start, word.end, _("No country is called “{name}”.").format(name=country))
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
        self._is(word.start, word.end, _("in {place}").format(place=word.text))

    def _topic(self, word: Word) -> None:
        found = named_record(self.reader, "topic", word.text)
        if found is None:
            self._wrong(word.start, word.end, _("No topic is called “{name}”.").format(name=word.text))
            return
        self.line.names[("topic", found.key)] = found.label
        self.event.add_line("agenda", new_draft(record_type("agenda_item"), topic=found.key))
        self._is(word.start, word.end, found.label)

    def _source(self, word: Word) -> None:
        source, label = named_source(self.reader, word.text)
        self.line.names[("source", source)] = label
        self.event.add_line("citations", new_draft(record_type("citation"), source_id=source))
        told = _("new source: {source}") if isinstance(source, Draft) else _("source: {source}")
        self._is(word.start, word.end, told.format(source=label))

    def _locator(self, word: Word) -> None:
        cited = self.event.lines["citations"]
        if cited:
            cited[-1]["locator"] = _("para {number}").format(number=word.text) if word.text.isdigit() else word.text
            self._is(word.start, word.end, str(cited[-1]["locator"]))
        else:
            self._wrong(word.start, word.end, _("Name the source first: src:…"))

    def _value(self, word: Word) -> None:
        """Take `key:value`: a field of the event, or of the topic or outcome before it."""
        if word.mark in KEYS:
            self._give(self.event, KEYS[word.mark][0], word)
        elif word.mark in LINE_KEYS:
            lines, name, _words = LINE_KEYS[word.mark]
            some = self.event.lines[lines]
            if some:
                self._give(some[-1], name, word)
            else:
                first = _("Name the topic first: #…") if lines == "agenda" else _("Name the outcome first: outcome:…")
                self._wrong(word.start, word.end, first)
        else:
            known = ", ".join(f"{each}:" for each in all_keys())
            sentence = _("There is no “{key}:”. Use one of: {known}")
            self._wrong(word.start, word.end, sentence.format(key=word.mark, known=known))

    def _give(self, draft: Draft, name: str, word: Word) -> None:
        """Give a field of the event, or of one of its lines, what a word says."""
        each = draft.record[name]
        if isinstance(each.kind, Link):
            if each.name == "parent_id":
                found = named_container(self.reader, word.text)
            else:
                found = named_record(self.reader, each.kind.target, word.text)
            if found is None:
                self._wrong(word.start, word.end, _("Nothing known is called “{name}”.").format(name=word.text))
                return
            self.line.names[(each.kind.target, found.key)] = found.label
            draft[each.name], told = found.key, found.label
        else:
            try:
                draft[each.name] = each.kind.parse(word.text)
            except ValueProblem as problem:
                self._wrong(word.start, word.end, str(problem))
                return
            told = each.kind.format(draft[each.name])
        self._is(word.start, word.end, _("{field}: {value}").format(field=_(each.label), value=told))

    def _people(self, words: list[Word]) -> None:
        """Take the bare words that are left as the delegates: `/` goes on to the next party, `;` to the next person.

        A marked word ends a person too.
        """
        bare = [Word(0, 0, "", ";") if each.mark or each.is_quoted else each for each in words]
        pieces = [part for word in bare for each in split_at(word, "/") for part in split_at(each, ";")]
        parties = self.event.lines["delegations"]
        side, chunk = 0, list[Word]()
        for piece in [*pieces, Word(0, 0, "", "/")]:
            if piece.text not in ("/", ";"):
                chunk.append(piece)
                continue
            if chunk:
                self._person(chunk, parties[side] if side < len(parties) else None)
            side, chunk = side + (piece.text == "/"), []

    def _person(self, chunk: list[Word], party: Draft | None) -> None:
        start, end = chunk[0].start, chunk[-1].end
        text = " ".join(each.text for each in chunk)
        if party is None:
            sentence = _("There is no party for “{name}”: write the parties first, such as TKM>JPN.")
            self._wrong(start, end, sentence.format(name=text))
            return
        state = party["country"] if isinstance(party["country"], str) else None
        found = understand(self.reader, text, bounds(self.event["date"]), state, self.countries)
        if found is None:
            self._wrong(start, end, _("“{name}” names nobody.").format(name=text))
            return
        self.line.names |= found.names
        party.add_line("delegates", found.draft)
        propose_delegate(party, found.draft)
        self._is(start, end, f"{found.label}: {found.also}")

    def _finish(self) -> None:
        """Propose the title, note what is there already, and what the event still lacks."""
        facts = look_at(self.reader, self.event)
        if self.event["title"] is None and facts.title:
            self.event["title"] = facts.title
        self.line.known = tuple(each.label for each in facts.known)
        end = len(self.line.text)
        if not self.line.problems:
            for _holder, problem in open_problems(self.event):
                if problem.blocking:
                    self._wrong(end, end, problem.sentence)


def _kind_of(text: str) -> str | None:
    """The kind of event that a word or two name, by its code, its words or at least three letters it begins with."""
    wanted = fold(text.replace("_", " "))
    words = {code: fold(_(label)) for code, label in EVENT_KIND_WORDS.items()}
    exact = next((code for code, label in words.items() if wanted in (label, fold(code.replace("_", " ")))), None)
    if exact is not None or len(wanted) < 3:
        return exact
    begins = [code for code, label in words.items() if label.startswith(wanted)]
    inside = [code for code, label in words.items() if f" {wanted}" in f" {label}"]
    return next(iter([*begins, *inside]), None)
