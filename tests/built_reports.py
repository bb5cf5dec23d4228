"""Reports as tests build them: on a fixed day, from options, with their tables as rows of words."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any

from legation.documents.document import Document, Table
from legation.reports.catalogue import report_named
from legation.reports.report import Basis
from legation.reports.running import new_options
from legation.storage.database import Database

DAY = date(2025, 2, 6)


def built(database: Database, name: str, *, on: date = DAY, **options: Any) -> Document:
    """The document of a report with its notes, as of a day."""
    with closing(database.reader()) as reader:
        report = report_named(name)
        basis = Basis(reader, new_options(report, **options), on)
        document = report.build(basis)
        document.notes = basis.notes.printed(reader)
    return document


def statements(database: Database, name: str, **options: Any) -> int:
    """How many questions a report asks the workspace."""
    with closing(database.reader()) as reader:
        report = report_named(name)
        report.build(Basis(reader, new_options(report, **options), DAY))
        return reader.statements


def rows_of(table: Table) -> list[dict[str, str]]:
    """The rows of a table as words by the name of the column, with the title of the group as `group`."""
    names = [column.name for column in table.columns]
    return [
        {"group": group.title, **dict(zip(names, (cell.shown for cell in row.cells), strict=True))}
        for group in table.groups
        for row in group.rows
    ]


def table_of(document: Document, name: str = "") -> list[dict[str, str]]:
    """The rows of the table of a name, else of the first."""
    return rows_of(next(each for each in document.tables if name in ("", each.name)))


def said(document: Document) -> str:
    """All words of a document as plain text."""
    from legation.documents.to_text import to_text

    return to_text(document)
