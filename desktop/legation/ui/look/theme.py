"""The palette: Fusion style, quiet colours, light or dark as chosen or as the system is, changed live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from legation.settings import read_settings
from legation.ui.look.style_sheet import style_sheet

LIGHT = {
    "window": "#f5f5f3",
    "base": "#ffffff",
    "alternate": "#fafaf8",
    "text": "#1d2326",
    "quiet": "#5c666b",
    "line": "#d9dcdb",
    "edge": "#848d92",
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
    "edge": "#70797e",
    "accent": "#2f6f9f",
    "link": "#83bfe8",
    "on_accent": "#ffffff",
    "button": "#2d3235",
    "problem": "#f2a19a",
}
LOOK, POINTS = "legation-look", "legation-points"  # kept on the application, which outlives every window
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
SMALLEST = 7.0  # points


def is_dark(application: QApplication) -> bool:
    """Whether the colours are dark: as the user chose, else as the system asks."""
    look = application.property(LOOK)
    if look in ("light", "dark"):
        return bool(look == "dark")
    return application.styleHints().colorScheme() == Qt.ColorScheme.Dark


def chosen_look() -> str:
    """The look in use: "system", "light" or "dark"."""
    application = QApplication.instance()
    return str(application.property(LOOK)) if application is not None else ""


def colours(application: QApplication) -> dict[str, str]:
    """The colours in use, by role."""
    return DARK if is_dark(application) else LIGHT


def apply(application: QApplication) -> None:
    """Give the application its style, palette and text size, and follow the system when it changes."""
    application.setStyle("Fusion")
    application.styleHints().colorSchemeChanged.connect(lambda _scheme: _paint(application))
    chosen = read_settings()
    choose(application, chosen.look, chosen.text_size)


def choose(application: QApplication, look: str, text_size: int) -> None:
    """Change the look ("system", "light", "dark") and the text size (points added to the system's) at once."""
    if application.property(POINTS) is None:
        application.setProperty(POINTS, application.font().pointSizeF())
    application.setProperty(LOOK, look)
    application.styleHints().setColorScheme(SCHEMES.get(look, Qt.ColorScheme.Unknown))
    font = QFont(application.font())
    font.setPointSizeF(max(SMALLEST, float(application.property(POINTS)) + text_size))
    application.setFont(font)
    _paint(application)


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
    application.setStyleSheet(style_sheet(of, application.font().pointSizeF()))
