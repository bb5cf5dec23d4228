"""Rows held in columns are the rows that they make: to readers, to CSV and to digests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from legation.documents import to_xlsx as to_xlsx_module
from legation.documents.digest import digest_of
from legation.documents.document import Cell, Column, Document, Group, Note, Row, Run, Table
from legation.documents.held_rows import Block, HeldColumn, HeldPortion, HeldRows, held, held_rows
from legation.documents.progress import Cancelled
from legation.documents.reading_order import in_reading_order
from legation.documents.to_csv import document_csv
from legation.documents.to_html import to_html
from legation.documents.to_json import to_json
from legation.documents.to_xlsx import to_xlsx

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6) | st.sampled_from(
    ["=1", 'a"b', "c,d", "(e)"]
)
NOTES = st.lists(st.integers(1, 3), max_size=2, unique=True).map(lambda numbers: tuple(sorted(numbers)))
NOTHING, PLAIN, NO_NOTES = st.none(), st.just(False), st.just(())


def states_of(numbers: tuple[int, ...]) -> st.SearchStrategy[tuple[tuple[int, str], ...]]:
    """What sources with these numbers may state otherwise."""
    return st.just(tuple((number, "June") for number in numbers[:1])) | NO_NOTES


KINDS = {
    "text": st.builds(Cell, WORDS, NOTHING, NO_NOTES, PLAIN, NO_NOTES),
    "number": st.builds(Cell, WORDS, st.integers(-9, 9) | NOTHING, NO_NOTES, PLAIN, NO_NOTES),
    "date": st.builds(Cell, WORDS, st.sampled_from(["2024-05-06", "2024", None]), NO_NOTES, PLAIN, NO_NOTES),
    "notes": NOTES.flatmap(
        lambda numbers: st.builds(Cell, WORDS, NOTHING, st.just(numbers), PLAIN, states_of(numbers))
    ),
}


@st.composite
def blocks(draw: st.DrawFn, kinds: list[str], rows: int) -> Block:
    """Columns of some kinds for so many rows, of which several may have the same cells."""
    count = draw(st.integers(1, 4))
    columns = tuple(held(draw(st.lists(KINDS[kind], min_size=count, max_size=count))) for kind in kinds)
    return Block(columns, draw(st.lists(st.integers(0, count - 1), min_size=rows, max_size=rows)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with one table, held in columns, and with notes for all numbers."""
    kinds = draw(st.lists(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=3), min_size=1, max_size=3))
    portions = []
    for number, rows in enumerate(draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))):
        keys = [f"event:{number}/row:{at}" for at in range(rows)]
        portions.append(HeldPortion(keys, tuple(draw(blocks(each, rows)) for each in kinds)))
    flat = [kind for each in kinds for kind in each]
    columns = tuple(
        Column(f"c{at}", f"Column {at}", kind if kind in ("number", "date") else "text")  # type: ignore[arg-type]
        for at, kind in enumerate(flat)
    )
    notes = [Note(number, (Run(f"Source {number}."),)) for number in (1, 2, 3)]
    return Document("Held", blocks=[Table("held", "", columns, (Group("", HeldRows(tuple(portions))),))], notes=notes)


def one_by_one(document: Document) -> Document:
    """The same document with each of its rows made."""
    (table,) = document.tables
    groups = tuple(Group(group.title, tuple(group.rows)) for group in table.groups)
    return replace(document, blocks=[replace(table, groups=groups)])


@given(documents())
def test_files_and_digests_are_those_of_the_rows(document: Document) -> None:
    same = one_by_one(document)
    assert held_rows(document.tables[0]) is not None and held_rows(same.tables[0]) is None
    assert document_csv(document) == document_csv(same)
    assert digest_of(document) == digest_of(same)
    assert to_json(document) == to_json(same)
    assert to_html(document) == to_html(same)


@given(documents())
def test_notes_are_numbered_as_in_the_rows(document: Document) -> None:
    first, second = in_reading_order(document), in_reading_order(one_by_one(document))
    assert list(first.tables[0].rows()) == list(second.tables[0].rows())
    assert first.notes == second.notes


@given(documents(), st.integers(-16, 16), st.integers(-16, 16), st.sampled_from([None, 1, 2, -1]))
def test_a_part_of_them_is_that_of_the_rows(document: Document, first: int, behind: int, step: int | None) -> None:
    rows = document.tables[0].groups[0].rows
    every = tuple(rows)
    assert len(rows) == len(every) == document.tables[0].count
    assert rows[first:behind:step] == every[first:behind:step]
    assert [rows[at] for at in range(-len(every), len(every))] == [*every, *every]
    with pytest.raises(IndexError):
        rows[len(every)]


def _held() -> Document:
    titles = HeldColumn(["Talks", "Visit"])
    counts = HeldColumn(["1", "2", ""], [1, 2, None])
    proofs = HeldColumn(["", "1 states “June”"], None, [(2,), (1, 2)], [(), ((1, "June"),)])
    block = Block((titles,), [0, 0, 1])
    portion = HeldPortion(
        ["event:1/a", "event:1/b", "event:2/c"], (block, Block((counts,)), Block((proofs,), [0, 0, 1]))
    )
    columns = (Column("title", "Title"), Column("count", "Count", "number"), Column("sources", "Sources"))
    notes = [Note(number, (Run(f"Source {number}."),)) for number in (1, 2)]
    last = HeldPortion(["event:3/d"], (Block((titles,), [1]), Block((counts,), [2]), Block((proofs,), [1])))
    rows = HeldRows((portion, last))
    return Document("Held", blocks=[Table("held", "", columns, (Group("", rows),))], notes=notes)


def test_a_row_has_its_cells_from_all_blocks() -> None:
    rows = _held().tables[0].groups[0].rows
    assert rows[1] == Row("event:1/b", (Cell("Talks"), Cell("2", 2), Cell("", None, (2,))))
    proof = Cell("1 states “June”", None, (1, 2), states=((1, "June"),))
    assert rows[2] == Row("event:2/c", (Cell("Visit"), Cell(""), proof))
    assert rows[1].record == ("event", 1)
    assert {"Talks", "event:3/d", "1 states “June”"} <= set(rows.words()) if isinstance(rows, HeldRows) else False


def test_a_workbook_is_that_of_the_rows() -> None:
    assert to_xlsx(_held()) == to_xlsx(one_by_one(_held()))


@given(documents())
def test_a_large_workbook_is_that_of_the_rows(document: Document) -> None:
    """And that which the library writes when it is given each cell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(to_xlsx_module, "MOST_FITTED", 0)
        by_the_library = to_xlsx(one_by_one(document))
        patch.setattr(to_xlsx_module, "MOST_IN_LIBRARY", 0)
        assert to_xlsx(document) == by_the_library
        assert to_xlsx(one_by_one(document)) == by_the_library


def test_writing_tells_each_portion_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 1

    with pytest.raises(Cancelled):
        document_csv(_held(), progress)
    assert told == [(0, 2), (1, 2)]
