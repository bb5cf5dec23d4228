"""Orders: the columns that a question is sorted by. Records without a value come last, whichever way the order runs.

The directions are written so that SQLite walks an index where there is one, instead of sorting everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select

from legation.fields.kinds import FuzzyDateKind, Link
from legation.fields.record_type import RecordType
from legation.records.catalogue import record_type, table_named
from legation.records.event_row import EventRow


class Turns(Enum):
    """What becomes of a column when the order is turned round."""

    NEVER = "stays as it is"
    ALWAYS = "is turned"
    EMPTY_LAST = "is turned, but what is empty stays last"


_Column = tuple[ColumnElement[Any], Turns]


def with_order(statement: Select[Any], record: RecordType, order: Sequence[str], *, is_dated: bool) -> Select[Any]:
    """A select of records in an order of field names, a minus before those that descend; `is_dated` when the select
    leaves out what has no date."""
    columns: list[ColumnElement[Any]] = []
    joined: set[str] = set()
    for name in order:
        statement, more = _columns_of(statement, record, name.lstrip("-"), joined)
        if is_dated:
            more = [each for each in more if each[1] is not Turns.NEVER]
        columns += [_turned(each, turns, name.startswith("-")) for each, turns in more]
    row = EventRow.__table__  # type: ignore[attr-defined]
    id = row.c.event_id if joined == {"event_row"} else table_named(record.name).c.id
    return statement.order_by(*columns, id.desc() if order and order[-1].startswith("-") else id)


def is_sorted_by_link(record: RecordType, order: Sequence[str]) -> bool:
    """Whether the labels of other records tell the order: no index holds such an order."""
    names = [each.lstrip("-") for each in order]
    return any(isinstance(record[name].kind, Link) for name in names if name in record.by_name)


def walk_by_link(record: RecordType, order: Sequence[str], among: str = "") -> str | None:
    """SQL that gives the ids of all records sorted by the label of one link, as SQLite walks it: the labels in order,
    and for each the records that point at it. None where the order is another.

    No more is sorted than the records of one label at a time, so that a first page comes soon. `among` is SQL of the
    conditions that the records must meet.
    """
    name = order[0].lstrip("-") if len(order) == 1 else ""
    field = record.by_name.get(name)
    if field is None or field.is_derived or not isinstance(field.kind, Link):
        return None
    target = record_type(field.kind.target)
    label = _label_column(target)
    if table_named(target.name).c[label].nullable:
        return None
    way = " DESC" if order[0].startswith("-") else ""
    own, wanted = record.name, f" AND {among}" if among else ""
    return (
        f'SELECT id FROM (SELECT "{own}".id AS id FROM "{target.name}" t CROSS JOIN "{own}" '
        f'ON "{own}"."{name}" = t."{target.key}"{wanted} ORDER BY t."{label}"{way}, "{own}".id{way}) '
        f'UNION ALL SELECT id FROM (SELECT id FROM "{own}" WHERE "{name}" IS NULL{wanted} ORDER BY id{way})'
    )


def _turned(column: ColumnElement[Any], turns: Turns, is_descending: bool) -> ColumnElement[Any]:
    if turns is Turns.NEVER:
        return column
    if is_descending:
        return column.desc()
    return column.asc().nulls_last() if turns is Turns.EMPTY_LAST else column


def _columns_of(
    statement: Select[Any], record: RecordType, name: str, joined: set[str]
) -> tuple[Select[Any], list[_Column]]:
    """The columns to sort by for a field, and the select with what they need joined to it."""
    table = table_named(record.name)
    if name in table.c and name not in record.by_name:
        return statement, [(table.c[name], Turns.ALWAYS)]
    field = record[name]
    if field.is_derived:
        expression: Any = field.expression() if field.expression else None
        if record.name == "event":
            statement = _join_event_row(statement, table, joined)
            if name == "derived_level":
                expression = EventRow.__table__.c.level_order  # type: ignore[attr-defined]
        return statement, [(expression, Turns.EMPTY_LAST)]
    column = table.c[name]
    if isinstance(field.kind, FuzzyDateKind):
        days = (f"{name}_from", f"{name}_to") if f"{name}_from" in table.c else (name,)
        times = ("start_time",) if record.name == "event" else ()
        return statement, [
            (column.is_(None), Turns.NEVER),
            *((table.c[each], Turns.ALWAYS) for each in (*days, *times)),
        ]
    if isinstance(field.kind, Link):
        target = record_type(field.kind.target)
        other = table_named(target.name).alias(f"sort_{name}")
        if name not in joined:
            joined.add(name)
            statement = statement.outerjoin(other, other.c[target.key] == column)
        return statement, [(other.c[_label_column(target)], Turns.EMPTY_LAST)]
    return statement, [(column, Turns.EMPTY_LAST)]


def _join_event_row(statement: Select[Any], table: Any, joined: set[str]) -> Select[Any]:
    if "event_row" in joined:
        return statement
    joined.add("event_row")
    row = EventRow.__table__  # type: ignore[attr-defined]
    return statement.join(row, row.c.event_id == table.c.id)  # every event has one


_LABEL_COLUMNS = {"person": "sort_name", "delegation": "id", "appointment": "id", "delegate": "id", "post": "title"}


def _label_column(record: RecordType) -> str:
    """The column of a link's target by which the link sorts."""
    if record.name in _LABEL_COLUMNS:
        return _LABEL_COLUMNS[record.name]
    names: Sequence[str] = ("name", "title", "id")
    return next(name for name in names if name in table_named(record.name).c)
