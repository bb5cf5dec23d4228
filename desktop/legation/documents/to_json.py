"""A document as JSON, its shape described by `resources/help/report.schema.json`; and the digest of its rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from legation.documents.document import About, Cell, Document, Note, Row, Table, Text
from legation.documents.held_rows import Block, HeldPortion, HeldRows, in_rows
from legation.documents.progress import Progress, told

FORMAT = 1
TOGETHER = 10_000  # rows that a digest takes at a time


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
        "sources": [{"number": note.number, "note": note.words, "urls": _urls(note.text)} for note in document.notes],
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


def _urls(text: Text) -> list[str]:
    return [str(run.link[1]) for run in text if run.link is not None and run.link[0] == "url"]


def digest_of(document: Document) -> str:
    """The SHA-256 of what the document says, in hexadecimal: equal for equal tables and notes in every format.

    It is taken of the title, the tables row by row and the notes, as UTF-8 text with U+001F between all parts, which no
    text of a workspace holds. A cell gives its text, its value and the numbers of its notes, joined by commas; what is
    missing is empty. The schema of the JSON says it so that anybody can make it again.
    """
    digest = Digest(document.title)
    for table in document.tables:
        digest.take_head(table)
        for group in table.groups:
            digest.take_group(group.title)
            if isinstance(group.rows, HeldRows):
                for portion in group.rows.portions:
                    digest.take_portion(portion)
            else:
                digest.take_rows(group.rows)
    return digest.of(document.notes)


class Digest:
    """The SHA-256 of a document that is told part by part."""

    def __init__(self, title: str) -> None:
        self._found = hashlib.sha256(title.encode("utf-8"))

    def take_head(self, table: Table) -> None:
        """A table follows."""
        self._take([table.name, table.title, *(part for each in table.columns for part in (each.name, each.label))])

    def take_group(self, title: str) -> None:
        """A group of its rows follows."""
        self._take([title])

    def take_portion(self, portion: HeldPortion) -> None:
        """Rows of the group that are held in columns."""
        self._take(_said_in_columns(portion))

    def take_rows(self, rows: Sequence[Row]) -> None:
        """Rows of the group."""
        for start in range(0, len(rows), TOGETHER):
            said = _Said()
            self._take([said.row(row) for row in rows[start : start + TOGETHER]])

    def of(self, notes: Iterable[Note]) -> str:
        """The digest in hexadecimal, when all tables are told."""
        for note in notes:
            self._take([str(note.number), note.words, *_urls(note.text)])
        return self._found.hexdigest()

    def _take(self, parts: Iterable[str]) -> None:
        self._found.update(("\x1f" + "\x1f".join(parts)).encode("utf-8", "surrogatepass"))


class _Said(dict[Cell, str]):
    """What a digest takes of cells, each made once: the same cell stands in many rows."""

    def __missing__(self, cell: Cell) -> str:
        value = "" if cell.value is None else cell.value
        self[cell] = f"{cell.text}\x1f{value}\x1f{','.join(map(str, cell.notes))}"
        return self[cell]

    def row(self, row: Row) -> str:
        """What a digest takes of a row."""
        return "\x1f".join((row.key, str(row.level), row.change, *map(self.__getitem__, row.cells)))


def _said_in_columns(portion: HeldPortion) -> Iterator[str]:
    """What a digest takes of rows that are held in columns: the same as of the rows that they make."""
    sides = [in_rows(_said_side_by_side(block), block) for block in portion.blocks]
    return chain.from_iterable(zip(portion.keys, repeat("0"), repeat(""), *sides, strict=False))


def _said_side_by_side(block: Block) -> list[str]:
    parts: list[Iterable[str]] = []
    for column in block.columns:
        values, notes = column.values, column.notes
        parts.append(column.texts)
        parts.append(repeat("") if values is None else ["" if each is None else str(each) for each in values])
        parts.append(repeat("") if notes is None else [",".join(map(str, each)) for each in notes])
    return list(map("\x1f".join, zip(*parts, strict=False)))


def to_json(document: Document, progress: Progress | None = None) -> bytes:
    """The document as JSON text in UTF-8: what it was made of, then its tables and sources. Raises `Cancelled` when
    `progress` gives False."""
    about = about_of(document.about) if document.about is not None else {}
    return (json.dumps({**about, **content_of(document, progress)}, ensure_ascii=False, indent=2) + "\n").encode(
        "utf-8"
    )
