"""Groups in the table: heads with counts, keys from group to group, a held row, and what has no date."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.filters.language import parse_filters
from legation.storage.saving import save
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.main_window import MainWindow
from legation.ui.tables.group_heads import BAND
from legation.ui.tables.record_table import ROW_HEIGHT

ALT = Qt.KeyboardModifier.AltModifier


def run(window: MainWindow, id: str) -> None:
    window.run(next(each for each in COMMANDS if each.id == id))


def heads(window: MainWindow) -> dict[int, str]:
    return {row: group.words for row, group in page_of(window).model.heads.items()}


@pytest.fixture
def grouped(window: MainWindow, keyboard: Keyboard) -> MainWindow:
    """The window with its events by year."""
    run(window, "group-year")
    keyboard.until(lambda: len(heads(window)) == 3)
    return window


def test_years_have_heads_with_counts(grouped: MainWindow) -> None:
    found, table = heads(grouped), page_of(grouped).table
    assert list(found) == [0, 6, 7]
    assert [each.split(" · ")[0] for each in found.values()] == ["2025", "2024", "Without a date"]
    heights = [table.rowHeight(row) for row in range(8)]
    assert heights == [ROW_HEIGHT + BAND * (row in found) for row in range(8)]
    assert page_of(grouped).group_line.text() == found[0]
    assert grouped.actions_by_id["group-year"].isChecked() and not grouped.actions_by_id["no-groups"].isChecked()


def test_keys_go_from_group_to_group(grouped: MainWindow, keyboard: Keyboard) -> None:
    table = page_of(grouped).table
    table.setFocus()
    for row in (6, 7, 7):
        keyboard.press(Qt.Key.Key_Down, ALT)
        assert table.currentIndex().row() == row
    assert grouped.statusBar().currentMessage() == "There is no other group."
    for row in (6, 0):
        keyboard.press(Qt.Key.Key_Up, ALT)
        assert table.currentIndex().row() == row
    assert grouped.statusBar().currentMessage() == heads(grouped)[0]


def test_months_and_none(grouped: MainWindow, keyboard: Keyboard) -> None:
    run(grouped, "group-month")
    keyboard.until(lambda: len(heads(grouped)) > 3)
    assert "January 2025" in " ".join(heads(grouped).values())
    run(grouped, "no-groups")
    keyboard.until(lambda: not heads(grouped))
    table = page_of(grouped).table
    assert {table.rowHeight(row) for row in range(8)} == {ROW_HEIGHT}
    assert page_of(grouped).group_line.isHidden()
    table.setFocus()
    keyboard.press(Qt.Key.Key_Down, ALT)
    assert grouped.statusBar().currentMessage() == "The table has no groups: choose Group by year in the menu View."


def test_another_order_takes_the_heads_away_and_grouping_brings_the_dates_back(
    grouped: MainWindow, keyboard: Keyboard
) -> None:
    page = page_of(grouped)
    page.table.sort_by(("title",))
    keyboard.until(lambda: page.model.query.order == ("title",) and not heads(grouped))
    run(grouped, "group-month")
    keyboard.until(lambda: page.model.query.order == ("-date",) and len(heads(grouped)) > 3)
    page.table.sort_by(("date",))
    keyboard.until(lambda: page.model.query.order == ("date",) and bool(heads(grouped)))
    assert next(iter(heads(grouped).values())).startswith("December 2024")


def test_words_do_not_tear_groups_apart(grouped: MainWindow, keyboard: Keyboard) -> None:
    page = page_of(grouped)
    page.filter.set_text("japan")
    keyboard.until(lambda: bool(page.model.query.filters) and bool(heads(grouped)))
    assert page.model.query.order == ("-date",)
    assert sum(group.count or 0 for group in page.model.heads.values()) == page.model.rowCount()


def test_a_row_that_no_longer_answers_stays_before_the_heads(grouped: MainWindow, keyboard: Keyboard) -> None:
    model = page_of(grouped).model
    held, query = model.ids[0], model.query
    model.show(query.filtered(*parse_filters("date:2024 or undated")), model.columns, held, "year")
    keyboard.until(lambda: model.held == held and model.rowCount() == 3)
    assert list(model.heads) == [0, 2]
    model.let_go()
    assert model.rowCount() == 2 and list(model.heads) == [0, 1]


def test_the_choice_is_kept_and_records_without_a_date_have_none(
    qtbot: QtBot, grouped: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    grouped.show_page("officials")
    assert grouped.actions_by_id["no-groups"].isChecked()
    run(grouped, "group-year")
    assert grouped.statusBar().currentMessage() == "These records have no date to be grouped by."
    grouped.close()
    again = open_window(qtbot, sample)
    keyboard.until(lambda: len(heads(again)) == 3)
    again.close()


def test_first_rows_have_heads_before_all_are_counted(qtbot: QtBot, sample: Path, keyboard: Keyboard) -> None:
    with closing(Database(sample)) as database:

        def many(session: object) -> None:
            for number in range(450):
                draft = new_draft(record_type("event"), title=f"Event {number}", date=str(1600 + number))
                save(session, draft)  # type: ignore[arg-type]

        database.write("Many", many)
    shown = open_window(qtbot, sample, 458)
    run(shown, "group-year")
    page = page_of(shown)
    keyboard.until(lambda: len(page.model.heads) > 440 and page.model.rowCount() == 458)
    assert sum(group.count or 0 for group in page.model.heads.values()) == 458
    assert [page.table.rowHeight(row) for row in (0, 457)] == [ROW_HEIGHT + BAND] * 2
    assert page.model.group_at(457) is page.model.heads[457]
    shown.close()
