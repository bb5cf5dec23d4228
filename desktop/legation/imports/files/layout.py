"""Where the tables stand in a file: titles above, headings, rows, footnotes below, and where another table begins.

Works on rows of cells, from text or from a sheet. Looks at the rows it is given only, which are the beginning of a
large file; the end of one is looked at by `count_footnotes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from legation.i18n import _, ngettext
from legation.imports.files.cell_looks import (
    DATA,
    WORDS,
    columns_look,
    extent,
    filled,
    is_key_and_value,
    is_marked_note,
    is_total,
    joined,
    look,
    words,
)
from legation.imports.files.headings import count_rows, evidence, looks_like_data, name_columns
from legation.imports.files.side_by_side import Side, sides
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceCell

MOST_NOTES = 40  # footnotes of one table


@dataclass(frozen=True)
class LaidRow:
    """A row as it stands in the file: where it begins, counted from 1, and its cells."""

    number: int
    cells: Sequence[SourceCell]


@dataclass(frozen=True)
class Section:
    """A table in a file: `first` and `last` are the rows of its data, `last` None when it goes on past what was seen.

    `repeated` are rows that say the headings again. The columns are those from `left` on, before `right` where another
    table stands beside it.
    """

    headings: tuple[str, ...]
    first: int
    last: int | None
    first_row: int
    header_rows: int
    title: str = ""
    footnotes: tuple[str, ...] = ()
    repeated: frozenset[int] = frozenset()
    left: int = 0
    right: int | None = None

    def how(self) -> tuple[str, ...]:
        """In sentences, where headings, rows and notes were found."""
        told = []
        if not self.header_rows:
            told.append(_("There are no headings: row {row} already has data.").format(row=self.first_row))
        elif self.header_rows == 1:
            told.append(_("The headings are in row {row}.").format(row=self.first_row))
        else:
            last = self.first_row + self.header_rows - 1
            told.append(
                _("The headings are in rows {first} to {last}, joined.").format(first=self.first_row, last=last)
            )
        if self.right is not None:
            told.append(_("Another table stands beside it, after an empty column."))
        if self.title:
            told.append(_("What stands above the headings is the title."))
        if self.footnotes:
            told.append(
                ngettext(
                    "{count} line below the rows is a footnote.",
                    "{count} lines below the rows are footnotes.",
                    len(self.footnotes),
                ).format(count=len(self.footnotes))
            )
        if self.repeated:
            told.append(
                ngettext(
                    "{count} row that repeats the headings was left out.",
                    "{count} rows that repeat the headings were left out.",
                    len(self.repeated),
                ).format(count=len(self.repeated))
            )
        return tuple(told)


@dataclass
class _Open:
    """A table while its blocks are gathered."""

    title: list[str]
    header: list[LaidRow]
    rows: list[LaidRow]
    footnotes: list[str] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """How many columns the headings and most rows have."""
        common = Counter(extent(each.cells) for each in self.rows).most_common(1)
        return max([extent(each.cells) for each in self.header] + [each[0] for each in common])


def find_sections(
    rows: Sequence[LaidRow], choices: ReadingChoices, delimiter: str = "", is_whole: bool = True
) -> list[Section]:
    """The tables among rows, in their order; empty when no row has a cell. `delimiter` joins prose that it parted."""
    if choices.first_row is not None or choices.header_rows is not None:
        return _as_chosen(rows, choices, delimiter, is_whole)
    layout = _Layout(delimiter)
    blocks = _blocks(rows)
    if max((extent(each.cells) for block in blocks for each in block), default=0) < 2:
        layout.take_column([each for block in blocks for each in block])
    else:
        for at, block in enumerate(blocks):
            layout.take(block, blocks[at + 1] if at + 1 < len(blocks) else [])
    return layout.finish(is_whole)


def count_footnotes(rows: Sequence[LaidRow], width: int, before: Sequence[LaidRow] = ()) -> int:
    """How many of the last rows are no rows of a table of a width but notes to it, or sums. `before` are rows of it."""
    usual = _words_of_first([each.cells for each in before])
    count = 0
    while count < min(MOST_NOTES, len(rows)):
        cells = rows[-1 - count].cells
        if extent(cells) and not _is_footnote(cells, width, usual):
            break
        count += 1
    while count and not extent(rows[-count].cells):
        count -= 1  # an empty row above the notes
    return count


def _words_of_first(rows: Sequence[Sequence[SourceCell]]) -> float:
    """How many words the first cell has on average."""
    said = [len(words(each[0]).split()) for each in rows if each and words(each[0])]
    return sum(said) / len(said) if said else 1.0


def _is_footnote(cells: Sequence[SourceCell], width: int, usual: float) -> bool:
    places = filled(cells)
    if width < 2 or look(cells[places[0]]) in DATA:
        return False
    if is_total(cells) or (is_marked_note(cells) and (len(places) < width or width < 3)):
        return True
    if len(places) > 1 or places[0] > 0 or usual > 4:
        return False
    return len(words(cells[0]).split()) >= 4


def _blocks(rows: Sequence[LaidRow]) -> list[list[LaidRow]]:
    """Rows in groups between empty rows."""
    found: list[list[LaidRow]] = [[]]
    for each in rows:
        if extent(each.cells):
            found[-1].append(each)
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


def _lead(block: Sequence[LaidRow]) -> int:
    """How many rows of a block stand above its table; all of them when it has none."""
    widths = Counter(extent(each.cells) for each in block if len(filled(each.cells)) > 1)
    if not widths or all(_is_words(each.cells) for each in block):
        return len(block)
    width = max(widths.items(), key=lambda each: (each[1], each[0]))[0]
    for at, row in enumerate(block):
        if not _is_above(row.cells, width):
            return at
    return len(block)


def _is_words(cells: Sequence[SourceCell]) -> bool:
    """Whether a row is a line of words, also one that a comma has parted."""
    first, *others = filled(cells)
    if not others or is_key_and_value(cells):
        return first == 0
    said = [str(cells[at]) for at in filled(cells)]
    is_parted = all(each.startswith(" ") for each in said[1:])
    return is_parted and len(" ".join(said).split()) >= 2 * len(said)


def _is_above(cells: Sequence[SourceCell], width: int) -> bool:
    """Whether a row cannot be the headings of a table of a width."""
    places = filled(cells)
    if len(places) == 1:
        return places[0] == 0
    if is_key_and_value(cells):
        return width > 2 or isinstance(cells[places[0]], str)
    if str(cells[places[0]]).startswith("# "):
        return True
    return extent(cells) < width and (_is_words(cells) or (extent(cells) * 2 <= width and len(places) <= 2))


class _Layout:
    """The tables that were found so far, the last of them still open."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self.found: list[_Open] = []
        self.above: list[str] = []  # words that belong to a table to come

    def take(self, block: list[LaidRow], after: list[LaidRow]) -> None:
        """Take one group of rows; `after` is the next."""
        lead = _lead(block)
        above, body = block[:lead], block[lead:]
        said = [joined(each.cells, self.delimiter) for each in above]
        if not self.found:
            self.above += said
            if body:
                self._begin(body)
        elif not body:
            self._take_words(above, said, after)
        elif self._is_another(body, bool(above or self.above)):
            notes = sum(map(is_marked_note, (each.cells for each in above)))
            self.found[-1].footnotes += said[:notes]
            self.above += said[notes:]
            self._begin(body)
        else:
            self.found[-1].footnotes += self.above
            self.above = []
            self._go_on(block)

    def take_column(self, rows: list[LaidRow]) -> None:
        """Take rows of one cell."""
        if rows:
            self._begin(rows)

    def finish(self, is_whole: bool) -> list[Section]:
        """The tables; the last goes on when the file does."""
        if not self.found:
            return []
        self.found[-1].footnotes += self.above
        self.above = []
        return [
            section
            for at, each in enumerate(self.found)
            for section in _sections(each, self.delimiter, is_whole or at < len(self.found) - 1)
        ]

    def _begin(self, body: list[LaidRow]) -> None:
        count = count_rows([each.cells for each in body])
        self.found.append(_Open(self.above, body[:count], body[count:]))
        self.above = []

    def _go_on(self, block: list[LaidRow]) -> None:
        table = self.found[-1]
        rows = block
        if table.header and [words(each) for each in block[0].cells] == [
            words(each) for each in table.header[-1].cells
        ]:
            table.repeated.update(each.number for each in block[:1])
            rows = block[1:]
        table.rows += rows

    def _take_words(self, rows: list[LaidRow], said: list[str], after: list[LaidRow]) -> None:
        """Lines of words after a table: notes to it, the title of the next, or rows with one cell."""
        table = self.found[-1]
        if after and (lead := _lead(after)) < len(after) and self._is_another(after[lead:], True):
            notes = max((at + 1 for at, each in enumerate(rows) if is_marked_note(each.cells)), default=0)
            table.footnotes += said[:notes]
            self.above += said[notes:]
        elif table.width > 2 or all(
            is_marked_note(each.cells) or len(words(each.cells[0]).split()) > 3 for each in rows
        ):
            self.above += said
        else:
            table.rows += rows

    def _is_another(self, body: list[LaidRow], has_title: bool) -> bool:
        """Whether rows after an empty one begin another table, because their first has other headings."""
        table, cells = self.found[-1], [each.cells for each in body]
        head, below = cells[0], cells[1:]
        if looks_like_data(head, below) or any(look(each) in DATA for each in head):
            return False
        if has_title and below:
            return True
        if table.header and [words(each) for each in head] == [words(each) for each in table.header[-1].cells]:
            return False
        differs = abs(extent(head) - table.width) > 0
        known = columns_look([each.cells for each in table.rows], extent(head))
        unlike = any(look(head[at]) == WORDS and known[at] in DATA for at in filled(head))
        return bool(below) and (differs or unlike) and (evidence(head, below) > 0 or (differs and _is_even(cells)))


