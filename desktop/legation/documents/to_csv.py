"""Rows as CSV (RFC 4180, UTF-8, CRLF), safe to open in a spreadsheet and unchanged when read back.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; reading takes exactly that one away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from legation.documents.document import Cell, Document, Table
from legation.documents.progress import Progress, told
from legation.documents.sheets import flat_columns, note_words, notes_of, portion_count, portions
from legation.errors import UserError
from legation.i18n import _

BOM = "\ufeff"
# what starts a formula, after the OWASP page on CSV injection, with any apostrophes already before it
_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

# the same at the beginning of any cell in written text; it may find more than there is, never less
_MAY_RUN = re.compile(
    "[=+\\-@\t\r\n＝＋－＠]"  # one set of letters first: all others are passed over fast
    "(?:(?<=[,\n\"'][=+\\-@\t＝＋－＠])|(?<=[,\n]\"[\r\n])|(?<='[\r\n]))"
)
_TEXT, _VALUE, _NOTES = attrgetter("text"), attrgetter("value"), attrgetter("notes")
_QUOTE, _TWO = '"', '""'
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
    return _guarded(rows) if _MAY_RUN.search("\n" + written) else written  # nearly always there is nothing to guard


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


def table_csv(document: Document, table: Table, progress: Progress | None = None) -> Iterator[str]:
    """One table of a document as CSV text in parts, without the byte-order mark. Raises `Cancelled`.

    Notes are written out. The text is made column by column: the standard library's writer looks at each letter, which
    takes longer than all the rest.
    """
    kinds = [column.kind for column in flat_columns(table)]
    proofs = _Proofs(notes_of(document))
    yield csv_lines([table_headings(table)])
    for portion in told(portions(table), portion_count(table), progress, every=1):
        columns = []
        for kind, cells in zip(kinds, portion.columns, strict=True):
            columns += [_fields(values) for values in _values(kind, cells, proofs)]
        yield _lines(columns)


def _lines(columns: list[list[str]]) -> str:
    """Columns of fields as lines, joined at once: the end of each line goes with the beginning of the next."""
    if len(columns) == 1:  # an empty line would be no row
        return "".join(f"{field or _TWO}\r\n" for field in columns[0])
    first, *middle, last = columns
    ends = [f"{end}\r\n{start}" for end, start in zip(last, first[1:], strict=False)]
    ends.append(f"{last[-1]}\r\n")
    return ",".join(chain(first[:1], chain.from_iterable(zip(*middle, ends, strict=True))))


def _values(kind: str, cells: Sequence[Cell], proofs: _Proofs) -> list[list[Any]]:
    """What is written for the cells of a column: one or two columns."""
    texts = list(map(_TEXT, cells))
    if kind in ("date", "number"):
        values = list(map(_VALUE, cells))
        if kind == "date":
            return [["" if each is None else each for each in values], texts]
        return [[text if each is None else each for each, text in zip(values, texts, strict=True)]]
    notes = list(map(_NOTES, cells))
    return [list(map(proofs.__getitem__, zip(notes, texts, strict=True)))] if any(notes) else [texts]


class _Proofs(dict[tuple[tuple[int, ...], str], str]):
    """What proves a row, by the numbers of its notes and its words: the notes, and what they state otherwise."""

    def __init__(self, notes: dict[int, str]) -> None:
        super().__init__()
        self._notes = notes

    def __missing__(self, key: tuple[tuple[int, ...], str]) -> str:
        numbers, words = key
        self[key] = "; ".join(part for part in (note_words(numbers, self._notes), words) if part)
        return self[key]


def _fields(values: list[Any]) -> list[str]:
    """The values of a column as fields of CSV, guarded and quoted; where they repeat, each is looked at once."""
    different = set(values)
    if len(different) * 2 > len(values):
        return [_field(each) for each in values]
    fields = {each: _field(each) for each in different}
    return [fields[each] for each in values]


def _field(value: Any) -> str:
    if value.__class__ is not str:
        return str(value)
    text: str = guard(value) if value[:1] in _FIRST else value
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return f'"{text.replace(_QUOTE, _TWO)}"' if _QUOTE in text else f'"{text}"'
    return text


def document_csv(document: Document, progress: Progress | None = None) -> bytes:
    """The first table of a document as a CSV file, which begins with the byte-order mark.

    Raises `UserError` when there is no table, `Cancelled` when `progress` gives False.
    """
    if not document.tables:
        raise UserError(
            _("“{title}” has no table, and CSV holds nothing else.").format(title=document.title),
            _("Choose another format."),
        )
    parts = table_csv(document, document.tables[0], progress)
    return b"".join([BOM.encode("utf-8"), *(part.encode("utf-8") for part in parts)])


def read_csv(text: str) -> Iterator[list[str]]:
    """The rows of CSV text that `csv_lines` wrote, a byte-order mark allowed."""
    for row in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")):
        yield [unguard(cell) for cell in row]
