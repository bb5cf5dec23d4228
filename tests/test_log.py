"""The log: bugs from any thread end in its file, and a place that cannot be written stops nothing."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from legation import log


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own, and hooks and handlers as before afterwards."""
    monkeypatch.setenv("LEGATION_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(log.logger, "propagate", False)
    before = list(log.logger.handlers)
    log.logger.handlers.clear()
    yield tmp_path
    for handler in log.logger.handlers:
        handler.close()
    log.logger.handlers[:] = before


def test_a_bug_in_a_thread_is_logged_and_told() -> None:
    told: list[BaseException] = []
    log.start(told.append)

    def fail() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=fail, name="reader")
    thread.start()
    thread.join()
    assert [str(each) for each in told] == ["in a thread"]
    text = log.log_path().read_text(encoding="utf-8")
    assert "ZeroDivisionError: in a thread" in text and "Traceback" in text and " reader: " in text


def test_the_hook_of_the_process_logs_once_though_started_twice() -> None:
    log.start()
    log.start()
    problem = ValueError("only once")
    sys.excepthook(ValueError, problem, None)
    assert log.log_path().read_text(encoding="utf-8").count("ValueError: only once") == 1


def test_nothing_is_written_while_nothing_goes_wrong(home: Path) -> None:
    log.start()
    assert not log.log_path().exists()


def test_a_log_that_cannot_be_written_is_no_trouble(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "file").write_text("in the way")
    monkeypatch.setenv("LEGATION_HOME", str(home / "file"))
    log.start()
    log.record(ValueError("not kept"))
    assert capsys.readouterr() == ("", "")


def test_the_log_turns_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BYTES_KEPT", 2_000)
    log.start()
    for number in range(200):
        log.logger.log(logging.INFO, "line %d", number)
    names = sorted(each.name for each in log.log_path().parent.iterdir())
    assert names == ["legation.log", *(f"legation.log.{number}" for number in range(1, log.FILES_KEPT + 1))]
    assert "line 199" in log.log_path().read_text(encoding="utf-8")
