"""What a form tells while it is filled in: country, title, level, and what the workspace has already."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
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
