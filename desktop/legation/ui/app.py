"""Starting the window: the application object, its look, and the workspace to open first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from legation import settings
from legation.paths import resources
from legation.ui.look import theme
from legation.ui.main_window import MainWindow


def run(arguments: list[str]) -> int:
    """Show the window on the workspace given, or on the last one used; the exit code when it is closed."""
    application = QApplication.instance() or QApplication(["legation"])
    assert isinstance(application, QApplication)
    application.setApplicationName("Legation")
    application.setDesktopFileName("legation")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "legation.svg")))
    theme.apply(application)
    path = _first_workspace(arguments)
    window = MainWindow(opens=path is not None)
    window.show()
    if path is not None:
        QTimer.singleShot(0, lambda: _open(window, path))
    return application.exec()


def _open(window: MainWindow, path: Path) -> None:
    window.guarded(lambda: window.open(path))
    if window.workspace is None:  # it cannot be opened, or is being brought up to date
        window.show_welcome()


def _first_workspace(arguments: list[str]) -> Path | None:
    if arguments:
        return Path(arguments[0])
    recent = settings.recent_workspaces()
    if settings.read_settings().opens_last_workspace and recent and Path(recent[0]).exists():
        return Path(recent[0])
    return None
