"""What is in a packed workbook (XLSX, XLSB, ODS) before a library unpacks it: sizes, reach of sheets, errors in cells.

The library keeps a whole sheet with all cells between its corners in memory and ends the process when there is not
enough. So a file that unpacks to too much, or whose cells stand too far apart, is refused here with a sentence. What
the file declares is not believed: every part is unpacked once and thrown away.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from legation.errors import UserError
from legation.i18n import _
from legation.imports.files.binary_parts import BinaryPart
from legation.imports.files.file_source import FileSource

LARGEST = 1 << 30  # bytes of all parts together
LARGEST_CONTENT = 256 << 20  # bytes of the sheets of an ODS, which are held in memory whole
MOST_CELLS = 20_000_000  # between the corners of a sheet
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14  # of a sheet in a binary workbook
MOST_PARTS = 10_000
PORTION = 1 << 20
_WITHOUT_END = 1 << 60
_OVERLAP = 2000
_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]+)(\d+)["']([^>]*)>(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)"""
    rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?(</(?:\w+:)?c>))?"""
)
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*["'](\d+)["'][^>]*[^/>]>""")
BINARY_BOOK = "xl/workbook.bin"
_BINARY = re.compile(r"(?!.*(?:vbaproject|printersettings|/activex|/ctrlprops|/embeddings)).*\.bin", re.IGNORECASE)
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")


@dataclass
class Packed:
    """What was seen: by part, the cells with an error, those with a formula but no result and its bytes unpacked; the
    part of a sheet."""

    errors: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    unworked: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    sheets: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)


def look_into(source: FileSource) -> Packed:
    """Unpack a workbook once. Raises `UserError` when it is damaged, too large, or no workbook."""
    packed = Packed()
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            packed.parts = frozenset(each.filename for each in parts)
            declared = sum(each.file_size for each in parts)
            if len(parts) > MOST_PARTS or declared > LARGEST:
                raise _too_large(source.name, source.size)
            if any(each.flag_bits & 1 for each in parts):
                raise UserError(
                    _("{name} is protected by a password.").format(name=source.name),
                    _("Save it without, and try again."),
                )
            unpacked = 0
            for each in parts:
                packed.sizes[each.filename] = _look_at(archive, each, packed, source, LARGEST - unpacked)
                unpacked += packed.sizes[each.filename]
            packed.sheets.update(_parts_of_sheets(archive, packed.parts))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        LookupError,
        OSError,
    ) as error:
        raise UserError(
            _("{name} is damaged: it cannot be unpacked.").format(name=source.name),
            _("Open it in the program that made it, and save it again."),
        ) from error
    return packed


def protected(name: str) -> UserError:
    """A workbook that opens with a password only."""
    return UserError(
        _("{name} is protected by a password.").format(name=name),
        _("Save it without, and try again."),
    )


