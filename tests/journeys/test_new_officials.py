"""An analyst enters the consultations of 27 January 2025 where nobody in them is known yet, by keys only."""

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
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
MOST_KEYS = 45  # beyond the letters of names and titles
HEADS = (
    ("tkm", "Deputy Minister of Foreign Affairs of Turkmenistan Ahmet Gurbanov"),
    (
        "jpn",
        "Special Representative of the Ministry of Foreign Affairs of Japan for Central Asian and Caucasus Affairs "
        "Ishikawa Masaki",
    ),
)
SOURCE = "Turkmenistan and Japan Discuss Strengthening Cooperation"
ACTED = """
SELECT n.name, t.title, t.rank, o.name, o.country, g.role FROM capacity c JOIN delegate g ON g.id = c.delegate_id
JOIN appointment a ON a.id = c.appointment_id JOIN person n ON n.id = a.person_id JOIN post t ON t.id = a.post_id
JOIN organisation o ON o.id = t.organisation_id ORDER BY n.name
"""


@pytest.fixture
def desk(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEGATION_TODAY", "2025-02-03")
    return workspace


@pytest.fixture
def source(desk: Path) -> str:
    """The source, known from an earlier event; nobody in it is."""
    assert cli.run(["add", str(desk), f'16-17 dec 2024 committee session TKM+JPN src:"{SOURCE}"']) == 0
    return SOURCE


@pytest.fixture
def events(source: str) -> int:
    return 1


def _enter(window: MainWindow, keyboard: Keyboard) -> int:
    """Enter the event; the letters of names and titles among the keys."""
    keyboard.press(Qt.Key.Key_I, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is not None)
    form = page_of(window).details.form
    assert form is not None
    keyboard.type("27 jan")
    keyboard.press(TAB)
    keyboard.type("cons")
    for _box in ("the title", "the country", "the place"):
        keyboard.press(TAB)
    keyboard.type("tok")
    letters = 0
    keyboard.press(Qt.Key.Key_P, ALT)
    for _country, head in HEADS:  # the printed title tells the party
        keyboard.enter_line(head, "Add a party: a country or a body")
        letters += len(head)
    assert [len(each.lines["delegates"]) for each in form.draft.lines["delegations"]] == [1, 1]
    keyboard.press(Qt.Key.Key_A, ALT)
    for topic in ("pow", "tra", "con", "bil"):
        keyboard.enter_line(topic, "Add a topic")
    keyboard.press(Qt.Key.Key_S, ALT)
    keyboard.type("tur")
    keyboard.press(ENTER)
    return letters


def test_people_not_known_yet_are_entered_by_their_printed_names(
    source: str, window: MainWindow, keyboard: Keyboard, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = _enter(window, keyboard)
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is None)
    beyond = keyboard.count - letters
    with closing(Database(desk)) as database, closing(database.reader()) as reader:
        assert reader.sql(ACTED) == [
            ("Ahmet Gurbanov", "Deputy Minister of Foreign Affairs", 60, "Ministry of Foreign Affairs of Turkmenistan",
             "TKM", "head"),
            ("Ishikawa Masaki", "Special Representative for Central Asian and Caucasus Affairs", 78,
             "Ministry of Foreign Affairs of Japan", "JPN", "head"),
        ]  # fmt: skip
        found = "SELECT title, city, country, topics FROM event JOIN event_row ON event_id = id"
        topics = "Electric power · Trade · Conflicts and their settlement · Bilateral relations"
        assert reader.sql(f"{found} WHERE kind = 'consultations'") == [
            ("Turkmen-Japanese consultations", "Tokyo", "JPN", topics)
        ]
        cited = "SELECT s.title FROM citation c JOIN source s ON s.id = c.source_id JOIN event e ON e.id = c.event_id"
        assert reader.sql(f"{cited} WHERE e.kind = 'consultations'") == [(source,)]
    assert cli.run(["check", str(desk)]) == 0
    assert beyond <= MOST_KEYS
    with capsys.disabled():
        print(f"\ntwo officials not known yet took {beyond} keys beyond the letters of names and titles")
