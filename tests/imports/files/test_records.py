"""Records of separated text: what the csv module reads is kept, and what it would spoil silently is told."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from legation.imports.files import records
from legation.imports.files.records import NOT_CLOSED, Dialect, read_records, split_line

LIKELY = st.text(st.sampled_from("ab\",;\n\r\t '\\|é"), max_size=8)


def _read(text: str, dialect: Dialect | None = None, width: int = 0) -> list[tuple[int, list[str], str]]:
    lines = io.StringIO(text, newline="")
    return [(each.number, each.cells, each.note) for each in read_records(lines, dialect or Dialect(), width)]


@given(
    st.lists(st.lists(LIKELY, min_size=2, max_size=2), min_size=1, max_size=6), st.sampled_from([",", ";", "\t", "|"])
)
def test_what_the_csv_module_writes_comes_back(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    read = _read(text.getvalue(), Dialect(delimiter), 2)
    assert [cells for _number, cells, _note in read] == rows
    assert {note for *_rest, note in read} == {""}


def test_rows_are_numbered_by_the_line_they_begin_in() -> None:
    assert _read('a,b\n"x\ny\rz",1\n\n2,3') == [
        (1, ["a", "b"], ""),
        (2, ["x\ny\rz", "1"], ""),
        (5, [], ""),
        (6, ["2", "3"], ""),
    ]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    text = 'id,name\n1,"open\n2,b\n3,"c, d"\n4,e\n'
    expected = [(1, ["id", "name"], ""), (2, ["1", '"open'], NOT_CLOSED), (3, ["2", "b"], "")]
    assert _read(text, width=2) == [*expected, (4, ["3", "c, d"], ""), (5, ["4", "e"], "")]


def test_one_in_the_last_rows_is_noticed_at_the_end() -> None:
    assert _read('a,b\n1,"x\n2,y\n', width=2) == [
        (1, ["a", "b"], ""),
        (2, ["1", '"x'], NOT_CLOSED),
        (3, ["2", "y"], ""),
    ]
    assert _read('a,b\n1,"x, y', width=2)[-1] == (2, ["1", "x, y"], NOT_CLOSED)  # the width says what was meant


def test_memory_holds_no_more_than_one_long_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LONGEST", 1000)
    text = 'a,b\n1,"x\n' + "2,y\n" * 2000 + '3,"z"\n'
    read = _read(text, width=2)
    assert (len(read), read[1][2], read[2]) == (2003, NOT_CLOSED, (3, ["2", "y"], ""))
    assert read[-1] == (2003, ["3", "z"], "")


def test_many_such_marks_do_not_make_it_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LONGEST", 1000)
    monkeypatch.setattr(records, "WASTED", 4000)
    lines = io.StringIO("a,b\n" + '"x,1\ny,2\n' * 1000, newline="")
    pulled = 0

    def counted() -> object:
        nonlocal pulled
        for line in lines:
            pulled += 1
            yield line

    read = list(read_records(counted(), Dialect(), 2))  # type: ignore[arg-type]
    assert pulled == 2001
    assert [each.cells for each in read[1:3]] == [['"x', "1"], ["y", "2"]]
    assert len(read) == 2001


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a "quoted" word,b', ['a "quoted" word', "b"]),
        ('"Peace" talks,b', ['"Peace" talks', "b"]),
        ('"Peace" and "war",b', ['"Peace" and "war"', "b"]),
        ('"a,""b"" c",x', ['a,"b" c', "x"]),
        ('5" gun,b', ['5" gun', "b"]),
        ('"",b', ["", "b"]),
        ('"""",b', ['"', "b"]),
        ('b,"a, c"', ["b", "a, c"]),
        ("a,b,", ["a", "b", ""]),
    ],
)
def test_quotation_marks_where_they_should_not_be(line: str, cells: list[str]) -> None:
    assert _read(line + "\n") == [(1, cells, "")]
    assert split_line(line, Dialect()) == cells


def test_backslashes_before_quotation_marks() -> None:
    dialect = Dialect(backslash=True)
    assert _read('1,"He said \\"no, never\\"",C:\\temp\n', dialect) == [
        (1, ["1", 'He said "no, never"', "C:\\temp"], "")
    ]
    assert _read('1,"ends with \\\\",x\n', dialect) == [(1, ["1", "ends with \\", "x"], "")]


def test_without_quotes_every_mark_is_text() -> None:
    assert _read('"a,b"\n', Dialect(quote="")) == [(1, ['"a', 'b"'], "")]


def test_a_cell_may_have_ten_megabytes() -> None:
    long = "x" * 10_000_000
    assert _read(f'a,b\n1,"{long}\n{long}"\n', width=2)[1] == (2, ["1", f"{long}\n{long}"], "")


def test_zero_bytes_reach_the_reader() -> None:
    assert _read("a\0b,c\n") == [(1, ["a\0b", "c"], "")]
