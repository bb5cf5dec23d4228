"""Choosing a backup to bring back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from legation.fields.fuzzy_dates import print_moment
from legation.i18n import _
from legation.storage.backup import Backup, backup_folder, backups_of
from legation.ui.forms.suggestion_list import QUIET, SuggestionRows

PATH = Qt.ItemDataRole.UserRole
MARGIN = 16


class RestoreDialog(QDialog):
    """Lists the backups of a workspace, newest first. `chosen` is the path to bring back, once accepted."""

    def __init__(self, parent: QWidget, workspace: Path) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.chosen: Path | None = None
        self.setWindowTitle(_("Restore a backup"))
        self.resize(520, 440)
        told = QLabel(
            _("The backup takes the place of {name}. The file as it is now is kept beside it.").format(
                name=workspace.name
            )
        )
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups"))
        self.list.setItemDelegate(SuggestionRows(self.list))
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.empty = QLabel(_("There is no backup of this workspace yet."))
        self.empty.setProperty("quiet", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(told)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(buttons)
        self._fill(backups_of(workspace))

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.restore = buttons.addButton(_("&Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        other = QPushButton(_("&Another file…"))
        other.setAutoDefault(False)
        buttons.addButton(other, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        other.clicked.connect(lambda _checked=False: self._choose_a_file())
        return buttons

    def _fill(self, found: list[Backup]) -> None:
        for each in found:
            item = QListWidgetItem(print_moment(each.at.isoformat()))
            item.setData(QUIET, QLocale().formattedDataSize(each.size))
            item.setData(PATH, str(each.path))
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.restore.setEnabled(bool(found))
        if found:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def accept(self) -> None:
        """Take the chosen backup."""
        item = self.list.currentItem()
        if item is not None:
            self.chosen = Path(str(item.data(PATH)))
            super().accept()

    def _choose_a_file(self) -> None:
        folder = backup_folder(self._workspace)
        start = folder if folder.is_dir() else self._workspace.parent
        kinds = _("Backups and workspaces (*.backup *.legation);;All files (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Restore a backup"), str(start), kinds)
        if chosen:
            self.chosen = Path(chosen)
            super().accept()
