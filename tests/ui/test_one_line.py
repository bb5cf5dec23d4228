"""The dialog of one-line entry: what is understood shows while typing, Enter adds, what is wrong stays."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from legation.storage.database import Database
from legation.ui.dialogs.one_line import OneLineDialog
from legation.ui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def _dialog(qtbot: QtBot, window: MainWindow, keyboard: Keyboard) -> OneLineDialog:
    keyboard.press(Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(OneLineDialog)), timeout=20000)
    dialog = next(each for each in window.findChildren(OneLineDialog) if each.isVisible())
    qtbot.waitUntil(dialog.box.hasFocus, timeout=20000)
    return dialog


def _titles(path: Path) -> list[str]:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return [row[0] for row in reader.sql("SELECT title FROM event WHERE id > 8 ORDER BY id")]


def test_a_line_is_understood_completed_and_added(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    dialog = _dialog(qtbot, window, keyboard)
    keyboard.type("27 jan 2025 meeting TKM>jap")
    qtbot.waitUntil(lambda: dialog.box.completes, timeout=20000)
    keyboard.press(Qt.Key.Key_Tab)
    assert dialog.box.toPlainText() == "27 jan 2025 meeting TKM>JPN "
    keyboard.type("Gurbanov / Fujii")
    qtbot.waitUntil(lambda: "Fujii Hisayuki: known" in dialog.told.text(), timeout=20000)
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _titles(sample) == ["Gurbanov - Fujii meeting"], timeout=20000)
    qtbot.waitUntil(lambda: dialog.box.toPlainText() == "", timeout=20000)
    keyboard.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20000)


def test_details_that_are_slow_do_not_keep_a_line_from_being_understood(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard
) -> None:
    assert window.workspace is not None
    shown = threading.Event()
    window.workspace.details.ask_too(lambda _reader: shown.wait(60), lambda _answer: None, lasts=True)
    try:
        dialog = _dialog(qtbot, window, keyboard)
        keyboard.type("27 jan 2025 meeting TKM>JPN Gurbanov / Fujii")
        qtbot.waitUntil(lambda: "Fujii Hisayuki: known" in dialog.told.text(), timeout=20000)
    finally:
        shown.set()


def test_pasted_lines_are_added_and_the_wrong_one_stays_also_over_closing(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    dialog = _dialog(qtbot, window, keyboard)
    wrong = "2 feb 2025 meeting TKM>XXX"
    QApplication.clipboard().setText(f"1 feb 2025 meeting KAZ+JPN\n{wrong}\n3 feb 2025 visit UZB>JPN\n")
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(_titles(sample)) == 2, timeout=20000)
    qtbot.waitUntil(lambda: dialog.box.toPlainText() == wrong, timeout=20000)
    qtbot.waitUntil(lambda: "No country or organisation is called “XXX”" in dialog.told.text(), timeout=20000)
    keyboard.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20000)
    window.activateWindow()
    again = _dialog(qtbot, window, keyboard)
    assert again.box.toPlainText() == wrong
    again.close()
