"""Keeping a report in a set: the name of the set, and the formats in which the report is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from legation.documents.formats import Format
from legation.i18n import _, ngettext
from legation.storage.report_sets import MOST_LETTERS, ReportSet

COLUMNS = 4


class KeepSetDialog(QDialog):
    """Asks for a name and formats; `name` and `formats` hold them once accepted."""

    def __init__(
        self, parent: QWidget, report: str, formats: Sequence[Format], chosen: Sequence[str],
        sets: Sequence[ReportSet], name: str,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._sets = {each.name.casefold(): each for each in sets}
        self.setWindowTitle(_("Save in a report set"))
        self.setMinimumWidth(480)
        what = QLabel(report)
        what.setProperty("heading", True)
        kept = QLabel(_("A set keeps reports with their options, to be written together. It is kept in the workspace."))
        kept.setWordWrap(True)
        kept.setProperty("quiet", True)
        self.line = QLineEdit(name)
        self.line.setMaxLength(MOST_LETTERS)
        self.line.setMinimumHeight(32)
        self.line.setPlaceholderText(_("Name, such as Monday handout"))
        completer = QCompleter([each.name for each in sets], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.line.setCompleter(completer)
        label = QLabel(_("&Name of the set"))
        label.setBuddy(self.line)
        self.told = QLabel(" ")
        self.told.setProperty("quiet", True)
        self.told.setWordWrap(True)
        formats_label = QLabel(_("Formats"))
        formats_label.setProperty("section", True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.boxes: dict[str, QCheckBox] = {}
        for at, each in enumerate(formats):
            box = QCheckBox(_(each.label))
            box.setChecked(each.name in chosen)
            box.toggled.connect(lambda _on: self._look())
            self.boxes[each.name] = box
            grid.addWidget(box, at // COLUMNS, at % COLUMNS)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (what, kept, label, self.line, self.told, formats_label):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(self.buttons)
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.selectAll()
        self._look()
        self.line.setFocus()

    @property
    def name(self) -> str:
        """The name typed; that of the set which is there where only the capitals differ."""
        typed = self.line.text().strip()
        known = self._sets.get(typed.casefold())
        return known.name if known is not None else typed

    @property
    def formats(self) -> list[str]:
        """The names of the formats chosen."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def _look(self) -> None:
        known = self._sets.get(self.name.casefold())
        words = ""
        if not self.formats:
            words = _("Choose at least one format.")
        elif known is not None:
            many = len(known.reports)
            words = ngettext(
                "Added to the set of that name, which has {count} report.",
                "Added to the set of that name, which has {count} reports.",
                many,
            ).format(count=many)
        self.told.setText(words or " ")
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.name and self.formats))