def _is_even(rows: Sequence[Sequence[SourceCell]]) -> bool:
    """Whether all rows are of one width and the first has no empty cell."""
    return len({extent(each) for each in rows}) == 1 and len(filled(rows[0])) == extent(rows[0])


def _sections(table: _Open, delimiter: str, is_closed: bool) -> list[Section]:
    """A table, or those that stand side by side in its place."""
    found = sides(table.header[-1].cells, [each.cells for each in table.rows]) if len(table.header) == 1 else []
    if len(found) < 2:
        return [_section(table, delimiter, is_closed)]
    made = []
    for each in found:
        header, rows = _cut(table.header, each), _cut(table.rows, each)
        own = _Open(table.title, header, rows, list(table.footnotes), table.repeated)
        made.append(replace(_section(own, delimiter, is_closed), left=each.left, right=each.right))
    return made


def _cut(rows: Sequence[LaidRow], side: Side) -> list[LaidRow]:
    """The cells of one side of rows; rows without any are left out."""
    cut = [LaidRow(each.number, each.cells[side.left : side.right]) for each in rows]
    return [each for each in cut if extent(each.cells)]


def _section(table: _Open, delimiter: str, is_closed: bool) -> Section:
    """A table with its notes taken from its rows, and its columns named."""
    width = table.width
    rows = table.rows
    notes = count_footnotes(rows, width, rows[:20]) if is_closed else 0
    said = tuple(joined(each.cells, delimiter) for each in rows[len(rows) - notes :])
    kept = rows[: len(rows) - notes]
    header = [each.cells for each in table.header]
    named = name_columns(header, _trimmed(header, [each.cells for each in kept], width))
    start = table.header[-1].number + 1 if table.header else (rows[0].number if rows else 1)
    first = kept[0].number if kept else start
    return Section(
        headings=named,
        first=first,
        last=(kept[-1].number if kept else first - 1) if is_closed else None,
        first_row=table.header[0].number if table.header else first,
        header_rows=len(header),
        title="\n".join(table.title),
        footnotes=(*said, *table.footnotes),
        repeated=frozenset(table.repeated),
    )


