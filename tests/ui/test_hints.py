"""What a form tells while it is filled in: country, title, level, and what the workspace has already."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, page_of
from legation.fields.draft import Draft, new_draft
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.loading import load_draft
from legation.storage.saving import save
from legation.ui.forms.record_form import RecordForm
from legation.ui.main_window import MainWindow


def _form(qtbot: QtBot, window: MainWindow) -> RecordForm:
    qtbot.waitUntil(lambda: page_of(window).details.form is not None, timeout=20000)
    form = page_of(window).details.form
    assert form is not None
    return form


def test_a_place_tells_its_country_and_parties_and_kind_tell_the_title(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard
) -> None:
    keyboard.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    form = _form(qtbot, window)
    keyboard.type("27 jan 2025")
    form.main.editors["city"].setFocus()
    keyboard.type("tok")
    keyboard.press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: form.draft["country"] == "JPN", timeout=20000)
    assert form.draft["city"] == "Tokyo" and form.main.editors["country"].text() == "Japan"
    for code in ("tkm", "jpn"):
        keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
        keyboard.type(code)
        keyboard.press(Qt.Key.Key_Return)
        keyboard.wait_for_box("Add a delegate")
    qtbot.waitUntil(lambda: form.draft["title"] == "Turkmen-Japanese meeting", timeout=20000)
    form.main.editors["kind"].set_value("negotiations")
    form.main.editors["kind"].changed.emit()
    qtbot.waitUntil(lambda: form.draft["title"] == "Turkmen-Japanese negotiations", timeout=20000)
    form.main.editors["title"].setFocus()
    keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keyboard.type("Talks")
    form.main.editors["kind"].set_value("meeting")
    form.main.editors["kind"].changed.emit()
    qtbot.waitUntil(lambda: not form.hints.is_waiting, timeout=20000)
    qtbot.wait(200)
    assert form.draft["title"] == "Talks"
    page_of(window).details.discard()


def test_a_place_that_nobody_knows_stays_as_typed(qtbot: QtBot, window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    form = _form(qtbot, window)
    form.main.editors["city"].setFocus()
    keyboard.type("Tok")
    qtbot.waitUntil(form.main.editors["city"]._is_listed, timeout=20000)  # type: ignore[attr-defined]
    keyboard.press(Qt.Key.Key_Escape)
    keyboard.press(Qt.Key.Key_Tab)
    assert form.draft["city"] == "Tok" and form.draft["country"] is None
    page_of(window).details.discard()


def test_what_is_there_already_is_told_opened_and_cited(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    page = page_of(window)
    page.go_to(3)
    qtbot.waitUntil(lambda: page.current_id() == 3, timeout=20000)
    keyboard.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = _form(qtbot, window)
    qtbot.waitUntil(lambda: bool(form.known), timeout=20000)
    assert form.bar.notice.isVisible() and "You already have this" in form.bar.known.text()
    keyboard.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    keyboard.type("Another report")
    sources = next(each for each in form.sections if each.lines.name == "citations")
    qtbot.waitUntil(sources.box._is_listed, timeout=20000)  # type: ignore[attr-defined]
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(form.draft.lines["citations"][-1]["source_id"], Draft), timeout=20000)
    target = form.known[0].id
    with closing(Database(sample)) as database, closing(database.reader()) as reader:
        before = reader.sql("SELECT count(*) FROM citation WHERE event_id = ?", (target,))[0][0]
    keyboard.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page_of(window).details.form is None, timeout=20000)
    qtbot.waitUntil(lambda: page_of(window).current_id() == target, timeout=20000)
    with closing(Database(sample)) as database, closing(database.reader()) as reader:
        assert reader.sql("SELECT count(*) FROM citation WHERE event_id = ?", (target,))[0][0] == before + 1
    assert window.workspace is not None and window.workspace.kept.of("event") == []


def test_a_known_address_is_told_at_once_and_the_source_taken(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    address = "https://example.org/dispatch"
    with closing(Database(sample)) as database:
        with closing(database.reader()) as reader:
            source = load_draft(reader, record_type("source"), 3)
        source["url"] = address
        database.write("Address", lambda session: save(session, source))
    event = new_draft(record_type("event"), title="Met")
    cited = new_draft(record_type("source"), title="The same", url=address)
    event.add_line("citations", new_draft(record_type("citation"), source_id=cited))
    page_of(window).details._open_named(event)
    form = _form(qtbot, window)
    qtbot.waitUntil(lambda: [each.record for each in form.known] == ["source"], timeout=20000)
    assert form.use_known() and form.draft.lines["citations"][0]["source_id"] == 3
    qtbot.waitUntil(lambda: form.known == (), timeout=20000)
    page_of(window).details.discard()


def _party(window: MainWindow, keyboard: Keyboard, code: str) -> None:
    keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    keyboard.type(code)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.wait_for_box("Add a delegate")


def test_a_printed_delegate_is_taken_whole(qtbot: QtBot, window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    form = _form(qtbot, window)
    keyboard.type("27 jan 2025")
    _party(window, keyboard, "tkm")
    keyboard.type("Deputy Foreign Minister Akhmet Gurbanov")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.wait_for_box("Add a delegate")
    keyboard.type("Rashid Meredov, Foreign Minister of Turkmenistan")
    keyboard.press(Qt.Key.Key_Return)
    party = form.draft.lines["delegations"][0]
    qtbot.waitUntil(lambda: len(party.lines["delegates"]) == 2, timeout=20000)
    known, new = party.lines["delegates"]
    assert known["person_id"] == 1 and [each["role"] for each in (known, new)] == ["head", "member"]
    assert isinstance(known.lines["capacities"][0]["appointment_id"], int)
    assert isinstance(new["person_id"], Draft) and new["stated_as"] == "Foreign Minister of Turkmenistan"
    shown = [row.head.words.text() for row in form.rows() if row.line.record.name == "capacity"]
    assert any("Minister of Foreign Affairs, Ministry of Foreign Affairs of Turkmenistan" in text for text in shown)
    keyboard.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page_of(window).details.form is None, timeout=20000)


def test_a_pasted_list_of_participants_gives_a_line_each(qtbot: QtBot, window: MainWindow, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    form = _form(qtbot, window)
    _party(window, keyboard, "jpn")
    QApplication.clipboard().setText(
        "1. Ishikawa Masaki\n2. Hisayuki Fujii, State Minister of Foreign Affairs\n3. Sato Ken\n"
    )
    keyboard.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    party = form.draft.lines["delegations"][0]
    qtbot.waitUntil(lambda: len(party.lines["delegates"]) == 3, timeout=20000)
    assert [isinstance(each["person_id"], int) for each in party.lines["delegates"]] == [True, True, False]
    page_of(window).details.discard()


def test_a_post_that_had_ended_is_flagged_in_the_form(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, sample: Path
) -> None:
    with closing(Database(sample)) as database:
        with closing(database.reader()) as reader:
            person = load_draft(reader, record_type("person"), 1)
        person.lines["appointments"][0]["period"] = "2023/2024"
        database.write("Change", lambda session: save(session, person))
    page_of(window).go_to(2)
    qtbot.waitUntil(lambda: page_of(window).current_id() == 2, timeout=20000)
    keyboard.press(Qt.Key.Key_Return)
    form = _form(qtbot, window)
    qtbot.waitUntil(lambda: "ended before this day" in form.bar.flags.text(), timeout=20000)
    qtbot.waitUntil(lambda: any(row.head.mark.text() == "!" for row in form.rows()), timeout=20000)
    page_of(window).details.discard()
