"""Garbage is looked for on the GUI thread alone: lanes never take a widget away."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from legation.documents.memory import without_collecting
from legation.storage.reading import Interrupted
from legation.ui.background import Keeper
from legation.ui.garbage import YOUNG, Garbage
from legation.ui.main_window import MainWindow


class _Ring:
    """Something that holds itself, and notes which thread takes it away."""

    def __init__(self, taken: list[str]) -> None:
        self.me, self.taken = self, taken

    def __del__(self) -> None:
        self.taken.append(threading.current_thread().name)


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    parent = QObject()
    made = Garbage(parent)
    yield made
    made.end()


def test_what_a_lane_leaves_is_taken_away_by_the_gui_thread(qtbot: QtBot, garbage: Garbage) -> None:
    taken: list[str] = []

    def work() -> None:
        _Ring(taken)
        many = [[number] for number in range(2 * YOUNG)]
        assert many and not taken

    lane = threading.Thread(target=work, name="lane")
    lane.start()
    lane.join()
    many = [[number] for number in range(2 * YOUNG)]
    qtbot.waitUntil(lambda: bool(taken), timeout=5000)
    assert many and taken == [threading.main_thread().name]


def test_nothing_is_looked_at_while_a_large_document_is_made(garbage: Garbage) -> None:
    ring = _Ring([])
    watched = weakref.ref(ring)
    with without_collecting():
        many = [[number] for number in range(2 * YOUNG)]
        del ring
        garbage.look()
        assert watched() is not None and many
    gc.unfreeze()


def test_python_looks_by_itself_again_when_the_workspace_is_closed(window: MainWindow) -> None:
    assert not gc.isenabled()
    window.close()
    assert gc.isenabled()


class _Held:
    """Something that notes which thread lets it go."""

    def __init__(self, taken: list[str]) -> None:
        self.taken = taken

    def __del__(self) -> None:
        self.taken.append(threading.current_thread().name)


def test_what_a_question_held_is_let_go_on_the_gui_thread(qtbot: QtBot) -> None:
    taken: list[str] = []
    goes_on = threading.Event()
    worker = Keeper("keeper", lambda _error: None)

    def ask(failure: type[Exception] | None) -> None:
        held = _Held(taken)

        def work(_nothing: None) -> None:
            goes_on.wait(5)
            if failure is not None:
                raise failure

        worker.put(work, lambda _answer, held=held: None)  # type: ignore[misc]

    for failure in (None, Interrupted, ValueError):
        ask(failure)
    goes_on.set()
    qtbot.waitUntil(lambda: len(taken) == 3, timeout=5000)
    worker.end()
    assert set(taken) == {threading.main_thread().name}
