"""Questions: which records, in which order. Frozen, printable as a sentence, the same for window, export and command.

A `Query` becomes a select of ids; rows are fetched by page (see pages.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text as sql_text

from legation.fields.kinds import FuzzyDateKind, Link
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.records.event_row import EventRow
from legation.storage.filters import Filter, clause_of, sentence_of
from legation.storage.reading import Reader
from legation.storage.search import matching_ids


@dataclass(frozen=True)
class Query:
    """Which records of a type, by filters that all hold and words that all occur, in an order of columns.

    `order` holds field names, a leading minus meaning descending; empty means the record type's own order.
    """

    record: str
    filters: tuple[Filter, ...] = ()
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

    def filtered(self, *filters: Filter) -> Query:
        """The same question with more filters."""
        return replace(self, filters=(*self.filters, *filters))

    def sentence(self) -> str:
        """The question in words, for headings and exports."""
        kind = _(self.record_type.plural)
        parts = [sentence_of(each) for each in self.filters]
        if self.words:
            parts.append(_("with the words “{words}”").format(words=self.words))
        if not parts:
            return _("All {records}").format(records=kind.lower())
        return _("{records}: {conditions}").format(records=kind, conditions="; ".join(parts))


def ids_of(query: Query, limit: int | None = None, offset: int = 0) -> Select[Any]:
    """The select that gives the ids of the records in order."""
    statement = select(table_named(query.record).c.id)
    statement = _with_order(_with_conditions(statement, query), query)
    if limit is not None:
        statement = statement.limit(limit).offset(offset)
    return statement


def count_of(query: Query) -> Select[Any]:
    """The select that gives how many records there are."""
    return _with_conditions(select(func.count()).select_from(table_named(query.record)), query)


def ids(reader: Reader, query: Query, limit: int | None = None, offset: int = 0) -> list[int]:
    """The ids of the records in order."""
    return [row[0] for row in reader.rows(ids_of(query, limit, offset))]


def count(reader: Reader, query: Query) -> int:
    """How many records there are."""
    return int(reader.value(count_of(query)))


def first_starting(reader: Reader, query: Query, column: str, letters: str) -> int | None:
    """The id of the first record, in the order of the question, whose text in a stored column begins so."""
    field = table_named(query.record).c[column]
    found = reader.rows(ids_of(query, limit=1).where(field.istartswith(letters, autoescape=True)))
    return found[0][0] if found else None


def _with_conditions(statement: Select[Any], query: Query) -> Select[Any]:
    table = table_named(query.record)
    for each in query.filters:
        statement = statement.where(clause_of(each, query.record))
    if query.words.strip():
        found = matching_ids(query.record, query.words)
        if found is not None:
            fragment, parameters = found
            statement = statement.where(table.c.id.in_(sql_text(fragment).bindparams(**parameters)))
        elif _is_searched(query.record):
            statement = statement.where(sql_text("0"))
    return statement


def _is_searched(record: str) -> bool:
    from legation.storage.search import NUMBERS

    return record in NUMBERS


def _with_order(statement: Select[Any], query: Query) -> Select[Any]:
    record = query.record_type
    columns: list[ColumnElement[Any]] = []
    joined: set[str] = set()
    for name in query.order or record.order:
        statement, more = _sort_columns(statement, record, name.lstrip("-"), joined)
        descending = name.startswith("-")
        columns += [each.desc() if descending and not keep else each for each, keep in more]
    table = table_named(query.record)
    last_descends = bool(query.order or record.order) and (query.order or record.order)[-1].startswith("-")
    return statement.order_by(*columns, table.c.id.desc() if last_descends else table.c.id)


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
        return statement, [(expression.is_(None), True), (expression, False)]
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
        return statement, [(label.is_(None), True), (label, False)]
    return statement, [(column.is_(None), True), (column, False)]


def _join_event_row(statement: Select[Any], table: Any, joined: set[str]) -> Select[Any]:
    if "event_row" in joined:
        return statement
    joined.add("event_row")
    row = EventRow.__table__  # type: ignore[attr-defined]
    return statement.outerjoin(row, row.c.event_id == table.c.id)


_LABEL_COLUMNS = {"person": "sort_name", "delegation": "id", "appointment": "id", "delegate": "id", "post": "title"}


def _label_column(record: RecordType) -> str:
    """The column of a link's target by which the link sorts."""
    if record.name in _LABEL_COLUMNS:
        return _LABEL_COLUMNS[record.name]
    names: Sequence[str] = ("name", "title", "id")
    return next(name for name in names if name in table_named(record.name).c)
