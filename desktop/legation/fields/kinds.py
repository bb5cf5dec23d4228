"""What a field can be: each kind parses what is typed, formats what is stored and says what is wrong.

A kind is plain data with three verbs. `parse` takes text that a person typed and gives the value to store, or raises
`ValueProblem` with a sentence they can act on; `format` gives the text people read; `problems` looks at a stored value.
Knows no database and no window.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from legation.clock import today
from legation.fields.english_dates import read_date
from legation.fields.fuzzy_dates import DateProblem, parse_edtf, print_date
from legation.i18n import N_, _


class ValueProblem(ValueError):
    """A typed value that cannot be stored, with a sentence for the person who typed it."""


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Text as the database keeps it: NFC, without control characters other than tab and newline, ends stripped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


@dataclass(frozen=True)
class Kind:
    """A kind of value. `name` chooses the editor; `also` names a column that is read beside the value."""

    name: str
    operators: tuple[str, ...] = ("is", "is not", "is empty")
    align: str = "left"
    also: str = ""
    also_label: str = ""

    def parse(self, text: str) -> Any:
        """The value to store for typed text; None for empty text. Raises `ValueProblem`."""
        return clean_text(text) or None

    def format(self, value: Any, also: Any = None) -> str:
        """The value as people read it; an empty string for None."""
        return "" if value is None else str(value)

    def problems(self, value: Any) -> list[str]:
        """Sentences about a value that is not lawful; usually none."""
        if value is None:
            return []
        try:
            self.parse(self.typed(value))
        except ValueProblem as problem:
            return [str(problem)]
        return []

    def typed(self, value: Any) -> str:
        """The value as a person would type it, so that `parse(typed(value)) == value`."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class SingleLine(Kind):
    """Text on one line: line breaks and runs of blanks become one blank."""

    def parse(self, text: str) -> str | None:
        return " ".join(clean_text(text).split()) or None


@dataclass(frozen=True)
class WholeNumber(Kind):
    """A whole number within bounds."""

    least: int = 0
    most: int = 1_000_000

    def parse(self, text: str) -> int | None:
        text = clean_text(text).replace(",", "").replace("\u00a0", "")
        if not text:
            return None
        try:
            number = int(text)
        except ValueError:
            raise ValueProblem(_("“{text}” is not a whole number.").format(text=text)) from None
        if not self.least <= number <= self.most:
            sentence = _("Give a number from {least} to {most}.")
            raise ValueProblem(sentence.format(least=self.least, most=self.most))
        return number


@dataclass(frozen=True)
class FuzzyDateKind(Kind):
    """A date as precise as the source was: EDTF text in the column, two derived days beside it (`x_from`, `x_to`)."""

    period: bool = False

    def parse(self, text: str) -> str | None:
        if not (text := clean_text(text)):
            return None
        try:
            return read_date(text, today(), period=self.period).edtf
        except DateProblem as problem:
            raise ValueProblem(str(problem)) from None

    def format(self, value: Any, also: Any = None) -> str:
        if value is None and (self.period or self.also != "date_text"):
            return ""
        return print_date(value, also)

    def problems(self, value: Any) -> list[str]:
        try:
            if value is not None:
                parse_edtf(value)
        except DateProblem as problem:
            return [str(problem)]
        return []


@dataclass(frozen=True)
class Day(Kind):
    """One calendar day, stored as ISO 8601 (2025-01-27)."""

    def parse(self, text: str) -> str | None:
        if not (text := clean_text(text)):
            return None
        try:
            found = read_date(text, today()).edtf
            return date.fromisoformat(found or "").isoformat()
        except DateProblem as problem:
            raise ValueProblem(str(problem)) from None
        except ValueError:
            raise ValueProblem(_("Give one day, such as 27 January 2025.")) from None

    def format(self, value: Any, also: Any = None) -> str:
        return "" if value is None else print_date(value)


@dataclass(frozen=True)
class Pattern(Kind):
    """Text of one shape, told by a regular expression and by an example.

    `before` is a regular expression of what may be typed or pasted before it and is not kept, such as an address.
    """

    shape: str = ".*"
    sentence: str = ""
    before: str = ""

    def parse(self, text: str) -> str | None:
        if not (text := re.sub(f"^(?:{self.before})", "", clean_text(text))):
            return None
        if not re.fullmatch(self.shape, text):
            raise ValueProblem(_(self.sentence).format(text=text))
        return text


