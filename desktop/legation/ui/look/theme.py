"""The palette: Fusion style, quiet colours, light or dark by the system's setting, changed live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from legation.ui.look.style_sheet import style_sheet

LIGHT = {
    "window": "#f5f5f3",
    "base": "#ffffff",
    "alternate": "#fafaf8",
    "text": "#1d2326",
    "quiet": "#5c666b",
    "line": "#d9dcdb",
    "accent": "#1f5f8b",
    "link": "#1a5a86",
    "on_accent": "#ffffff",
    "button": "#ececea",
    "problem": "#a3261b",
}
DARK = {
    "window": "#23272a",
    "base": "#1b1e20",
    "alternate": "#202426",
    "text": "#e6e8e6",
    "quiet": "#a3adb2",
    "line": "#3a4044",
    "accent": "#2f6f9f",
    "link": "#83bfe8",
    "on_accent": "#ffffff",
    "button": "#2d3235",
    "problem": "#f2a19a",
}


def is_dark(application: QApplication) -> bool:
    """Whether the system asks for dark colours."""
    return application.styleHints().colorScheme() == Qt.ColorScheme.Dark


def colours(application: QApplication) -> dict[str, str]:
    """The colours in use, by role."""
    return DARK if is_dark(application) else LIGHT


def apply(application: QApplication) -> None:
    """Give the application its style and palette, and follow the system when it changes."""
    application.setStyle("Fusion")
    _paint(application)
    application.styleHints().colorSchemeChanged.connect(lambda _scheme: _paint(application))


def _paint(application: QApplication) -> None:
    of = colours(application)
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "window"), (roles.WindowText, "text"), (roles.Base, "base"), (roles.AlternateBase, "alternate"),
        (roles.Text, "text"), (roles.Button, "button"), (roles.ButtonText, "text"), (roles.Highlight, "accent"),
        (roles.HighlightedText, "on_accent"), (roles.Link, "link"), (roles.PlaceholderText, "quiet"),
        (roles.ToolTipBase, "base"), (roles.ToolTipText, "text"), (roles.Mid, "line"), (roles.Accent, "accent"),
    ):  # fmt: skip
        palette.setColor(role, QColor(of[name]))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(of["quiet"]))
    application.setPalette(palette)
    application.setStyleSheet(style_sheet(of))
