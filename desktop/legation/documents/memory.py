"""The memory of large documents: hundreds of thousands of objects, which Python must not walk through in one go.

While it looks for what could go (garbage), or frees a whole document at once, no other thread runs: a window would
stand still for a second and more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from legation.documents.document import Document
from legation.documents.held_rows import HeldRows

PORTION = 500  # objects freed before other threads may run
USUAL = (700, 10, 10)  # Python's own thresholds


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make many objects without a look through them for garbage, then or later: they go when nothing holds them.

    What could go at the end stays until `let_go_again` is called. Whoever looks by itself, as the window does, sees by
    the threshold of 0 that it must not.
    """
    was_on, before = gc.isenabled(), gc.get_threshold()
    gc.disable()
    gc.set_threshold(0)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*(before if before[0] else USUAL))
        if was_on:
            gc.enable()


def let_go(box: list[object], inner: list[object]) -> None:
    """Free what `box` holds, in portions; `inner` are the many objects within it. Both lists are empty then."""
    box.clear()
    while inner:
        del inner[-PORTION:]


def within(document: Document) -> list[object]:
    """The many objects of a document: its rows, and the words of those that are held in columns."""
    groups = [group.rows for table in document.tables for group in table.groups]
    return [each for rows in groups for each in (rows.words() if isinstance(rows, HeldRows) else rows)]


def let_go_again() -> None:
    """Look again for garbage among what was made without collecting: at once where Python looks by itself, else when
    whoever looks in its place does."""
    gc.unfreeze()
    if gc.isenabled():
        gc.collect()
