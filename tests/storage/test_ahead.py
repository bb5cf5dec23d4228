"""Reading ahead: the same portions in the same order, one more than was asked for, and errors in their place."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from legation.records.topic import Topic
from legation.storage.ahead import SWITCH_SECONDS, ahead, all_ahead
from legation.storage.database import Database
from legation.storage.reading import Reader


def test_portions_come_in_order_and_one_is_made_before_it_is_asked_for() -> None:
    made: list[int] = []
    second = threading.Event()

    def portions() -> Iterator[int]:
        for number in range(1, 5):
            made.append(number)
            if number == 2:
                second.set()
            yield number

    taken = ahead(portions())
    assert next(taken) == 1
    assert second.wait(10)
    assert [1, *taken] == made == [1, 2, 3, 4]
    assert list(ahead(iter(()))) == []


def test_an_error_comes_after_the_portions_before_it() -> None:
    def portions() -> Iterator[str]:
        yield "whole"
        raise ZeroDivisionError

    taken = ahead(portions())
    assert next(taken) == "whole"
    with pytest.raises(ZeroDivisionError):
        next(taken)


def test_no_thread_is_left_when_nobody_takes_the_rest() -> None:
    before = threading.active_count()
    taken = ahead(iter(range(1, 100)))
    assert next(taken) == 1
    taken.close()
    assert threading.active_count() == before


def test_so_many_are_made_ahead_and_python_is_handed_over_sooner_meanwhile() -> None:
    made: list[int] = []
    fourth = threading.Event()
    usual = sys.getswitchinterval()

    def portions() -> Iterator[int]:
        for number in range(1, 10):
            made.append(number)
            if number == 4:
                fourth.set()
            yield number

    taken = ahead(portions(), most=3)
    assert next(taken) == 1
    assert fourth.wait(10) and sys.getswitchinterval() <= SWITCH_SECONDS
    assert made == [1, 2, 3, 4]
    assert list(taken) == list(range(2, 10))
    assert sys.getswitchinterval() == usual


def _portions(reader: Reader, question: str, started: threading.Event, waits_for: threading.Event) -> Iterator[int]:
    """The rows of a question, one a portion; the first comes when the other question has begun as well."""
    for (number,) in reader.sql(question):
        started.set()
        assert waits_for.wait(10)
        yield number


def test_two_questions_are_read_at_once_each_by_its_reader(database: Database) -> None:
    one, other = threading.Event(), threading.Event()
    readers: list[Reader] = []

    def beside(twin: Reader) -> Iterator[int]:
        readers.append(twin)
        assert twin.path == reader.path
        return _portions(twin, "SELECT id + 100 FROM country WHERE id < 4 ORDER BY id", other, one)

    with closing(database.reader()) as reader, reader.snapshot():
        first = _portions(reader, "SELECT id FROM country WHERE id < 4 ORDER BY id", one, other)
        assert list(all_ahead(reader, lambda _reader: first, beside)) == [(1, 101), (2, 102), (3, 103)]
        assert len(readers) == 1 and readers[0] is not reader
        with pytest.raises(ValueError):
            list(all_ahead(reader, lambda _reader: iter((1, 2)), lambda _twin: iter((1,))))
        before = threading.active_count()
        taken = all_ahead(reader, lambda _reader: iter(range(9)), lambda _twin: iter(range(9)))
        assert next(taken) == (0, 0)
        taken.close()
        assert threading.active_count() == before


def test_both_questions_see_the_state_of_the_reader_when_a_step_came_in_between(database: Database) -> None:
    count = "SELECT count(*) FROM topic"
    database.write("Add a topic", lambda session: session.add(Topic(code="Z", name="All that is new")))
    with closing(database.reader()) as reader, reader.snapshot():
        ((topics,),) = reader.sql(count)
        database.write("Add a topic", lambda session: session.add(Topic(code="Z.new", name="New", parent="Z")))
        told = all_ahead(reader, *[lambda twin: iter(twin.sql(count))] * 3)
        assert list(told) == [((topics,), (topics,), (topics,))]
    with closing(database.reader()) as later:
        assert later.sql(count) == [(topics + 1,)]


@pytest.mark.parametrize("in_its_place", [None, b"", b"no workspace at all, but long enough to be told from one" * 9])
def test_a_file_that_was_moved_away_is_read_to_its_end_by_its_reader(
    database: Database, in_its_place: bytes | None
) -> None:
    count = "SELECT count(*) FROM country"
    with closing(database.reader()) as reader, reader.snapshot():
        ((countries,),) = reader.sql(count)
        moved = database.path.rename(database.path.with_name("elsewhere.legation"))
        if in_its_place is not None:
            database.path.write_bytes(in_its_place)
        try:
            told = list(all_ahead(reader, *[lambda twin: iter(twin.sql(count))] * 3))
        finally:
            moved.replace(database.path)
        assert told == [((countries,), (countries,), (countries,))] and countries > 100
