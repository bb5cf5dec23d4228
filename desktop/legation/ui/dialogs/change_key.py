"""Changing the key of a command or a page: press the new one; a clash is said at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from legation.i18n import _
from legation.ui.commands.chosen_keys import Keyed, keys_of, why_not

PASSED_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeyBox(QLineEdit):
    """Shows the key that was pressed in it; Backspace takes it away. Tab, Enter and Esc keep their meaning."""

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.setReadOnly(True)
        self.setMinimumHeight(36)
        self.setPlaceholderText(_("Press the new key"))
        self.setAccessibleName(_("Press the new key"))

    def show_key(self, key: str) -> None:
        """Show a key, in the words of this system."""
        self.key = key
        self.setText(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))

    def event(self, event: QEvent) -> bool:
        """Take keys that are otherwise the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() not in PASSED_ON:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key."""
        if event.key() in MODIFIERS:
            return
        if event.key() in PASSED_ON and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.show_key("")
        else:
            self.show_key(QKeySequence(event.keyCombination()).toString())


class ChangeKeyDialog(QDialog):
    """Asks for the key of a command or page; `chosen` holds what was pressed, None for the default, once accepted."""

    def __init__(self, parent: QWidget, keyed: Keyed, keys: dict[str, str]) -> None:
        super().__init__(parent)
        self._keyed, self._keys = keyed, keys
        self.chosen: str | None = None
        self.setWindowTitle(_("Change the key"))
        self.setMinimumWidth(440)
        name = QLabel(keyed.name)
        name.setProperty("heading", True)
        self.box = KeyBox()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.told.setMinimumHeight(40)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        default = self.buttons.addButton(_("As at &first"), QDialogButtonBox.ButtonRole.ResetRole)
        default.clicked.connect(lambda _checked=False: self._as_at_first())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (name, self.box, self.told, self.buttons):
            column.addWidget(each)
        self.box.textChanged.connect(lambda _text: self._look())
        self.box.show_key(next(iter(keys_of(keyed, keys)), ""))
        self._look()
        self.box.setFocus()

    def _look(self) -> None:
        """Say what is in the way of the key."""
        problem = why_not(self._keyed, self.box.key, self._keys)
        self.told.setText(problem or _("Backspace leaves it without a key."))
        self.told.setProperty("problem", bool(problem))
        self.told.style().polish(self.told)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)

    def _as_at_first(self) -> None:
        self.chosen = None
        super().accept()

    def accept(self) -> None:
        """Take the key."""
        self.chosen = self.box.key
        super().accept()
