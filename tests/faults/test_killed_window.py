"""`kill -9` of a real window while something is typed, previewed or saved: nothing typed is lost, the file is sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faults.window_child import LINE, TITLE, VIEW
from keyboard import Keyboard, open_window, page_of
from legation import settings
from legation.paths import state_folder
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.views import views
from legation.ui.dialogs.one_line import KEPT, OneLineDialog

CHILD = Path(__file__).with_name("window_child.py")
CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process so")


def _killed_at(path: Path, moment: str) -> None:
    """Work a window in a process of its own up to a moment, and have it killed there."""
    done = subprocess.run(
        [sys.executable, str(CHILD), str(path), moment],
        env={**os.environ, "LEGATION_TODAY": "2025-02-03"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert check_workspace(path) == []


def _steps(path: Path) -> int:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return int(reader.sql("SELECT count(*) FROM step")[0][0])


def _views(path: Path) -> list[str]:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return [each.name for each in views(reader)]


@pytest.mark.parametrize("moment", ["paste_previewed", "edit_previewed", "paste_applied"])
def test_nothing_of_a_preview_is_written_when_it_is_killed(sample: Path, moment: str) -> None:
    before = _steps(sample)
    _killed_at(sample, moment)
    assert _steps(sample) == before


def test_a_form_killed_while_it_is_typed_is_offered_again(qtbot: QtBot, sample: Path) -> None:
    before = _steps(sample)
    _killed_at(sample, "form_typed")
    assert _steps(sample) == before
    window, keyboard = open_window(qtbot, sample), Keyboard(qtbot)
    keyboard.press(Qt.Key.Key_R, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    keyboard.until(lambda: page_of(window).details.form is not None)
    form = page_of(window).details.form
    assert form is not None and form.draft["title"] == TITLE
    page_of(window).details.discard()
    window.close()


def test_a_line_killed_at_any_key_is_kept_up_to_one_of_the_last_keys(sample: Path) -> None:
    _killed_at(sample, "line_being_typed")
    kept = settings.read_state(KEPT).get("text", "")
    assert LINE.startswith(kept)
    assert not list(state_folder().glob("*.damaged-*"))


def test_a_line_killed_before_it_is_added_stands_in_the_box_again(qtbot: QtBot, sample: Path) -> None:
    before = _steps(sample)
    _killed_at(sample, "line_understood")
    assert _steps(sample) == before
    window, keyboard = open_window(qtbot, sample), Keyboard(qtbot)
    keyboard.press(Qt.Key.Key_L, CONTROL)
    keyboard.until(lambda: any(each.isVisible() for each in window.findChildren(OneLineDialog)))
    dialog = next(each for each in window.findChildren(OneLineDialog) if each.isVisible())
    assert dialog.box.toPlainText() == LINE
    keyboard.until(lambda: "Electric power" in dialog.told.text())
    dialog.close()
    window.close()


@pytest.mark.parametrize(("moment", "kept"), [("view_named", []), ("view_being_saved", []), ("view_saved", [VIEW])])
def test_a_view_is_saved_whole_or_not_at_all(sample: Path, moment: str, kept: list[str]) -> None:
    _killed_at(sample, moment)
    assert _views(sample) == kept
