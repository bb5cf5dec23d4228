"""Keys that the person chooses: kept, shown, and told when they are taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, page_of
from legation import settings
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.commands.chosen_keys import keys_of, why_not
from legation.ui.dialogs.change_key import ChangeKeyDialog
from legation.ui.dialogs.key_sheet import KeySheet
from legation.ui.main_window import MainWindow

BY_ID = {each.id: each for each in COMMANDS}


def test_no_two_commands_have_one_key_at_first() -> None:
    for command in COMMANDS:
        told = [why_not(command, key, {}) for key in command.keys]
        assert not any("is the key of" in each or "goes to the page" in each for each in told)


@pytest.mark.parametrize(
    ("key", "begins"),
    [("Ctrl+D", "Ctrl+D is the key of “Duplicate”"), ("Ctrl+3", "Ctrl+3 goes to the page Planned"), ("X", "X alone")],
)
def test_a_clash_is_told(key: str, begins: str) -> None:
    assert why_not(BY_ID["new-event"], key, {}).startswith(begins)
    assert why_not(BY_ID["new-event"], "F9", {}) == ""
    assert why_not(BY_ID["new-event"], "Ctrl+D", {"duplicate": "F8"}) == ""
    assert keys_of(BY_ID["new-event"], {"new-event": ""}) == ()


def test_a_key_is_changed_in_the_sheet_works_and_comes_back(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard
) -> None:
    keyboard.press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.findChildren(KeySheet)), timeout=20000)
    sheet = window.findChildren(KeySheet)[0]
    qtbot.waitUntil(sheet.line.hasFocus, timeout=20000)
    keyboard.type("new event")
    keyboard.press(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ChangeKeyDialog)), timeout=20000)
    dialog = sheet.findChildren(ChangeKeyDialog)[0]
    qtbot.waitUntil(dialog.box.hasFocus, timeout=20000)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    keyboard.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert "Duplicate" in dialog.told.text() and not ok.isEnabled()
    keyboard.press(Qt.Key.Key_F9)
    assert dialog.box.text() == "F9" and ok.isEnabled()
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings.read_settings().keys == {"new-event": "F9"}, timeout=20000)
    sheet.close()
    window.activateWindow()
    page_of(window).table.setFocus()
    keyboard.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page_of(window).details.form is not None, timeout=20000)
    page_of(window).details.discard()
    settings.write_settings(settings.Settings())
    window.show_keys()
    assert window.actions_by_id["new-event"].shortcut().toString() == "Ctrl+I"
