"""Saved views in the window: kept by keys, listed below the pages, shown again as they were, forgotten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.ui.commands.palette import entries_of
from legation.ui.dialogs.ask_name import AskNameDialog
from legation.ui.main_window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _save(window: MainWindow, keyboard: Keyboard, name: str) -> None:
    keyboard.press(Qt.Key.Key_S, CONTROL | SHIFT)
    keyboard.until(lambda: isinstance(QApplication.activeModalWidget(), AskNameDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AskNameDialog)
    keyboard.until(dialog.line.hasFocus)
    keyboard.type(name)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: [each.name for each in window.views.all] == [name])


def test_a_view_is_kept_and_shown_again(window: MainWindow, keyboard: Keyboard, qtbot: QtBot, sample: Path) -> None:
    page = page_of(window)
    page.filter.set_text("country:JPN kind:meeting")
    page.table.choose(["title", "date", "status"])
    page.table.sort_by(["-title"])
    keyboard.until(lambda: page.model.ids == [4, 3] and page.model.columnCount() == 3)
    _save(window, keyboard, "Met in Japan")
    window.activateWindow()
    page.filter.set_text("")
    page.table.choose(["date", "title", "kind"])
    page.table.sort_by([])
    keyboard.until(lambda: page.model.rowCount() == 8)
    window.show_page("countries")
    row = window.sidebar.count() - 1
    assert window.sidebar.item(row).text() == "Met in Japan"
    assert "with Japan; of the kind meeting" in window.sidebar.item(row).toolTip()
    window.sidebar.setCurrentRow(row)
    keyboard.until(lambda: window.record_page() is page and page.model.ids == [4, 3])
    assert page.columns_on_screen() == ["title", "date", "status"]
    assert page.words.text() == "country:JPN kind:meeting"
    assert window.sidebar.currentRow() == row
    assert "Met in Japan" in [each.label for each in entries_of(window)]
    window.close()
    second = open_window(qtbot, sample)
    qtbot.waitUntil(lambda: [each.name for each in second.views.all] == ["Met in Japan"], timeout=20000)
    second.close()


def test_a_view_is_replaced_forgotten_and_brought_back(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    page.filter.set_text("tokyo")
    keyboard.until(lambda: page.model.rowCount() == 2)
    _save(window, keyboard, "Tokyo")
    window.activateWindow()
    page.filter.set_text("city:tokyo")
    keyboard.until(lambda: str(page.filter.conditions[0]) == "city:tokyo")
    _save(window, keyboard, "Tokyo")
    keyboard.until(lambda: window.views.all[0].filter == "city:tokyo")
    window.activateWindow()
    window.views.forget()
    keyboard.until(lambda: not window.views.all)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    keyboard.until(lambda: [each.filter for each in window.views.all] == ["city:tokyo"])
