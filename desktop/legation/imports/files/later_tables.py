"""Tables that begin far down in a large file, found while its rows go by, with few of them in memory.

A further table begins after an empty row, with headings of its own. Only what stands behind an empty row and does not
look like a row of data is looked at more closely, by the rules of the layout.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from legation.imports.files.cell_looks import DATA, extent, filled, joined, look
from legation.imports.files.layout import LaidRow, Section, count_footnotes, find_sections, with_last
from legation.imports.reading_choices import FIND_OUT
from legation.imports.source_tables import SourceCell

WINDOW = 60  # rows behind an empty one that are looked at, and before it
SAMPLE = 30  # rows of a table that a further one is compared with
MOST_LOOKED_AT = 2000  # places, after which none is looked at any more

Cells = Callable[[], Sequence[SourceCell]]


class LaterTables:
    """Finds further tables behind a section that goes on. `section` is the last one found, `found` are those before it.

    `sample` are rows of the section from its headings on; `ended_at` is the row where looking was given up, 0 for none.
    """

    def __init__(self, section: Section, sample: Sequence[LaidRow], delimiter: str = "") -> None:
        self.found: list[Section] = []
        self.section = section
        self.sample = list(sample)[:SAMPLE]
        self.ended_at = 0
        self._delimiter = delimiter
        self._recent: deque[tuple[int, Cells]] = deque(maxlen=WINDOW)
        self._before: list[tuple[int, Cells]] = []
        self._window: list[LaidRow] = []
        self._is_behind_empty = False
        self._looked_at = 0

    def feed(self, number: int, is_empty: bool, cells: Cells) -> None:
        """Take the next row; its cells are asked for only where they may matter."""
        if self._window:
            self._window.append(LaidRow(number, [] if is_empty else cells()))
            if len(self._window) >= WINDOW:
                self._decide()
        elif is_empty:
            self._is_behind_empty = True
        elif self._is_behind_empty:
            self._is_behind_empty = False
            if not self.ended_at and _may_begin(row := cells()):
                self._looked_at += 1
                self.ended_at = number if self._looked_at > MOST_LOOKED_AT else 0
                self._window = [LaidRow(number, row)]
                self._before = list(self._recent)
        if not is_empty:
            self._recent.append((number, cells))

    def finish(self) -> list[Section]:
        """All tables from the given section on, each but the last one closed."""
        if self._window:
            self._decide()
        return [*self.found, self.section]

    def _decide(self) -> None:
        """Whether what stands in the window is another table, by the same rules as at the beginning of a file."""
        window, self._window = self._window, []
        empty = LaidRow(window[0].number - 1, [])
        sections = find_sections([*self.sample, empty, *window], FIND_OUT, self._delimiter, is_whole=False)
        further = [each for each in sections[1:] if each.first_row >= window[0].number and each.header_rows]
        if not further or further != sections[1:]:
            return
        before = [LaidRow(number, cells()) for number, cells in self._before]
        count = count_footnotes(before, len(self.section.headings), self.sample[1:20])
        kept = before[: len(before) - count]
        notes = [joined(each.cells, self._delimiter) for each in before[len(before) - count :] if filled(each.cells)]
        last = kept[-1].number if kept else window[0].number - 1
        self.found += [with_last(self.section, last, notes), *further[:-1]]
        self.section = further[-1]
        self.sample = [each for each in window if each.number >= self.section.first_row and extent(each.cells)][:SAMPLE]
        self._is_behind_empty = not window[-1].cells


def _may_begin(cells: Sequence[SourceCell]) -> bool:
    """Whether a row may be headings, or words above them: nothing in it looks like data."""
    places = filled(cells)
    return bool(places) and not any(look(cells[at]) in DATA for at in places)
