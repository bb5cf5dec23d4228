"""A document as JSON, its shape described by `resources/help/report.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from legation.documents.digest import addresses_in
from legation.documents.document import About, Cell, Document, Row, Table
from legation.documents.progress import Progress, told

FORMAT = 2


def about_of(about: About) -> dict[str, Any]:
    """What the document was made of, as plain data; the same stands in the file beside other formats."""
    found: dict[str, Any] = {
        "legation_report": FORMAT,
        "report": about.report,
        "options": about.options,
        "filters": about.filters,
        "as_of": about.day,
        "revision": about.revision,
        "revision_at": about.at,
        "workspace": about.workspace,
        "workspace_uuid": about.uuid,
        "rows": about.rows,
        "sha256": about.digest,
    }
    if about.since is not None:
        found["since_revision"] = about.since
    return found


def content_of(document: Document, progress: Progress | None = None) -> dict[str, Any]:
    """The tables and notes as plain data."""
    return {
        "title": document.title,
        "tables": [_table(table, progress) for table in document.tables],
        "sources": [
            {"number": note.number, "note": note.words, "urls": addresses_in(note.text)} for note in document.notes
        ],
    }


def _table(table: Table, progress: Progress | None) -> dict[str, Any]:
    rows = told(table.rows(), table.count, progress)
    groups = [
        {"title": each.title, "rows": [_row(table, next(rows)) for _row_of_group in each.rows]} for each in table.groups
    ]
    next(rows, None)  # says that all is done
    return {
        "name": table.name,
        "title": table.title,
        "columns": [{"name": each.name, "label": each.label, "kind": each.kind} for each in table.columns],
        "groups": groups,
    }


def _row(table: Table, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {"key": row.key, "level": row.level}
    if row.change:
        found["change"] = row.change
    found["cells"] = {column.name: _cell(cell) for column, cell in zip(table.columns, row.cells, strict=True)}
    return found


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"text": cell.text}
    if cell.value is not None:
        found["value"] = cell.value
    if cell.notes:
        found["sources"] = list(cell.notes)
    return found


def to_json(document: Document, progress: Progress | None = None) -> bytes:
    """The document as JSON text in UTF-8: what it was made of, then its tables and sources. Raises `Cancelled` when
    `progress` gives False."""
    about = about_of(document.about) if document.about is not None else {}
    return (json.dumps({**about, **content_of(document, progress)}, ensure_ascii=False, indent=2) + "\n").encode(
        "utf-8"
    )
