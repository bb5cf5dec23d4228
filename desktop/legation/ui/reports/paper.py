"""The preview: pages as they will print, one below the other, moved through and made larger by keys.

Only the pages in sight are painted, one at a time, at the resolution of the screen, and kept for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal, Protocol

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from legation.i18n import _

GAP = 16  # pixels around a page
MOST_KEPT = 16  # painted pages
STEP = 1.2  # how much larger or smaller a key makes a page
LEAST, MOST = 0.2, 5.0  # pixels a point
PAPER, EDGE = QColor("#ffffff"), QColor("#b9bfc2")  # paper is white, whatever the colours of the window are
MARK = QColor("#d98200")  # of what was found or is to be followed, seen on white by every eye
Fit = Literal["width", "page", ""]


class PaintedPages(Protocol):
    """What can be shown: pages of one size in points."""

    size: QSizeF

    @property
    def count(self) -> int:
        """How many pages there are."""

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page; a unit is a point."""


class Paper(QAbstractScrollArea):
    """Shows pages. `moved` tells that another page is in sight; `enlarged` that Enter asks for the whole window.

    `copied` tells that the keys of Copy were pressed; `replaced` that other pages are shown; `pressed` and `hovered`
    carry the page, from 0, and the point on it, in points, that the mouse pressed or is over.
    """

    moved = Signal()
    enlarged = Signal()
    copied = Signal()
    replaced = Signal()
    pressed = Signal(int, QPointF)
    hovered = Signal(int, QPointF)

    def __init__(self) -> None:
        super().__init__()
        ground = QWidget()  # as that of the tables of records
        ground.setAutoFillBackground(True)
        self.setViewport(ground)
        self._pages: PaintedPages | None = None
        self._fit: Fit = "width"
        self._scale = 1.0
        self._marked: tuple[int, QRectF | None] = (-1, None)
        self._kept: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._painting = QTimer(self)
        self._painting.setSingleShot(True)
        self._painting.setInterval(0)
        self._painting.timeout.connect(self._paint_next)
        self.setAccessibleName(_("Preview"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.moved.emit())
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # what is shown

    def show_pages(self, pages: PaintedPages | None) -> None:
        """Show other pages, or none; the place stays where it was as far as there are so many pages."""
        self._pages = pages
        self._kept.clear()
        self.mark(-1, None)
        self.replaced.emit()
        self._arrange(keeps_place=True)
        self.setAccessibleDescription("" if pages is None else self.place())
        self.moved.emit()
        self.viewport().update()

    @property
    def pages(self) -> PaintedPages | None:
        """The pages on show."""
        return self._pages

    @property
    def page(self) -> int:
        """The number of the page in the middle of the view, from 1; 0 when there is none."""
        if self._pages is None:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        return max(1, min(self._pages.count, int((middle - GAP / 2) // self._pitch()) + 1))

    def place(self) -> str:
        """Which page is in sight, and how large it is."""
        if self._pages is None:
            return ""
        said = _("Page {page} of {pages}").format(page=self.page, pages=f"{self._pages.count:,}")
        return _("{place} · {percent} %").format(place=said, percent=round(self._scale * 100))

    @property
    def painted(self) -> list[int]:
        """The numbers of the pages that are painted, from 0."""
        return sorted({page for page, _width in self._kept})

    @property
    def in_sight(self) -> list[int]:
        """The numbers of the pages in sight, from 0."""
        return [page for page, _place in self._in_sight()]

    # moving and zooming

    def go_to(self, page: int) -> None:
        """Show the beginning of a page, numbered from 1."""
        self.verticalScrollBar().setValue(round((page - 1) * self._pitch()))

    def show_place(self, page: int, rect: QRectF) -> None:
        """Bring a place of a page, numbered from 0, into sight, if it is not there."""
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        top = page * self._pitch() + GAP + rect.top() * self._scale
        bottom = top + rect.height() * self._scale
        if top < bar.value() + GAP or bottom > bar.value() + bar.pageStep() - GAP:
            bar.setValue(round(top - bar.pageStep() / 3))
        right = GAP + rect.right() * self._scale
        if right > across.value() + across.pageStep():
            across.setValue(round(right - across.pageStep() / 2))

    def mark(self, page: int, rect: QRectF | None) -> None:
        """Mark a place of a page, numbered from 0; None marks nothing."""
        self._marked = (page, rect)
        self.viewport().update()

    def show_link(self, is_link: bool, tip: str) -> None:
        """Show that the mouse is over a link, and what following it does."""
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        if self.viewport().toolTip() != tip:
            self.viewport().setToolTip(tip)

    def _point_at(self, where: QPointF) -> tuple[int, QPointF] | None:
        """The page, from 0, at a point of the view, and the point on it in points."""
        for page, place in self._in_sight():
            if place.contains(where.toPoint()):
                return page, (where - QPointF(place.topLeft())) / self._scale
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where the mouse pressed."""
        found = self._point_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(*found)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the mouse is over."""
        found = self._point_at(event.position())
        if found is None:
            self.show_link(False, "")
        else:
            self.hovered.emit(*found)

    def fit(self, how: Fit) -> None:
        """Make pages as wide as the view, or as large as fits it whole."""
        self._fit = how
        self._arrange(keeps_place=True)

    @property
    def fitting(self) -> Fit:
        """How pages are fitted; "" where the size was chosen."""
        return self._fit

    def zoom(self, steps: int) -> None:
        """Make pages larger, or smaller for a negative number."""
        self._fit = ""
        self._scale = min(MOST, max(LEAST, self._scale * STEP**steps))
        self._arrange(keeps_place=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn pages, arrows scroll, Home and End go to the first and the last page."""
        bar, key = self.verticalScrollBar(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarged.emit()
        elif key == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._fit == "page":
            self.go_to(self.page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Backspace):
            bar.triggerAction(
                bar.SliderAction.SliderPageStepAdd if key == Qt.Key.Key_Space else bar.SliderAction.SliderPageStepSub
            )
        else:
            super().keyPressEvent(event)

    # laying out and painting

    def _pitch(self) -> float:
        """From the top of a page to the top of the next, in pixels."""
        return 1.0 if self._pages is None else self._pages.size.height() * self._scale + GAP

    def _arrange(self, *, keeps_place: bool = False) -> None:
        """Measure the pages for the room there is."""
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if self._pages is None:
            bar.setRange(0, 0)
            across.setRange(0, 0)
            return
        before = bar.value() / max(bar.maximum() + bar.pageStep(), 1) if keeps_place else 0.0
        room, size = self.viewport().size(), self._pages.size
        wide = (room.width() - 2 * GAP) / size.width()
        if self._fit == "width":
            self._scale = wide
        elif self._fit == "page":
            self._scale = min(wide, (room.height() - 2 * GAP) / size.height())
        self._scale = min(MOST, max(LEAST, self._scale))
        high = round(self._pages.count * self._pitch() + GAP)
        bar.setPageStep(room.height())
        bar.setSingleStep(40)
        bar.setRange(0, max(0, high - room.height()))
        bar.setValue(round(before * high))
        across.setPageStep(room.width())
        across.setRange(0, max(0, round(size.width() * self._scale + 2 * GAP - room.width())))
        self.moved.emit()
        self.viewport().update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fit the pages to the new room."""
        self._arrange(keeps_place=True)

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew where the screen has another resolution."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._kept.clear()
            self.viewport().update()

    def _in_sight(self) -> list[tuple[int, QRect]]:
        """The pages in sight, numbered from 0, with their places."""
        if self._pages is None:
            return []
        top, pitch = self.verticalScrollBar().value(), self._pitch()
        wide, high = round(self._pages.size.width() * self._scale), round(self._pages.size.height() * self._scale)
        left = max(GAP, (self.viewport().width() - wide) // 2) - self.horizontalScrollBar().value()
        first = max(0, int((top - GAP) // pitch))
        last = min(self._pages.count - 1, int((top + self.viewport().height()) // pitch))
        return [
            (page, QRect(left, round(page * pitch) + GAP - top, wide, high))
            for page in range(first, last + 1)
        ]  # fmt: skip

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show the painted pages; the others are white until they are painted."""
        painter = QPainter(self.viewport())
        for page, place in self._in_sight():
            painter.setPen(EDGE)
            painter.setBrush(PAPER)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            picture = self._kept.get((page, place.width()))
            if picture is not None:
                painter.drawPixmap(place.topLeft(), picture)
            else:
                self._painting.start()
            self._paint_mark(painter, page, place)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self.palette().color(QPalette.ColorRole.Accent)))
            for inset in (0, 1):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -1 - inset, -1 - inset))
        painter.end()

    def _paint_mark(self, painter: QPainter, page: int, place: QRect) -> None:
        """A veil and a frame over the marked place of a page."""
        marked, rect = self._marked
        if rect is None or marked != page:
            return
        shown = QRectF(QPointF(place.topLeft()) + rect.topLeft() * self._scale, rect.size() * self._scale)
        painter.setPen(QPen(MARK, 2))
        painter.setBrush(QColor(MARK.red(), MARK.green(), MARK.blue(), 50))
        painter.drawRect(shown.adjusted(-2, -1, 2, 1))

    def _paint_next(self) -> None:
        """Paint one page that is in sight; the others follow when the window had its turn."""
        missing = [(page, place) for page, place in self._in_sight() if (page, place.width()) not in self._kept]
        if not missing or self._pages is None:
            return
        page, place = missing[0]
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(place.width() * ratio), round(place.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(PAPER)
        painter = QPainter(picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(self._scale, self._scale)
        self._pages.paint(painter, page)
        painter.end()
        self._kept[(page, place.width())] = picture
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.viewport().update(place)
        if len(missing) > 1:
            self._painting.start()
