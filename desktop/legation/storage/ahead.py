"""Reading ahead: while one portion is written, the next is read in a thread beside, since SQLite needs no Python."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Portion = TypeVar("Portion")


def ahead(portions: Iterator[Portion]) -> Generator[Portion, None, None]:
    """The same portions, none of which is None, made in a thread, one before it is asked for.

    What making them raises is raised here, in its place. Whoever takes them leaves their reader alone meanwhile, and
    closes what is given here if it stops before the last: two threads on one connection could wait for each other for
    ever.
    """
    with ThreadPoolExecutor(1, "reading ahead") as beside:
        coming = beside.submit(next, portions, None)
        while (portion := coming.result()) is not None:
            coming = beside.submit(next, portions, None)
            yield portion
