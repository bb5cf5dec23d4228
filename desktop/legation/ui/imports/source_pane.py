"""What is imported: the file, its table, what a row is, how it was read with a sample, and how to read it otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from legation.i18n import N_, _
from legation.imports.reading_choices import FIND_OUT, ReadingChoices
from legation.imports.roles import TYPES
from legation.ui.forms.choices import Choices
from legation.ui.imports.looking import Looked
from legation.ui.imports.told import name_of_table

ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso8859-15", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1256",
             "big5", "gb18030", "shift_jis", "euc_jp", "euc_kr", "mac-roman", "cp437")  # fmt: skip
DELIMITERS = {",": N_("Comma"), ";": N_("Semicolon"), "\t": N_("Tab"), "|": N_("Bar")}
HEADER_ROWS = 6
MOST_ROWS = 1_000_000
SAMPLE_HEIGHT = 110
RULES = {"new": N_("A new record"), "same": N_("The known record"), "reject": N_("Rejected")}


class SourcePane(QScrollArea):
    """`asked` carries "file", "paste", "keep" or "mapping"; the other signals carry what was chosen, `taken`
    whether the table that is shown is imported."""

    asked = Signal(str)
    table_chosen = Signal(int)
    taken = Signal(bool)
    type_chosen = Signal(str)
    rule_chosen = Signal(str)
    read_otherwise = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._filling = False
        inside = QWidget()
        self.setWidget(inside)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        self._add_file()
        self._found = QWidget()
        self._column.addWidget(self._found)
        below = QVBoxLayout(self._found)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        self._add_what(below)
        self._add_how(below)
        self._add_otherwise(below)
        self._add_mappings(below)
        self._column.addStretch(1)
        self._found.hide()
        self.setFocusProxy(self.choose)

    # building

    def _add_file(self) -> None:
        self.name = QLabel(_("Import"))
        self.name.setProperty("heading", True)
        self.name.setWordWrap(True)
        self.choose, self.paste = QPushButton(_("&Choose a file…")), QPushButton(_("Paste a &table"))
        for button, asked in ((self.choose, "file"), (self.paste, "paste")):
            button.clicked.connect(lambda _checked=False, asked=asked: self.asked.emit(asked))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.paste)
        row.addStretch(1)
        self._column.addWidget(self.name)
        self._column.addLayout(row)

    def _add_what(self, column: QVBoxLayout) -> None:
        self.table, self.type, self.rule = Choices(), Choices(), Choices()
        self.take = QCheckBox(_("Import th&is table"))
        self.take.clicked.connect(self.taken)
        for name, (_record, _values, words) in TYPES.items():
            self.type.addItem(_(words), name)
        for name, words in RULES.items():
            self.rule.addItem(_(words), name)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setProperty("quiet", True)
        self._form = QFormLayout()
        self._form.setSpacing(8)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(_("Ta&ble"), self.table)
        self._form.addRow("", self.take)
        self._form.addRow(_("Ro&ws are"), self.type)
        self._form.addRow("", self.reason)
        self._form.addRow(_("What may be &known is"), self.rule)
        for box, words in (
            (self.table, _("Table of the file")),
            (self.type, _("What a row is")),
            (self.rule, _("What becomes of a name that may be a known record")),
        ):
            box.setAccessibleName(words)
        self.table.activated.connect(self.table_chosen)
        self.type.activated.connect(lambda _at: self.type_chosen.emit(self.type.currentData()))
        self.rule.activated.connect(lambda _at: self.rule_chosen.emit(self.rule.currentData()))
        column.addLayout(self._form)

    def _add_how(self, column: QVBoxLayout) -> None:
        self._add_section(column, _("How it was read"))
        self.how = QLabel()
        self.how.setWordWrap(True)
        self.how.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sample = QPlainTextEdit()
        self.sample.setReadOnly(True)
        self.sample.setTabChangesFocus(True)
        self.sample.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.sample.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.sample.setFixedHeight(SAMPLE_HEIGHT)
        self.sample.setAccessibleName(_("Some lines of the file as they were read"))
        column.addWidget(self.how)
        column.addWidget(self.sample)

    def _add_otherwise(self, column: QVBoxLayout) -> None:
        """What can be changed of the reading, folded away until it is wanted."""
        self.fold = QToolButton()
        self.fold.setText(_("Read it &otherwise"))
        self.fold.setProperty("fold", True)
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        otherwise = QWidget()
        form = QFormLayout(otherwise)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        self.encoding, self.delimiter, self.headers = Choices(), Choices(), Choices()
        self.first = QSpinBox()
        self.first.setRange(0, MOST_ROWS)
        self.first.setSpecialValueText(_("As found"))
        _fill(self.encoding, [(each, each) for each in ENCODINGS])
        _fill(self.delimiter, [(_(words), each) for each, words in DELIMITERS.items()])
        _fill(self.headers, [(str(each), each) for each in range(HEADER_ROWS)])
        for label, box in (
            (_("Encoding"), self.encoding),
            (_("Cells end with"), self.delimiter),
            (_("Rows of headings"), self.headers),
            (_("First row"), self.first),
        ):
            box.setAccessibleName(label)
            form.addRow(label, box)
        for box in (self.encoding, self.delimiter, self.headers):
            box.activated.connect(lambda _at: self._tell_choices())
        self.first.editingFinished.connect(self._tell_choices)
        otherwise.hide()
        self.fold.toggled.connect(otherwise.setVisible)
        self.fold.toggled.connect(
            lambda is_open: self.fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        )
        column.addWidget(self.fold)
        column.addWidget(otherwise)

    def _add_mappings(self, column: QVBoxLayout) -> None:
        self._add_section(column, _("Mapping"))
        self.kept = QLabel()
        self.kept.setWordWrap(True)
        self.kept.setProperty("quiet", True)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.other_mapping, self.keep = QPushButton(_("&Use another…")), QPushButton(_("Keep it &as…"))
        for button, asked in ((self.other_mapping, "mapping"), (self.keep, "keep")):
            button.clicked.connect(lambda _checked=False, asked=asked: self.asked.emit(asked))
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.kept)
        column.addLayout(row)

    def _add_section(self, column: QVBoxLayout, words: str) -> None:
        label = QLabel(words)
        label.setProperty("section", True)
        label.setContentsMargins(0, 8, 0, 0)
        label.setIndent(0)
        column.addWidget(label)

    # showing

    def show_name(self, name: str) -> None:
        """Show what is being looked at; what was found in the last file is gone."""
        self.name.setText(name)
        self._found.hide()

    def show_looked(self, looked: Looked) -> None:
        """Show what was found."""
        assert looked.plan is not None
        mapping, table = looked.plan.mapping, looked.tables[looked.wish.table]
        self._found.show()
        self.table.clear()
        for at, each in enumerate(looked.tables):
            self.table.addItem(name_of_table(each, at))
        self.table.setCurrentIndex(looked.wish.table)
        self.take.setChecked(not looked.wish.own.is_left_out)
        for box in (self.table, self.take):
            self._form.setRowVisible(box, len(looked.tables) > 1)
        self.type.setCurrentIndex(self.type.findData(mapping.type))
        self.rule.setCurrentIndex(self.rule.findData(mapping.likely))
        reason = mapping.reasons.get("type", "")
        self.reason.setText(reason)
        self._form.setRowVisible(self.reason, bool(reason))
        self.how.setText("\n".join(table.how))
        self.sample.setPlainText("\n".join(table.sample))
        self.sample.setVisible(bool(table.sample))
        self._show_used(looked.wish.choices, table.used)
        self.kept.setText(
            _("Kept as “{name}”.").format(name=mapping.name) if mapping.name else _("Found out; not kept yet.")
        )

    def _show_used(self, asked: ReadingChoices, used: ReadingChoices) -> None:
        """What was asked for; in the place of nothing, what was found."""
        words = {delimiter: _(each) for delimiter, each in DELIMITERS.items()}
        for box, wanted, found in (
            (self.encoding, asked.encoding, used.encoding or ""),
            (self.delimiter, asked.delimiter, words.get(used.delimiter or "", used.delimiter or "")),
            (self.headers, asked.header_rows, "" if used.header_rows is None else str(used.header_rows)),
        ):
            box.setItemText(0, _("As found: {what}").format(what=found) if found else _("As found"))
            box.setEnabled(bool(found) or wanted is not None)
            box.setCurrentIndex(max(box.findData(wanted), 0) if wanted is not None else 0)
        self.first.setValue(asked.first_row or 0)

    def _tell_choices(self) -> None:
        choices = replace(
            FIND_OUT,
            encoding=self.encoding.currentData(),
            delimiter=self.delimiter.currentData(),
            header_rows=self.headers.currentData(),
            first_row=self.first.value() or None,
        )
        self.read_otherwise.emit(choices)


def _fill(box: QComboBox, items: list[tuple[str, Any]]) -> None:
    box.addItem(_("As found"), None)
    for words, value in items:
        box.addItem(words, value)
