"""What a one-line entry was understood as: a draft, what each stretch of the line says, and what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from legation.fields.draft import Draft


@dataclass(frozen=True)
class Part:
    """What a stretch of the line, `start` up to `end`, was understood as; `problem` when it was not."""

    start: int
    end: int
    words: str
    problem: bool = False


@dataclass
class Line:
    """A line as understood: the draft of its event, what each stretch says, and what is there already."""

    text: str
    draft: Draft
    parts: list[Part] = field(default_factory=list)
    names: dict[tuple[str, Any], str] = field(default_factory=dict)
    known: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Part]:
        """What stops saving, in the order of the line."""
        return [each for each in self.parts if each.problem]

    def says(self, start: int, end: int, words: str) -> None:
        """Note what a stretch was understood as."""
        self.parts.append(Part(start, end, words))

    def is_wrong(self, start: int, end: int, words: str) -> None:
        """Note what is wrong with a stretch."""
        self.parts.append(Part(start, end, words, problem=True))

    def told(self) -> str:
        """The first problem with the line and a mark below the place; "" when there is none."""
        if not self.problems:
            return ""
        first = self.problems[0]
        width = max(1, first.end - first.start)
        return f"{first.words}\n  {self.text}\n  {' ' * first.start}{'^' * width}"
