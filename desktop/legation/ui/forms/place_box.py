"""The box of a place: known places by their letters, taken by Tab, Enter or on leaving; any other may be typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from legation.fields.record_type import Field
from legation.storage.places import Place, places
from legation.storage.reading import Reader
from legation.storage.suggesting import Suggestion
from legation.ui.forms.context import FormContext
from legation.ui.forms.editor import Editor, FormLine
from legation.ui.forms.suggestion_list import SuggestionList

PAUSE_MILLISECONDS = 30


class PlaceEditor(Editor):
    """A line of text that suggests places; Esc puts the list away and leaves what was typed."""

    def __init__(self, field: Field, context: FormContext | None) -> None:
        super().__init__(field)
        self._context = context
        self._list: SuggestionList | None = None
        self._found: list[Place] = []
        self._takes_when_found = False
        self._is_free = True
        self.line = FormLine()
        self.give_keyboard_to(self.line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)

    def set_value(self, value: Any) -> None:
        """Show a stored value."""
        self.line.setText(self.field.kind.typed(value))
        self.line.setCursorPosition(0)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show text that could not be parsed."""
        self.line.setText(text)

    def _typed(self, _text: str) -> None:
        self._is_free, self._takes_when_found = False, False
        self.changed.emit()
        if self._context is not None:
            self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        typed = self.line.text()

        def read(reader: Reader) -> tuple[str, list[Place]]:
            return typed, places(reader, typed)

        if self._context is not None:
            self._context.lane.ask_too(read, self._show, lasts=self._takes_when_found)

    def _show(self, answer: tuple[str, list[Place]]) -> None:
        typed, found = answer
        if typed != self.line.text() or self._is_free:
            return
        self._found = found
        if self._takes_when_found:
            self._takes_when_found = False
            self._take(0)
        elif self.line.hasFocus():
            if self._list is None:
                self._list = SuggestionList(self.line)
                self._list.taken.connect(self._take)
            shown = [Suggestion("place", each.name, 0, each.name, "", each.country_name) for each in found]
            self._list.fill(shown, "")

    def _take(self, row: int) -> None:
        """Take a place, and tell in which country it lies."""
        self._is_free = True
        self._hide_list()
        if 0 <= row < len(self._found) and self._context is not None:
            place = self._found[row]
            self.set_value(place.name)
            self._context.place_countries[place.name] = place
        self.changed.emit()

    def _take_best(self) -> None:
        if self._is_free or self._context is None or not self.line.text().strip():
            return
        if self._pause.isActive():
            self._takes_when_found = True
            self._ask()
        elif self._is_listed() and self._list is not None:
            self._take(self._list.currentRow())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Walk the list, take from it, put it away."""
        if event.type() == QEvent.Type.FocusOut:
            self._take_best()
            self._hide_list()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._is_listed():
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        if step and self._is_listed() and self._list is not None:
            self._list.move_choice(step)
            return True
        if key == Qt.Key.Key_Escape and self._is_listed():
            self._is_free = True
            self._hide_list()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_listed():
            self._take_best()
            return True
        return False

    def _is_listed(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _hide_list(self) -> None:
        if self._list is not None:
            self._list.hide()
