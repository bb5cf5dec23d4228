"""Reading ahead: while one portion is written, the next is read in a thread beside, since SQLite needs no Python."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from legation.storage.reading import SWITCH_SECONDS

Portion = TypeVar("Portion")


def ahead(portions: Iterator[Portion], most: int = 1) -> Generator[Portion, None, None]:
    """The same portions, none of which is None, made in a thread, up to `most` before they are asked for.

    What making them raises is raised here, in its place. Whoever takes them leaves their reader alone meanwhile, and
    closes what is given here if it stops before the last: two threads on one connection could wait for each other for
    ever.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, SWITCH_SECONDS))
    beside = ThreadPoolExecutor(1, "reading ahead")
    try:
        coming = deque(beside.submit(next, portions, None) for _each in range(most))
        while (portion := coming.popleft().result()) is not None:
            coming.append(beside.submit(next, portions, None))
            yield portion
    finally:
        beside.shutdown(cancel_futures=True)
        sys.setswitchinterval(before)
