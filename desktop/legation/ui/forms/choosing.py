"""A field changed here and elsewhere meanwhile: both values stand at the field, and one key chooses each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout
from shiboken6 import isValid

from legation.fields.draft import Draft
from legation.fields.kinds import Link
from legation.i18n import _
from legation.records.catalogue import record_type
from legation.storage.labels import label
from legation.storage.reading import Reader
from legation.storage.saving import Stale
from legation.ui.forms.context import FormContext, Names

if TYPE_CHECKING:
    from legation.ui.forms.record_form import RecordForm

MOST_LETTERS = 60  # of a value on its button


class Choice(QFrame):
    """Both values of a field, a button each. `chosen` carries whether the person's own holds."""

    chosen = Signal(bool)

    def __init__(self, mine: str, theirs: str) -> None:
        super().__init__()
        self.setProperty("hint", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = QLabel(_("Changed here and elsewhere. Which value holds?"))
        words.setWordWrap(True)
        self.keep = self._button(_("1: keep yours, {value}"), mine)
        self.take = self._button(_("2: take the other, {value}"), theirs)
        self.keep.clicked.connect(lambda _checked=False: self.chosen.emit(True))
        self.take.clicked.connect(lambda _checked=False: self.chosen.emit(False))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        for each in (words, self.keep, self.take):
            column.addWidget(each)
        self.setAccessibleName(words.text())
        self.setAccessibleDescription(f"{self.keep.text()}; {self.take.text()}")

    def _button(self, words: str, value: str) -> QPushButton:
        plain = " ".join(value.split())
        cut = plain if len(plain) <= MOST_LETTERS else plain[: MOST_LETTERS - 1] + "…"
        button = QPushButton(words.format(value=_("“{text}”").format(text=cut) if plain else _("nothing")))
        button.setProperty("choice", True)
        button.setToolTip(value)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # keys have their own way
        return button

    def event(self, event: QEvent) -> bool:
        """The two keys are this choice's before they are the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.text() in ("1", "2"):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 keeps one's own value, 2 takes the other."""
        if event.text() in ("1", "2"):
            self.chosen.emit(event.text() == "1")
        else:
            super().keyPressEvent(event)


class Choosing(QObject):
    """The choices that are open in a form; once all are made, it can be saved."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__(form)
        self._form = form
        self._open: list[Choice] = []

    def ask(self, stale: Stale, names: Mapping[tuple[str, Any], str]) -> None:
        """Show a choice at each field that both changed, and give the keyboard to the first."""
        form = self._form
        form.context.names.update(names)
        for choice in self._still_open():
            choice.deleteLater()
        self._open.clear()
        mine = {(each.record.name, each.id): each for each in form.draft.walk() if each.id is not None}
        for draft, fields in stale.conflicts:
            for name, (_mine, theirs) in fields.items():
                self._show(mine[(draft.record.name, draft.id)], name, theirs)
        form.bar.say(_("Not saved yet. {sentence}").format(sentence=stale.what_happened))
        self._go_on()

    def _show(self, holder: Draft, name: str, theirs: Any) -> None:
        form = self._form
        form.open_line(holder)
        grid = next((each for each in form.grids() if each.draft is holder and name in each.editors), None)
        if grid is None:
            holder.original[name] = theirs  # a field that nobody types, such as the order of lines
            return
        choice = Choice(shown(form.context, holder, name, holder[name]), shown(form.context, holder, name, theirs))
        choice.chosen.connect(lambda keeps: self._choose(choice, holder, name, theirs, keeps))
        grid.put_below(name, choice)
        self._open.append(choice)

    def _choose(self, choice: Choice, holder: Draft, name: str, theirs: Any, keeps: bool) -> None:
        """Take a choice: the other value is known from now on, so saving may write over it."""
        form = self._form
        holder.original[name] = theirs
        if not keeps:
            holder[name] = theirs
        grid = next((each for each in form.grids() if each.draft is holder and name in each.editors), None)
        self._open.remove(choice)
        choice.hide()
        choice.deleteLater()
        if grid is not None:
            grid.refill()
            grid.give_keyboard(name)
        form.changed_in(holder, name)
        self._go_on()

    def _go_on(self) -> None:
        """Go to the next choice; after the last one nothing stands in the way of saving."""
        left = self._still_open()
        if left:
            left[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._form.bar.say(_("Every value is chosen: save again to write them."))

    def _still_open(self) -> list[Choice]:
        self._open = [each for each in self._open if isValid(each)]
        return self._open


def shown(context: FormContext, holder: Draft, name: str, value: Any) -> str:
    """A value of a draft's field in words; "" for none."""
    kind = holder.record[name].kind
    if value is None:
        return ""
    return context.name_of(kind.target, value) if isinstance(kind, Link) else kind.format(value)


def names_of(reader: Reader, stale: Stale) -> Names:
    """The labels of the records that the other values link to."""
    found: Names = {}
    for draft, fields in stale.conflicts:
        for name, (_mine, theirs) in fields.items():
            kind = draft.record[name].kind
            if isinstance(kind, Link) and theirs is not None:
                found[(kind.target, theirs)] = label(reader, record_type(kind.target), theirs)
    return found
