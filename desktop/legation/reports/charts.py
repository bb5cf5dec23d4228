"""Pictures in reports: when two countries met, how often a year at which level, and who meets whom as a heat map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from legation.documents.pictures import Box, Dot, Picture, Shape, Stroke, Words
from legation.fields.fuzzy_dates import MONTHS
from legation.i18n import _, ngettext
from legation.records.vocabulary import LEVELS
from legation.reports.facts import EventFacts

WIDTH = 500.0  # points; the room of an upright page
LEFT = 110.0  # points kept for the words of the rows
RIGHT = 26.0  # points kept for half of the last words of an axis
ROW = 15.0
UNKNOWN = "unknown"
HIGHEST = 340.0  # points; the room of a page on its side, below its title
MOST_YEARS = 40  # of bars; the newest are shown
MOST_COUNTRIES = 40  # of a heat map; those who meet most are shown
HEATS = 5
DOT = 4.0  # points from the middle of a dot to its edge
MONTHS_SHOWN = 18  # below so many months the axis names months


def level_words(level: str) -> str:
    """What a level is called in a picture."""
    return _("Level unknown") if level == UNKNOWN else _(LEVELS[level])


def ink_of(level: str) -> str:
    """The colour of a level."""
    return f"level{[*LEVELS, UNKNOWN].index(level) + 1}"


def timeline(title: str, events: Sequence[EventFacts]) -> Picture | None:
    """Each dated event as a dot in the row of its level, or a bar where it took long or its day is not known.

    None when there are fewer than two to tell apart.
    """
    dated = [each for each in events if each.date is not None and each.date_from[:4] != "0001"]
    dated = [each for each in dated if each.date_to[:4] != "9999"]
    if len(dated) < 2:
        return None
    first = min(_day(each.date_from) for each in dated)
    last = max(_day(each.date_to) for each in dated)
    first, last = _whole_months(first, last)
    present = {each.level or UNKNOWN for each in dated}
    rows = [each for each in (*LEVELS, UNKNOWN) if each in present]
    high = ROW * len(rows)
    span = max(last - first, 1)

    def across(day: int) -> float:
        return LEFT + 8 + (WIDTH - LEFT - 8 - RIGHT) * (day - first) / span

    shapes: list[Shape] = []
    for at, level in enumerate(rows):
        middle = ROW * (at + 0.5) + 4
        shapes.append(Words(LEFT - 8, middle + 3, level_words(level), 8, "end"))
        shapes.append(Stroke(LEFT, middle, WIDTH, middle))
    for day, words in _ticks(first, last):
        x = across(day)
        shapes += [Stroke(x, 4, x, high + 8), Words(x, high + 18, words, 7, "middle", "quiet")]
    for each in sorted(dated, key=lambda event: _day(event.date_from) - _day(event.date_to)):  # dots over bars
        middle = ROW * (rows.index(each.level or UNKNOWN) + 0.5) + 4
        start, end = across(_day(each.date_from)), across(_day(each.date_to))
        ink, told = ink_of(each.level or UNKNOWN), f"{each.when}: {each.title}"
        if end - start > 2 * DOT:
            shapes.append(Box(start, middle - 1.5, end - start, 3, ink, told))
        else:
            shapes.append(Dot((start + end) / 2, middle, DOT, ink, told))
    words = ngettext("{count} event by date and level", "{count} events by date and level", len(dated))
    return Picture(title, words.format(count=len(dated)), WIDTH, high + 24, tuple(shapes))


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Days on the axis with their words: beginnings of years, or of months where the time is short; not too many."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = _months_between(begin, end)
    most = 12
    if months <= MONTHS_SHOWN:
        days = [_first_of_month(begin, later) for later in range(months + 1)]
        named = [
            (day.toordinal(), _("{month} {year}").format(month=_(MONTHS[day.month - 1]), year=day.year)) for day in days
        ]
        most = 7  # of longer words
    else:
        named = [(date(year, 1, 1).toordinal(), str(year)) for year in range(begin.year, min(end.year + 1, 9999) + 1)]
    inside = [(day, words) for day, words in named if first <= day <= last]
    step = max(1, -(-len(inside) // most))
    return inside[::step]


def _months_between(begin: date, end: date) -> int:
    return (end.year - begin.year) * 12 + end.month - begin.month


def _first_of_month(day: date, later: int) -> date:
    """The first day of the month so many months after that of `day`."""
    month = day.month - 1 + later
    return date(day.year + month // 12, month % 12 + 1, 1)


def _whole_months(first: int, last: int) -> tuple[int, int]:
    """The days from the first of a month to the first of another around short times, whose axis names months."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    if _months_between(begin, end) >= MONTHS_SHOWN or end.year >= date.max.year:
        return first, last
    return begin.replace(day=1).toordinal(), _first_of_month(end, 1).toordinal()


