"""Reading ahead: while one portion is written, the next is read in a thread beside, since SQLite needs no Python."""

from __future__ import annotations

import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from typing import Any, TypeVar

from legation.errors import UserError
from legation.storage.connection import connect_for_reading
from legation.storage.past import newest_step
from legation.storage.reading import SWITCH_SECONDS, Reader

Portion = TypeVar("Portion")


def ahead(portions: Iterator[Portion], most: int = 1) -> Generator[Portion, None, None]:
    """The same portions, none of which is None, made in a thread, up to `most` before they are asked for.

    What making them raises is raised here, in its place. Whoever takes them leaves their reader alone meanwhile, and
    closes what is given here if it stops before the last: two threads on one connection could wait for each other for
    ever.
    """
    with closing(_side_by_side((portions,), most)) as taken:
        for (portion,) in taken:
            yield portion


def all_ahead(reader: Reader, *questions: Callable[[Reader], Iterator[Any]]) -> Generator[tuple[Any, ...], None, None]:
    """Portions of several questions side by side, read ahead; to be closed, as above.

    The first asks the reader. Each other is given a reader and a thread of its own, so that all are read at once; where
    no other reader sees the same state, all are asked of the one.
    """
    with ExitStack() as open_ones:
        twins = [open_ones.enter_context(_seeing_the_same(reader)) for _other in questions[1:]]
        if None in twins:
            yield from ahead(zip(*(each(reader) for each in questions), strict=True))
            return
        asked = [each(one or reader) for each, one in zip(questions, (reader, *twins), strict=True)]
        yield from open_ones.enter_context(closing(_side_by_side(asked)))


def _side_by_side(questions: Sequence[Iterator[Any]], most: int = 1) -> Generator[Any, None, None]:
    """The portions of several questions, each made in a thread of its own. Raises `ValueError` when one has more."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, SWITCH_SECONDS))
    threads = [ThreadPoolExecutor(1, "reading ahead") for _question in questions]

    def ask() -> list[Future[Any]]:
        return [thread.submit(next, each, None) for thread, each in zip(threads, questions, strict=True)]

    try:
        coming = deque(ask() for _each in range(most))
        while portions := [part for each in coming.popleft() if (part := each.result()) is not None]:
            if len(portions) < len(threads):
                raise ValueError("one question has more portions than another")
            coming.append(ask())
            yield tuple(portions)
    finally:
        for each in threads:
            each.shutdown(cancel_futures=True)
        sys.setswitchinterval(before)


@contextmanager
def _seeing_the_same(reader: Reader) -> Iterator[Reader | None]:
    """Another reader of the same state of the same file; None where a step came in between, or the file is not where
    it was."""
    with ExitStack() as open_ones:
        yield _twin_of(reader, open_ones)


def _twin_of(reader: Reader, open_ones: ExitStack) -> Reader | None:
    """A second reader, which is closed with the others."""
    try:
        twin = open_ones.enter_context(closing(Reader(connect_for_reading(reader.path))))
        open_ones.enter_context(twin.snapshot())
        is_same = newest_step(twin) == newest_step(reader)
    except (sqlite3.Error, UserError):  # it was moved, or another file is in its place
        return None
    return twin if is_same else None
