"""What a PDF file says of its pages: which text is a heading, a paragraph or a cell of a table, and what pictures show.

Programs that read aloud go by it, and text of scripts whose signs join is found and copied as it was typed (ISO
32000-1, 14.6 to 14.9). What is painted is marked by lines far outside of the page (see `paper/marking.py`); marks of
the file take their places here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from legation.documents.letters import LEFTWARDS
from legation.documents.pdf_update import found_in, page_objects

FAR, BEGIN, END = -9000, 1, 2  # how far to the left a line is that marks a beginning or an end, and how far down
_MARK = re.compile(rb"q\n[^q]{0,300}?%d (\d) m\n%d \d l\nS\nQ\n" % (FAR, FAR - 1))
_PAINTS = re.compile(rb"\n(?:S|[fFB]\*?|ET)\n|h f\n| Do\n")
_JOINED = re.compile("[\u0900-\u109f\u1100-\u1dff\u2e80-\U0010ffff]")  # one sign may stand for several letters
_START, _PLACES = re.compile(rb"startxref\s+(\d+)"), re.compile(rb"(\d{10}) \d{5} ([nf])")
_CONTENTS, _LENGTH = re.compile(rb"/Contents (\d+) 0 R"), re.compile(rb"/Length (\d+) 0 R")
_NUMBER, _ROOT = re.compile(rb" 0 obj\s+(\d+)\s"), re.compile(rb"/Root (\d+) 0 R")

Kind = Literal["title", "part", "section", "text", "picture", "head", "group", "row", "note"]
_IN_TABLE = ("head", "group", "row")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of text or a picture as it was painted, on a page numbered from 0.

    `strip` is the same for all that belongs together; `column` and `columns` tell the place in a table.
    """

    page: int
    kind: Kind
    strip: int
    column: int
    columns: int
    words: str


@dataclass(slots=True)
class _Element:
    """An element of the structure: its type, what is within, and more that is said of it."""

    name: bytes
    said: bytes = b""
    within: list[_Element] = field(default_factory=list)
    units: list[int] = field(default_factory=list)

    def add(self, name: bytes, units: Sequence[int] = (), said: bytes = b"") -> _Element:
        """A new element within this one."""
        made = _Element(name, said, units=list(units))
        self.within.append(made)
        return made


def tagged(pdf: bytes, units: Sequence[Unit]) -> bytes:
    """The same file as Qt wrote it, with marks for its units and the structure that they are in.

    Raises `ValueError` where the lines that stand for marks are not those of the units.
    """
    objects = _objects(pdf)
    root = int(found_in(_ROOT, pdf[pdf.rindex(b"trailer") :]))
    pages = page_objects(pdf, objects[root])
    numbers = _numbers(units)  # of each unit on its page
    by_page = {page: list(found) for page, found in groupby(range(len(units)), key=lambda at: units[at].page)}
    for page, number in enumerate(pages):
        contents = int(found_in(_CONTENTS, objects[number]))
        inner = zlib.decompress(_stream(objects[contents], objects))
        written = zlib.compress(_marked(inner, [units[at] for at in by_page.get(page, [])]))
        objects[contents] = b"%d 0 obj\n<<\n/Length %d\n/Filter /FlateDecode\n>>\nstream\n%s\nendstream\nendobj\n" % (
            contents, len(written), written,
        )  # fmt: skip
        objects[number] = _with(objects[number], b"/StructParents %d\n/Tabs /S\n" % page)
    first = max(objects) + 1
    objects |= _structure(_tree(units), first, [pages[unit.page] for unit in units], numbers, by_page)
    objects[root] = _with(objects[root], b"/MarkInfo << /Marked true >>\n/StructTreeRoot %d 0 R\n" % first)
    return _file(pdf, objects)


def _numbers(units: Sequence[Unit]) -> list[int]:
    found, counts = [], dict[int, int]()
    for unit in units:
        found.append(counts.get(unit.page, 0))
        counts[unit.page] = found[-1] + 1
    return found


def _marked(inner: bytes, units: Sequence[Unit]) -> bytes:
    """What is painted on a page, with its units marked by number, and the rest as no content of its own."""
    pieces = _MARK.split(inner)
    if [int(each) for each in pieces[1::2]] != [BEGIN, END] * len(units):
        raise ValueError("what was painted is not marked as it was told")
    parts = [_artifact(pieces[0])]
    for number, unit in enumerate(units):
        words, rest = _to_last_letter(pieces[4 * number + 2])
        parts += [_begin(number, unit), words, b"EMC\n", _artifact(rest), _artifact(pieces[4 * number + 4])]
    return b"".join(parts)


def _to_last_letter(piece: bytes) -> tuple[bytes, bytes]:
    """What was painted, parted behind its last letters: readers place the text of a mark by where it ends."""
    end = piece.rfind(b"\nET\n")
    return (piece, b"") if end < 0 else (piece[: end + 4], piece[end + 4 :])


def _begin(number: int, unit: Unit) -> bytes:
    said = b""
    if unit.kind != "picture" and _JOINED.search(unit.words) and not LEFTWARDS.search(unit.words):
        said = b" /ActualText <%s>" % _hexadecimal(unit.words)  # readers turn it round where it is read from the right
    return b"/Span << /MCID %d%s >> BDC\n" % (number, said)


def _hexadecimal(words: str) -> bytes:
    return ("\ufeff" + words).encode("utf-16-be", "replace").hex().upper().encode("ascii")


def _artifact(piece: bytes) -> bytes:
    return b"/Artifact BMC\n%sEMC\n" % piece if _PAINTS.search(piece) else piece


