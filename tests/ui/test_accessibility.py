"""Without eyes and without a mouse: what takes the keyboard has a name, and Tab reaches all of it and comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from keyboard import page_of
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.forms.lines_section import LineRow
from legation.ui.main_window import MainWindow
from legation.ui.pages.catalogue import PAGES

MOST_TABS = 600  # more than the sample's longest dossier has links
RECORD_PAGES = [page.name for page in PAGES if page.record]


def _show(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Show a page and wait for its rows."""
    window.show_page(name)
    page = window.record_page()
    history = window.history_page()
    if page is not None:
        qtbot.waitUntil(lambda: page.model.rowCount() > 0 and bool(page.details.dossier.toPlainText()), timeout=20000)
    else:
        assert history is not None
        qtbot.waitUntil(lambda: bool(history.details.toPlainText()), timeout=20000)


def _open_form(qtbot: QtBot, window: MainWindow, *, is_new: bool) -> QWidget:
    """Open the form of the chosen record, or of a new one, with everything in it unfolded."""
    page = page_of(window)
    page.create() if is_new else page.edit()
    qtbot.waitUntil(lambda: page.details.form is not None, timeout=20000)
    form = page.details.form
    assert form is not None
    form.more.setChecked(True)
    for row in form.findChildren(LineRow):
        row.turn()
    qtbot.wait(1)
    return form


def _taking_keys(window: QWidget, policy: Qt.FocusPolicy) -> list[QWidget]:
    """The widgets on screen that take the keyboard in a way, those that stand for others left aside."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy().value & policy.value == policy.value
        and each.focusProxy() is None
        and each.isVisibleTo(window)
        and each.isEnabled()
        and each.window() is window.window()
    ]


def _without_a_name(window: QWidget) -> list[str]:
    """Which of them a screen reader could not call by a name: an own one, its words, or those of its label."""
    return [
        f"{type(each).__name__} in {type(each.parent()).__name__}"
        for each in _taking_keys(window, Qt.FocusPolicy.ClickFocus)
        if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name).strip()
    ]


def _missed_by_tab(window: QWidget, start: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """Which widgets Tab does not reach on its way from one widget round to the same; fails where it is trapped."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = []
    for _count in range(MOST_TABS):
        focus = QApplication.focusWidget()
        assert focus is not None, f"the keyboard is lost after {reached[-1] if reached else start}"
        if focus is start and reached:
            break
        reached.append(focus)
        QTest.keyClick(focus, key)
    else:
        pytest.fail(f"{key.name} is trapped in {type(reached[-1]).__name__} in {type(reached[-1].parent()).__name__}")
    wanted = _taking_keys(window, Qt.FocusPolicy.TabFocus)
    assert start in wanted
    return [f"{type(each).__name__} in {type(each.parent()).__name__}" for each in wanted if each not in reached]


@pytest.fixture
def check(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Looks at all that is on screen."""

    def look() -> None:
        qtbot.waitUntil(window.isActiveWindow, timeout=20000)
        assert _without_a_name(window) == []
        assert _missed_by_tab(window, window.sidebar) == []
        assert _missed_by_tab(window, window.sidebar, Qt.Key.Key_Backtab) == []

    return look


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_a_page_is_usable_without_a_mouse(
    qtbot: QtBot, window: MainWindow, check: Callable[[], None], name: str
) -> None:
    _show(qtbot, window, name)
    check()


@pytest.mark.parametrize("name", RECORD_PAGES)
@pytest.mark.parametrize("is_new", [False, True], ids=["form", "new"])
def test_a_form_is_usable_without_a_mouse(
    qtbot: QtBot, window: MainWindow, check: Callable[[], None], name: str, is_new: bool
) -> None:
    _show(qtbot, window, name)
    form = _open_form(qtbot, window, is_new=is_new)
    assert len(_taking_keys(form, Qt.FocusPolicy.TabFocus)) > 1
    check()


def test_the_welcome_page_is_usable_without_a_mouse(qtbot: QtBot) -> None:
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow, timeout=20000)
    buttons = _taking_keys(shown.welcome, Qt.FocusPolicy.TabFocus) or _taking_keys(shown, Qt.FocusPolicy.TabFocus)
    assert len(buttons) >= 3
    assert _without_a_name(shown) == []
    assert _missed_by_tab(shown, buttons[0]) == []


def test_the_key_sheet_is_usable_without_a_mouse(qtbot: QtBot, window: MainWindow) -> None:
    window.run(next(each for each in COMMANDS if each.id == "keys"))
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(QDialog)), timeout=20000)
    (sheet,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    qtbot.waitUntil(sheet.isActiveWindow, timeout=20000)
    assert sheet.windowTitle()
    assert _without_a_name(sheet) == []
    assert _missed_by_tab(sheet, _taking_keys(sheet, Qt.FocusPolicy.TabFocus)[0]) == []


def test_a_widget_without_a_name_is_found(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout

    shown = QWidget()
    qtbot.addWidget(shown)
    column = QVBoxLayout(shown)
    label, named, silent, trap = QLabel("Name"), QLineEdit(), QLineEdit(), QPlainTextEdit()
    label.setBuddy(named)
    trap.setAccessibleName("Tab writes a tab here")
    for each in (label, named, silent, trap):
        column.addWidget(each)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow, timeout=20000)
    assert _without_a_name(shown) == ["QLineEdit in QWidget"]
    with pytest.raises(pytest.fail.Exception, match="Key_Tab is trapped in QPlainTextEdit"):
        _missed_by_tab(shown, named)
    trap.setTabChangesFocus(True)
    silent.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    assert _missed_by_tab(shown, named) == []
