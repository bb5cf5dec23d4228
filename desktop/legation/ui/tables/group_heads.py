"""Heads of groups in a table: a band above the first row of each year or month, and which group is at the top.

The rows stay what they are: the first of a group is only taller, and its cells stand below the band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette

if TYPE_CHECKING:
    from legation.ui.tables.record_model import RecordModel
    from legation.ui.tables.record_table import RecordTable

BAND = 28
MARGIN = 8


class GroupHeads(QObject):
    """The heads of one table. `reached` carries the words of the group at the top; "" without groups."""

    reached = Signal(str)

    def __init__(self, table: RecordTable, model: RecordModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._tall: list[int] = []
        self._told = ""
        model.grouped.connect(self._lay)
        model.modelReset.connect(self._lay)
        table.verticalScrollBar().valueChanged.connect(lambda _place: self._tell())

    def _lay(self) -> None:
        """Make the first rows of groups taller, and those that are so no more as high as all others."""
        header = self._table.verticalHeader()
        wanted = [row for row in self._model.heads if row < header.count()]
        if wanted != self._tall:
            plain = header.defaultSectionSize()
            header.setUpdatesEnabled(False)  # or each row asks anew where all others begin
            for row in {*self._tall} - {*wanted}:
                if row < header.count():
                    header.resizeSection(row, plain)
            for row in wanted:
                header.resizeSection(row, plain + BAND)
            header.setUpdatesEnabled(True)
            self._tall = wanted
            self._table.updateGeometries()
        self._table.viewport().update()
        self._tell()

    def _tell(self) -> None:
        group = self._model.group_at(max(self._table.rowAt(0), 0))
        words = "" if group is None else group.words
        if words != self._told:
            self._told = words
            self.reached.emit(words)

    def below(self, index: QModelIndex | QPersistentModelIndex, place: QRect) -> QRect:
        """Where the cell itself stands: below the band in the first row of a group."""
        return place.adjusted(0, BAND, 0, 0) if index.row() in self._model.heads else place

    def paint(self, painter: QPainter) -> None:
        """Draw the bands of the rows on screen over what the table has drawn."""
        if not self._model.heads:
            return
        table, palette = self._table, self._table.palette()
        height, first = table.viewport().height(), table.rowAt(0)
        last = table.rowAt(height - 1)
        last = last if last >= 0 else self._model.rowCount() - 1
        font = QFont(table.font())
        font.setBold(True)
        painter.setFont(font)
        for row in range(max(first, 0), last + 1):
            group = self._model.heads.get(row)
            if group is None:
                continue
            band = QRect(0, table.rowViewportPosition(row), table.viewport().width(), BAND)
            painter.fillRect(band, palette.color(QPalette.ColorRole.Window))
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawLine(band.bottomLeft(), band.bottomRight())
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            inside = band.adjusted(MARGIN, 0, -MARGIN, 0)
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, group.words)
