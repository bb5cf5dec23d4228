"""Where things are on pages: links, the notes they lead to, and words that are looked for. Lengths are in points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF

from legation.documents.letters import UNSEEN
from legation.documents.paper.strips import UNITS, Placed, lines_of, units

if TYPE_CHECKING:
    from legation.documents.paper.pages import Pages, Part

NOTE = "#note-"
RECORD = "record:"  # of the link of a row: record:event:12


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a page, numbered from 0: what it leads to, or "" for words that were found."""

    page: int
    rect: QRectF
    link: str = ""


def links_on(pages: Pages, page: int) -> list[Place]:
    """The links of a page in the order of reading: of rows, numbers of notes, and addresses."""
    found: list[Place] = []
    for part, y in pages.placed(page):
        if part.strip.link:
            row = QRectF(pages.left, y, pages.width, part.end - part.start)
            found.append(Place(page, row, part.strip.link))
        for placed in _lines(part):
            for form in placed.layout.formats():
                address = form.format.anchorHref()
                rect = _rect(placed, form.start, form.start + form.length) if address else None
                if rect is not None:
                    found.append(Place(page, rect.translated(pages.left, y - part.start), address))
    return found


def link_at(places: list[Place], point: QPointF) -> Place | None:
    """The link at a point: of a number within a row rather than of the row."""
    return next((each for each in reversed(places) if each.rect.contains(point)), None)


def words_on(pages: Pages, page: int, words: str) -> list[Place]:
    """Where words stand on a page, however they are written; a place for each line that they are on."""
    pattern = _pattern(words)
    found: list[Place] = []
    for part, y in pages.placed(page):
        if pattern.search(part.strip.words()) is None:
            continue
        for placed in _lines(part):
            text = placed.layout.text()
            for each in pattern.finditer(text):
                start = units(text[: each.start()])
                rect = _rect(placed, start, start + units(each[0]))
                if rect is not None:
                    found.append(Place(page, rect.translated(pages.left, y - part.start)))
    return found


def _pattern(words: str) -> re.Pattern[str]:
    """What finds words however they are written, also across marks that nobody sees."""
    return re.compile(f"{UNSEEN}*".join(re.escape(each) for each in words), re.IGNORECASE)


def has_words(pages: Pages, page: int, words: str) -> bool:
    """Whether words stand on a page, without looking where."""
    pattern = _pattern(words)
    return any(pattern.search(part.strip.words()) for part, _y in pages.placed(page))


def are_anywhere(pages: Pages, words: str) -> bool:
    """Whether words stand on any page: one look at the whole text, however many pages there are."""
    return _pattern(words).search(pages.plain_text()) is not None


def place_of(pages: Pages, name: str) -> Place | None:
    """The place that a link "#name" leads to; notes stand at the end, where the search begins."""
    for page in reversed(range(pages.count)):
        for part, y in reversed(pages.placed(page)):
            if name in part.strip.names():
                return Place(page, QRectF(pages.left, y, pages.width, part.end - part.start))
    return None


def first_mention(pages: Pages, number: int) -> Place | None:
    """The first number on the pages that leads to a note."""
    link = f"{NOTE}{number}"
    for page in range(pages.count):
        if any(link == each.link for part, _y in pages.placed(page) for each in part.strip.pieces()):
            return next((each for each in links_on(pages, page) if each.link == link), None)
    return None


def _lines(part: Part) -> Iterator[Placed]:
    """The lines of a part of a strip that are on its page."""
    for placed in lines_of(part.strip):
        if part.start <= (placed.top + placed.bottom) / 2 < part.end:
            yield placed


def _rect(placed: Placed, start: int, end: int) -> QRectF | None:
    """The place of letters from `start` to before `end` on a line, from the corner of the strip; None for none."""
    first, last = placed.line.textStart(), placed.line.textStart() + placed.line.textLength()
    if end <= first or start >= last:
        return None
    edges = [place_of_letter(placed, max(start, first)), place_of_letter(placed, min(end, last))]
    return QRectF(placed.x + min(edges), placed.top, max(edges) - min(edges), placed.bottom - placed.top)


def place_of_letter(placed: Placed, at: int) -> float:
    """How far from the left a letter of a line begins, by its number in the text of the layout."""
    found: Any = placed.line.cursorToX(at)  # with the place of the letter, in some versions of the binding
    return float(found[0] if isinstance(found, tuple) else found) / UNITS
