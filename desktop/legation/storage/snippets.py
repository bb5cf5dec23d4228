"""Where typed words stand in a record: short pieces of its texts as they are written, the words found marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from legation.fields.folding import fold, needles
from legation.storage.reading import Reader
from legation.storage.search import NUMBERS

MOST = 4
AROUND = 60  # letters shown before and after the first word found
_WORD = re.compile(r"\w+(?:['’ʼ`]\w+)*")

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text, each with whether it is what was looked for."""


def snippets(reader: Reader, record: str, id: int, words: Sequence[str]) -> list[Snippet]:
    """Up to four pieces of the texts of a record that hold typed words, those of its names first."""
    wanted = [each for typed in words for each in needles(typed)]
    if record not in NUMBERS or not wanted:
        return []
    rows = reader.sql(f"SELECT name, body FROM search_of_{record} WHERE id = ?", (id,))
    found: list[Snippet] = []
    for line in dict.fromkeys(line.strip() for row in rows for text in row for line in text.split("\n")):
        hits = list(_hits(line, wanted))
        if hits:
            found.append(_cut(line, hits))
        if len(found) == MOST:
            break
    return found


def _hits(line: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where the words looked for stand; words of a phrase one by one, where the phrase is there."""
    folded = f" {fold(line)} "
    there = [each for each in wanted if each in folded]
    beginnings = tuple(each.strip() for each in there if not each.endswith(" "))
    whole = {word for each in there if each.endswith(" ") for word in each.split()}
    for match in _WORD.finditer(line):
        pieces = fold(match[0]).split()
        if any(piece in whole or piece.startswith(beginnings) for piece in pieces):
            yield match.span()


def _cut(line: str, hits: Sequence[tuple[int, int]]) -> Snippet:
    """The part of a line around the first hit, whole where it is short."""
    begin = 0 if hits[0][0] <= AROUND else line.rfind(" ", 0, hits[0][0] - AROUND // 2) + 1
    last = hits[0][1] + AROUND * 2
    end = len(line) if len(line) <= last else max(line.rfind(" ", hits[0][1], last), hits[0][1])
    pieces: list[tuple[str, bool]] = [("… ", False)] if begin else []
    at = begin
    for start, stop in hits:
        if stop <= end:
            pieces += [(line[at:start], False), (line[start:stop], True)]
            at = stop
    pieces.append((line[at:end] + (" …" if end < len(line) else ""), False))
    return tuple(piece for piece in pieces if piece[0])
