"""What the window shows while no workspace is open: how to begin, and the workspaces opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from legation import settings
from legation.i18n import _
from legation.ui.commands.catalogue import COMMANDS, Command

WIDTH = 440
MOST_RECENT = 6
FIRST = ("new", "open", "sample")


class WelcomePage(QWidget):
    """`asked` carries a command, `chosen` the path of a workspace."""

    asked = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        middle = QWidget()
        middle.setFixedWidth(WIDTH)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._add_words("Legation", "title")
        self._add_words(_("Who met whom, in what capacity, and how do we know?"), "quiet")
        self._column.addSpacing(16)
        for id in FIRST:
            self._column.addWidget(self._choice(next(each for each in COMMANDS if each.id == id)))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._column.addLayout(self._recent)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(row)
        whole.addStretch(3)
        self.refresh()

    def refresh(self) -> None:
        """List the workspaces opened last again."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        paths = settings.recent_workspaces()[:MOST_RECENT]
        if paths:
            label = QLabel(_("Opened last"))
            label.setProperty("section", True)
            label.setIndent(0)
            label.setContentsMargins(0, 24, 0, 0)
            self._recent.addWidget(label)
            self._recent.addSpacing(8)
        for path in paths:
            self._recent.addWidget(self._place(path))

    def _add_words(self, text: str, look: str) -> None:
        label = QLabel(text)
        label.setProperty(look, True)
        self._column.addWidget(label)

    def _choice(self, command: Command) -> QPushButton:
        button = QPushButton(_(command.label))
        button.setProperty("choice", True)
        button.setMinimumHeight(40)
        button.setToolTip(_((command.run.__doc__ or "").splitlines()[0]))
        button.clicked.connect(lambda _checked=False: self.asked.emit(command))
        return button

    def _place(self, path: Path) -> QPushButton:
        """A button with the name of a workspace, and quietly the folder it lies in or that it is gone."""
        is_there = path.exists()
        button = QPushButton()
        button.setProperty("place", True)
        button.setMinimumHeight(48)
        button.setEnabled(is_there)
        folder = str(path.parent) if is_there else _("No longer at {folder}").format(folder=path.parent)
        button.setAccessibleName(f"{path.stem} · {folder}")
        button.setToolTip(str(path))
        name, where = QLabel(path.stem), QLabel()
        where.setProperty("quiet", True)
        metrics = where.fontMetrics()
        where.setText(metrics.elidedText(folder, Qt.TextElideMode.ElideMiddle, WIDTH - 40))
        inside = QVBoxLayout(button)
        inside.setContentsMargins(16, 4, 16, 4)
        inside.setSpacing(0)
        for each in (name, where):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(each)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(path))
        return button
