"""The window on the sample: every page, words, undo, export, links; and the command table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from keyboard import page_of
from legation import cli
from legation.storage.database import Database
from legation.ui.commands import files, records
from legation.ui.commands.catalogue import COMMANDS, MENUS, PLACES
from legation.ui.main_window import MainWindow
from legation.ui.pages.catalogue import PAGES


def _until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=20000)


def test_every_page_fills(qtbot: QtBot, window: MainWindow) -> None:
    wanted = {"meetings": "4 records", "planned": "3 records", "officials": "4 records", "countries": "292 records",
              "outcomes": "1 record", "sources": "3 records", "history": "2 steps"}  # fmt: skip
    for name, text in wanted.items():
        window.show_page(name)
        _until(qtbot, lambda text=text: window.status.count.text() == text)


def test_words_narrow_and_details_follow(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.words.setText("itochu tsubai")
    dossier = page.details.dossier
    _until(qtbot, lambda: page.model.rowCount() == 1 and "Executive Vice President" in dossier.toPlainText())
    page.words.setText("no such words")
    _until(qtbot, page.empty.isVisible)


def test_a_deleted_event_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    records.delete(window)
    _until(qtbot, lambda: page.model.rowCount() == 7)
    records.undo(window)
    _until(qtbot, lambda: page.model.rowCount() == 8)
    records.redo(window)
    _until(qtbot, lambda: page.model.rowCount() == 7)


def test_the_export_is_what_the_command_writes(qtbot: QtBot, window: MainWindow, sample: Path, tmp_path: Path) -> None:
    files.write_export(window, tmp_path / "window.csv")
    _until(qtbot, (tmp_path / "window.csv").exists)
    assert cli.run(["list", str(sample), "events", "--format", "csv", "-o", str(tmp_path / "command.csv")]) == 0
    assert (tmp_path / "window.csv").read_bytes() == (tmp_path / "command.csv").read_bytes()


def test_a_link_goes_there_and_back(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    here = page.current_id()
    window.go_to("person", 4)
    _until(qtbot, lambda: page_of(window).page.name == "officials" and page_of(window).current_id() == 4)
    window.travel(-1)
    _until(qtbot, lambda: page_of(window).page.name == "events" and page_of(window).current_id() == here)


def test_clicking_a_heading_sorts(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.table.horizontalHeader().setSortIndicator(2, page.table.horizontalHeader().sortIndicatorOrder())
    _until(qtbot, lambda: page.model.query.order == ("title",) and page.model.rowCount() == 8)


def test_ids_and_keys_are_unique_and_every_command_is_documented() -> None:
    assert len({each.id for each in COMMANDS}) == len(COMMANDS)
    of_window = [key for each in COMMANDS if each.where == "window" for key in each.keys]
    of_window += [f"Ctrl+{page.key}" for page in PAGES if page.key]
    for place in PLACES:
        keys = of_window + [key for each in COMMANDS if each.where == place != "window" for key in each.keys]
        assert len(set(keys)) == len(keys)
    for each in COMMANDS:
        assert each.run.__doc__ and each.menu in MENUS


def test_later_reference_data_is_taken_over_when_a_workspace_is_opened(
    qtbot: QtBot, window: MainWindow, sample: Path, later_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.storage.reference.reference_folder", lambda: later_release)
    window.close_workspace()
    window.open(sample)
    _until(qtbot, lambda: "brought up to date" in window.statusBar().currentMessage())
    _until(qtbot, lambda: "Update the reference data" in window.actions_by_id["undo"].text())
    with closing(Database(sample)) as database, closing(database.reader()) as reader:
        assert reader.sql("SELECT capital FROM country WHERE code = 'TKM'") == [("Arkadag",)]
