"""Groups of a list that runs by date: the years or months in which the records begin, and where each group begins.

One question counts all groups, whatever the number of records; what has no date is a group of its own, at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from legation.fields.fuzzy_dates import print_date
from legation.i18n import _, ngettext
from legation.records.catalogue import table_named
from legation.records.columns import EARLIEST
from legation.storage.filters.meanings import DATED
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
    table = table_named(query.record)
    plan = Plan(query).for_all(reader)
    rows = reader.rows(_counted(plan.applied(select(*_columns(table, query, by)), table)))
    turned = (query.order or query.record_type.order)[0].startswith("-")
    dated = sorted((row for row in rows if row[0] != UNDATED), reverse=turned)
    found, first = [], 0
    for key, count, later in [*dated, *(row for row in rows if row[0] == UNDATED)]:
        found.append(Group(key, first, count, later))
        first += count
    return found


def groups_among(reader: Reader, query: Query, by: str, ids: Sequence[int]) -> list[Group]:
    """The groups of the first records of a question, known by their ids, while nobody has counted them all."""
    table = table_named(query.record)
    columns = (table.c.id, *_columns(table, query, by)[:1])
    keys = {row[0]: row[1] for row in reader.rows(select(*columns).where(table.c.id.in_(listed(ids))))}
    found: list[Group] = []
    for row, id in enumerate(ids):
        if id in keys and (not found or found[-1].key != keys[id]):
            found.append(Group(keys[id], row))
    return found


def _columns(table: Any, query: Query, by: str) -> tuple[Any, Any]:
    """Of a record, the group it begins in, and whether it may have been later."""
    name, letters = DATED[query.record], LETTERS[by]
    begins, ends = (func.substr(table.c[f"{name}_{end}"], 1, letters) for end in ("from", "to"))
    is_undated = table.c[name].is_(None)
    return func.iif(is_undated, UNDATED, begins).label("key"), func.iif(begins == ends, 0, 1).label("later")


def _counted(chosen: Select[Any]) -> Select[Any]:
    rows = chosen.subquery()
    return select(rows.c.key, func.count(), func.sum(rows.c.later)).group_by(rows.c.key)
