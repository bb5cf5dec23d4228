"""The drop-down of forms."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox

NARROWEST = 80  # pixels
FRAME, ROUND = 2, 3  # pixels


class Choices(QComboBox):
    """A drop-down that the mouse wheel leaves alone while a form is scrolled, and that leaves Ctrl+Z to the form."""

    def minimumSizeHint(self) -> QSize:
        """As narrow as a text box may get: a long term is cut short rather than the form widened."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def __init__(self) -> None:
        super().__init__()
        self._since_letter = QElapsedTimer()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the keyboard it has the frame that text boxes have then: Fusion draws none."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), FRAME))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), ROUND, ROUND)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A blank typed right after letters goes on with the term; otherwise it opens the list, as ever."""
        interval = QApplication.keyboardInputInterval()
        is_letter = event.text().isprintable() and bool(event.text().strip())
        goes_on = self._since_letter.isValid() and not self._since_letter.hasExpired(interval)
        if event.key() == Qt.Key.Key_Space and goes_on:
            self._go_on_with_blank()
        else:
            super().keyPressEvent(event)
            if not is_letter:
                self._since_letter.invalidate()
                return
        self._since_letter.start()

    def _go_on_with_blank(self) -> None:
        view = self.view()
        view.setCurrentIndex(self.model().index(self.currentIndex(), self.modelColumn()))
        view.keyboardSearch(" ")
        row = view.currentIndex().row()
        if row not in (-1, self.currentIndex()):
            self.setCurrentIndex(row)
            self.activated.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Take plain letters for choosing, before a shortcut of one letter takes them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)
