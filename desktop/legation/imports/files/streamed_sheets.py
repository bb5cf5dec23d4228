"""Large sheets of an XLSX read row by row, so that a million rows take no more memory than a thousand.

The library for workbooks keeps a whole sheet in memory. Here one part is unpacked and looked at piece by piece; cells
become what the library makes of them. Words that many cells share are kept once, as the file keeps them. Rows as nearly
all programs write them are taken apart by a pattern, which is three times as quick; others by a parser of XML.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from html import unescape
from typing import IO, Any

from legation.imports.files.file_source import FileSource
from legation.imports.files.layout import LaidRow
from legation.imports.source_tables import SourceCell

STREAMED_FROM = 48 << 20  # bytes of the part of a sheet
PORTION = 1 << 18
LONGEST_ROW = 64 << 20  # bytes
_ROW_TAG = re.compile(r'<row(?:\s[^>]*?)?\sr="(\d+)"[^>]*>')
_CELL = re.compile(
    r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?\s*'
    r"(?:/>|>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?(?:<v[^>]*>([^<]*)</v>|<is><t[^>]*>([^<]*)</t></is>|<v/>)?</c>)"
)
_BOOK, _STYLES, _SHARED = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
_LONGEST_MERGED = 200
_OF_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\s[^>]*date1904\s*=\s*["'](?:1|true)["']""")
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # numbers of formats that every file has
_DURATIONS = {46}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_PLAIN, _AS_DATE, _AS_DURATION = 0, 1, 2
Range = tuple[tuple[int, int], tuple[int, int]]


def merged_ranges(source: FileSource, part: str) -> list[Range]:
    """The merged cells of a sheet as the first and last row and column of each, counted from 0."""
    found: list[Range] = []
    before = b""
    with source.open() as file, zipfile.ZipFile(file) as archive, archive.open(part) as sheet:
        while portion := sheet.read(PORTION):
            text = before + portion
            end = 0
            for match in _MERGED.finditer(text):
                left, top, right, bottom = match.groups()
                found.append(((int(top) - 1, _column(left.decode())), (int(bottom) - 1, _column(right.decode()))))
                end = match.end()
            before = text[max(end, len(text) - _LONGEST_MERGED) :]
    return found


def streamed_rows(source: FileSource, part: str) -> Iterator[LaidRow]:
    """The rows of a sheet from its part; rows between them that the file leaves out are empty. Raises `ValueError`."""
    with source.open() as file, zipfile.ZipFile(file) as archive:
        cells = _Cells(_shared(archive), _styles(archive), _EPOCH)
        if _OF_1904.search(archive.read(_BOOK)):
            cells.epoch = _EPOCH_1904
        number = 0
        with archive.open(part) as sheet:
            for at, row in _numbered_rows(sheet, cells):
                while number < at - 1:
                    number += 1
                    yield LaidRow(number, [])
                number = at
                yield LaidRow(number, row)


def _numbered_rows(sheet: IO[bytes], cells: _Cells) -> Iterator[tuple[int, list[SourceCell]]]:
    """The rows that stand in the part of a sheet, with their numbers."""
    head = sheet.read(PORTION)
    if b"<sheetData" not in head or b"</row>" not in head:  # with prefixes, in another encoding, with very long rows
        parser = _parser(cells)
        while head:
            parser.Parse(head, False)
            yield from cells.taken()
            head = sheet.read(PORTION)
        return
    number = 0
    while head:
        pieces = head.split(b"</row>")
        rest = pieces.pop()
        for piece in pieces:
            text = piece.decode("utf-8")
            tag = next(iter(_ROW_TAG.finditer(text, max(text.rfind("<row"), 0))), None)
            number = int(tag[1]) if tag else number + 1
            found = _CELL.findall(text, tag.end()) if tag else []
            if tag and len(found) == text.count("<c ", tag.end()):
                yield number, cells.of_matches(found)
            else:
                parser = _parser(cells)
                cells.number = number - 1
                parser.Parse(f"{text[text.rfind('<row') :]}</row>", True)
                yield from cells.taken()
        if len(rest) > LONGEST_ROW:
            raise ValueError("a row without end")
        portion = sheet.read(PORTION)
        if not portion and b"<c " in rest:
            raise ValueError("a row without end")
        head = rest + portion if portion else b""


def _parser(reader: Any) -> Any:
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    return parser


