"""Rows as CSV (RFC 4180, UTF-8, CRLF), safe to open in a spreadsheet and unchanged when read back.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; reading takes exactly that one away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from legation.documents.document import Cell, Document, Table
from legation.documents.progress import Progress, told
from legation.documents.sheets import flat_columns, flat_rows, note_words, notes_of
from legation.errors import UserError
from legation.i18n import _

BOM = "\ufeff"
# what starts a formula, after the OWASP page on CSV injection, with any apostrophes already before it
_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

# the same at the beginning of any cell in written text; it may find more than there is, never less
_MAY_RUN = re.compile("(?:^|[,\n])(?:\"?'*[=+\\-@\t＝＋－＠]|\"'*[\r\n])")
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")  # every cell that may need a guard begins so


def guard(cell: Any) -> Any:
    """The cell so that no spreadsheet runs it; whole numbers stay as they are."""
    if isinstance(cell, str) and _RUNS.match(cell):
        return "'" + cell
    return cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV text, each line ended by CRLF."""
    rows = list(rows)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    written = text.getvalue()
    return _guarded(rows) if _MAY_RUN.search(written) else written  # nearly always there is nothing to guard


def _guarded(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO(newline="")
    guarded = ([guard(cell) if str(cell)[:1] in _FIRST else cell for cell in row] for row in rows)
    csv.writer(text, lineterminator="\r\n").writerows(guarded)
    return text.getvalue()


def table_headings(table: Table) -> list[str]:
    """The headings of a table: two for a date, as it is stored and in words."""
    found = []
    for column in flat_columns(table):
        found.append(column.label)
        if column.kind == "date":
            found.append(_("{column} (in words)").format(column=column.label))
    return found


def table_rows(table: Table, notes: dict[int, str]) -> Iterator[list[Any]]:
    """The rows of a table as cells of CSV, in the order of `table_headings`; notes are written out."""
    kinds = [column.kind for column in flat_columns(table)]
    for cells in flat_rows(table):
        row: list[Any] = []
        for kind, cell in zip(kinds, cells, strict=True):
            if kind == "date":
                row += ["" if cell.value is None else cell.value, cell.text]
            elif kind == "number":
                row.append(cell.text if cell.value is None else cell.value)
            else:
                row.append(_with_notes(cell, notes) if cell.notes else cell.text)
        yield row


def _with_notes(cell: Cell, notes: dict[int, str]) -> str:
    """What proves a row, where there is no place for notes: the notes themselves, and what they state otherwise."""
    parts = [note_words(cell, notes), cell.text]
    return "; ".join(part for part in parts if part)


def table_csv(document: Document, table: Table) -> str:
    """One table of a document as CSV text, without the byte-order mark."""
    return csv_lines([table_headings(table), *table_rows(table, notes_of(document))])


def document_csv(document: Document, progress: Progress | None = None) -> bytes:
    """The first table of a document as a CSV file, which begins with the byte-order mark.

    Raises `UserError` when there is no table, `Cancelled` when `progress` gives False.
    """
    if not document.tables:
        raise UserError(
            _("“{title}” has no table, and CSV holds nothing else.").format(title=document.title),
            _("Choose another format."),
        )
    table = document.tables[0]
    rows = told(table_rows(table, notes_of(document)), table.count, progress)
    return (BOM + csv_lines(chain([table_headings(table)], rows))).encode("utf-8")


def read_csv(text: str) -> Iterator[list[str]]:
    """The rows of CSV text that `csv_lines` wrote, a byte-order mark allowed."""
    for row in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")):
        yield [unguard(cell) for cell in row]
