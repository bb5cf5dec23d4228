"""A table as a file holds it, before anybody says what its columns mean; every reader of files yields these.

Knows no record type and no database. Rows are read again each time they are asked for, so that a million of them need
not fit in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from legation.imports.reading_choices import FIND_OUT, ReadingChoices

SourceCell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: `number` is where it begins in the file, counted from 1 as a text editor or spreadsheet counts.

    `cells` has one cell for each heading of the table; what is missing in the file is an empty cell, and what stands
    beyond the last heading is in `beyond`. `notes` tell in sentences what was odd: too few cells, bytes that are no
    letters, a quotation mark that is never closed.
    """

    number: int
    cells: tuple[SourceCell, ...]
    beyond: tuple[SourceCell, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceTable:
    """A table of a file.

    `file` is the name of the file, `name` that of the sheet or "" where there are none. `title` is what stood above the
    headings, `footnotes` what stood below the rows. `headings` are unique and never empty. `how` tells in sentences how
    the file was read, each with its evidence; `used` has the same as choices that can be changed. `sample` are lines of
    the file as they were read, those that show the encoding before others. `rows()` reads the rows anew; there are
    about `about` of them, None where nobody knows. `place` counts the tables of one sheet, or of a file without sheets.
    """

    file: str
    name: str
    headings: tuple[str, ...]
    rows: Callable[[], Iterator[SourceRow]]
    title: str = ""
    footnotes: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    used: ReadingChoices = FIND_OUT
    sample: tuple[str, ...] = ()
    about: int | None = None
    place: int = 1

    @property
    def whole_name(self) -> str:
        """What names the table among all that are imported: its file, its sheet, its place among several."""
        place = str(self.place) if self.place > 1 else ""
        return "#".join(part for part in (self.file, self.name, place) if part)
