"""Lists of parties pasted or typed into the box of parties are taken apart; what is not known stays in the box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from keyboard import Keyboard, page_of
from legation.ui.forms.record_form import RecordForm
from legation.ui.main_window import MainWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PARTIES = "Add a party: a country or a body"


@pytest.fixture
def form(window: MainWindow, keyboard: Keyboard) -> RecordForm:
    keyboard.press(Qt.Key.Key_I, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is not None)
    opened = page_of(window).details.form
    assert opened is not None
    keyboard.until(lambda: opened.isAncestorOf(QApplication.focusWidget()))
    keyboard.press(Qt.Key.Key_P, ALT)
    keyboard.wait_for_box(PARTIES)
    return opened


def _countries(form: RecordForm) -> list[str]:
    return [str(each["country"]) for each in form.draft.lines["delegations"]]


def test_a_pasted_list_gives_a_party_each_and_persons_to_their_parties(form: RecordForm, keyboard: Keyboard) -> None:
    QApplication.clipboard().setText(
        "1. Kazakhstan\n2. Japan\n3. Kazakhstan\n4. Rashid Meredov, Foreign Minister of Turkmenistan\n5. Atlantis\n"
    )
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.until(lambda: _countries(form) == ["KAZ", "JPN", "TKM"])
    turkmen = form.draft.lines["delegations"][2]
    assert [each["person_id"]["name"] for each in turkmen.lines["delegates"]] == ["Rashid Meredov"]
    section = next(each for each in form.sections if each.lines.name == "delegations")
    assert section.box.text() == "Atlantis"


def test_several_countries_in_one_line_are_taken_by_one_enter(form: RecordForm, keyboard: Keyboard) -> None:
    keyboard.type("Kazakhstan, Kyrgyzstan and Japan")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: _countries(form) == ["KAZ", "KGZ", "JPN"])
    keyboard.wait_for_box(PARTIES)


def test_two_new_officials_of_one_new_ministry_are_saved(
    form: RecordForm, window: MainWindow, keyboard: Keyboard
) -> None:
    QApplication.clipboard().setText(
        "John Otieno, Foreign Minister of Kenya\nMary Wanjiru, Deputy Foreign Minister of Kenya"
    )
    keyboard.press(Qt.Key.Key_V, CONTROL)
    keyboard.until(lambda: _countries(form) == ["KEN"])
    held = [each.lines["capacities"][0]["appointment_id"]["post_id"]
            for each in form.draft.lines["delegations"][0].lines["delegates"]]  # fmt: skip
    assert held[0]["organisation_id"] is held[1]["organisation_id"] and held[0] is not held[1]
    form.main.editors["date"].setFocus()
    keyboard.type("27 jan 2025")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: page_of(window).details.form is None)
