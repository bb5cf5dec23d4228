"""Lists as files: every format has every row, JSON as one list, Excel with days and numbers, and Cancel stops all."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from legation.documents import cells, lists
from legation.documents.formats import FORMATS
from legation.documents.lists import LIST_FORMATS, List, write_list
from legation.documents.progress import Cancelled
from legation.documents.to_csv import BOM, csv_lines
from legation.errors import UserError
from legation.fields.record_type import Field
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.pages import columns_of, page
from legation.storage.queries import Query, ids
from legation.storage.reading import Reader

EVENT = record_type("event")
COLUMNS = columns_of(EVENT, ["date", "title", "parties", "country", "delegates"])


@pytest.fixture
def reader(sample_database: Database) -> Iterator[Reader]:
    """A reader of the sample."""
    with closing(sample_database.reader()) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "PAGE", 3)


def written(reader: Reader, format: str, query: Query | None = None) -> bytes:
    file = io.BytesIO()
    rows = List(reader, query or Query("event"), COLUMNS)
    assert write_list(file, format, rows) == len(rows)
    return file.getvalue()


def test_formats_are_some_of_those_of_documents() -> None:
    assert set(LIST_FORMATS) <= set(FORMATS)


def test_json_is_one_list_whatever_the_portions(reader: Reader) -> None:
    found = json.loads(written(reader, "json"))
    assert [each["id"] for each in found] == ids(reader, Query("event"))
    for each, row in zip(found, page(reader, EVENT, COLUMNS, [each["id"] for each in found]), strict=True):
        assert [each[column.name]["value"] for column in COLUMNS] == list(row.values)
        assert [each[column.name]["text"] for column in COLUMNS] == list(row.texts)
    assert written(reader, "json") == (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
    assert written(reader, "json", Query("event", words="nothing has this")) == b"[]\n"


def _by_rows(reader: Reader, columns: list[Field], order: list[int]) -> str:
    """The list as the standard library writes it, row by row."""
    rows = [cells.cells(columns, row) for row in page(reader, EVENT, columns, order)]
    return BOM + csv_lines([cells.headings(columns), *rows])


@pytest.mark.parametrize("together", [2, 5, 100])
def test_csv_is_what_rows_one_by_one_give(reader: Reader, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(lists, "TOGETHER", together)
    every = [*EVENT.by_name.values()]
    order = ids(reader, Query("event").sorted_by("-title"))
    assert order not in (sorted(order), sorted(order, reverse=True))
    gone = [*order[:3], 999_999, *order[3:]]
    file = io.BytesIO()
    assert write_list(file, "csv", List(reader, Query("event"), every, gone)) == len(order) == 8
    assert file.getvalue().decode("utf-8") == _by_rows(reader, every, order)


def test_progress_comes_while_rows_are_read(reader: Reader) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    write_list(io.BytesIO(), "csv", List(reader, Query("event"), COLUMNS), progress=progress)
    assert seen == [(3, 8), (6, 8), (8, 8)]


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_list_is_of_one_state_of_the_file(sample_database: Database, reader: Reader, format: str) -> None:
    def progress(_done: int, _total: int) -> bool:
        with sample_database.step("Rename") as session:
            session.connection().exec_driver_sql("UPDATE event SET title = 'Renamed meanwhile'")
        return True

    file = io.BytesIO()
    write_list(file, format, List(reader, Query("event"), COLUMNS), progress=progress)
    assert b"Renamed" not in file.getvalue() and b"Renamed" in written(reader, format)


def test_excel_has_days_numbers_and_text(reader: Reader) -> None:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(written(reader, "xlsx")))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head == cells.headings(COLUMNS)
    wanted = [row for _done, _all, some in cells.exported_rows(reader, Query("event"), COLUMNS) for row in some]
    assert len(rows) == len(wanted) == 8
    for got, row in zip(rows, wanted, strict=True):
        for cell, value in zip(got, row, strict=True):
            assert cell == (date.fromisoformat(value) if lists._DAY.fullmatch(str(value)) else value)
    assert written(reader, "xlsx") == written(reader, "xlsx")


def test_a_spreadsheet_takes_only_so_many(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 7)
    with pytest.raises(UserError, match="There are 8 rows; a spreadsheet takes 7"):
        written(reader, "xlsx")


@pytest.mark.parametrize("format", LIST_FORMATS)
def test_nobody_reads_on_when_a_list_is_stopped(reader: Reader, format: str) -> None:
    with pytest.raises(Cancelled) as stopped:  # the error is held here, and with it all that it came through
        write_list(io.BytesIO(), format, List(reader, Query("event"), COLUMNS), progress=lambda _done, _all: False)
    assert stopped.value is not None
    assert not any(each.name.startswith("reading ahead") for each in threading.enumerate())


@pytest.mark.parametrize("format", LIST_FORMATS)
def test_cancel_stops_it(reader: Reader, format: str) -> None:
    with pytest.raises(Cancelled):
        write_list(io.BytesIO(), format, List(reader, Query("event"), COLUMNS), progress=lambda _done, _all: False)
