"""Writing a report set: what it holds, and the folder for its files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
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

from legation.i18n import _, ngettext
from legation.storage.report_sets import ReportSet
from legation.ui.dialogs.save_report import why_not_here

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
        self.line = QLineEdit(str(suggested))
        self.line.setMinimumHeight(32)
        label = QLabel(_("&Folder"))
        label.setBuddy(self.line)
        browse = QPushButton(_("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(lambda _checked=False: self._browse())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(browse)
        self.told = QLabel(" ")
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        buttons = QDialogButtonBox()
        self.write = buttons.addButton(_("&Write"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        for widget in (what, many, label):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(buttons)
        self.line.textChanged.connect(lambda _text: self._look())
        self._look()
        self.line.selectAll()
        self.line.setFocus()

    @property
    def folder(self) -> Path:
        """The folder to write into."""
        return Path(self.line.text().strip()).expanduser()

    def _look(self) -> None:
        typed = self.line.text().strip()
        problem = why_not_here(self.folder) if typed else _("Give the name of a folder.")
        self.told.setText(problem or _("Files of the same names are replaced."))
        self.told.setProperty("problem", bool(problem))
        self.told.style().polish(self.told)
        self.write.setEnabled(not problem)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.windowTitle(), self.line.text())
        if chosen:
            self.line.setText(chosen)
