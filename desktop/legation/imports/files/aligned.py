"""Text whose cells stand below each other, parted by blanks: which columns of letters are blank in every row.

Tables that were printed, or copied out of a letter. Only looked for where no mark separates cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST = 3  # rows before anything that stands below another says anything
GUTTER = 2  # blanks between two columns
_PARTED = re.compile(r"\S {2,}\S")
_RULE = re.compile(r"(?=.*[-=_─━═+]{3})[\s\-=_+|:─━═┼]+$|\s*\(\d+ rows?\)\s*$")


def find_columns(lines: Sequence[str]) -> tuple[int, ...]:
    """Where each column of an aligned text begins, counted in letters from 0; () where nothing stands so."""
    filled = [line.rstrip() for line in lines if line.strip() and not _RULE.match(line)]
    rows = [line for line in filled if _PARTED.search(line)]
    if len(rows) < FEWEST or len(rows) * 5 < len(filled) * 3:
        return ()
    width = max(map(len, rows))
    blank = [all(line[at : at + 1] in ("", " ") for line in rows) for at in range(width)]
    starts, run = [], GUTTER
    for at, is_blank in enumerate(blank):
        if not is_blank and run >= GUTTER:
            starts.append(at)
        run = run + 1 if is_blank else 0
    return tuple(starts) if len(starts) > 1 else ()


def is_rule(line: str) -> bool:
    """Whether a line only draws a rule, as in "----+----" or "|:---|---|", or counts the rows of a query above it."""
    return _RULE.match(line.rstrip("\r\n")) is not None


def aligned_cells(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line; one cell where words stand across the columns, none for a rule below headings."""
    text = line.rstrip()
    if not text or _RULE.match(text):
        return []
    if any(text[start - GUTTER : start].strip() for start in starts if start >= GUTTER and start < len(text)):
        return [text.strip()]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)]
