"""Pages of rows: what a table shows and an export writes, fetched by id, links and labels with them.

The number of statements depends on the columns, not on the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from legation.fields.kinds import Kind, Link
from legation.fields.record_type import Field, RecordType
from legation.records.catalogue import record_type, table_named
from legation.records.event_row import EventRow
from legation.storage.labels import labels
from legation.storage.reading import Reader, listed


@dataclass(frozen=True)
class PageRow:
    """One record as a table shows it.

    `values` are stored values, `texts` what people read, `also` what is read beside a value (the codes of a list, the
    words of a date), all in the order of the columns asked for.
    """

    id: int
    values: tuple[Any, ...]
    texts: tuple[str, ...]
    also: tuple[Any, ...]


def columns_of(record: RecordType, names: Sequence[str] = ()) -> list[Field]:
    """The fields to show, by name, or the record type's own columns. Raises `KeyError` for an unknown name."""
    return [record[name] for name in (names or record.columns)]


@dataclass(frozen=True)
class PageColumns:
    """The same for many records, column by column: the lists of one column stand in the order of `ids`."""

    ids: list[int]
    values: list[list[Any]]
    texts: list[list[str]]
    also: list[list[Any]]


def page(reader: Reader, record: RecordType, columns: Sequence[Field], ids: Sequence[int]) -> list[PageRow]:
    """The rows of the records with these ids, in that order; records that are gone are left out."""
    found = page_columns(reader, record, columns, ids)
    by_row = (zip(*lists, strict=True) for lists in (found.values, found.texts, found.also))
    if not columns:
        return [PageRow(id, (), (), ()) for id in found.ids]
    return [PageRow(*parts) for parts in zip(found.ids, *by_row, strict=True)]


def page_columns(reader: Reader, record: RecordType, columns: Sequence[Field], ids: Sequence[int]) -> PageColumns:
    """The columns of the records with these ids, in that order; records that are gone are left out."""
    table = table_named(record.name)
    chosen = [table.c.id]
    positions: list[tuple[int, int | None]] = []
    for each in columns:
        at = len(chosen)
        chosen.append(each.expression() if each.expression else table.c[each.name])
        if each.kind.also:
            chosen.append(_also_column(each, table))
            positions.append((at, at + 1))
        else:
            positions.append((at, None))
    wanted = listed(ids, with_place=True).subquery("wanted")
    joined = wanted.join(table, table.c.id == wanted.c.value)
    if record.name == "event":
        row = EventRow.__table__  # type: ignore[attr-defined]
        joined = joined.outerjoin(row, row.c.event_id == table.c.id)
    rows = reader.rows(select(*chosen).select_from(joined).order_by(wanted.c.key))
    found = [list(each) for each in zip(*rows, strict=True)] if rows else [[] for _each in chosen]
    values = [found[at] for at, _also in positions]
    also = [[None] * len(rows) if other is None else found[other] for _at, other in positions]
    texts = [_texts(reader, *each) for each in zip(columns, values, also, strict=True)]
    return PageColumns(found[0], values, texts, also)


def _texts(reader: Reader, column: Field, values: list[Any], also: list[Any]) -> list[str]:
    """A column as people read it; what occurs again is not worded again."""
    kind = column.kind
    if isinstance(kind, Link):
        called = labels(reader, record_type(kind.target), set(values))
        return [called.get(each, "") for each in values]
    if type(kind).format is Kind.format:
        if all_of_one(values, str):
            return values if None not in values else ["" if each is None else each for each in values]
        return ["" if each is None else str(each) for each in values]
    said: dict[tuple[Any, Any], str] = {}
    for pair in zip(values, also, strict=True):
        if pair not in said:
            said[pair] = kind.format(*pair)
    return [said[pair] for pair in zip(values, also, strict=True)]


def all_of_one(values: Sequence[Any], kind: type) -> bool:
    """Whether the values of a column are of a type: the first that is there tells, since the tables are strict."""
    return isinstance(next((each for each in values if each is not None), None), kind)


def _also_column(field: Field, table: Any) -> Any:
    name = field.kind.also
    return EventRow.__table__.c[name] if field.is_derived else table.c[name]  # type: ignore[attr-defined]
