"""Common given names, which tell a person from a body where one column holds both."""

from __future__ import annotations

import csv
from functools import cache

from legation.fields.folding import fold
from legation.paths import resources


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, and rarely the first word of the name of a body."""
    return fold(word) in _names()


@cache
def _names() -> frozenset[str]:
    with (resources() / "reference" / "given_names.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(fold(row["name"]) for row in csv.DictReader(file))
