"""Two windows on one file see each other's changes, also after their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.ui import workspace
from legation.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "LOOK_MILLISECONDS", 100)


def _retitle(window: MainWindow, keyboard: Keyboard, title: str) -> None:
    """Give the first event another title, in the table."""
    window.activateWindow()
    keyboard.until(window.isActiveWindow)
    table = page_of(window).table
    table.setFocus()
    table.setCurrentIndex(page_of(window).model.index(0, table.columns.index("title")))
    keyboard.press(Qt.Key.Key_F2)
    keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type(title)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: _title(window) == title)


def _title(window: MainWindow) -> str:
    page = page_of(window)
    return str(page.model.index(0, page.table.columns.index("title")).data())


def test_each_sees_what_the_other_writes(qtbot: QtBot, sample: Path, failures: list[BaseException]) -> None:
    keyboard = Keyboard(qtbot)
    one, other = open_window(qtbot, sample), open_window(qtbot, sample)
    _retitle(one, keyboard, "Written in the first")
    keyboard.until(lambda: _title(other) == "Written in the first")
    _retitle(other, keyboard, "Written in the second")
    keyboard.until(lambda: _title(one) == "Written in the second")
    _retitle(one, keyboard, "Written in the first again")
    keyboard.until(lambda: _title(other) == "Written in the first again")
    one.close()
    other.close()
    assert not failures
