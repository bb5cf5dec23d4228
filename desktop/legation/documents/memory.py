"""The memory of large documents: hundreds of thousands of objects, which Python must not walk through in one go.

While it looks for what could go (garbage), or frees a whole document at once, no other thread runs: a window would
stand still for a second and more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

PORTION = 500  # objects freed before other threads may run


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make many objects without a look through them for garbage, then or later: they go when nothing holds them.

    What could go at the end stays until `let_go_again` is called.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()


def let_go(box: list[object], inner: list[object]) -> None:
    """Free what `box` holds, in portions; `inner` are the many objects within it. Both lists are empty then."""
    box.clear()
    while inner:
        del inner[-PORTION:]


def let_go_again() -> None:
    """Look again for garbage among what was made without collecting."""
    gc.unfreeze()
