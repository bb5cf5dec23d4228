"""Commands of the preview of a report: finding on from what was found, and following links without the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


def find_next(window: MainWindow) -> None:
    """Go to the next place of the words that are looked for in the report."""
    _find(window, 1)


def find_before(window: MainWindow) -> None:
    """Go to the place before of the words that are looked for in the report."""
    _find(window, -1)


def _find(window: MainWindow, step: int) -> None:
    page = window.reports_page()
    if page is None:
        return
    if page.reading.line.text().strip():
        page.reading.find(step)
    else:
        page.reading.ask_words()


def next_link(window: MainWindow) -> None:
    """Mark the next link of the report, which Enter follows: of a row, of the number of a note, or an address."""
    if (page := window.reports_page()) is not None:
        page.reading.step_link(1)


def link_before(window: MainWindow) -> None:
    """Mark the link before, which Enter follows."""
    if (page := window.reports_page()) is not None:
        page.reading.step_link(-1)


def back_from_note(window: MainWindow) -> None:
    """Go back to the row from which a note was followed."""
    if (page := window.reports_page()) is not None:
        page.reading.back()
