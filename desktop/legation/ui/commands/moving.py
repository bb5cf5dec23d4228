"""Commands that move about: panes, pages, back and forward, the key sheet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QTextBrowser, QVBoxLayout

from legation import __version__
from legation.i18n import _

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


def filter_words(window: MainWindow) -> None:
    """Go to the box that narrows the table by words."""
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
    """Show every command with its keys."""
    from legation.ui.commands.catalogue import COMMANDS
    from legation.ui.pages.catalogue import PAGES

    rows = [(_(each.label).replace("&", ""), ", ".join(each.keys), each.run.__doc__ or "") for each in COMMANDS]
    rows += [(_(page.label), f"Ctrl+{page.key}", _("Open this page.")) for page in PAGES if page.key]
    body = "".join(
        f"<tr><td><b>{escape(keys)}</b></td><td>{escape(name)}</td><td>{escape(_(text.splitlines()[0]))}</td></tr>"
        for name, keys, text in rows
    )
    sheet = QDialog(window)
    sheet.setWindowTitle(_("Keys"))
    sheet.resize(760, 620)
    text = QTextBrowser()
    text.setAccessibleName(_("Keys"))
    text.setHtml(f'<table cellpadding="5">{body}</table>')
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(sheet.reject)
    layout = QVBoxLayout(sheet)
    layout.addWidget(text)
    layout.addWidget(buttons)
    sheet.open()


def about(window: MainWindow) -> None:
    """Say which version this is."""
    QMessageBox.about(window, _("About Legation"), _("Legation {version}").format(version=__version__))
