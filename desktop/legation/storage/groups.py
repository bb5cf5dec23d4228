"""Groups of a list that runs by date: the years or months in which the records begin, and where each group begins.

One question counts all groups, whatever the number of records; what has no date is a group of its own, at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from legation.fields.fuzzy_dates import print_date
from legation.i18n import _, ngettext
from legation.records.catalogue import table_named
from legation.records.columns import EARLIEST
from legation.storage.filters.clauses import unindexed
from legation.storage.filters.meanings import DATED, dated
from legation.storage.plans import Plan
from legation.storage.queries import Query
from legation.storage.reading import Reader, listed

YEAR, MONTH = "year", "month"
LETTERS = {YEAR: 4, MONTH: 7}  # of a day: what tells the group
UNDATED = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A year (2025) or month (2025-01) that records may begin in, or `UNDATED`; `first` is the row it begins at.

    `count` is how many records it has, None while that is not known. `later` of them are known less precisely, and may
    have been after it.
    """

    key: str
    first: int
    count: int | None = None
    later: int = 0

    @property
    def label(self) -> str:
        """What the group is called."""
        if self.key == UNDATED:
            return _("Without a date")
        return _("Beginning not known") if EARLIEST.startswith(self.key) else print_date(self.key)

    @property
    def words(self) -> str:
        """The head of the group: its name, how many it has, and how many of these may belong to a later one."""
        if self.count is None:
            return self.label
        said = ngettext("{group} · {count} record", "{group} · {count} records", self.count).format(
            group=self.label, count=f"{self.count:,}"
        )
        if not self.later or self.key == UNDATED or EARLIEST.startswith(self.key):
            return said
        may = ngettext("{said}, {later} of them perhaps later", "{said}, {later} of them perhaps later", self.later)
        return may.format(said=said, later=f"{self.later:,}")


def date_order(query: Query) -> tuple[str, ...] | None:
    """The order by date that groups follow: that of the question where it runs by date, else None."""
    name = DATED.get(query.record)
    order = query.order or query.record_type.order
    return order[:1] if name is not None and order[:1] in ((name,), (f"-{name}",)) else None


def groups(reader: Reader, query: Query, by: str) -> list[Group]:
    """The groups of what a question finds, in its order. It must run by date (see `date_order`)."""
    letters = LETTERS[by]
    counted: dict[str, tuple[int, int]] = {}
    for day, count, later in _counted(reader, query, letters):
        before = counted.get(day[:letters], (0, 0))
        counted[day[:letters]] = (before[0] + count, before[1] + later)
    turned = (query.order or query.record_type.order)[0].startswith("-")
    found, first = [], 0
    for key in [*sorted(counted.keys() - {UNDATED}, reverse=turned), *(counted.keys() & {UNDATED})]:
        count, later = counted[key]
        found.append(Group(key, first, count, later))
        first += count
    return found


def _counted(reader: Reader, query: Query, letters: int) -> Iterator[tuple[str, int, int]]:
    """By the day that records begin, how many there are and how many may be later; `UNDATED` for no day.

    By day, not by group: in that order an index has them, so that nothing is sorted where all are counted.
    """
    table, name = table_named(query.record), DATED[query.record]
    begins: ColumnElement[Any] = table.c[f"{name}_from"]
    ends = table.c[f"{name}_to"]
    later = func.sum(func.substr(begins, 1, letters) != func.substr(ends, 1, letters))
    is_dated = dated(table.c[name])
    plan = Plan(query).in_no_order().for_all(reader, query.record)
    if plan.clauses:  # then what was found is sorted, rather than all of the index looked through for it
        is_dated, begins = table.c[name].is_not(None), unindexed(begins)
    found = plan.applied(select(begins, func.count(), later), table).where(is_dated).group_by(begins)
    yield from reader.rows(found)  # type: ignore[misc]
    is_undated = table.c[name].is_(None).op("=")(literal_column("1"))  # as an index has it
    undated = reader.value(plan.applied(select(func.count()).select_from(table), table).where(is_undated))
    if undated:
        yield UNDATED, undated, 0


def groups_among(reader: Reader, query: Query, by: str, ids: Sequence[int]) -> list[Group]:
    """The groups of the first records of a question, known by their ids, while nobody has counted them all."""
    table = table_named(query.record)
    name = DATED[query.record]
    key = func.iif(table.c[name].is_(None), UNDATED, func.substr(table.c[f"{name}_from"], 1, LETTERS[by]))
    keys = {row[0]: row[1] for row in reader.rows(select(table.c.id, key).where(table.c.id.in_(listed(ids))))}
    found: list[Group] = []
    for row, id in enumerate(ids):
        if id in keys and (not found or found[-1].key != keys[id]):
            found.append(Group(keys[id], row))
    return found
