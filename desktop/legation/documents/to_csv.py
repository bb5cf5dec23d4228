"""Rows as CSV (RFC 4180, UTF-8, CRLF), safe to open in a spreadsheet and unchanged when read back.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; reading takes exactly that one away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

BOM = "\ufeff"
# what starts a formula, after the OWASP page on CSV injection, with any apostrophes already before it
_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

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
    text = io.StringIO(newline="")
    guarded = ([guard(cell) if str(cell)[:1] in _FIRST else cell for cell in row] for row in rows)
    csv.writer(text, lineterminator="\r\n").writerows(guarded)
    return text.getvalue()


def read_csv(text: str) -> Iterator[list[str]]:
    """The rows of CSV text that `csv_lines` wrote, a byte-order mark allowed."""
    for row in csv.reader(io.StringIO(text.removeprefix(BOM), newline="")):
        yield [unguard(cell) for cell in row]
