"""The form in the window: what is typed is checked, saved as one step, taken back, and never lost."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QWhatsThis
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from keyboard import Keyboard, open_window, page_of
from legation import settings
from legation.clock import today
from legation.records.catalogue import RECORD_TYPES
from legation.storage.database import Database
from legation.ui.forms.choosing import Choice
from legation.ui.forms.field_help import help_of
from legation.ui.forms.line_head import LineHead
from legation.ui.forms.record_form import RecordForm
from legation.ui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def _form(window: MainWindow, keyboard: Keyboard) -> RecordForm:
    keyboard.until(lambda: page_of(window).details.form is not None)
    form = page_of(window).details.form
    assert form is not None
    keyboard.until(lambda: form.isAncestorOf(QApplication.focusWidget()))
    return form


def _rows(path: Path, sql: str) -> list[Any]:
    with closing(Database(path)) as database, closing(database.reader()) as reader:
        return reader.sql(sql)


def _is_closed(window: MainWindow) -> bool:
    return page_of(window).details.form is None


def test_a_date_corrected_by_keys_is_one_step(window: MainWindow, keyboard: Keyboard, sample: Path) -> None:
    keyboard.press(Qt.Key.Key_Return)
    form = _form(window, keyboard)
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("15 apr 2025")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: _is_closed(window))
    id = form.draft.id
    assert _rows(sample, f"SELECT date FROM event WHERE id = {id}") == [("2025-04-15",)]
    last = "SELECT label, (SELECT count(*) FROM change WHERE step_id = step.id) FROM step ORDER BY id DESC LIMIT 1"
    assert _rows(sample, last) == [("Change “{name}”", 1)]
    keyboard.until(lambda: "National Day" in window.status.next_undo.text())
    assert "Change" in window.actions_by_id["undo"].text()


def test_a_new_event_with_parties_and_a_delegate(window: MainWindow, keyboard: Keyboard, sample: Path) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    keyboard.type("3 feb 2025")
    form.main.give_keyboard("title")
    keyboard.type("Talks in Tokyo")
    form.sections[0].box.setFocus()
    keyboard.type("tkm")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: len(form.sections[0].rows) == 1)
    keyboard.type("gurbanov")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: len(form.sections[0].rows[0].sections[0].rows) == 1)
    form.sections[0].box.setFocus()
    keyboard.type("japan")
    keyboard.press(Qt.Key.Key_S, CONTROL)  # what stands in a box is taken before saving
    keyboard.until(lambda: _is_closed(window))
    found = _rows(
        sample,
        "SELECT d.country, p.name FROM event e JOIN delegation d ON d.event_id = e.id LEFT JOIN delegate g "
        "ON g.delegation_id = d.id LEFT JOIN person p ON p.id = g.person_id WHERE e.title = 'Talks in Tokyo'",
    )
    assert sorted(found, key=str) == [("JPN", None), ("TKM", "Ahmet Gurbanov")]
    assert _rows(sample, "SELECT label FROM step ORDER BY id DESC LIMIT 1") == [("Add “{name}”",)]


def test_what_is_missing_is_shown_at_its_field(window: MainWindow, keyboard: Keyboard, sample: Path) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    keyboard.type("31 feb 2025")
    keyboard.until(form.main._problems["date"].isVisible)
    assert not form.main._problems["title"].isVisible()
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(form.main._problems["title"].isVisible)
    assert form.bar.message.isVisible() and page_of(window).details.form is form
    assert form.main.editors["date"].text() == "31 feb 2025"
    assert _rows(sample, "SELECT count(*) FROM event") == [(8,)]


def test_an_unknown_name_is_kept_and_told(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_Return)
    form = _form(window, keyboard)
    form.main.give_keyboard("country")
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("zzqx")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(form.bar.message.isVisible)
    assert form.main.editors["country"].text() == "zzqx" and page_of(window).details.form is form
    form.left.emit()


def test_undo_in_the_form_takes_back_a_line_and_a_choice(window: MainWindow, keyboard: Keyboard) -> None:
    page_of(window).go_to(2)
    keyboard.until(lambda: page_of(window).current_id() == 2)
    keyboard.press(Qt.Key.Key_Return)
    form = _form(window, keyboard)
    before = [line["country"] for line in form.draft.lines["delegations"]]
    form.sections[0].box.setFocus()
    keyboard.press(Qt.Key.Key_Up)
    assert isinstance(QApplication.focusWidget(), LineHead)
    keyboard.press(Qt.Key.Key_Delete)
    assert len(form.draft.lines["delegations"]) == len(before) - 1
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    assert [line["country"] for line in form.draft.lines["delegations"]] == before
    assert not form.is_changed
    keyboard.press(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert len(form.draft.lines["delegations"]) == len(before) - 1
    keyboard.press(Qt.Key.Key_Z, CONTROL)
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.until(lambda: _is_closed(window))
    assert not page_of(window).details.notice.isVisible()


def test_a_form_left_unsaved_is_kept_and_gone_on_with(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    form.main.give_keyboard("title")
    keyboard.type("Half a thought")
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.until(lambda: _is_closed(window))
    assert "Half a thought" in page_of(window).details.notice_words.text()
    keyboard.press(Qt.Key.Key_S, CONTROL)  # saves nothing, and does not say that all is saved
    keyboard.until(lambda: "Ctrl+Shift+R goes on" in window.statusBar().currentMessage())
    keyboard.press(Qt.Key.Key_R, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form = _form(window, keyboard)
    assert form.main.editors["title"].text() == "Half a thought"
    keyboard.press(Qt.Key.Key_Backspace, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    keyboard.until(lambda: _is_closed(window))
    assert not page_of(window).details.notice.isVisible()
    keyboard.press(Qt.Key.Key_R, CONTROL | Qt.KeyboardModifier.ShiftModifier)  # even then it can be had back
    assert _form(window, keyboard).main.editors["title"].text() == "Half a thought"


def test_a_form_survives_a_crash(qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    keyboard.type("not a date")
    form.main.give_keyboard("title")
    keyboard.type("Typed before the crash")
    kept = window.workspace.kept  # type: ignore[union-attr]
    keyboard.until(lambda: any("crash" in str(settings.read_state(name)) for name in settings.states("drafts-")))
    kept._lock.unlock()  # as when the process is gone
    second = open_window(qtbot, sample)
    notice = page_of(second).details
    assert notice.notice.isVisible() and "Typed before the crash" in notice.notice_words.text()
    notice.resume()
    found = _form(second, keyboard)
    assert found.main.editors["title"].text() == "Typed before the crash"
    assert found.main.editors["date"].text() == "not a date"
    second.close()


def test_letters_that_are_no_line_yet_are_kept(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_Return)
    form = _form(window, keyboard)
    outcomes, parties = (
        next(each for each in form.sections if each.lines.name == name) for name in ("outcomes", "delegations")
    )
    outcomes.box.setFocus()
    keyboard.type("Joint statement on g")
    assert form.is_changed and not form.draft.lines["outcomes"]
    parties.box.setText("Kaza")
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.until(lambda: _is_closed(window))
    assert page_of(window).details.notice.isVisible()
    page_of(window).details.resume()
    found = _form(window, keyboard)
    boxes = {each.lines.name: each.box for each in found.sections}
    assert boxes["outcomes"].text() == "Joint statement on g" and boxes["delegations"].text() == "Kaza"
    boxes["delegations"].clear()
    boxes["outcomes"].setFocus()
    keyboard.press(Qt.Key.Key_End)
    keyboard.type("as")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: len(found.draft.lines["outcomes"]) == 1)
    assert found.draft.lines["outcomes"][0]["title"] == "Joint statement on gas" and not found.draft.unentered


def test_two_windows_do_not_take_each_others_drafts(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    form.main.give_keyboard("title")
    keyboard.type("Mine")
    keyboard.until(lambda: bool(settings.states("drafts-")))
    second = open_window(qtbot, sample)
    assert not page_of(second).details.notice.isVisible()
    second.close()


def test_a_change_elsewhere_is_shown_before_it_is_overwritten(
    window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    keyboard.press(Qt.Key.Key_Return)
    form = _form(window, keyboard)
    form.main.give_keyboard("city")
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("Kyoto")
    with closing(Database(sample)) as other, other.step("Change elsewhere") as session:
        session.connection().exec_driver_sql(f"UPDATE event SET city = 'Nara' WHERE id = {form.draft.id}")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: isinstance(QApplication.focusWidget(), Choice))
    (choice,) = form.findChildren(Choice)
    assert "Kyoto" in choice.keep.text() and "Nara" in choice.take.text()
    keyboard.press(Qt.Key.Key_1)
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: _is_closed(window))
    assert _rows(sample, f"SELECT city FROM event WHERE id = {page_of(window).current_id()}") == [("Kyoto",)]


def test_every_page_has_a_form_that_opens_and_closes_unchanged(window: MainWindow, keyboard: Keyboard) -> None:
    for name in ("officials", "countries", "organisations", "outcomes", "sources", "posts", "appointments", "topics"):
        window.show_page(name)
        page = page_of(window)
        keyboard.until(lambda page=page: page.current_id() is not None)
        keyboard.press(Qt.Key.Key_Return)
        form = _form(window, keyboard)
        assert not form.is_changed
        keyboard.press(Qt.Key.Key_N, CONTROL)
        keyboard.until(lambda page=page, form=form: page.details.form not in (None, form))
        keyboard.press(Qt.Key.Key_Escape)
        keyboard.until(lambda: _is_closed(window))
        assert not page.details.notice.isVisible()


def test_a_duplicate_has_the_same_parties_and_is_saved_when_told(
    window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    page_of(window).go_to(4)
    keyboard.until(lambda: page_of(window).current_id() == 4)
    keyboard.press(Qt.Key.Key_D, CONTROL)
    form = _form(window, keyboard)
    keyboard.press(Qt.Key.Key_A, CONTROL)
    keyboard.type("28 jan 2025")
    keyboard.press(Qt.Key.Key_S, CONTROL)
    keyboard.until(lambda: _is_closed(window))
    keyboard.until(lambda: page_of(window).current_id() not in (None, 4))
    new = page_of(window).current_id()
    assert form.draft.id is None
    both = "SELECT parties, heads, topics FROM event_row WHERE event_id = "
    assert _rows(sample, f"{both}{new}") == _rows(sample, f"{both}4")
    capacities = "SELECT count(*) FROM capacity JOIN delegate g ON g.id = delegate_id WHERE g.event_id = "
    assert _rows(sample, f"{capacities}{new}") == _rows(sample, f"{capacities}4") != [(0,)]
    assert _rows(sample, f"SELECT date FROM event WHERE id = {new}") == [("2025-01-28",)]


def test_the_next_event_keeps_day_place_and_source(window: MainWindow, keyboard: Keyboard) -> None:
    page_of(window).go_to(2)
    keyboard.until(lambda: page_of(window).current_id() == 2)
    keyboard.press(Qt.Key.Key_Return)
    form = _form(window, keyboard)
    keyboard.press(Qt.Key.Key_Return, CONTROL)
    keyboard.until(lambda: page_of(window).details.form not in (None, form))
    following = _form(window, keyboard).draft
    assert following.id is None
    assert (following["date"], following["country"], following["city"]) == ("2025-01-27", "JPN", "Tokyo")
    assert [line["source_id"] for line in following.lines["citations"]] != []
    assert following["title"] is None and following.lines["delegations"] == []
    page_of(window).details.discard()


def test_today_and_the_value_above_come_by_one_key(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    keyboard.press(Qt.Key.Key_Semicolon, CONTROL)
    assert form.draft["date"] == today().isoformat()
    form.main.give_keyboard("city")
    keyboard.press(Qt.Key.Key_Apostrophe, CONTROL)
    keyboard.until(lambda: form.draft["city"] == "Osaka")
    page_of(window).details.discard()


def test_an_answer_for_a_deleted_widget_is_dropped(window: MainWindow, keyboard: Keyboard) -> None:
    assert window.workspace is not None
    told: list[str] = []

    class Asker(QObject):
        def take(self, answer: str) -> None:
            told.append(answer)

    gone, here = Asker(), Asker()
    window.workspace.details.ask_too(lambda _reader: "to the one that is gone", gone.take, lasts=True)
    window.workspace.details.ask_too(lambda _reader: "to the one that is here", here.take, lasts=True)
    delete(gone)
    keyboard.until(lambda: bool(told))
    assert told == ["to the one that is here"]


def test_f1_explains_the_field_being_typed_in(
    window: MainWindow, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QWhatsThis, "showText", lambda _at, text, _widget: told.append(text))
    keyboard.press(Qt.Key.Key_I, CONTROL)
    _form(window, keyboard)
    keyboard.press(Qt.Key.Key_F1)
    keyboard.until(lambda: bool(told))
    assert told[0].startswith("Date\nSuch as 27 jan 2025") and "q3 2026" in told[0]
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.press(Qt.Key.Key_F1)
    keyboard.until(lambda: len(told) == 2)
    assert told[1].startswith("Kind\n") and "Consultations" in told[1]
    page_of(window).details.discard()


def test_every_field_is_explained() -> None:
    for record in RECORD_TYPES.values():
        for field in record.stored:
            assert len(help_of(field).splitlines()) > 1, (record.name, field.name)


def test_a_printed_title_in_the_box_of_parties_adds_to_the_party_of_its_state(
    window: MainWindow, keyboard: Keyboard
) -> None:
    keyboard.press(Qt.Key.Key_I, CONTROL)
    form = _form(window, keyboard)
    keyboard.type("27 jan 2025")
    keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    for printed in ("Minister of Energy of Japan Sato Ichiro", "Minister of Trade of Japan Ito Jiro"):
        keyboard.enter_line(printed, "Add a party: a country or a body")
    (party,) = form.draft.lines["delegations"]
    assert party["country"] == "JPN"
    assert [each["role"] for each in party.lines["delegates"]] == ["head", "member"]
    keyboard.type("TKM")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.until(lambda: len(form.draft.lines["delegations"]) == 2)


def test_what_is_typed_in_stays_in_sight_when_the_form_grows(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_I, CONTROL)
    form = _form(window, keyboard)
    keyboard.type("27 jan 2025")
    keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    keyboard.wait_for_box("Add a party: a country or a body")
    keyboard.enter_line("tkm", "Add a delegate")
    keyboard.enter_line("Gurbanov", "Acting as: a post held")
    keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    keyboard.wait_for_box("Add a party: a country or a body")
    keyboard.enter_line("State Minister of Foreign Affairs of Japan Hisayuki Sato", "Add a party: a country or a body")
    keyboard.until(lambda: bool(form.known) and bool(form.bar.flags.text()))

    def is_seen() -> bool:
        box, port = keyboard.focus(), form.scroll.viewport()
        return port.rect().contains(QRect(box.mapTo(port, box.rect().topLeft()), box.size()))

    keyboard.until(is_seen)
    page_of(window).details.discard()


def test_an_event_without_a_title_is_not_called_by_its_country(window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_N, CONTROL)
    form = _form(window, keyboard)
    form.fill("country", "JPN", {("country", "JPN"): "Japan"})
    assert form.heading() == "Event"
    form.fill("title", "Talks", {})
    assert form.heading() == "Talks"


def test_what_is_doubtful_in_a_line_is_marked_quietly(qtbot: QtBot) -> None:
    head = LineHead()
    qtbot.addWidget(head)
    for sentences, is_wrong, sign in ((["Odd"], False, "?"), (["Odd", "Wrong"], True, "!"), ([], False, "")):
        head.flag(sentences, is_wrong=is_wrong)
        assert head.mark.text() == sign and head.accessibleDescription() == " ".join(sentences)
        assert (head.mark.property("problem"), bool(head.mark.property("quiet"))) == (is_wrong, not is_wrong)
