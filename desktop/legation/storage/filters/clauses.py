"""Clauses: what conditions ask of the records of a type, as SQL of one row or as a set that an index leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, true
from sqlalchemy.sql.operators import custom_op

from legation.records.catalogue import table_named


@dataclass(frozen=True)
class Linked:
    """Records that an index or another table leads to: the ids of all of them, and the same asked row by row.

    `asked` is a condition on the row, or the column of the record's ids where `probe` asks any column of ids and needs
    no row. `cost` is how long asking one record takes, as many times the look into one index; where it is `FAR`,
    counting takes long as well.
    """

    ids: Select[Any]
    asked: ColumnElement[Any]
    probe: Callable[[Any], ColumnElement[bool]] | None = None
    cost: int = 1

    @property
    def of_one(self) -> ColumnElement[bool]:
        """The condition on one row."""
        return self.asked if self.probe is None else self.probe(self.asked)


@dataclass(frozen=True)
class Timed(Linked):
    """Records of a time. `in_order` is what `of_one` asks, written so that the index of the dates is walked by it.

    `by_bounds` asks the same, written so that an index of the first or of the last days leads to all there are.
    """

    in_order: ColumnElement[bool] = field(default_factory=true)
    by_bounds: ColumnElement[bool] = field(default_factory=true)


FAR = 4  # several tables lie on the way
Clause = ColumnElement[bool] | Linked


def linked(record: str, ids: Select[Any], same: Select[Any] | None = None, *, cost: int = 1) -> Linked:
    """Records by a select of their ids whose first column is a plain one.

    `same` is that select as it is better asked of one record: where many things are named, each record's few are
    looked for among them, not the many in each record.
    """
    of_one = ids if same is None else same
    column = next(iter(of_one.selected_columns))

    def probe(id: Any) -> ColumnElement[bool]:
        return of_one.where(column == id).exists()

    return Linked(ids, table_named(record).c.id, probe, cost)


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as SQLite looks it up in no index: a term that most rows have is better asked row by row."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)
