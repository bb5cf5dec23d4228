"""Panes: hidden and shown by keys, kept for the next start, large on demand; and a row that stays until it is left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.ui.commands import looks
from legation.ui.main_window import MainWindow
from legation.ui.panes import read_panes
from legation.ui.tables.cell_editing import CellChange, change_cell

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_panes_are_hidden_by_keys_and_stay_so(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow, sample: Path
) -> None:
    keyboard.press(Qt.Key.Key_B, CONTROL)
    assert not window.sidebar.isVisible()
    keyboard.press(Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not page_of(window).details.isVisible()
    window.show_page("officials")
    assert not page_of(window).details.isVisible()
    window.close()
    assert not read_panes().has_pages and not read_panes().has_details
    again = open_window(qtbot, sample)
    assert not again.sidebar.isVisible() and not page_of(again).details.isVisible()
    page_of(again).create()
    qtbot.waitUntil(lambda: page_of(again).details.form is not None, timeout=20000)
    assert page_of(again).details.isVisible()
    looks.pages_pane(again)
    assert again.sidebar.isVisible()
    again.close()


def test_space_shows_the_details_large_and_escape_the_table(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow
) -> None:
    page = page_of(window)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Space)
    assert not page.left.isVisible() and page.details.dossier.hasFocus()
    keyboard.press(Qt.Key.Key_Escape)
    assert page.left.isVisible() and page.table.hasFocus()


def test_a_record_that_no_longer_belongs_here_stays_until_it_is_left(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("planned")
    page = page_of(window)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=20000)
    page.table.setCurrentIndex(page.model.index(1, 0))
    id = page.current_id()
    assert id is not None and window.workspace is not None
    seen = page.table.value_at(page.table.index_of(id, "status"))
    change_cell(window.workspace, page.record, CellChange(id, "status", "cancelled", seen), page.table.cells)
    qtbot.waitUntil(lambda: page.model.held == id, timeout=20000)
    assert page.current_id() == id and page.model.ids[1] == id
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=20000)
    assert id not in page.model.ids
    assert window.status.count.text() == "2 records"


def test_a_deleted_record_does_not_stay(qtbot: QtBot, keyboard: Keyboard, window: MainWindow) -> None:
    page = page_of(window)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 7, timeout=20000)
    assert page.model.held is None
