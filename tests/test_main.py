"""The command: a subcommand or the window, a sentence for every error, and never a traceback."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from legation import __main__ as command, log
from legation.errors import UserError, WorkspaceMissing
from legation.i18n import set_language


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home and hooks of its own, with all as before afterwards."""
    monkeypatch.setenv("LEGATION_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(log.logger, "propagate", False)
    before = list(log.logger.handlers)
    yield tmp_path
    for handler in set(log.logger.handlers) - set(before):
        handler.close()
    log.logger.handlers[:] = before
    log.logger.setLevel(logging.NOTSET)
    set_language("en")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What was started, of a command line and a window that only note it."""
    started: list[tuple[str, list[str]]] = []
    cli, ui, app = ModuleType("legation.cli"), ModuleType("legation.ui"), ModuleType("legation.ui.app")
    cli.COMMANDS = ("new", "list")  # type: ignore[attr-defined]
    cli.run = lambda given: started.append(("cli", given)) or 0  # type: ignore[attr-defined,func-returns-value]
    app.run = lambda given: started.append(("window", given)) or 0  # type: ignore[attr-defined,func-returns-value]
    ui.app = app  # type: ignore[attr-defined]
    for module in (cli, ui, app):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    import legation

    monkeypatch.setattr(legation, "cli", cli, raising=False)
    monkeypatch.setattr(legation, "ui", ui, raising=False)
    return started


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ([], "window"),
        (["desk.legation"], "window"),
        (["folder/desk"], "window"),
        (["existing"], "window"),
        (["new"], "cli"),
        (["new", "desk.legation"], "cli"),
        (["--version"], "cli"),
        (["lsit"], "cli"),
        (["-x.legation"], "cli"),
    ],
)
def test_the_arguments_say_which_part_runs(
    ran: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch, given: list[str], part: str
) -> None:
    monkeypatch.setattr(command, "require_screen", lambda _commands: None)
    Path("existing").touch()
    assert command.main(given) == 0
    assert ran == [(part, given)]


def test_without_a_screen_it_is_said_and_no_window_starts(
    ran: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(commands: Callable[[], str]) -> None:
        raise UserError(f"There is no screen; these need none: {commands()}.")

    monkeypatch.setattr(command, "require_screen", none)
    assert command.main([]) == 2
    assert ran == []
    assert capsys.readouterr() == ("", "There is no screen; these need none: new, list.\n")


@pytest.mark.usefixtures("ran")
def test_an_error_for_people_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_given: list[str]) -> int:
        raise WorkspaceMissing("There is no file desk.legation.", "Make it with: legation new desk.legation")

    monkeypatch.setattr(sys.modules["legation.cli"], "run", fail)
    assert command.main(["list", "desk.legation"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "There is no file desk.legation. Make it with: legation new desk.legation\n")
    assert not log.log_path().exists()


@pytest.mark.usefixtures("ran")
def test_a_bug_is_a_sentence_too_and_its_trace_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.modules["legation.cli"], "run", lambda _given: 1 // 0)
    assert command.main(["list"]) == 2
    _out, err = capsys.readouterr()
    assert err.count("\n") == 1 and "ZeroDivisionError" in err and "Traceback" not in err
    assert "Traceback" in log.log_path().read_text(encoding="utf-8")
