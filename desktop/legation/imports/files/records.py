"""Lines of text as records of cells, by the csv module, which is fast; and what it does silently, told.

A quotation mark that is never closed does not swallow the file: its record ends with its line, and is told. A cell
that begins with a quotation mark and goes on after the closing one is text as it stands. Memory holds one record.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from legation.i18n import N_
from legation.imports.files.aligned import aligned_cells

LONGEST = 32 << 20  # characters of one record; what is longer is a quotation mark that is never closed
WASTED = 4 * LONGEST  # characters read in vain, after which no record goes on over more than a line
_LONG = 100_000  # characters of a line that is too long to be looked at twice
NOT_CLOSED = N_("A quotation mark in this row is never closed; it is read as text.")


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart: `quote` is "" for none; `backslash` and `skip_blank` are habits of some programs.

    `starts` are where columns begin that are only parted by blanks; the delimiter then says nothing.
    """

    delimiter: str = ","
    quote: str = '"'
    backslash: bool = False
    skip_blank: bool = False  # a blank after the delimiter belongs to no cell
    starts: tuple[int, ...] = ()


class Record(NamedTuple):
    """A record as it stands in the file: the line it begins in, its cells, its lines as text, and a note or ""."""

    number: int
    cells: list[str]
    text: str
    note: str = ""


class _Swallowed(Exception):
    """A record is longer than any record is."""


class _Feed:
    """Lines for the csv module, counted, with those of the present record at hand to be read again."""

    def __init__(self, source: Iterable[str], first: int) -> None:
        self.source = iter(source)
        self.again: deque[str] = deque()
        self.taken: list[str] = []
        self.number = first - 1  # of the line taken last
        self.is_at_end = False

    def lines(self, backslash: bool) -> Iterator[str]:
        """The lines, one at a time, as the csv module asks for them."""
        size = 0
        taken, again, source = self.taken, self.again, self.source
        while True:
            line = again.popleft() if again else next(source, None)
            if line is None:
                self.is_at_end = True
                return
            self.number += 1
            if taken:
                size += len(line)
                if size > LONGEST:
                    taken.append(line)
                    raise _Swallowed
            else:
                size = len(line)
            taken.append(line)
            yield _with_doubled(line) if backslash else line

    def give_back(self) -> str:
        """All lines of the present record but the first are to be read again; the first."""
        first, *rest = self.taken
        self.again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken.clear()
        return first


def _with_doubled(line: str) -> str:
    """A backslash before a quotation mark or a backslash, written as quotation marks are: doubled."""
    return _ESCAPED.sub(lambda each: '""' if each[1] == '"' else "\\", line) if "\\" in line else line


_ESCAPED = re.compile(r'\\(["\\])')


def read_records(lines: Iterable[str], dialect: Dialect, width: int = 0, first: int = 1) -> Iterator[Record]:
    """The records of lines that keep their ends. `width` is how many cells a record should have, 0 if nobody knows."""
    if dialect.starts:
        for number, line in enumerate(lines, first):
            yield Record(number, aligned_cells(line, dialect.starts), line)
        return
    allow_long_cells()
    feed = _Feed(lines, first)
    loose, quote, taken = _Loose(dialect), dialect.quote, feed.taken
    wasted = 0
    while not feed.is_at_end:
        reader = _reader(feed.lines(dialect.backslash), dialect)
        try:
            for cells in reader:
                if feed.is_at_end or (len(taken) > 1 and loose.is_swallowing(taken, cells, width)):
                    break  # at the end of the file only a quotation mark asks for more
                if len(taken) > 1:
                    yield Record(feed.number - len(taken) + 1, cells, "".join(taken))
                else:
                    line = taken[0]
                    if quote and quote in line and loose.is_needed(line):
                        cells = loose.cells(line)
                    yield Record(feed.number, cells, line)
                taken.clear()
        except (_Swallowed, csv.Error):
            pass
        if taken:
            wasted += sum(map(len, taken))
            line = feed.give_back()
            feed.is_at_end = False
            yield Record(feed.number, loose.cells(line, width), line, NOT_CLOSED)
            if wasted > WASTED:
                yield from _line_by_line(feed, loose, width)


def split_line(line: str, dialect: Dialect) -> list[str]:
    """The cells of a line that is a record by itself."""
    if dialect.starts:
        return aligned_cells(line, dialect.starts)
    return _Loose(dialect).cells(line)


