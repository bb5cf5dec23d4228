"""Keeping a mapping: the name to find it by, for this and for files of the same shape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from legation.i18n import _

MOST_LETTERS = 80


class KeepMappingDialog(QDialog):
    """Asks for the name of a mapping; `name` holds it once accepted. A name that is taken is replaced, and says so."""

    def __init__(self, parent: QWidget, taken: Sequence[str], name: str = "") -> None:
        super().__init__(parent)
        self._taken = {each.casefold() for each in taken}
        self.setWindowTitle(_("Keep the mapping"))
        self.setMinimumWidth(440)
        told = QLabel(_("Keep what the columns give"))
        told.setProperty("heading", True)
        why = QLabel(_("It is proposed again for files of this shape, also when columns were added or moved."))
        why.setWordWrap(True)
        why.setProperty("quiet", True)
        self.line = QLineEdit(name)
        self.line.setMaxLength(MOST_LETTERS)
        self.line.setMinimumHeight(32)
        self.line.setAccessibleName(_("Name"))
        self.line.setPlaceholderText(_("Name, such as Visits of the State Department"))
        self.told = QLabel()
        self.told.setProperty("quiet", True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (told, why, self.line, self.told, self.buttons):
            column.addWidget(each)
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.selectAll()
        self._look()

    @property
    def name(self) -> str:
        """The name typed."""
        return " ".join(self.line.text().split())

    def _look(self) -> None:
        is_taken = self.name.casefold() in self._taken
        self.told.setText(_("Takes the place of the mapping of that name.") if is_taken else "")
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.name))
