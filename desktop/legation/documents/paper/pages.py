"""A document laid out on pages of A4, with a running head, page numbers and the heads of tables repeated."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPageLayout, QPageSize, QPainter, QPen

from legation.documents.document import Document
from legation.documents.paper.composing import strips_of
from legation.documents.paper.marking import Marking
from legation.documents.paper.pictures import draw_picture
from legation.documents.paper.strips import UNITS, Strip, cut_of, draw_strip, font_of
from legation.documents.pdf_update import Mark
from legation.documents.pictures import INKS
from legation.documents.progress import Progress, told
from legation.errors import UserError
from legation.i18n import _

POINTS = 72  # an inch
SHORT, LONG = 595.0, 842.0  # points of A4
MARGIN = 42.0  # points, on all sides
HEAD, FOOT = 22.0, 20.0  # points kept within the margins for the running head, which the first page lacks, and below
EDGE = 7.5  # the size of their text


@dataclass(slots=True)
class Part:
    """A strip on a page, or what of it lies between `start` and `end`; `y` is below the first line of the page."""

    strip: Strip
    y: float
    start: float
    end: float


class Pages:
    """A document laid out on A4, upright or on its side; sizes are in points."""

    def __init__(self, document: Document, progress: Progress | None = None) -> None:
        _require_application()
        self.title = document.title
        self.is_wide = document.is_wide
        wide, high = (LONG, SHORT) if self.is_wide else (SHORT, LONG)
        self.size = QSizeF(wide, high)
        self.width = wide - 2 * MARGIN
        strips = list(strips_of(document, self.width, progress))
        self._words = "\n".join(strip.words() for strip in strips)
        room = high - 2 * MARGIN - HEAD - FOOT
        self._pages = paginated(strips, room, room + HEAD)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(len(self._pages), 1)

    @property
    def left(self) -> float:
        """Where what stands on a page begins, from the left edge of the sheet."""
        return MARGIN

    def placed(self, page: int) -> list[tuple[Part, float]]:
        """What stands on a page, numbered from 0, each with how far it is below the upper edge of the sheet."""
        top = _top_of(page)
        return [(part, top + part.y) for part in self._pages[page]] if self._pages else []

    def marks(self) -> list[Mark]:
        """The outline: each heading and each title of a group, with where it is."""
        found = []
        for page in range(self.count):
            for part, y in self.placed(page):
                if part.strip.rank and not part.start:
                    words = part.strip.words().replace("\n", " ")
                    found.append(Mark(part.strip.rank, words, page, self.size.height() - y))
        return found

    def note_at(self, page: int, point: QPointF) -> int | None:
        """The number of the note at a point of a page; None where there is none."""
        for part, y in self.placed(page):
            if y <= point.y() < y + part.end - part.start:
                return next((int(name.rpartition("-")[2]) for name in part.strip.names()), None)
        return None

    def parts(self) -> list[Part]:
        """All that stands on the pages, from above."""
        return [part for page in self._pages for part in page]

    def plain_text(self) -> str:
        """All words on the pages, for a search in them."""
        return self._words

    def paint(self, painter: QPainter, page: int, marking: Marking | None = None) -> None:
        """Paint a page, numbered from 0, with the sheet's upper left corner at the origin; a unit is a point."""
        if marking is not None:
            marking.page = page
        painter.save()
        painter.translate(MARGIN, _top_of(page))
        for part in self._pages[page] if self._pages else ():
            painter.save()
            painter.translate(0, part.y)
            if part.strip.picture is None:
                draw_strip(painter, part.strip, self.width, part.start, part.end, marking)
            else:
                if marking is not None:
                    marking.begin(painter, part.strip)
                draw_picture(painter, part.strip.picture, part.strip.scale)
                if marking is not None:
                    marking.end(painter)
            painter.restore()
        painter.restore()
        self._paint_edges(painter, page)

    def _paint_edges(self, painter: QPainter, page: int) -> None:
        """The running head, but on the first page, which begins with the title; and the number of the page."""
        if page:
            self._paint_edge(painter, self.title, MARGIN, Qt.AlignmentFlag.AlignLeft)
        number = _("Page {page} of {pages}").format(page=page + 1, pages=self.count)
        self._paint_edge(painter, number, self.size.height() - MARGIN - FOOT + 8, Qt.AlignmentFlag.AlignRight)

    def _paint_edge(self, painter: QPainter, words: str, y: float, side: Qt.AlignmentFlag) -> None:
        painter.save()
        font = font_of(EDGE)
        painter.setFont(font)
        painter.setPen(QPen(QColor(INKS["quiet"][0])))
        painter.translate(MARGIN, y)
        painter.scale(1 / UNITS, 1 / UNITS)
        room = self.width * UNITS
        fitting = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(0, 0, room, 2 * EDGE * UNITS), int(side | Qt.AlignmentFlag.AlignTop), fitting)
        painter.restore()

    def page_layout(self) -> QPageLayout:
        """The sheet for a printer or a PDF, without margins of its own."""
        turned = QPageLayout.Orientation.Landscape if self.is_wide else QPageLayout.Orientation.Portrait
        return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF(0, 0, 0, 0))

    def paint_all(self, device: Any, progress: Progress | None = None, marking: Marking | None = None) -> None:
        """Paint all pages on a paged device: a PDF or a printer.

        Raises `UserError` when the device takes no page, `Cancelled` when `progress` gives False.
        """
        refused = UserError(
            _("The printer does not take the pages."), _("See that it is there and ready, or save the report as PDF.")
        )
        painter = QPainter()
        if not painter.begin(device):
            raise refused
        scale = device.logicalDpiX() / POINTS
        try:
            for page in told(range(self.count), self.count, progress):
                if page and not device.newPage():
                    raise refused
                painter.save()
                painter.scale(scale, scale)
                self.paint(painter, page, marking)
                painter.restore()
        finally:
            painter.end()


