"""The table: columns chosen and remembered, letters that jump, cells corrected, rows copied."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.fields.kinds import Link
from legation.records.catalogue import RECORD_TYPES
from legation.storage.database import Database
from legation.storage.pages import columns_of
from legation.storage.queries import Query
from legation.ui.background import Lane
from legation.ui.commands import files, tables
from legation.ui.dialogs.columns import ColumnsDialog
from legation.ui.dialogs.edit_rows import EditRowsDialog
from legation.ui.dialogs.paste_rows import PasteRowsDialog
from legation.ui.forms.editors import DateEditor
from legation.ui.main_window import MainWindow
from legation.ui.tables.record_model import RecordModel

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def _value(path: Path, sql: str) -> Any:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return reader.sql(sql)[0][0]


def _column(window: MainWindow, name: str) -> None:
    """Put the current cell into a column."""
    page = page_of(window)
    at = page.table.columns.index(name)
    page.table.setCurrentIndex(page.model.index(page.table.currentIndex().row(), at))


def test_any_field_can_be_a_column_and_the_choice_is_remembered(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path, tmp_path: Path
) -> None:
    page = page_of(window)
    page.table.choose(["title", "topics", "date"])
    keyboard.until(lambda: page.model.columnCount() == 3)
    assert page.model.headerData(1, Qt.Orientation.Horizontal) == "Topics"
    page.table.setColumnWidth(1, 333)
    header = page.table.horizontalHeader()
    header.moveSection(2, 0)
    assert page.columns_on_screen() == ["date", "title", "topics"]
    files.write_export(window, tmp_path / "seen.csv")
    keyboard.until((tmp_path / "seen.csv").exists)
    first = (tmp_path / "seen.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first == "Date,Date (in words),Title,Topics,Topics (codes)"
    window.close()
    second = open_window(qtbot, sample)
    again = page_of(second)
    assert again.columns_on_screen() == ["date", "title", "topics"]
    assert again.table.columnWidth(again.table.columns.index("topics")) == 333
    second.close()


def test_an_export_has_all_rows_also_while_only_the_first_are_listed(
    window: MainWindow, keyboard: Keyboard, tmp_path: Path
) -> None:
    page = page_of(window)
    every = list(page.model.ids)
    page.model.ids, page.model.is_whole = every[:2], False
    files.write_export(window, tmp_path / "seen.json")
    keyboard.until((tmp_path / "seen.json").exists)
    assert [each["id"] for each in json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))] == every
    page.model.ids, page.model.is_whole = every, True


def test_the_columns_that_say_what_happened_are_seen_at_first(window: MainWindow) -> None:
    table = page_of(window).table
    edges = [table.columnViewportPosition(at) + table.columnWidth(at) for at in range(5)]
    assert table.columns[:5] == ["date", "kind", "title", "parties", "heads"]
    assert window.width() == 1280 and max(edges) <= table.viewport().width()


def test_a_column_taken_away_takes_its_order_along(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    page.table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    keyboard.until(lambda: page.model.query.order == ("title",))
    page.table.show_column("kind", False)
    keyboard.until(lambda: "kind" not in page.columns_on_screen() and page.model.columnCount() == 8)
    assert page.table.order() == ("title",)
    page.table.show_column("title", False)
    keyboard.until(lambda: page.model.columnCount() == 7)
    assert page.table.order() == () and page.model.query.order == ()


def test_columns_are_chosen_by_keys(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    before = page.columns_on_screen()
    tables.choose_columns(window)
    keyboard.until(lambda: isinstance(QApplication.activeModalWidget(), ColumnsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ColumnsDialog) and dialog.chosen() == before
    keyboard.until(dialog.isActiveWindow)
    dialog.list.setFocus()
    keyboard.press(Qt.Key.Key_Down, ALT)  # the date after the kind
    keyboard.press(Qt.Key.Key_End)
    keyboard.press(Qt.Key.Key_Space)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page.model.columnCount() == len(before) + 1)
    assert page.columns_on_screen() == [before[1], before[0], *before[2:], "sources"]


def test_letters_jump_to_the_row_that_starts_so(window: MainWindow, keyboard: Keyboard) -> None:
    window.show_page("countries")
    page = page_of(window)
    keyboard.until(lambda: len(page.model.ids) == 292)
    page.table.setFocus()
    keyboard.type("turkm")
    name = page.table.columns.index("name")
    keyboard.until(lambda: page.table.currentIndex().siblingAtColumn(name).data() == "Turkmenistan")


def test_a_cell_is_corrected_as_one_step(window: MainWindow, keyboard: Keyboard, sample: Path) -> None:
    page_of(window).go_to(2)
    keyboard.until(lambda: page_of(window).current_id() == 2)
    _column(window, "city")
    keyboard.press(Qt.Key.Key_F2)
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("Kyoto")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: _value(sample, "SELECT city FROM event WHERE id = 2") == "Kyoto")
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    keyboard.until(lambda: _value(sample, "SELECT city FROM event WHERE id = 2") == "Tokyo")


def test_a_cell_left_by_escape_or_unchanged_writes_nothing(
    window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    steps = _value(sample, "SELECT max(id) FROM step")
    _column(window, "title")
    keyboard.press(Qt.Key.Key_F2)
    keyboard.type("gone")
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.press(Qt.Key.Key_F2)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: QApplication.focusWidget() is page_of(window).table)
    assert _value(sample, "SELECT max(id) FROM step") == steps
    assert page_of(window).model.rowCount() == 8


def test_a_refused_date_stays_in_the_cell_with_a_sentence(window: MainWindow, keyboard: Keyboard, sample: Path) -> None:
    _column(window, "date")
    keyboard.press(Qt.Key.Key_F2)
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("32 jan 2025")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: bool(window.statusBar().currentMessage()))
    keyboard.until(lambda: isinstance(QApplication.focusWidget().parentWidget(), DateEditor))  # type: ignore[union-attr]
    editor = QApplication.focusWidget().parentWidget()  # type: ignore[union-attr]
    assert isinstance(editor, DateEditor) and editor.text() == "32 jan 2025"
    keyboard.press(Qt.Key.Key_Escape)


def test_a_derived_column_says_where_it_is_edited(window: MainWindow, keyboard: Keyboard) -> None:
    _column(window, "parties")
    keyboard.press(Qt.Key.Key_F2)
    assert "press Enter" in window.statusBar().currentMessage()


def test_rows_are_copied_for_a_spreadsheet(window: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(window)
    page.table.choose(["title", "country"])
    keyboard.until(lambda: page.model.columnCount() == 2)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Home, CONTROL)
    keyboard.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QApplication.clipboard().clear()
    keyboard.press(Qt.Key.Key_C, CONTROL)
    keyboard.until(lambda: bool(QApplication.clipboard().text()))
    rows = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert rows[0] == ["Title", "Country", "Country (code)", "Number"] and len(rows) == 3
    assert rows[1][1:3] == ["Japan", "JPN"] and rows[1][3].isdecimal()


@pytest.mark.parametrize("name", sorted(RECORD_TYPES))
def test_the_model_of_every_record_type_keeps_qts_rules(qtbot: QtBot, sample_database: Database, name: str) -> None:
    if name == "capacity":
        pytest.skip("capacities have no id of their own and are never listed")
    failures: list[Any] = []
    lane = Lane("test", sample_database, failures.append)
    model = RecordModel(lane)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    fields = [each.name for each in RECORD_TYPES[name].fields]
    counts: list[int] = []
    model.counted.connect(counts.append)
    model.show(Query(name), columns_of(RECORD_TYPES[name], fields))
    qtbot.waitUntil(lambda: bool(counts), timeout=20000)
    assert model.rowCount() == counts[0] and tester.model() is model
    lane.end()
    assert not failures


def test_the_questions_do_not_grow_with_the_rows(database: Database) -> None:
    from legation.storage.pages import page as rows_of

    asked = set()
    record = RECORD_TYPES["organisation"]
    with closing(database.reader()) as reader:
        every = [row[0] for row in reader.sql("SELECT id FROM organisation ORDER BY id")]
        for size in (5, 50, 150):
            before = reader.statements
            assert len(rows_of(reader, record, columns_of(record), every[:size])) == size
            asked.add(reader.statements - before)
    assert len(asked) == 1 and asked.pop() <= 1 + sum(isinstance(each.kind, Link) for each in columns_of(record))


def test_a_column_is_changed_in_all_selected_rows(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    page = page_of(window)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    column = next(at for at, each in enumerate(page.model.columns) if each.name == "kind")
    page.table.setCurrentIndex(page.model.index(0, column))
    for _row in range(2):
        keyboard.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    ids = [page.model.ids[row] for row in page.table.selected_rows()]
    assert len(ids) == 3
    keyboard.press(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(window.findChildren(EditRowsDialog)), timeout=20000)
    dialog = window.findChildren(EditRowsDialog)[0]
    qtbot.waitUntil(lambda: "2 records change" in dialog.told.text(), timeout=20000)
    assert dialog.list.topLevelItemCount() == 2
    keyboard.press(Qt.Key.Key_Return)
    wanted = f"SELECT count(*) FROM event WHERE kind = 'expo_national_day' AND id IN ({', '.join(map(str, ids))})"

    def is_changed() -> bool:
        with closing(Database(sample)) as database, closing(database.reader()) as reader:
            return reader.sql(wanted) == [(3,)]

    qtbot.waitUntil(is_changed, timeout=20000)


def test_rows_pasted_from_a_spreadsheet_are_previewed_and_one_step(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    page, clipboard = page_of(window), QApplication.clipboard()
    clipboard.clear()
    keyboard.press(Qt.Key.Key_C, CONTROL)
    keyboard.until(lambda: "National Day" in clipboard.text())
    heading, row = (line.split("\t") for line in clipboard.text().splitlines())
    row[heading.index("Place")] = "Kobe"
    new = ["" if name not in ("Date", "Title") else text for name, text in zip(heading, row, strict=True)]
    clipboard.setText("\n".join("\t".join(each) for each in (heading, row, new)))
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.until(lambda: any(each.isVisible() for each in window.findChildren(PasteRowsDialog)))
    dialog = next(each for each in window.findChildren(PasteRowsDialog) if each.isVisible())
    keyboard.until(lambda: "1 record changes. 1 record is added." in dialog.told.text())
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page.model.rowCount() == 9)
    assert _value(sample, "SELECT group_concat(city) FROM event WHERE id IN (8, 9)") == "Kobe"
    assert _value(sample, "SELECT count(*) FROM step WHERE label = 'Paste {count} rows'") == 1


def test_cells_pasted_without_headings_fill_down_from_the_chosen_cell(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    _column(window, "city")
    QApplication.clipboard().setText("Nagoya\nKobe")
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.until(lambda: any(each.isVisible() for each in window.findChildren(PasteRowsDialog)))
    dialog = next(each for each in window.findChildren(PasteRowsDialog) if each.isVisible())
    keyboard.until(lambda: "2 records change." in dialog.told.text())
    keyboard.press(Qt.Key.Key_Return)
    ids = page_of(window).model.ids[:2]
    cities = f"SELECT group_concat(city) FROM event WHERE id IN ({ids[0]}, {ids[1]})"
    keyboard.until(lambda: set(str(_value(sample, cities)).split(",")) == {"Nagoya", "Kobe"})


def test_more_rows_than_are_pasted_at_once_are_refused_and_none_is_left_out(
    window: MainWindow, keyboard: Keyboard
) -> None:
    QApplication.clipboard().setText("Kobe\n" * 5001)
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.until(lambda: "5,001 rows" in window.statusBar().currentMessage())
    assert not [each for each in window.findChildren(PasteRowsDialog) if each.isVisible()]


def test_cells_pasted_beyond_the_last_column_are_told(window: MainWindow, keyboard: Keyboard) -> None:
    _column(window, page_of(window).table.columns_on_screen()[-1])
    QApplication.clipboard().setText("held\tlost\nheld")
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.until(lambda: any(each.isVisible() for each in window.findChildren(PasteRowsDialog)))
    dialog = next(each for each in window.findChildren(PasteRowsDialog) if each.isVisible())
    keyboard.until(lambda: "1 cell lies beyond the last column" in dialog.told.text())
    dialog.reject()
