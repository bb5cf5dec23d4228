"""The headings of a table: which rows they are, and their names, unique and never empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from legation.i18n import _
from legation.imports.files.cell_looks import (
    DATA,
    DATE,
    EMPTY,
    WORDS,
    columns_look,
    extent,
    filled,
    is_year,
    look,
    words,
)
from legation.imports.source_tables import SourceCell

MOST = 3  # rows of headings
BELOW = 60  # rows that are compared with the headings
Cells = Sequence[SourceCell]
_UNIT = re.compile(r"\(.+\)|\[.+\]")  # what a row below the headings gives units in


def looks_like_data(cells: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row that might be headings has numbers or dates where the rows below have them too."""
    data = [at for at in filled(cells) if look(cells[at]) in DATA]
    if not data or (all(is_year(cells[at]) for at in data) and _are_headings(cells, data)):
        return False
    if not below:
        return len(data) * 2 > len(filled(cells)) or any(look(cells[at]) == DATE for at in data)
    known = columns_look(below[:BELOW], extent(cells))
    return any(known[at] == look(cells[at]) for at in data)


def _are_headings(cells: Cells, years: Sequence[int]) -> bool:
    """Years that follow one another from left to right head columns."""
    said = [int(words(cells[at])) for at in years]
    return len(said) > 1 and len({after - before for before, after in pairwise(said)}) == 1 and said[0] != said[1]


def evidence(cells: Cells, below: Sequence[Cells]) -> int:
    """In how many columns a row of words stands over numbers, dates or codes."""
    known = columns_look(below[:BELOW], extent(cells))
    return sum(look(cells[at]) == WORDS and known[at] in DATA for at in filled(cells))


def count_rows(rows: Sequence[Cells]) -> int:
    """How many of the first rows are headings; 0 when the first already is data."""
    if not rows or looks_like_data(rows[0], rows[1:]):
        return 0
    count = 1
    while count < min(MOST, len(rows) - 1) and _goes_on(rows, count):
        count += 1
    return count


def _goes_on(rows: Sequence[Cells], count: int) -> bool:
    """Whether the row after the headings so far belongs to them: it names the parts of what the row above spans."""
    above, next_row, below = rows[count - 1], rows[count], rows[count + 1 :]
    if looks_like_data(next_row, below) or any(look(each) in DATA for each in next_row):
        return False
    if all(_UNIT.fullmatch(words(next_row[at])) for at in filled(next_row)):
        return bool(filled(next_row))
    if _stands_below_itself(above, next_row):
        return True
    under = [at for at in filled(next_row) if at >= len(above) or look(above[at]) == EMPTY]
    repeated = any(one == other and words(one) for one, other in pairwise(above))
    return (bool(under) or repeated) and evidence(next_row, below) > 0


def _stands_below_itself(above: Cells, next_row: Cells) -> bool:
    """Whether some cells say what stands above them, as headings that are merged downwards do, and others do not."""
    filled_ones = [at for at in filled(next_row) if at < len(above) and words(above[at])]
    same = [at for at in filled_ones if words(next_row[at]) == words(above[at])]
    spans = any(one == other and words(one) for one, other in pairwise(above))
    return bool(same) and spans and len(same) < len(filled(next_row))


def name_columns(rows: Sequence[Cells], width: int) -> tuple[str, ...]:
    """A name for each column: rows joined by “/”, what spans columns said for each, blanks and repeats numbered."""
    parts: list[list[str]] = [[] for _column in range(width)]
    for at, row in enumerate(rows):
        is_last = at == len(rows) - 1
        spanning = ""
        for column in range(width):
            said = words(row[column]) if column < len(row) else ""
            below = any(column < len(other) and words(other[column]) for other in rows[at + 1 :])
            spanning = said or (spanning if below and not is_last else "")
            if spanning and parts[column][-1:] != [spanning]:
                parts[column].append(spanning)
    return _unique([" / ".join(each) for each in parts])


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names with numbers for those that are blank or there already."""
    given = {each for each in names if each}
    taken: dict[str, None] = {}  # in their order
    for at, name in enumerate(names, 1):
        wanted = name or _("Column {number}").format(number=at)
        found, number = wanted, 1
        while found in taken or (found != name and found in given):
            number += 1
            found = _("{name} {number}").format(name=wanted, number=number)
        taken[found] = None
    return tuple(taken)
