"""Without eyes and without a mouse: what takes the keyboard has a name, and Tab reaches all of it and comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from keyboard import page_of
from legation.ui.forms.lines_section import LineRow
from legation.ui.look import theme
from legation.ui.main_window import MainWindow
from legation.ui.pages.catalogue import PAGES
from ui.walking import looks_alike_with_keyboard, missed_by_tab, taking_keys, without_a_name

PASTED = "Name\tCountry\tPost\tSince\nAkhmet Gurbanov\tTurkmenistan\tMinister of Water\t3 May 2024\n"
RECORD_PAGES = [page.name for page in PAGES if page.record]


def _show(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Show a page and wait for its rows."""
    window.show_page(name)
    page = window.record_page()
    history, pairs, reports = window.history_page(), window.duplicates_page(), window.reports_page()
    if (imports := window.import_page()) is not None:
        imports.open_pasted(PASTED)
        qtbot.waitUntil(lambda: imports.plan is not None, timeout=20000)
        imports.source.fold.setChecked(True)
    elif reports is not None:
        reports.show_report("who-met-whom")
        qtbot.waitUntil(lambda: reports.made is not None, timeout=20000)
        assert reports.options.more is not None
        reports.options.more.setChecked(True)
    elif page is not None:
        qtbot.waitUntil(lambda: page.model.rowCount() > 0 and bool(page.details.dossier.toPlainText()), timeout=20000)
    elif pairs is not None:
        qtbot.waitUntil(lambda: pairs.is_done, timeout=20000)
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


@pytest.fixture(autouse=True)
def _as_people_see_it(qapp: QApplication) -> Iterator[None]:
    """With the colours and rules of the program: they show where the keyboard is."""
    theme.choose(qapp, "light", 0)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def check(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Looks at all that is on screen."""

    def look() -> None:
        qtbot.waitUntil(window.isActiveWindow, timeout=20000)
        assert without_a_name(window) == []
        assert missed_by_tab(window, window.sidebar) == []
        assert missed_by_tab(window, window.sidebar, Qt.Key.Key_Backtab) == []
        assert looks_alike_with_keyboard(window) == []

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
    assert len(taking_keys(form, Qt.FocusPolicy.TabFocus)) > 1
    check()


def test_the_welcome_page_is_usable_without_a_mouse(qtbot: QtBot) -> None:
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow, timeout=20000)
    buttons = taking_keys(shown.welcome, Qt.FocusPolicy.TabFocus) or taking_keys(shown, Qt.FocusPolicy.TabFocus)
    assert len(buttons) >= 3
    assert without_a_name(shown) == []
    assert missed_by_tab(shown, buttons[0]) == []


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
    assert without_a_name(shown) == ["QLineEdit in QWidget"]
    with pytest.raises(pytest.fail.Exception, match="Key_Tab is trapped in QPlainTextEdit"):
        missed_by_tab(shown, named)
    trap.setTabChangesFocus(True)
    silent.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    assert missed_by_tab(shown, named) == []
