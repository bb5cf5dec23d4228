"""The window as a person meets it in tests: opened on a workspace and worked by counted keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from legation.ui.main_window import MainWindow
from legation.ui.pages.record_page import RecordPage


class Keyboard:
    """Keys for whatever has the keyboard, counted."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.count = 0

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds, timeout=20000)

    def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
            self.count += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(self.focus(), key, modifier)
        self.count += 1

    def wait_for_box(self, words: str) -> None:
        """Wait until the keyboard is in an empty box that says these words."""

        def is_there() -> bool:
            focus = QApplication.focusWidget()
            return isinstance(focus, QLineEdit) and focus.placeholderText() == words and not focus.text()

        self.until(is_there)

    def enter_line(self, text: str, next_box: str) -> None:
        """Type into the box of lines, add the line, and wait for the box that comes next."""
        self.type(text)
        self.press(Qt.Key.Key_Return)
        self.wait_for_box(next_box)

    def focus(self) -> QWidget:
        """What has the keyboard."""
        self.until(lambda: QApplication.focusWidget() is not None)
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


def open_window(qtbot: QtBot, path: Path, events: int = 8) -> MainWindow:
    """A window on a workspace with so many events, its first page filled and its table with the keyboard."""
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    shown.open(path)
    qtbot.waitUntil(lambda: shown.status.count.text().partition(" ")[0] == str(events), timeout=20000)
    return shown


def page_of(window: MainWindow) -> RecordPage:
    """The page of records on screen."""
    page = window.record_page()
    assert page is not None
    return page
