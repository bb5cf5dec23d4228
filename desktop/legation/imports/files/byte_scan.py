"""One pass over all bytes of a file: what its encoding can be told from, and how many lines it has.

Keeps a mebibyte at a time, and a sample of the places where bytes beyond ASCII stand, wherever in the file these are.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field

from legation.errors import UserError
from legation.i18n import _
from legation.imports.files.file_source import FileSource

CHUNK = 1 << 20
HEAD = 1 << 16
LONGEST_LINE = 64  # chunks
SAMPLE = 200_000  # bytes
_HIGH = re.compile(rb"[\x80-\xff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_LEADS = bytes(range(0xC2, 0xF5))
_LINE_END = re.compile(rb"[\r\n]")
BEFORE, AFTER = 160, 2000  # bytes of a line that are kept before and after its first one beyond ASCII


@dataclass
class Scan:
    """What was seen: `letters` are whole UTF-8 sequences beyond ASCII, `bad` the bytes that belong to none."""

    head: bytes
    lines: int = 0
    ends: Counter[str] = field(default_factory=Counter)  # how many lines end with CR LF, CR and LF
    letters: int = 0
    bad: int = 0
    first_high: int | None = None  # the line with the first byte beyond ASCII
    around: list[bytes] = field(default_factory=list)  # lines, or parts of them, with bytes beyond ASCII

    @property
    def is_ascii(self) -> bool:
        """Whether no byte is beyond ASCII."""
        return self.first_high is None


def scan_bytes(source: FileSource) -> Scan:
    """Read a file once. Raises `UserError` for a line so long that the file can be no table."""
    scan = Scan(source.head(HEAD))
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    kept = without_end = 0
    before = b""
    with source.guarded(), source.open() as file:
        while chunk := file.read(CHUNK):
            pairs, ends = _line_ends(chunk, before)
            scan.ends.update({"CR LF": pairs, "CR": chunk.count(b"\r") - pairs, "LF": chunk.count(b"\n") - pairs})
            without_end = 0 if ends else without_end + 1
            if without_end >= LONGEST_LINE:
                raise UserError(
                    _("{name} has a line of more than 64 megabytes, so it holds no table.").format(name=source.name),
                    _("Save it as a table with a line for each row."),
                )
            if not chunk.isascii() or decoder.getstate()[0]:
                _count_letters(scan, decoder.decode(chunk), chunk)
                if scan.first_high is None and (high := _HIGH.search(chunk)):
                    scan.first_high = scan.lines + _line_ends(chunk[: high.start()], before)[1] + 1
                if kept < SAMPLE:
                    kept += _keep_around(scan, chunk)
            scan.lines += ends
            before = chunk[-1:]
        scan.bad += len(decoder.getstate()[0])
    scan.lines += before not in (b"\n", b"\r", b"")
    return scan


def _line_ends(chunk: bytes, before: bytes) -> tuple[int, int]:
    """How many lines of a chunk end with CR LF, also where the chunk before had the CR, and how many end at all."""
    pairs = chunk.count(b"\r\n") + (before == b"\r" and chunk[:1] == b"\n")
    return pairs, chunk.count(b"\n") + chunk.count(b"\r") - pairs


def _count_letters(scan: Scan, text: str, chunk: bytes) -> None:
    escaped = [ord(each) - 0xDC00 for each in _ESCAPED.findall(text)]
    leads = len(chunk) - len(chunk.translate(None, _LEADS))
    scan.bad += len(escaped)
    scan.letters += max(0, leads - sum(0xC2 <= each <= 0xF4 for each in escaped))


def _keep_around(scan: Scan, chunk: bytes) -> int:
    """Keep the lines of a chunk that have bytes beyond ASCII, a few at a time; how many bytes were kept.

    Each begins with ASCII, so that letters of two bytes are not torn apart at its beginning.
    """
    kept = at = 0
    while kept < SAMPLE // 4 and (high := _HIGH.search(chunk, at)):
        line = _LINE_END.split(chunk[max(at, high.start() - BEFORE) : high.start()])[-1]
        end = _LINE_END.search(chunk, high.start())
        at = end.start() if end else len(chunk)
        scan.around.append(line + chunk[high.start() : min(at, high.start() + AFTER)])
        kept += len(scan.around[-1])
    return kept
