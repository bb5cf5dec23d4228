"""Every dialog, and what opens inside the window: named, reached by Tab, and seen to have the keyboard."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

import legation.ui
from keyboard import Keyboard, page_of
from legation.storage.backup import make_backup
from legation.storage.report_sets import KeptReport, ReportSet, keep_report_set
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.commands.chosen_keys import all_keyed
from legation.ui.dialogs.change_key import ChangeKeyDialog
from legation.ui.dialogs.preview import PreviewDialog
from legation.ui.forms.link_box import LinkBox
from legation.ui.look import theme
from legation.ui.main_window import MainWindow
from ui.walking import looks_alike_with_keyboard, missed_by_tab, taking_keys, without_a_name

BY_ID = {each.id: each for each in COMMANDS}


@pytest.fixture(autouse=True)
def _as_people_see_it(qapp: QApplication) -> Iterator[None]:
    """With the colours and rules of the program: they show where the keyboard is."""
    theme.choose(qapp, "light", 0)
    yield
    qapp.setStyleSheet("")


def _run(id: str) -> Callable[[MainWindow], None]:
    return lambda window: window.run(BY_ID[id])


def _paste(window: MainWindow) -> None:
    QApplication.clipboard().setText("Date\tTitle\n3 feb 2025\tA pasted one\n")
    window.run(BY_ID["paste"])


def _edit_rows(window: MainWindow) -> None:
    page = page_of(window)
    page.table.setCurrentIndex(page.model.index(0, page.table.columns.index("city")))
    window.run(BY_ID["rows"])


def _restore(window: MainWindow) -> None:
    assert window.workspace is not None
    make_backup(window.workspace.path)
    window.run(BY_ID["restore"])


def _merge(window: MainWindow) -> None:
    window.show_page("officials")
    while page_of(window).current_id() is None:
        QApplication.processEvents()
    window.run(BY_ID["merge"])


def _on_a_report(id: str) -> Callable[[MainWindow], None]:
    """A command of the Reports page, with a report on show and a set kept."""

    def open_dialog(window: MainWindow) -> None:
        window.show_report("who-met-whom")
        page, workspace = window.reports_page(), window.workspace
        assert page is not None and workspace is not None
        kept = ReportSet("Monday", (KeptReport("upcoming"),))
        workspace.write(lambda database: database.write("Set", lambda session: keep_report_set(session, kept)))
        while not (page.is_current and page.sets.count()):
            QApplication.processEvents()
        window.run(BY_ID[id])

    return open_dialog


OPENED: dict[str, Callable[[MainWindow], None]] = {  # class of the dialog: what opens it
    "KeySheet": _run("keys"),
    "ExportDialog": _run("export"),
    "RestoreDialog": _restore,
    "ColumnsDialog": _run("columns"),
    "Palette": _run("palette"),
    "AskNameDialog": _run("save-view"),
    "MergeDialog": _merge,
    "OneLineDialog": _run("one-line"),
    "PasteRowsDialog": _paste,
    "EditRowsDialog": _edit_rows,
    "SaveReportDialog": _on_a_report("save-report"),
    "KeepSetDialog": _on_a_report("keep-set"),
    "WriteSetDialog": _on_a_report("write-set"),
    "ChangeKeyDialog": lambda window: ChangeKeyDialog(window, all_keyed()[0], {}).open(),
}
SHARED = {PreviewDialog.__name__}  # never opened by themselves


def _dialog_classes() -> set[str]:
    """The names of all dialogs that the program has."""
    found: set[str] = set()
    for module in pkgutil.walk_packages(legation.ui.__path__, "legation.ui."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, type) and issubclass(value, QDialog) and value.__module__.startswith("legation."):
                found.add(name)
    return found


def test_no_dialog_is_left_out() -> None:
    assert _dialog_classes() - SHARED == set(OPENED)


def _look(qtbot: QtBot, shown: QWidget) -> None:
    qtbot.waitUntil(lambda: shown.isVisible() and bool(taking_keys(shown, Qt.FocusPolicy.TabFocus)), timeout=20000)
    assert without_a_name(shown) == []
    takers = taking_keys(shown, Qt.FocusPolicy.TabFocus)  # Tab goes from link to link inside a text: not from there
    first = next((each for each in takers if not isinstance(each, QTextBrowser)), takers[0])
    assert missed_by_tab(shown, first) == []
    assert missed_by_tab(shown, first, Qt.Key.Key_Backtab) == []
    assert looks_alike_with_keyboard(shown) == []


@pytest.mark.parametrize("name", OPENED)
def test_a_dialog_is_usable_without_a_mouse(qtbot: QtBot, window: MainWindow, name: str) -> None:
    OPENED[name](window)

    def shown() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog) if each.isVisible() and type(each).__name__ == name]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20000)
    (dialog,) = shown()
    assert dialog.windowTitle() or dialog.accessibleName()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()), timeout=20000)
    _look(qtbot, dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20000)


def test_the_page_of_two_countries_is_usable_without_a_mouse(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to("dyad", "TKM-JPN")
    qtbot.waitUntil(window.isActiveWindow, timeout=20000)
    _look(qtbot, window)


def test_counts_and_a_filter_are_usable_without_a_mouse(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    window.run(BY_ID["facets-pane"])
    page.filter.set_text("country:JPN -kind:visit")
    qtbot.waitUntil(lambda: page.model.rowCount() == 7, timeout=20000)
    _look(qtbot, window)
    page.filter.set_text("")
    window.run(BY_ID["facets-pane"])


def test_what_is_created_inside_a_form_is_usable_without_a_mouse(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard
) -> None:
    page = page_of(window)
    page.create()
    keyboard.until(lambda: page.details.form is not None)
    form = page.details.form
    assert form is not None
    before = len(form.grids())
    form.main.editors["framework_id"].setFocus()
    keyboard.type("Nobody knows this body")
    box = form.main.editors["framework_id"].focusProxy()
    assert isinstance(box, LinkBox)
    keyboard.until(box._is_listed)
    keyboard.press(Qt.Key.Key_Down)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: len(form.grids()) > before)
    _look(qtbot, window)
    page.details.discard()
