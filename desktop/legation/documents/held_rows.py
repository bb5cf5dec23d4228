"""Rows of a table held column by column: hundreds of thousands of them, without an object for each row and cell.

What stands in several rows is held once: an event has its date and title in each row of its delegates. CSV and digests
are made of the columns; who asks for rows gets them made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import TypeVar, overload

from legation.documents.document import Cell, Row, Table

States = tuple[tuple[int, str], ...]
Thing = TypeVar("Thing")
_NO_NOTES: tuple[int, ...] = ()
_NO_STATES: States = ()
_TEXT, _VALUE, _NOTES, _STATES = attrgetter("text"), attrgetter("value"), attrgetter("notes"), attrgetter("states")


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """The cells of a column: their words, and beside them what a `Cell` has, where there is any of it."""

    texts: Sequence[str]
    values: Sequence[int | str | None] | None = None
    notes: Sequence[tuple[int, ...]] | None = None
    states: Sequence[States] | None = None

    def cells(self) -> Iterator[Cell]:
        """The cells, one after the other."""
        values = self.values if self.values is not None else repeat(None)
        notes = self.notes if self.notes is not None else repeat(_NO_NOTES)
        states = self.states if self.states is not None else repeat(_NO_STATES)
        return map(Cell, self.texts, values, notes, repeat(False), states)


def held(cells: Sequence[Cell]) -> HeldColumn:
    """Cells as a held column; that one is strong is not held."""
    values, notes, states = (list(map(part, cells)) for part in (_VALUE, _NOTES, _STATES))
    return HeldColumn(
        list(map(_TEXT, cells)),
        values if any(each is not None for each in values) else None,
        notes if any(notes) else None,
        states if any(states) else None,
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Some columns side by side. `places` tells for each row where its cells stand in them; None where the first row
    has the first cells, the second the second."""

    columns: tuple[HeldColumn, ...]
    places: Sequence[int] | None = None


def in_rows(made: Sequence[Thing], block: Block) -> Sequence[Thing]:
    """What was made of the cells of a block, side by side, once for each row."""
    return made if block.places is None else list(map(made.__getitem__, block.places))


@dataclass(frozen=True, slots=True)
class HeldPortion:
    """Some thousand rows: their keys, and their columns from left to right in blocks."""

    keys: Sequence[str]
    blocks: tuple[Block, ...]

    def rows(self, first: int = 0, behind: int | None = None) -> list[Row]:
        """The rows from the first to the one before `behind`."""
        keys = self.keys[first:behind]
        found: list[Iterator[tuple[Cell, ...]]] = []
        for block in self.blocks:
            sides = list(zip(*(column.cells() for column in block.columns), strict=True))
            wanted = range(len(self.keys)) if block.places is None else block.places
            found.append(map(sides.__getitem__, wanted[first:behind]))
        return list(map(Row, keys, map(tuple, map(chain.from_iterable, zip(*found, strict=True)))))


@dataclass(frozen=True)
class HeldRows(Sequence[Row]):
    """The rows of portions as one sequence, each made when it is asked for."""

    portions: tuple[HeldPortion, ...]
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ends", tuple(accumulate(len(each.keys) for each in self.portions)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(map(HeldPortion.rows, self.portions))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            first, behind, step = at.indices(len(self))
            return tuple(self._between(first, behind))[::step] if step > 0 else tuple(self)[at]
        place = range(len(self))[at]
        return next(self._between(place, place + 1))

    def _between(self, first: int, behind: int) -> Iterator[Row]:
        number = bisect_right(self._ends, first)
        for portion, end in zip(self.portions[number:], self._ends[number:], strict=True):
            start = end - len(portion.keys)
            if start >= behind:
                return
            yield from portion.rows(max(first - start, 0), min(behind, end) - start)

    def notes(self) -> Iterator[tuple[int, ...]]:
        """The numbers of notes in the rows, from the first row to the last and from left to right."""
        for portion in self.portions:
            columns = [(column.notes, block) for block in portion.blocks for column in block.columns]
            told = [in_rows(notes, block) for notes, block in columns if notes is not None]
            yield from chain.from_iterable(zip(*told, strict=True))

    def words(self) -> Iterator[str]:
        """The keys and words that are held: the many objects within."""
        for portion in self.portions:
            yield from portion.keys
            for block in portion.blocks:
                yield from chain.from_iterable(column.texts for column in block.columns)


def held_rows(table: Table) -> HeldRows | None:
    """The rows of a table without titles of groups, where they are held in columns."""
    rows = table.groups[0].rows if len(table.groups) == 1 and not table.grouped_by else None
    return rows if isinstance(rows, HeldRows) else None
