"""The box of a link: letters filter, the best match is taken by Tab or Enter, and what is not there can be created.

Suggestions come from the background; a key that takes one before it has come takes it when it comes, so that typing
ahead is safe. Text that names nothing stays in the box with a sentence, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from legation.fields.draft import Draft, new_draft
from legation.fields.kinds import Link, ValueProblem
from legation.fields.record_type import Field
from legation.i18n import N_, _
from legation.matching.delegates import Understood
from legation.matching.printed_parties import PrintedParties
from legation.matching.printed_persons import read_list
from legation.records.catalogue import record_type
from legation.storage.suggesting import Suggestion
from legation.ui.forms.context import FormContext
from legation.ui.forms.editor import Editor, FormLine
from legation.ui.forms.suggestion_list import SuggestionList

CREATABLE = {  # record type: the field that takes what was typed, and the line that offers it
    "person": ("name", N_("Create the official “{text}”")),
    "organisation": ("name", N_("Create the organisation “{text}”")),
    "post": ("title", N_("Create the post “{text}”")),
    "source": ("title", N_("Create the source “{text}”")),
    "event": ("title", N_("Create the event “{text}”")),
}
PAUSE_MILLISECONDS = 40


class LinkBox(FormLine):
    """A line that finds records of some types.

    `taken` carries a `Suggestion`, a printed delegate as `Understood`, several `PrintedParties`, or a `Draft` of a
    record to create; `pasted` the lines of a list, where the box takes lists.
    """

    taken = Signal(object)
    settled = Signal()
    pasted = Signal(list)

    def __init__(
        self, context: FormContext, records: Sequence[str], within: Callable[[], Mapping[str, Any]] | None = None
    ) -> None:
        super().__init__()
        self._context = context
        self._records = tuple(records)
        self._within = within or dict
        self._list: SuggestionList | None = None
        self.takes_lists = False
        self.creates = True
        """Whether what is not found can be created."""
        self._found: list[Suggestion | Understood | PrintedParties] = []
        self._found_for: str | None = None
        self._creating: list[str] = []
        self.is_open = False
        """Whether typed text waits to be taken."""
        self._takes_when_found = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    @property
    def is_waiting(self) -> bool:
        """Whether a match is to be taken as soon as it comes."""
        return self._takes_when_found

    def show_text(self, text: str) -> None:
        """Show a text as it stands, with nothing to be taken."""
        self.setText(text)
        self.setCursorPosition(0)
        self.is_open = self._takes_when_found = False
        self._hide_list()

    def take_best(self) -> None:
        """Take the chosen suggestion, now or as soon as it comes."""
        if not self.is_open:
            return
        if self._found_for == self.text():
            self._take(self._list.currentRow() if self._is_listed() and self._list is not None else 0, by_key=True)
        else:
            self._takes_when_found = True
            self._ask()

    def event(self, event: QEvent) -> bool:
        """Tab takes the best match on its way out; Esc is the list's while it is open."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.take_best()
            elif (
                event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape and self._is_listed()
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and take the suggestions."""
        key = event.key()
        if self.takes_lists and event.matches(QKeySequence.StandardKey.Paste) and self._paste_list():
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._is_listed() and self._list is not None:
            self._list.move_choice(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Down and not event.modifiers():
            self._ask()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_listed() and not self.is_open:
            self._take(self._list.currentRow() if self._list is not None else 0, by_key=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_open and not event.modifiers():
            self.take_best()
        elif key == Qt.Key.Key_Escape and self._is_listed():
            self._hide_list()
        else:
            super().keyPressEvent(event)

    def _paste_list(self) -> bool:
        """Hand the lines on the clipboard on where there are several; False leaves pasting to the line."""
        lines = read_list(QApplication.clipboard().text())
        if len(lines) > 1:
            self.pasted.emit(lines)
        return len(lines) > 1

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the best match when the keyboard goes elsewhere."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.take_best()
        self._hide_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the list along."""
        self._hide_list()
        super().hideEvent(event)

    def _typed(self, text: str) -> None:
        self.is_open = bool(text.strip())
        self._takes_when_found = False
        if self.is_open:
            self._pause.start()
        else:
            self._pause.stop()
            self._hide_list()

    def _ask(self) -> None:
        self._pause.stop()
        typed = self.text() if self.is_open else ""
        self._context.ask(self._records, typed, self._within(), self._show, lasts=self._takes_when_found)

    def _show(self, answer: tuple[str, list[Suggestion | Understood | PrintedParties]]) -> None:
        typed, found = answer
        if typed != (self.text() if self.is_open else ""):
            return
        self._found, self._found_for = found, self.text()
        is_understood = bool(found) and isinstance(found[0], Understood | PrintedParties)
        may_create = self.creates and self._context.creates and self.is_open and not is_understood
        offered = [name for name in self._records if name in CREATABLE and may_create]
        self._creating = offered[-1:]
        if self._takes_when_found:
            self._takes_when_found = False
            self._take(0, by_key=True)
            return
        if not self.hasFocus():
            return
        if self._list is None:
            self._list = SuggestionList(self)
            self._list.taken.connect(self._take)
        last = _(CREATABLE[self._creating[0]][1]).format(text=self.text().strip()) if self._creating else ""
        self._list.fill(found, last)

    def _take(self, row: int, by_key: bool = False) -> None:
        """Take a row of the list. A key without a match creates nothing by itself unless the line was chosen."""
        listed = self._is_listed()
        self._hide_list()
        if 0 <= row < len(self._found):
            self.is_open = False
            self.taken.emit(self._found[row])
        elif self._creating and self.is_open and (not by_key or listed):
            name = self._creating[0]
            self.is_open = False
            self.taken.emit(new_draft(record_type(name), **{CREATABLE[name][0]: self.text().strip()}))
        self.settled.emit()

    def _is_listed(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _hide_list(self) -> None:
        if self._list is not None:
            self._list.hide()


class LinkEditor(Editor):
    """The editor of a link field: a link box and what it holds."""

    settled = Signal()

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field)
        assert isinstance(field.kind, Link)
        self._target = field.kind.target
        self._context = context
        self._value: Any = None
        self.box = LinkBox(context, (self._target,), lambda: context.within(self._target))
        self.give_keyboard_to(self.box)
        self.box.taken.connect(self._take)
        self.box.settled.connect(self.changed)
        self.box.textEdited.connect(self._typed)

    def value(self) -> Any:
        """The key of the record, or a draft to be created. Raises `ValueProblem` for text that names nothing."""
        if self.box.is_open:
            raise ValueProblem(_("“{text}” is not known yet.").format(text=self.box.text().strip()))
        return self._value

    def set_value(self, value: Any) -> None:
        """Show what the link holds."""
        self._value = value
        self.box.show_text(self._context.name_of(self._target, value))

    def text(self) -> str:
        """What is typed."""
        return self.box.text()

    def set_text(self, text: str) -> None:
        """Show text that names nothing yet."""
        self.box.setText(text)
        self.box.is_open = True

    def _typed(self, text: str) -> None:
        if not text.strip():
            self._value = None
        self.changed.emit()

    def _take(self, what: Suggestion | Draft) -> None:
        if isinstance(what, Suggestion):
            self._context.remember(what)
            self.set_value(what.key)
        else:
            self.set_value(what)
        self.changed.emit()
