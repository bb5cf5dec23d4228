"""One editor for each kind of field, in one table. An editor shows a stored value and gives back what is typed.

`value()` parses and raises `ValueProblem` with a sentence for the person; `text()` is what stands in the editor, so
that nothing typed is lost while it cannot be parsed. Editors of links are in link_box.py. Knows no database.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
)

from legation.clock import today
from legation.fields.english_dates import read_date
from legation.fields.fuzzy_dates import DateProblem
from legation.fields.kinds import Choice, FuzzyDateKind, Link, ValueProblem
from legation.fields.record_type import Field
from legation.i18n import _
from legation.ui.forms.choices import Choices
from legation.ui.forms.context import FormContext
from legation.ui.forms.editor import HEIGHT, Editor, FormLine
from legation.ui.forms.link_box import LinkEditor
from legation.ui.forms.party_box import PartyEditor
from legation.ui.forms.place_box import PlaceEditor


class TextEditor(Editor):
    """One line: texts, numbers, web addresses."""

    def __init__(self, field: Field, _context: FormContext | None) -> None:
        super().__init__(field)
        self.line = FormLine()
        if field.kind.name == "number":
            self.line.setMaximumWidth(120)
        self.give_keyboard_to(self.line)
        if field.kind.name == "number":
            self.row.addStretch(1)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def set_value(self, value: Any) -> None:
        """Show a stored value."""
        self.line.setText(self.field.kind.typed(value))
        self.line.setCursorPosition(0)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show text that could not be parsed."""
        self.line.setText(text)


class DateEditor(Editor):
    """A date in anybody's words, with what was understood beside it at each key."""

    def __init__(self, field: Field, context: FormContext | None) -> None:
        super().__init__(field)
        self.line = FormLine()
        self.line.setMinimumWidth(150)
        self._is_in_form = context is not None
        self.understood = QLabel()
        self.understood.setProperty("quiet", True)
        self.understood.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.give_keyboard_to(self.line)
        self.row.addWidget(self.understood, 1)
        if self._is_in_form:  # below the box, where there is room for all of it
            self.row.setDirection(QBoxLayout.Direction.TopToBottom)
            self.row.setSpacing(4)
            self.understood.setWordWrap(True)
        self._say("")
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.textChanged.connect(self._read)

    def set_value(self, value: Any) -> None:
        """Show the date as people write it."""
        self.line.setText("" if value is None else self.field.kind.format(value))
        self._say("")

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show text that could not be parsed."""
        self.line.setText(text)

    def _read(self, text: str) -> None:
        self._say("")
        if not text.strip():
            return
        period = isinstance(self.field.kind, FuzzyDateKind) and self.field.kind.period
        try:
            reading = read_date(text, today(), period=period)
        except DateProblem:
            return
        if reading.understood != text.strip() or reading.assumed:
            assumed = _("assumed: {what}").format(what=", ".join(reading.assumed)) if reading.assumed else ""
            self._say(" · ".join(part for part in (reading.understood, assumed) if part))

    def _say(self, words: str) -> None:
        self.understood.setText(words)
        self.understood.setToolTip(words)
        self.understood.setVisible(bool(words) or not self._is_in_form)


class LongTextEditor(Editor):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, field: Field, _context: FormContext | None) -> None:
        super().__init__(field)
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * 4 + 20)
        self.give_keyboard_to(self.box)
        self._is_filling = False
        self.box.textChanged.connect(self._tell)

    def set_value(self, value: Any) -> None:
        """Show a stored text."""
        self.set_text(self.field.kind.typed(value))

    def text(self) -> str:
        """What is typed."""
        return self.box.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without telling that it changed."""
        self._is_filling = True
        self.box.setPlainText(text)
        self._is_filling = False

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()


class ChoiceEditor(Editor):
    """One term of a closed vocabulary: letters choose, arrows walk, Alt+Down shows all."""

    def __init__(self, field: Field, _context: FormContext | None) -> None:
        super().__init__(field)
        assert isinstance(field.kind, Choice)
        self.box = Choices()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(16)
        if not field.required or field.default is None:
            self.box.addItem("", None)
        for code, words in (field.kind.terms or {}).items():
            self.box.addItem(_(words), code)
        self.give_keyboard_to(self.box)
        self.row.addStretch(1)
        self.box.currentIndexChanged.connect(self._tell)
        self._is_filling = False

    def value(self) -> Any:
        """The code chosen."""
        return self.box.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a code; one that is not in the vocabulary is shown as it is."""
        self._is_filling = True
        at = self.box.findData(value)
        if at < 0:
            self.box.addItem("" if value is None else str(value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)
        self._is_filling = False

    def text(self) -> str:
        """The words chosen."""
        return self.box.currentText()

    def set_text(self, text: str) -> None:
        """Choose by words."""
        self.box.setCurrentText(text)

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()


class FileEditor(TextEditor):
    """The name of a file that is there, typed or chosen."""

    def __init__(self, field: Field, context: FormContext | None) -> None:
        super().__init__(field, context)
        self.choose = QPushButton("…")
        self.choose.setFixedSize(HEIGHT, HEIGHT)
        self.choose.setAutoDefault(False)
        self.choose.setAccessibleName(_("Choose a file"))
        self.choose.setToolTip(_("Choose a file"))
        self.choose.clicked.connect(lambda _checked=False: self._choose())
        self.row.addWidget(self.choose)

    def value(self) -> Any:
        """The name of the file. Raises `ValueProblem` when it is not there."""
        typed = self.field.kind.parse(self.text())
        if typed is not None and not Path(typed).expanduser().is_file():
            raise ValueProblem(_("There is no file {name}.").format(name=Path(typed).name))
        return typed

    def _choose(self) -> None:
        start = str(Path(self.text()).expanduser().parent) if self.text() else str(Path.home())
        chosen, _kind = QFileDialog.getOpenFileName(self.window(), _(self.field.label), start)
        if chosen:
            self.line.setText(chosen)
            self.changed.emit()


def _link_editor(field: Field, context: FormContext | None) -> Editor:
    """The editor of a link: the parties of the event being edited in a list, everything else in a box of letters."""
    assert context is not None and isinstance(field.kind, Link)
    inside = field.kind.target == "delegation" and context.root().record.name == "event"
    return PartyEditor(field, context) if inside else LinkEditor(field, context)


EDITORS: dict[str, Callable[[Field, FormContext | None], Editor]] = {
    "text": TextEditor,
    "long_text": LongTextEditor,
    "number": TextEditor,
    "url": TextEditor,
    "fuzzy_date": DateEditor,
    "day": DateEditor,
    "choice": ChoiceEditor,
    "place": PlaceEditor,
    "link": _link_editor,
    "file": FileEditor,
}


def editor_for(field: Field, context: FormContext | None = None) -> Editor:
    """A new editor for a field. `context` is needed by links only."""
    return EDITORS[field.kind.name](field, context)
