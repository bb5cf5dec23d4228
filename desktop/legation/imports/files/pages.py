"""Tables of web pages, saved as files or pasted, also those that are named .xls: each table with cells of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from legation.errors import UserError
from legation.i18n import _
from legation.imports.files.file_source import FileSource
from legation.imports.files.layout import LaidRow
from legation.imports.files.sheet_tables import Sheet, tables_of_sheet
from legation.imports.files.text_encoding import Encoding, find_encoding
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceCell, SourceTable

LARGEST = 100 << 20  # bytes
MOST_CELLS = 5_000_000
MOST_SPANNED = 1000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]{3,20})""", re.IGNORECASE)
_SKIPPED = {"script", "style", "template", "noscript"}
_BREAKS = {"br", "p", "div", "li"}


@dataclass
class _Table:
    """A table of a page while it is read."""

    caption: str = ""
    rows: list[list[SourceCell]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)  # of each row, whether all its cells are headings
    spans: dict[int, tuple[int, str]] = field(default_factory=dict)  # by column, for how many rows more, and what
    has_inner: bool = False


def page_tables(source: FileSource, choices: ReadingChoices, encoding: Encoding | None = None) -> list[SourceTable]:
    """The tables of a page that have at least two rows and two columns. Raises `UserError` when there is none."""
    if source.size > LARGEST:
        raise UserError(
            _("{name} is too large to be read as a page.").format(name=source.name), _("Save its table as CSV.")
        )
    encoding = encoding or _encoding(source, choices)
    parser = _Parser(source.name)
    with encoding.open(source) as file:
        while portion := file.read(1 << 20):
            parser.feed(portion)
    parser.close()
    parser.finish()
    found: list[SourceTable] = []
    tables = [each for each in parser.found if not each.has_inner and len(each.rows) > 1]
    for each in tables:
        rows = [LaidRow(number, cells) for number, cells in enumerate(each.rows, 1)]
        heads = next((at for at, is_head in enumerate(each.heads) if not is_head), 0)
        chosen = choices
        if heads and choices.first_row is None and choices.header_rows is None:
            chosen = replace(choices, header_rows=heads, first_row=1)
        sheet = Sheet(source.name, each.caption if len(tables) > 1 else "", rows.__iter__, encoding.how)
        for table in tables_of_sheet(sheet, chosen):
            if len(table.headings) > 1:
                title = "\n".join(filter(None, (each.caption, table.title)))
                found.append(replace(table, title=title, used=replace(table.used, encoding=encoding.codec)))
    if not found:
        raise UserError(
            _("{name} is a page without a table.").format(name=source.name),
            _("Copy the table from the page and paste it, or save it as CSV."),
        )
    return found


def _encoding(source: FileSource, choices: ReadingChoices) -> Encoding:
    """The encoding that was chosen, that the letters show, or else the one that the page names."""
    found = find_encoding(source, choices.encoding)
    named = _CHARSET.search(source.head(4096))
    if choices.encoding is not None or named is None or found.codec.startswith("utf"):
        return found
    try:
        named_one = find_encoding(source, named[1].decode("ascii"))
    except UserError:
        return found
    told = _("Read as {encoding}: the page says so.").format(encoding=named[1].decode("ascii"))
    return replace(named_one, how=(told,))


class _Parser(HTMLParser):
    """Gathers the cells of all tables; what is not closed is closed by what follows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found: list[_Table] = []
        self.open: list[_Table] = []
        self.row: list[tuple[str, str, int, int]] | None = None  # tag, words, columns, rows
        self.cell: tuple[str, int, int] | None = None
        self.words: list[str] = []
        self.skipping = self.count = 0
        self.in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "table":
            self._end_row()
            if self.open:
                self.open[-1].has_inner = True
            self.open.append(_Table())
        elif tag == "caption" and self.open:
            self.in_caption, self.words = True, []
        elif tag == "tr" and self.open:
            self._end_row()
            self.row = []
        elif tag in ("td", "th") and self.open:
            self._end_cell()
            self.row = [] if self.row is None else self.row
            spans = dict(attrs)
            self.cell, self.words = (tag, _span(spans.get("colspan")), _span(spans.get("rowspan"))), []
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "table" and self.open:
            self._end_row()
            self.found.append(self.open.pop())
        elif tag == "caption" and self.open:
            self.in_caption, self.open[-1].caption = False, " ".join("".join(self.words).split())
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Words stand in a tag."""
        if not self.skipping and (self.cell is not None or self.in_caption):
            self.words.append(data)

    def finish(self) -> None:
        """Close what was never closed."""
        self._end_row()
        self.found += reversed(self.open)
        self.open = []

    def _end_cell(self) -> None:
        if self.cell is not None and self.row is not None:
            lines = (" ".join(line.split()) for line in "".join(self.words).split("\n"))
            tag, columns, rows = self.cell
            self.row.append((tag, "\n".join(filter(None, lines)), columns, rows))
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row and self.open:
            table = self.open[-1]
            cells = list(_spread(table, self.row))
            self.count += len(cells)
            if self.count > MOST_CELLS:
                raise UserError(
                    _("{name} has too many cells for a page.").format(name=self.name), _("Save its table as CSV.")
                )
            table.rows.append(cells)
            table.heads.append(all(tag == "th" for tag, *_rest in self.row))
        self.row = None


def _spread(table: _Table, row: list[tuple[str, str, int, int]]) -> Iterator[SourceCell]:
    """The cells of a row, with those that span columns or rows in each of them."""
    column = 0
    for _tag, words, columns, rows in row:
        yield from (spanned := list(_from_above(table, column)))
        column += len(spanned)
        for _each in range(columns):
            if rows > 1:
                table.spans[column] = (rows - 1, words)
            yield words or None
            column += 1
    yield from _from_above(table, column)


def _from_above(table: _Table, column: int) -> Iterator[SourceCell]:
    while column in table.spans:
        left, words = table.spans.pop(column)
        if left > 1:
            table.spans[column] = (left - 1, words)
        yield words or None
        column += 1


def _span(said: str | None) -> int:
    return min(int(said), MOST_SPANNED) if said and said.isdecimal() and len(said) < 6 and int(said) else 1
