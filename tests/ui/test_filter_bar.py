"""The filter of a page by keys: completion, the sentence with its marks, mistakes at their word, counts, undated."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from keyboard import Keyboard, page_of
from legation.ui.main_window import MainWindow
from legation.ui.pages.facet_pane import FacetPane

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _in_spring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-03-01")


def _rows(window: MainWindow) -> set[int]:
    return set(page_of(window).model.ids)


def test_a_filter_is_typed_completed_and_taken_apart(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.type("of")
    keyboard.until(lambda: page.words.has_list)
    keyboard.press(Qt.Key.Key_Tab)
    assert page.words.text() == "official:"
    keyboard.type("gurb")
    keyboard.until(lambda: page.words.has_list)
    keyboard.press(Qt.Key.Key_Tab)
    assert page.words.text() == 'official:"Ahmet Gurbanov" '
    keyboard.until(lambda: _rows(window) == {2, 3})
    keyboard.type("-level:s")
    keyboard.until(lambda: page.words.has_list)
    keyboard.press(Qt.Key.Key_Down)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: _rows(window) == {3})
    keyboard.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.table
    keyboard.until(lambda: "not at the level senior officials" in page.filter.said.text())
    page.filter.take_away(0)
    keyboard.until(lambda: _rows(window) == {1, 3, 4, 5, 6, 7, 8})
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.until(lambda: len(_rows(window)) == 8)
    keyboard.until(lambda: page.words.text() == "" and not page.filter.said.isVisible())


def test_a_value_that_is_not_known_yet_leaves_the_table_as_it_was(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.type("country:japo")
    keyboard.until(lambda: "No country is called “japo”" in page.filter.problem.text())
    assert len(_rows(window)) == 8
    keyboard.press(Qt.Key.Key_Backspace)
    keyboard.until(lambda: page.words.has_list)
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.until(lambda: page.filter.problem.text() == "")
    assert page.words.text() == "country:JPN "


def test_a_word_is_no_mistake_while_it_is_typed(window: MainWindow, keyboard: Keyboard) -> None:
    bar = page_of(window).filter
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.type("since:20")
    keyboard.until(bar._patience.isActive)
    assert not bar.problem.isVisible()
    keyboard.until(lambda: "“20” is no date" in bar.problem.text())  # the typing pauses
    keyboard.type("25")
    keyboard.until(lambda: not bar.problem.isVisible())
    keyboard.type(" until:19")
    keyboard.until(bar._patience.isActive)
    bar.line.setCursorPosition(0)
    page_of(window).table.setFocus()  # the word is left
    assert "“19” is no date" in bar.problem.text() and bar.problem.isVisible()


def test_a_mistake_is_chosen_by_enter(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.type("tokyo colour:red")
    keyboard.press(Qt.Key.Key_Return)
    assert page.words.selectedText() == "colour:red"
    assert "no condition “colour”" in page.filter.problem.text()
    assert page.words.accessibleDescription() == page.filter.problem.text()


def test_what_has_no_date_is_told_and_shown(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    page.filter.set_text("since:2025-02")
    keyboard.until(lambda: _rows(window) == {7, 8})
    keyboard.until(lambda: "1 without a date is left out" in page.filter.said.text())
    page.filter.said.linkActivated.emit("undated")
    keyboard.until(lambda: _rows(window) == {6, 7, 8})
    assert page.words.text() == "since:2025-02 or undated"


def test_the_details_say_where_the_words_stand(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    page.filter.set_text("itochu")
    keyboard.until(lambda: _rows(window) == {4})
    keyboard.until(lambda: "Found in" in page.details.dossier.toPlainText())
    page.filter.set_text("")
    keyboard.until(lambda: len(_rows(window)) == 8)
    keyboard.until(lambda: "Found in" not in page.details.dossier.toPlainText())


def test_down_lists_what_may_be_asked(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.press(Qt.Key.Key_Down)
    keyboard.until(lambda: page.words.has_list)
    keyboard.press(Qt.Key.Key_Escape)
    assert not page.words.has_list and QApplication.focusWidget() is page.words
    page.filter.add.menu().aboutToShow.emit()
    assert any("city:" in action.text() for action in page.filter.add.menu().actions())


def test_counts_stand_beside_the_table_and_narrow_it(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    keyboard.press(Qt.Key.Key_F, CONTROL | SHIFT)
    facets = page.facets
    assert isinstance(QApplication.focusWidget(), FacetPane)
    keyboard.until(lambda: facets.topLevelItemCount() > 3)
    keyboard.type("meet")
    assert facets.currentItem().text(0) == "Meeting" and facets.currentItem().text(1) == "2"
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: _rows(window) == {3, 4})
    assert page.words.text() == "kind:meeting"
    keyboard.until(lambda: {facets.topLevelItem(at).text(0) for at in range(facets.topLevelItemCount())} >= {"Level"})
    keyboard.press(Qt.Key.Key_F, CONTROL | SHIFT)
    assert not facets.isVisible()


def test_counts_shown_with_the_page_are_there_at_once(window: MainWindow, keyboard: Keyboard) -> None:
    window.panes.has_facets = True
    window.show_page("officials")
    facets = page_of(window).facets
    keyboard.until(lambda: facets.isVisible() and facets.topLevelItemCount() > 0)
    window.show_page("events")
    window.show_panes()
    keyboard.until(lambda: page_of(window).facets.topLevelItemCount() > 3)
