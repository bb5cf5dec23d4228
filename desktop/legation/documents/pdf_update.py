"""What Qt does not write into a PDF file, added as an update at its end: language, title bar, and an outline.

The first part of the file stays as it is (ISO 32000-1, 7.5.6). The outline (12.3.3) has the headings of the document,
and below them the groups of its tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_ROOT, _SIZE = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Size (\d+)")
_START, _KEPT = re.compile(rb"startxref\s+(\d+)"), re.compile(rb"/Info \d+ 0 R|/ID \[[^]]*\]")
_PAGES, _KIDS = re.compile(rb"/Pages (\d+) 0 R"), re.compile(rb"/Kids\s*\[([^]]*)\]")


@dataclass(frozen=True)
class Mark:
    """A line of the outline: `level` 1 and up, its words, the page from 0, and how far above the page's lower edge."""

    level: int
    words: str
    page: int
    height: float


@dataclass
class _Node:
    number: int
    mark: Mark | None
    below: list[_Node] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lines are within, of all levels."""
        return len(self.below) + sum(each.count for each in self.below)


def updated(pdf: bytes, code: str, marks: Sequence[Mark] = ()) -> bytes:
    """The same file with the language of its text, its title where a reader shows its name, and an outline."""
    trailer = pdf[pdf.rindex(b"trailer") :]
    root, size, start = (found_in(pattern, trailer) for pattern in (_ROOT, _SIZE, _START))
    catalogue = _object(pdf, root)
    said = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % code.encode("ascii")
    outline: dict[int, bytes] = {}
    if marks:
        outline = _outline(marks, int(size), page_objects(pdf, catalogue))
        said += b"/Outlines %d 0 R\n" % int(size)
    end = catalogue.rindex(b">>")
    update, places = b"", {}
    for number, inner in {int(root): catalogue[:end] + said + catalogue[end:], **outline}.items():
        places[number] = len(pdf) + len(update)
        update += inner if number == int(root) else b"%d 0 obj\n%s\n" % (number, inner)
        update += b"endobj\n"
    index = b"xref\n%s 1\n%010d 00000 n \n" % (root, places[int(root)])
    if outline:
        index += b"%d %d\n" % (int(size), len(outline))
        index += b"".join(b"%010d 00000 n \n" % places[number] for number in outline)
    kept = b"".join(each + b"\n" for each in _KEPT.findall(trailer))
    ending = b"trailer\n<<\n/Size %d\n/Root %s 0 R\n%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n"
    new_size = int(size) + len(outline)
    return pdf + update + index + ending % (new_size, root, kept, start, len(pdf) + len(update))


def found_in(pattern: re.Pattern[bytes], part: bytes) -> bytes:
    """What a pattern finds in a part of a file. Raises `ValueError` when that is not there."""
    found = pattern.search(part)
    if found is None:
        raise ValueError(f"no {pattern.pattern!r} in this part of the file")
    return found[1]


def _object(pdf: bytes, number: bytes) -> bytes:
    """An object of the file with its number, up to its end."""
    at = pdf.index(b"\n%s 0 obj" % number) + 1
    return pdf[at : pdf.index(b"endobj", at)]


def page_objects(pdf: bytes, catalogue: bytes) -> list[int]:
    """The numbers of the objects of the pages, in order."""
    kids = found_in(_KIDS, _object(pdf, found_in(_PAGES, catalogue)))
    return [int(each) for each in re.findall(rb"(\d+) 0 R", kids)]


def _outline(marks: Sequence[Mark], first: int, pages: Sequence[int]) -> dict[int, bytes]:
    """The objects of the outline by number, from `first`, which is its root."""
    root = _Node(first, None)
    way, nodes = [root], [root]
    for number, mark in enumerate(marks, start=first + 1):
        while way[-1].mark is not None and way[-1].mark.level >= mark.level:
            way.pop()
        node = _Node(number, mark)
        way[-1].below.append(node)
        way.append(node)
        nodes.append(node)
    found = {first: b"<< /Type /Outlines %s >>" % _within(root, is_open=True)}
    for parent in nodes:
        for at, node in enumerate(parent.below):
            beside = b"/Prev %d 0 R " % parent.below[at - 1].number if at else b""
            beside += b"/Next %d 0 R " % parent.below[at + 1].number if at + 1 < len(parent.below) else b""
            found[node.number] = _line(node, parent.number, beside, pages)
    return dict(sorted(found.items()))


def _line(node: _Node, parent: int, beside: bytes, pages: Sequence[int]) -> bytes:
    mark = node.mark
    assert mark is not None
    words = ("\ufeff" + mark.words).encode("utf-16-be", "replace").hex().upper().encode("ascii")
    place = b"[%d 0 R /XYZ 0 %.2f null]" % (pages[mark.page], mark.height)
    return b"<< /Title <%s> /Parent %d 0 R %s%s/Dest %s >>" % (words, parent, beside, _within(node), place)


def _within(node: _Node, *, is_open: bool = False) -> bytes:
    """What is below a line, which a reader shows when it is opened."""
    if not node.below:
        return b""
    count = node.count if is_open and len(node.below) == node.count else len(node.below)
    return b"/First %d 0 R /Last %d 0 R /Count %d " % (
        node.below[0].number, node.below[-1].number, count if is_open else -count,
    )  # fmt: skip
