"""How long started processes kept a processor busy: a machine with other work changes that less than the time taken."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def processor_time(used: list[float]) -> Iterator[None]:
    """Append the seconds of processor time that processes started and waited for in the block have taken."""
    before = os.times()
    yield
    after = os.times()
    used.append(after.children_user + after.children_system - before.children_user - before.children_system)
