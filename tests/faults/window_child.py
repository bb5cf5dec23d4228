"""A real window worked by keys that is killed at one moment: `python tests/faults/window_child.py WORKSPACE MOMENT`.

Ends as `kill -9` would: nothing is closed, nothing is tidied. Exits by itself, with 1, when the moment never comes.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from legation import settings
from legation.imports import pasted_rows
from legation.ui import saved_views
from legation.ui.dialogs.one_line import KEPT, OneLineDialog
from legation.ui.dialogs.preview import PreviewDialog
from legation.ui.main_window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LINE = "27 jan 2025 meeting TKM>JPN Gurbanov / Fujii #power"
TITLE = "Talks that were not saved"
VIEW = "Seen by nobody"
PASTED = "Date\tTitle\n3 feb 2025\tPasted one\n4 feb 2025\tPasted two\n"
PATIENCE_SECONDS = 20


def die(*_arguments: object, **_more: object) -> NoReturn:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def then_die(work: Callable[..., Any]) -> Callable[..., Any]:
    """A function that does its work and then ends the process."""

    def doing(*arguments: Any, **more: Any) -> Any:
        work(*arguments, **more)
        die()

    return doing


class Child:
    """The window and the keyboard of the process that is killed."""

    def __init__(self, path: Path) -> None:
        self.application = QApplication([])
        self.window = MainWindow()
        self.window.show()
        self.window.activateWindow()
        self.window.open(path)
        self.until(lambda: self.window.status.count.text().startswith("8"))

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > end:
                sys.exit(1)
            self.application.processEvents()
            time.sleep(0.002)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        self.until(lambda: QApplication.focusWidget() is not None)
        QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget(), letter)

    def dialog(self, kind: type[QDialog]) -> Any:
        """The dialog on screen, once it has the keyboard."""

        def there() -> list[Any]:
            return [each for each in self.window.findChildren(kind) if each.isVisible()]

        self.until(lambda: bool(there()) and there()[0].isAncestorOf(QApplication.focusWidget()))
        return there()[0]

    # the moments

    def form_typed(self) -> None:
        """A new event is half typed, and kept."""
        self.press(Qt.Key.Key_I, CONTROL)
        page = self.window.record_page()
        assert page is not None
        self.until(lambda: page.details.form is not None)
        form = page.details.form
        assert form is not None
        form.main.editors["title"].setFocus()
        self.type(TITLE)
        beginning = "drafts-"
        self.until(lambda: any(TITLE in str(settings.read_state(each)) for each in settings.states(beginning)))

    def line_being_typed(self) -> None:
        """A line is typed; the last keys may not be kept yet."""
        self.press(Qt.Key.Key_L, CONTROL)
        self.dialog(OneLineDialog)
        self.type(LINE)

    def line_understood(self) -> None:
        """A line is typed, kept and understood, and not added."""
        self.line_being_typed()
        dialog = self.dialog(OneLineDialog)
        self.until(lambda: "Electric power" in dialog.told.text())
        self.until(lambda: settings.read_state(KEPT).get("text") == LINE)

    def _paste(self) -> Any:
        QApplication.clipboard().setText(PASTED)
        self.press(Qt.Key.Key_V, CONTROL)
        dialog = self.dialog(PreviewDialog)
        self.until(lambda: dialog.can_apply)
        return dialog

    def paste_previewed(self) -> None:
        """Pasted rows are shown and not applied."""
        self._paste()

    def paste_applied(self) -> None:
        """Pasted rows are applied; the process ends in the middle of the step."""
        pasted_rows.save = then_die(pasted_rows.save)
        self._paste().accept()
        self.until(lambda: False)

    def edit_previewed(self) -> None:
        """One value for several rows is shown and not applied."""
        page = self.window.record_page()
        assert page is not None
        page.table.setCurrentIndex(page.model.index(0, page.table.columns.index("city")))
        self.press(Qt.Key.Key_Down, SHIFT)
        self.press(Qt.Key.Key_F2, SHIFT)
        dialog = self.dialog(PreviewDialog)
        self.type("Nowhere")
        self.until(lambda: dialog.can_apply)

    def _name_view(self) -> None:
        self.press(Qt.Key.Key_S, CONTROL | SHIFT)
        self.dialog(QDialog)
        self.type(VIEW)

    def view_named(self) -> None:
        """A view has a name and is not saved."""
        self._name_view()

    def view_being_saved(self) -> None:
        """A view is written; the process ends before the step does."""
        saved_views.keep_view = then_die(saved_views.keep_view)
        self._name_view()
        self.press(Qt.Key.Key_Return)
        self.until(lambda: False)

    def view_saved(self) -> None:
        """A view is saved, and said to be."""
        self._name_view()
        self.press(Qt.Key.Key_Return)
        self.until(lambda: any(each.name == VIEW for each in self.window.views.all))


if __name__ == "__main__":
    child = Child(Path(sys.argv[1]))
    getattr(child, sys.argv[2])()
    die()
