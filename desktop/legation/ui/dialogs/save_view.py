"""Saving a view: what it keeps, and the name to find it by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from legation.i18n import _
from legation.storage.views import MOST_LETTERS


class SaveViewDialog(QDialog):
    """Asks for the name of a view; `name` holds it once accepted. A name that is taken is replaced, and says so."""

    def __init__(self, parent: QWidget, sentence: str, taken: Sequence[str], name: str = "") -> None:
        super().__init__(parent)
        self._taken = {each.casefold() for each in taken}
        self.setWindowTitle(_("Save this view"))
        self.setMinimumWidth(440)
        what = QLabel(sentence)
        what.setWordWrap(True)
        what.setProperty("heading", True)
        kept = QLabel(_("Kept are this filter, these columns and this order, in the workspace."))
        kept.setWordWrap(True)
        kept.setProperty("quiet", True)
        self.line = QLineEdit(name)
        self.line.setMaxLength(MOST_LETTERS)
        self.line.setMinimumHeight(32)
        self.line.setAccessibleName(_("Name"))
        self.line.setPlaceholderText(_("Name, such as Overdue with Japan"))
        self.told = QLabel()
        self.told.setProperty("quiet", True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (what, kept, self.line, self.told, self.buttons):
            column.addWidget(each)
        self.line.textChanged.connect(self._look)
        self.line.selectAll()
        self._look()

    @property
    def name(self) -> str:
        """The name typed."""
        return self.line.text().strip()

    def _look(self) -> None:
        is_taken = self.name.casefold() in self._taken
        self.told.setText(_("Takes the place of the view of that name.") if is_taken else "")
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.name))
