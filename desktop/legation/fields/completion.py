"""A completion: what may stand in the place of a piece of typed text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Completion:
    """What may stand from `start` up to `end` of the line instead, with its label and what is said beside it."""

    start: int
    end: int
    text: str
    label: str
    also: str = ""
