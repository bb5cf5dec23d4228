"""The words of a one-line entry: where each stands, what marks it, and what it says without its marks.

`#topic`, `@place`, `key:value`, `"title"`, and bare words; quotation marks hold blanks together. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

_WORD = re.compile(r'(?P<mark>[#@]|[A-Za-z]+:(?=\S))?(?P<text>(?:[^\s"]+|"[^"]*")+)')
_NAME = re.compile(r'(?:[^\s">+]+|"[^"]*")+')
_BLANK = re.compile(r"\s*")


@dataclass(frozen=True)
class Word:
    """A word of a line from `start` up to `end`: its mark ("", "#", "@" or a key such as "src"), its text."""

    start: int
    end: int
    mark: str
    text: str
    is_quoted: bool = False


def words_of(line: str) -> tuple[list[Word], int | None]:
    """The words of a line in order, and where a quotation mark stands that is not closed, if one does."""
    found: list[Word] = []
    at = 0
    while True:
        blank = _BLANK.match(line, at)
        at = blank.end() if blank else at
        if at >= len(line):
            return found, None
        match = _WORD.match(line, at)
        if match is None:
            return found, at
        mark, text = match["mark"] or "", match["text"]
        is_quoted = not mark and text.startswith('"')
        found.append(Word(match.start(), match.end(), mark.rstrip(":").lower(), text.replace('"', ""), is_quoted))
        at = match.end()


def is_key(word: Word, keys: Container[str]) -> bool:
    """Whether a word is a mark or `key:value` of one of the keys, rather than a party such as JPN:Itochu."""
    return word.mark in ("#", "@") or word.mark in keys


def names_in(line: str, word: Word) -> list[tuple[Word, str]]:
    """The names that ">" and "+" part in a word, each with what stands before it; what is quoted holds together."""
    found: list[tuple[Word, str]] = []
    for match in _NAME.finditer(line, word.start, word.end):
        before = line[match.start() - 1] if match.start() > word.start else ""
        found.append((Word(match.start(), match.end(), "", match[0].replace('"', "")), before))
    return found


def split_at(word: Word, mark: str) -> list[Word]:
    """A bare word taken apart at a mark such as "/", the marks being words of their own."""
    if word.mark or word.is_quoted or mark not in word.text:
        return [word]
    found: list[Word] = []
    at = word.start
    for part in re.split(f"({re.escape(mark)})", word.text):
        if part:
            found.append(Word(at, at + len(part), "", part))
        at += len(part)
    return found
