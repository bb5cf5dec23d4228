"""How far a command is: a line on a terminal that is gone when the work is done; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from legation.errors import UserError
from legation.i18n import _

if TYPE_CHECKING:
    from legation.documents.progress import Progress


@contextmanager
def shown_progress(words: str) -> Iterator[Progress]:
    """A function that tells how far the work is, in percent behind `words`, while the block runs."""
    shown = ""

    def tell(done: int, total: int) -> bool:
        nonlocal shown
        if is_seen and done >= 0:  # less than nothing only asks whether to go on
            line = _("{words} {percent} %").format(words=words, percent=100 * done // max(total, 1))
            if line != shown:
                print("\r" + line.ljust(len(shown)), end="", file=sys.stderr, flush=True)
                shown = line
        return True

    is_seen = sys.stderr.isatty()
    if is_seen:
        shown = words
        print(words, end="", file=sys.stderr, flush=True)
    try:
        yield tell
    finally:
        if is_seen:
            print("\r" + " " * len(shown) + "\r", end="", file=sys.stderr, flush=True)


@contextmanager
def stopped_by_keys(words: str) -> Iterator[None]:
    """Say `words` when Ctrl+C ends the block. Raises `UserError` then."""
    try:
        yield
    except KeyboardInterrupt:
        raise UserError(words) from None
