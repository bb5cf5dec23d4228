"""What an export writes for each column on screen: labels with their codes, dates as EDTF and in words."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from legation.fields.kinds import CODED, FuzzyDateKind, Link
from legation.fields.record_type import Field, RecordType
from legation.i18n import _
from legation.storage.ahead import ahead
from legation.storage.pages import PageColumns, PageQuestion, PageRow, all_of_one
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader

PAGE = 2000
MOST_AHEAD = 8  # portions read before they are wanted: lines are written many portions at a time


def headings(columns: Sequence[Field]) -> list[str]:
    """The headings of an export: one or two for each column."""
    return [heading for column in columns for heading in _headings(column)]


def _headings(column: Field) -> list[str]:
    label = _(column.label)
    if isinstance(column.kind, FuzzyDateKind):
        return [label, _("{column} (in words)").format(column=label)]
    if isinstance(column.kind, Link):
        code = column.kind.target in CODED
        return [label, (_("{column} (code)") if code else _("{column} (id)")).format(column=label)]
    if column.kind.also_label:
        return [label, _(column.kind.also_label)]
    return [label]


def cells(columns: Sequence[Field], row: PageRow) -> list[Any]:
    """The cells of one row, in the order of `headings`; text, whole numbers, or "" for nothing."""
    alone = PageColumns([row.id], *([[each] for each in part] for part in (row.values, row.texts, row.also)))
    return [column[0] for column in cell_columns(columns, alone)]


def cell_columns(columns: Sequence[Field], found: PageColumns) -> Iterator[list[Any]]:
    """The cells of many rows, column by column, one or two for each column."""
    for column, values, texts, also in zip(columns, found.values, found.texts, found.also, strict=True):
        if isinstance(column.kind, FuzzyDateKind):
            yield _filled(values)
            yield texts
        elif isinstance(column.kind, Link):
            yield texts
            yield _filled(values)
        elif column.kind.also_label:
            yield texts
            yield _filled(also)
        elif all_of_one(values, int):
            pairs = zip(values, texts, strict=True)
            yield [value if isinstance(value, int) and text == str(value) else text for value, text in pairs]
        else:
            yield texts


def _filled(values: list[Any]) -> list[Any]:
    return values if None not in values else ["" if each is None else each for each in values]


def portions(
    reader: Reader, record: RecordType, columns: Sequence[Field], ids: Sequence[int]
) -> Generator[tuple[int, int, PageColumns], None, None]:
    """The columns of records by id in portions: (records so far, records in all, the columns of these).

    They are read ahead: until the last has come or the generator is closed, nobody else may ask this reader.
    """
    return ahead(_portions(reader, record, columns, ids), MOST_AHEAD)


def _portions(
    reader: Reader, record: RecordType, columns: Sequence[Field], ids: Sequence[int]
) -> Iterator[tuple[int, int, PageColumns]]:
    question = PageQuestion(reader, record, columns)
    for start in range(0, len(ids), PAGE):
        part = ids[start : start + PAGE]
        yield start + len(part), len(ids), question.answer(part)


def cell_rows(columns: Sequence[Field], found: PageColumns) -> list[list[Any]]:
    """The cells of many rows, row by row, in the order of `headings`."""
    return list(map(list, zip(*cell_columns(columns, found), strict=True)))


def exported_rows(
    reader: Reader, query: Query, columns: Sequence[Field], order: Sequence[int] | None = None
) -> Iterator[tuple[int, int, list[list[Any]]]]:
    """The rows of a question in portions: (rows so far, rows in all, cells). `order` gives ids known already."""
    wanted = list(order) if order is not None else ids(reader, query)
    for done, total, found in portions(reader, query.record_type, columns, wanted):
        yield done, total, cell_rows(columns, found)