def has_strange_quotes(line: str, dialect: Dialect) -> bool:
    """Whether a line has quotation marks that the csv module would take away from where they stand."""
    loose = _Loose(dialect)
    if not loose.is_needed(line):
        return False
    read = next(_reader(iter([_with_doubled(line) if dialect.backslash else line]), dialect), [])
    return loose.cells(line) != read


def allow_long_cells() -> None:
    """Let the csv module read cells of any length that a record may have; its own limit is far below."""
    if csv.field_size_limit() < LONGEST:
        csv.field_size_limit(LONGEST)


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    if not dialect.quote:
        return csv.reader(
            lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE, skipinitialspace=dialect.skip_blank
        )
    return csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, skipinitialspace=dialect.skip_blank)


def _line_by_line(feed: _Feed, loose: _Loose, width: int) -> Iterator[Record]:
    """The rest of a file with many quotation marks that are never closed: each line is a record."""
    for line in feed.lines(False):
        feed.taken.clear()
        note = NOT_CLOSED if loose.is_open(line) else ""
        yield Record(feed.number, loose.cells(line, width), line, note)


class _Loose:
    """Single lines whose quotation marks do not stand as they should."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.delimiter, self.quote = dialect.delimiter, dialect.quote
        end, quote = re.escape(dialect.delimiter), re.escape(dialect.quote or "\n")
        blanks = " *" if dialect.skip_blank else ""
        inside = f"((?:[^{quote}]|{quote}{quote})*){quote}"
        start = f"(?:^|{end}){blanks}{quote}(?!{quote}(?:{end}|[\r\n]|$))"
        self._opens, self._closes = dialect.delimiter + dialect.quote, dialect.quote + dialect.delimiter
        self._plain = re.compile(f"[^{end}\r\n]*")
        self._quoted = re.compile(f"{blanks}{quote}{inside}(?={end}|[\r\n]*$)")
        self._strange = re.compile(f"{start}{inside}[^{quote}{end}\r\n]")

    def is_needed(self, line: str) -> bool:
        """Whether a cell goes on after the mark that closes it, which the csv module would take away."""
        if not self.quote or self.quote not in line or len(line) > _LONG:
            return False
        opening = line.count(self._opens) + line.startswith(self.quote)
        closing = line.count(self._closes) + line.rstrip("\r\n").endswith(self.quote)
        if opening == closing and opening + closing == line.count(self.quote):
            return False  # each stands beside a delimiter
        return self._strange.search(self._text(line)) is not None

    def is_open(self, line: str) -> bool:
        """Whether the line has a quotation mark without another."""
        return bool(self.quote) and self._text(line).count(self.quote) % 2 == 1

    def is_swallowing(self, lines: Sequence[str], cells: Sequence[str], width: int) -> bool:
        """Whether a record of several lines is none: it does not fit, and each of its first two lines does."""
        text = "".join(lines)
        if not width or (len(cells) == width and (not self.is_needed(text) or self._split(text) == cells)):
            return False
        first, second = lines[:2]
        widths = (len(self._split(first)), len(self._closed(first)))
        return self.is_open(first) and width in widths and len(self._split(second)) == width

    def cells(self, line: str, width: int = 0) -> list[str]:
        """The cells of one line: what cannot be quoted is text as it stands, unless the width says otherwise."""
        split = self._split(line)
        if width and len(split) != width and len(closed := self._closed(line)) == width:
            return closed
        return split

    def _text(self, line: str) -> str:
        return _with_doubled(line) if self.dialect.backslash else line

    def _closed(self, line: str) -> list[str]:
        """The cells if the last quotation mark were closed at the end of the line."""
        if not self.quote:
            return self._split(line)
        return next(_reader(iter([self._text(line).rstrip("\r\n") + self.quote]), self.dialect), [])

    def _split(self, line: str) -> list[str]:
        line, found, at = self._text(line), [], 0
        while True:
            if self.quote and (quoted := self._quoted.match(line, at)):
                found.append(quoted[1].replace(self.quote * 2, self.quote))
                at = quoted.end()
            else:
                plain = self._plain.match(line, at)
                assert plain is not None
                found.append(plain[0].lstrip(" ") if self.dialect.skip_blank else plain[0])
                at = plain.end()
            if at >= len(line) or line[at] != self.delimiter:
                return found
            at += 1
