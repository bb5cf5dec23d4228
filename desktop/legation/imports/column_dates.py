"""How the dates of one column are written, decided over the whole column and told with the evidence.

Day first or month first, two-digit years, days that a spreadsheet counted, months padded to their first day, words such
as "Still in office". A cell that says less than a date keeps its words. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from legation.clock import today
from legation.fields.english_dates import read_date
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, parse_edtf
from legation.i18n import N_, _, ngettext
from legation.imports.month_words import in_english
from legation.imports.other_figures import has_other_figures, in_figures
from legation.imports.source_tables import SourceCell

ORDERS = {
    "day first": N_("day first"),
    "month first": N_("month first"),
    "year first": N_("year first"),
    "day count": N_("days counted by a spreadsheet"),
}
FEWEST_PADDED = 8  # dates of a column before "always the 1st" says anything
AHEAD = 10  # years from now up to which a two-digit year is of this century
_FIGURES = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})|(\d{4})[./](\d{1,2})")
_TWO_DAYS = re.compile(r"(\d{1,2})\.?\s*[-–/]\s*(\d{1,2})[./](\d{1,2})[./](\d{4})")  # 12-13.05.2024
# March/April 2016, Nov 2023/Jan 2024, 12./13. Mai 2024
_STROKE = re.compile(
    r"(?<=[^\W\d_])\.?\s*/\s*(?=[^\W\d_])|(?<=\d{4})\s*/\s*(?=[^\W\d_])|(?<=\d)\.?\s*/\s*(?=\d{1,2}\.?\s+[^\W\d_])"
)
_CLOCK = re.compile(
    r"[T ,]+(\d{1,2}[:.h]\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:am|pm|z|utc|gmt|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
_MARKS = re.compile(r"(?:\s?\[(?:\d{1,3}|[a-z]|note \d{1,2})\])+$")  # of footnotes
_FROM_TO = re.compile(r"^from\s+(.+?)\s+(?:to|until|till|through)\s+(.+)$", re.IGNORECASE)
_COUNT = re.compile(r"[1-6]\d{4}(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"^(.*?[^\W\d_]{3,}\.?[ -]*)['’]?(\d\d)$")
_TO_PRESENT = {fold(each) for each in (
    "still in office", "present", "to present", "current", "currently", "incumbent", "ongoing", "in office", "now",
    "to date", "to this day", "today", "serving", "sitting", "active", "heute", "amtierend", "im amt", "actuel",
    "en fonction", "en cours", "à ce jour", "actual", "actualidad", "en el cargo", "presente", "in carica", "oggi",
    "em exercício", "atual", "по настоящее время", "настоящее время", "н.в.", "по н.в.", "действующий", "現在", "至今",
    "现任", "halen", "görevde",
)}  # fmt: skip
_NOTHING = {
    "",
    "?",
    "??",
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "n.a.",
    "none",
    "null",
    "tbd",
    "tba",
    "tbc",
    "unknown",
    "nil",
    "...",
}


@dataclass(frozen=True)
class DateColumn:
    """How a column writes its dates: order of the figures, precision ("" or "month"), year of what names none.

    `evidence` tells in sentences why; `is_sure` is False where nothing in the column decided the order. `padded` counts
    the days of a column in which all are the 1st of a month, and is 0 for others.
    """

    order: str = "day first"
    precision: str = ""
    year: int | None = None
    evidence: tuple[str, ...] = ()
    is_sure: bool = True
    padded: int = 0

    def with_order(self, order: str, precision: str = "") -> DateColumn:
        """The same column read in another order or precision, as a person said."""
        told = (_("Read as {order}, as the mapping says.").format(order=_(ORDERS.get(order, order))),) if order else ()
        return replace(
            self, order=order or self.order, precision=precision, evidence=(*told, *self.evidence), is_sure=True
        )

    def like(self, order: str) -> DateColumn:
        """The same column read as the other dates of its table are."""
        told = _("Read as {order}, as the other dates of the table.").format(order=_(ORDERS[order]))
        return replace(self, order=order, evidence=(*self.evidence, told), is_sure=True)


@dataclass(frozen=True)
class ReadDate:
    """A cell: EDTF text or None, the time of day, whether it goes on to the present, words that are no date."""

    edtf: str | None = None
    time: str | None = None
    is_open: bool = False
    words: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether the cell says nothing at all."""
        return self.edtf is None and not self.is_open and not self.words


