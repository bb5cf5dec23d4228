"""Keeping something in the workspace, such as a view: what is kept, and the name to find it by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from legation.i18n import _
from legation.storage.views import MOST_LETTERS


@dataclass(frozen=True)
class Kept:
    """What the dialog says of the thing that is kept: title, what is kept, an example of a name, what a taken name
    means."""

    title: str
    heading: str
    sentence: str
    example: str
    replaces: str


class AskNameDialog(QDialog):
    """Asks for a name; `name` holds it once accepted. What has a name that is taken is replaced, and that is said."""

    def __init__(self, parent: QWidget, kept: Kept, taken: Sequence[str], name: str = "") -> None:
        super().__init__(parent)
        self._taken, self._replaces = {each.casefold() for each in taken}, kept.replaces
        self.setWindowTitle(kept.title)
        self.setMinimumWidth(440)
        what = QLabel(kept.heading)
        what.setWordWrap(True)
        what.setProperty("heading", True)
        why = QLabel(kept.sentence)
        why.setWordWrap(True)
        why.setProperty("quiet", True)
        self.line = QLineEdit(name)
        self.line.setMaxLength(MOST_LETTERS)
        self.line.setMinimumHeight(32)
        self.line.setAccessibleName(_("Name"))
        self.line.setPlaceholderText(kept.example)
        self.told = QLabel()
        self.told.setProperty("quiet", True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (what, why, self.line, self.told, self.buttons):
            column.addWidget(each)
        self.line.textChanged.connect(self._look)
        self.line.selectAll()
        self._look()

    @property
    def name(self) -> str:
        """The name typed."""
        return " ".join(self.line.text().split())

    def _look(self) -> None:
        is_taken = self.name.casefold() in self._taken
        self.told.setText(self._replaces if is_taken else "")
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.name))
