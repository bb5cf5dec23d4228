"""What is typed in stays in sight: also when the form above it grows, as hints and new lines make it do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

AROUND = 40  # pixels kept free above and below


class Sight(QObject):
    """Scrolls a form so that the widget with the keyboard is seen."""

    def __init__(self, scroll: QScrollArea) -> None:
        super().__init__(scroll)
        self._scroll = scroll
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._look)
        scroll.viewport().installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def watch(self, content: QWidget) -> None:
        """Look again whenever what is scrolled grows or shrinks."""
        content.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A new size moves what is below."""
        if event.type() == QEvent.Type.Resize:
            self._later.start()
        return False

    def _moved(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self._look()

    def _look(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._scroll.isVisible() and self._scroll.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, AROUND)
