"""Marking what is painted: each line of text and each picture, so that a PDF file can say what it is.

A painter knows no marks. Lines far outside of the page stand for them in what Qt writes, until `pdf_tags.py` puts the
marks of the file in their places.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from legation.documents.paper.strips import Placed, Strip
from legation.documents.pdf_tags import BEGIN, END, FAR, Unit


class Marking:
    """Marks what is painted on the pages of a file, and keeps in `units` what each mark is about."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.page = 0
        self._places: dict[int, tuple[Strip, int]] = {}  # by strip, held for as long as it counts, its first page

    def begin(self, painter: QPainter, strip: Strip, placed: Placed | None = None) -> bool:
        """Begin a line of text, else a picture; whether it is marked. A head of a table is not where it is repeated."""
        _strip, first = self._places.setdefault(id(strip), (strip, self.page))
        if strip.kind == "head" and first != self.page:
            return False
        columns = len((strip.head or strip).blocks)
        words = placed.words if placed is not None else strip.picture.description if strip.picture is not None else ""
        column = placed.column if placed is not None else 0
        self.units.append(Unit(self.page, strip.kind, id(strip), column, columns, words))
        _mark(painter, BEGIN)
        return True

    def end(self, painter: QPainter) -> None:
        """End what was begun."""
        _mark(painter, END)


def _mark(painter: QPainter, which: int) -> None:
    painter.save()
    painter.translate(FAR, 0)  # so that nothing else is written together with it
    painter.setPen(QPen(QColor(0, 0, 0), 0.25))
    painter.drawLine(QPointF(FAR, which), QPointF(FAR - 1, which))
    painter.restore()
