"""Fuzzy dates: EDTF text, the two days that bound it, and its words.

The profile is EDTF Level 1 (ISO 8601-2:2019, annex A) with two Level 2 features: groups of months (33-36 quarters,
40-41 half-years) and one-of sets `[a..b]`. Not in it: times, years of more than four figures, an X in a leading place,
marks on single parts. Unspecified figures may trail, as Level 1 has them: 202X, 20XX, 2024-XX, 2024-XX-XX, 2024-12-XX.

Two dates are the same when their texts are: 2024-12 (some day in December) and 2024-12-01/2024-12-31 (all of it) have
equal bounds and other words. Every text of the profile prints to words of its own, so that what was printed can be read
back (see `english_dates.py`). Knows no database and no window.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from legation.i18n import N_, _

EARLIEST = "0001-01-01"
LATEST = "9999-12-31"
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
# group: (first month, last month, words); winter ends in the next year
GROUPS = {
    21: (3, 5, N_("spring {year}")),
    22: (6, 8, N_("summer {year}")),
    23: (9, 11, N_("autumn {year}")),
    24: (12, 14, N_("winter {year}")),
    33: (1, 3, N_("first quarter of {year}")),
    34: (4, 6, N_("second quarter of {year}")),
    35: (7, 9, N_("third quarter of {year}")),
    36: (10, 12, N_("fourth quarter of {year}")),
    40: (1, 6, N_("first half of {year}")),
    41: (7, 12, N_("second half of {year}")),
}
ROUGH_QUARTERS = {33: N_("early {year}"), 36: N_("late {year}")}
_ONE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%])?", re.ASCII)
_OPEN = ("", "..")  # an end that is not known, and one that is open
_SMALL_WORDS = {"on", "in", "the", "of", "and", "to", "th", "st", "nd", "rd", "from", "between"}


class DateProblem(ValueError):
    """A date that cannot be understood, with a sentence for the person who gave it."""


@dataclass(frozen=True)
class FuzzyDate:
    """A lawful date: its EDTF text and its outer bounds as ISO days."""

    edtf: str
    first: str
    last: str


@dataclass(frozen=True)
class _Part:
    """One date without interval: its figures as text ("XX" unspecified, None not given), its mark and its bounds."""

    text: str
    year: str
    month: str | None
    day: str | None
    mark: str
    first: str
    last: str


@lru_cache(maxsize=20000)
def parse_edtf(text: str) -> FuzzyDate:
    """The date that EDTF text tells. Raises `DateProblem` with a sentence when the text is not in the profile."""
    text = text.strip()
    if text.startswith("[") or text.endswith("]"):
        return _parse_one_of(text)
    if "/" in text:
        return _parse_interval(text)
    part = _parse_part(text)
    return FuzzyDate(text, part.first, part.last)


def _parse_one_of(text: str) -> FuzzyDate:
    match = re.fullmatch(r"\[([^\[\]]+?)\.\.([^\[\]]+?)\]", text)
    if not match:
        sentence = _("“{text}” is no date. A choice of days is written [2025-03-10..2025-03-15].")
        raise DateProblem(sentence.format(text=text))
    first, last = _parse_part(match.group(1)), _parse_part(match.group(2))
    if first.mark or last.mark:
        raise DateProblem(_("The ends of a choice carry no mark: {text}.").format(text=text))
    return _in_order(text, first.first, last.last)


def _parse_interval(text: str) -> FuzzyDate:
    parts = text.split("/")
    if len(parts) != 2 or {*parts} <= {*_OPEN}:
        raise DateProblem(_("“{text}” is no period. It has a start, a slash and an end.").format(text=text))
    begin, end = parts
    first = EARLIEST if begin in _OPEN else _parse_part(begin).first
    last = LATEST if end in _OPEN else _parse_part(end).last
    return _in_order(text, first, last)


def _in_order(text: str, first: str, last: str) -> FuzzyDate:
    if first > last:
        raise DateProblem(_("“{text}” ends before it begins.").format(text=text))
    return FuzzyDate(text, first, last)


@lru_cache(maxsize=4096)  # what is printed was parsed just before
def _parse_part(text: str) -> _Part:
    if _is_day(text):
        return _Part(text, text[:4], text[5:7], text[8:], "", text, text)
    match = _ONE.fullmatch(text)
    if not match:
        raise DateProblem(
            _("“{text}” is no date. Write 2025-01-27, 2025-01, 2025, or in words: 27 jan 2025.").format(text=text)
        )
    year, month, day, mark = match.group(1), match.group(2), match.group(3), match.group(4) or ""
    if "X" in year and month is not None:
        raise DateProblem(_("“{text}”: when the year is open, nothing after it can be certain.").format(text=text))
    if month == "XX" and day not in (None, "XX"):
        raise DateProblem(_("“{text}”: when the month is open, the day cannot be certain.").format(text=text))
    if year == "0000":
        raise DateProblem(_("There is no year 0000."))
    first, last = _part_bounds(text, year, month, day)
    return _Part(text, year, month, day, mark, first, last)


def _part_bounds(text: str, year: str, month: str | None, day: str | None) -> tuple[str, str]:
    first_year, last_year = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    if month in (None, "XX"):
        return f"{first_year:04}-01-01", f"{last_year:04}-12-31"
    number = int(month or 0)
    if number in GROUPS:
        if day is not None:
            raise DateProblem(_("“{text}”: a season, quarter or half-year has no day.").format(text=text))
        begin, end, _words = GROUPS[number]
        end_year, end_month = (first_year + 1, end - 12) if end > 12 else (first_year, end)
        return f"{first_year:04}-{begin:02}-01", _last_of_month(end_year, end_month)
    if not 1 <= number <= 12:
        raise DateProblem(_("“{text}”: there is no month {month}.").format(text=text, month=month))
    if day in (None, "XX"):
        return f"{first_year:04}-{number:02}-01", _last_of_month(first_year, number)
    if not 1 <= int(day or 0) <= monthrange(first_year, number)[1]:
        sentence = _("{month} {year} has no day {day}.")
        raise DateProblem(sentence.format(month=_(MONTHS[number - 1]), year=year, day=int(day or 0)))
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


def _last_of_month(year: int, month: int) -> str:
    if year > 9999:
        return LATEST
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"


def bounds(edtf: str | None) -> tuple[str, str]:
    """The outer bounds of a date as ISO days; the widest bounds for None. Raises `DateProblem`.

    Outer bounds prove "possible" and "surely not"; marks (~ ? %) do not widen them.
    """
    if edtf is None:
        return EARLIEST, LATEST
    date = parse_edtf(edtf)
    return date.first, date.last


def could_overlap(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether something with bounds `a` could have happened inside bounds `b`."""
    return a[0] <= b[1] and a[1] >= b[0]


