"""Text with separated cells as tables: CSV and its relatives, from a file or pasted.

The layout is found at the beginning and the end of the text; the rows are read as they are asked for, one at a time,
so that memory does not grow with the file.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from legation.errors import UserError
from legation.i18n import _, ngettext
from legation.imports.files.aligned import is_rule
from legation.imports.files.cell_looks import extent, filled, joined
from legation.imports.files.cleaning import ODD, clean_cells, without_guard
from legation.imports.files.dialects import FoundDialect, find_dialect
from legation.imports.files.file_source import FileSource
from legation.imports.files.later_tables import LaterTables
from legation.imports.files.layout import LaidRow, Section, count_footnotes, find_sections, with_last
from legation.imports.files.records import Dialect, read_records, split_line
from legation.imports.files.text_encoding import Encoding, find_encoding
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceRow, SourceTable

WHOLE, WHOLE_LINES = 2 << 20, 20_000  # bytes and lines of a file whose every row is looked at for the layout
HEAD_LINES = 1500  # of a larger file
TAIL_LINES = 60
TAIL = 1 << 16  # bytes
_SEP = re.compile(r"sep=.[\r\n]*$")  # a line that tells Excel the separator


@dataclass(frozen=True)
class _Text:
    """A text and how it is read."""

    source: FileSource
    encoding: Encoding
    dialect: Dialect


def text_tables(source: FileSource, choices: ReadingChoices, encoding: Encoding | None = None) -> list[SourceTable]:
    """The tables of a text. Raises `UserError` when it has none, or cannot be read as was chosen."""
    _check(choices)
    encoding = encoding or find_encoding(source, choices.encoding)
    is_whole = source.size <= WHOLE and encoding.lines <= WHOLE_LINES
    first = choices.first_row if choices.first_row and not is_whole and choices.first_row > HEAD_LINES // 2 else 1
    with source.guarded(), encoding.open(source) as file:
        head = list(file) if is_whole else list(_head(islice(file, first - 1, None)))
    found = find_dialect(head, choices)
    text = _Text(source, encoding, found.dialect)
    rows = _laid_rows(head, found, first)
    if not is_whole:
        rows = rows[:-1]  # the last may go on
    sections = find_sections(rows, choices, found.dialect.delimiter, is_whole)
    if not sections or not _has_rows(sections):
        raise _no_rows(source.name, sections, choices)
    given_up = 0
    if not is_whole:
        if choices.first_row is None and choices.header_rows is None:
            later = _looked_on(text, sections[-1], rows)
            sections[-1:], given_up = later.finish(), later.ended_at
            rows = later.sample
        sections[-1] = _with_tail(text, sections[-1], rows)
    told = (*encoding.how, *found.how(choices), *_count(sections), *_seen(is_whole, len(head), given_up))
    tables = [_table(text, each, told, encoding.lines) for each in sections]
    return [tables[0], *(replace(each, name=str(number)) for number, each in enumerate(tables[1:], 2))]


def _check(choices: ReadingChoices) -> None:
    """Raises `UserError` for marks that cannot part or enclose cells."""
    delimiter, quote = choices.delimiter, choices.quote
    if delimiter is not None and (len(delimiter) != 1 or delimiter in "\r\n"):
        raise UserError(
            _("“{mark}” cannot separate cells.").format(mark=delimiter), _("Choose one character, such as a comma.")
        )
    if quote and (len(quote) != 1 or quote in "\r\n" or quote == delimiter):
        raise UserError(
            _("“{mark}” cannot stand around cells.").format(mark=quote), _("Choose one character, or none at all.")
        )


def _head(lines: Iterator[str]) -> Iterator[str]:
    """The first lines of a large file, fewer where they are long."""
    size = 0
    for line in islice(lines, HEAD_LINES):
        size += len(line)
        yield line
        if size > 2 * WHOLE:
            return


def _laid_rows(lines: Sequence[str], found: FoundDialect, first: int) -> list[LaidRow]:
    return [
        LaidRow(each.number, without_guard(each.cells))
        for each in read_records(lines, found.dialect, found.width, first)
        if not (each.number == 1 and _SEP.match(each.text)) and not is_rule(each.text)
    ]


def _has_rows(sections: Sequence[Section]) -> bool:
    return any(each.last is None or each.last >= each.first for each in sections)


def _no_rows(name: str, sections: Sequence[Section], choices: ReadingChoices) -> UserError:
    if sections:
        return UserError(
            _("{name} has headings and no row below them.").format(name=name), _("Choose a file that has rows.")
        )
    if choices.first_row is not None:
        told = _("{name} has nothing from row {row} on.").format(name=name, row=choices.first_row)
        return UserError(told, _("Choose an earlier row."))
    return UserError(
        _("{name} has no rows of cells, only words or empty lines.").format(name=name),
        _("Choose a file that holds a table."),
    )


def _count(sections: Sequence[Section]) -> tuple[str, ...]:
    if len(sections) < 2:
        return ()
    told = ngettext(
        "{count} table was found.", "{count} tables were found, each with headings of its own.", len(sections)
    )
    return (told.format(count=len(sections)),)


def _seen(is_whole: bool, lines: int, given_up: int) -> tuple[str, ...]:
    if is_whole:
        return ()
    told = _(
        "The file is large: headings were looked for in its first {first} lines and behind empty ones, notes in its "
        "last {last}."
    )
    seen = told.format(first=lines, last=TAIL_LINES)
    if not given_up:
        return (seen,)
    left = _("It has too many empty lines: what stands behind line {line} was not looked at for further tables.")
    return seen, left.format(line=given_up)


def _looked_on(text: _Text, section: Section, rows: Sequence[LaidRow]) -> LaterTables:
    """What was found of further tables behind the first lines of a large file; only lines behind empty ones are read.

    An empty line inside quotation marks is part of a cell.
    """
    sample = [each for each in rows if each.number >= section.first_row and extent(each.cells)]
    later = LaterTables(section, sample, text.dialect.delimiter)
    quote, blank = text.dialect.quote, text.dialect.delimiter + ' "\t\r\n'
    is_open = False
    first = rows[-1].number + 1 if rows else 1
    with text.encoding.open(text.source) as file:
        for number, line in enumerate(islice(file, first - 1, None), first):
            is_empty = not is_open and not line.strip(blank)
            later.feed(number, is_empty, partial(_cells_of_line, line, text.dialect))
            if quote and quote in line and line.count(quote) % 2:
                is_open = not is_open
    return later


def _with_tail(text: _Text, section: Section, rows: Sequence[LaidRow]) -> Section:
    """The last table of a large file, which ends before the notes at the end of the file."""
    lines = _last_lines(text)
    dialect = text.dialect
    first = text.encoding.lines - len(lines) + 1
    tail = [LaidRow(first + at, _cells_of_line(each, dialect)) for at, each in enumerate(lines)]
    before = [each for each in rows if each.number >= section.first][:20]
    count = count_footnotes(tail, len(section.headings), before)
    notes = [joined(each.cells, dialect.delimiter) for each in tail[len(tail) - count :] if filled(each.cells)]
    return with_last(section, text.encoding.lines - count, notes)


def _cells_of_line(line: str, dialect: Dialect) -> list[str]:
    """The cells of a line that stands by itself; a part of a cell of several lines is made to look like no note."""
    if dialect.quote and line.count(dialect.quote) % 2:
        return ["", line]
    return split_line(line, dialect)


def _last_lines(text: _Text) -> list[str]:
    if text.encoding.is_wide:
        with text.encoding.open(text.source) as file:
            return list(deque(file, maxlen=TAIL_LINES))
    tail = text.source.tail(TAIL).decode(text.encoding.codec, errors="surrogateescape")
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", tail)
    return lines[1:][-TAIL_LINES:]


def _table(text: _Text, section: Section, told: tuple[str, ...], lines: int) -> SourceTable:
    dialect = text.dialect
    used = ReadingChoices(
        encoding=text.encoding.codec,
        delimiter=None if dialect.starts else dialect.delimiter,
        quote=None if dialect.starts else dialect.quote,
        backslash=dialect.backslash,
        first_row=section.first_row,
        header_rows=section.header_rows,
    )
    last = lines if section.last is None else section.last
    return SourceTable(
        file=text.source.name,
        name="",
        headings=section.headings,
        rows=partial(_rows, text, section),
        title=section.title,
        footnotes=section.footnotes,
        how=(*told, *section.how()),
        used=used,
        sample=text.encoding.sample,
        about=max(0, last - section.first + 1 - len(section.repeated)),
    )


def _rows(text: _Text, section: Section) -> Iterator[SourceRow]:
    """The rows of a table, read anew."""
    width, last, repeated = len(section.headings), section.last, section.repeated
    odd, tell = ODD.search, _teller(text, section)
    with text.source.guarded(), text.encoding.open(text.source) as file:
        lines = islice(file, section.first - 1, None)
        for number, cells, written, note in read_records(lines, text.dialect, width, section.first):
            if last is not None and number > last:
                return
            if written[:1] in "+|-=: (─━═" and is_rule(written):
                continue
            if section.right is not None:
                cells = cells[section.left : section.right]
                cells += [""] * (width - len(cells))
            is_plain = written.strip("\r\n").isprintable() and "\ufffd" not in written
            if len(cells) == width and not note and (is_plain or not odd(written)):
                if "'" in written:
                    cells = without_guard(cells)
                if any(cells) and number not in repeated and not "".join(cells).isspace():
                    yield SourceRow(number, tuple(cells))
            elif any(map(str.strip, cells)) and number not in repeated:
                yield tell(number, cells, note)


def _teller(text: _Text, section: Section) -> Callable[[int, list[str], str], SourceRow]:
    """What makes a row of a record that is odd, with notes that tell what is."""
    headings, codec = section.headings, text.encoding.codec

    def tell(number: int, cells: list[str], note: str) -> SourceRow:
        cells, notes = clean_cells(without_guard(cells), headings, codec)
        if note:
            notes.insert(0, _(note))
        count, width = len(cells), len(headings)
        beyond = tuple(cells[width:])
        if any(map(str.strip, beyond)):
            told = _("The row has {count} cells, {more} more than there are headings.")
            notes.append(told.format(count=count, more=count - width))
        elif count < width:
            told = ngettext(
                "The row has {count} cell and there are {width} headings.",
                "The row has {count} cells and there are {width} headings.",
                count,
            )
            notes.append(told.format(count=count, width=width))
        else:
            beyond = ()
        cells = cells[:width] + [""] * (width - count)
        return SourceRow(number, tuple(cells), beyond, tuple(notes))

    return tell
