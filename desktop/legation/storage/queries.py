"""Questions: which records, in which order. Frozen, printable as a sentence, the same for window, export and command.

A `Query` becomes a select of ids; rows are fetched by page (see pages.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from legation.fields.kinds import FuzzyDateKind, Link
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.records.event_row import EventRow
from legation.storage.filters.asking import clauses_of, of_one, of_words
from legation.storage.filters.conditions import Condition
from legation.storage.filters.meanings import Clause, Linked
from legation.storage.filters.sentences import Names, sentence_of
from legation.storage.reading import Reader

FEW = 20_000  # records that are fetched and sorted in less time than a frame or two


@dataclass(frozen=True)
class Query:
    """Which records of a type, by filters that all hold and words that all occur, in an order of columns.

    `order` holds field names, a leading minus meaning descending; empty means the record type's own order.
    """

    record: str
    filters: tuple[Condition, ...] = ()
    words: str = ""
    order: tuple[str, ...] = ()

    @property
    def record_type(self) -> RecordType:
        """The type of the records asked for."""
        return record_type(self.record)

    def with_words(self, words: str) -> Query:
        """The same question for other words."""
        return replace(self, words=" ".join(words.split()))

    def sorted_by(self, *order: str) -> Query:
        """The same question in another order."""
        return replace(self, order=order)

    def filtered(self, *filters: Condition) -> Query:
        """The same question with more filters."""
        return replace(self, filters=(*self.filters, *filters))

    def sentence(self, names: Names | None = None) -> str:
        """The question in words, for headings and exports; `names` tells what countries and topics are called."""
        kind = _(self.record_type.plural)
        parts = [sentence_of(each, self.record, names) for each in self.filters]
        if self.words:
            parts.append(_("with the words “{words}”").format(words=self.words))
        if not parts:
            return _("All {records}").format(records=kind.lower())
        return _("{records}: {conditions}").format(records=kind, conditions="; ".join(parts))


class Plan:
    """The clauses of a question, and the one whose records are looked up first, if that is worth it.

    SQLite walks the records in their order and asks each the other clauses. That is quick while many records answer,
    and slow where few do; where a clause leads to few records, they are fetched by it and sorted.
    """

    def __init__(self, query: Query, reader: Reader | None = None) -> None:
        self.clauses = [clause for each in query.filters for clause in clauses_of(each, query.record)]
        if query.words.strip():
            self.clauses.append(of_words(query.words, query.record))
        links = [each for each in self.clauses if isinstance(each, Linked)]
        self.first: Clause | None = None
        if reader is None or not links:
            return
        numbers = [reader.value(select(func.count()).select_from(each.ids.limit(FEW).subquery())) for each in links]
        fewest = min(numbers)
        if fewest < FEW:
            self.first = links[numbers.index(fewest)]

    def applied(self, statement: Select[Any], table: Any) -> Select[Any]:
        """A select with the clauses as its conditions."""
        for each in self.clauses:
            is_first = each is self.first and isinstance(each, Linked)
            statement = statement.where(table.c.id.in_(each.ids) if is_first else of_one(each))
        return statement


def ids_of(query: Query, limit: int | None = None, offset: int = 0, plan: Plan | None = None) -> Select[Any]:
    """The select that gives the ids of the records in order."""
    table = table_named(query.record)
    statement = _with_order((plan or Plan(query)).applied(select(table.c.id), table), query)
    if limit is not None:
        statement = statement.limit(limit).offset(offset)
    return statement


def count_of(query: Query, plan: Plan | None = None) -> Select[Any]:
    """The select that gives how many records there are."""
    table = table_named(query.record)
    return (plan or Plan(query)).applied(select(func.count()).select_from(table), table)


def ids(reader: Reader, query: Query, limit: int | None = None, offset: int = 0) -> list[int]:
    """The ids of the records in order."""
    return [row[0] for row in reader.rows(ids_of(query, limit, offset, Plan(query, reader)))]


def count(reader: Reader, query: Query) -> int:
    """How many records there are."""
    return int(reader.value(count_of(query, Plan(query, reader))))


def first_starting(reader: Reader, query: Query, column: str, letters: str) -> int | None:
    """The id of the first record, in the order of the question, whose text in a stored column begins so."""
    field = table_named(query.record).c[column]
    found = reader.rows(ids_of(query, limit=1).where(field.istartswith(letters, autoescape=True)))
    return found[0][0] if found else None


def _with_order(statement: Select[Any], query: Query) -> Select[Any]:
    record = query.record_type
    columns: list[ColumnElement[Any]] = []
    joined: set[str] = set()
    for name in query.order or record.order:
        statement, more = _sort_columns(statement, record, name.lstrip("-"), joined)
        descending = name.startswith("-")
        columns += [each if keep else each.desc() if descending else each.asc().nulls_last() for each, keep in more]
    last_descends = bool(query.order or record.order) and (query.order or record.order)[-1].startswith("-")
    id = EventRow.__table__.c.event_id if joined == {"event_row"} else table_named(query.record).c.id  # type: ignore[attr-defined]
    return statement.order_by(*columns, id.desc() if last_descends else id)


def _sort_columns(
    statement: Select[Any], record: RecordType, name: str, joined: set[str]
) -> tuple[Select[Any], list[tuple[ColumnElement[Any], bool]]]:
    """The columns to sort by for a field, each with whether its direction stays when the order is turned."""
    table = table_named(record.name)
    if name in table.c and name not in record.by_name:
        return statement, [(table.c[name], False)]
    field = record[name]
    if field.is_derived:
        expression: Any = field.expression() if field.expression else None
        if record.name == "event":
            statement = _join_event_row(statement, table, joined)
            if name == "derived_level":
                expression = EventRow.__table__.c.level_order  # type: ignore[attr-defined]
        return statement, [(expression, False)]
    column = table.c[name]
    if isinstance(field.kind, FuzzyDateKind):
        bounds: list[tuple[ColumnElement[Any], bool]] = [(column.is_(None), True)]
        days = (f"{name}_from", f"{name}_to") if f"{name}_from" in table.c else (name,)
        bounds += [(table.c[day], False) for day in days]
        if record.name == "event":
            bounds.append((table.c.start_time, False))
        return statement, bounds
    if isinstance(field.kind, Link):
        target = record_type(field.kind.target)
        other = table_named(target.name).alias(f"sort_{name}")
        if name not in joined:
            joined.add(name)
            statement = statement.outerjoin(other, other.c[target.key] == column)
        label = other.c[_label_column(target)]
        return statement, [(label, False)]
    return statement, [(column, False)]


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
