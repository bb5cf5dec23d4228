"""An analyst takes over the visits of a century by keys only: chosen, decided where it matters, written, taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from keyboard import Keyboard
from legation.ui.main_window import MainWindow

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
REAL = os.environ.get("LEGATION_REAL_DATA", "")
MOST_KEYS = 8  # without the letters of the file's name
VISITS = 3264


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="LEGATION_REAL_DATA does not say where the real data is")
def test_a_century_of_visits_is_imported_and_taken_back_by_keys(
    window: MainWindow, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch, events: int
) -> None:
    path = Path(REAL) / "visits" / "us-visits-of-foreign-leaders.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(path), ""))
    keyboard.press(Qt.Key.Key_I, CONTROL | SHIFT)
    page = window.import_page()
    assert page is not None
    keyboard.press(Qt.Key.Key_Return)  # Choose a file
    keyboard.qtbot.waitUntil(lambda: page.plan is not None, timeout=120000)
    assert window.status.count.text() == f"{VISITS:,} rows"
    assert page.columns.isAncestorOf(keyboard.focus())
    keyboard.press(Qt.Key.Key_D, ALT)
    assert keyboard.focus() is page.questions
    keyboard.press(Qt.Key.Key_S)
    keyboard.press(Qt.Key.Key_N)
    assert page.questions.indexOfTopLevelItem(page.questions.currentItem()) == 2
    keyboard.press(Qt.Key.Key_M, ALT)  # at once: what was decided is counted first
    keyboard.qtbot.waitUntil(lambda: "Imported as step" in window.statusBar().currentMessage(), timeout=120000)
    assert QApplication.focusWidget() is page.source.choose
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    keyboard.qtbot.waitUntil(lambda: "Undone: Import" in window.statusBar().currentMessage(), timeout=120000)
    window.show_page("events")
    keyboard.qtbot.waitUntil(lambda: window.status.count.text() == f"{events} records", timeout=20000)
    print(f"\nThe visits, two names decided: {keyboard.count} keys and the name of the file")
    assert keyboard.count <= MOST_KEYS
