"""A document before it has a format: headings, paragraphs, facts and tables, whose text may point at records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """A piece of text; `link` is (record type, id) where it names a record,
    or ("dyad", "TKM-JPN") for two countries. `strong` and `quiet` set its weight."""

    text: str
    link: tuple[str, int | str] | None = None
    strong: bool = False
    quiet: bool = False


Text = Sequence[Run]


@dataclass(frozen=True)
class Heading:
    """A heading inside the document."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `level` indents it."""

    text: Text
    level: int = 0


@dataclass(frozen=True)
class Facts:
    """Labels with their values, set as two columns."""

    rows: Sequence[tuple[str, Text]]


Block = Heading | Paragraph | Facts


@dataclass
class Document:
    """A title, a line above and below it, and blocks in order."""

    title: str
    above: str = ""
    below: Text = ()
    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks += blocks

    def section(self, heading: str, blocks: Sequence[Block]) -> None:
        """Append a heading with its blocks; nothing when there are none."""
        if blocks:
            self.blocks += [Heading(heading), *blocks]


def plain(text: str) -> Text:
    """Text without links."""
    return (Run(text),)
