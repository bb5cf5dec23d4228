"""What an export writes: the rows and order asked for, labels with codes, dates as data and in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from legation.documents import cells as exporting
from legation.documents.cells import exported_rows, headings
from legation.storage.database import Database
from legation.storage.pages import columns_of
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader

EVENTS = Query("event")


@pytest.fixture
def reader(sample_database: Database) -> Iterator[Reader]:
    with closing(sample_database.reader()) as opened:
        yield opened


def test_dates_links_and_lists_take_two_columns() -> None:
    columns = columns_of(EVENTS.record_type, ["date", "title", "country", "parties", "parent_id"])
    assert headings(columns) == [
        "Date", "Date (in words)", "Title", "Country", "Country (code)", "Parties", "Parties (names)",
        "Part of", "Part of (id)",
    ]  # fmt: skip


def test_a_row_has_a_cell_for_each_heading(reader: Reader) -> None:
    columns = columns_of(EVENTS.record_type, list(EVENTS.record_type.by_name))
    rows = [row for _done, _total, part in exported_rows(reader, EVENTS, columns) for row in part]
    assert len(rows) == 8
    assert {len(row) for row in rows} == {len(headings(columns))}
    assert {type(cell) for row in rows for cell in row} == {str, int}


def test_links_are_complete_and_dates_are_data_and_words(reader: Reader) -> None:
    columns = columns_of(EVENTS.record_type, ["date", "country", "parties", "parent_id"])
    ((_done, _total, rows),) = exported_rows(reader, EVENTS, columns, [5, 4, 6])
    assert rows[0][:2] == ["2024-12-16/2024-12-17", "16-17 December 2024"]
    assert rows[1][2:4] == ["Japan", "JPN"]
    assert rows[1][4:6] == ["TKM · JPN (Itochu Corporation)", "Turkmenistan · Japan (Itochu Corporation)"]
    assert "Visit of the Turkmen delegation to Japan" in rows[1][6] and rows[1][7] == 1
    assert rows[2][:2] == ["", "date to be announced"]


def test_rows_come_in_the_order_of_the_question(reader: Reader) -> None:
    columns = columns_of(EVENTS.record_type, ["title"])
    query = EVENTS.sorted_by("-title")
    titles = [row[0] for _done, _total, part in exported_rows(reader, query, columns) for row in part]
    assert titles == sorted(titles, reverse=True)


def test_portions_tell_how_far_they_are(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 3)
    columns = columns_of(EVENTS.record_type, ["title"])
    portions = list(exported_rows(reader, EVENTS, columns))
    assert [(done, total, len(rows)) for done, total, rows in portions] == [(3, 8, 3), (6, 8, 3), (8, 8, 2)]


def test_questions_do_not_grow_with_rows(reader: Reader) -> None:
    columns = columns_of(EVENTS.record_type)
    every = ids(reader, EVENTS)
    counts = []
    for wanted in (every[:1], every):
        before = reader.statements
        list(exported_rows(reader, EVENTS, columns, wanted))
        counts.append(reader.statements - before)
    assert counts[0] == counts[1]
