"""One-line entry: an event on one line, understood as far as it goes, with what is wrong and where.

    2025-01-27 consultations TKM>JPN @Tokyo Gurbanov / Ishikawa #power #transport src:caspianpost.com "title"

Date, kind and parties come first, in this order; the rest follows in any order. Nothing is written here: the answer
holds a draft, which is saved as any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from legation.clock import today
from legation.fields.draft import Draft, new_draft
from legation.fields.english_dates import read_date
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, bounds, print_date
from legation.i18n import N_, _, ngettext
from legation.matching.delegates import country_words, understand
from legation.matching.entry import look_at
from legation.matching.line_grammar import all_keys
from legation.matching.line_marks import Marks
from legation.matching.line_words import Word, is_key, names_in, split_at, words_of
from legation.matching.named import named_party
from legation.matching.proposals import propose_delegate, propose_party
from legation.matching.sharing import share_new
from legation.matching.understood_line import Line
from legation.records.catalogue import record_type
from legation.records.vocabulary import ATTENDANCES, DELEGATE_ROLES, DELEGATION_ROLES, EVENT_KIND_WORDS
from legation.storage.database import Database
from legation.storage.reading import Reader
from legation.storage.saving import open_problems, save
from legation.storage.steps import ChangeSet

MOST_DATE_WORDS = 6
_IN_BRACKETS = re.compile(r"^(?P<name>[^()]+)\((?P<said>[^()]*)\)$")


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
        self.holders: list[tuple[int, Draft]] = []
        """The parties and persons, each with where it ends, for what is said of one of them."""
        self.said: list[tuple[Draft, dict[str, Any]]] = []

    def read(self) -> None:
        words, unclosed = words_of(self.line.text)
        if unclosed is not None:
            self.line.is_wrong(unclosed, len(self.line.text), _("A quotation mark is not closed."))
        words = self._kind(self._date(words))
        words = self._parties(words)
        self._people(words)
        marks = Marks(self.reader, self.line, self.countries, self.holders)
        marks.take([each for each in words if each.mark or each.is_quoted])
        self._roles()
        share_new([self.event])
        self._finish()

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
            self.line.says(start, end, " · ".join((told, *reading.assumed)))
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
                    self.line.says(some[0].start, some[-1].end, _(EVENT_KIND_WORDS[kind]))
                    return words[count:]
        at = words[0] if words else Word(len(self.line.text), len(self.line.text), "", "")
        if self.event["date"] is None and at.text[:1].isdigit():
            told = _("“{text}” is neither a date nor a kind of event.")
            self.line.is_wrong(at.start, at.end, told.format(text=at.text))
            return self._kind(words[1:])
        told = _("“{text}” is no kind of event: write meeting, consultations, visit or another.")
        self.line.is_wrong(
            at.start, at.end, told.format(text=at.text) if at.text else _("Say what kind of event it was.")
        )
        return words[1:]

    def _parties(self, words: list[Word]) -> list[Word]:
        """Take the bare word after the kind as the parties: TKM>JPN, KAZ+UZB+JPN, JPN:Itochu, or one alone."""
        if not words or words[0].is_quoted or is_key(words[0], all_keys()):
            return words
        is_host = False
        self.sided = ">" in words[0].text
        for name, before in names_in(self.line.text, words[0]):
            is_host = is_host or before == ">"
            self._party(name, is_host=is_host)
        return words[1:]

    def _party(self, word: Word, *, is_host: bool) -> None:
        """Take a party: its name, and its role, attendance or size in brackets."""
        match = _IN_BRACKETS.match(word.text)
        name = match["name"] if match else word.text
        found = named_party(self.reader, name, self.countries)
        if found is None:
            sentence = _(
                "No country or organisation is called “{name}”. Write a code, such as JPN, or a star before the name "
                "of a new body, such as JPN:*Itochu."
            )
            self.line.is_wrong(word.start, word.end, sentence.format(name=name))
            return
        values, label, names = found
        self.line.names |= names
        party = self.event.add_line("delegations", new_draft(record_type("delegation"), **values))
        if self.sided and is_host:
            self.hosts.append(party)
        self.holders.append((word.end, party))
        told = [label]
        for said in match["said"].split(",") if match else ():
            value = _of_party(said)
            if value is None:
                sentence = _("“{word}” is no role or attendance of a party, and no head-count.")
                self.line.is_wrong(word.start, word.end, sentence.format(word=said.strip()))
                continue
            self.said.append((party, value[0]))
            told.append(value[1])
        self.line.says(word.start, word.end, " · ".join(told))

    def _roles(self) -> None:
        if self.hosts and self.event["country"] is None and self.hosts[0]["country"] is not None:
            self.event["country"] = self.hosts[0]["country"]  # the host's land, unless the line says another
        for party in self.event.lines["delegations"]:
            propose_party(self.event, party)
            if self.sided:
                party["role"] = "host" if party in self.hosts else "guest"
        for party, values in self.said:
            party.values |= values

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
            self.line.is_wrong(start, end, sentence.format(name=text))
            return
        text, role = _with_role(text)
        state = party["country"] if isinstance(party["country"], str) else None
        found = understand(self.reader, text, bounds(self.event["date"]), state, self.countries)
        if found is None:
            self.line.is_wrong(start, end, _("“{name}” names nobody.").format(name=text))
            return
        self.line.names |= found.names
        party.add_line("delegates", found.draft)
        propose_delegate(party, found.draft)
        told = f"{found.label}: {found.also}"
        if role is not None:
            for other in party.lines["delegates"]:
                other["role"] = "member" if other["role"] == role == "head" else other["role"]
            found.draft["role"] = role
            told = f"{told} · {_(DELEGATE_ROLES[role])}"
        self.holders.append((end, found.draft))
        self.line.says(start, end, told)

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
                    self.line.is_wrong(end, end, problem.sentence)


def _code_of(words: Mapping[str, str], text: str) -> str | None:
    """The code whose words a text says."""
    wanted = fold(text.replace("_", " "))
    return next((code for code, label in words.items() if wanted in (fold(_(label)), fold(code))), None)


def _of_party(said: str) -> tuple[dict[str, Any], str] | None:
    """What stands in brackets after a party: a role, an attendance or a head-count, with its words."""
    text = said.strip()
    if text.isdecimal() and 0 < len(text) < 7 and int(text):
        size = int(text)
        return {"size": size}, ngettext("{count} person", "{count} persons", size).format(count=size)
    for name, words in (("role", DELEGATION_ROLES), ("attendance", ATTENDANCES)):
        code = _code_of(words, text)
        if code is not None:
            return {name: code}, _(words[code])
    return None


def _with_role(text: str) -> tuple[str, str | None]:
    """A printed person without the role in brackets at the end, and the role: Sato (interpreter)."""
    match = _IN_BRACKETS.match(text)
    role = _code_of(DELEGATE_ROLES, match["said"]) if match else None
    return (match["name"].strip(), role) if match and role else (text, None)


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
