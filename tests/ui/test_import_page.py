"""The Import page: a file is looked at, mapped, decided and written as one step; nothing before, and nothing half."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from legation.imports.outcomes import Outcome
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database, open_workspace
from legation.ui.dialogs.ask_name import AskNameDialog
from legation.ui.imports.columns_pane import DATES, EXAMPLES, GIVES, HEADING, ColumnsPane
from legation.ui.imports.page import ImportPage
from legation.ui.imports.questions_pane import DECIDED
from legation.ui.main_window import MainWindow
from legation.ui.workspace import Workspace

MEETINGS = (
    "Date,Country A,Country B,Place,Subject\n"
    "27/01/2025,Turkmenistan,Japan,Tokyo,Talks on energy\n"
    "14/03/2025,Turkmenistan,Japan,Ashgabat,Talks on transport\n"
    "31/05/2025,Turkmenistan,Japan,Ashgabat,Talks on water\n"
    "not a day at all,Turkmenistan,Japan,Ashgabat,Talks on nothing\n"
)
OFFICIALS = "Name,Country,Post,Organisation\nAkhmet Gurbanov,,Minister of Water,Ministry of Water\n"


@pytest.fixture
def workspace_of(qtbot: QtBot, sample: Path) -> Iterator[Workspace]:
    """The sample, open as the window has it; errors that nobody expects end the test."""
    errors: list[Any] = []
    opened = Workspace(open_workspace(sample), errors.append)
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture
def page(qtbot: QtBot, workspace_of: Workspace) -> ImportPage:
    """The page, shown."""
    made = ImportPage(workspace_of)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def _open(qtbot: QtBot, page: ImportPage, path: Path, text: str | bytes) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    page.open_file(path)
    qtbot.waitUntil(lambda: not page._looking.is_running, timeout=20000)


def _count(path: Path, table: str) -> int:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return int(reader.sql(f'SELECT count(*) FROM "{table}"')[0][0])


def _apply(qtbot: QtBot, page: ImportPage) -> str:
    """Press the button and wait until all is written and looked at again; what was told."""
    with qtbot.waitSignal(page.told, timeout=20000) as signal:
        qtbot.mouseClick(page.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page._looking.is_running, timeout=20000)
    return str(signal.args[0])


def _box(pane: ColumnsPane, heading: str, column: int) -> QComboBox:
    rows = [row for row in range(pane.rowCount()) if (item := pane.item(row, HEADING)) and item.text() == heading]
    box = pane.cellWidget(rows[0], column)
    assert isinstance(box, QComboBox)
    return box


def _choose(qtbot: QtBot, box: QComboBox, data: str) -> None:
    """Choose an item as a person does, by keys."""
    box.setFocus()
    steps = box.findData(data) - box.currentIndex()
    for _step in range(abs(steps)):
        qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def test_nothing_is_written_before_import_and_one_step_takes_it_back(
    qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path
) -> None:
    before = _count(sample, "event"), _count(sample, "step")
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    assert page.plan is not None and (_count(sample, "event"), _count(sample, "step")) == before
    counts = page.plan.counts
    assert sum(counts.values()) == 4 and counts[Outcome.REJECTED] == 1
    assert "1 rejected" in page.sum.text() and page.rejects.isEnabled()
    added = counts[Outcome.ADDED]
    assert added > 0
    assert "Ctrl+Z" in _apply(qtbot, page)
    assert _count(sample, "event") == before[0] + added and _count(sample, "step") == before[1] + 1
    assert page.plan.counts[Outcome.ADDED] == 0 and not page.do.isEnabled()  # looked at again: all is there
    with closing(Database(sample, session=page.workspace.database.session)) as database:
        assert undo.undo(database) is not None
    assert _count(sample, "event") == before[0]
    assert check_workspace(sample) == []


def test_the_columns_show_what_they_give_and_why(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    assert page.plan is not None
    assert _box(page.columns, "Date", GIVES).currentData() == "event.date"
    assert "day first" in _box(page.columns, "Date", DATES).currentText().casefold()
    headings = [page.columns.item(row, HEADING) for row in range(page.columns.rowCount())]
    assert [item.text() for item in headings if item][:5] == ["Date", "Country A", "Country B", "Place", "Subject"]
    assert "UTF-8" in page.source.how.text()
    names = [box.accessibleName() for box in page.columns.gates()]
    assert all(names) and len(names) >= 6


def test_another_choice_for_a_column_makes_another_plan(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    assert page.plan is not None and page.plan.mapping.gives("event.city")
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        _choose(qtbot, _box(page.columns, "Place", GIVES), "event.venue")
    qtbot.waitUntil(lambda: page.plan is not None, timeout=20000)
    assert page.plan.mapping.columns["Place"] == ("event.venue",)
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        _choose(qtbot, _box(page.columns, "Date", DATES), "month first")
    qtbot.waitUntil(lambda: page.plan is not None, timeout=20000)
    assert page.plan.mapping.dates["Date"] == "month first"
    assert page.plan.dates["Date"].order == "month first"


def test_a_name_that_may_be_known_is_decided_by_keys(
    qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path
) -> None:
    _open(qtbot, page, tmp_path / "officials.csv", OFFICIALS)
    assert page.plan is not None and page.plan.questions, page.sum.text()
    people = _count(sample, "person")
    page.tabs.setCurrentIndex(1)
    for key, expected in (
        (Qt.Key.Key_N, "A new record"),
        (Qt.Key.Key_S, "Ahmet Gurbanov"),
        (Qt.Key.Key_U, "By the rule"),
    ):
        with qtbot.waitSignal(page._looking.looked, timeout=20000):
            qtbot.keyClick(page.questions, key)
            item = page.questions.topLevelItem(0)
            assert item is not None and item.text(DECIDED).startswith(expected)  # at once
        item = page.questions.topLevelItem(0)
        assert item is not None and item.text(DECIDED).startswith(expected)
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        qtbot.keyClick(page.questions, Qt.Key.Key_S)
    _apply(qtbot, page)
    assert _count(sample, "person") == people


def test_import_pressed_right_after_a_decision_writes_what_was_decided(
    qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path
) -> None:
    _open(qtbot, page, tmp_path / "officials.csv", OFFICIALS)
    people, told = _count(sample, "person"), []
    page.told.connect(told.append)
    page.tabs.setCurrentIndex(1)
    qtbot.keyClick(page.questions, Qt.Key.Key_S)
    assert page.do.isEnabled() and page.plan is None
    qtbot.mouseClick(page.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("Imported as step" in each for each in told), timeout=20000)
    assert _count(sample, "person") == people


def test_escape_takes_a_press_of_import_back(qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path) -> None:
    _open(qtbot, page, tmp_path / "officials.csv", OFFICIALS)
    steps = _count(sample, "step")
    page.tabs.setCurrentIndex(1)
    qtbot.keyClick(page.questions, Qt.Key.Key_N)
    page.apply()
    page.escape()
    qtbot.wait(200)
    assert _count(sample, "step") == steps and page.do.isEnabled()
    _apply(qtbot, page)
    qtbot.waitUntil(lambda: _count(sample, "step") == steps + 1, timeout=20000)


def test_the_line_below_says_how_many_rows_there_are(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    told: list[str] = []
    page.counted.connect(told.append)
    _open(qtbot, page, tmp_path / "officials.csv", OFFICIALS)
    assert told == ["", "1 row"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"\xff\xd8\xff\xe0 a picture", "no table"), (b"SQLite format 3\x00" + bytes(100), "no table")],
)
def test_what_is_no_table_is_told_and_nothing_can_be_imported(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, content: bytes, words: str
) -> None:
    _open(qtbot, page, tmp_path / "other.bin", content)
    assert words in page.message.text() and page.shown.currentWidget() is page.message
    assert page.plan is None and not page.do.isEnabled() and not page.rejects.isEnabled()


def test_reading_a_file_otherwise_is_looked_at_again(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS.replace(",", ";"))
    assert page.plan is not None and len(page.plan.table.headings) == 5
    page.source.fold.setChecked(True)
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        _choose(qtbot, page.source.delimiter, "|")
    qtbot.waitUntil(lambda: page.looked is not None and not page._looking.is_running, timeout=20000)
    assert page.looked is not None and page.looked.plan is not None
    assert len(page.looked.plan.table.headings) == 1


def test_stopping_while_it_is_written_leaves_nothing(
    qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path
) -> None:
    rows = "".join(f"2024-01-{at % 28 + 1:02},Turkmenistan,Japan,Tokyo,Talks number {at}\n" for at in range(3000))
    before = _count(sample, "event"), _count(sample, "step")
    _open(qtbot, page, tmp_path / "many.csv", "Date,Country A,Country B,Place,Subject\n" + rows)
    assert page.plan is not None and page.plan.counts[Outcome.ADDED] > 1000
    stopped = Event()
    page.workspace.writer.put(lambda _database: stopped.wait(20), lambda _answer: None)  # so that nothing is done yet
    with qtbot.waitSignal(page.told, timeout=20000) as signal:
        qtbot.mouseClick(page.do, Qt.MouseButton.LeftButton)
        page.stop()
        stopped.set()
    assert "nothing was written" in signal.args[0]
    assert (_count(sample, "event"), _count(sample, "step")) == before
    assert page.do.isEnabled()


def test_what_all_rows_lack_is_ready_to_be_typed(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    text = "Name,Country,Start\nAna Lima,Japan,2023-11-07\nBo Ek,Chile,2024-11-08\n"
    _open(qtbot, page, tmp_path / "travels.csv", text)
    assert "lack “Guest: country”" in page.sum.text()
    last = page.columns.rowCount() - 1
    gives, value = page.columns.cellWidget(last, GIVES), page.columns.cellWidget(last, EXAMPLES)
    assert isinstance(gives, QComboBox) and gives.currentData() == "guest.country" and isinstance(value, QLineEdit)
    qtbot.keyClicks(value, "Norway")
    qtbot.keyClick(value, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.plan is not None and page.plan.counts[Outcome.ADDED] == 2, timeout=20000)
    assert "lack" not in page.sum.text()


def test_what_cells_cut_short_is_said_in_full_below(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    _box(page.columns, "Date", DATES).setFocus()
    assert page.detail.isVisible() and page.detail.text().startswith("Date: The heading “Date” says so.")
    assert "Day first" in page.detail.text()
    _box(page.columns, "Country A", GIVES).setFocus()
    assert page.detail.text().startswith("Country A: ")
    page.tabs.setCurrentIndex(2)
    assert page.plan is not None and page.detail.text() == page.plan.rows[0].sentence
    qtbot.keyClick(page.rows.table, Qt.Key.Key_Down)
    assert page.detail.text() == page.plan.rows[1].sentence
    page.tabs.setCurrentIndex(1)
    assert "Turkmen-Japanese political consultations? The same parties" in page.detail.text()


def test_the_next_file_shows_nothing_of_the_last(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    assert page.source.how.isVisible()
    _open(qtbot, page, tmp_path / "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(300))
    assert page.source.name.text() == "picture.csv" and not page.source.how.isVisible()
    assert "no table" in page.message.text() and page.sum.text() == "" and not page.detail.isVisible()
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    assert page.source.how.isVisible() and page.do.isEnabled()


def test_months_are_taken_by_one_key(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = "".join(f"2019-{at:02}-01,Japan,Chile,Talks number {at}\n" for at in range(1, 11))
    _open(qtbot, page, tmp_path / "months.csv", "Date,Country A,Country B,Subject\n" + rows)
    assert page.tabs.tabText(1) == "&Decide (1)"
    page.tabs.setCurrentIndex(1)
    assert page.detail.text() == "Date (dates): Only the month is known? All 10 days are the 1st of a month."
    for key, expected in ((Qt.Key.Key_S, "2019-01"), (Qt.Key.Key_N, "2019-01-01"), (Qt.Key.Key_S, "2019-01")):
        with qtbot.waitSignal(page._looking.looked, timeout=20000):
            qtbot.keyClick(page.questions, key)
        assert page.plan is not None
        page.plan.bulk.finish()
        assert expected in page.plan.bulk.rows["event"][0]
    assert _box(page.columns, "Date", DATES).currentText() == "Only the month is known"


TWO = (
    "Name,Country,Position\nJan Novak,Czechia,Minister of Water\n\n\n"
    "Date,Country A,Country B,Place,Subject\n27/01/2021,Turkmenistan,Japan,Tokyo,Talks on energy\n"
    "14/03/2021,Turkmenistan,Japan,Ashgabat,Talks on transport\n"
)


def test_all_tables_of_a_file_are_mapped_apart_and_written_together(
    qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path
) -> None:
    before = _count(sample, "event"), _count(sample, "person"), _count(sample, "step")
    _open(qtbot, page, tmp_path / "two.csv", TWO)
    assert page.source.table.isVisible() and page.source.take.isChecked()
    assert [each.mapping.type for each in page.plans] == ["officials", "events"]
    assert "Table 1: 1 added, 0 rejected · Table 2: 2 added, 0 rejected" in page.sum.text()
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        _choose(qtbot, _box(page.columns, "Country", GIVES), "")
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        qtbot.keyClick(page.source.table, Qt.Key.Key_Down)
    assert page.plan is not None and page.plan.mapping.type == "events"
    assert "Country" not in page.plans[0].mapping.columns  # what was said of the other table is kept
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        qtbot.keyClick(page.source.take, Qt.Key.Key_Space)
    assert len(page.plans) == 1 and "Table 2: left out" in page.sum.text()
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        qtbot.keyClick(page.source.take, Qt.Key.Key_Space)
    assert len(page.plans) == 2
    _apply(qtbot, page)
    after = _count(sample, "event"), _count(sample, "person"), _count(sample, "step")
    assert after == (before[0] + 2, before[1] + 1, before[2] + 1)


def test_a_step_of_another_makes_the_plan_be_looked_at_again(
    qtbot: QtBot, page: ImportPage, sample: Path, tmp_path: Path
) -> None:
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    first = page.plan
    with qtbot.waitSignal(page._looking.looked, timeout=20000):
        page.workspace.write(lambda database: database.write("Note", _note))
    qtbot.waitUntil(lambda: page.plan is not None, timeout=20000)
    assert page.plan is not first and page.do.isEnabled()


def _note(session: Any) -> None:
    session.connection().exec_driver_sql("UPDATE person SET note = 'x' WHERE id = 1")


def test_the_window_takes_a_copied_table_by_keys_alone(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    copied = ("Date\tCountry A\tCountry B\tPlace\tSubject", "3 March 2025\tJapan\tTurkmenistan\tTokyo\tTalks")
    QApplication.clipboard().setText("\n".join(copied))
    before = _count(sample, "event")
    keyboard.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    keyboard.until(lambda: window.import_page() is not None)
    page = window.import_page()
    assert page is not None
    keyboard.until(page.source.choose.hasFocus)
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.until(page.source.paste.hasFocus)
    keyboard.press(Qt.Key.Key_Space)
    keyboard.until(lambda: page.plan is not None and page.do.isEnabled())
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    keyboard.until(lambda: _count(sample, "event") == before + 1)
    keyboard.until(lambda: page.plan is not None and page.plan.counts[Outcome.ADDED] == 0)
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.until(lambda: window.record_page() is not None)


def test_a_mapping_is_kept_and_found_again(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, tmp_path: Path
) -> None:
    window.show_page("import")
    page = window.import_page()
    assert page is not None
    _open(qtbot, page, tmp_path / "meetings.csv", MEETINGS)
    qtbot.mouseClick(page.source.keep, Qt.MouseButton.LeftButton)
    keyboard.until(lambda: isinstance(QApplication.activeModalWidget(), AskNameDialog))
    keyboard.type("Talks")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: "“Talks”" in page.source.kept.text() and page.plan is not None)
    _open(
        qtbot, page, tmp_path / "other.csv", MEETINGS.replace("Subject", "Subject,Note").replace("energy", "energy,x")
    )
    keyboard.until(lambda: page.plan is not None)
    assert page.plan is not None and page.plan.mapping.name == "Talks"
