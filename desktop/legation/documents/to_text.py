"""A document as plain text for a terminal or a file."""

from __future__ import annotations

from legation.documents.document import Document, Facts, Heading, Paragraph, Text


def to_text(document: Document) -> str:
    """The document as lines of text, ended by a line break."""
    lines = [document.above] if document.above else []
    lines.append(document.title)
    if document.below:
        lines.append(_text(document.below))
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += ["", block.text, "-" * len(block.text)]
        elif isinstance(block, Paragraph):
            indent = "  " * block.level
            lines += [indent + part for part in _text(block.text).split("\n")]
        elif isinstance(block, Facts):
            width = max((len(label) for label, _value in block.rows), default=0)
            lines += [f"{label:<{width}}  {_text(value)}" for label, value in block.rows]
    return "\n".join(lines) + "\n"


def _text(text: Text) -> str:
    return "".join(run.text for run in text)
