"""Days in office that a cell tells by somebody's term: "Reagan admin", "the Thatcher government". Bounds, never days.

The term is known from the workspace, where its holder is head of state or government with stated days; else from the
neighbours, where a column says of each row whose term it belongs to: a term cannot begin before the last start in the
term before it, nor end after the first day in the term after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from legation.fields.folding import fold
from legation.fields.fuzzy_dates import bounds
from legation.i18n import _
from legation.imports.row_values import RowValues
from legation.records.columns import EARLIEST, LATEST
from legation.storage.reading import Reader

_TERM = re.compile(
    r"^(?:during |under |in )?(?:the )?(?:president |prime minister |chancellor )?(?P<name>\w[\w.'’ -]*?)(?:['’]s?)? "
    r"(?:admin(?:istration)?|presidency|premiership|government|cabinet|era|years|term)\.?$",
    re.IGNORECASE,
)
_HEAD = 20  # the rank of a head of government; those before it are heads of state and their like
MOST_LABELS = 500  # different texts of a column, after which it does not say whose term a row belongs to
_HEADS = (
    "SELECT p.name, p.family_name, o.country, a.period FROM appointment a JOIN person p ON p.id = a.person_id "
    "JOIN post t ON t.id = a.post_id JOIN organisation o ON o.id = t.organisation_id "
    "WHERE t.rank <= ? AND a.period IS NOT NULL"
)


@dataclass(frozen=True)
class Bounded:
    """The earliest and the latest day that a term may have had, "" where that is not known, and how it was found."""

    first: str
    last: str
    reason: str


@dataclass
class _Label:
    """The rows that a text stands in: their starts, and all their days."""

    starts: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


class NamedTerms:
    """Finds the bounds of terms that are told by a name. First each row is looked at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._heads: list[tuple[str, str, str, str]] | None = None
        self._columns: list[dict[str, _Label] | None] = []

    def look(self, row: RowValues, start: str | None, end: str | None) -> None:
        """Note the days of a row beside what its cells say."""
        self._columns += [{} for _more in range(len(row.cells) - len(self._columns))]
        for at, cell in enumerate(row.cells):
            labels = self._columns[at]
            if labels is None or not cell or len(cell) > 40 or _TERM.match(cell):
                continue
            label = labels.setdefault(fold(cell), _Label())
            if len(labels) > MOST_LABELS:
                self._columns[at] = None
                continue
            label.starts += [start] if start else []
            label.days += [day for day in (start, end) if day]

    def find(self, words: str, state: str | None, own: tuple[str, str]) -> Bounded | None:
        """The bounds of the term that words tell, in a state; `own` are the earliest and latest day of the row."""
        match = _TERM.match(" ".join(words.split()))
        if match is None:
            return None
        name = fold(match["name"])
        return self._of_head(name, state, own) or self._of_neighbours(name)

    def _of_head(self, name: str, state: str | None, own: tuple[str, str]) -> Bounded | None:
        """The term of the one head of state or government who is called so and whose term the row may touch."""
        if self._heads is None:
            self._heads = [
                (str(whole), str(family or ""), str(country or ""), str(period))
                for whole, family, country, period in self._reader.sql(_HEADS, (_HEAD,))
            ]
        found: dict[tuple[str, str], str] = {}
        for whole, family, country, period in self._heads:
            first, last = bounds(period)
            called = fold(whole) == name or fold(family) == name or fold(whole).split()[-1:] == [name]
            if called and country == (state or country) and first <= own[1] and last >= own[0]:
                found[first, last] = whole
        if len(found) != 1:
            return None
        ((first, last), whole) = next(iter(found.items()))
        known = ("" if first == EARLIEST else first, "" if last == LATEST else last)
        told = _("the term of {person} in the workspace").format(person=whole)
        return Bounded(*known, told) if any(known) else None

    def _of_neighbours(self, name: str) -> Bounded | None:
        """The bounds that the rows of the terms before and after give."""
        for labels in self._columns:
            called = [each for each in labels or () if each == name or each.startswith(f"{name} ")]
            if not labels or len(called) != 1 or not labels[called[0]].days:
                continue
            dated = sorted((each for each in labels if labels[each].days), key=lambda each: min(labels[each].days))
            at = dated.index(called[0])
            starts = labels[called[0]].starts or labels[called[0]].days
            after = min(labels[dated[at + 1]].days) if at + 1 < len(dated) else ""
            before = max(labels[dated[at - 1]].starts, default="") if at else ""
            if (after and max(starts) > after) or (before and min(starts) < before) or not (before or after):
                continue  # the terms run into each other: the column says something else
            names = " · ".join(dated[each] for each in (at - 1, at + 1) if 0 <= each < len(dated))
            return Bounded(before, after, _("the rows of {others} beside it").format(others=names.title()))
        return None
