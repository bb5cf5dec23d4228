"""Writing a report set: what it holds, and the folder for its files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from legation.i18n import _, ngettext
from legation.storage.report_sets import ReportSet
from legation.ui.dialogs.file_place import FilePlace, buttons_of, why_not_here

MARGIN = 16
WIDTH = 560


class WriteSetDialog(QDialog):
    """Asks for the folder; `folder` holds it once accepted."""

    def __init__(self, parent: QWidget, chosen: ReportSet, suggested: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Write the report set"))
        self.setMinimumWidth(WIDTH)
        what = QLabel(chosen.name)
        what.setProperty("heading", True)
        files = sum(len(each.formats) for each in chosen.reports)
        reports = ngettext("{count} report", "{count} reports", len(chosen.reports)).format(count=len(chosen.reports))
        made = ngettext("{reports}, written as {count} file", "{reports}, written as {count} files", files)
        many = QLabel(made.format(reports=reports, count=files))
        many.setProperty("quiet", True)
        self.place = FilePlace(_("&Folder"), str(suggested), self._browsed)
        self.line, self.told = self.place.line, self.place.told
        buttons, self.write = buttons_of(self, _("&Write"))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for widget in (what, many, self.place, buttons):
            column.addWidget(widget)
        self.line.textChanged.connect(lambda _text: self._look())
        self._look()
        self.line.selectAll()
        self.line.setFocus()

    @property
    def folder(self) -> Path:
        """The folder to write into."""
        return self.place.path

    def _look(self) -> None:
        problem = why_not_here(self.folder) if self.place.typed else _("Give the name of a folder.")
        self.place.say(problem, _("Files of the same names are replaced."))
        self.write.setEnabled(not problem)

    def _browsed(self) -> str:
        return QFileDialog.getExistingDirectory(self, self.windowTitle(), self.line.text())
