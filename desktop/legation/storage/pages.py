"""Pages of rows: what a table shows and an export writes, fetched by id, links and labels with them.

The number of statements depends on the columns, not on the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from legation.fields.kinds import Link
from legation.fields.record_type import Field, RecordType
from legation.records.catalogue import record_type, table_named
from legation.records.event_row import EventRow
from legation.storage.labels import labels
from legation.storage.reading import Reader


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


def page(reader: Reader, record: RecordType, columns: Sequence[Field], ids: Sequence[int]) -> list[PageRow]:
    """The rows of the records with these ids, in that order; records that are gone are left out."""
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
    statement = select(*chosen).where(table.c.id.in_(list(ids)))
    if record.name == "event":
        row = EventRow.__table__  # type: ignore[attr-defined]
        statement = statement.select_from(table.outerjoin(row, row.c.event_id == table.c.id))
    else:
        statement = statement.select_from(table)
    found = {row[0]: row for row in reader.rows(statement)}
    linked = {
        number: labels(reader, record_type(each.kind.target), {row[positions[number][0]] for row in found.values()})
        for number, each in enumerate(columns)
        if isinstance(each.kind, Link)
    }
    return [_page_row(found[id], columns, positions, linked) for id in ids if id in found]


def _page_row(
    row: tuple[Any, ...],
    columns: Sequence[Field],
    positions: Sequence[tuple[int, int | None]],
    linked: dict[int, dict[Any, str]],
) -> PageRow:
    values = tuple(row[at] for at, _also in positions)
    also = tuple(None if other is None else row[other] for _at, other in positions)
    texts = tuple(
        linked[number].get(value, "") if number in linked else each.kind.format(value, more)
        for number, (each, value, more) in enumerate(zip(columns, values, also, strict=True))
    )
    return PageRow(row[0], values, texts, also)


def _also_column(field: Field, table: Any) -> Any:
    name = field.kind.also
    return EventRow.__table__.c[name] if field.is_derived else table.c[name]  # type: ignore[attr-defined]
