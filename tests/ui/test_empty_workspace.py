"""The window on an empty workspace: what stands there says what to do next, and the keyboard is where it helps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.ui.main_window import MainWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SOURCE_BOX = "Add a source"


@pytest.fixture
def empty(qtbot: QtBot, workspace: Path, failures: list[BaseException]) -> Iterator[MainWindow]:
    """The window open on a workspace without an event."""
    shown = open_window(qtbot, workspace, events=0)
    yield shown
    shown.close()
    assert not failures


def test_an_empty_page_says_what_to_do_below_its_filter(qtbot: QtBot, empty: MainWindow, keyboard: Keyboard) -> None:
    for name, is_by_lines in (("events", True), ("officials", False)):
        empty.show_page(name)
        page = page_of(empty)
        keyboard.until(page.empty.isVisible)
        assert ("Ctrl+L" in page.empty.text()) == is_by_lines
        assert "Ctrl+N" in page.empty.text() and "Ctrl+Shift+I" in page.empty.text()
        keyboard.until(lambda page=page: page.filter.mapTo(page, QPoint(0, 0)).y() < page.filter.height())
        keyboard.until(page.words.hasFocus)


def test_the_count_is_told_again_after_another_page(empty: MainWindow, keyboard: Keyboard) -> None:
    empty.show_page("history")
    keyboard.until(lambda: empty.status.count.text() == "1 step")
    history = empty.history_page()
    assert history is not None
    keyboard.until(lambda: "Kind of event “Visit” added" in history.details.toPlainText())
    empty.show_page("events")
    keyboard.until(lambda: empty.status.count.text() == "0 records")


def test_the_first_record_takes_the_keyboard(empty: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    keyboard.until(lambda: page_of(empty).details.form is not None)
    form = page_of(empty).details.form
    assert form is not None
    keyboard.until(lambda: form.isAncestorOf(QApplication.focusWidget()))
    keyboard.type("27 jan 2025")
    form.main.give_keyboard("title")
    keyboard.type("Talks")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(page_of(empty).table.hasFocus)


def test_what_a_new_record_inside_a_line_lacks_is_told_and_gone_to(empty: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    page = page_of(empty)
    keyboard.until(lambda: page.details.form is not None)
    form = page.details.form
    assert form is not None
    keyboard.until(lambda: form.isAncestorOf(QApplication.focusWidget()))
    keyboard.type("27 jan 2025")
    form.main.give_keyboard("title")
    keyboard.type("Talks")
    keyboard.press(Qt.Key.Key_S, ALT)
    keyboard.wait_for_box(SOURCE_BOX)
    keyboard.type("Turkmenistan and Japan talk")
    keyboard.until(lambda: _is_listed(empty))
    keyboard.press(Qt.Key.Key_Return)
    keyboard.wait_for_box(SOURCE_BOX)
    keyboard.press(Qt.Key.Key_Up)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.type("The Caspian Post")
    keyboard.until(lambda: _is_listed(empty))
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.until(lambda: keyboard.focus().accessibleName() == "Name")
    assert form.scroll.widget().width() <= form.scroll.viewport().width()  # nothing stands beyond the edge
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: isinstance(QApplication.focusWidget(), QComboBox))
    assert keyboard.focus().accessibleName() == "Kind"
    assert form.bar.message.text() == "Not saved yet. The Caspian Post: Kind is needed."
    keyboard.type("med")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: page.details.form is None)


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    asked: list[str] = []
    window.welcome.asked.disconnect()
    window.welcome.asked.connect(lambda command: asked.append(command.id))
    keyboard = Keyboard(qtbot)
    keyboard.until(lambda: QApplication.focusWidget() is not None)
    keyboard.press(Qt.Key.Key_Return)
    assert asked == ["new"]
    window.close()


def _is_listed(window: MainWindow) -> bool:
    from legation.ui.forms.suggestion_list import SuggestionList

    return any(each.isVisible() for each in window.findChildren(SuggestionList))
