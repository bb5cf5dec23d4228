"""Rows of cells that are no text, from a sheet or a page, as tables: the layout found, the rows read when asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from legation.i18n import _
from legation.imports.files.cell_looks import extent, filled, joined
from legation.imports.files.cleaning import ODD, clean_cells
from legation.imports.files.headings import name_columns
from legation.imports.files.later_tables import SAMPLE, LaterTables
from legation.imports.files.layout import LaidRow, Section, count_footnotes, find_sections, with_last
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceCell, SourceRow, SourceTable

WHOLE = 20_000  # rows that are all looked at for the layout
TAIL = 60
Rows = Callable[[], Iterator[LaidRow]]


@dataclass(frozen=True)
class Sheet:
    """A sheet: the file, its name, its rows read anew, what is told of it, and notes by row number."""

    file: str
    name: str
    rows: Rows
    how: tuple[str, ...] = ()
    notes: Callable[[int], tuple[str, ...]] = lambda _number: ()


def tables_of_sheet(sheet: Sheet, choices: ReadingChoices) -> list[SourceTable]:
    """The tables of a sheet; empty when it has none. A sheet with headings alone has none."""
    rows = sheet.rows()
    head = list(islice(rows, WHOLE))
    tail: deque[LaidRow] = deque(maxlen=TAIL)
    after = next(rows, None)
    sections = find_sections(head, choices, is_whole=after is None)
    sections = [each for each in sections if each.last is None or each.last >= each.first]
    later = _looking_on(sections, head, choices)
    for each in chain([after] if after is not None else [], rows):
        tail.append(each)
        if later is not None:
            later.feed(each.number, not filled(each.cells), partial(_same, each.cells))
    if later is not None:
        sections[-1:] = later.finish()
    if sections and after is not None:
        count = count_footnotes(list(tail), len(sections[-1].headings), head[-20:])
        notes = [joined(each.cells) for each in list(tail)[len(tail) - count :] if filled(each.cells)]
        sections[-1] = with_last(sections[-1], tail[-1].number - count, notes)
    told = sheet.how
    if len(sections) > 1:
        told += (_("{count} tables were found, each with headings of its own.").format(count=len(sections)),)
    sample = tuple(joined(each.cells)[:200] for each in head[:12] if extent(each.cells))[:4]
    return [_table(sheet, each, told, sample) for each in sections]


def table_of_records(sheet: Sheet) -> SourceTable:
    """The table of a sheet of records: names in row 1, and every row below them is data. Nothing is looked for."""
    head, *rows = sheet.rows()
    section = Section(name_columns([head.cells], len(head.cells)), head.number + 1, rows[-1].number, head.number, 1)
    sample = tuple(joined(each.cells)[:200] for each in rows[:3])
    return _table(sheet, section, sheet.how, sample)


def _looking_on(sections: Sequence[Section], head: Sequence[LaidRow], choices: ReadingChoices) -> LaterTables | None:
    """What looks for tables behind the first rows of a sheet; None where the person chose where the one table is."""
    if not sections or choices.first_row is not None or choices.header_rows is not None:
        return None
    sample = (each for each in head if each.number >= sections[-1].first_row and extent(each.cells))
    return LaterTables(sections[-1], list(islice(sample, SAMPLE)))


def _same(cells: Sequence[SourceCell]) -> Sequence[SourceCell]:
    return cells


def _table(sheet: Sheet, section: Section, told: tuple[str, ...], sample: tuple[str, ...]) -> SourceTable:
    used = ReadingChoices(first_row=section.first_row, header_rows=section.header_rows, sheet=sheet.name or None)
    about = None if section.last is None else section.last - section.first + 1 - len(section.repeated)
    return SourceTable(
        file=sheet.file,
        name=sheet.name,
        headings=section.headings,
        rows=partial(_rows, sheet, section),
        title=section.title,
        footnotes=section.footnotes,
        how=(*told, *section.how()),
        used=used,
        sample=sample,
        about=about,
    )


def _rows(sheet: Sheet, section: Section) -> Iterator[SourceRow]:
    width = len(section.headings)
    for each in sheet.rows():
        if section.last is not None and each.number > section.last:
            return
        own = each.cells[section.left : section.right]
        if each.number < section.first or each.number in section.repeated or not filled(own):
            continue
        cells, notes = _cleaned(own, section.headings)
        beyond = tuple(cells[width:]) if filled(cells[width:]) else ()
        if beyond:
            told = _("The row has {count} cells, {more} more than there are headings.")
            notes.append(told.format(count=extent(cells), more=extent(cells) - width))
        kept = (*cells[:width], *([None] * (width - len(cells))))
        yield SourceRow(each.number, kept, beyond, (*sheet.notes(each.number), *notes))


def _cleaned(cells: Sequence[SourceCell], headings: Sequence[str]) -> tuple[Sequence[SourceCell], list[str]]:
    """Cells whose text can be kept, and what was done to it."""
    found, notes = list(cells), []
    for at, cell in enumerate(cells):
        if isinstance(cell, str) and ODD.search(cell):
            named = headings[at : at + 1] or [_("Column {number}").format(number=at + 1)]
            (found[at],), said = clean_cells([cell], named, "UTF-8")
            notes += said
    return found, notes