def bars_by_year(title: str, events: Sequence[EventFacts]) -> Picture | None:
    """How many events a year, stacked by level; None when all are of one year."""
    counts = Counter((int(each.date_from[:4]), each.level or UNKNOWN) for each in events if each.date is not None)
    years = sorted({year for year, _level in counts if year > 1})
    if len(years) < 2:
        return None
    shown = list(range(max(years[0], years[-1] - MOST_YEARS + 1), years[-1] + 1))
    levels = [each for each in (*LEVELS, UNKNOWN) if any((year, each) in counts for year in shown)]
    most = max(sum(counts[year, level] for level in levels) for year in shown)
    high, top = 66.0, 14.0
    wide = (WIDTH - 40) / len(shown)
    shapes: list[Shape] = [Stroke(40, top + high, WIDTH, top + high), Stroke(40, top, WIDTH, top)]
    shapes += [Words(34, top + 3, str(most), 7, "end", "quiet"), Words(34, top + high + 2, "0", 7, "end", "quiet")]
    step = max(1, -(-len(shown) // 14))
    for at, year in enumerate(shown):
        bottom, x = top + high, 40 + wide * at
        for level in levels:
            count = counts[year, level]
            tall = high * count / most
            bottom -= tall
            if count:
                told = f"{year}, {level_words(level)}: {count}"
                shapes.append(Box(x + wide * 0.15, bottom, wide * 0.7, tall, ink_of(level), told))
        if at % step == 0:
            shapes.append(Words(x + wide / 2, top + high + 11, str(year), 7, "middle", "quiet"))
    low = _legend(shapes, levels, top + high + 26)
    return Picture(title, _("Columns of a year each, by level"), WIDTH, low, tuple(shapes))


def _legend(shapes: list[Shape], levels: Sequence[str], top: float) -> float:
    """What the colours mean, in rows; where they end."""
    x = 40.0
    for level in levels:
        words = level_words(level)
        wide = 20 + len(words) * 4.6
        if x + wide > WIDTH:
            x, top = 40.0, top + 13
        shapes += [Box(x, top - 7, 8, 8, ink_of(level)), Words(x + 12, top, words, 7.5)]
        x += wide + 8
    return top + 6


def heat_map(
    title: str, names: Sequence[str], counts: Mapping[tuple[int, int], int], *, rows: Sequence[str] | None = None
) -> Picture | None:
    """A square for each pair, the darker the more; `counts` is by row and column. None without any."""
    if not counts:
        return None
    totals = Counter[int]()
    for (row, column), count in counts.items():
        totals[row] += count
        totals[column] += count
    kept = sorted(each for each, _count in totals.most_common(MOST_COUNTRIES))
    most = max(counts.values())
    top = 86.0
    side = max(9.0, min(24.0, (WIDTH - LEFT - 10) / len(kept), (HIGHEST - top) / len(kept)))
    wide = LEFT + side * len(kept) + 10
    shapes: list[Shape] = []
    labels = rows or names
    for at, country in enumerate(kept):
        middle = side * (at + 0.5)
        shapes.append(Words(LEFT - 6, top + middle + 3, _cut(labels[country]), 7, "end"))
        shapes.append(Words(LEFT + middle + 3, top - 6, _cut(names[country]), 7, "start", turned=True))
        for other_at, other in enumerate(kept):
            count = counts.get((country, other), 0)
            x, y = LEFT + side * other_at, top + side * at
            if not count:
                if country == other:
                    shapes.append(Box(x + 0.5, y + 0.5, side - 1, side - 1, "line"))
                continue
            heat = max(1, -(-HEATS * count // most))
            told = f"{labels[country]}, {names[other]}: {count}"
            shapes.append(Box(x + 0.5, y + 0.5, side - 1, side - 1, f"heat{heat}", told))
            if side >= 12:
                ink = "on-dark" if heat >= 4 else "text"
                shapes.append(Words(x + side / 2, y + side / 2 + 2.5, str(count), 6.5, "middle", ink))
    words = ngettext("{count} pair that met", "{count} pairs that met", len(counts)).format(count=len(counts))
    return Picture(title, words, wide, top + side * len(kept) + 6, tuple(shapes))


def _cut(words: str) -> str:
    return words if len(words) <= 24 else words[:23] + "…"
