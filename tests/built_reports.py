"""Reports as tests build them: on a fixed day, from options, with their tables as rows of words."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any

from legation.documents.document import Document, Table
from legation.documents.to_text import to_text
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.reports.catalogue import report_named
from legation.reports.report import Basis
from legation.reports.running import new_options
from legation.storage.database import Database
from legation.storage.loading import load_draft
from legation.storage.saving import save

DAY = date(2025, 2, 6)


def built(database: Database, name: str, *, day: date = DAY, **options: Any) -> Document:
    """The document of a report with its notes, as of a day."""
    with closing(database.reader()) as reader:
        report = report_named(name)
        basis = Basis(reader, new_options(report, **options), day)
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
    return to_text(document)


def sql(database: Database, text: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of a question in SQL."""
    with closing(database.reader()) as reader:
        return reader.sql(text, values)


def id_of(database: Database, table: str, name: str) -> int:
    """The id of the record of a name or title."""
    column = "title" if table in ("event", "outcome", "source", "post") else "name"
    return int(sql(database, f"SELECT id FROM {table} WHERE {column} = ?", name)[0][0])


def change(database: Database, record: str, id: int, **values: Any) -> None:
    """Save a record with other values."""
    with closing(database.reader()) as reader:
        draft = load_draft(reader, record_type(record), id)
    for name, value in values.items():
        draft[name] = value
    database.write("Change", lambda session: save(session, draft))


def add(database: Database, record: str, **values: Any) -> int:
    """Save a new record; its id."""
    draft = new_draft(record_type(record), **values)
    saved: list[int] = []
    database.write("Add", lambda session: saved.append(save(session, draft)))
    return saved[0]
