"""Keys that the person chooses: kept, shown, and told when they are taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from keyboard import Keyboard, page_of
from legation import settings
from legation.ui.commands.chosen_keys import all_keyed, keys_of, why_not
from legation.ui.commands.palette import entries_of
from legation.ui.dialogs.change_key import ChangeKeyDialog
from legation.ui.dialogs.key_sheet import KeySheet, lines_of
from legation.ui.main_window import MainWindow

BY_ID = {each.id: each for each in all_keyed()}


def test_no_two_commands_have_one_key_at_first() -> None:
    for each in all_keyed():
        told = [why_not(each, key, {}) for key in each.keys]
        assert not any(told) or (each.id, told) == ("filter", ["", "/ alone is needed for typing. Add Ctrl or Alt."])


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        ("Ctrl+D", "Ctrl+D is the key of “Duplicate”"),
        ("Ctrl+3", "Ctrl+3 goes to the page Planned"),
        ("X", "X alone"),
        ("Alt+F", "Alt+F opens the menu File"),
        ("Ctrl+X", "Ctrl+X is needed for editing text"),
    ],
)
def test_a_clash_is_told(key: str, begins: str) -> None:
    assert why_not(BY_ID["new-event"], key, {}).startswith(begins)
    assert why_not(BY_ID["new-event"], "F9", {}) == ""
    assert why_not(BY_ID["new-event"], "Ctrl+D", {"duplicate": "F8"}) == ""
    assert keys_of(BY_ID["new-event"], {"new-event": ""}) == ()


@pytest.fixture
def _first_keys_again(window: MainWindow) -> Iterator[None]:
    """Give everything its own keys again."""
    yield
    settings.write_settings(settings.Settings())


def _ask_for_key_of(keyboard: Keyboard, window: MainWindow, words: str) -> tuple[KeySheet, ChangeKeyDialog]:
    """Open the key sheet, find something by words, and ask for another key."""
    keyboard.press(Qt.Key.Key_F1)
    keyboard.until(lambda: any(each.isVisible() for each in window.findChildren(KeySheet)))
    sheet = next(each for each in window.findChildren(KeySheet) if each.isVisible())
    keyboard.until(sheet.line.hasFocus)
    keyboard.type(words)
    keyboard.press(Qt.Key.Key_F2)
    keyboard.until(lambda: any(each.isVisible() for each in sheet.findChildren(ChangeKeyDialog)))
    dialog = next(each for each in sheet.findChildren(ChangeKeyDialog) if each.isVisible())
    keyboard.until(dialog.box.hasFocus)
    return sheet, dialog


@pytest.mark.usefixtures("_first_keys_again")
def test_a_key_is_changed_in_the_sheet_works_and_comes_back(window: MainWindow, keyboard: Keyboard) -> None:
    sheet, dialog = _ask_for_key_of(keyboard, window, "new event")
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    keyboard.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert "Duplicate" in dialog.told.text() and not ok.isEnabled()
    keyboard.press(Qt.Key.Key_F9)
    assert dialog.box.text() == "F9" and ok.isEnabled()
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: settings.read_settings().keys == {"new-event": "F9"})
    sheet.close()
    window.activateWindow()
    page_of(window).table.setFocus()
    keyboard.press(Qt.Key.Key_F9)
    keyboard.until(lambda: page_of(window).details.form is not None)
    page_of(window).details.discard()
    settings.write_settings(settings.Settings())
    window.show_keys()
    assert window.actions_by_id["new-event"].shortcut().toString() == "Ctrl+I"


@pytest.mark.usefixtures("_first_keys_again")
def test_the_key_of_a_page_is_changed_and_told_everywhere(window: MainWindow, keyboard: Keyboard) -> None:
    sheet, dialog = _ask_for_key_of(keyboard, window, "officials")
    assert dialog.box.text() == "Ctrl+4"
    keyboard.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert "the page Planned" in dialog.told.text()
    keyboard.press(Qt.Key.Key_F7)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: settings.read_settings().keys == {"page-officials": "F7"})
    assert next(each.keys for each in lines_of(window) if each.name == "Officials") == "F7"
    assert next(each.beside for each in entries_of(window) if each.label == "Officials") == "Page · F7"
    assert window.sidebar.item(3).toolTip() == "F7"
    sheet.close()
    window.activateWindow()
    page_of(window).table.setFocus()
    keyboard.press(Qt.Key.Key_F7)
    keyboard.until(lambda: page_of(window).page.name == "officials")
    keyboard.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    keyboard.until(lambda: page_of(window).page.name == "events")
    keyboard.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window).page.name == "events"