@dataclass
class _Cells:
    """The cells of a sheet while its part goes by; `rows` are those that have ended, with their numbers."""

    shared: list[str]
    styles: list[int]
    epoch: datetime
    rows: list[tuple[int, list[SourceCell]]] = field(default_factory=list)
    number: int = 0
    row: list[SourceCell] = field(default_factory=list)
    at: int = -1
    kind: str = ""
    style: int = 0
    words: list[str] | None = None
    said: list[str] = field(default_factory=list)
    is_phonetic: bool = False

    def taken(self) -> list[tuple[int, list[SourceCell]]]:
        """The rows that have ended, which are let go of."""
        rows, self.rows = self.rows, []
        return rows

    def of_matches(self, found: list[tuple[str, str, str, str, str]]) -> list[SourceCell]:
        """A row from what a pattern found of each cell: column, style, kind, value, and words that stand in it."""
        row: list[SourceCell] = []
        for letters, style, kind, value, words in found:
            said = value or words
            if not said:
                continue
            self.kind, self.style = kind or "n", int(style) if style else 0
            cell = self._value(unescape(said) if "&" in said else said)
            if cell is not None:
                at = _column(letters)
                if at != len(row):
                    row += [None] * (at + 1 - len(row))
                    row[at] = cell
                else:
                    row.append(cell)
        return row

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if tag == "c":
            named = attributes.get("r", "")
            self.at = _column(named.rstrip("0123456789")) if named else self.at + 1
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self.said = []
        elif tag in ("v", "t") and not self.is_phonetic:
            self.words = []
        elif tag == "rPh":
            self.is_phonetic = True
        elif tag == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.row, self.at = [], -1

    def text(self, words: str) -> None:
        """Something stands in an element."""
        if self.words is not None:
            self.words.append(words)

    def end(self, tag: str) -> None:
        """An element ends."""
        tag = tag.rpartition(":")[2]
        if tag in ("v", "t") and self.words is not None:
            self.said += self.words
            self.words = None
        elif tag == "rPh":
            self.is_phonetic = False
        elif tag == "c":
            value = self._value("".join(self.said))
            if value is not None:
                self.row += [None] * (self.at + 1 - len(self.row))
                self.row[self.at] = value
        elif tag == "row":
            self.rows.append((self.number, self.row))

    def _value(self, said: str) -> SourceCell:
        """The value of a cell from its words."""
        if not said or self.kind == "e":
            return None
        if self.kind == "s":
            at = int(said)
            return (self.shared[at] if at < len(self.shared) else "") or None
        if self.kind == "b":
            return said.strip() in ("1", "true")
        if self.kind != "n":
            return said
        try:
            number = float(said)
        except ValueError:
            return said
        how = self.styles[self.style] if self.style < len(self.styles) else _PLAIN
        if how == _PLAIN:
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        return _moment(number, how, self.epoch)


def _moment(days: float, how: int, epoch: datetime) -> SourceCell:
    """A number of days as a day, a time, both, or hours; the number where it is none."""
    if how == _AS_DURATION:
        minutes, seconds = divmod(round(days * 86400), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if epoch == _EPOCH and days < 60:
        days += 1 if days >= 1 else 0  # the program that began it counts a 29 February 1900
    try:
        moment = epoch + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return days
    found: date | time | datetime = moment
    if days < 1:
        found = moment.time()
    elif moment.time() == time():
        found = moment.date()
    return found


def _styles(archive: zipfile.ZipFile) -> list[int]:
    """By the number of a style, whether its numbers are plain, days or hours."""
    if _STYLES not in archive.namelist():
        return []
    from xml.etree import ElementTree

    try:
        whole = ElementTree.fromstring(archive.read(_STYLES))
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    codes: dict[int, str] = {}
    found: list[int] = []
    for each in whole.iter():
        tag = each.tag.rpartition("}")[2]
        if tag == "numFmt":
            codes[int(each.get("numFmtId", 0))] = each.get("formatCode", "")
        elif tag == "cellXfs":
            found = [_how(int(style.get("numFmtId", 0)), codes) for style in each]
    return found


def _how(number: int, codes: dict[int, str]) -> int:
    if number not in codes:
        return _AS_DURATION if number in _DURATIONS else _AS_DATE if number in _DATES else _PLAIN
    shown = _NOT_SHOWN.sub("", codes[number].partition(";")[0])
    if _DURATION.search(shown):
        return _AS_DURATION
    return _AS_DATE if _DATE.search(shown) and shown.casefold() != "general" else _PLAIN


@dataclass
class _Shared:
    """The words that cells share, while their part goes by."""

    found: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    in_text: bool = False
    is_phonetic: bool = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        if tag == "si":
            self.said = []
        elif tag == "rPh":
            self.is_phonetic = True
        self.in_text = tag == "t" and not self.is_phonetic

    def text(self, words: str) -> None:
        """Something stands in an element."""
        if self.in_text:
            self.said.append(words)

    def end(self, tag: str) -> None:
        """An element ends."""
        tag = tag.rpartition(":")[2]
        self.in_text = False
        if tag == "rPh":
            self.is_phonetic = False
        elif tag == "si":
            self.found.append("".join(self.said))


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if _SHARED not in archive.namelist():
        return []
    from xml.parsers import expat

    shared = _Shared()
    parser = _parser(shared)
    with archive.open(_SHARED) as part:
        while portion := part.read(PORTION):
            try:
                parser.Parse(portion, False)
            except expat.ExpatError as error:
                raise ValueError(str(error)) from error
    return shared.found


@cache
def _column(letters: str) -> int:
    """The number of a column from its letters, counted from 0."""
    number = 0
    for each in letters.upper():
        number = number * 26 + ord(each) - 64
    return number - 1
