"""A document on paper: pages with a running head, page numbers, repeated table heads; as PDF, in a preview, printed.

The one module below the window that knows Qt, loaded only when a page is asked for: Qt shapes the text of every script.
"""

from __future__ import annotations

import os
import re
import uuid
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from legation.documents.document import Document
from legation.documents.pictures import INKS, Box, Dot, Picture, Shape, Stroke, Words
from legation.documents.progress import Progress, told
from legation.documents.to_rich_text import PICTURE, to_rich_text
from legation.i18n import _

POINTS = 72  # an inch
MARGIN = 42.0  # points
HEAD, FOOT = 24.0, 24.0  # points kept above and below the text
SHORT, LONG = 595.0, 842.0  # points of A4
FIXED_DATE = b"20000101000000"
OBJECT = QTextFormat.ObjectTypes.UserObject
SHAPES = int(QTextFormat.Property.UserProperty) + 1
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_XMP_DATES = re.compile(rb"(xmp:(?:CreateDate|ModifyDate|MetadataDate)(?:=\"|>))[0-9T:+.-]+Z?")
_COLOURS = {"text": INKS["text"][0], "quiet": INKS["quiet"][0], "link": INKS["accent"][0], "line": INKS["line"][0]}


class Pages:
    """A document laid out on A4, upright or on its side; sizes are in points."""

    def __init__(self, document: Document) -> None:
        _require_application()
        self.title = document.title
        self.is_wide = document.is_wide
        wide, high = (LONG, SHORT) if self.is_wide else (SHORT, LONG)
        self.size = QSizeF(wide, high)
        self._text = QTextDocument()
        self._text.setDocumentMargin(0)
        self._text.setUseDesignMetrics(True)
        self._drawing = _PictureDrawing()
        self._text.documentLayout().registerHandler(OBJECT, self._drawing)
        self._text.setPageSize(QSizeF(wide - 2 * MARGIN, high - 2 * MARGIN - HEAD - FOOT))
        self._layout_for_paper()
        self._text.setHtml(to_rich_text(document, _COLOURS))
        self._put_pictures([block for block in document.blocks if isinstance(block, Picture)])

    def _layout_for_paper(self) -> None:
        """Measure text at 72 dots an inch, whatever the screen is."""
        self._device = _Paper(self.size)
        self._text.documentLayout().setPaintDevice(self._device.device)
        font = _font()
        font.setPointSizeF(8.5)
        self._text.setDefaultFont(font)

    def _put_pictures(self, pictures: list[Picture]) -> None:
        """Put each picture in the place that was kept for it."""
        place = QTextCursor(self._text)
        for picture in pictures:
            place = self._text.find(PICTURE, place)
            form = QTextCharFormat()
            form.setObjectType(OBJECT)
            form.setProperty(SHAPES, self._drawing.keep(picture, self._text.pageSize().width()))
            place.insertText("\ufffc", form)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(self._text.pageCount(), 1)

    def plain_text(self) -> str:
        """All words on the pages, for a search in them."""
        return self._text.toPlainText()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page, numbered from 0, with the sheet's upper left corner at the origin; a unit is a point."""
        inner = self._text.pageSize()
        painter.save()
        painter.translate(MARGIN, MARGIN + HEAD - page * inner.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * inner.height(), inner.width(), inner.height())
        context.palette.setColor(context.palette.ColorRole.Text, QColor(INKS["text"][0]))
        painter.setClipRect(context.clip)
        self._text.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_edges(painter, page)

    def _paint_edges(self, painter: QPainter, page: int) -> None:
        """The running head and the number of the page."""
        painter.save()
        font = QFont(self._text.defaultFont())
        font.setPointSizeF(7.5)
        painter.setFont(font)
        painter.setPen(QPen(QColor(INKS["quiet"][0])))
        width = self.size.width() - 2 * MARGIN
        if page:  # the first page begins with the title
            box = QRectF(MARGIN, MARGIN - 6, width, HEAD - 6)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.title)
        number = _("Page {page} of {pages}").format(page=page + 1, pages=self.count)
        box = QRectF(MARGIN, self.size.height() - MARGIN - FOOT + 10, width, FOOT)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), number)
        painter.restore()

    def page_layout(self) -> QPageLayout:
        """The sheet for a printer or a PDF, without margins of its own."""
        turned = QPageLayout.Orientation.Landscape if self.is_wide else QPageLayout.Orientation.Portrait
        return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF(0, 0, 0, 0))

    def paint_all(self, device: Any, progress: Progress | None = None) -> None:
        """Paint all pages on a paged device: a PDF or a printer."""
        painter = QPainter(device)
        scale = device.logicalDpiX() / POINTS
        for page in told(range(self.count), self.count, progress):
            if page:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            self.paint(painter, page)
            painter.restore()
        painter.end()


