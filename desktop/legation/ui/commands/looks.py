"""Commands on how the window looks: light or dark, the size of text, and which panes are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QApplication

from legation.i18n import _
from legation.settings import read_settings, write_settings
from legation.ui.look import theme

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

Look = Literal["system", "light", "dark"]
LEAST, MOST = -3, 12  # points taken from or added to the system's text size


def look_as_system(window: MainWindow) -> None:
    """Be light or dark as the system is."""
    _choose(window, "system")


def look_light(window: MainWindow) -> None:
    """Be light, whatever the system is."""
    _choose(window, "light")


def look_dark(window: MainWindow) -> None:
    """Be dark, whatever the system is."""
    _choose(window, "dark")


def larger_text(window: MainWindow) -> None:
    """Make all text one point larger."""
    _change_text(window, 1)


def smaller_text(window: MainWindow) -> None:
    """Make all text one point smaller."""
    _change_text(window, -1)


def pages_pane(window: MainWindow) -> None:
    """Hide the list of pages, or show it again."""
    window.panes.has_pages = not window.panes.has_pages
    window.show_panes()


def details_pane(window: MainWindow) -> None:
    """Hide the details, or show them again."""
    window.panes.has_details = not window.panes.has_details
    window.show_panes()


def facets_pane(window: MainWindow) -> None:
    """Show beside the table how many records have each country, kind, year, topic and level; or hide that."""
    window.panes.has_facets = not window.panes.has_facets
    window.show_panes()
    page = window.record_page()
    if page is not None and window.panes.has_facets:
        page.facets.setFocus()


def has_facets(window: MainWindow) -> bool:
    """Whether the counts are shown."""
    return window.panes.has_facets


def preview(window: MainWindow) -> None:
    """Show the details of the chosen record large; Esc goes back to the table."""
    page = window.record_page()
    if page is not None and page.current_id() is not None:
        page.show_large(True)


def has_pages(window: MainWindow) -> bool:
    """Whether the list of pages is shown."""
    return window.panes.has_pages


def has_details(window: MainWindow) -> bool:
    """Whether the details are shown."""
    return window.panes.has_details


def is_system(_window: MainWindow) -> bool:
    """Whether the look follows the system."""
    return theme.chosen_look() == "system"


def is_light(_window: MainWindow) -> bool:
    """Whether the look is light by choice."""
    return theme.chosen_look() == "light"


def is_dark(_window: MainWindow) -> bool:
    """Whether the look is dark by choice."""
    return theme.chosen_look() == "dark"


def _choose(window: MainWindow, look: Look) -> None:
    chosen = replace(read_settings(), look=look)
    write_settings(chosen)
    _apply(window, chosen.look, chosen.text_size)


def _change_text(window: MainWindow, points: int) -> None:
    chosen = read_settings()
    size = max(LEAST, min(MOST, chosen.text_size + points))
    write_settings(replace(chosen, text_size=size))
    _apply(window, chosen.look, size)
    window.tell(_("Text: {points:+d} points").format(points=size) if size else _("Text as the system has it"))


def _apply(window: MainWindow, look: str, text_size: int) -> None:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.choose(application, look, text_size)
    window.show_choices()
