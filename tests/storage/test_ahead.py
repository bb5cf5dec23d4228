"""Reading ahead: the same portions in the same order, one more than was asked for, and errors in their place."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from legation.storage.ahead import SWITCH_SECONDS, ahead


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
