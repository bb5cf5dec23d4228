"""Merging in the window: the page of likely duplicates worked through by keys, and one record merged with another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from keyboard import Keyboard, open_window, page_of
from legation.fields.draft import new_draft
from legation.quality.merging import merge, plan_of
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.saving import save
from legation.ui.commands import merging, records
from legation.ui.dialogs.merge import MergeDialog
from legation.ui.forms.context import Names
from legation.ui.main_window import MainWindow
from legation.ui.pages.duplicates_page import DuplicatesPage
from legation.ui.pages.record_page import RecordPage

NAMES = ("Akhmet Gurbanow", "Ahmed Gurbanov", "Fuji Hisayuki")  # each like one of the sample; the first two alike too


@pytest.fixture
def doubled(qtbot: QtBot, sample: Path, failures: list[BaseException]) -> Iterator[MainWindow]:
    """The window on a sample in which some officials stand twice."""
    with closing(Database(sample)) as database:
        for name in NAMES:
            draft = new_draft(record_type("person"), name=name, country="JPN" if "Fuji" in name else "TKM")
            draft.add_line("appointments", new_draft(record_type("appointment"), post_id=1, period="2001"))
            database.write("Add", lambda session, draft=draft: save(session, draft))
    shown = open_window(qtbot, sample)
    yield shown
    shown.close()
    assert not failures


@pytest.fixture
def pairs(qtbot: QtBot, doubled: MainWindow) -> DuplicatesPage:
    """The page of likely duplicates, its search ended."""
    merging.duplicates(doubled)
    page = doubled.duplicates_page()
    assert page is not None
    qtbot.waitUntil(lambda: page.state.text() == "" and page.list.topLevelItemCount() == 4, timeout=20000)
    qtbot.waitUntil(lambda: "Number" in page.facts.toPlainText(), timeout=20000)
    return page


def _listed(page: DuplicatesPage) -> list[tuple[str, str]]:
    items = [page.list.topLevelItem(row) for row in range(page.list.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items]


def _dialog(keyboard: Keyboard, window: MainWindow) -> MergeDialog:
    keyboard.until(lambda: any(each.isVisible() for each in window.findChildren(MergeDialog)))
    (found,) = (each for each in window.findChildren(MergeDialog) if each.isVisible())
    return found


def test_pairs_are_worked_through_by_keys_alone(keyboard: Keyboard, doubled: MainWindow, pairs: DuplicatesPage) -> None:
    keyboard.until(pairs.list.hasFocus)
    first, second, *_rest = before = _listed(pairs)
    assert {name for pair in before for name in pair} == {"Ahmet Gurbanov", "Fujii Hisayuki", *NAMES}
    keyboard.press(Qt.Key.Key_S)
    assert _listed(pairs) == [*before[1:], first] and pairs.list.currentItem().text(1) == second[1]
    keyboard.press(Qt.Key.Key_N)
    keyboard.until(lambda: _listed(pairs) == [*before[2:], first])
    keyboard.press(Qt.Key.Key_M)
    dialog = _dialog(keyboard, doubled)
    keyboard.until(lambda: dialog.can_apply and dialog.fields.hasFocus())
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: len(_listed(pairs)) < len(before) - 1)
    keyboard.until(lambda: doubled.status.count.text().startswith(str(len(_listed(pairs)))))
    left = len(_listed(pairs))
    doubled.activateWindow()  # nothing gives the keyboard back where there is no desktop
    keyboard.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    keyboard.until(lambda: len(_listed(pairs)) == len(before) - 1 and pairs.state.text() == "")
    keyboard.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    keyboard.until(lambda: sorted(_listed(pairs)) == sorted(before) and pairs.state.text() == "")
    assert left < len(before)


def test_enter_opens_either_and_back_comes_back(keyboard: Keyboard, doubled: MainWindow, pairs: DuplicatesPage) -> None:
    keyboard.until(pairs.list.hasFocus)
    pair = pairs.pair()
    assert pair is not None
    for modifier, id in (
        (Qt.KeyboardModifier.NoModifier, pair.first),
        (Qt.KeyboardModifier.ShiftModifier, pair.second),
    ):
        keyboard.press(Qt.Key.Key_Return, modifier)
        keyboard.until(lambda id=id: doubled.record_page() is not None and page_of(doubled).current_id() == id)
        doubled.travel(-1)
        keyboard.until(lambda: doubled.duplicates_page() is pairs and pairs.list.hasFocus())
    assert pairs.pair() == pair


def test_organisations_are_looked_through_too(keyboard: Keyboard, pairs: DuplicatesPage) -> None:
    pairs.what.setCurrentIndex(1)
    keyboard.until(lambda: pairs.state.text().startswith("No two"))
    keyboard.until(lambda: not pairs.facts.toPlainText())
    assert pairs.pair() is None
    for decide in (pairs.merge, pairs.tell_apart, pairs.put_last, lambda: pairs.open_one(is_other=True)):
        decide()


def test_the_other_record_is_found_by_letters_and_either_may_stay(keyboard: Keyboard, doubled: MainWindow) -> None:
    doubled.show_page("officials")
    page = page_of(doubled)
    keyboard.until(lambda: page.model.rowCount() == 7)
    page.go_to(1)
    keyboard.until(lambda: page.current_id() == 1)
    merging.merge_with(doubled)
    dialog = _dialog(keyboard, doubled)
    keyboard.until(dialog.box.hasFocus)
    assert not dialog.can_apply
    keyboard.type("akhmet")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.until(lambda: dialog.can_apply and dialog.fields.hasFocus())
    assert "“Akhmet Gurbanow” becomes one with “Ahmet Gurbanov”" in _heading(dialog)
    keyboard.press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    keyboard.until(lambda: "“Ahmet Gurbanov” becomes one with “Akhmet Gurbanow”" in _heading(dialog))
    row = next(
        each for each in range(dialog.fields.topLevelItemCount()) if dialog.fields.topLevelItem(each).text(0) == "Name"
    )
    dialog.fields.setCurrentItem(dialog.fields.topLevelItem(row))
    dialog.fields.setFocus()
    keyboard.press(Qt.Key.Key_Space)
    keyboard.until(lambda: dialog.can_apply and dialog.fields.topLevelItem(row).text(1) == "Ahmet Gurbanov")
    shown = [dialog.list.topLevelItem(at).text(0) for at in range(dialog.list.topLevelItemCount())]
    assert {"Other name", "Appointment", "Delegate", "Capacity"} <= set(shown)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.until(lambda: page.model.rowCount() == 6 and page.current_id() == 5)
    keyboard.until(lambda: "Ahmet Gurbanov" in page.details.dossier.toPlainText())


def _heading(dialog: MergeDialog) -> str:
    return str(dialog._heading.text())


def test_what_stands_in_the_way_is_told_in_the_dialog(keyboard: Keyboard, doubled: MainWindow) -> None:
    assert doubled.workspace is not None
    dialog = MergeDialog(doubled, doubled.workspace, record_type("person"), 1, 2)
    dialog.open()
    keyboard.until(lambda: "nobody sits on two sides" in dialog.told.text())
    assert not dialog.can_apply
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()


def test_deleting_what_is_in_use_offers_to_merge(
    keyboard: Keyboard, doubled: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def press_the_offer(box: QMessageBox) -> None:
        told.append(f"{box.text()} {box.informativeText()}")

    def offered(box: QMessageBox) -> Any:
        return next(each for each in box.buttons() if "Merge" in each.text())

    monkeypatch.setattr(QMessageBox, "exec", press_the_offer)
    monkeypatch.setattr(QMessageBox, "clickedButton", offered)
    doubled.show_page("officials")
    page = page_of(doubled)
    keyboard.until(lambda: page.model.rowCount() == 7)
    page.go_to(2)
    keyboard.until(lambda: page.current_id() == 2)
    records.delete(doubled)
    dialog = _dialog(keyboard, doubled)
    assert "in use" in told[0] and "merge it with another record" in told[0]
    keyboard.until(dialog.box.hasFocus)
    keyboard.type("fuji h")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.until(lambda: "“Ishikawa Masaki” becomes one with “Fuji" in _heading(dialog))
    dialog.reject()


def test_commands_on_pairs_say_where_the_pairs_are(doubled: MainWindow) -> None:
    for command in (
        merging.merge_pair,
        merging.not_the_same,
        merging.pair_last,
        merging.open_first,
        merging.open_other,
    ):
        command(doubled)
        assert not any(each.isVisible() for each in doubled.findChildren(QDialog))
    merging.merge_with(doubled)
    assert not any(each.isVisible() for each in doubled.findChildren(QDialog))


def test_an_unsaved_form_follows_a_merge(keyboard: Keyboard, doubled: MainWindow) -> None:
    workspace = doubled.workspace
    assert workspace is not None
    doubled.show_page("appointments")
    page = page_of(doubled)
    keyboard.until(lambda: page.model.rowCount() > 0)
    draft = new_draft(record_type("appointment"), person_id=5, post_id=2)
    own = new_draft(record_type("person"), name="x")
    own.id, own.original, own.values = 5, {"name": "Akhmet Gurbanow"}, {"name": "Akhmet Gurbanow", "note": "Typed"}
    workspace.kept.keep("appointment-new-1", draft, "A form")
    workspace.kept.keep("person-5", own, "Another")
    done: list[Any] = []
    _merge_the_double(doubled, done.append)
    keyboard.until(lambda: bool(done))
    page.details.resume()
    keyboard.until(lambda: page.details.form is not None and page.details.form.draft["person_id"] == 1)
    doubled.show_page("officials")
    page = page_of(doubled)
    page.details.resume()
    keyboard.until(lambda: page.details.form is not None)
    assert page.details.form is not None
    assert (page.details.form.draft.id, page.details.form.draft["note"]) == (1, "Typed")
    assert page.details.form.draft["name"] == "Ahmet Gurbanov"


def _form_of_the_double(keyboard: Keyboard, window: MainWindow) -> RecordPage:
    """The page of officials with the form of an official who stands twice."""
    window.show_page("officials")
    page = page_of(window)
    keyboard.until(lambda: page.model.rowCount() > 0)
    page.details.edit(5)
    keyboard.until(lambda: page.details.form is not None)
    return page


def _merge_the_double(window: MainWindow, done: Callable[[Any], None] | None = None) -> None:
    """That official becomes one with the other, behind the open forms."""
    assert window.workspace is not None
    with closing(window.workspace.database.reader()) as reader:
        plan = plan_of(reader, "person", 1, 5)
    window.workspace.write(lambda database: merge(database, plan), done)


def test_open_forms_follow_a_merge_and_lose_nothing(keyboard: Keyboard, doubled: MainWindow) -> None:
    workspace = doubled.workspace
    assert workspace is not None
    page = _form_of_the_double(keyboard, doubled)
    form = page.details.form
    assert form is not None and form.draft.id == 5
    form.fill("note", "Typed", Names())
    keyboard.until(lambda: form.is_changed)
    doubled.show_page("appointments")
    other = page_of(doubled)
    keyboard.until(lambda: other.model.rowCount() > 0)
    other.details.create(person_id=5, post_id=2)
    keyboard.until(lambda: other.details.form is not None)
    assert other.details.form is not None
    other.details.form.fill("period", "2003", Names())
    _merge_the_double(doubled)
    keyboard.until(lambda: page.details.form is not None and page.details.form.draft.id == 1)
    assert page.details.form is not None and page.details.form.draft["note"] == "Typed"
    assert page.details.form.draft["name"] == "Ahmet Gurbanov" and page.details.form.is_changed
    keyboard.until(lambda: other.details.form is not None and other.details.form.draft["person_id"] == 1)
    assert other.details.form.draft["period"] == "2003"
    other.details.form.save()
    keyboard.until(lambda: other.details.form is None)
    assert workspace.kept.of("appointment") == []


def test_an_open_form_without_a_change_shows_the_record_that_stays(keyboard: Keyboard, doubled: MainWindow) -> None:
    page = _form_of_the_double(keyboard, doubled)
    _merge_the_double(doubled)
    keyboard.until(lambda: page.details.form is not None and page.details.form.draft.id == 1)
    assert page.details.form is not None and not page.details.form.is_changed
