"""First-level parts of large states, such as Texas, which are written after a town and are no place of their own."""

from __future__ import annotations

import csv
from functools import cache

from legation.fields.folding import fold
from legation.paths import resources


def is_part_of_state(name: str) -> bool:
    """Whether a name is that of a first-level part of a state, and of no town."""
    return fold(name) in _names()


@cache
def _names() -> frozenset[str]:
    with (resources() / "reference" / "parts_of_states.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(fold(row["name"]) for row in csv.DictReader(file))
