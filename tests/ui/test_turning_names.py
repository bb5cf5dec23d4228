"""One key turns the name of a new official round, and the form says before how it was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from keyboard import Keyboard, page_of
from legation.ui.main_window import MainWindow

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_the_name_of_a_new_delegate_is_turned_and_undone(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL | SHIFT)
    keyboard.until(lambda: "no new official" in window.statusBar().currentMessage())
    keyboard.press(Qt.Key.Key_I, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is not None)
    form = page_of(window).details.form
    assert form is not None
    keyboard.until(lambda: form.isAncestorOf(QApplication.focusWidget()))
    keyboard.press(Qt.Key.Key_P, ALT)
    keyboard.wait_for_box("Add a party: a country or a body")
    keyboard.enter_line("jpn", "Add a delegate")
    keyboard.enter_line("Kenji Sato, Vice Minister of Foreign Affairs", "Add a delegate")
    keyboard.enter_line("Taro Abe, Director of the Ministry of Foreign Affairs of Japan", "Add a delegate")
    told = "Taro Abe: taken with Taro as the family name. Ctrl+Shift+N turns the name round. · and 1 more"
    keyboard.until(lambda: form.bar.flags.text() == told)
    delegates = form.draft.lines["delegations"][0].lines["delegates"]
    keyboard.press(Qt.Key.Key_N, CONTROL | SHIFT)
    assert [each["person_id"]["name"] for each in delegates] == ["Kenji Sato", "Abe Taro"]
    keyboard.press(Qt.Key.Key_Up)
    keyboard.press(Qt.Key.Key_Up)
    keyboard.press(Qt.Key.Key_N, CONTROL | SHIFT)
    assert [each["person_id"]["name"] for each in delegates] == ["Sato Kenji", "Abe Taro"]
    rows = [row for row in form.rows() if row.line.record.name == "delegate"]
    keyboard.until(lambda: [row.head.mark.text() for row in rows] == ["?", "?"])
    keyboard.until(lambda: "Sato Kenji" in rows[0].head.words.text())
    form.undo()
    person = form.draft.lines["delegations"][0].lines["delegates"][0]["person_id"]
    assert person["name"] == "Kenji Sato"
    page_of(window).details.discard()
