"""Words that reference files list, folded, each file read once."""

from __future__ import annotations

import csv
from functools import cache

from legation.fields.folding import fold
from legation.paths import resources


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, and rarely the first word of the name of a body."""
    return fold(word) in _names("given_names")


def is_part_of_state(name: str) -> bool:
    """Whether a name is that of a first-level part of a large state, such as Texas, and of no town: it is written after
    a town and is no place of its own."""
    return fold(name) in _names("parts_of_states")


@cache
def _names(file: str) -> frozenset[str]:
    with (resources() / "reference" / f"{file}.csv").open(encoding="utf-8", newline="") as opened:
        return frozenset(fold(row["name"]) for row in csv.DictReader(opened))
