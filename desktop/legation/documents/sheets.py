"""Tables of a document as plain columns and rows: what CSV, spreadsheets and JSON write, with groups as a column."""

from __future__ import annotations

from collections.abc import Iterator

from legation.documents.document import Cell, Column, Document, Table


def flat_columns(table: Table) -> list[Column]:
    """The columns, with one before them for the titles of the groups where the groups have titles."""
    group = [Column("group", table.grouped_by, "text", 20)] if table.grouped_by else []
    return [*group, *table.columns]


def flat_rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    """The cells of every row, in the order of `flat_columns`; the title of its group is repeated in each row."""
    for group in table.groups:
        first = (Cell(group.title),) if table.grouped_by else ()
        for row in group.rows:
            yield (*first, *row.cells)


def notes_of(document: Document) -> dict[int, str]:
    """The notes as plain text by number."""
    return {note.number: note.words for note in document.notes}


def note_words(cell: Cell, notes: dict[int, str]) -> str:
    """A cell with notes where there is no place for notes: the notes themselves, one after the other."""
    return " | ".join(notes[number] for number in cell.notes if number in notes)