def _tree(units: Sequence[Unit]) -> _Element:
    """The document as elements, in the order of painting."""
    document = _Element(b"Document")
    inside: _Element | None = None  # the table or list that goes on
    has_parts = False
    for _strip, found in groupby(range(len(units)), key=lambda at: units[at].strip):
        here = list(found)
        kind = units[here[0]].kind
        if kind in _IN_TABLE:
            if kind == "head" or inside is None or inside.name != b"Table":
                inside = document.add(b"Table")
            _add_row(inside, kind, [(at, units[at]) for at in here])
            continue
        if kind == "note":
            if inside is None or inside.name != b"L":
                inside = document.add(b"L", said=b" /A << /O /List /ListNumbering /Decimal >>")
            item = inside.add(b"LI")
            item.add(b"Lbl", [at for at in here if units[at].column == 0])
            item.add(b"LBody", [at for at in here if units[at].column > 0])
            continue
        inside = None
        has_parts = has_parts or kind == "part"
        names = {"title": b"H1", "part": b"H2", "section": b"H3" if has_parts else b"H2", "picture": b"Figure"}
        said = b" /Alt <%s>" % _hexadecimal(units[here[0]].words) if kind == "picture" else b""
        document.add(names.get(kind, b"P"), here, said)
    return document


def _add_row(table: _Element, kind: Kind, found: Sequence[tuple[int, Unit]]) -> None:
    """A row of a table; a cell that nothing was painted for is there all the same."""
    row, columns = table.add(b"TR"), found[0][1].columns
    if kind == "group":
        said = b" /A << /O /Table /Scope /Row /ColSpan %d >>" % columns
        row.add(b"TH", [at for at, _unit in found], said)
        return
    for column in range(columns):
        own = [at for at, unit in found if unit.column == column]
        if kind == "head":
            row.add(b"TH", own, b" /A << /O /Table /Scope /Column >>")
        else:
            row.add(b"TD", own)


def _structure(
    document: _Element, first: int, pages: Sequence[int], numbers: Sequence[int], by_page: dict[int, list[int]]
) -> dict[int, bytes]:
    """The objects of the structure, from the number `first` of its root, and where each unit belongs to."""
    found: dict[int, bytes] = {}
    owners: dict[int, int] = {}
    elements = list(_walk(document))
    number_of = {id(each): number for number, (each, _parent) in enumerate(elements, start=first + 2)}
    for each, parent in elements:
        own = number_of[id(each)]
        owners |= dict.fromkeys(each.units, own)
        above = number_of[id(parent)] if parent is not None else first
        kids = [b"%d 0 R" % number_of[id(inner)] for inner in each.within]
        page = pages[each.units[0]] if each.units else 0
        for at in each.units:
            same = pages[at] == page
            kids.append(
                b"%d" % numbers[at] if same else b"<< /Type /MCR /Pg %d 0 R /MCID %d >>" % (pages[at], numbers[at])
            )
        said = each.said + (b" /Pg %d 0 R" % page if page else b"")
        said += b" /K [%s]" % b" ".join(kids) if kids else b""
        found[own] = b"%d 0 obj\n<< /S /%s /P %d 0 R%s >>\nendobj\n" % (own, each.name, above, said)
    rows = b"\n".join(
        b"%d [%s]" % (page, b" ".join(b"%d 0 R" % owners[at] for at in on_it)) for page, on_it in by_page.items()
    )
    found[first] = b"%d 0 obj\n<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R >>\nendobj\n" % (
        first, number_of[id(document)], first + 1,
    )  # fmt: skip
    found[first + 1] = b"%d 0 obj\n<< /Nums [%s] >>\nendobj\n" % (first + 1, rows)
    return found


def _walk(element: _Element, parent: _Element | None = None) -> Iterator[tuple[_Element, _Element | None]]:
    yield element, parent
    for each in element.within:
        yield from _walk(each, element)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """The objects of a file by number, each whole, in the order in which they stand."""
    start = int(found_in(_START, pdf[pdf.rindex(b"trailer") :]))
    entries = _PLACES.findall(pdf[start : pdf.index(b"trailer", start)])
    places = sorted((int(place), number) for number, (place, kind) in enumerate(entries) if kind == b"n")
    ends = [*(place for place, _number in places[1:]), start]
    return {number: pdf[place:end] for (place, number), end in zip(places, ends, strict=True)}


def _stream(written: bytes, objects: dict[int, bytes]) -> bytes:
    """The bytes of a stream, whose length is an object of its own."""
    length = int(found_in(_NUMBER, objects[int(found_in(_LENGTH, written))]))
    start = written.index(b"stream\n") + len(b"stream\n")
    return written[start : start + length]


def _with(written: bytes, said: bytes) -> bytes:
    """A dictionary with more in it."""
    end = written.rindex(b">>")
    return written[:end] + said + written[end:]


def _file(pdf: bytes, objects: dict[int, bytes]) -> bytes:
    """The file with these objects, with an index of where they stand."""
    trailer = pdf[pdf.rindex(b"trailer") :]
    parts, places, at = [pdf[: pdf.index(b"1 0 obj")]], dict[int, int](), 0
    at = len(parts[0])
    for number, written in objects.items():
        places[number] = at
        parts.append(written)
        at += len(written)
    size = max(objects) + 1
    lines = [b"0000000000 65535 f \n"]
    lines += [b"%010d 00000 n \n" % places[number] if number in places else lines[0] for number in range(1, size)]
    ending = re.sub(rb"/Size \d+", b"/Size %d" % size, trailer)
    return b"".join([*parts, b"xref\n0 %d\n" % size, *lines, _START.sub(b"startxref\n%d" % at, ending)])