def _parts_of_sheets(archive: zipfile.ZipFile, parts: frozenset[str]) -> dict[str, str]:
    """The part that holds each sheet of an XLSX, by the name of the sheet."""
    from xml.etree import ElementTree

    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, links} <= parts or max(archive.getinfo(each).compress_size for each in (book, links)) > PORTION:
        return {}
    try:
        targets = {each.get("Id"): each.get("Target", "") for each in ElementTree.fromstring(archive.read(links))}
        found = {}
        for each in ElementTree.fromstring(archive.read(book)).iter():
            if each.tag.endswith("}sheet"):
                linked = next(
                    (value for name, value in each.items() if name.endswith("}id")),
                    None,
                )
                target = targets.get(linked, "")
                found[each.get("name", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
        return found
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error


def _too_large(name: str, size: int) -> UserError:
    return UserError(
        _("{name} unpacks to far more than its {size} bytes, so it is not opened.").format(name=name, size=size),
        _("Save the sheet as CSV, which is read row by row, however large it is."),
    )


def _too_far(name: str, rows: int, columns: int) -> UserError:
    told = _("A sheet of {name} reaches over {rows} rows and {columns} columns, too many to be held in memory.")
    return UserError(
        told.format(name=name, rows=rows, columns=columns),
        _("Delete cells that stand far away, or save the sheet as CSV, which is read row by row."),
    )


def _look_at(
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    packed: Packed,
    source: FileSource,
    room: int,
) -> int:
    """Unpack one part, and look at its cells when it is a sheet; how many bytes it has."""
    is_sheet = part.filename.lower().endswith(".xml") and "mimetype" not in packed.parts
    portions = _portions(archive, part, source, room)
    if part.filename == "content.xml":
        return _look_at_content(portions, packed, source.name)
    if BINARY_BOOK in packed.parts and _BINARY.fullmatch(part.filename):
        return _look_at_binary(portions, source.name)
    size, before, reach = 0, b"", (0, 0)
    for portion in portions:
        size += len(portion)
        if is_sheet:
            text = before + portion
            reach = _look_at_cells(text, reach, packed, part.filename)
            if reach[0] * reach[1] > MOST_CELLS:
                raise _too_far(source.name, *reach)
            cut = max(text.rfind(b"<c ", -_OVERLAP), text.rfind(b"<row ", -_OVERLAP))
            before = text[cut:] if cut > 0 else text[-_OVERLAP:]
    return size


def _look_at_binary(portions: Iterator[bytes], name: str) -> int:
    """Unpack a part of a binary workbook; how many bytes it has. Raises `ValueError` where its records cannot be."""
    binary, size = BinaryPart(), 0
    for portion in portions:
        size += len(portion)
        binary.feed(portion)
        _check_reach(binary, name)
    binary.close()
    _check_reach(binary, name)
    return size


def _check_reach(binary: BinaryPart, name: str) -> None:
    if binary.rows * binary.columns > MOST_CELLS or binary.rows > MOST_ROWS or binary.columns > MOST_COLUMNS:
        raise _too_far(name, binary.rows, binary.columns)


def _portions(archive: zipfile.ZipFile, part: zipfile.ZipInfo, source: FileSource, room: int) -> Iterator[bytes]:
    """The bytes of a part to their real end, whatever size is declared."""
    part.file_size = _WITHOUT_END
    with archive.open(part) as file:
        while portion := file.read(PORTION):
            room -= len(portion)
            if room < 0:
                raise _too_large(source.name, source.size)
            yield portion


def _look_at_cells(text: bytes, reach: tuple[int, int], packed: Packed, part: str) -> tuple[int, int]:
    """How many rows and columns the cells reach over, with those before."""
    rows, columns = reach
    for begun in _ROW.finditer(text):
        rows = max(rows, int(begun[1]))
    for cell in _CELL.finditer(text):
        letters, digits, rest, unworked = cell.groups()
        if rest.endswith(b"/"):
            continue
        row, column = int(digits), _number(letters)
        rows, columns = max(rows, row), max(columns, column)
        if unworked:
            packed.unworked.setdefault(part, set()).add((row, column))
        elif _ERROR.search(cell[0]):
            packed.errors.setdefault(part, set()).add((row, column))
    return rows, columns


def _number(letters: bytes) -> int:
    """The number of a column from its letters: 1 for A, 27 for AA."""
    number = 0
    for each in letters.upper():
        number = number * 26 + each - 64
    return number


def _look_at_content(portions: Iterator[bytes], packed: Packed, name: str) -> int:
    """Unpack the sheets of an ODS; how many bytes they have. Cells are repeated there by a number."""
    from xml.parsers import expat

    reach = _Reach(packed, name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reach.start
    parser.EndElementHandler = reach.end
    parser.CharacterDataHandler = reach.text
    size = 0
    try:
        for portion in portions:
            size += len(portion)
            if size > LARGEST_CONTENT:
                raise UserError(
                    _("The sheets of {name} are too large to be held in memory.").format(name=name),
                    _("Save the sheet as CSV or XLSX, which is read row by row, however large it is."),
                )
            parser.Parse(portion, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return size


class _Reach:
    """How far the cells with something in them reach in the sheets of an ODS."""

    def __init__(self, packed: Packed, name: str) -> None:
        self.packed, self.name, self.sheet = packed, name, ""
        self.rows = self.columns = self.row = self.column = 0
        self.repeated, self.cell = 1, 1
        self.has_cell = self.is_filled = self.in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "table:table":
            self.rows = self.columns = self.row = 0
            self.sheet = attributes.get("table:name", "")
            self.packed.sheets[self.sheet] = self.sheet
        elif tag == "table:table-row":
            self.repeated = _count(attributes.get("table:number-rows-repeated"))
            self.column, self.has_cell = 0, False
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell = _count(attributes.get("table:number-columns-repeated"))
            self.in_cell, self.is_filled = True, "office:value-type" in attributes
            if attributes.get("calcext:value-type") == "error":
                self.packed.errors.setdefault(self.sheet, set()).add((self.row + 1, self.column + 1))

    def text(self, words: str) -> None:
        """Something stands in an element."""
        self.is_filled = self.is_filled or (self.in_cell and bool(words.strip()))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.column += self.cell
            self.in_cell = False
            if self.is_filled:
                self.has_cell, self.columns = True, max(self.columns, self.column)
        elif tag == "table:table-row":
            self.row += self.repeated
            if self.has_cell:
                self.rows = self.row
            if self.rows * self.columns > MOST_CELLS:
                raise _too_far(self.name, self.rows, self.columns)


def _count(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 12 else 1
