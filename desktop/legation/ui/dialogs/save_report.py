"""Saving a report: its format and its file. The ending and the format follow each other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from legation.documents.formats import Format
from legation.i18n import _
from legation.ui.forms.choices import Choices

MARGIN = 16
WIDTH = 560


class SaveReportDialog(QDialog):
    """Asks for format and file. `path` and `format` hold what was chosen, once accepted."""

    def __init__(self, parent: QWidget, suggested: Path, formats: Sequence[Format], chosen: Format) -> None:
        """`suggested` is the file without its ending."""
        super().__init__(parent)
        self._formats = list(formats)
        self.setWindowTitle(_("Save the report"))
        self.setMinimumWidth(WIDTH)
        self.kind: QComboBox = Choices()
        self.kind.setMinimumHeight(32)
        self.kind.setAccessibleName(_("Format"))
        for each in formats:
            self.kind.addItem(_("{format} (*{ending})").format(format=_(each.label), ending=each.ending), each.name)
        self.kind.setCurrentIndex(self._formats.index(chosen))
        kind_label = QLabel(_("F&ormat"))
        kind_label.setBuddy(self.kind)
        self.file = QLineEdit(str(suggested) + chosen.ending)
        self.file.setMinimumHeight(32)
        label = QLabel(_("&File"))
        label.setBuddy(self.file)
        browse = QPushButton(_("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(lambda _checked=False: self._browse())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        self.told = QLabel(" ")
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for each in (label, row, self.told, kind_label, self.kind):
            column.addLayout(each) if isinstance(each, QHBoxLayout) else column.addWidget(each)
        column.addSpacing(8)
        column.addWidget(self._make_buttons())
        self.kind.currentIndexChanged.connect(lambda _at: self._change_ending())
        self.file.textChanged.connect(lambda _text: self._look())
        self._look()
        self.file.setSelection(len(str(suggested.parent)) + 1, len(suggested.name))
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.write = buttons.addButton(_("&Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    @property
    def format(self) -> Format:
        """The format chosen."""
        return self._formats[self.kind.currentIndex()]

    @property
    def path(self) -> Path:
        """The file to write, with the ending of its format."""
        path = Path(self.file.text().strip()).expanduser()
        return path if path.suffix.lower() == self.format.ending else path.with_name(path.name + self.format.ending)

    def _change_ending(self) -> None:
        """Give the file the ending of the format."""
        path = Path(self.file.text().strip())
        if path.suffix.lower() in [each.ending for each in self._formats]:
            self.file.setText(str(path.with_suffix(self.format.ending)))
        self._look()

    def _look(self) -> None:
        """Take the format of a typed ending, and say what is in the way of the file, if anything."""
        typed = self.file.text().strip()
        ending = Path(typed).suffix.lower()
        at = next((at for at, each in enumerate(self._formats) if each.ending == ending), -1)
        if at >= 0:
            self.kind.blockSignals(True)
            self.kind.setCurrentIndex(at)
            self.kind.blockSignals(False)
        problem = _("Give the name of a file.") if not typed or Path(typed).is_dir() else why_not_here(self.path.parent)
        note = "" if problem or not self.path.exists() else _("This file is there already and will be replaced.")
        self.told.setText(problem or note or " ")
        self.told.setProperty("problem", bool(problem))
        self.told.style().polish(self.told)
        self.write.setEnabled(not problem)

    def _browse(self) -> None:
        start = str(self.path) if self.file.text().strip() else str(Path.home())
        kinds = ";;".join(self.kind.itemText(at) for at in range(self.kind.count()))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), start, kinds, self.kind.currentText(), QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.file.setText(chosen)


def why_not_here(folder: Path) -> str:
    """Why no file can be written in a folder, in a sentence; "" when it can."""
    if not folder.is_dir():
        return _("The folder {folder} is not there.").format(folder=folder)
    if not os.access(folder, os.W_OK):
        return _("You may not write into the folder {folder}.").format(folder=folder)
    return ""
