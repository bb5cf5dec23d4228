"""A document of as many rows as a test wants."""

from __future__ import annotations

from legation.documents.document import Cell, Column, Document, Group, Row, Table


def long_document(rows: int) -> Document:
    """Rows in two groups, and an empty table after them."""
    columns = (Column("a", "A"), Column("b", "B"))
    made = [Row(f"r{at}", (Cell(f"Row {at}"), Cell("x"))) for at in range(rows)]
    half = rows // 2
    groups = (Group("One", tuple(made[:half])), Group("Two", tuple(made[half:])))
    return Document("Long", blocks=[Table("t", "T", columns, groups), Table("u", "U", columns, ())])
