"""Two tables that stand side by side, with an empty column between them: told from one table that has a spare column.

They are two where the same headings stand on both sides, or where one side has ended and the other goes on. Where only
some are the same, as those of two sides of a meeting under one date, it is one table. Works on rows of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from legation.fields.folding import fold
from legation.imports.files.cell_looks import DATA, EMPTY, extent, look, words
from legation.imports.source_tables import SourceCell

FEWEST = 2  # headings of a table that stands beside another
LOOKED_AT = 2000  # rows
_Rows = Sequence[Sequence[SourceCell]]


@dataclass(frozen=True)
class Side:
    """The columns of one of the tables: from `left` on, before `right`."""

    left: int
    right: int


def sides(header: Sequence[SourceCell], rows: _Rows) -> list[Side]:
    """The tables that stand side by side under a row of headings; one alone where there are none."""
    width = extent(header)
    looked_at = rows[:LOOKED_AT]
    gaps = [at for at in range(1, width - 1) if all(_is_empty(row, at) for row in (header, *looked_at))]
    edges = [-1, *gaps, width]
    found = [Side(before + 1, after) for before, after in pairwise(edges) if after > before + 1]
    whole = [Side(0, width)]
    if len(found) < 2 or len(looked_at) < 2 or any(not _is_headed(header, each) for each in found):
        return whole
    named = [{fold(words(header[at])) for at in range(each.left, each.right)} for each in found]
    if all(named[0] == each for each in named[1:]):
        return found
    ends = [max((at for at, row in enumerate(looked_at) if _is_filled(row, each)), default=-1) for each in found]
    return found if len(set(ends)) > 1 and min(ends) >= 1 and _stays_ended(looked_at, found, ends) else whole


def _stays_ended(rows: _Rows, found: Sequence[Side], ends: Sequence[int]) -> bool:
    """Whether each side is filled in all its rows but those behind its end, and ends well before another."""
    filled = all(_is_filled(row, each) for each, end in zip(found, ends, strict=True) for row in rows[: end + 1])
    return filled and max(ends) - min(ends) > 1


def _is_headed(header: Sequence[SourceCell], side: Side) -> bool:
    cells = [header[at] for at in range(side.left, side.right)]
    return len(cells) >= FEWEST and all(look(cell) not in (*DATA, EMPTY) for cell in cells)


def _is_filled(row: Sequence[SourceCell], side: Side) -> bool:
    return any(not _is_empty(row, at) for at in range(side.left, side.right))


def _is_empty(row: Sequence[SourceCell], at: int) -> bool:
    return at >= len(row) or look(row[at]) == EMPTY
