"""An analyst enters the consultations of 27 January 2025 by keys only, and finds, corrects and exports them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from keyboard import Keyboard, page_of
from legation import cli
from legation.storage.database import Database
from legation.ui.main_window import MainWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
MOST_KEYS = 60
FACTS = """
SELECT e.date, e.kind, e.title, e.country, e.city, e.status, r.parties, r.heads, r.level, r.topics,
  (SELECT group_concat(d.country || ' ' || d.role || ' ' || d.attendance, ', ') FROM delegation d
   WHERE d.event_id = e.id),
  (SELECT count(*) FROM capacity c JOIN delegate g ON g.id = c.delegate_id WHERE g.event_id = e.id),
  (SELECT s.title FROM citation k JOIN source s ON s.id = k.source_id WHERE k.event_id = e.id)
FROM event e JOIN event_row r ON r.event_id = e.id WHERE e.kind = 'consultations'
"""


@pytest.fixture(autouse=True)
def _in_the_week_of_the_dispatch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-03")


def test_the_consultations_are_entered_by_keys_only(
    window: MainWindow, keyboard: Keyboard, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard.press(Qt.Key.Key_I, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is not None)
    keyboard.type("27 jan")
    keyboard.press(TAB)
    keyboard.type("cons")
    for _box in ("the title, which is proposed", "the country, which the place tells", "the place"):
        keyboard.press(TAB)
    keyboard.type("tok")
    for country, head in (("tkm", "gu"), ("jpn", "is")):
        keyboard.press(Qt.Key.Key_P, ALT)
        keyboard.enter_line(country, "Add a delegate")
        keyboard.enter_line(head, "Acting as: a post held")
    keyboard.press(Qt.Key.Key_A, ALT)
    for topic in ("pow", "tra", "con", "bil"):
        keyboard.enter_line(topic, "Add a topic")
    keyboard.press(Qt.Key.Key_S, ALT)
    keyboard.type("cas")
    keyboard.press(ENTER)
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is None)
    entered = keyboard.count
    with closing(Database(desk)) as database, closing(database.reader()) as reader:
        (facts,) = reader.sql(FACTS)
        steps = reader.sql("SELECT count(*) FROM step WHERE label = 'Add “{name}”'")
    assert facts[:6] == (
        "2025-01-27",
        "consultations",
        "Turkmen-Japanese consultations",
        "JPN",
        "Tokyo",
        "held",
    )
    assert facts[6] == "JPN · TKM" or facts[6] == "TKM · JPN"
    assert "Gurbanov" in facts[7] and "Ishikawa" in facts[7]
    assert facts[8] == "senior_officials"
    assert len(facts[9].split(" · ")) == 4
    assert sorted(facts[10].split(", ")) == ["JPN host attended", "TKM guest attended"]
    assert facts[11:] == (2, "Turkmenistan and Japan Discuss Strengthening Cooperation")
    assert steps == [(1,)]
    assert entered <= MOST_KEYS
    with capsys.disabled():
        print(f"\nthe consultations of 27 January 2025 took {entered} keys")


def test_they_are_found_corrected_undone_and_exported_by_keys(
    window: MainWindow, keyboard: Keyboard, desk: Path, tmp_path: Path
) -> None:
    page = page_of(window)
    keyboard.press(Qt.Key.Key_F, CONTROL)
    keyboard.type("itochu")
    keyboard.until(lambda: page.model.rowCount() == 1)
    keyboard.press(ENTER)
    keyboard.press(ENTER)
    keyboard.until(lambda: page.details.form is not None)
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("28 jan 2025")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: page.details.form is None)
    dates = f"SELECT date FROM event WHERE id = {page.current_id()}"
    with closing(Database(desk)) as database, closing(database.reader()) as reader:
        assert reader.sql(dates) == [("2025-01-28",)]
    keyboard.until(lambda: "Change" in window.status.next_undo.text())
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    keyboard.until(lambda: "Change" not in window.status.next_undo.text())
    with closing(Database(desk)) as database, closing(database.reader()) as reader:
        assert reader.sql(dates) != [("2025-01-28",)]
    keyboard.press(ESCAPE)
    keyboard.until(lambda: page.model.rowCount() == 7)
    assert cli.run(["check", str(desk)]) == 0
