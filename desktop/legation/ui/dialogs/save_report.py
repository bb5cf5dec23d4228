"""Saving a report: its format and its file. The ending and the format follow each other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from legation.documents.formats import Format
from legation.i18n import _
from legation.ui.dialogs.file_place import FilePlace, buttons_of, why_not_here
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
        self.place = FilePlace(_("&File"), str(suggested) + chosen.ending, self._browsed)
        self.file, self.told = self.place.line, self.place.told
        buttons, self.write = buttons_of(self, _("&Save"))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for each in (self.place, kind_label, self.kind):
            column.addWidget(each)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.kind.currentIndexChanged.connect(lambda _at: self._change_ending())
        self.file.textChanged.connect(lambda _text: self._look())
        self._look()
        self.place.select(suggested.name)

    @property
    def format(self) -> Format:
        """The format chosen."""
        return self._formats[self.kind.currentIndex()]

    @property
    def path(self) -> Path:
        """The file to write, with the ending of its format."""
        path = self.place.path
        if not path.name or path.suffix.lower() == self.format.ending:
            return path
        return path.with_name(path.name + self.format.ending)

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
        problem = why_not_here(self.path.parent) if self.place.names_a_file else _("Give the name of a file.")
        note = "" if problem or not os.path.exists(self.path) else _("This file is there already and will be replaced.")
        self.place.say(problem, note)
        self.write.setEnabled(not problem)

    def _browsed(self) -> str:
        start = str(self.path) if self.place.typed else str(Path.home())
        kinds = ";;".join(self.kind.itemText(at) for at in range(self.kind.count()))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), start, kinds, self.kind.currentText(), QFileDialog.Option.DontConfirmOverwrite
        )
        return chosen
