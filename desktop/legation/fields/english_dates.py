"""Dates as people type them in English, and what was understood and assumed.

Takes EDTF, and words such as `27 jan`, `16-17 dec 2024`, `late may 2026`, `q3 2026`, `since october 2024`, `tomorrow`,
and everything that `print_date` prints. Knows no database and no window.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from legation.fields.fuzzy_dates import MONTHS, DateProblem, FuzzyDate, parse_edtf, print_date, rough_days
from legation.i18n import _

MONTH_NUMBERS = {name.casefold()[:size]: number for number, name in enumerate(MONTHS, 1) for size in (3, len(name))}
MONTH_NUMBERS |= {"sept": 9, "june": 6, "july": 7}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
UNKNOWN = {"tba", "tbd", "date to be announced", "to be announced", "to be scheduled", "unknown", "no date", "undated"}

_MONTH = "(?P<{}>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
_M, _M2 = _MONTH.format("m"), _MONTH.format("m2")
_Y = r"(?P<y>\d{4})"
_YEAR_LATER = r"(?:,? " + _Y + ")?"
_D, _D2 = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<d2>\d{1,2})(?:st|nd|rd|th)?"
_TO = r" ?(?:-|to|until|and) ?"


@dataclass(frozen=True)
class Reading:
    """What was understood: the date (None for "to be announced"), its words, and what was assumed."""

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


class _Typed:
    """One reading in progress: today, the tense that guides a missing year, and the assumptions made."""

    def __init__(self, today: date, tense: str | None) -> None:
        self.today = today
        self.tense = tense
        self.assumed: list[str] = []

    def year_for(self, month: int, day: int = 15) -> int:
        """The year that is not typed: nearest to today, or the last or next one when the tense says so."""
        years = [self.today.year + step for step in (-1, 0, 1)]
        candidates = []
        for year in years:
            try:
                candidates.append(date(year, month, min(day, monthrange(year, month)[1])))
            except ValueError:
                continue
        if self.tense == "past":
            candidates = [each for each in candidates if each <= self.today] or candidates
        elif self.tense == "future":
            candidates = [each for each in candidates if each >= self.today] or candidates
        found = min(candidates, key=lambda each: abs((each - self.today).days)).year
        self.assumed.append(_("the year {year}").format(year=found))
        return found


def read_date(text: str, today: date, *, period: bool = False, tense: str | None = None) -> Reading:
    """The date that a person typed, in EDTF or English. Raises `DateProblem` with a sentence.

    `today` is the day that relative words and missing years refer to; `tense` ("past", "future") guides a missing
    year, otherwise the nearest such day is taken. `period` reads a lone date as the start of a period that goes on
    only where words say so ("since 2022"): the flag makes "from 2022" mean an unknown end.
    """
    plain = " ".join(text.replace("–", "-").replace("—", "-").replace("−", "-").split())
    if not plain:
        raise DateProblem(_("Type a date, such as 27 jan 2025."))
    if plain.casefold() in UNKNOWN:
        return Reading(None)
    if re.fullmatch(r"[\d\[/.][\dX~?%/.\-\[\]]*", plain, re.IGNORECASE) and not _is_figures_with_days(plain):
        return Reading(parse_edtf(plain.upper()))
    typed = _Typed(today, tense)
    edtf = _read(plain.casefold().strip(" ."), typed)
    if edtf is None:
        raise DateProblem(
            _("“{text}” is no date. Write 27 jan 2025, 16-17 dec 2024, late 2026 or q3 2026.").format(text=text.strip())
        )
    return Reading(parse_edtf(edtf), tuple(typed.assumed))


def _is_figures_with_days(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}", text) is not None


def _read(text: str, typed: _Typed) -> str | None:
    for pattern, make in _PATTERNS:
        if (match := pattern.fullmatch(text)) and (made := make(match, typed)) is not None:
            return made
    return None


def _marked(mark: str) -> Callable[[re.Match[str], _Typed], str | None]:
    def make(match: re.Match[str], typed: _Typed) -> str | None:
        inner = _read(match.group("rest"), typed)
        if inner is None or inner.startswith("["):
            return None
        if "/" in inner:
            begin, end = inner.split("/")
            if mark != "~" or begin in ("", "..") or end in ("", "..") or inner.endswith("~"):
                return None
            return f"{begin}~/{end}~"
        if inner[-1] in "~?%":
            return inner[:-1] + "%" if {inner[-1], mark} == {"~", "?"} else None
        return inner + mark

    return make


def _between(match: re.Match[str], typed: _Typed) -> str | None:
    inner = _read(match.group("rest").replace(" and ", " - "), typed)
    if inner is None or inner.count("/") != 1:
        return None
    return "[" + inner.replace("/", "..") + "]"


def _open_end(end: str) -> Callable[[re.Match[str], _Typed], str | None]:
    def make(match: re.Match[str], typed: _Typed) -> str | None:
        inner = _read(match.group("rest"), typed)
        return None if inner is None or "/" in inner or inner.startswith("[") else inner + "/" + end

    return make


def _until(match: re.Match[str], typed: _Typed) -> str | None:
    inner = _read(match.group("rest"), typed)
    return None if inner is None or "/" in inner or inner.startswith("[") else "/" + inner


def _throughout(match: re.Match[str], typed: _Typed) -> str | None:
    inner = _read(match.group("rest"), typed)
    if inner is None or "/" in inner:
        return None
    whole = parse_edtf(inner)
    return f"{whole.first}/{whole.last}"


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def _month(match: re.Match[str], name: str = "m") -> int:
    return MONTH_NUMBERS[match.group(name).rstrip(".")]


def _year(match: re.Match[str], typed: _Typed, month: int, day: int = 15) -> int:
    return int(match.group("y")) if match.group("y") else typed.year_for(month, day)


def _one_day(match: re.Match[str], typed: _Typed) -> str:
    month, day = _month(match), int(match.group("d"))
    return _day(_year(match, typed, month, day), month, day)


def _days(match: re.Match[str], typed: _Typed) -> str:
    month, first, last = _month(match), int(match.group("d")), int(match.group("d2"))
    year = _year(match, typed, month, last)
    return f"{_day(year, month, first)}/{_day(year, month, last)}"


def _days_over_months(match: re.Match[str], typed: _Typed) -> str:
    first_month, last_month = _month(match), _month(match, "m2")
    first, last = int(match.group("d")), int(match.group("d2"))
    year = _year(match, typed, last_month, last)
    first_year = year - 1 if (first_month, first) > (last_month, last) else year
    return f"{_day(first_year, first_month, first)}/{_day(year, last_month, last)}"


def _months(match: re.Match[str], typed: _Typed) -> str:
    first, last = _month(match), _month(match, "m2")
    year = _year(match, typed, last)
    return f"{year - 1 if first > last else year:04}-{first:02}/{year:04}-{last:02}"


def _whole_month(match: re.Match[str], typed: _Typed) -> str:
    month = _month(match)
    return f"{_year(match, typed, month):04}-{month:02}"


def _part_of_month(match: re.Match[str], typed: _Typed) -> str:
    month = _month(match)
    third = {"beginning of": "early", "middle of": "mid", "end of": "late"}.get(match.group("part"), match.group("part"))
    return rough_days(_year(match, typed, month), month, third)


def _part_of_year(match: re.Match[str], _typed: _Typed) -> str:
    part, year = match.group("part"), match.group("y")
    if part in ("early", "beginning of"):
        return f"{year}-33~"
    if part in ("late", "end of"):
        return f"{year}-36~"
    return f"{year}-04~/{year}-09~"


def _season(match: re.Match[str], typed: _Typed) -> str:
    year = match.group("y") or str(typed.year_for({"21": 4, "22": 7, "23": 10, "24": 1}[SEASONS[match.group("s")]]))
    return f"{year}-{SEASONS[match.group('s')]}"


def _quarter(match: re.Match[str], typed: _Typed) -> str:
    number = match.group("q")
    quarter = int(number) if number.isdecimal() else ORDINALS[number]
    year = int(match.group("y")) if match.group("y") else typed.year_for(quarter * 3 - 1)
    return f"{year:04}-{32 + quarter}"


def _half(match: re.Match[str], typed: _Typed) -> str:
    number = match.group("h")
    half = int(number) if number.isdecimal() else min(ORDINALS[number], 2)
    year = int(match.group("y")) if match.group("y") else typed.year_for(half * 6 - 3)
    return f"{year:04}-{39 + half}"


def _relative(match: re.Match[str], typed: _Typed) -> str:
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}[match.group(0)]
    return (typed.today + timedelta(days=days)).isoformat()


def _counted(match: re.Match[str], typed: _Typed) -> str:
    size = {"day": 1, "week": 7}[match.group("unit")] * int(match.group("n"))
    back = match.group(0).endswith("ago")
    return (typed.today + timedelta(days=-size if back else size)).isoformat()


def _weekday(match: re.Match[str], typed: _Typed) -> str:
    wanted, here = WEEKDAYS.index(match.group("w")), typed.today.weekday()
    if match.group("which") == "last":
        return (typed.today - timedelta(days=(here - wanted - 1) % 7 + 1)).isoformat()
    return (typed.today + timedelta(days=(wanted - here - 1) % 7 + 1)).isoformat()


def _figures(match: re.Match[str], _typed: _Typed) -> str:
    first, second, year = int(match.group("a")), int(match.group("b")), int(match.group("y"))
    day_first, month_first = 1 <= second <= 12, 1 <= first <= 12
    if day_first and month_first and first != second and match.group("sep") != ".":
        readings = (print_date(_day(year, second, first)), print_date(_day(year, first, second)))
        raise DateProblem(
            _("“{text}” is {a} or {b}. Write the month in letters.").format(text=match.group(0), a=readings[0], b=readings[1])
        )
    if day_first:
        return _day(year, second, first)
    if month_first and match.group("sep") != ".":
        return _day(year, first, second)
    raise DateProblem(_("“{text}” has no such month.").format(text=match.group(0)))


def _decade(match: re.Match[str], _typed: _Typed) -> str:
    figures = match.group("x")
    return figures + "XX" if match.group(0).endswith("00s") else figures + "X"


def _interval(match: re.Match[str], typed: _Typed) -> str | None:
    begin, end = _read(match.group("a"), typed), _read(match.group("b"), typed)
    if begin is None or end is None or "/" in begin + end or "[" in begin + end:
        return None
    return f"{begin}/{end}"


_RAW: tuple[tuple[str, Callable[[re.Match[str], _Typed], str | None]], ...] = (
    (r"today|tomorrow|yesterday", _relative),
    (r"in (?P<n>\d{1,4}) (?P<unit>day|week)s?|(?P<n2>\d{1,4}) (?P<unit2>day|week)s? ago", _counted),
    (rf"(?:(?P<which>next|last|this|on) )?(?P<w>{'|'.join(WEEKDAYS)})", _weekday),
    (r"since (?P<rest>.+)|(?P<rest2>.+?)(?: to |-| - )(?:present|now|date)|(?P<rest3>.+) onwards?", _open_end("..")),
    (r"from (?P<rest>[^-]+?)|(?P<rest2>.+?)(?: to | - |-)\?", _open_end("")),
    (r"(?P<rest>.+?) ?\(\?\)", _marked("?")),
    (r"(?:perhaps|maybe|possibly|probably) (?P<rest>.+)|(?P<rest2>.*[^\[/(])\?", _marked("?")),
    (r"(?:about|around|approximately|approx\.?|circa|ca\.?|c\.?|~) ?(?P<rest>[^?]+)", _marked("~")),
    (r"between (?P<rest>.+)", _between),
    (r"(?:until|till|up to|to) (?P<rest>.+)", _until),
    (r"(?:throughout|all|whole|all of) (?P<rest>.+)", _throughout),
    (rf"{_D}{_TO}{_D2} {_M}{_YEAR_LATER}", _days),
    (rf"{_M} {_D}{_TO}{_D2}{_YEAR_LATER}", _days),
    (rf"{_D} {_M}{_TO}{_D2} {_M2}{_YEAR_LATER}", _days_over_months),
    (rf"{_M} {_D}{_TO}{_M2} {_D2}{_YEAR_LATER}", _days_over_months),
    (rf"{_D}(?: of)?[ -]?{_M}(?:,? |-)?(?P<y>\d{{4}})?", _one_day),
    (rf"{_M} {_D}{_YEAR_LATER}", _one_day),
    (rf"(?P<y>\d{{4}})[ -]{_M}[ -]{_D}", _one_day),
    (rf"{_M}{_TO}{_M2}{_YEAR_LATER}", _months),
    (rf"(?P<part>early|mid|late|beginning of|middle of|end of)[ -]{_M}{_YEAR_LATER}", _part_of_month),
    (r"(?:in )?(?:the )?(?P<part>early|mid|late|beginning of|middle of|end of)(?: |-)(?P<y>\d{4})", _part_of_year),
    (rf"(?:in )?{_M}{_YEAR_LATER}", _whole_month),
    (rf"(?:in )?(?P<s>{'|'.join(SEASONS)})(?: of)?(?: (?P<y>\d{{4}}))?(?:[-/]\d{{2,4}})?", _season),
    (r"(?:q|quarter )(?P<q>[1-4])(?:,? ?(?P<y>\d{4}))?", _quarter),
    (r"(?P<y>\d{4})[ -]?q(?P<q>[1-4])", _quarter),
    (r"(?:the )?(?P<q>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)?(?: (?P<y>\d{4}))?", _quarter),
    (r"h(?P<h>[12])(?:,? ?(?P<y>\d{4}))?", _half),
    (r"(?P<y>\d{4})[ -]?h(?P<h>[12])", _half),
    (r"(?:the )?(?P<h>first|second|1st|2nd|last) half(?: of)?(?: (?P<y>\d{4}))?", _half),
    (r"(?:in )?(?P<year>\d{4})(?: ?ad)?", lambda match, _typed: match.group("year")),
    (r"(?:the )?(?P<x>\d{2})00s|(?:the )?(?P<x2>\d{3})0s", _decade),
    (r"some day in (?P<year>\d{4})", lambda match, _typed: match.group("year") + "-XX"),
    (r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})[./-](?P<y>\d{4})", _figures),
    (r"(?P<year>\d{4}-\d{2}(?:-\d{2})?)", lambda match, _typed: match.group("year")),
    (r"(?P<a>.+?)(?: - | to | until | – )(?P<b>.+)", _interval),
)


def _some_day_in_month(match: re.Match[str], typed: _Typed) -> str | None:
    inner = _read(match.group("rest"), typed)
    return None if inner is None or not re.fullmatch(r"\d{4}-\d{2}", inner) else inner + "-XX"


class _Alternatives:
    """A compiled pattern whose groups `x2`, `x3` stand in for the group `x` that did not take part."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def fullmatch(self, text: str) -> _Match | None:
        found = self._pattern.fullmatch(text)
        return _Match(found) if found else None


class _Match:
    """A match that answers for a group or for its numbered stand-ins."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match

    def group(self, name: str | int) -> str:
        if name == 0:
            return self._match.group(0)
        groups = self._match.groupdict()
        for each in (str(name), f"{name}2", f"{name}3"):
            if each in groups and groups[each] is not None and (each == name or each not in ("d2", "m2")):
                return groups[each]
        return ""


_PATTERNS: tuple[tuple[_Alternatives, Callable[..., str | None]], ...] = (
    (_Alternatives(r"some day in (?P<rest>[a-z]+\.? \d{4})"), _some_day_in_month),
    *((_Alternatives(pattern), make) for pattern, make in _RAW),
)
