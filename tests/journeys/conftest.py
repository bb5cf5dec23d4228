"""What journeys share: the window on the sample without the consultations of 27 January 2025, and counted keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.ui.main_window import MainWindow

CONSULTATIONS = 2  # the number of the event in the sample


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    """The keyboard, its keys counted."""
    return Keyboard(qtbot)


@pytest.fixture
def desk(sample: Path) -> Path:
    """The sample as it was before the consultations were entered: officials, bodies, topics and source are known."""
    database = Database(sample)
    database.write("Before", lambda session: delete_record(session, record_type("event"), CONSULTATIONS))
    database.close()
    return sample


@pytest.fixture
def events() -> int:
    """How many events the workspace has at first."""
    return 7


@pytest.fixture
def window(qtbot: QtBot, desk: Path, events: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window open on that workspace, the table with the keyboard."""
    failures: list[BaseException] = []
    monkeypatch.setattr(MainWindow, "failed", lambda _window, error: failures.append(error))
    shown = open_window(qtbot, desk, events)
    yield shown
    shown.close()
    assert not failures
