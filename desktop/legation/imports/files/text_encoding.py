"""Which encoding a file of text has, and how that is known. The person's choice comes first, then marks, then letters.

Bytes that are no letters do not stop a file from being read: they come as lone surrogates and are told by row.
"""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from typing import BinaryIO

from legation.errors import UserError
from legation.i18n import _, ngettext
from legation.imports.files.byte_scan import Scan, scan_bytes
from legation.imports.files.encoding_votes import characters_fit, letters_fit
from legation.imports.files.file_source import FileSource
from legation.imports.files.known_encodings import DOUBLE, SINGLE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHIFTS = (b"\x1b$B", b"\x1b$@")  # ISO-2022-JP goes to two bytes
_ENOUGH = 0.3  # what fits less is not believed
_SHOWN = 4  # lines that show letters beyond ASCII


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file: `codec` as Python names it, `how` it is known, lines that show it, how many there are."""

    codec: str
    how: tuple[str, ...]
    sample: tuple[str, ...]
    lines: int

    @property
    def is_wide(self) -> bool:
        """Whether even ASCII letters take more than a byte."""
        return self.codec.startswith(("utf-16", "utf-32"))

    def open(self, source: FileSource) -> io.TextIOWrapper:
        """The text of the file; line ends are kept as they are."""
        return text_of(source.open(), self.codec)


def text_of(file: BinaryIO, codec: str) -> io.TextIOWrapper:
    """Bytes as text; those that are no letters come as lone surrogates, or as U+FFFD where units are wider."""
    wide = codec.startswith(("utf-16", "utf-32"))
    return io.TextIOWrapper(file, encoding=codec, errors="replace" if wide else "surrogateescape", newline="")


def find_encoding(source: FileSource, chosen: str | None = None) -> Encoding:
    """The encoding of a file. Raises `UserError` for a chosen one that is not known."""
    scan = scan_bytes(source)
    if chosen is None:
        codec, how = _found(scan)
    else:
        codec, how = _checked(chosen), (_("Read as {encoding}, as you chose.").format(encoding=chosen),)
        if codec == "utf-8" and scan.head.startswith(codecs.BOM_UTF8):
            codec = "utf-8-sig"
    wide = codec.startswith(("utf-16", "utf-32"))
    lines = _count_lines(source, codec) if wide else scan.lines
    return Encoding(codec, (*how, *_line_ends(scan, wide)), _sample(scan, codec), lines)


def _line_ends(scan: Scan, wide: bool) -> tuple[str, ...]:
    """What is told of line ends: nothing when they are as usual."""
    there = {name: count for name, count in scan.ends.items() if count > 0}
    if wide or not there or there.keys() in ({"LF"}, {"CR LF"}):
        return ()
    if there.keys() == {"CR"}:
        return (_("Lines end with CR, as on an old Macintosh."),)
    told = _("Lines end in different ways: {pairs} with CR LF, {returns} with CR, {feeds} with LF.")
    pairs, returns, feeds = (there.get(name, 0) for name in ("CR LF", "CR", "LF"))
    return (told.format(pairs=pairs, returns=returns, feeds=feeds),)


def _checked(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        found = None
    if found is None or not found._is_text_encoding:  # a codec such as "zip" is none of text
        raise UserError(
            _("No encoding is called “{name}”.").format(name=name), _("Choose one such as utf-8, cp1252 or big5.")
        )
    return found.name


def _found(scan: Scan) -> tuple[str, tuple[str, ...]]:
    for mark, codec in _MARKS:
        if scan.head.startswith(mark):
            told = _("Read as {encoding}: the file begins with the mark of this encoding.")
            return codec, (told.format(encoding=codec.removesuffix("-sig").upper()), *_bad(scan, codec))
    if wide := _without_mark(scan.head):
        told = _("Read as {encoding}: every second byte is zero, as in Latin letters of two bytes. There is no mark.")
        return wide, (told.format(encoding=wide.upper()),)
    if any(each in scan.head for each in _SHIFTS):
        return "iso2022_jp", (_("Read as ISO-2022-JP (Japanese): the file shifts between sets of letters."),)
    if scan.is_ascii:
        return "utf-8", (_("Read as UTF-8: all letters are ASCII, which nearly every encoding reads alike."),)
    if scan.letters >= scan.bad:
        told = ngettext(
            "Read as UTF-8: {count} letter beyond ASCII is valid, the first in line {line}.",
            "Read as UTF-8: {count} letters beyond ASCII are valid, the first in line {line}.",
            scan.letters,
        )
        return "utf-8", (told.format(count=scan.letters, line=scan.first_high), *_bad(scan, "utf-8"))
    return _by_letters(scan)


def _bad(scan: Scan, codec: str) -> tuple[str, ...]:
    if not scan.bad or not codec.startswith("utf-8"):
        return ()
    told = ngettext(
        "{count} byte is no UTF-8 and is shown as �. Its row is told.",
        "{count} bytes are no UTF-8 and are shown as �. Their rows are told.",
        scan.bad,
    )
    return (told.format(count=scan.bad),)


def _without_mark(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: zeros nearly always at the same places of each unit; "" for neither."""
    head = head[: len(head) // 4 * 4]
    if len(head) < 4:
        return ""
    zeros = [head[at::4].count(0) * 4 / len(head) for at in range(4)]
    if min(zeros[2:]) > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[:2]) > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    for codec, zero, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zero > 0.08 and other < zero / 20 and _is_text(head, codec):
            return codec
    return ""


def _is_text(head: bytes, codec: str) -> bool:
    """Whether bytes are text in units of two: nearly nothing is a control character or unassigned."""
    text = head.decode(codec, errors="replace")
    odd = sum(not each.isprintable() and not each.isspace() for each in text)
    return odd * 50 <= len(text) and any(each in text for each in ",;\t|\n\r ")


def _by_letters(scan: Scan) -> tuple[str, tuple[str, ...]]:
    """The legacy encoding that fits best, the next best named too."""
    votes = [(letters_fit(each, scan.around), each.codec, each.label) for each in SINGLE]
    votes += [(characters_fit(each, scan.around), each.codec, each.label) for each in DOUBLE]
    votes.sort(key=lambda each: -round(each[0], 3))  # of two that fit equally the first stays the first
    fit, codec, label = votes[0]
    _next_fit, other, other_label = next(each for each in votes if each[1] != codec)
    if fit < _ENOUGH:
        told = _("Read as cp1252 (Western European): no encoding fits well. Compare the sample, and choose another.")
        return "cp1252", (told,)
    told = _(
        "Read as {encoding} ({label}): it is no UTF-8, and its letters from line {line} on fit this best. "
        "The next would be {other} ({other_label})."
    )
    named = {"encoding": codec, "label": _(label), "other": other, "other_label": _(other_label)}
    return codec, (told.format(line=scan.first_high, **named),)


def _count_lines(source: FileSource, codec: str) -> int:
    with text_of(source.open(), codec) as file:
        return sum(1 for _line in file)


def _sample(scan: Scan, codec: str) -> tuple[str, ...]:
    """Lines that show the encoding: those with letters beyond ASCII first, then the first of the file."""
    head = io.StringIO(scan.head.decode(codec, errors="replace"), newline=None).read().split("\n")[:_SHOWN]
    if codec.startswith(("utf-16", "utf-32")):
        return tuple(_short(each) for each in head)
    beyond = [each.decode(codec, errors="replace") for each in scan.around[:_SHOWN]]
    return tuple(dict.fromkeys(_short(each) for each in (*beyond, *head) if each.strip()))


def _short(line: str) -> str:
    return line if len(line) <= 200 else line[:199] + "…"
