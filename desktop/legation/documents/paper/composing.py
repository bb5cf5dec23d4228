"""A document as strips of paper, from its title to its last note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legation.documents.column_widths import GUTTER, LETTER, shares
from legation.documents.document import (
    Block as Part,
    Cell,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from legation.documents.letters import begins_from_right, kept_apart, printable
from legation.documents.paper.places import RECORD
from legation.documents.paper.strips import Block, Piece, Strip, piece, width_of
from legation.documents.pictures import Picture
from legation.documents.progress import Progress, told
from legation.i18n import _

TITLE, PART, SECTION, TEXT, CELL, NOTE = 16.0, 13.0, 10.5, 9.0, 8.5, 8.0  # sizes of text in points
INDENT = 12.0  # points a level
AROUND = 3.0  # above and below the text of a row
APART = 6.0  # points more between a number and the text beside it
GAP = GUTTER * CELL * LETTER


def strips_of(document: Document, width: float, progress: Progress | None = None) -> Iterator[Strip]:
    """The document from above, in strips `width` points wide. Raises `Cancelled` when `progress` gives False."""
    if document.above:
        yield Strip([Block(0, width, [[piece(document.above, "quiet")]], CELL)], keeps_next=True)
    title = Block(0, width, [[piece(document.title, is_strong=True)]], TITLE)
    yield Strip([title], keeps_next=True, kind="title")
    if document.below:
        yield Strip([Block(0, width, _lines(document.below), TEXT)], above=2)
    for part in document.blocks:
        yield from _part(part, width, progress)
    yield from _notes(document.notes, width)


def _part(part: Part, width: float, progress: Progress | None) -> Iterator[Strip]:
    if isinstance(part, Heading):
        yield _heading(part.text, width, is_part=part.level == 1)
    elif isinstance(part, Paragraph):
        x = part.level * INDENT
        yield Strip([Block(x, width - x, _lines(part.text), TEXT)], above=3, is_split=True)
    elif isinstance(part, Facts):
        yield from _facts(part, width)
    elif isinstance(part, Picture):
        yield _heading(part.title, width)
        yield Strip(above=4, picture=part, scale=min(1.0, width / part.width), kind="picture")
    else:
        yield from _table(part, width, progress)


def _heading(words: str, width: float, *, is_part: bool = False) -> Strip:
    size = PART if is_part else SECTION
    return Strip(
        [Block(0, width, [[piece(words, is_strong=True)]], size)],
        above=16,
        around=2,
        keeps_next=True,
        rank=1 if is_part else 2,
        kind="part" if is_part else "section",
    )


def _facts(facts: Facts, width: float) -> Iterator[Strip]:
    labels = [width_of(label, TEXT) for label, _value in facts.rows]
    x = min(max(labels, default=0.0) + 14, width / 3)
    for number, (label, value) in enumerate(facts.rows):
        blocks = [Block(0, x - 8, [[piece(label, "quiet")]], TEXT), Block(x, width - x, _lines(value), TEXT)]
        yield Strip(blocks, above=0 if number else 6, around=1.5, is_split=True)


def _table(table: Table, width: float, progress: Progress | None) -> Iterator[Strip]:
    if table.title:
        yield _heading(table.title, width)
    if not table.count:
        yield Strip([Block(0, width, [[piece(table.when_empty, "quiet")]], TEXT)])
        return
    wide = [share * (width + GAP) for share in shares(table, (width + GAP) / (CELL * LETTER))]
    places = [(sum(wide[:at]), each - GAP) for at, each in enumerate(wide)]
    for at in range(1, len(places)):
        if table.columns[at - 1].kind == "number" and table.columns[at].kind != "number":
            places[at] = (places[at][0] + APART, max(places[at][1] - APART, 1.0))
    labels = [
        Block(x, room, [[piece(column.label, "quiet", is_strong=True)]], CELL, column.kind == "number", column=at)
        for at, ((x, room), column) in enumerate(zip(places, table.columns, strict=True))
    ]
    above = 0 if table.title else 8
    head = Strip(labels, above=above, around=AROUND, rule="quiet", keeps_next=True, kind="head")
    yield head
    rows = told(table.rows(), table.count, progress)
    for group in table.groups:
        if group.title:
            title = [[piece(group.title, is_strong=True)]]
            block = Block(0, width, title, CELL)
            yield Strip([block], 5, AROUND, "line", keeps_next=True, head=head, rank=3, kind="group")
        for _row in group.rows:
            row = next(rows)
            record = row.record
            link = f"{RECORD}{record[0]}:{record[1]}" if record is not None else ""
            yield Strip(_cells(table, row, places), around=AROUND, rule="line", head=head, link=link, kind="row")
    next(rows, None)  # says that all is done


def _cells(table: Table, row: Row, places: Sequence[tuple[float, float]]) -> list[Block]:
    blocks = []
    for at, (column, cell, (x, room)) in enumerate(zip(table.columns, row.cells, places, strict=True)):
        lines = _cell(cell, is_gone=row.change == "withdrawn" and at > 0)
        if not at and (mark := table.mark(row)):
            lines.append([piece(mark, "accent", is_strong=True)])
        indent = min(row.level * INDENT, room / 2) if column.name == table.indented else 0.0
        if lines:
            is_right = column.kind == "number"
            blocks.append(Block(x + indent, room - indent, lines, CELL, is_right, by_letters=True, column=at))
    return blocks


def _cell(cell: Cell, *, is_gone: bool) -> list[list[Piece]]:
    ink = "quiet" if is_gone else "text"
    first: list[Piece] = []
    for number in cell.notes:
        first += [piece(", ", ink)] if first else []
        first.append(piece(str(number), "accent", link=f"#note-{number}"))
    words = [_apart(line) for line in printable(cell.text).split("\n")] if cell.text else []
    if not words:
        return [first] if first else []
    lead = [piece("; ", ink)] if first else []
    lines = [[piece(line, ink, cell.is_strong, is_gone)] for line in words]
    return [[*first, *lead, *lines[0]], *lines[1:]]


def _apart(line: str) -> str:
    return line if begins_from_right(line) else kept_apart(line)


def _notes(notes: Sequence[Note], width: float) -> Iterator[Strip]:
    if not notes:
        return
    heading = _heading(_("Sources"), width)
    heading.rank, heading.kind = 1, "part"  # beside the parts of the document, however it looks
    yield heading
    x = width_of(f"{notes[-1].number}.", NOTE) + 6
    for note in notes:
        number = Block(0, x - 6, [[Piece(f"{note.number}.", name=f"note-{note.number}")]], NOTE, is_right=True)
        words = Block(x, width - x, _lines(note.text), NOTE, column=1)
        yield Strip([number, words], around=1.2, is_split=True, kind="note")


def _lines(text: Text) -> list[list[Piece]]:
    """Runs as lines of pieces; only addresses of pages are links on paper."""
    lines: list[list[Piece]] = [[]]
    for run in text:
        for number, words in enumerate(kept_apart(printable(run.text)).split("\n")):
            if number:
                lines.append([])
            if words:
                lines[-1].append(_of_run(run, words))
    return [line or [Piece("")] for line in lines]


def _of_run(run: Run, words: str) -> Piece:
    is_page = run.link is not None and run.link[0] == "url"
    ink = "accent" if is_page else "quiet" if run.quiet else "text"
    return piece(words, ink, run.strong, link=str(run.link[1]) if is_page and run.link else "")