def _top_of(page: int) -> float:
    """Where the first line of a page is, from the upper edge of the sheet."""
    return MARGIN + (HEAD if page else 0.0)


def paginated(strips: Iterable[Strip], room: float, room_on_first: float = 0.0) -> list[list[Part]]:
    """Strips on pages with `room` points from top to bottom; the first may have another room.

    Nothing that keeps to its next one ends a page; a head stands above each part of its table; what is higher than a
    page, with what keeps to it, is cut between lines.
    """
    pages = _Filling(room, room_on_first or room)
    kept: list[Strip] = []
    for strip in strips:
        kept.append(strip)
        if not strip.keeps_next:
            pages.add(kept)
            kept = []
    pages.add(kept)
    return pages.pages


class _Filling:
    """Pages as they are filled."""

    def __init__(self, room: float, on_first: float) -> None:
        self._room, self._on_first = room, on_first
        self.pages: list[list[Part]] = []
        self.y = on_first  # no page is begun

    @property
    def room(self) -> float:
        """The height of the page that is filled."""
        return self._room if len(self.pages) > 1 else self._on_first

    def add(self, strips: list[Strip]) -> None:
        """Put strips that belong together on the page, or on the next one."""
        needed = sum(strip.above + strip.height for strip in strips)
        if not strips or self.y + needed <= self.room:
            for strip in strips:
                self._put(strip)
            return
        *before, last = strips
        led = sum(strip.above + strip.height for strip in before)
        head = last.head.height if last.head is not None else 0.0
        fits_none = last.picture is None and head + needed > self._room
        if (last.is_split or fits_none) and self._split_here(before, last, led):
            return
        for strip in strips:
            if strip is strips[0] or self.y + strip.above + strip.height > self.room:
                if strip is not strips[0] and self._go_on(strip):
                    continue
                self._turn(strip)
            if strip.height <= self.room - self.y or strip.picture is not None:
                self._put(strip)
            else:
                self._cut(strip, 0.0)

    def _split_here(self, before: list[Strip], last: Strip, led: float) -> bool:
        """Begin a strip on this page and go on with it on the next, where enough of its lines fit."""
        if not self.pages or not self.pages[-1]:
            return False
        if cut_of(last, 0.0, self.room - self.y - led - last.above) is None:
            return False
        for strip in before:
            self._put(strip)
        self.y += last.above
        self._cut(last, 0.0)
        return True

    def _go_on(self, strip: Strip) -> bool:
        """Begin a strip below what keeps to it, though not all of it fits the page, where enough of its lines do."""
        if strip.picture is not None or cut_of(strip, 0.0, self.room - self.y - strip.above) is None:
            return False
        self.y += strip.above
        self._cut(strip, 0.0)
        return True

    def _turn(self, strip: Strip) -> None:
        """Begin a page, with the head that `strip` needs above it."""
        self.pages.append([])
        self.y = 0.0
        if strip.head is not None:
            self._put(strip.head)

    def _put(self, strip: Strip) -> None:
        self.y += strip.above if self.pages[-1] else 0.0
        self.pages[-1].append(Part(strip, self.y, 0.0, strip.height))
        self.y += strip.height

    def _cut(self, strip: Strip, start: float) -> None:
        """Put what of a strip lies below `start` on this page and those after it."""
        while strip.height - start > self.room - self.y:
            end = cut_of(strip, start, self.room - self.y) or start + self.room - self.y
            self.pages[-1].append(Part(strip, self.y, start, end))
            start = end
            self._turn(strip)
            self.y += strip.around if strip.head is not None else 0.0  # as far below the head as a whole row
        self.pages[-1].append(Part(strip, self.y, start, strip.height))
        self.y += strip.height - start


class _Kept:
    """Holds the application object of a command for as long as the process lives."""

    application: QCoreApplication | None = None


def _require_application() -> None:
    """Fonts need an application object; a command has none, and no screen either.

    It is one that could open a window, for a process has only one.
    """
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false")  # which face lacks which script
        from PySide6.QtWidgets import QApplication

        _Kept.application = QApplication(["legation"])
