"""What an export writes, and where to: the rows and columns on screen, as a file of CSV, Excel or JSON."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
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

from legation.documents.formats import FORMATS
from legation.documents.lists import LIST_FORMATS
from legation.i18n import _, ngettext
from legation.ui.forms.choices import Choices

MARGIN = 16
WIDTH = 560


class ExportDialog(QDialog):
    """Asks for the file. `path` and `has_mark` hold what was chosen, once accepted."""

    def __init__(self, parent: QWidget, suggested: Path, rows: int, columns: list[str], has_mark: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export what I see"))
        self.setMinimumWidth(WIDTH)
        what = QLabel(_what(rows, len(columns)))
        what.setProperty("heading", True)
        names = QLabel(", ".join(columns))
        names.setWordWrap(True)
        names.setProperty("quiet", True)
        self.file = QLineEdit(str(suggested))
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
        self.format: QComboBox = Choices()
        self.format.setMinimumHeight(32)
        self.format.setAccessibleName(_("Format"))
        for each in LIST_FORMATS:
            self.format.addItem(_(FORMATS[each].label), each)
        format_label = QLabel(_("F&ormat"))
        format_label.setBuddy(self.format)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.mark = QCheckBox(_("For &spreadsheets: begin the file with the mark of UTF-8 (BOM)"))
        self.mark.setChecked(has_mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(what)
        column.addWidget(names)
        column.addSpacing(8)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(format_label)
        column.addWidget(self.format)
        column.addWidget(self.told)
        column.addSpacing(8)
        column.addWidget(self.mark)
        column.addStretch(1)
        column.addWidget(self._make_buttons())
        self.format.currentIndexChanged.connect(lambda _at: self._take_format())
        self.file.textChanged.connect(lambda _text: self._look())
        self._look()
        name = suggested.stem
        self.file.setSelection(len(str(suggested)) - len(suggested.name), len(name))
        self.file.setFocus()

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.write = buttons.addButton(_("&Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    @property
    def path(self) -> Path:
        """The file to write, with an ending."""
        path = Path(self.file.text().strip()).expanduser()
        return path if path.suffix else path.with_suffix(f".{self.format.currentData()}")

    @property
    def has_mark(self) -> bool:
        """Whether the file begins with the byte order mark."""
        return self.mark.isChecked()

    def _take_format(self) -> None:
        """Give the file the ending of the format chosen."""
        if self.file.text().strip():
            self.file.setText(str(self.path.with_suffix(f".{self.format.currentData()}")))

    def _look(self) -> None:
        """Say what is in the way of the file, if anything; a place that cannot be written takes no export."""
        typed = self.file.text().strip()
        path = self.path if typed else None
        problem, note = "", ""
        if path is None or path.is_dir():
            problem = _("Give the name of a file.")
        elif not path.parent.is_dir():
            problem = _("The folder {folder} is not there.").format(folder=path.parent)
        elif path.exists():
            note = _("This file is there already and will be replaced.")
        ending = path.suffix.lower().removeprefix(".") if path is not None else ""
        if ending in LIST_FORMATS and ending != self.format.currentData():
            self.format.blockSignals(True)
            self.format.setCurrentIndex(self.format.findData(ending))
            self.format.blockSignals(False)
        self.mark.setEnabled(self.format.currentData() == "csv")
        self.told.setText(problem or note)
        self.told.setProperty("problem", bool(problem))
        self.told.style().polish(self.told)
        self.write.setEnabled(not problem)

    def _browse(self) -> None:
        start = str(self.path) if self.file.text().strip() else str(Path.home())
        kinds = [
            _("{format} (*{ending})").format(format=_(FORMATS[each].label), ending=f".{each}") for each in LIST_FORMATS
        ]
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), start, ";;".join(kinds), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.file.setText(chosen)


def _what(rows: int, columns: int) -> str:
    some = ngettext("{count} row", "{count} rows", rows).format(count=f"{rows:,}")
    wide = ngettext("{count} column", "{count} columns", columns).format(count=columns)
    return _("{rows} and {columns}, as on screen").format(rows=some, columns=wide)
