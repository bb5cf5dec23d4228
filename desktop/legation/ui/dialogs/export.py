"""What an export writes, and where to: the rows and columns on screen, as a file of CSV, Excel or JSON."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from legation.documents.formats import FORMATS
from legation.documents.lists import LIST_FORMATS
from legation.i18n import _, ngettext
from legation.ui.dialogs.file_place import FilePlace, buttons_of, why_not_here
from legation.ui.forms.choices import Choices

MARGIN = 16
WIDTH = 560


class ExportDialog(QDialog):
    """Asks for the file. `path` and `has_mark` hold what was chosen, once accepted; `rows` is None while not all are
    known."""

    def __init__(self, parent: QWidget, suggested: Path, rows: int | None, columns: list[str], has_mark: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export what I see"))
        self.setMinimumWidth(WIDTH)
        what = QLabel(_what(rows, len(columns)))
        what.setProperty("heading", True)
        names = QLabel(", ".join(columns))
        names.setWordWrap(True)
        names.setProperty("quiet", True)
        self.place = FilePlace(_("&File"), str(suggested), self._browsed)
        self.file, self.told = self.place.line, self.place.told
        self.format: QComboBox = Choices()
        self.format.setMinimumHeight(32)
        self.format.setAccessibleName(_("Format"))
        for each in LIST_FORMATS:
            self.format.addItem(_(FORMATS[each].label), each)
        format_label = QLabel(_("F&ormat"))
        format_label.setBuddy(self.format)
        self.mark = QCheckBox(_("For &spreadsheets: begin the file with the mark of UTF-8 (BOM)"))
        self.mark.setChecked(has_mark)
        buttons, self.write = buttons_of(self, _("&Export"))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(what)
        column.addWidget(names)
        column.addSpacing(8)
        column.addWidget(self.place)
        column.addWidget(format_label)
        column.addWidget(self.format)
        column.addSpacing(8)
        column.addWidget(self.mark)
        column.addStretch(1)
        column.addWidget(buttons)
        self.format.currentIndexChanged.connect(lambda _at: self._take_format())
        self.file.textChanged.connect(lambda _text: self._look())
        self._look()
        self.place.select(suggested.stem)

    @property
    def path(self) -> Path:
        """The file to write, with an ending."""
        path = self.place.path
        return path if path.suffix or not path.name else path.with_suffix(f".{self.format.currentData()}")

    @property
    def has_mark(self) -> bool:
        """Whether the file begins with the byte order mark."""
        return self.mark.isChecked()

    def _take_format(self) -> None:
        """Give the file the ending of the format chosen."""
        if self.place.names_a_file:
            self.file.setText(str(self.path.with_suffix(f".{self.format.currentData()}")))

    def _look(self) -> None:
        """Say what is in the way of the file, if anything; a place that cannot be written takes no export."""
        path = self.path if self.place.typed else None
        problem, note = "", ""
        if path is None or not self.place.names_a_file or os.path.isdir(path):
            problem = _("Give the name of a file.")
        elif not (problem := why_not_here(path.parent)) and os.path.exists(path):
            note = _("This file is there already and will be replaced.")
        ending = path.suffix.lower().removeprefix(".") if path is not None else ""
        if ending in LIST_FORMATS and ending != self.format.currentData():
            self.format.blockSignals(True)
            self.format.setCurrentIndex(self.format.findData(ending))
            self.format.blockSignals(False)
        self.mark.setEnabled(self.format.currentData() == "csv")
        self.place.say(problem, note)
        self.write.setEnabled(not problem)

    def _browsed(self) -> str:
        start = str(self.path) if self.place.typed else str(Path.home())
        kinds = [
            _("{format} (*{ending})").format(format=_(FORMATS[each].label), ending=f".{each}") for each in LIST_FORMATS
        ]
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), start, ";;".join(kinds), options=QFileDialog.Option.DontConfirmOverwrite
        )
        return chosen


def _what(rows: int | None, columns: int) -> str:
    if rows is None:
        told = ngettext(
            "All rows and {count} column, as on screen", "All rows and {count} columns, as on screen", columns
        )
        return told.format(count=columns)
    some = ngettext("{count} row", "{count} rows", rows).format(count=f"{rows:,}")
    wide = ngettext("{count} column", "{count} columns", columns).format(count=columns)
    return _("{rows} and {columns}, as on screen").format(rows=some, columns=wide)
