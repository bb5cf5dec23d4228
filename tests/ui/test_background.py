"""A lane gives way to the newest question, whatever the older one is doing."""

from __future__ import annotations

import threading
from typing import Any

from pytestqt.qtbot import QtBot

from legation.storage.database import Database
from legation.storage.reading import Reader
from legation.ui.background import Lane


def test_work_that_asks_nothing_just_now_is_stopped_at_its_next_question(qtbot: QtBot, database: Database) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    answers: list[Any] = []
    failures: list[Any] = []
    reached: list[str] = []

    def older(reader: Reader) -> str:
        reader.sql("SELECT 1")
        begun.set()
        assert may_go_on.wait(10)
        reached.append("before its question")
        reader.sql("SELECT 2")
        reached.append("behind its question")
        return "older"

    lane = Lane("asked", database, failures.append)
    lane.ask(older, answers.append)
    assert begun.wait(10)
    lane.ask(lambda reader: reader.sql("SELECT 3")[0][0], answers.append)
    may_go_on.set()
    qtbot.waitUntil(lambda: answers == [3])
    assert reached == ["before its question"] and failures == []
    lane.end()


def test_work_that_lasts_is_not_stopped(qtbot: QtBot, database: Database) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    answers: list[Any] = []

    def lasting(reader: Reader) -> int:
        reader.sql("SELECT 1")
        begun.set()
        assert may_go_on.wait(10)
        return int(reader.sql("SELECT 2")[0][0])

    lane = Lane("asked", database, answers.append)
    lane.ask_too(lasting, answers.append, lasts=True)
    assert begun.wait(10)
    lane.ask(lambda reader: reader.sql("SELECT 3")[0][0], answers.append)
    may_go_on.set()
    qtbot.waitUntil(lambda: answers == [2, 3])
    lane.end()
