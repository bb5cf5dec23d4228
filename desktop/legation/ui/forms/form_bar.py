"""The head of a form: what is being edited, whether it is saved, and above the fields what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from legation.i18n import _
from legation.storage.saving import Stale


class FormBar(QWidget):
    """`saved` and `left` tell that its buttons were pressed."""

    saved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self._state = QLabel()
        self._state.setProperty("quiet", True)
        self._save = self._button(_("Save"), _("Ctrl+S"))
        self._save.clicked.connect(lambda _checked=False: self.saved.emit())
        close = self._button(_("Close"), _("Esc"))
        close.clicked.connect(lambda _checked=False: self.left.emit())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self._state, 1)
        row.addWidget(self._save)
        row.addWidget(close)
        self.message = QLabel()
        self.message.setProperty("problem", True)
        self.message.setWordWrap(True)
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addLayout(row)
        column.addWidget(self.message)

    def _button(self, words: str, key: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(key)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # keys have their own way
        return button

    def show_state(self, words: str, *, can_save: bool) -> None:
        """Say whether the form is saved."""
        self._state.setText(words)
        self._save.setEnabled(can_save)

    def say(self, text: str) -> None:
        """Show a sentence above the fields; "" takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))


def both_values(error: Stale) -> str:
    """What was changed elsewhere meanwhile: both values of each field, and how to choose."""
    record = error.draft.record
    rows = []
    for name, (mine, theirs) in error.fields.items():
        field = record[name]
        shown = _("{field}: yours is “{mine}”, the other is “{theirs}”.")
        rows.append(shown.format(field=_(field.label), mine=field.kind.format(mine), theirs=field.kind.format(theirs)))
    return "\n".join((error.what_happened, *rows, _("Save again to keep yours, or close and look.")))
