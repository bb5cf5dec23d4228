"""What every editor of a form shares, and the line that all of them type in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from legation.fields.record_type import Field
from legation.i18n import _

HEIGHT = 28  # of a line, in pixels


class FormLine(QLineEdit):
    """A line of a form: it undoes its own typing first, and leaves Undo to the form when there is none."""

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the form when this line has nothing of its own to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)


class Editor(QWidget):
    """What all editors share: a layout without margins, and a signal for each change by the person."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def give_keyboard_to(self, widget: QWidget) -> None:
        """Make a widget the one that is typed in, named for screen readers."""
        widget.setAccessibleName(_(self.field.label))
        widget.setAccessibleDescription(_(self.field.help) if self.field.help else "")
        widget.setMinimumHeight(max(HEIGHT, widget.minimumHeight()))
        self.setFocusProxy(widget)
        self.row.addWidget(widget)

    def value(self) -> Any:
        """The value to store. Raises `ValueProblem`."""
        return self.field.kind.parse(self.text())

    def set_value(self, value: Any) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in the editor."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show text that could not be parsed."""
        raise NotImplementedError