class _Paper:
    """A device of 72 dots an inch to measure text with."""

    def __init__(self, size: QSizeF) -> None:
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.device = QPdfWriter(self._buffer)
        self.device.setResolution(POINTS)


def to_pdf(document: Document, progress: Progress | None = None) -> bytes:
    """The document as the bytes of a PDF file whose dates are fixed."""
    pages = Pages(document)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(1200)
    writer.setTitle(document.title)
    writer.setCreator("Legation")
    if document.about is not None:
        writer.setDocumentId(QUuid(str(uuid.uuid5(uuid.NAMESPACE_OID, document.about.digest))))
    writer.setPageLayout(pages.page_layout())
    pages.paint_all(writer, progress)
    del writer
    return with_fixed_dates(bytes(buffer.data().data()))


def with_fixed_dates(pdf: bytes) -> bytes:
    """The same file with its dates set to the first of 2000; no byte moves, so that its index holds."""

    def moment(found: re.Match[bytes]) -> bytes:
        long = len(found[0]) - len(found[1])
        return found[1] + b"2000-01-01T00:00:00.000+00:00"[:long].ljust(long, b"0")

    return _XMP_DATES.sub(moment, _DATES.sub(rb"\g<1>" + FIXED_DATE, pdf))


class _PictureDrawing(QPyTextObject):
    """Draws the pictures that stand in a text, as shapes: they stay sharp at any size."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[tuple[Picture, float]] = []

    def keep(self, picture: Picture, room: float) -> int:
        """Remember a picture, made smaller where it is wider than `room` points; its number."""
        self._kept.append((picture, min(1.0, room / picture.width)))
        return len(self._kept) - 1

    def intrinsicSize(self, _document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        picture, scale = self._kept[form.intProperty(SHAPES)]
        return QSizeF(picture.width * scale, picture.height * scale)

    def drawObject(
        self, painter: QPainter, rect: Any, _document: QTextDocument, _position: int, form: QTextFormat
    ) -> None:
        picture, scale = self._kept[form.intProperty(SHAPES)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        painter.scale(scale, scale)
        for shape in picture.shapes:
            _draw(painter, shape)
        painter.restore()


def _draw(painter: QPainter, shape: Shape) -> None:
    colour = QColor(INKS[shape.ink][0])
    if isinstance(shape, Stroke):
        painter.setPen(QPen(colour, 0.6))
        painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
    elif isinstance(shape, Words):
        _draw_words(painter, shape, colour)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if isinstance(shape, Dot):
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        elif isinstance(shape, Box):
            painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))


def _draw_words(painter: QPainter, shape: Words, colour: QColor) -> None:
    font = _font()
    font.setPixelSize(10)
    scale = shape.size / 10  # a fraction of a pixel is no size of a font
    painter.save()
    painter.setFont(font)
    painter.setPen(QPen(colour))
    painter.translate(shape.x, shape.y)
    if shape.turned:
        painter.rotate(-90)
    painter.scale(scale, scale)
    wide = QFontMetricsF(font).horizontalAdvance(shape.text)
    painter.drawText(QPointF({"start": 0.0, "middle": -wide / 2, "end": -wide}[shape.anchor], 0), shape.text)
    painter.restore()


def _font() -> QFont:
    """The face of a page: the first of these that the machine has; Qt takes others where it lacks a letter."""
    font = QFont()
    font.setFamilies(["Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Arial"])
    return font


def _require_application() -> None:
    """Fonts need an application object; a command has none, and no screen either."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _Kept.application = QGuiApplication(["legation"])


class _Kept:
    """Holds the application object of a command for as long as the process lives."""

    application: QGuiApplication | None = None
