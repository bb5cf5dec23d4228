"""What becomes of each row, and what a person is asked before: plain data for a command or a window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Outcome(Enum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class RowOutcome:
    """What becomes of one row, in a sentence; `record` and `id` are what it is in the workspace, 0 for nothing."""

    number: int
    outcome: Outcome
    sentence: str
    label: str = ""
    record: str = ""
    id: int = 0

    def saying(self, more: str) -> RowOutcome:
        """The outcome with a further sentence."""
        stop = "" if self.sentence.endswith((".", "…", ")", ":")) else "."
        return replace(self, sentence=f"{self.sentence}{stop} {more}")


@dataclass(frozen=True)
class Choice:
    """A record that may be meant: what to answer, its label, the reason."""

    answer: str
    label: str
    reason: str


@dataclass
class Question:
    """A printed name that may be a known record: decided once for all its rows.

    `key` names it in the decisions; `answer` is what was decided: "new", the answer of a choice, or "" for undecided.
    Where `record` is "" the question is about the column `printed`: what is offered, or "new" for what it says.
    """

    key: str
    record: str
    printed: str
    choices: tuple[Choice, ...]
    rows: list[int]
    answer: str = ""


class Rejected(Exception):
    """The row cannot be taken; the words say why. `wants` is a role that would help if it were given in every row."""

    def __init__(self, words: str, wants: str = "") -> None:
        super().__init__(words)
        self.wants = wants
