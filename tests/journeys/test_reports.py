"""An analyst makes the chronology of two countries by keys only, sees it, saves it twice, and keeps it in a set."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from keyboard import Keyboard
from legation.ui.dialogs.keep_set import KeepSetDialog
from legation.ui.dialogs.save_report import SaveReportDialog
from legation.ui.dialogs.write_set import WriteSetDialog
from legation.ui.main_window import MainWindow
from legation.ui.reports.page import ReportsPage

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
MOST_KEYS = {"see it": 16, "save as PDF": 2, "save as CSV": 4, "keep in a set": 9, "write the set": 2}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where files go at first: the home of the person."""
    made = tmp_path / "home"
    made.mkdir()
    monkeypatch.setattr(Path, "home", lambda: made)
    return made


class Stretches:
    """How many keys each part of the way took."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard, self._from = keyboard, 0
        self.counts: dict[str, int] = {}

    def done(self, what: str) -> None:
        """Note the keys since the part before."""
        self.counts[what] = self._keyboard.count - self._from
        self._from = self._keyboard.count


def _in_dialog(keyboard: Keyboard, kind: type) -> None:
    def is_there() -> bool:
        dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
        return isinstance(dialog, kind) and focus is not None and dialog.isAncestorOf(focus)

    keyboard.until(is_there)


def _pages(page: ReportsPage) -> int:
    return page.paper.pages.count if page.is_current and page.paper.pages is not None else 0


def test_a_chronology_is_made_saved_and_kept_by_keys_only(
    window: MainWindow, keyboard: Keyboard, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stretches = Stretches(keyboard)
    keyboard.press(Qt.Key.Key_K, CONTROL)
    keyboard.type("bilat")
    keyboard.press(ENTER)
    keyboard.until(lambda: window.reports_page() is not None)
    window.activateWindow()
    page = window.reports_page()
    assert page is not None
    keyboard.until(page.options.grids[0].editors["country"].focusProxy().hasFocus)
    keyboard.type("tkm")
    keyboard.press(TAB)
    keyboard.type("jpn")
    keyboard.press(TAB)
    keyboard.until(lambda: _pages(page) > 0)
    assert page.made is not None and page.made.pages is not None
    assert "World Expo" in page.made.pages.plain_text()
    stretches.done("see it")
    keyboard.type("2024")  # the period, where the keyboard is
    keyboard.until(lambda: _pages(page) > 0 and "World Expo" not in page.made.pages.plain_text())
    stretches.done("narrow it to a year")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    _in_dialog(keyboard, SaveReportDialog)
    keyboard.press(ENTER)
    pdf = folder / "turkmenistan-and-japan-chronology.pdf"
    keyboard.until(pdf.is_file)
    stretches.done("save as PDF")
    window.activateWindow()
    keyboard.press(Qt.Key.Key_S, CONTROL)
    _in_dialog(keyboard, SaveReportDialog)
    keyboard.press(Qt.Key.Key_O, ALT)
    keyboard.type("c")
    keyboard.press(ENTER)
    keyboard.until(pdf.with_suffix(".csv").is_file)
    stretches.done("save as CSV")
    window.activateWindow()
    keyboard.press(Qt.Key.Key_S, CONTROL | SHIFT)
    _in_dialog(keyboard, KeepSetDialog)
    keyboard.type("Monday")
    keyboard.press(ENTER)
    keyboard.until(lambda: [each.name for each in page.sets.sets] == ["Monday"])
    stretches.done("keep in a set")
    pdf.with_suffix(".csv").unlink()
    window.activateWindow()
    keyboard.press(Qt.Key.Key_W, CONTROL | SHIFT)
    _in_dialog(keyboard, WriteSetDialog)
    keyboard.press(ENTER)
    keyboard.until(pdf.with_suffix(".csv").is_file)  # the format of last time
    stretches.done("write the set")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Year" in pdf.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines()[0]
    with capsys.disabled():
        print("\nkeys:", ", ".join(f"{what} {count}" for what, count in stretches.counts.items()))
    assert all(stretches.counts[what] <= most for what, most in MOST_KEYS.items()), stretches.counts
