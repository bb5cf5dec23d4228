"""What a file seems to be, by its first bytes; its name is not believed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from legation.i18n import N_

TEXT, WORKBOOK, CALENDAR, PAGE, JSON, OTHER = "text", "workbook", "calendar", "page", "json", "other"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class FileKind:
    """How a file can be read, and in words what it seems to be."""

    reader: str
    words: str = ""


_PICTURE = N_("a picture")
_ARCHIVE = N_("a packed archive; unpack it first")
_FIRST = (
    (b"SQLite format 3\0", N_("an SQLite database")),
    (b"%PDF", N_("a PDF document")),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG\r\n", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"RIFF", N_("a picture, sound or film")),
    (b"ID3", N_("a sound")),
    (b"OggS", N_("a sound or film")),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\0", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\x7fELF", N_("a program")),
    (b"MZ", N_("a program")),
    (b"{\\rtf", N_("a document in rich text")),
    (b"PAR1", N_("a Parquet file")),
)
_BINARY = N_("no text and no table")
_PAGE = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|table|meta|head|body)\b[^,;|\t]*>", re.IGNORECASE | re.DOTALL
)
_CONTROLS = bytes({*range(0x20), 0x7F} - {0, *b"\t\n\v\f\r\x1a\x1b"})


def kind_of(head: bytes) -> FileKind:
    """What a file seems to be by its first bytes, some 64 KB of them."""
    if head.startswith(ZIP) or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(head)
    if head.startswith(OLE):
        return FileKind(WORKBOOK)
    for first, words in _FIRST:
        if head.startswith(first) and not (first in (b"MZ", b"ID3", b"RIFF") and _is_printable(head)):
            return FileKind(OTHER, words)
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = (head[2:4000].replace(b"\0", b"") if is_wide else head.removeprefix(b"\xef\xbb\xbf")).lstrip()[:2000]
    if start[:1].upper() == b"B" and re.match(rb"BEGIN\s*:\s*VCALENDAR", start, re.IGNORECASE):
        return FileKind(CALENDAR)
    if _PAGE.match(start):
        return FileKind(PAGE)
    if start.startswith(b"<?xml"):
        return FileKind(PAGE) if b"<html" in head or b"<table" in head else FileKind(OTHER, N_("an XML file"))
    if (
        start[:1] in (b"{", b"[")
        and re.match(rb"""[\[{]\s*(?:["'{\[\]}]|-?\d)""", start)
        and re.search(rb'":|^\[\s*\[', start)
    ):
        return FileKind(JSON)
    if _is_binary(head):
        return FileKind(OTHER, _BINARY)
    return FileKind(TEXT)


def _kind_of_zip(head: bytes) -> FileKind:
    if b"word/" in head:
        return FileKind(OTHER, N_("a Word document"))
    if b"ppt/" in head:
        return FileKind(OTHER, N_("a presentation"))
    if b"opendocument.text" in head:
        return FileKind(OTHER, N_("a text document"))
    return FileKind(WORKBOOK)


def _is_printable(head: bytes) -> bool:
    return b"\0" not in head[:1000] and not _is_binary(head[:1000])


def _is_binary(head: bytes) -> bool:
    """Whether too many different control characters stand in the bytes for a text."""
    if not head:
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _has_zeros_of_wide_text(head):
        return False
    controls = [each for each in head if each in _CONTROLS]
    zeros = head.count(0)
    is_strewn = len(set(controls)) > 4 and len(controls) * 50 > len(head) and not _is_utf8(head)
    return is_strewn or zeros * 10 > len(head) * 3


def _is_utf8(head: bytes) -> bool:
    """Whether bytes are UTF-8, but for a letter that is cut at their end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _has_zeros_of_wide_text(head: bytes) -> bool:
    """Whether zeros stand at every second place, or three of four, as in text of wide letters."""
    zeros = [head[at::2].count(0) for at in (0, 1)]
    is_two = max(zeros) * 24 > len(head) and min(zeros) * 20 < max(zeros)
    thirds = [head[at::4].count(0) * 5 for at in range(4)]
    return is_two or (min(thirds[1:3]) > len(head) and min(thirds[0], thirds[3]) * 5 < len(head))
