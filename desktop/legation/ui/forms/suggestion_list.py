"""The list below a link box: suggestions, and last a line that creates what was typed. It takes no keys itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from legation.i18n import _

if TYPE_CHECKING:
    from legation.matching.delegates import Understood
    from legation.matching.printed_parties import PrintedParties
    from legation.storage.suggesting import Suggestion

ROW = 28
GLYPH = 16
MOST_ROWS = 8
QUIET = Qt.ItemDataRole.UserRole + 1
BEGINS = Qt.ItemDataRole.UserRole + 2  # whether a row begins another part of the list, below a line
GAP = 17


class SuggestionRows(QStyledItemDelegate):
    """Draws the label, and what tells namesakes apart in the quiet colour after it, or at the end of the row."""

    def __init__(self, parent: QObject | None = None, *, at_end: bool = False, height: int = ROW) -> None:
        super().__init__(parent)
        self._at_end = at_end
        self._height = height

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        glyph, option.icon = QIcon(option.icon), QIcon()
        style = option.widget.style()
        if index.data(BEGINS):
            middle = option.rect.top() + GAP // 2
            painter.setPen(option.palette.color(QPalette.ColorRole.Mid))
            painter.drawLine(option.rect.left() + 8, middle, option.rect.right() - 8, middle)
            option.rect.setTop(option.rect.top() + GAP)
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        place = option.rect.adjusted(8, 0, -8, 0)
        if not glyph.isNull():
            square = QRect(place.left(), place.center().y() - GLYPH // 2, GLYPH, GLYPH)
            glyph.paint(painter, square, mode=QIcon.Mode.Selected if chosen else QIcon.Mode.Normal)
            place.setLeft(square.right() + 10)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.save()
        painter.setPen(option.palette.color(role))
        metrics = option.fontMetrics
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(middle), shown)
        quiet = index.data(QUIET) or ""
        rest = QRect(place)
        rest.setLeft(place.left() + metrics.horizontalAdvance(shown) + 12)
        if quiet and rest.width() > 24:
            if not chosen:
                painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if self._at_end else middle
            painter.drawText(rest, int(side), metrics.elidedText(quiet, Qt.TextElideMode.ElideRight, rest.width()))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows of one height; one that begins another part of the list has room for a line above it."""
        return QSize(120, self._height + (GAP if index.data(BEGINS) else 0))


class SuggestionList(QListWidget):
    """Shows suggestions under a widget, inside its window. `taken` carries the number of the row clicked."""

    taken = Signal(int)

    def __init__(self, below: QWidget) -> None:
        super().__init__(below.window())
        self._below = below
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setItemDelegate(SuggestionRows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Suggestions"))
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))
        self.hide()

    def fill(self, suggestions: Sequence[Suggestion | Understood | PrintedParties], creates: str) -> None:
        """Show suggestions, and `creates` as the last line; nothing to show hides the list."""
        self.clear()
        for each in suggestions:
            item = QListWidgetItem(each.label)
            item.setData(QUIET, " · ".join(part for part in (each.matched, each.also) if part))
            self.addItem(item)
        if creates:
            self.addItem(QListWidgetItem(creates))
        if not self.count():
            self.hide()
            return
        self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()

    def move_choice(self, rows: int) -> None:
        """Choose the row so many rows below."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + rows)))

    def _place(self) -> None:
        window: Any = self._below.window()
        height = min(self.count(), MOST_ROWS) * ROW + 4
        width = max(self._below.width(), 360)
        at = self._below.mapTo(window, QPoint(0, self._below.height()))
        if at.y() + height > window.height() - 8:
            at = self._below.mapTo(window, QPoint(0, -height))
        at.setX(max(8, min(at.x(), window.width() - width - 8)))
        self.setGeometry(at.x(), max(8, at.y()), min(width, window.width() - 16), height)
