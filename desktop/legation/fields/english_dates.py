"""Dates as people type them in English, and what was understood and assumed.

Takes EDTF, words such as `27 jan`, `16-17 dec 2024`, `late may 2026`, `q3 2026`, `since october 2024`, `tomorrow` (the
phrases are in `date_phrases.py`), and everything that `print_date` prints: reading it gives the same EDTF text again,
except where a source's own words stood in for the date.

Where English leaves a choice:
- early, mid and late in a month are its days 1-10, 11-20 and 21 to the end, approximate at both ends; early and late in
  a year are its first and last quarter, approximate; mid-2025 is what these leave over, about April to September;
- "2000s" is the decade 200X, never the century; winter 2024 begins in December 2024;
- "since" goes on to the present (`..`), "from" has an end that is not known; "until" has a start that is not known;
- 27.01.2025 has the day first, always; 05/06/2025 could be two days and is refused with both named.

Knows no database and no window.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Literal

from legation.fields.date_phrases import phrases
from legation.fields.fuzzy_dates import DateProblem, FuzzyDate, parse_edtf, print_date
from legation.i18n import _

Tense = Literal["past", "future"]
UNKNOWN = {
    "tba", "tbc", "tbd", "date to be announced", "to be announced", "to be confirmed", "to be scheduled",
    "date to be scheduled", "to be decided", "date unknown", "unknown", "no date", "undated",
}  # fmt: skip
LONGEST = 120  # characters; no date in words is longer
DEEPEST = 5  # phrases within phrases: "between c. 10 march and ..."

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_LIKE_EDTF = re.compile(r"[\d\[/.][\dx~?%/.\-\[\]]*", re.ASCII)
_FIGURES = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}|\d{4}([./-])\d{1,2}\2\d{1,2}|\d{4}-\d{4}", re.ASCII)
_STATED = re.compile(r" \(stated: .*\)$")


@dataclass(frozen=True)
class Reading:
    """What was understood: the date (None for "to be announced") and, in words, what was assumed."""

    date: FuzzyDate | None
    assumed: tuple[str, ...] = ()

    @property
    def edtf(self) -> str | None:
        """The EDTF text to store; None when the date is open."""
        return None if self.date is None else self.date.edtf

    @property
    def understood(self) -> str:
        """The date as people write it."""
        return print_date(self.edtf)


class Typed:
    """One reading in progress: the day it refers to, the tense that guides a missing year, the assumptions made."""

    def __init__(self, today: date, tense: Tense | None) -> None:
        self.today = today
        self.tense = tense
        self.assumed: list[str] = []
        self._depth = 0
        self._year_wanted: int | None = None
        self._may_assume = True

    def read(self, text: str) -> str | None:
        """The EDTF text of a phrase; None when no phrase fits. Assumptions of phrases that did not fit are dropped."""
        if self._depth >= DEEPEST:
            return None
        self._depth += 1
        try:
            for pattern, make in phrases():
                before = len(self.assumed)
                match = pattern.fullmatch(text)
                if match is not None and (made := make(match, self)) is not None:
                    return made
                del self.assumed[before:]
            return None
        finally:
            self._depth -= 1

    @contextmanager
    def years_typed(self) -> Iterator[None]:
        """Read phrases that tell their year; a missing one makes a phrase not fit."""
        before, self._may_assume = self._may_assume, False
        try:
            yield
        finally:
            self._may_assume = before

    @contextmanager
    def year_of(self, year: int) -> Iterator[None]:
        """Read phrases whose missing year is the year of what they stand beside."""
        before, self._year_wanted = self._year_wanted, year
        try:
            yield
        finally:
            self._year_wanted = before

    def year_for(self, begin: tuple[int, int], end: tuple[int, int]) -> int | None:
        """The year that is not typed, of something between two (month, day) pairs; the end may be in month 13 or 14.

        The year nearest to the day referred to; with a tense, the nearest year that puts the beginning not after that
        day ("past"), or the end not before it ("future"). None where the phrase must tell its year.
        """
        if not self._may_assume:
            return None
        if self._year_wanted is not None:
            return self._year_wanted
        spans = {}
        for year in range(max(self.today.year - 1, 1), min(self.today.year + 1, 9998) + 1):
            spans[year] = _real_day(year, *begin), _real_day(year, *end)
        if self.tense == "past":
            spans = {year: span for year, span in spans.items() if span[0] <= self.today} or spans
        elif self.tense == "future":
            spans = {year: span for year, span in spans.items() if span[1] >= self.today} or spans
        found = min(spans, key=lambda year: _days_away(spans[year], self.today))
        self.assume(_("the year {year}").format(year=found))
        return found

    def assume(self, words: str) -> None:
        """Note once what was assumed."""
        if words not in self.assumed:
            self.assumed.append(words)


def _real_day(year: int, month: int, day: int) -> date:
    if month > 12:
        year, month = year + 1, month - 12
    return date(year, month, max(1, min(day, monthrange(year, month)[1])))


def _days_away(span: tuple[date, date], today: date) -> int:
    return max((span[0] - today).days, (today - span[1]).days, 0)


def read_date(text: str, today: date, *, period: bool = False, tense: Tense | None = None) -> Reading:
    """The date that a person typed, in EDTF or English. Raises `DateProblem` with a sentence.

    `today` is the day that relative words and missing years refer to: the user's day, or the day a source was
    published. `tense` guides a missing year (see `Typed.year_for`); without it the nearest such day is taken. `period`
    is for something that lasts: a lone date means the same as elsewhere, and is noted as being no start.
    """
    plain = _plain(text)
    if not plain:
        raise DateProblem(_("Type a date, such as 27 jan 2025."))
    if plain in UNKNOWN:
        return Reading(None)
    if _LIKE_EDTF.fullmatch(plain) and not _FIGURES.fullmatch(plain):
        return _reading(parse_edtf(plain.upper()), [], period)
    typed = Typed(today, tense)
    edtf = typed.read(plain.strip(" .,;")) if len(plain) <= LONGEST else None
    if edtf is None:
        sentence = _("“{text}” is no date. Write 27 jan 2025, 16-17 dec 2024, late 2026 or q3 2026.")
        raise DateProblem(sentence.format(text=text.strip()[:LONGEST]))
    return _reading(parse_edtf(edtf), typed.assumed, period)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return _STATED.sub("", " ".join(plain.split()))


def _reading(found: FuzzyDate, assumed: list[str], period: bool) -> Reading:
    notes = list(assumed)
    if period and "/" not in found.edtf:
        notes.append(_("the whole of it falls within this date; for a start write “since …”"))
    return Reading(found, tuple(notes))
