"""What dialogs share that show what a step will change before it is done: heading, sentence, list and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from legation.i18n import _

NARROWEST, WIDEST = 72, 180  # pixels of a column that does not share the width


class PreviewDialog(QDialog):
    """Shows lines under `columns`, those in `wide` sharing the width. Applying waits for `show_preview` to allow it."""

    def __init__(self, parent: Any, heading: str, apply: str, columns: Sequence[str], wide: Sequence[int]) -> None:
        super().__init__(parent)
        self._heading = QLabel(heading)
        self._heading.setProperty("heading", True)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("What will change"))
        self.list.setHeaderLabels(list(columns))
        self.list.setRootIsDecorated(False)
        self.list.setProperty("sheet", True)
        self._narrow = [at for at in range(len(columns)) if at not in wide]
        self.list.header().setStretchLastSection(False)
        for column in wide:
            self.list.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.buttons = QDialogButtonBox()
        self._apply = self.buttons.addButton(apply, QDialogButtonBox.ButtonRole.AcceptRole)
        self._apply.setDefault(True)
        self._apply.setEnabled(False)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def lay_out(self, asks: QWidget) -> None:
        """Put the parts below each other, with the widget that asks below the heading."""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (self._heading, asks, self.told, self.list, self.buttons):
            column.addWidget(each)

    @property
    def can_apply(self) -> bool:
        """Whether what is shown may be done."""
        return self._apply.isEnabled()

    def wait(self) -> None:
        """Let nothing be applied until it is known what it changes."""
        self._apply.setEnabled(False)

    def show_preview(self, lines: Sequence[Sequence[str]], told: str, *, is_problem: bool, can_apply: bool) -> None:
        """Show what would change, and say it; a problem stands out."""
        self.list.clear()
        for each in lines:
            item = QTreeWidgetItem(list(each))
            for column, text in enumerate(each):
                item.setToolTip(column, text)
            self.list.addTopLevelItem(item)
        for at in self._narrow:
            self.list.resizeColumnToContents(at)
            self.list.setColumnWidth(at, max(NARROWEST, min(self.list.columnWidth(at), WIDEST)))
        self.told.setText(told)
        self.told.setProperty("problem", is_problem)
        self.told.style().polish(self.told)
        self._apply.setEnabled(can_apply)
        if can_apply:
            self._apply.setDefault(True)  # Cancel took that over when Tab came to it meanwhile
