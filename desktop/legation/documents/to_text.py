"""A document as plain text for a terminal or a file."""

from __future__ import annotations

from legation.documents.document import (
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    Text,
)
from legation.documents.letters import printable
from legation.i18n import _

MOST_LETTERS = 44  # of a cell; the rest is cut off
INDENT = "  "


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
        elif isinstance(block, Table):
            lines += ["", *_table(block)]
    if document.notes:
        lines += ["", _("Sources"), "-" * len(_("Sources"))]
        lines += [f"{note.number}. {note.words}" for note in document.notes]
    return printable("\n".join(lines)) + "\n"


def _table(table: Table) -> list[str]:
    lines = [table.title, "-" * len(table.title)] if table.title else []
    if not table.count:
        return [*lines, table.when_empty]
    shown = [[_cell(table, column, row, cell) for column, cell in zip(table.columns, row.cells, strict=True)]
             for row in table.rows()]  # fmt: skip
    widths = [
        min(MOST_LETTERS, max(len(column.label), *(len(line[at]) for line in shown)))
        for at, column in enumerate(table.columns)
    ]
    lines.append(_line([column.label for column in table.columns], widths))
    rows = iter(shown)
    for group in table.groups:
        lines += ["", group.title] if group.title else []
        lines += [_line(next(rows), widths) for _row in group.rows]
    return lines


def _cell(table: Table, column: Column, row: Row, cell: Cell) -> str:
    indent = INDENT * row.level if column.name == table.indented else ""
    mark = table.mark(row) if column is table.columns[0] else ""
    return indent + " ".join(cell.shown.split()) + (f" [{mark}]" if mark else "")


def _line(cells: list[str], widths: list[int]) -> str:
    """Cells side by side, each as wide as its column; what is longer is cut."""
    fitted = [
        f"{cell:<{width}}" if len(cell) <= width else cell[: width - 1] + "…"
        for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(fitted).rstrip()


def _text(text: Text) -> str:
    return "".join(run.text for run in text)
