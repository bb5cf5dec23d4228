"""Reading a report in the preview: words are found, links lead to records and notes, and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from keyboard import Keyboard
from legation.ui.main_window import MainWindow
from legation.ui.reports.page import ReportsPage

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def _marked(page: ReportsPage) -> tuple[int, float]:
    current = page.reading.current
    assert current is not None
    return current.page, round(current.rect.y(), 1)


def _find(keyboard: Keyboard, page: ReportsPage, words: str) -> None:
    page.paper.setFocus()
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.until(page.reading.line.hasFocus)
    keyboard.type(words)


def _click(page: ReportsPage, where: QPointF, number: int) -> None:
    """Click on a point of a page, given in points."""
    for at, place in page.paper._in_sight():
        if at == number:
            scale = place.width() / page.paper.pages.size.width() if page.paper.pages is not None else 1.0
            point = place.topLeft() + QPoint(round(where.x() * scale), round(where.y() * scale))
            QTest.mouseClick(page.paper.viewport(), Qt.MouseButton.LeftButton, pos=point)
            return
    raise AssertionError("this page is not in sight")


def test_words_are_found_one_after_the_other(keyboard: Keyboard, chronology: ReportsPage) -> None:
    page = chronology
    _find(keyboard, page, "turkmen")
    first = _marked(page)
    found = [first]
    for _step in range(60):
        keyboard.press(Qt.Key.Key_Return)
        if _marked(page) == first:
            break
        found.append(_marked(page))
    on_pages = [number for number, _y in found]
    assert on_pages == sorted(on_pages) and set(on_pages) == {0, 1, 2} and len(found) > 10  # then from the beginning
    keyboard.press(Qt.Key.Key_F3, SHIFT)
    assert _marked(page) == found[-1]
    keyboard.press(Qt.Key.Key_Escape)
    assert page.paper.hasFocus() and not page.reading.line.isVisible()
    keyboard.press(Qt.Key.Key_F3)
    assert _marked(page) == first
    keyboard.press(Qt.Key.Key_F3, SHIFT)
    assert _marked(page) == found[-1]


def test_what_is_found_comes_into_sight(keyboard: Keyboard, chronology: ReportsPage) -> None:
    _find(keyboard, chronology, "Sources")
    keyboard.press(Qt.Key.Key_F3, SHIFT)  # the last, above the notes
    number, _y = _marked(chronology)
    assert number > 0 and chronology.paper.page >= number
    assert number in [at for at, _place in chronology.paper._in_sight()]


def test_it_goes_on_from_the_page_that_was_turned_to(keyboard: Keyboard, chronology: ReportsPage) -> None:
    page = chronology
    _find(keyboard, page, "japan")
    assert _marked(page)[0] == 0
    keyboard.press(Qt.Key.Key_Escape)
    page.paper.zoom(6)
    page.paper.go_to(3)
    keyboard.until(lambda: 0 not in page.paper.in_sight)
    keyboard.press(Qt.Key.Key_F3)
    assert _marked(page)[0] in (1, 2)
    page.paper.go_to(1)
    keyboard.until(lambda: page.paper.in_sight == [0])
    keyboard.press(Qt.Key.Key_L)
    assert _marked(page)[0] == 0


def test_words_that_are_not_there_are_told(window: MainWindow, keyboard: Keyboard, chronology: ReportsPage) -> None:
    _find(keyboard, chronology, "zeppelin")
    assert chronology.reading.current is None
    assert window.statusBar().currentMessage() == "“zeppelin” is not on these pages."


def test_a_row_opens_its_record_and_back_comes_here(
    window: MainWindow, keyboard: Keyboard, chronology: ReportsPage
) -> None:
    chronology.paper.setFocus()
    keyboard.press(Qt.Key.Key_L)
    current = chronology.reading.current
    assert current is not None and current.link.startswith("record:event:")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: window.record_page() is not None)
    page = window.record_page()
    assert page is not None
    keyboard.until(lambda: page.current_id() == int(current.link.rpartition(":")[2]))
    keyboard.press(Qt.Key.Key_Left, ALT)
    keyboard.until(lambda: window.reports_page() is chronology)


def test_a_number_leads_to_its_note_and_back(keyboard: Keyboard, chronology: ReportsPage) -> None:
    page = chronology
    page.paper.setFocus()
    before = page.paper.verticalScrollBar().value()
    for _step in range(3):
        keyboard.press(Qt.Key.Key_L)
        current = page.reading.current
        if current is not None and current.link == "#note-1":
            break
    assert page.reading.current is not None and page.reading.current.link == "#note-1"
    keyboard.press(Qt.Key.Key_Return)
    note = page.reading.current
    assert note.link == "" and note.page == page.paper.pages.count - 1 if page.paper.pages is not None else False
    assert page.paper.verticalScrollBar().value() > before
    keyboard.press(Qt.Key.Key_B)
    assert page.paper.verticalScrollBar().value() == before
    keyboard.press(Qt.Key.Key_L)
    keyboard.press(Qt.Key.Key_L)
    keyboard.press(Qt.Key.Key_L, SHIFT)
    assert page.reading.current is not None and page.reading.current.link.startswith("record:event:")


def test_the_mouse_follows_as_well(keyboard: Keyboard, chronology: ReportsPage) -> None:
    page = chronology
    place = next(each for each in page.reading.links(0) if each.link == "#note-1")
    _click(page, place.rect.center(), 0)
    assert page.reading.current is not None and page.reading.current.page > 0
    note = page.reading.current
    page.reading._came_from.clear()
    _click(page, note.rect.center(), note.page)  # without a way back: to the first row that mentions it
    assert page.reading.current.link == "#note-1" and page.reading.current.page == 0
    page.reading._hover(0, place.rect.center())
    assert page.paper.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert page.paper.viewport().toolTip() == "Goes to the note."
    page.reading._hover(0, QPointF(1, 1))
    assert page.paper.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_an_address_is_opened_outside(
    monkeypatch: pytest.MonkeyPatch, keyboard: Keyboard, chronology: ReportsPage
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "legation.ui.reports.reading.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    chronology.reading._follow("https://www.example.org/news")
    assert opened == ["https://www.example.org/news"]
