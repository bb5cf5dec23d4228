"""Tables of a document as plain columns: what CSV and spreadsheets write, with groups and changes as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from legation.documents.document import CHANGE, CHANGE_WORDS, Cell, Column, Document, Row, Table
from legation.documents.held_rows import Block, HeldRows, held, held_rows
from legation.i18n import _

PORTION = 5000  # rows
_CELLS, _CHANGE = attrgetter("cells"), attrgetter("change")


def flat_columns(table: Table) -> list[Column]:
    """The columns; before them one for the titles of groups, after them one for what changed, where there is any."""
    group = [Column("group", table.grouped_by, "text", 20)] if table.grouped_by else []
    change = [Column(CHANGE, _("Change"), "text", 12)] if _has_changes(table) else []
    return [*group, *table.columns, *change]


@dataclass(frozen=True, slots=True)
class Portion:
    """Some thousand rows, and their cells column by column in the order of `flat_columns`."""

    rows: Sequence[Row]
    columns: Sequence[Sequence[Cell]]


def portions(table: Table) -> Iterator[Portion]:
    """All rows, some thousand at a time; the title of its group is repeated in each row.

    Cells are taken column by column: with 100,000 rows that is some times as fast as one by one.
    """
    rows = list(table.rows())
    titles = [Cell(group.title) for group in table.groups for _row in group.rows] if table.grouped_by else []
    has_changes = _has_changes(table)
    words = {change: Cell(_(said)) for change, said in CHANGE_WORDS.items()} | {"": Cell()}
    for start in range(0, len(rows), PORTION):
        part = rows[start : start + PORTION]
        columns: list[Sequence[Cell]] = list(zip(*map(_CELLS, part), strict=True))
        if titles:
            columns.insert(0, titles[start : start + PORTION])
        if has_changes:
            columns.append([words[row.change] for row in part])
        yield Portion(part, columns)


def portion_count(table: Table) -> int:
    """How many portions a table has."""
    return -(-table.count // PORTION)


def blocks(table: Table) -> Iterator[Sequence[Block]]:
    """The same columns without a row or cell made, where the table holds its rows in columns; else out of its cells."""
    rows = held_rows(table)
    if rows is not None:
        return (portion.blocks for portion in rows.portions)
    return ((Block(tuple(map(held, portion.columns))),) for portion in portions(table))


def block_count(table: Table) -> int:
    """How many times `blocks` gives some."""
    rows = held_rows(table)
    return portion_count(table) if rows is None else len(rows.portions)


def _has_changes(table: Table) -> bool:
    """Whether a column is needed for what changed; some tables have one."""
    if table.columns[0].name == CHANGE:
        return False
    return any(any(map(_CHANGE, group.rows)) for group in table.groups if not isinstance(group.rows, HeldRows))


def notes_of(document: Document) -> dict[int, str]:
    """The notes as plain text by number."""
    return {note.number: note.words for note in document.notes}


def note_words(numbers: Sequence[int], notes: Mapping[int, str]) -> str:
    """Notes where there is no place for notes: the notes themselves, one after the other."""
    return " | ".join(notes[number] for number in numbers if number in notes)