NOTHING = ReadDate()


def as_text(cell: SourceCell) -> str:
    """The cell as text: a day as ISO 8601, whole numbers without a point, "" for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def looks_counted(text: str) -> bool:
    """Whether a cell may be a day as a spreadsheet counts them, of the years from 1954 to 2064."""
    return _COUNT.fullmatch(text) is not None and 20_000 < float(text) < 60_000


def looks_dated(text: str) -> bool:
    """Whether a cell looks like a date in figures or words; quick, and not always right."""
    bare = _CLOCK.sub("", in_figures(text))
    if _FIGURES.fullmatch(bare) or _MONTH_YEAR.fullmatch(bare) or _YEAR.fullmatch(bare):
        return True
    if bare.isdigit() and len(bare) == 4:  # a number, or a year that no dispatch tells of
        return False
    if len(bare) > 60 or not any(map(str.isdigit, bare)):
        return fold(bare) in _TO_PRESENT
    return not read_cell(text, DateColumn()).words


def study(cells: Iterable[str], title: str = "") -> DateColumn:
    """How the dates of a column are written, from all of its cells; `title` may name the year of days that do not."""
    texts = [_CLOCK.sub("", in_figures(text)) for text in cells]
    triples = [match.groups() for text in texts if (match := _FIGURES.fullmatch(text))]
    year_first = [each for each in triples if len(each[0]) == 4]
    others = [(int(a), int(b), c, mark) for a, mark, b, c in triples if len(a) < 3]
    notes: list[str] = []
    order, sure = "day first", True
    if others:
        order, sure, why = _order(others)
        notes.append(why)
    elif year_first:
        order = "year first"
        notes.append(_("The year comes first."))
    elif counts := [text for text in texts if _COUNT.fullmatch(text)]:
        if len(counts) * 2 > len([text for text in texts if text]):
            order = "day count"
            shown = _counted(counts[0])
            notes.append(_("“{cell}” is a day as a spreadsheet counts them: {day}.").format(cell=counts[0], day=shown))
    if any(len(c) == 2 for _a, _b, c, _mark in others):
        last = today().year + AHEAD
        notes.append(_("Years with two figures are taken from {first} to {last}.").format(first=last - 99, last=last))
    years = sorted({int(year) for year in _YEAR.findall(title)})
    year = years[-1] if years else None
    if year is not None and any(text and not _YEAR.search(text) and not _FIGURES.fullmatch(text) for text in texts):
        notes.append(_("Days without a year are of {year}, which the title names.").format(year=year))
    found = DateColumn(order, "", year, tuple(notes), sure)
    return _with_padding(found, texts)


def _order(figures: Sequence[tuple[int, int, str, str]]) -> tuple[str, bool, str]:
    """Day first or month first, whether that is sure, and why."""
    day_first = [each for each in figures if each[0] > 12]
    month_first = [each for each in figures if each[1] > 12]
    if day_first and len(day_first) >= len(month_first):
        return "day first", not month_first, _why(_("Day first"), day_first, len(figures), 0)
    if month_first:
        return "month first", not day_first, _why(_("Month first"), month_first, len(figures), 1)
    rising = {  # or falling: the newest often stand first
        order: max(
            sum(one <= other for one, other in pairwise(keys)), sum(one >= other for one, other in pairwise(keys))
        )
        for order, keys in (
            ("day first", [(_full_year(c), b, a) for a, b, c, _mark in figures]),
            ("month first", [(_full_year(c), a, b) for a, b, c, _mark in figures]),
        )
    }
    if abs(rising["day first"] - rising["month first"]) > len(figures) // 10:
        order = max(rising, key=lambda each: rising[each])
        told = _("No cell decides by itself; read as {order}, the rows stand in order of time.")
        return order, True, told.format(order=_(ORDERS[order]))
    told = _("Nothing in the column decides whether the day or the month comes first; read as day first.")
    return "day first", figures[0][3] == ".", told


def _why(order: str, deciding: Sequence[tuple[int, int, str, str]], total: int, place: int) -> str:
    a, b, c, mark = deciding[0]
    sentence = ngettext(
        "{order}: “{cell}” has {number}, which is no month ({count} cell of {total} says so).",
        "{order}: “{cell}” has {number}, which is no month ({count} cells of {total} say so).",
        len(deciding),
    )
    cell = f"{a}{mark}{b}{mark}{c}"
    return sentence.format(order=order, cell=cell, number=deciding[0][place], count=len(deciding), total=total)


def _with_padding(found: DateColumn, texts: Sequence[str]) -> DateColumn:
    days = [
        read.edtf for text in texts if text and (read := read_cell(text, found)).edtf and len(read.edtf or "") == 10
    ]
    first = [day for day in days if day and day.endswith("-01")]
    if len(days) < FEWEST_PADDED or len(first) < len(days) or len({day[:7] for day in first if day}) < 2:
        return found
    told = _("All {count} days are the 1st of a month: perhaps only the month is known.")
    return replace(found, evidence=(*found.evidence, told.format(count=f"{len(days):,}")), padded=len(days))


def _full_year(figures: str) -> int:
    if len(figures) > 2:
        return int(figures)
    last = today().year + AHEAD
    year = last - last % 100 + int(figures)
    return year if year <= last else year - 100


def _counted(text: str) -> str:
    return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()


@lru_cache(maxsize=50000)
def read_cell(text: str, column: DateColumn) -> ReadDate:
    """What a cell of the column says. Text that is no date is given back as words; nothing is raised."""
    if fold(text) in _TO_PRESENT:
        return ReadDate(is_open=True)
    if text.casefold() in _NOTHING:
        return NOTHING
    said, text = text, in_figures(_MARKS.sub("", text))
    if has_other_figures(text):
        return ReadDate(words=said)
    clock = _CLOCK.search(text)
    bare = text[: clock.start()] if clock else text
    hour = _hour(clock[1]) if clock else None
    try:
        made = _edtf(bare, column)
    except (DateProblem, ValueError, OverflowError):
        return ReadDate(words=said)
    if made and column.precision == "month" and re.fullmatch(r"\d{4}-\d\d-01", made):
        made = made[:7]
    return ReadDate(made, hour)


def _hour(text: str) -> str | None:
    hours, minutes = re.split(r"[:.h]", text)
    return f"{int(hours):02}:{minutes}" if int(hours) < 24 and int(minutes) < 60 else None


def _edtf(text: str, column: DateColumn) -> str | None:
    if match := _FIGURES.fullmatch(text):
        return _of_figures(match[1], match[3], match[4], column)
    if match := _MONTH_YEAR.fullmatch(text):
        year, month = (match[2], match[1]) if match[1] else (match[3], match[4])
        if match[3] and not 0 < int(month) < 13 and int(month) == (int(year) + 1) % 100:
            return parse_edtf(f"{year}/{int(year) + 1}").edtf  # 2021/22, a session or a term of two years
        if int(month) > 12:
            raise DateProblem(text)  # such figures are seasons in EDTF, and nothing that a table means
        return parse_edtf(f"{year}-{int(month):02}").edtf
    if match := _TWO_DAYS.fullmatch(text):
        ends = [_of_figures(match[each], match[3], match[4], column) for each in (1, 2)]
        return parse_edtf("/".join(ends)).edtf
    if column.order == "day count" and _COUNT.fullmatch(text):
        return _counted(text)
    english = _FROM_TO.sub(r"\1 - \2", in_english(_STROKE.sub(" - ", text)))
    if (match := _SHORT_YEAR.match(english)) and (match[1][:1].isdigit() or int(match[2]) > 31):
        english = f"{match[1].rstrip(' -')} {_full_year(match[2])}"  # 14-Jan-19, Aug. 81
    if column.year is not None and not _YEAR.search(english):
        try:
            return read_date(f"{english} {column.year}", today()).edtf
        except DateProblem:
            pass
    if not any(map(str.isdigit, english)):
        raise DateProblem(text)  # "tomorrow" and the like mean nothing in a table
    return read_date(english, today()).edtf


def _of_figures(first: str, second: str, third: str, column: DateColumn) -> str:
    if len(first) >= 3:
        year, month, day = int(first), int(second), int(third)
    else:
        year, day, month = _full_year(third), int(first), int(second)
        if (column.order == "month first" and day <= 12) or month > 12:
            day, month = month, day
    if not month or not day:
        return parse_edtf(f"{year:04}-{month:02}" if month else f"{year:04}").edtf  # 2019-05-00, 2019-00-00
    return date(year, month, day).isoformat()