def surely_within(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether something with bounds `a` surely happened inside bounds `b`."""
    return a[0] >= b[0] and a[1] <= b[1]


def surely_covers(edtf: str | None, day: str) -> bool:
    """Whether a period surely covers an ISO day: start and end are stated without a mark, or open (`..`).

    An unknown end (`2022/`) proves nothing, nor does a lone month or year, which may be any day in it.
    """
    if edtf is None or "/" not in edtf:
        return edtf == day
    begin, end = edtf.split("/")
    if "" in (begin, end) or any(each[-1] in "~?%" for each in (begin, end)):
        return False
    begun = begin == ".." or _parse_part(begin).last <= day
    return begun and (end == ".." or day <= _parse_part(end).first)


def sort_key(edtf: str | None, start_time: str | None = None, id: int = 0) -> tuple[bool, str, str, str, int]:
    """The key of chronologies: undated last; on a shared start the precise before the vague."""
    first, last = bounds(edtf)
    return edtf is None, first, last, start_time or "", id


def print_date(edtf: str | None, date_text: str | None = None) -> str:
    """The date as people write it: "16-17 December 2024", "late 2024", "date to be announced" for None.

    The source's own words (`date_text`) win where the date is only approximate; elsewhere they are added in brackets,
    unless they say the same in another order. Text that is no EDTF is given back as it is.
    """
    if date_text and edtf is not None and edtf.endswith("~"):
        return date_text
    printed = _("date to be announced")
    if edtf is not None:
        try:
            printed = _print_cached(edtf, _(MONTHS[0]))
        except DateProblem:
            return edtf
    if date_text and _said(date_text) not in (_said(printed), _said(edtf or "")):
        return _("{date} (stated: {words})").format(date=printed, words=date_text)
    return printed


def print_moment(at: str) -> str:
    """A moment (ISO 8601, UTC) in the user's own time: "23 November 2026, 21:03". Other text is given back as it is."""
    try:
        local = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return _("{date}, {time}").format(date=print_date(local.date().isoformat()), time=f"{local:%H:%M}")


def _said(words: str) -> list[str]:
    """What a date says, whatever its order: figures, and words by their first three letters."""
    found = re.findall(r"\d+|[^\W\d_]+", words.casefold())
    return sorted(each.lstrip("0") if each.isdigit() else each[:3] for each in found if each not in _SMALL_WORDS)


@lru_cache(maxsize=20000)
def _print_cached(edtf: str, language: str) -> str:
    if _is_day(edtf):
        return _("{day} {month}").format(day=int(edtf[8:]), month=_print_month(edtf[:4], int(edtf[5:7]), language))
    parse_edtf(edtf)
    if edtf.startswith("["):
        first, last = edtf[1:-1].split("..")
        span = _print_span(_parse_part(first), _parse_part(last), _(" and "), _(" and "))
        return _("between {dates}").format(dates=span)
    if "/" not in edtf:
        return _print_part(_parse_part(edtf))
    begin, end = edtf.split("/")
    if begin in _OPEN:
        sentence = _("until {date}") if begin == "" else _("up to {date}")
        return sentence.format(date=_print_part(_parse_part(end)))
    if end in _OPEN:
        sentence = _("{date} to ?") if end == "" else _("{date} to present")
        return sentence.format(date=_print_part(_parse_part(begin)))
    return _print_interval(_parse_part(begin), _parse_part(end))


def _is_day(edtf: str) -> bool:
    """Whether this is a day and nothing else, as most dates are."""
    try:
        return len(edtf) == 10 and edtf[4] == edtf[7] == "-" and date.fromisoformat(edtf).year > 0
    except ValueError:
        return False


@lru_cache(maxsize=2000)
def _print_month(year: str, number: int, _language: str) -> str:
    return _("{month} {year}").format(month=_(MONTHS[number - 1]), year=year)


def _print_interval(begin: _Part, end: _Part) -> str:
    if (rough := _rough_month(begin, end)) is not None:
        return rough
    if begin.mark == end.mark == "~":
        bare_begin, bare_end = replace(begin, mark=""), replace(end, mark="")
        if (shortened := _shorten(bare_begin, bare_end, "-", " - ")) is not None:
            return _("c. {date}").format(date=shortened)
    return _print_span(begin, end, "-", " - ")


def _print_span(begin: _Part, end: _Part, short: str, long: str) -> str:
    shortened = _shorten(begin, end, short, long)
    return shortened if shortened is not None else f"{_print_part(begin)}{long}{_print_part(end)}"


def _shorten(begin: _Part, end: _Part, short: str, long: str) -> str | None:
    """Two days or two months of one year with what they share said once; None when nothing can be spared."""
    texts = begin.text + end.text
    if begin.mark or end.mark or "X" in texts or begin.year != end.year or not begin.month or not end.month:
        return None
    if bool(begin.day) != bool(end.day) or int(begin.month) > 12 or int(end.month) > 12:
        return None
    month = _(MONTHS[int(begin.month) - 1])
    if not begin.day:
        return f"{month}{long}{_print_part(end)}"
    if begin.month == end.month:
        return f"{int(begin.day)}{short}{_print_part(end)}"
    return f"{int(begin.day)} {month}{long}{_print_part(end)}"


def rough_days(year: int, month: int, third: str) -> str:
    """The EDTF text of "early", "mid" or "late" in a month: days 1-10, 11-20, 21 to its end, both ends approximate."""
    begin, end = {"early": (1, 10), "mid": (11, 20), "late": (21, monthrange(year, month)[1])}[third]
    return f"{year:04}-{month:02}-{begin:02}~/{year:04}-{month:02}-{end:02}~"


def rough_middle(year: str) -> str:
    """The EDTF text of "mid-2025": April to September, what "early" (33~) and "late" (36~) leave over."""
    return f"{year}-04~/{year}-09~"


def _rough_month(begin: _Part, end: _Part) -> str | None:
    if f"{begin.text}/{end.text}" == rough_middle(begin.year):
        return _("mid-{year}").format(year=begin.year)
    if not (begin.mark == end.mark == "~" and begin.day and end.day) or begin.text[:7] != end.text[:7]:
        return None
    if "X" in begin.text + end.text:
        return None
    year, month = int(begin.year), int(begin.month or 0)
    words = {"early": _("early {month} {year}"), "mid": _("mid-{month} {year}"), "late": _("late {month} {year}")}
    for third, printed in words.items():
        if rough_days(year, month, third) == f"{begin.text}/{end.text}":
            return printed.format(month=_(MONTHS[month - 1]), year=begin.year)
    return None


def _print_part(part: _Part) -> str:
    number = int(part.month) if part.month and part.month.isdecimal() else 0
    if part.mark == "~" and number in ROUGH_QUARTERS:
        return _(ROUGH_QUARTERS[number]).format(year=part.year)
    plain = _print_plain(part, number)
    if part.mark == "~":
        return _("c. {date}").format(date=plain)
    if part.mark == "?":
        return _("{date} (?)").format(date=plain)
    if part.mark == "%":
        return _("c. {date} (?)").format(date=plain)
    return plain


def _print_plain(part: _Part, number: int) -> str:
    if part.year.endswith("XX"):
        return _("the years {first}-{last}").format(first=part.year[:2] + "00", last=part.year[:2] + "99")
    if part.year.endswith("X"):
        return _("{decade}0s").format(decade=part.year[:3])
    if number in GROUPS:
        year = part.year
        if number == 24:
            year = f"{part.year}-{(int(part.year) + 1) % 100:02}"
        return _(GROUPS[number][2]).format(year=year)
    if number == 0:
        if part.month is None:
            return part.year
        sentence = _("some month of {year}") if part.day is None else _("some day in {year}")
        return sentence.format(year=part.year)
    month = _("{month} {year}").format(month=_(MONTHS[number - 1]), year=part.year)
    if part.day is None:
        return month
    if part.day == "XX":
        return _("some day in {month}").format(month=month)
    return _("{day} {month}").format(day=int(part.day), month=month)
