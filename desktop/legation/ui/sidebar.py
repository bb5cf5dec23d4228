"""The list on the left of the window: its pages, each with its glyph and its key. Saved views are added below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from legation.i18n import _
from legation.ui.commands.chosen_keys import shown_key
from legation.ui.forms.suggestion_list import QUIET, SuggestionRows
from legation.ui.look.glyphs import icon
from legation.ui.pages.catalogue import PAGES

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

SIDEBAR = [page for page in PAGES if page.key]
ROW = 34
NARROWEST, WIDEST = 160, 300


class Sidebar(QListWidget):
    """The pages that have a key of their own, in the order of the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Pages"))
        self.setProperty("sidebar", True)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.setItemDelegate(SuggestionRows(self, at_end=True, height=ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in SIDEBAR:
            self.addItem(QListWidgetItem(icon(page.name), _(page.label)))

    def show_keys(self, window: MainWindow) -> None:
        """Tell the keys that the pages have now."""
        for row, page in enumerate(SIDEBAR):
            key = shown_key(window, f"page-{page.name}")
            self.item(row).setToolTip(key)
            self.item(row).setData(QUIET, page.key if key.endswith(f"+{page.key}") else key)

    def repaint_glyphs(self) -> None:
        """Draw the glyphs in the colours of now."""
        for row, page in enumerate(SIDEBAR):
            self.item(row).setIcon(icon(page.name))

    def choose(self, row: int) -> None:
        """Mark a row as the one on screen, -1 for none, without going there."""
        self.blockSignals(True)
        self.setCurrentRow(row)
        self.blockSignals(False)
