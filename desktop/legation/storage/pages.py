"""Pages of rows: what a table shows and an export writes, fetched by id, links and labels with them.

The number of statements depends on the columns, not on the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from legation.fields.kinds import Kind, Link
from legation.fields.record_type import Field, RecordType
from legation.records.catalogue import record_type, table_named
from legation.records.event_row import EventRow
from legation.storage.labels import labels
from legation.storage.reading import WANTED, Asked, Reader, as_columns

MOST_KEPT = 50_000  # words of one column that are kept from page to page


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
    return PageQuestion(reader, record, columns).answer(ids)


class PageQuestion:
    """The question for some columns of records, made once and asked for many pages; a label is fetched once."""

    def __init__(self, reader: Reader, record: RecordType, columns: Sequence[Field]) -> None:
        self._reader, self._columns = reader, columns
        self._asked, self._places = _asked(record.name, tuple(each.name for each in columns))
        self._said: list[dict[Any, str]] = [{} for _column in columns]

    def answer(self, ids: Sequence[int]) -> PageColumns:
        """The columns of the records with these ids, in that order; records that are gone are left out."""
        found = _in_order(self._reader.columns(self._asked, ids), ids)
        values = [found[at] for at, _also in self._places]
        also = [None if other is None else found[other] for _at, other in self._places]
        texts = [self._texts(*each) for each in zip(self._columns, self._said, values, also, strict=True)]
        nothing = [None] * len(found[0])
        return PageColumns(found[0], values, texts, [nothing if each is None else each for each in also])

    def _texts(self, column: Field, said: dict[Any, str], values: list[Any], also: list[Any] | None) -> list[str]:
        """A column as people read it; what was `said` once is not worded again."""
        kind = column.kind
        if type(kind).format is Kind.format and not isinstance(kind, Link):
            if all_of_one(values, str):
                return values if None not in values else ["" if each is None else each for each in values]
            return ["" if each is None else str(each) for each in values]
        if len(said) > MOST_KEPT:
            said.clear()
        asked = list(zip(values, also, strict=True)) if also is not None and any(also) else values
        if new := set(asked) - said.keys():
            if isinstance(kind, Link):
                said |= dict.fromkeys(new, "") | labels(self._reader, record_type(kind.target), new)
            elif asked is values:
                said |= {each: kind.format(each) for each in new}
            else:
                said |= {pair: kind.format(*pair) for pair in new}
        return list(map(said.__getitem__, asked))


@lru_cache(maxsize=64)
def _asked(record: str, columns: tuple[str, ...]) -> tuple[Asked, list[tuple[int, int | None]]]:
    """The question for columns of a record type by name, and where each stands in its answer with what is beside it."""
    table = table_named(record)
    chosen = [table.c.id]
    places: list[tuple[int, int | None]] = []
    for each in (record_type(record)[name] for name in columns):
        at = len(chosen)
        chosen.append(each.expression() if each.expression else table.c[each.name])
        if each.kind.also:
            chosen.append(_also_column(each, table))
        places.append((at, at + 1 if each.kind.also else None))
    joined = table.join(WANTED, table.c.id == WANTED.c.value)
    if record == "event":
        row = EventRow.__table__  # type: ignore[attr-defined]
        joined = joined.outerjoin(row, row.c.event_id == table.c.id)
    return as_columns(select(*chosen).select_from(joined)), places


def _in_order(found: list[list[Any]], ids: Sequence[int]) -> list[list[Any]]:
    """Columns, of which the first holds the ids, in the order of `ids`: nearly always they have it already."""
    if found[0] == list(ids):
        return found
    places = {id: place for place, id in enumerate(found[0])}
    order = [places[id] for id in ids if id in places]
    return [[column[place] for place in order] for column in found]


def all_of_one(values: Sequence[Any], kind: type) -> bool:
    """Whether the values of a column are of a type: the first that is there tells, since the tables are strict."""
    return isinstance(next((each for each in values if each is not None), None), kind)


def _also_column(field: Field, table: Any) -> Any:
    name = field.kind.also
    return EventRow.__table__.c[name] if field.is_derived else table.c[name]  # type: ignore[attr-defined]
