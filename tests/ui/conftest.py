"""What tests of the window share: the window open on the sample, and the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
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

    def focus(self) -> QWidget:
        """What has the keyboard."""
        self.until(lambda: QApplication.focusWidget() is not None)
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    """The keyboard."""
    return Keyboard(qtbot)


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What the window would have shown as errors; a test that wants none looks at the end."""
    found: list[BaseException] = []
    monkeypatch.setattr(MainWindow, "failed", lambda _window, error: found.append(error))
    return found


@pytest.fixture
def window(qtbot: QtBot, sample: Path, failures: list[BaseException]) -> Iterator[MainWindow]:
    """The window open on the sample, the first page filled."""
    shown = open_window(qtbot, sample)
    yield shown
    shown.close()
    assert not failures


def open_window(qtbot: QtBot, path: Path) -> MainWindow:
    """A window on a workspace with the sample, its first page filled and its table with the keyboard."""
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    shown.open(path)
    qtbot.waitUntil(lambda: shown.status.count.text() == "8 records", timeout=20000)
    return shown


def page_of(window: MainWindow) -> RecordPage:
    """The page of records on screen."""
    page = window.record_page()
    assert page is not None
    return page
