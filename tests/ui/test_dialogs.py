"""The dialogs: the key sheet, export, restore, and what is said when something goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, page_of
from legation.documents.to_csv import BOM
from legation.errors import UserError
from legation.settings import read_settings, read_state
from legation.storage.backup import make_backup
from legation.ui.commands import files, moving
from legation.ui.dialogs.export import ExportDialog
from legation.ui.dialogs.key_sheet import KeySheet
from legation.ui.dialogs.problem import show_problem
from legation.ui.dialogs.restore import RestoreDialog
from legation.ui.main_window import MainWindow

D = TypeVar("D", bound=QDialog)


def _open_dialog(window: MainWindow, kind: type[D]) -> D:
    (found,) = (each for each in window.findChildren(kind) if each.isVisible())
    return found


def test_the_key_sheet_finds_commands_by_words_and_by_keys_and_does_them(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow
) -> None:
    moving.show_keys(window)
    sheet = _open_dialog(window, KeySheet)
    qtbot.waitUntil(sheet.line.hasFocus, timeout=20000)
    every = sheet.list.topLevelItemCount()
    keyboard.type("officials")
    rows = [sheet.list.topLevelItem(row) for row in range(sheet.list.topLevelItemCount())]
    assert len(rows) < every and any(row is not None and row.text(1) == "Officials" for row in rows)
    sheet.line.setText("ctrl+e")
    assert sheet.list.currentItem().text(1) == "Export what I see"
    sheet.line.setText("officials")
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page_of(window).page.name == "officials", timeout=20000)


def test_an_export_has_the_format_of_its_ending(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    files.export(window)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    dialog.file.setText(str(tmp_path / "seen.json"))
    assert dialog.format.currentData() == "json" and not dialog.mark.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData("xlsx"))
    assert dialog.path == tmp_path / "seen.xlsx"
    dialog.accept()
    qtbot.waitUntil((tmp_path / "seen.xlsx").exists, timeout=20000)
    assert (tmp_path / "seen.xlsx").read_bytes()[:2] == b"PK"


def test_the_export_dialog_says_what_it_writes_and_keeps_its_choices(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    files.export(window)
    dialog = _open_dialog(window, ExportDialog)
    dialog.file.setText(str(tmp_path / "nowhere" / "events.csv"))
    assert not dialog.write.isEnabled() and "is not there" in dialog.told.text()
    dialog.file.setText(str(tmp_path / "events"))
    dialog.mark.setChecked(False)
    dialog.accept()
    qtbot.waitUntil((tmp_path / "events.csv").exists, timeout=20000)
    assert not (tmp_path / "events.csv").read_bytes().startswith(BOM.encode())
    assert not read_settings().csv_with_byte_order_mark
    assert read_state("export")["folder"] == str(tmp_path)
    files.export(window)
    again = _open_dialog(window, ExportDialog)
    assert not again.has_mark and again.path == tmp_path / "events.csv"
    assert "replaced" in again.told.text() and again.write.isEnabled()
    again.reject()


@pytest.mark.parametrize("typed", ["/", ".", "~", "~nobody-of-this-name/x.csv", "x" * 300 + "/y.csv", "/x\0/y.csv"])
def test_a_name_that_no_file_can_have_is_told_while_it_is_typed(window: MainWindow, typed: str) -> None:
    files.export(window)
    dialog = _open_dialog(window, ExportDialog)
    dialog.file.setText(typed)
    assert not dialog.write.isEnabled() and dialog.told.text().strip()
    dialog.format.setCurrentIndex(dialog.format.findData("json"))
    assert not dialog.write.isEnabled()
    dialog.reject()


def test_a_backup_is_brought_back_and_the_window_goes_on(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    from legation.ui.commands import records

    page_of(window)
    made = make_backup(sample)
    assert made is not None
    records.delete(window)
    qtbot.waitUntil(lambda: page_of(window).model.rowCount() == 7, timeout=20000)
    files.restore_backup(window)
    dialog = _open_dialog(window, RestoreDialog)
    assert dialog.list.count() >= 1
    dialog.accept()
    qtbot.waitUntil(lambda: window.workspace is not None and window.status.count.text() == "8 records", timeout=20000)
    assert list(sample.parent.glob("* before restore *"))


def test_a_damaged_workspace_offers_its_backups(
    qtbot: QtBot, window: MainWindow, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(sample)
    window.close_workspace()
    with sample.open("r+b") as file:
        file.truncate(file.seek(0, 2) // 2)
    offered: list[str] = []
    monkeypatch.setattr(
        "legation.ui.main_window.show_problem",
        lambda _window, error, words, offer: (offered.append(f"{error.what_happened} {words}"), offer()),
    )
    window.open(sample)
    assert len(offered) == 1 and "&backup" in offered[0]
    _open_dialog(window, RestoreDialog).accept()
    qtbot.waitUntil(lambda: window.workspace is not None and window.status.count.text() == "8 records", timeout=20000)


@pytest.mark.parametrize("error", [UserError("It rains.", "Take a coat."), ValueError("a bug")])
def test_what_went_wrong_is_told_with_what_to_do(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append((box.text(), box.informativeText())))
    is_bug = not isinstance(error, UserError)
    if is_bug:
        copy = lambda box: next(each for each in box.buttons() if "Copy" in each.text())  # noqa: E731
        monkeypatch.setattr(QMessageBox, "clickedButton", copy)
    show_problem(window, error)
    ((happened, to_do),) = shown
    assert (happened, to_do) == ("It rains.", "Take a coat.") if not is_bug else "Nothing saved is lost" in to_do
    if is_bug:
        assert "ValueError: a bug" in QApplication.clipboard().text()
