"""Workbooks (XLSX, XLSB, XLS, ODS) as tables: each sheet with its dates, numbers and text as they are kept there.

Formulas come as the results that the file keeps. Merged cells give their content to each of the cells they cover.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from legation.errors import UserError
from legation.i18n import _, ngettext
from legation.imports.files.cell_looks import filled
from legation.imports.files.file_kinds import OLE
from legation.imports.files.file_source import FileSource
from legation.imports.files.layout import LaidRow
from legation.imports.files.old_workbooks import Range, old_rows, old_sheets
from legation.imports.files.packed_sheets import BINARY_BOOK, Packed, look_into, protected
from legation.imports.files.sheet_tables import Rows, Sheet, tables_of_sheet
from legation.imports.files.streamed_sheets import STREAMED_FROM, merged_ranges, streamed_rows
from legation.imports.reading_choices import ReadingChoices
from legation.imports.source_tables import SourceCell, SourceTable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

LARGEST = 200 << 20  # bytes of a file, all of which the library keeps in memory
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def workbook_tables(source: FileSource, choices: ReadingChoices) -> list[SourceTable]:
    """The tables of all sheets, or of the chosen one. Raises `UserError` when there is none."""
    if source.size > LARGEST:
        raise UserError(
            _("{name} is too large to be read as a workbook.").format(name=source.name),
            _("Save the sheet as CSV, which is read row by row, however large it is."),
        )
    sheets = _old_sheets(source) if source.head(len(OLE)) == OLE else _new_sheets(source)
    if choices.sheet is not None and choices.sheet not in [each.name for each in sheets]:
        raise UserError(
            _("{name} has no sheet “{sheet}”.").format(name=source.name, sheet=choices.sheet),
            _("Its sheets are: {sheets}.").format(sheets=", ".join(each.name for each in sheets)),
        )
    found: list[SourceTable] = []
    for each in sheets:
        if choices.sheet in (None, each.name):
            found += tables_of_sheet(each, choices)
    if not found:
        raise UserError(
            _("{name} has no table: its sheets are empty or have headings alone.").format(name=source.name),
            _("Choose a workbook that has rows."),
        )
    return found


def _new_sheets(source: FileSource) -> list[Sheet]:
    """The sheets of an XLSX, XLSB or ODS, looked into before the library unpacks it."""
    packed = look_into(source)
    if packed.parts and not packed.parts & {"xl/workbook.xml", BINARY_BOOK, "content.xml"}:
        raise _no_workbook(source.name, packed)
    found = []
    with _opened(source) as book:
        for each in book.sheets_metadata:
            if str(each.typ).endswith(("WorkSheet", "None")):
                hidden = "Visible" not in str(each.visible).rpartition(".")[2]
                part = packed.sheets.get(each.name, "")
                errors, unworked = (
                    packed.errors.get(part, set()),
                    len(packed.unworked.get(part, ())),
                )
                is_large = part.endswith(".xml") and packed.sizes.get(part, 0) > STREAMED_FROM
                rows = partial(_large_rows, source, part) if is_large else partial(_new_rows, source, each.name)
                found.append(_sheet(source, each.name, rows, hidden, errors, unworked))
    return found


def _old_sheets(source: FileSource) -> list[Sheet]:
    """The sheets of an XLS."""
    return [
        _sheet(
            source,
            each.name,
            partial(_old_rows, source, each.name),
            each.hidden,
            each.errors,
        )
        for each in old_sheets(source)
    ]


def _no_workbook(name: str, packed: Packed) -> UserError:
    if "word/document.xml" in packed.parts:
        words = _("a Word document")
    elif any(each.endswith(".iwa") for each in packed.parts):
        words = _("a Numbers document; export it as CSV or XLSX")
    elif "ppt/presentation.xml" in packed.parts:
        words = _("a presentation")
    else:
        words = _("a packed archive; unpack it first")
    return UserError(
        _("{name} is no table: it seems to be {words}.").format(name=name, words=words),
        _("Choose a CSV or text file, a workbook (XLSX, XLSB, XLS, ODS), JSON or a calendar (ICS)."),
    )


def damaged(name: str) -> UserError:
    """What a library cannot read."""
    return UserError(
        _("{name} cannot be read as a workbook; it is damaged or something else.").format(name=name),
        _("Open it in the program that made it, and save it as XLSX."),
    )


@contextmanager
def _opened(source: FileSource) -> Iterator[CalamineWorkbook]:
    """The workbook; what goes wrong in the library is told in a sentence, its panics too."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with source.open() as file, CalamineWorkbook.from_filelike(file) as book:
            yield book
    except PasswordError as error:
        raise protected(source.name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(source.name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # which is no Exception
            raise
        raise damaged(source.name) from error


def _sheet(
    source: FileSource,
    name: str,
    rows: Rows,
    hidden: bool,
    errors: Collection[tuple[int, int]],
    unworked: int = 0,
) -> Sheet:
    """A sheet with what is told of it: errors in cells, and formulas whose results are not in the file."""
    how = [_("Read from the sheet “{sheet}”.").format(sheet=name)]
    if hidden:
        how.append(_("The sheet is hidden in the workbook."))
    if errors:
        told = ngettext(
            "{count} cell has an error instead of a value and is left empty.",
            "{count} cells have an error instead of a value and are left empty.",
            len(errors),
        )
        how.append(told.format(count=len(errors)))
    if unworked:
        told = ngettext(
            "{count} formula has no result in the file, so its cell is empty; save it in a spreadsheet.",
            "{count} formulas have no result in the file, so their cells are empty; save it in a spreadsheet.",
            unworked,
        )
        how.append(told.format(count=unworked))
    by_row: dict[int, int] = {}
    for row, _column in errors:
        by_row[row] = by_row.get(row, 0) + 1
    return Sheet(source.name, name, rows, tuple(how), partial(_told, by_row))


def _told(errors: dict[int, int], row: int) -> tuple[str, ...]:
    count = errors.get(row, 0)
    if not count:
        return ()
    told = ngettext(
        "{count} cell has an error instead of a value.",
        "{count} cells have errors instead of values.",
        count,
    )
    return (told.format(count=count),)


def _new_rows(source: FileSource, name: str) -> Iterator[LaidRow]:
    with _opened(source) as book:
        sheet = book.get_sheet_by_name(name)
        first_column = sheet.start[1] if sheet.start else 0
        merged = _Merged(sheet.merged_cell_ranges or ())
        for number, cells in enumerate(sheet.iter_rows()):
            row: list[SourceCell] = [None] * first_column + [_cell(each) for each in cells]
            yield LaidRow(number + 1, merged.fill(number, row))


def _large_rows(source: FileSource, part: str) -> Iterator[LaidRow]:
    """The rows of a large sheet, which are not all held in memory."""
    try:
        ranges = merged_ranges(source, part)
        merged, width = _Merged(ranges), max((right + 1 for _first, (_bottom, right) in ranges), default=0)
        for row in streamed_rows(source, part):
            cells = [*row.cells, *[None] * (width - len(row.cells))]
            yield LaidRow(row.number, merged.fill(row.number - 1, cells))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, OSError, ExpatError) as error:
        raise damaged(source.name) from error


def _old_rows(source: FileSource, name: str) -> Iterator[LaidRow]:
    rows, ranges = old_rows(source, name)
    merged = _Merged(ranges)
    for number, cells in enumerate(rows):
        yield LaidRow(number + 1, merged.fill(number, cells))


def _cell(value: Any) -> SourceCell:
    """A value of the library as a cell: whole numbers without a point, durations as hours and minutes."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, str):
        if duration := _DURATION.fullmatch(value):
            return f"{int(duration[1])}:{duration[2]}:{duration[3]}"
        return value or None
    return value  # type: ignore[no-any-return]


class _Merged:
    """The merged cells of a sheet, by the row they begin in; their content while rows go by."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.ranges: dict[int, list[Range]] = {}
        for each in ranges:
            self.ranges.setdefault(each[0][0], []).append(each)
        self.open: list[tuple[Range, SourceCell]] = []

    def fill(self, row: int, cells: list[SourceCell]) -> list[SourceCell]:
        """A row with the content of merged cells in each of them. One alone in its row is a title and stays alone."""
        self.open = [each for each in self.open if each[0][1][0] >= row]
        if row in self.ranges:
            alone = len(filled(cells)) < 2
            for each in self.ranges[row]:
                (_top, left), (bottom, right) = each
                if left < len(cells) and cells[left] is not None and not (alone and right > left):
                    self.open.append((((row, left), (bottom, right)), cells[left]))
        for ((_top, left), (_bottom, right)), content in self.open:
            for at in range(left, min(right + 1, len(cells))):
                cells[at] = content if cells[at] is None else cells[at]
        return cells
