"""Drawing the cells of a table: the rows on screen in one go, straight from the model.

A delegate that is asked cell by cell takes three times as long, since each cell crosses between Qt and Python some ten
times. A page of a large window would then stand still for several frames.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette, QStaticText, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionFocusRect

from legation.ui.look.glyphs import SIZE
from legation.ui.tables.group_heads import BAND

if TYPE_CHECKING:
    from legation.ui.tables.record_model import RecordModel
    from legation.ui.tables.record_table import RecordTable

MARGIN = 9  # pixels between the edge of a cell and what stands in it
GAP = 6  # between a glyph and its word
MOST_KEPT = 2000  # texts that are kept as they were laid out
_ROLES = QPalette.ColorRole


class CellPainter:
    """Draws the cells of one table as its style would: every other row shaded, chosen rows filled, texts shortened."""

    def __init__(self, table: RecordTable, model: RecordModel) -> None:
        self._table, self._model = table, model
        self._laid_out: dict[tuple[str, int], QStaticText] = {}
        self._font, self._metrics, self._height = "", QFontMetrics(table.font()), 0
        self._direction = QTextOption()
        self._direction.setTextDirection(table.layoutDirection())

    def paint(self, painter: QPainter, region: QRect) -> None:
        """Draw the rows and columns that a part of the viewport shows."""
        table, palette = self._table, self._table.palette()
        rows = self._rows_in(region)
        if not rows or not self._model.columns:
            return
        painter.setFont(table.font())
        self._forget_other_fonts()
        columns = self._columns_in(region)
        width = table.viewport().width()
        chosen = [(each.top(), each.bottom()) for each in table.selectionModel().selection()]
        plain, marked = palette.color(_ROLES.Text), palette.color(_ROLES.HighlightedText)
        fills = (palette.brush(_ROLES.AlternateBase), palette.brush(_ROLES.Highlight))
        for row in rows:
            top, height = table.rowViewportPosition(row), table.rowHeight(row)
            if row in self._model.heads:
                top, height = top + BAND, height - BAND
            is_chosen = any(begin <= row <= end for begin, end in chosen)
            if is_chosen or row % 2:
                painter.setBackground(fills[is_chosen])
                painter.eraseRect(0, top, width, height)  # `fillRect` would make Qt's table of gradients, for nothing
            pen = marked if is_chosen else palette.color(_ROLES.PlaceholderText) if self._is_held(row) else plain
            painter.setPen(pen)
            self._draw_row(painter, row, (top, height), columns, is_chosen)
        self._draw_place(painter)

    def _rows_in(self, region: QRect) -> range:
        first, last = self._table.rowAt(region.top()), self._table.rowAt(region.bottom())
        count = self._model.rowCount()
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1) if count else range(0)

    def _columns_in(self, region: QRect) -> list[tuple[int, int, int, bool]]:
        """The columns that a region shows: number, left edge, width, and whether their texts stand at the right."""
        header, found = self._table.horizontalHeader(), []
        for at, field in enumerate(self._model.columns):
            left, width = header.sectionViewportPosition(at), header.sectionSize(at)
            if not header.isSectionHidden(at) and left <= region.right() and left + width >= region.left():
                found.append((at, left, width, field.kind.align == "right"))
        return found

    def _is_held(self, row: int) -> bool:
        return self._model.held is not None and self._model.ids[row] == self._model.held

    def _draw_row(
        self,
        painter: QPainter,
        row: int,
        place: tuple[int, int],
        columns: list[tuple[int, int, int, bool]],
        is_chosen: bool,
    ) -> None:
        top, height = place
        texts, glyphs = self._model.shown(row)
        for at, left, width, is_right in columns:
            begin, room = left + MARGIN, width - 2 * MARGIN
            glyph = glyphs[at]
            if glyph is not None:
                mode = QIcon.Mode.Selected if is_chosen else QIcon.Mode.Normal
                glyph.paint(painter, begin, top + (height - SIZE) // 2, SIZE, SIZE, mode=mode)
                begin, room = begin + SIZE + GAP, room - SIZE - GAP
            if room > 0 and (text := texts[at]):
                laid = self._laid(text, room)
                begin += room - math.ceil(laid.size().width()) if is_right else 0
                painter.drawStaticText(begin, top + (height - self._height + 1) // 2, laid)

    def _laid(self, text: str, room: int) -> QStaticText:
        """A text as it fits into so many pixels, laid out once."""
        found = self._laid_out.get((text, room))
        if found is None:
            if len(self._laid_out) >= MOST_KEPT:
                self._laid_out.clear()
            one_line = " ".join(text.splitlines())
            found = QStaticText(self._metrics.elidedText(one_line, Qt.TextElideMode.ElideRight, room))
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.setTextOption(self._direction)
            found.prepare(font=self._table.font())
            self._laid_out[(text, room)] = found
        return found

    def _forget_other_fonts(self) -> None:
        """What fits depends on the font, which the person may change."""
        font = self._table.font()
        if self._font != font.key():
            self._font, self._metrics = font.key(), QFontMetrics(font)
            self._height = self._metrics.height()
            self._laid_out.clear()

    def _draw_place(self, painter: QPainter) -> None:
        """Frame the cell that has the keyboard."""
        table, index = self._table, self._table.currentIndex()
        if not index.isValid() or not table.hasFocus():
            return
        option = QStyleOptionFocusRect()
        option.initFrom(table)
        option.rect = table.heads.below(index, table.visualRect(index))
        option.state |= QStyle.StateFlag.State_KeyboardFocusChange | QStyle.StateFlag.State_Item
        is_chosen = table.selectionModel().isRowSelected(index.row())
        option.backgroundColor = table.palette().color(_ROLES.Highlight if is_chosen else _ROLES.Base)
        table.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, table)
