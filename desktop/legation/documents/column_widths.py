"""How wide the columns of a table are on paper: as the table would like, but no word is broken that need not be."""

from __future__ import annotations

import unicodedata
from itertools import islice

from legation.documents.document import Table

LETTER = 0.56  # of the size of the text: how wide a letter is on average
LONGEST = 22  # letters of a word that a column makes room for; a longer one is broken
GUTTER = 2.5  # letters kept between two columns
LOOKED_AT = 2000  # rows
HEAD, WIDE = 1.25, 1.1  # how much wider than on average the letters of a word may be, in bold and else
DAY = 11  # letters that a column of dates has room for: 27 September


def letters_of(words: str) -> int:
    """How wide a text is in letters; those of East Asia take two."""
    if words.isascii():
        return len(words)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)


def shares(table: Table, letters: float) -> list[float]:
    """The part of the line that each column gets, in all 1; `letters` is how many fit on the line."""
    needs = [max(HEAD * _longest_word(each.label), DAY if each.kind == "date" else 0) for each in table.columns]
    for row in islice(table.rows(), LOOKED_AT):
        for at, cell in enumerate(row.cells):
            if len(cell.text) > needs[at]:
                needs[at] = max(needs[at], WIDE * _longest_word(cell.text))
    least = [(min(need, LONGEST) + GUTTER) / letters for need in needs]
    if sum(least) >= 1:
        return [each / sum(least) for each in least]
    wanted = [column.width / table.width for column in table.columns]
    over = [max(0.0, want - need) for want, need in zip(wanted, least, strict=True)]
    rest = 1 - sum(least)
    if not sum(over):
        return [need + rest / len(least) for need in least]
    return [need + rest * more / sum(over) for need, more in zip(least, over, strict=True)]


def _longest_word(words: str) -> int:
    """Letters of the longest word; East Asian text may be broken anywhere."""
    return max((len(each) if each.isascii() else _unbroken(each) for each in words.split()), default=0)


def _unbroken(word: str) -> int:
    return 2 if any(unicodedata.east_asian_width(each) in "WF" for each in word) else len(word)