def _trimmed(header: Sequence[Sequence[SourceCell]], rows: Sequence[Sequence[SourceCell]], width: int) -> int:
    """The width without columns at the end that have neither a heading nor a cell."""
    used = [max(map(extent, header), default=0), *map(extent, rows[:2000])]
    common = Counter(map(extent, rows)).most_common(1)
    return max(1, min(width, max(used)), *(each[0] for each in common))


def _as_chosen(rows: Sequence[LaidRow], choices: ReadingChoices, delimiter: str, is_whole: bool) -> list[Section]:
    """One table, whose first row or rows of headings the person chose."""
    first = choices.first_row
    if first is None:
        blocks = _blocks(rows)
        lead = _lead(blocks[0]) if blocks else 0
        body = blocks[0][lead:] if blocks else []
        first = body[0].number if body else next((b[0].number for b in blocks[1:]), 1)
    below = [each for each in rows if each.number >= first and extent(each.cells)]
    if not below:
        return []
    count = choices.header_rows
    if count is None:
        count = count_rows([each.cells for each in below])
    table = _Open(
        [joined(each.cells, delimiter) for each in rows if each.number < first and extent(each.cells)],
        below[:count],
        below[count:],
    )
    return [_section(table, delimiter, is_whole)]


def with_last(section: Section, last: int, footnotes: Sequence[str]) -> Section:
    """A section whose end was found in the tail of a large file."""
    return replace(section, last=last, footnotes=(*footnotes, *section.footnotes))
