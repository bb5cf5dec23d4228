"""What tests of the window share: the window open on the sample, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window
from legation.ui.main_window import MainWindow
from legation.ui.reports.page import ReportsPage


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
    QApplication.clipboard().clear()  # where there is no screen, it would be freed after Python has gone
    assert not failures


@pytest.fixture
def chronology(window: MainWindow, keyboard: Keyboard) -> ReportsPage:
    """The page with the chronology of Turkmenistan and Japan on show."""
    window.show_report("bilateral-chronology", country="TKM", other="JPN")
    page = window.reports_page()
    assert page is not None
    keyboard.until(lambda: page.made is not None and page.is_current)
    return page
