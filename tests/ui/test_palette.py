"""The palette: commands, pages and records by a few letters, also when Enter comes before the answer."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from keyboard import Keyboard, page_of
from legation.ui.commands.palette import Palette, entries_of, matching
from legation.ui.main_window import MainWindow
from legation.ui.pages.document_page import DocumentPage

CONTROL = Qt.KeyboardModifier.ControlModifier


def _open(keyboard: Keyboard) -> Palette:
    keyboard.press(Qt.Key.Key_K, CONTROL)
    keyboard.until(lambda: isinstance(QApplication.activePopupWidget(), Palette))
    return cast(Palette, QApplication.activePopupWidget())


def test_a_record_is_reached_without_waiting_for_the_list(window: MainWindow, keyboard: Keyboard) -> None:
    _open(keyboard)
    keyboard.type("gurbanov")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page_of(window).page.name == "officials" and page_of(window).current_id() == 1)


def test_arrows_choose_another_line(window: MainWindow, keyboard: Keyboard) -> None:
    palette = _open(keyboard)
    keyboard.type("gurbanov")
    keyboard.until(lambda: palette.list.count() > 1)
    keyboard.press(Qt.Key.Key_Down)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page_of(window).page.name == "events")


def test_pages_and_commands_are_found_by_words_in_any_order(window: MainWindow) -> None:
    labels = [each.label for each in matching(entries_of(window), "eve ne")]
    assert labels == ["New event"]
    assert [each.label for each in matching(entries_of(window), "posts")] == ["Posts"]
    assert not matching(entries_of(window), "zzz")


def test_a_command_runs(window: MainWindow, keyboard: Keyboard) -> None:
    _open(keyboard)
    keyboard.type("new event")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page_of(window).details.form is not None)
    page_of(window).details.close_form()


def test_two_countries_open_their_dossier_and_back(window: MainWindow, keyboard: Keyboard) -> None:
    _open(keyboard)
    keyboard.type("tkm x jpn")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: isinstance(window.stack.currentWidget(), DocumentPage))
    page = cast(DocumentPage, window.stack.currentWidget())
    keyboard.until(lambda: "Turkmenistan and Japan" in page.text.toPlainText())
    keyboard.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    keyboard.until(lambda: window.record_page() is not None)
