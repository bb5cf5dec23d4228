"""The Reports page: options as a form, the pages as they will print, saving, copying, printing, and report sets."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from keyboard import Keyboard, page_of
from legation.documents.formats import FORMATS
from legation.documents.paper.pages import Pages
from legation.reports.catalogue import REPORTS
from legation.ui.commands import reports as commands
from legation.ui.commands.palette import entries_of, matching
from legation.ui.main_window import MainWindow
from legation.ui.reports.making import beginning
from legation.ui.reports.page import ReportsPage
from ui.long_document import long_document

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Kind = TypeVar("Kind", bound=QDialog)


def _page(window: MainWindow) -> ReportsPage:
    page = window.reports_page()
    assert page is not None
    return page


def _text(page: ReportsPage) -> str:
    assert page.made is not None and page.made.pages is not None
    return page.made.pages.plain_text()


# choosing and asking


def test_what_a_report_lacks_is_said_at_its_place(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_9, CONTROL)
    keyboard.until(lambda: window.reports_page() is not None)
    page = _page(window)
    assert page.list.hasFocus() and page.list.count() == len(REPORTS)
    assert page.message.isVisible() and page.message.text() == "Choose a country."
    keyboard.press(Qt.Key.Key_Return)
    editor = page.options.grids[0].editors["country"]
    keyboard.until(lambda: editor.focusProxy().hasFocus())
    assert "Choose a country." in [
        label.text() for label in page.options.grids[0]._problems.values() if label.isVisible()
    ]
    keyboard.press(Qt.Key.Key_E, CONTROL)
    assert QApplication.activeModalWidget() is None and editor.focusProxy().hasFocus()


def test_options_are_applied_while_they_are_typed(keyboard: Keyboard, chronology: ReportsPage) -> None:
    page = chronology
    whole = page.paper.pages.count if page.paper.pages is not None else 0
    assert whole > 0 and "World Expo" in _text(page)
    page.options.grids[0].give_keyboard("period")
    keyboard.type("2024")
    keyboard.until(lambda: page.is_current and "World Expo" not in _text(page))
    assert "Cooperation" in _text(page)
    page.options.grids[0].give_keyboard("where")
    keyboard.type("colour:red")
    keyboard.until(lambda: page.made is None)
    assert "colour" in page.message.text() and page.message.isVisible()


def test_a_report_that_is_replaced_is_freed(keyboard: Keyboard, chronology: ReportsPage) -> None:
    page = chronology
    assert page.made is not None
    before = weakref.ref(page.made.pages), weakref.ref(page.made.document)
    page.list.setCurrentRow(list(REPORTS).index("who-met-whom"))
    keyboard.until(lambda: page.made is not None and page.made.request.report.name == "who-met-whom")
    keyboard.until(lambda: not any(each() for each in before))


def test_the_newest_wish_is_shown(keyboard: Keyboard, chronology: ReportsPage) -> None:
    for row in range(chronology.list.count()):
        chronology.list.setCurrentRow(row)
    chronology.list.setCurrentRow(list(REPORTS).index("who-met-whom"))
    keyboard.until(lambda: chronology.made is not None and chronology.made.request.report.name == "who-met-whom")
    keyboard.until(lambda: not chronology._making.is_running)
    assert chronology.made is not None and chronology.made.request.report.name == "who-met-whom"


def test_what_was_asked_is_there_again(window: MainWindow, keyboard: Keyboard, chronology: ReportsPage) -> None:
    chronology.list.setCurrentRow(list(REPORTS).index("upcoming"))
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.until(lambda: window.record_page() is not None)
    keyboard.press(Qt.Key.Key_9, CONTROL)
    keyboard.until(lambda: window.reports_page() is chronology)
    assert chronology.list.chosen() == "upcoming"
    chronology.list.setCurrentRow(list(REPORTS).index("bilateral-chronology"))
    keyboard.until(lambda: chronology.made is not None and "chronology" in _text(chronology))
    assert chronology.wish.options["other"] == "JPN"


def test_a_step_makes_the_report_anew(window: MainWindow, keyboard: Keyboard, chronology: ReportsPage) -> None:
    assert window.workspace is not None
    change = "UPDATE event SET title = 'Talks under another name' WHERE id = 2"
    window.workspace.write(
        lambda database: database.write("Rename", lambda session: session.connection().exec_driver_sql(change) and None)
    )
    keyboard.until(lambda: chronology.made is not None and "Talks under another name" in _text(chronology))


def test_only_pages_in_sight_are_painted(keyboard: Keyboard, chronology: ReportsPage) -> None:
    paper = chronology.paper
    paper.setFocus()
    keyboard.until(lambda: 0 in paper.painted)
    paper.zoom(6)
    assert paper.fitting == "" and paper.page == 1
    keyboard.press(Qt.Key.Key_End)
    assert paper.pages is not None
    keyboard.until(lambda: paper.page == paper.pages.count)  # type: ignore[union-attr]
    keyboard.press(Qt.Key.Key_P)
    keyboard.until(lambda: paper.fitting == "page")
    keyboard.press(Qt.Key.Key_Home)
    keyboard.press(Qt.Key.Key_PageDown)
    assert paper.page == 2 and paper.place().startswith("Page 2 of ")
    keyboard.press(Qt.Key.Key_Return)
    assert not chronology.side.isVisible()
    keyboard.press(Qt.Key.Key_Escape)
    assert chronology.side.isVisible() and chronology.isVisible()


def test_as_of_and_since_are_asked_on_the_page(
    keyboard: Keyboard, chronology: ReportsPage, tmp_path: Path, window: MainWindow
) -> None:
    page = chronology
    assert page.made is not None and page.made.document is not None
    issue = tmp_path / "issue.json"
    commands.write_report(window, page.made.document, FORMATS["json"], issue)
    keyboard.until(issue.is_file)
    page.options.grids[1].give_keyboard("since")
    keyboard.type(str(issue))
    keyboard.until(lambda: page.is_current and "Nothing was added" in _text(page))
    assert page.wish.taken_from == str(issue)
    page.list.setCurrentRow(list(REPORTS).index("upcoming"))
    keyboard.until(lambda: page.wish.report.name == "upcoming" and page.is_current)
    page.options.grids[1].give_keyboard("since")
    keyboard.type(str(issue))
    keyboard.until(lambda: page.made is None and "another report" in page.message.text())
    page.list.setCurrentRow(list(REPORTS).index("who-met-whom"))
    page.options.grids[1].give_keyboard("as_of")
    keyboard.type("1 jan 2020")
    keyboard.until(lambda: page.made is None and "made later than that" in page.message.text())


# many rows


def test_a_long_report_begins_with_its_first_rows() -> None:
    assert beginning(long_document(20), 10) is None
    first = beginning(long_document(30), 10)
    assert first is not None and [row.key for row in first.tables[0].rows()] == [f"r{at}" for at in range(10)]
    over = beginning(long_document(30), 14)
    assert over is not None and over.tables[0].count == 14
    both = beginning(long_document(40), 20)
    assert both is None


def test_a_long_report_is_shown_in_portions_and_can_be_stopped(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import legation.ui.reports.making as making

    page = chronology
    small, whole = page.made, page.paper.pages.count if page.paper.pages is not None else 0
    assert small is not None
    monkeypatch.setattr(making, "FIRST_ROWS", 2)
    shown: list[bool] = []
    page._making.made.connect(lambda made: shown.append(made.is_part))
    page.make()
    keyboard.until(lambda: shown == [True, False])
    assert page.paper.pages is not None and page.paper.pages.count == whole
    page._making.made.connect(lambda _made: page.stop())
    page.make()
    keyboard.until(lambda: shown == [True, False, True])
    keyboard.until(lambda: "saving and printing take all" in page.place.text())
    assert page.made is not None and page.made.is_part and page.is_current


def test_a_very_long_report_is_shown_as_far_as_somebody_may_read_it(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import legation.ui.reports.making as making

    page = chronology
    assert page.made is not None and page.made.document is not None
    whole = page.made.document
    rows = sum(table.count for table in whole.tables)
    assert rows > 6
    monkeypatch.setattr(making, "FIRST_ROWS", 1)
    monkeypatch.setattr(making, "MOST_ROWS", 3)
    page.make()
    keyboard.until(lambda: page.made is not None and page.made.is_cut)
    keyboard.until(lambda: "are shown; saving and printing take all" in page.place.text())
    assert page.made.document is not None and page.made.pages is not None
    assert sum(table.count for table in page.made.document.tables) == rows  # what is saved
    assert "The preview ends here, after 3 rows." in page.made.pages.plain_text()
    assert len(page.made.pages.plain_text()) < len(Pages(whole).plain_text())


# ways to the page


def _asked(window: MainWindow, keyboard: Keyboard, name: str) -> ReportsPage:
    keyboard.press(Qt.Key.Key_R, CONTROL)
    keyboard.until(lambda: window.reports_page() is not None and _page(window).list.chosen() == name)
    return _page(window)


def test_an_official_is_taken_along(window: MainWindow, keyboard: Keyboard) -> None:
    window.show_page("officials")
    records = page_of(window)
    keyboard.until(lambda: records.current_id() is not None)
    page = _asked(window, keyboard, "official-history")
    assert page.wish.options["person"] == records.current_id()
    keyboard.until(lambda: page.made is not None)
    keyboard.press(Qt.Key.Key_Escape)
    assert window.record_page() is records


def test_a_country_is_taken_along_by_its_code(window: MainWindow, keyboard: Keyboard) -> None:
    window.show_page("countries")
    records = page_of(window)
    records.filter.set_text("japan")
    keyboard.until(lambda: records.model.rowCount() == 1)
    name = "country-brief" if "country-brief" in REPORTS else "bilateral-chronology"
    page = _asked(window, keyboard, name)
    assert page.wish.options["country"] == "JPN"


def test_two_countries_are_taken_along(window: MainWindow, keyboard: Keyboard) -> None:
    window.go_to("dyad", "TKM-JPN")
    page = _asked(window, keyboard, "bilateral-chronology")
    assert (page.wish.options["country"], page.wish.options["other"]) == ("TKM", "JPN")
    keyboard.until(lambda: page.made is not None)
    keyboard.press(Qt.Key.Key_Escape)
    assert window.dyad_on_screen() == "TKM-JPN"


def test_a_filter_is_taken_along(window: MainWindow, keyboard: Keyboard) -> None:
    records = page_of(window)
    records.filter.set_text("country:JPN kind:meeting")
    keyboard.until(lambda: records.model.rowCount() == 2)
    page = _asked(window, keyboard, "who-met-whom")
    assert page.wish.options["where"] == "country:JPN kind:meeting"
    keyboard.until(lambda: page.made is not None)


def test_the_palette_finds_a_report_by_a_few_letters(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_K, CONTROL)
    keyboard.type("who met")
    assert matching(entries_of(window), "who met whom")[0].label == "Who met whom"
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: window.reports_page() is not None)
    keyboard.until(lambda: _page(window).made is not None)
    assert _page(window).list.chosen() == "who-met-whom"
