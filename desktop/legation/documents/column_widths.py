"""How wide the columns of a table are on paper: as the table would like, but no word is broken that need not be, and no
column has room that its texts do not need while those of another are broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from math import sqrt

from legation.documents.document import Table

LETTER = 0.56  # of the size of the text: how wide a letter is on average
LONGEST = 22  # letters of a word that a column makes room for; a longer one is broken
INDENT = 2.5  # letters that a row moves in a level
GUTTER = 2.5  # letters kept between two columns
LOOKED_AT = 2000  # rows
HEAD, WIDE = 1.25, 1.1  # how much wider than on average the letters of a line may be, in bold and else
BOLD = 1.08  # how much wider a word is in bold
LEAST = 1e-9  # of the line; less is nothing
DAY = 11  # letters that a column of dates has room for: 27 September
_WIDTHS = dict.fromkeys("fijlrtIJ.,:;'!|()[]/-", 0.75) | dict.fromkeys("DGHNOQU&", 1.35) | dict.fromkeys("mwMW@%", 1.7)
_USUAL, _FOREIGN = 1.1, 1.3  # letters: how wide any other letter is, of ASCII and else
_UNSPACED, _SYLLABLES = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]", 9  # scripts without blanks; where they are broken


def letters_of(words: str) -> int:
    """How wide a text is in letters; those of East Asia take two."""
    if words.isascii():
        return len(words)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)


def shares(table: Table, letters: float) -> list[float]:
    """The part of the line that each column gets, in all 1; `letters` is how many fit on the line.

    Each has room for its longest word; where there is too little for all, those with the longest words give way. What
    is left goes to columns as they ask for it and as their texts are long, up to the longest text; and what no text
    needs, to all as they ask for it.
    """
    needs = [max(BOLD * _longest_word(each.label), DAY if each.kind == "date" else 0) for each in table.columns]
    full = [HEAD * letters_of(each.label) for each in table.columns]
    for row in islice(table.rows(), LOOKED_AT):
        for at, cell in enumerate(row.cells):
            shown = cell.shown
            if len(shown) > min(needs[at], full[at]):
                own = INDENT * row.level if row.level and table.columns[at].name == table.indented else 0.0
                needs[at] = max(needs[at], _longest_word(cell.text) + own)
                full[at] = max(full[at], WIDE * max(letters_of(line) for line in shown.split("\n")) + own)
    needs = _lowered([min(need, LONGEST) for need in needs], letters - GUTTER * len(needs))
    least = [(need + GUTTER) / letters for need in needs]
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


def _lowered(needs: Sequence[float], room: float) -> list[float]:
    """The same needs where they fit the room; else none above the height at which they do."""
    rest, left = max(room, 0.0), len(needs)
    for need in sorted(needs):
        if need * left > rest:
            return [min(each, rest / left) for each in needs]
        rest, left = rest - need, left - 1
    return list(needs)


def _longest_word(words: str) -> float:
    """How wide the longest word is, in letters; a word may be broken behind a hyphen, East Asian text anywhere."""
    return max((_width(each) for each in words.replace("-", "- ").split()), default=0.0)


@lru_cache(maxsize=10_000)
def _width(word: str) -> float:
    if word.isascii():
        return sum(_WIDTHS.get(each, _USUAL) for each in word)
    if any(unicodedata.east_asian_width(each) in "WF" for each in word):
        return 2.0
    letters = sum(not unicodedata.combining(each) and unicodedata.category(each) != "Mn" for each in word)
    return _FOREIGN * (min(letters, _SYLLABLES) if re.search(_UNSPACED, word) else letters)
