"""How far a long piece of work is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int], bool]  # (done, of all): False stops the work
EVERY = 500  # rows between two looks at whether to go on

Item = TypeVar("Item")


class Cancelled(Exception):
    """The person stopped it; nothing was written."""


def told(items: Iterable[Item], total: int, progress: Progress | None, every: int = EVERY) -> Iterator[Item]:
    """The same items, telling `progress` now and then how many are done. Raises `Cancelled` when it gives False."""
    if progress is None:
        yield from items
        return
    for done, item in enumerate(items):
        if done % every == 0 and not progress(done, total):
            raise Cancelled
        yield item
    if not progress(total, total):
        raise Cancelled
