"""Rows as CSV (RFC 4180, UTF-8, CRLF), safe to open in a spreadsheet and unchanged when read back.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; reading takes exactly that one away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from legation.documents.document import Document, Table
from legation.documents.held_rows import Block, HeldColumn, in_rows
from legation.documents.progress import Progress, told
from legation.documents.sheets import block_count, blocks, flat_columns, note_words, notes_of
from legation.errors import UserError
from legation.i18n import _

BOM = "\ufeff"
# what starts a formula, after the OWASP page on CSV injection, with any apostrophes already before it
_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

_QUOTE, _TWO = '"', '""'
_BETWEEN = "\x1f"  # stands between the cells of a column that is looked at as one text
_QUOTED = ',"\r\n'  # a cell with one of these stands in quotation marks
_FIRST = "'=+-@\t\r\n＝＋－＠"  # every cell that may need a guard begins so


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
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([guard(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_columns(columns: Sequence[Sequence[Any]]) -> list[str]:
    """Rows given column by column as lines of CSV without their ends: text, whole numbers, None for nothing.

    The standard library's writer looks at each letter of each cell. Here a column is looked at as one text, and cell by
    cell only where that text holds something to be quoted or guarded: that is some times as fast.
    """
    if len(columns) == 1:  # an empty line would be no row
        return [field or _TWO for field in _fields(columns[0])]
    return _joined(columns)


def as_text(lines: Sequence[str]) -> str:
    """Lines of CSV as text, each ended by CRLF."""
    return "\r\n".join([*lines, ""])


def table_headings(table: Table) -> list[str]:
    """The headings of a table: two for a date, as it is stored and in words."""
    found = []
    for column in flat_columns(table):
        found.append(column.label)
        if column.kind == "date":
            found.append(_("{column} (in words)").format(column=column.label))
    return found


def table_csv(document: Document, table: Table, progress: Progress | None = None) -> Iterator[str]:
    """One table of a document as CSV text in parts, without the byte-order mark. Raises `Cancelled`.

    Notes are written out.
    """
    lines = TableLines(table, notes_of(document))
    yield lines.head
    for portion in told(blocks(table), block_count(table), progress, every=1):
        yield lines.of(portion)


class TableLines:
    """Rows of a table as CSV text, portion by portion; each note must be among `notes` before the first row with it."""

    def __init__(self, table: Table, notes: Mapping[int, str]) -> None:
        self.head = csv_lines([table_headings(table)])
        self._kinds = [column.kind for column in flat_columns(table)]
        self._proofs = _Proofs(notes)

    def of(self, portion: Sequence[Block]) -> str:
        """The rows of a portion. What stands in several rows is made once."""
        left = iter(self._kinds)
        columns = [
            [each for column in block.columns for each in _values(next(left), column, self._proofs)]
            for block in portion
        ]
        if sum(map(len, columns)) == 1:
            return as_text(in_rows(csv_columns(columns[0]), portion[0]))
        sides = [in_rows(_joined(each), block) for each, block in zip(columns, portion, strict=True)]
        return as_text(list(map(",".join, zip(*sides, strict=True))))


def _joined(columns: Sequence[Sequence[Any]]) -> list[str]:
    return list(map(",".join, zip(*map(_fields, columns), strict=True)))


def _values(kind: str, column: HeldColumn, proofs: _Proofs) -> list[Sequence[Any]]:
    """What is written for the cells of a column: one or two columns."""
    texts, values, notes = column.texts, column.values, column.notes
    if kind == "date":
        return [[""] * len(texts) if values is None else ["" if each is None else each for each in values], texts]
    if kind == "number" and values is not None:
        return [[words if each is None else each for each, words in zip(values, texts, strict=True)]]
    if kind == "number":
        return [texts]
    return [texts if notes is None else list(map(proofs.__getitem__, zip(notes, texts, strict=True)))]


class _Proofs(dict[tuple[tuple[int, ...], str], str]):
    """What proves a row, by the numbers of its notes and its words: the notes, and what they state otherwise."""

    def __init__(self, notes: Mapping[int, str]) -> None:
        super().__init__()
        self._notes = notes

    def __missing__(self, key: tuple[tuple[int, ...], str]) -> str:
        numbers, words = key
        self[key] = "; ".join(part for part in (note_words(numbers, self._notes), words) if part)
        return self[key]


def _fields(values: Sequence[Any]) -> Sequence[str]:
    """The values of a column as fields of CSV, guarded and quoted."""
    try:
        cells = _BETWEEN + _BETWEEN.join(values)
    except TypeError:  # it holds more than text
        return ["" if each is None else _quoted(guard(each)) if each.__class__ is str else str(each) for each in values]
    if any(each in cells and _BETWEEN + each in cells for each in _FIRST):
        values = list(map(guard, values))
    marks = [each for each in _QUOTED if each in cells]
    if not marks:
        return values
    if marks == [","]:
        return [f'"{each}"' if "," in each else each for each in values]
    return list(map(_quoted, values))


def _quoted(cell: str) -> str:
    """A cell in quotation marks where it needs them."""
    if not any(each in cell for each in _QUOTED):
        return cell
    return f'"{cell.replace(_QUOTE, _TWO)}"'


def document_csv(document: Document, progress: Progress | None = None) -> bytes:
    """The first table of a document as a CSV file, which begins with the byte-order mark.

    Raises `UserError` when there is no table, `Cancelled` when `progress` gives False.
    """
    return b"".join(csv_parts(document, progress))


def csv_parts(document: Document, progress: Progress | None = None) -> Iterator[bytes]:
    """The same file in parts, so that a long one need not fit in memory."""
    if not document.tables:
        raise UserError(
            _("“{title}” has no table, and CSV holds nothing else.").format(title=document.title),
            _("Choose another format."),
        )
    yield BOM.encode("utf-8")
    for part in table_csv(document, document.tables[0], progress):
        yield part.encode("utf-8")


def read_csv(text: str) -> Iterator[list[str]]:
    """The rows of CSV text that `csv_lines` wrote, a byte-order mark allowed."""
    for row in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")):
        yield [unguard(cell) for cell in row]
