"""How wide the columns of a table are on paper: as the table would like, but no word is broken that need not be, and no
column has room that its texts do not need while those of another are broken into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import islice
from math import sqrt

from legation.documents.document import Table

LETTER = 0.56  # of the size of the text: how wide a letter is on average
LONGEST = 22  # letters of a word that a column makes room for; a longer one is broken
GUTTER = 2.5  # letters kept between two columns
LOOKED_AT = 2000  # rows
HEAD, WIDE = 1.25, 1.1  # how much wider than on average the letters of a word may be, in bold and else
LEAST = 1e-9  # of the line; less is nothing
DAY = 11  # letters that a column of dates has room for: 27 September


def letters_of(words: str) -> int:
    """How wide a text is in letters; those of East Asia take two."""
    if words.isascii():
        return len(words)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)


def shares(table: Table, letters: float) -> list[float]:
    """The part of the line that each column gets, in all 1; `letters` is how many fit on the line.

    Each has room for its longest word. What is left goes to columns as they ask for it and as their texts are long, up
    to the longest text; and what no text needs, to all as they ask for it.
    """
    needs = [max(HEAD * _longest_word(each.label), DAY if each.kind == "date" else 0) for each in table.columns]
    full = [HEAD * letters_of(each.label) for each in table.columns]
    for row in islice(table.rows(), LOOKED_AT):
        for at, cell in enumerate(row.cells):
            shown = cell.shown
            if len(shown) > min(needs[at], full[at]):
                needs[at] = max(needs[at], WIDE * _longest_word(cell.text))
                full[at] = max(full[at], WIDE * max(letters_of(line) for line in shown.split("\n")))
    least = [(min(need, LONGEST) + GUTTER) / letters for need in needs]
    if sum(least) >= 1:
        return [each / sum(least) for each in least]
    wanted = [column.width / table.width for column in table.columns]
    most = [max(need, (each + GUTTER) / letters) for need, each in zip(least, full, strict=True)]
    weights = [sqrt(want * (up_to - need)) for want, up_to, need in zip(wanted, most, least, strict=True)]
    found = _filled(least, most, weights)
    rest = 1 - sum(found)
    return [each + rest * want for each, want in zip(found, wanted, strict=True)]


def _filled(given: Sequence[float], most: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Parts that grow by their weights until they have what is left of the line, none beyond its `most`."""
    found = list(given)
    open_ones = [at for at, weight in enumerate(weights) if weight > 0 and most[at] > found[at]]
    while open_ones and (rest := 1 - sum(found)) > LEAST:
        by = min(
            rest / sum(weights[at] for at in open_ones), *((most[at] - found[at]) / weights[at] for at in open_ones)
        )
        for at in open_ones:
            found[at] += by * weights[at]
        open_ones = [at for at in open_ones if most[at] - found[at] > LEAST]
    return found


def _longest_word(words: str) -> int:
    """Letters of the longest word; East Asian text may be broken anywhere."""
    return max((len(each) if each.isascii() else _unbroken(each) for each in words.split()), default=0)


def _unbroken(word: str) -> int:
    return 2 if any(unicodedata.east_asian_width(each) in "WF" for each in word) else len(word)