@dataclass(frozen=True)
class Choice(Kind):
    """One code of a closed vocabulary; a person may type the code or the words."""

    terms: Mapping[Any, str] | None = None

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.terms or ())))

    def problems(self, value: Any) -> list[str]:
        return [] if value in (self.terms or ()) else super().problems(value)

    def parse(self, text: str) -> Any:
        wanted = " ".join(clean_text(text).casefold().replace("_", " ").split())
        if not wanted:
            return None
        by_words = {_(label).casefold(): code for code, label in (self.terms or {}).items()}
        by_words |= {str(code).casefold().replace("_", " "): code for code in self.terms or {}}
        if wanted in by_words:
            return by_words[wanted]
        starts = {code for words, code in by_words.items() if words.startswith(wanted)}
        if len(starts) == 1:
            return starts.pop()
        known = ", ".join(_(label) for label in (self.terms or {}).values())
        raise ValueProblem(_("“{text}” is none of: {known}.").format(text=clean_text(text), known=known))

    def format(self, value: Any, also: Any = None) -> str:
        return "" if value is None else _((self.terms or {}).get(value, str(value)))


@dataclass(frozen=True)
class Link(Kind):
    """A pointer at another record: its id, or its code where the target's key is a code."""

    target: str = ""

    def parse(self, text: str) -> Any:
        text = clean_text(text)
        if not text:
            return None
        return int(text) if text.isdecimal() and self.target not in CODED else text


CODED = frozenset({"country", "topic"})

TEXT = SingleLine("text", operators=("contains", "is", "starts with", "is empty"))
PLACE = SingleLine("place", operators=TEXT.operators)
LONG_TEXT = Kind("long_text", operators=("contains", "is empty"))
NUMBER = WholeNumber("number", operators=("is", "at least", "at most", "is empty"), align="right")
POSITIVE = WholeNumber("number", operators=NUMBER.operators, align="right", least=1)
MINUTES = WholeNumber("number", operators=NUMBER.operators, align="right", least=1, most=14400)
FUZZY_DATE = FuzzyDateKind("fuzzy_date", operators=("possible", "certain", "is empty"))
EVENT_DATE = FuzzyDateKind("fuzzy_date", operators=FUZZY_DATE.operators, also="date_text")
PERIOD = FuzzyDateKind("fuzzy_date", operators=FUZZY_DATE.operators, period=True)
DAY = Day("day", operators=("is", "since", "until", "is empty"))
URL = Pattern(
    "url",
    shape=r"(https?|ftp)://\S+",
    sentence=N_("“{text}” is not a web address. It starts with https:// or http:// and has no blanks."),
)
TIME = Pattern("text", shape=r"([01]\d|2[0-3]):[0-5]\d", sentence=N_("Give the time as hours and minutes: 17:05."))
FILE = Kind("file")
MONTH_DAY = Pattern(
    "text",
    shape=r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    sentence=N_("Give month and day with two figures each: 09-27 for 27 September."),
)
YEAR = Pattern("text", shape=r"\d{4}", sentence=N_("Give the year with four figures: 1991."))
LANGUAGE = Pattern(
    "text",
    shape=r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    sentence=N_("Give the language by its code, such as en, ja or tk-Latn."),
)
WIKIDATA = Pattern(
    "text",
    shape=r"Q[1-9]\d*",
    sentence=N_("A Wikidata item is the letter Q and a number: Q948."),
    before=r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/",
)


def choice(terms: Mapping[Any, str]) -> Choice:
    """The kind of a field whose value is one code of `terms` (code -> words)."""
    return Choice("choice", terms=terms)


def code(shape: str, sentence: str) -> Pattern:
    """The kind of a code of one shape, with the sentence shown when typed text does not fit."""
    return Pattern("text", shape=shape, sentence=sentence)


def link(target: str) -> Link:
    """The kind of a field that points at a record of the type named `target`."""
    return Link("link", target=target)


def listing(also: str = "", also_label: str = "") -> Kind:
    """The kind of a derived list of names; `also` names the column with their codes or ids."""
    return Kind("listing", operators=("contains",), also=also, also_label=also_label)
