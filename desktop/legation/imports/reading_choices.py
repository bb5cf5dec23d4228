"""How a file was read, or should be: what was found out, and what a person may change. Knows no file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingChoices:
    """What a reader is told; None means that it finds out itself. Readers give back what they used in the same form.

    `encoding` is a name that Python knows. `quote` is "" where no cell is quoted; `backslash` says that a backslash
    stands before a quotation mark inside quotes. `first_row` is the row of the file where the table begins, counted
    from 1, and `header_rows` how many of its rows are headings, 0 for none; either makes one table of the file.
    `sheet` is the only sheet to read.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    backslash: bool | None = None
    first_row: int | None = None
    header_rows: int | None = None
    sheet: str | None = None


FIND_OUT = ReadingChoices()
