"""Notes numbered as a reader meets them."""

from __future__ import annotations

from legation.documents.document import Cell, Column, Document, Group, Note, Row, Run, Table, told_otherwise
from legation.documents.reading_order import in_reading_order

COLUMNS = (Column("event", "Event"), Column("sources", "Sources"))


def _document(*cells: Cell) -> Document:
    rows = tuple(Row(str(at), (Cell(f"Event {at}"), cell)) for at, cell in enumerate(cells))
    document = Document("Order")
    document.add(Table("events", "", COLUMNS, (Group("", rows),)))
    document.notes = [Note(number, (Run(f"Source {number}"),)) for number in range(1, 5)]
    return document


def _read(document: Document) -> list[list[str]]:
    words = {note.number: note.words for note in document.notes}
    return [[words[number] for number in row.cells[-1].notes] for row in document.tables[0].rows()]


def test_numbers_follow_the_rows_and_each_row_keeps_its_sources() -> None:
    document = _document(Cell(notes=(3,)), Cell(notes=(1, 3)), Cell(), Cell(notes=(2,)))
    found = in_reading_order(document)
    assert [row.cells[-1].notes for row in found.tables[0].rows()] == [(1,), (1, 2), (), (3,)]
    assert [note.words for note in found.notes] == ["Source 3", "Source 1", "Source 2", "Source 4"]
    assert [sorted(each) for each in _read(found)] == [sorted(each) for each in _read(document)]


def test_what_a_source_states_otherwise_keeps_its_source() -> None:
    states = ((2, "Ashgabat"), (4, "Mary"))
    cell = Cell(told_otherwise(states), notes=(2, 4), states=states)
    found = in_reading_order(_document(Cell(notes=(4,)), cell))
    told = next(row for row in found.tables[0].rows() if row.key == "1").cells[-1]
    assert told.notes == (1, 2) and told.text == "1 states “Mary”; 2 states “Ashgabat”"


def test_a_document_in_order_is_left_as_it_is() -> None:
    document = _document(Cell(notes=(1, 2)), Cell(notes=(1, 3)))
    assert in_reading_order(document) is document
    again = in_reading_order(_document(Cell(notes=(2,))))
    assert in_reading_order(again) is again
