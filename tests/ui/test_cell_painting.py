"""Cells as the table draws them: chosen rows filled, texts in their columns and cut where they are too long, glyphs."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication

from keyboard import Keyboard, page_of
from legation.ui.main_window import MainWindow

ROLES = QPalette.ColorRole


def _drawn(window: MainWindow, row: int, column: str) -> tuple[str, Counter[str], int]:
    """Of a cell as it is on screen: the colour that most of it has, all colours, and the last place that is not so."""
    table = page_of(window).table
    place = table.visualRect(page_of(window).model.index(row, table.columns.index(column)))
    image: QImage = table.viewport().grab(place).toImage()
    dots = [(x, image.pixelColor(x, y).name()) for x in range(image.width()) for y in range(image.height())]
    colours = Counter(colour for _x, colour in dots)
    most = colours.most_common(1)[0][0]
    return most, colours, max((x for x, colour in dots if colour != most), default=-1)


def _colour(window: MainWindow, role: QPalette.ColorRole) -> str:
    return page_of(window).table.palette().color(role).name()


def test_chosen_rows_are_filled_and_every_other_is_shaded(window: MainWindow, keyboard: Keyboard) -> None:
    table = page_of(window).table
    keyboard.until(lambda: bool(window.status.count.text()))  # after the last rows nothing is chosen anew
    # not by `selectRow`, which adds to what is chosen where a key pressed by a test before still counts as held
    chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(page_of(window).model.index(2, 0), chosen)
    keyboard.until(lambda: _drawn(window, 2, "title")[0] == _colour(window, ROLES.Highlight))
    fills = [_drawn(window, row, "title")[0] for row in range(4)]
    assert fills[2] == _colour(window, ROLES.Highlight)
    assert fills[1] == fills[3] == _colour(window, ROLES.AlternateBase)
    assert fills[0] == _colour(window, ROLES.Base)
    for row, role in ((2, ROLES.HighlightedText), (1, ROLES.Text)):
        assert _colour(window, role) in _drawn(window, row, "title")[1]


def test_a_text_keeps_to_its_column(window: MainWindow, keyboard: Keyboard) -> None:
    table = page_of(window).table
    at = table.columns.index("title")
    for width in (60, 200):
        table.setColumnWidth(at, width)
        QApplication.processEvents()
        _most, colours, last = _drawn(window, 0, "title")
        assert len(colours) > 1 and last < width - 2


def test_a_glyph_stands_before_its_word(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    texts, glyphs = page.model.shown(0)
    kind, date = page.table.columns.index("kind"), page.table.columns.index("date")
    assert glyphs[kind] is not None and glyphs[date] is None and texts[kind]
    place = page.table.visualRect(page.model.index(0, kind))
    first = page.table.viewport().grab(QRect(place.left(), place.top(), 28, place.height())).toImage()
    assert len({first.pixelColor(x, 14).name() for x in range(28)}) > 1
