"""The editor of a link to a party of the same event: a list of the parties that stand in the form, saved or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox

from legation.fields.record_type import Field
from legation.i18n import _
from legation.ui.forms.choices import Choices
from legation.ui.forms.context import FormContext
from legation.ui.forms.editor import Editor


class _PartyChoices(Choices):
    """A drop-down that lists the parties anew when it is opened or walked."""

    def __init__(self, editor: PartyEditor) -> None:
        super().__init__()
        self._editor = editor

    def showPopup(self) -> None:
        """List the parties of now."""
        self._editor.list_parties()
        super().showPopup()

    def focusInEvent(self, event: Any) -> None:
        """List the parties of now."""
        self._editor.list_parties()
        super().focusInEvent(event)


class PartyEditor(Editor):
    """One of the event's parties, or all sides together."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field)
        self._context = context
        self._value: Any = None
        self._is_filling = False
        self.box = _PartyChoices(self)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(16)
        self.give_keyboard_to(self.box)
        self.row.addStretch(1)
        self.list_parties()
        self.box.currentIndexChanged.connect(self._take)

    def list_parties(self) -> None:
        """Fill the list with the parties as they stand in the form."""
        self._is_filling = True
        self.box.clear()
        self.box.addItem(_("All sides"), None)
        self._values: list[Any] = [None]
        for value, label in self._context.parties():
            self.box.addItem(label)
            self._values.append(value)
        if self._value is not None and self._value not in self._values:
            self.box.addItem(self._context.name_of("delegation", self._value))
            self._values.append(self._value)
        self.box.setCurrentIndex(self._values.index(self._value))
        self._is_filling = False

    def value(self) -> Any:
        """The id of the party, its draft when it is not saved yet, or None."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose a party."""
        self._value = value
        self.list_parties()

    def text(self) -> str:
        """The party chosen."""
        return self.box.currentText()

    def set_text(self, text: str) -> None:
        """Choose by label."""
        self.box.setCurrentText(text)

    def _take(self, at: int) -> None:
        if not self._is_filling and 0 <= at < len(self._values):
            self._value = self._values[at]
            self.changed.emit()
