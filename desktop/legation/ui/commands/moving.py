"""Commands that move about: panes, back and forward, the key sheet, the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from legation import __version__
from legation.i18n import _

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


def filter_words(window: MainWindow) -> None:
    """Go to the line that filters the table: words, or conditions such as country:TKM since:2024. In a report, find."""
    if (report := window.reports_page()) is not None:
        report.reading.ask_words()
        return
    if (page := window.record_page()) is not None:
        page.words.setFocus()
        page.words.selectAll()


def back(window: MainWindow) -> None:
    """Go back to the record before."""
    window.travel(-1)


def forward(window: MainWindow) -> None:
    """Go forward again."""
    window.travel(1)


def next_pane(window: MainWindow) -> None:
    """Go to the next pane: pages, table, details."""
    window.step_pane(1)


def previous_pane(window: MainWindow) -> None:
    """Go to the pane before."""
    window.step_pane(-1)


def show_keys(window: MainWindow) -> None:
    """Show every command with its keys; in a field of a form, explain the field first."""
    from legation.ui.dialogs.key_sheet import KeySheet
    from legation.ui.forms.field_help import show_field_help

    if show_field_help():
        return

    KeySheet(window).open()


def go_anywhere(window: MainWindow) -> None:
    """Go to any record, page or command by a few letters."""
    from legation.ui.commands.palette import open_palette

    open_palette(window)


def about(window: MainWindow) -> None:
    """Say which version this is."""
    QMessageBox.about(window, _("About Legation"), _("Legation {version}").format(version=__version__))
