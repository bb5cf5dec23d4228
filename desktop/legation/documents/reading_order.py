"""Notes numbered as a reader meets them: from the first row to the last, table by table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from legation.documents.document import Document, Group, Note, Row, Table, renumbered
from legation.documents.held_rows import HeldRows


def in_reading_order(document: Document) -> Document:
    """The same document with its notes numbered in the order of first mention; those of no row come last."""
    order: dict[int, int] = {}
    for table in document.tables:
        for numbers in chain.from_iterable(_notes(group.rows) for group in table.groups):
            for number in numbers:
                order.setdefault(number, len(order) + 1)
    for note in document.notes:
        order.setdefault(note.number, len(order) + 1)
    if all(old == new for old, new in order.items()):
        return document
    blocks = [_renumbered(each, order) if isinstance(each, Table) else each for each in document.blocks]
    notes = sorted((Note(order[each.number], each.text) for each in document.notes), key=lambda note: note.number)
    return replace(document, blocks=blocks, notes=notes)


def _notes(rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    """The numbers in the cells of rows, one after the other."""
    return rows.notes() if isinstance(rows, HeldRows) else (cell.notes for row in rows for cell in row.cells)


def _renumbered(table: Table, order: dict[int, int]) -> Table:
    groups = (
        Group(
            group.title,
            tuple(replace(row, cells=tuple(renumbered(cell, order) for cell in row.cells)) for row in group.rows),
        )
        for group in table.groups
    )
    return replace(table, groups=tuple(groups))
