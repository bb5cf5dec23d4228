"""Two windows on one file see each other's changes, also after their own; what is being typed stays."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.loading import load_draft
from legation.storage.saving import save
from legation.storage.steps import ChangeSet
from legation.ui import workspace
from legation.ui.forms.choosing import Choice
from legation.ui.main_window import MainWindow
from legation.ui.tables.cell_editing import CellChange, change_cell


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "LOOK_MILLISECONDS", 100)


def _retitle(window: MainWindow, keyboard: Keyboard, title: str) -> None:
    """Give the first event another title, in the table."""
    window.activateWindow()
    keyboard.until(window.isActiveWindow)
    table = page_of(window).table
    table.setFocus()
    table.setCurrentIndex(page_of(window).model.index(0, table.columns.index("title")))
    keyboard.press(Qt.Key.Key_F2)
    keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type(title)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: _title(window) == title)


def _title(window: MainWindow) -> str:
    page = page_of(window)
    return str(page.model.index(0, page.table.columns.index("title")).data())


def test_each_sees_what_the_other_writes(qtbot: QtBot, sample: Path, failures: list[BaseException]) -> None:
    keyboard = Keyboard(qtbot)
    one, other = open_window(qtbot, sample), open_window(qtbot, sample)
    _retitle(one, keyboard, "Written in the first")
    keyboard.until(lambda: _title(other) == "Written in the first")
    _retitle(other, keyboard, "Written in the second")
    keyboard.until(lambda: _title(one) == "Written in the second")
    _retitle(one, keyboard, "Written in the first again")
    keyboard.until(lambda: _title(other) == "Written in the first again")
    one.close()
    other.close()
    assert not failures


def _type_in_first(window: MainWindow, keyboard: Keyboard, title: str) -> None:
    """Open the title of the first event in the table and type another, without entering it."""
    window.activateWindow()
    keyboard.until(window.isActiveWindow)
    table = page_of(window).table
    table.setFocus()
    table.setCurrentIndex(page_of(window).model.index(0, table.columns.index("title")))
    keyboard.press(Qt.Key.Key_F2)
    keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type(title)


def _typed(window: MainWindow) -> str:
    """What stands in the open editor of the table; "" where none has the keyboard."""
    focus = QApplication.focusWidget()
    is_in_table = focus is not None and page_of(window).table.isAncestorOf(focus)
    return focus.text() if is_in_table and isinstance(focus, QLineEdit) else ""


def _write(window: MainWindow, row: int, title: str) -> None:
    """Give the event of a row another title, as a step of this window that nobody types."""
    page = page_of(window)
    id = page.model.ids[row]
    change = CellChange(id, "title", title, page.table.value_at(page.table.index_of(id, "title")))
    change_cell(page.workspace, page.record, change, page.table.cells)


@pytest.mark.parametrize("who", ["the other window", "this window"])
def test_a_cell_being_typed_in_stays_open_when_another_row_is_written(
    qtbot: QtBot, sample: Path, failures: list[BaseException], who: str
) -> None:
    keyboard = Keyboard(qtbot)
    other, one = open_window(qtbot, sample), open_window(qtbot, sample)
    _type_in_first(one, keyboard, "Half a ti")
    changes: list[object] = []
    page_of(one).workspace.changed.connect(changes.append)
    _write(other if who == "the other window" else one, 1, "Written meanwhile")
    keyboard.until(lambda: bool(changes))
    qtbot.wait(400)
    assert _typed(one) == "Half a ti"
    keyboard.type("tle")
    keyboard.press(Qt.Key.Key_Return)
    for window in (one, other):
        keyboard.until(lambda window=window: _titles(window)[:2] == ["Half a title", "Written meanwhile"])  # type: ignore[misc]
    one.close()
    other.close()
    assert not failures


def _titles(window: MainWindow) -> list[str]:
    page = page_of(window)
    column = page.table.columns.index("title")
    return [str(page.model.index(row, column).data()) for row in range(page.model.rowCount())]


@pytest.mark.parametrize(("key", "kept"), [(Qt.Key.Key_Return, "Mine"), (Qt.Key.Key_Escape, "Theirs")])
def test_a_cell_changed_elsewhere_while_it_is_typed_in_asks_which_value_holds(
    qtbot: QtBot, sample: Path, failures: list[BaseException], key: Qt.Key, kept: str
) -> None:
    keyboard = Keyboard(qtbot)
    other, one = open_window(qtbot, sample), open_window(qtbot, sample)
    _type_in_first(one, keyboard, "Mine")
    _write(other, 0, "Theirs")
    keyboard.until(lambda: _title(other) == "Theirs")
    qtbot.wait(300)
    said: list[str] = []
    page_of(one).told.connect(said.append)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: bool(said) and _typed(one) == "Mine")
    assert "“Theirs”" in said[0]
    keyboard.press(key)
    for window in (one, other):
        keyboard.until(lambda window=window: _title(window) == kept)  # type: ignore[misc]
    one.close()
    other.close()
    assert not failures


def test_a_record_changed_elsewhere_while_its_form_is_open_is_chosen_field_by_field(
    qtbot: QtBot, sample: Path, failures: list[BaseException]
) -> None:
    keyboard = Keyboard(qtbot)
    other, one = open_window(qtbot, sample), open_window(qtbot, sample)
    one.activateWindow()
    keyboard.until(one.isActiveWindow)
    page = page_of(one)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page.details.form is not None)
    form = page.details.form
    assert form is not None
    keyboard.until(lambda: form.isAncestorOf(QApplication.focusWidget()))
    mine = {"title": "My title", "venue": "My venue", "city": "My city"}
    for name, text in mine.items():
        form.main.give_keyboard(name)
        keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        keyboard.type(text)
    theirs = {"title": "Their title", "venue": "Their venue", "summary": "Their summary"}

    def written(database: Database) -> ChangeSet:
        with closing(database.reader()) as reader:
            draft = load_draft(reader, record_type("event"), int(form.draft.id or 0))
        draft.values |= theirs
        return database.write("Change", lambda session: save(session, draft))

    changes: list[object] = []
    page_of(other).workspace.write(written, changes.append)
    keyboard.until(lambda: bool(changes))
    keyboard.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    keyboard.until(lambda: isinstance(QApplication.focusWidget(), Choice))
    choices = form.findChildren(Choice)
    assert [each.keep.text() for each in choices] == ["1: keep yours, “My title”", "1: keep yours, “My venue”"]
    assert [each.take.text() for each in choices] == [
        "2: take the other, “Their title”",
        "2: take the other, “Their venue”",
    ]
    keyboard.press(Qt.Key.Key_1)
    keyboard.until(lambda: QApplication.focusWidget() is choices[1])
    keyboard.press(Qt.Key.Key_2)
    assert form.draft["venue"] == "Their venue"
    keyboard.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    keyboard.until(lambda: page.details.form is None)
    with closing(Database(sample)) as database, closing(database.reader()) as reader:
        now = load_draft(reader, record_type("event"), int(form.draft.id or 0))
    wanted = {"title": "My title", "venue": "Their venue", "city": "My city", "summary": "Their summary"}
    assert {name: now[name] for name in wanted} == wanted
    one.close()
    other.close()
    assert not failures
