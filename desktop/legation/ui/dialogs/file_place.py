"""A file or folder that is asked for: its line with Browse, and below it what is in the way or what will happen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from legation.i18n import _

HEIGHT = 32  # of the line, in pixels


class FilePlace(QWidget):
    """The line of a path, labelled by `label` with its letter. `browse` gives the path that somebody chose, or ""."""

    def __init__(self, label: str, suggested: str, browse: Callable[[], str]) -> None:
        super().__init__()
        self.line = QLineEdit(suggested)
        self.line.setMinimumHeight(HEIGHT)
        named = QLabel(label)
        named.setBuddy(self.line)
        button = QPushButton(_("&Browse…"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: self._take(browse()))
        self.told = QLabel(" ")
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(named)
        column.addLayout(row)
        column.addWidget(self.told)

    @property
    def typed(self) -> str:
        """What stands in the line, without blanks around it."""
        return self.line.text().strip()

    @property
    def path(self) -> Path:
        """The path in the line, with ~ as the user's own folder."""
        return Path(os.path.expanduser(self.typed))  # which leaves ~nobody as it stands

    @property
    def names_a_file(self) -> bool:
        """Whether what was typed can be the name of a file: no folder, not "/" alone."""
        return bool(self.path.name) and not os.path.isdir(self.path)

    def say(self, problem: str, note: str = "") -> None:
        """Say what is in the way of the path, else a note."""
        self.told.setText(problem or note or " ")
        self.told.setProperty("problem", bool(problem))
        self.told.style().polish(self.told)

    def select(self, name: str) -> None:
        """Select the name of the file without its ending, so that letters replace it, and take the keyboard."""
        at = self.line.text().rfind(name)
        self.line.setSelection(max(at, 0), len(name))
        self.line.setFocus()

    def _take(self, chosen: str) -> None:
        if chosen:
            self.line.setText(chosen)


def why_not_here(folder: Path) -> str:
    """Why no file can be written in a folder, in a sentence; "" when it can."""
    if not os.path.isdir(folder):  # False also for a name that is too long
        return _("The folder {folder} is not there.").format(folder=folder)
    if not os.access(folder, os.W_OK):
        return _("You may not write into the folder {folder}.").format(folder=folder)
    return ""


def buttons_of(dialog: QDialog, words: str) -> tuple[QDialogButtonBox, QPushButton]:
    """The buttons below a place: the one that writes, which Enter presses, and Cancel. The box, and the first."""
    buttons = QDialogButtonBox()
    write = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
    write.setDefault(True)
    buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, write
