"""The phrases in which English tells a date: one pattern each, and the EDTF text that it makes.

A phrase may hold another (`about …`, `between … and …`). A maker gives None where its phrase does not fit after all,
and the next one is tried, so order matters. Used by `english_dates.py` alone. Knows no database and no window.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from legation.fields.fuzzy_dates import GROUPS, MONTHS, DateProblem, parse_edtf, print_date, rough_days, rough_middle
from legation.i18n import N_, _

if TYPE_CHECKING:
    from legation.fields.english_dates import Typed

Make = Callable[[re.Match[str], "Typed"], str | None]

MONTH_NUMBERS = {name.casefold()[:size]: number for number, name in enumerate(MONTHS, 1) for size in (3, len(name))}
MONTH_NUMBERS |= {"sept": 9}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NAMES = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
THIRDS = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}

_M = "(?P<m>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
_M2 = _M.replace("<m>", "<m2>")
_D, _D2 = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<d2>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})"
_MAYBE_YEAR = rf"(?:,? {_YEAR})?"
_MAYBE_YEAR_OF = rf"(?:(?:,| of)? {_YEAR})?"
_TO = r" ?(?:-|to|until|and) ?"
_THIRD = r"(?P<part>early|mid|late|beginning of|start of|middle of|end of)"
_W = r"(?P<w>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in WEEKDAYS) + r")\.?"


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def _month(match: re.Match[str], name: str = "m") -> int:
    return MONTH_NUMBERS[match.group(name)]


def _year(match: re.Match[str], typed: Typed, begin: tuple[int, int], end: tuple[int, int]) -> int | None:
    return int(match.group("y")) if match.group("y") else typed.year_for(begin, end)


def _one_day(match: re.Match[str], typed: Typed) -> str | None:
    month, day = _month(match), int(match.group("d"))
    year = _year(match, typed, (month, day), (month, day))
    return None if year is None else _day(year, month, day)


def _day_with_weekday(match: re.Match[str], typed: Typed) -> str | None:
    inner = typed.read(match.group("rest"))
    if inner is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", inner):
        return None
    parse_edtf(inner)
    real, said = date.fromisoformat(inner).weekday(), _weekday_number(match)
    if real != said:
        sentence = _("{date} is a {real}, not a {said}.")
        names = {"real": _(WEEKDAY_NAMES[real]), "said": _(WEEKDAY_NAMES[said])}
        raise DateProblem(sentence.format(date=print_date(inner), **names))
    return inner


def _days(match: re.Match[str], typed: Typed) -> str | None:
    month, first, last = _month(match), int(match.group("d")), int(match.group("d2"))
    year = _year(match, typed, (month, first), (month, last))
    return None if year is None else f"{_day(year, month, first)}/{_day(year, month, last)}"


def _days_over_months(match: re.Match[str], typed: Typed) -> str | None:
    first_month, last_month = _month(match), _month(match, "m2")
    first, last = int(match.group("d")), int(match.group("d2"))
    year = _year(match, typed, (last_month, last), (last_month, last))
    if year is None:
        return None
    first_year = year - 1 if (first_month, first) > (last_month, last) else year
    return f"{_day(first_year, first_month, first)}/{_day(year, last_month, last)}"


def _months(match: re.Match[str], typed: Typed) -> str | None:
    first, last = _month(match), _month(match, "m2")
    year = _year(match, typed, (last, 1), (last, 31))
    if year is None:
        return None
    return f"{year - 1 if first > last else year:04}-{first:02}/{year:04}-{last:02}"


def _whole_month(match: re.Match[str], typed: Typed) -> str | None:
    month = _month(match)
    year = _year(match, typed, (month, 1), (month, 31))
    return None if year is None else f"{year:04}-{month:02}"


def _part_of_month(match: re.Match[str], typed: Typed) -> str | None:
    month = _month(match)
    year = _year(match, typed, (month, 1), (month, 31))
    if not year:  # a year 0 is for `parse_edtf` to refuse
        return None if year is None else f"0000-{month:02}"
    return rough_days(year, month, THIRDS.get(match.group("part"), match.group("part")))


def _part_of_year(match: re.Match[str], _typed: Typed) -> str:
    part, year = THIRDS.get(match.group("part"), match.group("part")), match.group("y")
    return {"early": f"{year}-33~", "mid": rough_middle(year), "late": f"{year}-36~"}[part]


def _group(match: re.Match[str], typed: Typed, number: int) -> str | None:
    begin, end, _words = GROUPS[number]
    year = _year(match, typed, (begin, 1), (end, 31))
    return None if year is None else f"{year:04}-{number}"


def _season(match: re.Match[str], typed: Typed) -> str | None:
    number = SEASONS[match.group("s")]
    made, later = _group(match, typed, number), match.group("later")
    if made is None or later is None:
        if made is not None and number == 24:
            typed.assume(_("winter begins in December {year}").format(year=made[:4]))
        return made
    following = str(int(made[:4]) + 1).zfill(4)
    return made if number == 24 and match.group("y") and later in (following, following[-2:]) else None


def _quarter(match: re.Match[str], typed: Typed) -> str | None:
    number = match.group("q")
    return _group(match, typed, 32 + (int(number) if number.isdecimal() else ORDINALS[number]))


def _half(match: re.Match[str], typed: Typed) -> str | None:
    number = match.group("h")
    return _group(match, typed, 39 + (int(number) if number.isdecimal() else min(ORDINALS[number], 2)))


def _some_day(match: re.Match[str], typed: Typed) -> str | None:
    inner = typed.read(match.group("rest"))
    if inner is None or not re.fullmatch(r"\d{4}(-(0\d|1[0-2]))?", inner):
        return None
    return inner + ("-XX" if "-" in inner else "-XX-XX")


def _relative(match: re.Match[str], typed: Typed) -> str | None:
    return _shifted(typed, {"today": 0, "tomorrow": 1, "yesterday": -1}[match.group(0)])


def _counted(match: re.Match[str], typed: Typed) -> str | None:
    days = int(match.group("n")) * (7 if match.group("unit") == "week" else 1)
    return _shifted(typed, -days if match.group(0).endswith("ago") else days)


def _shifted(typed: Typed, days: int) -> str | None:
    try:
        return (typed.today + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _weekday_number(match: re.Match[str]) -> int:
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(match.group("w")))


def _weekday(match: re.Match[str], typed: Typed) -> str | None:
    """The next such day after today, the last one before it; alone, the tense decides, and the day to come without."""
    ahead = (_weekday_number(match) - typed.today.weekday()) % 7
    which = match.group("which")
    if which == "this":
        days = ahead
    elif which == "last" or (which != "next" and typed.tense == "past"):
        days = ahead - 7
    else:
        days = ahead or 7
    made = _shifted(typed, days)
    if made is not None and which not in ("next", "last"):
        typed.assume(print_date(made))
    return made


def _near_month_or_year(match: re.Match[str], typed: Typed) -> str:
    step = {"last": -1, "this": 0, "next": 1}[match.group("which")]
    if match.group("unit") == "year":
        return f"{typed.today.year + step:04}"
    years, month = divmod(typed.today.month - 1 + step, 12)
    return f"{typed.today.year + years:04}-{month + 1:02}"


def _figures(match: re.Match[str], _typed: Typed) -> str:
    first, second, year = int(match.group("a")), int(match.group("b")), int(match.group("y"))
    if match.group("sep") == "." or first == second or first > 12:
        return _checked(year, second, first, match.group(0))
    if second > 12:
        return _checked(year, first, second, match.group(0))
    day_first, month_first = print_date(_day(year, second, first)), print_date(_day(year, first, second))
    sentence = _("“{text}” is {day_first} or {month_first}. Write the month in letters.")
    raise DateProblem(sentence.format(text=match.group(0), day_first=day_first, month_first=month_first))


def _year_first(match: re.Match[str], _typed: Typed) -> str:
    return _checked(int(match.group("y")), int(match.group("b")), int(match.group("a")), match.group(0))


def _checked(year: int, month: int, day: int, text: str) -> str:
    if not 1 <= month <= 12:
        sentence = _("“{text}” names no month: there is none with the number {month}.")
        raise DateProblem(sentence.format(text=text, month=month))
    return _day(year, month, day)


def _marked(mark: str) -> Make:
    def make(match: re.Match[str], typed: Typed) -> str | None:
        inner = typed.read(match.group("rest"))
        if inner is None or inner.startswith("["):
            return None
        if "/" in inner:
            begin, end = inner.split("/")
            plain = begin not in ("", "..") and end not in ("", "..") and "~" not in inner
            return f"{begin}~/{end}~" if mark == "~" and plain else None
        if inner[-1] in "~?%":
            return inner if inner[-1] == mark else inner[:-1] + "%"
        return inner + mark

    return make


def _between(match: re.Match[str], typed: Typed) -> str | None:
    inner = typed.read(match.group("rest").replace(" and ", " - "))
    if inner is None or inner.count("/") != 1:
        return None
    return "[" + inner.replace("/", "..") + "]"


def _open(before: str, after: str) -> Make:
    def make(match: re.Match[str], typed: Typed) -> str | None:
        inner = typed.read(match.group("rest"))
        return None if inner is None or "/" in inner or "[" in inner else before + inner + after

    return make


def _throughout(match: re.Match[str], typed: Typed) -> str | None:
    inner = typed.read(match.group("rest"))
    if inner is None or "/" in inner or inner[-1] in "~?%":
        return None
    whole = parse_edtf(inner)
    return f"{whole.first}/{whole.last}"


def _interval(match: re.Match[str], typed: Typed) -> str | None:
    """A start and an end, each a date of its own that tells its year."""
    with typed.years_typed():
        begin, end = typed.read(match.group("begin")), typed.read(match.group("end"))
    return _joined(begin, end)


def _interval_without_years(match: re.Match[str], typed: Typed) -> str | None:
    """A start without a year takes that of the end, or the one before when it would come after it."""
    end = typed.read(match.group("end"))
    if end is None or not end[:4].isdecimal():
        return None
    year = int(end[:4])
    with typed.year_of(year):
        begin = typed.read(match.group("begin"))
        joined = _joined(begin, end)
    if joined is None or begin is None or parse_edtf(begin).first <= parse_edtf(end).last or year < 2:
        return joined
    with typed.year_of(year - 1):
        return _joined(typed.read(match.group("begin")), end)


def _joined(begin: str | None, end: str | None) -> str | None:
    if begin is None or end is None or "/" in begin + end or "[" in begin + end:
        return None
    return f"{begin}/{end}"


def _as_typed(match: re.Match[str], _typed: Typed) -> str:
    return match.group(0).upper()


def _made(template: str) -> Make:
    return lambda match, _typed: template.format(**match.groupdict())


_TO_ANOTHER = r"(?P<begin>.+?)(?: - | to | until | till )(?P<end>.+)"
_TABLE: tuple[tuple[str, Make], ...] = (
    (r"today|tomorrow|yesterday", _relative),
    (r"in (?P<n>\d{1,4}) (?P<unit>day|week)s?", _counted),
    (r"(?P<n>\d{1,4}) (?P<unit>day|week)s? ago", _counted),
    (rf"(?:(?P<which>next|last|this|on) )?{_W}", _weekday),
    (r"(?P<which>next|last|this) (?P<unit>month|year)", _near_month_or_year),
    (rf"(?:on )?{_W},? (?P<rest>.+)", _day_with_weekday),
    (_TO_ANOTHER, _interval),
    (rf"from {_TO_ANOTHER}", _interval),
    (r"since (?P<rest>.+)", _open("", "/..")),
    (r"(?:from |since )?(?P<rest>.+?)(?: to |-| - | until )(?:the )?(?:present|now|date)", _open("", "/..")),
    (r"(?P<rest>.+) onwards?", _open("", "/..")),
    (r"from (?P<rest>.+)", _open("", "/")),
    (r"(?:from )?(?P<rest>.+?)(?: to | - |-)\?", _open("", "/")),
    (r"(?P<rest>.+?) ?\(\?\)", _marked("?")),
    (r"(?P<rest>.*[^\[/( -]) ?\?", _marked("?")),
    (r"(?:perhaps|maybe|possibly|probably) (?P<rest>.+)", _marked("?")),
    (r"(?:about|around|approximately|approx\.?|circa|ca\.?|c\.?|~) ?(?P<rest>.+)", _marked("~")),
    (r"between (?P<rest>.+)", _between),
    (r"(?:until|till) (?P<rest>.+)", _open("/", "")),
    (r"up to (?P<rest>.+)", _open("../", "")),
    (r"(?:throughout|all of|all|the whole of|whole of) (?P<rest>.+)", _throughout),
    (rf"{_D}{_TO}{_D2}(?: of)? {_M}{_MAYBE_YEAR}", _days),
    (rf"{_M} {_D}{_TO}{_D2}{_MAYBE_YEAR}", _days),
    (rf"{_D} {_M}{_TO}{_D2} {_M2}{_MAYBE_YEAR}", _days_over_months),
    (rf"{_M} {_D}{_TO}{_M2} {_D2}{_MAYBE_YEAR}", _days_over_months),
    (rf"(?:on )?(?:the )?{_D}(?: of )?[ -]?{_M}(?:(?:, ?| |-)?{_YEAR})?", _one_day),
    (rf"(?:on )?{_M} {_D}{_MAYBE_YEAR}", _one_day),
    (rf"{_YEAR}[ -]{_M}[ -]{_D}", _one_day),
    (rf"{_M}{_TO}{_M2}{_MAYBE_YEAR}", _months),
    (rf"(?:in )?(?:the )?{_THIRD}[ -]{_M}{_MAYBE_YEAR}", _part_of_month),
    (rf"(?:in )?(?:the )?{_THIRD}[ -]{_YEAR}", _part_of_year),
    (rf"(?:in )?{_M}(?:(?:, ?| of |[ -])?{_YEAR})?", _whole_month),
    (rf"{_YEAR}[ -]{_M}", _whole_month),
    (rf"(?:in )?(?:the )?(?P<s>{'|'.join(SEASONS)}){_MAYBE_YEAR_OF}(?:[-/](?P<later>\d{{4}}|\d\d))?", _season),
    (rf"(?:q|quarter )(?P<q>[1-4])(?:,? ?{_YEAR})?", _quarter),
    (rf"{_YEAR}[ -]?q(?P<q>[1-4])", _quarter),
    (rf"(?:in )?(?:the )?(?P<q>{'|'.join(ORDINALS)}) quarter{_MAYBE_YEAR_OF}", _quarter),
    (rf"h(?P<h>[12])(?:,? ?{_YEAR})?", _half),
    (rf"{_YEAR}[ -]?h(?P<h>[12])", _half),
    (rf"(?:in )?(?:the )?(?P<h>first|second|1st|2nd|last) half{_MAYBE_YEAR_OF}", _half),
    (r"(?:in )?(?P<year>\d{4})", _made("{year}")),
    (r"(?:the )?years (?P<century>\d\d)00 ?- ?(?P=century)99", _made("{century}XX")),
    (r"(?:in )?(?:the )?(?P<decade>\d{3})0s", _made("{decade}X")),
    (r"some month (?:of|in) (?P<year>\d{4})", _made("{year}-XX")),
    (r"some day in (?P<rest>.+)", _some_day),
    (r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})", _figures),
    (r"(?P<y>\d{4})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<a>\d{1,2})", _year_first),
    (r"(?P<begin>\d{4})-(?P<end>\d{4})", _made("{begin}/{end}")),
    (r"\d{4}-(?:\d\d|xx)(?:-(?:\d\d|xx))?", _as_typed),
    (_TO_ANOTHER, _interval_without_years),
    (rf"from {_TO_ANOTHER}", _interval_without_years),
)


@cache
def phrases() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Every phrase with its maker, in the order in which they are tried; compiled when the first date is typed."""
    return tuple((re.compile(each, re.ASCII), make) for each, make in _TABLE)
