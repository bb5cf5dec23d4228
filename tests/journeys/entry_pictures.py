"""Pictures of entering: what a person sees while typing, in forms, lists of suggestions and dialogs that preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from journeys.pictures import Camera
    from legation.ui.forms.record_form import RecordForm

LINE = (
    "27 jan 2025 consultations TKM>JPN(12) @Tokyo Gurbanov / Kenji Sato, Vice Minister of Foreign Affairs (adviser) "
    '#power act:noted by:JPN outcome:"Joint statement" owner:TKM src:caspianpost.com para:4'
)
PASTED = (
    "Date\tKind\tTitle\tParties\tHeads\tRemarks\n"
    "3 feb 2025\tmeeting\tTalks on transit\tTKM · JPN\tAhmet Gurbanov · Fujii Hisayuki\tx\n"
    "4 feb 2025\tvisit\tVisit to Astana\tJPN · KAZ\t\t\n"
)


def entry_pictures(camera: Camera) -> Iterator[str]:
    """Take them, in the look of the camera."""
    yield from _forms(camera)
    yield from _one_line(camera)
    yield from _previews(camera)
    yield from _keys(camera)


def _type(text: str) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    QTest.keyClicks(QApplication.focusWidget(), text)


def _press(key: Any, modifier: Any = None) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    QTest.keyClick(QApplication.focusWidget(), key, modifier or Qt.KeyboardModifier.NoModifier)


def _new_event(camera: Camera) -> RecordForm:
    from PySide6.QtWidgets import QApplication

    camera.show("events")
    camera.window.activateWindow()
    details = camera.page().details
    details.create()
    camera.wait(lambda: details.form is not None and details.form.isAncestorOf(QApplication.focusWidget()))
    assert details.form is not None
    return details.form


def _forms(camera: Camera) -> Iterator[str]:
    """A link box with its list, what is created inside, hints above the form, and lines with their marks."""
    from PySide6.QtCore import Qt

    form = _new_event(camera)
    _type("27 jan 2025")
    form.main.editors["country"].setFocus()
    _type("turk")
    yield camera.take("entry-suggestions")
    _press(Qt.Key.Key_Tab)
    form.main.editors["framework_id"].setFocus()
    _type("Joint Working Group on Transit")
    camera.settle()
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return)
    camera.settle()
    yield camera.take("entry-created-inside")
    form = _new_event(camera)
    camera.page().details.discard()
    form = _new_event(camera)
    _type("27 jan 2025")
    _press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    for text in ("tkm", "Gurbanov"):
        _type(text)
        camera.settle()
        _press(Qt.Key.Key_Return)
        camera.settle()
    _press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    _type("State Minister of Foreign Affairs of Japan Hisayuki Sato")
    yield camera.take("entry-delegate-typed")
    _press(Qt.Key.Key_Return)
    camera.wait(lambda: bool(form.bar.flags.text()) and bool(form.known))
    yield camera.take("entry-hints")
    camera.page().details.discard()


def _opened(camera: Camera, work: Callable[[], object]) -> QDialog:
    from PySide6.QtWidgets import QApplication, QDialog

    before = set(camera.window.findChildren(QDialog))
    work()
    (dialog,) = set(camera.window.findChildren(QDialog)) - before
    dialog.activateWindow()
    camera.wait(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    camera.settle()
    return dialog


def _one_line(camera: Camera) -> Iterator[str]:
    """One-line entry: empty, understood, completed, with a mistake."""
    from legation.ui.dialogs.one_line import OneLineDialog

    dialog = _opened(camera, lambda: camera.run("one-line"))
    assert isinstance(dialog, OneLineDialog)
    yield camera.take("entry-line-empty", dialog)
    _type(LINE)
    camera.settle()
    yield camera.take("entry-line", dialog)
    dialog.box.clear()
    _type("27 jan 2025 meeting TKM>JPN #e.")
    yield camera.take("entry-line-completed", dialog)
    dialog.box.clear()
    _type("27 jan 2025 meeting TKM>XXX framework:Nowhere #power ")
    yield camera.take("entry-line-mistakes", dialog)
    dialog.box.clear()
    camera.settle()
    dialog.reject()


def _previews(camera: Camera) -> Iterator[str]:
    """Rows pasted and rows edited, before they are written."""
    from PySide6.QtWidgets import QApplication

    camera.show("events")
    QApplication.clipboard().setText(PASTED)
    dialog = _opened(camera, lambda: camera.run("paste"))
    yield camera.take("entry-paste", dialog)
    dialog.reject()
    page = camera.page()
    page.table.setCurrentIndex(page.model.index(0, page.table.columns.index("city")))
    page.table.selectAll()
    dialog = _opened(camera, lambda: camera.run("rows"))
    _type("Kobe")
    yield camera.take("entry-edit-rows", dialog)
    dialog.reject()


def _keys(camera: Camera) -> Iterator[str]:
    """The palette and the key sheet with words typed, and a key that is taken."""
    from PySide6.QtCore import Qt

    from legation.ui.commands.chosen_keys import all_keyed
    from legation.ui.dialogs.change_key import ChangeKeyDialog

    dialog = _opened(camera, lambda: camera.run("palette"))
    _type("japan")
    yield camera.take("entry-palette", dialog)
    dialog.reject()
    dialog = _opened(camera, lambda: camera.run("keys"))
    _type("record")
    yield camera.take("entry-key-sheet", dialog)
    asking = ChangeKeyDialog(dialog, all_keyed()[3], {})
    asking.open()
    camera.wait(asking.box.hasFocus)
    _press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    yield camera.take("entry-key-taken", asking)
    asking.reject()
    dialog.reject()
