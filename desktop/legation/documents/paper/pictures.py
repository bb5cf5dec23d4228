"""Drawing the shapes of a picture on paper, where they stay sharp at any size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from legation.documents.paper.strips import UNITS, font_of
from legation.documents.pictures import INKS, Box, Dot, Picture, Shape, Stroke, Words


def draw_picture(painter: QPainter, picture: Picture, scale: float) -> None:
    """Draw a picture with its upper left corner at the origin; a unit is a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
    font = font_of(shape.size)
    painter.save()
    painter.setFont(font)
    painter.setPen(QPen(colour))
    painter.translate(shape.x, shape.y)
    if shape.turned:
        painter.rotate(-90)
    painter.scale(1 / UNITS, 1 / UNITS)
    wide = QFontMetricsF(font).horizontalAdvance(shape.text)
    painter.drawText(QPointF({"start": 0.0, "middle": -wide / 2, "end": -wide}[shape.anchor], 0), shape.text)
    painter.restore()
