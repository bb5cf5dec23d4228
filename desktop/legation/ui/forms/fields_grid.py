"""The fields of one draft as labels and editors in two columns, each with room for its problem below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from legation.fields.draft import Draft
from legation.fields.kinds import Link, ValueProblem
from legation.fields.record_type import Field
from legation.i18n import _
from legation.ui.forms.context import FormContext
from legation.ui.forms.editor import Editor
from legation.ui.forms.editors import editor_for

LABEL_WIDTH = 112
NESTED_LABEL_WIDTH = 72  # inside another one, where room is short


class FieldsGrid(QWidget):
    """Edits some fields of a draft in place. `touched` carries the draft and the name of the field that changed."""

    touched = Signal(object, str)

    def __init__(
        self,
        draft: Draft,
        fields: Sequence[Field],
        context: FormContext,
        *,
        label_width: int = LABEL_WIDTH,
        labels: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`labels` gives other labels by the names of fields, such as those with a letter for Alt."""
        super().__init__(parent)
        self._labels = labels or {}
        self.draft = draft
        self._context = context.of(draft)
        self.editors: dict[str, Editor] = {}
        self._problems: dict[str, QLabel] = {}
        self._cells: dict[str, QVBoxLayout] = {}
        self._rows: dict[str, int] = {}
        self._nested: dict[str, FieldsGrid] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        self.add(fields)

    def add(self, fields: Sequence[Field]) -> None:
        """Add fields below those that are there."""
        for row, field in enumerate(fields, len(self.editors)):
            self._add(2 * row, field)  # the row below has room for a record created here

    def _add(self, row: int, field: Field) -> None:
        editor = editor_for(field, self._context)
        label = QLabel(self._labels.get(field.name) or _(field.label))
        label.setProperty("quiet", True)
        label.setBuddy(editor.focusProxy() or editor)  # what is typed in is what is labelled
        label.setToolTip(_(field.help) if field.help else "")
        label.setMinimumHeight(28)
        problem = QLabel()
        problem.setProperty("problem", True)
        problem.setWordWrap(True)
        problem.hide()
        cell = QWidget(self)
        cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for each in (editor, problem):
            column.addWidget(each)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(cell, row, 1)
        self.editors[field.name] = editor
        self._problems[field.name] = problem
        self._cells[field.name] = column
        self._rows[field.name] = row
        self._show_value(field)
        editor.changed.connect(lambda name=field.name: self._take(name))

    def _show_value(self, field: Field) -> None:
        editor = self.editors[field.name]
        editor.set_value(self.draft[field.name])
        if field.name in self.draft.rejected:
            editor.set_text(self.draft.rejected[field.name][0])
        self._show_created(field.name)

    def refill(self) -> None:
        """Show the values of the draft again, where something else than an editor changed them."""
        for name in self.editors:
            self._show_value(self.draft.record[name])

    def _take(self, name: str) -> None:
        editor = self.editors[name]
        try:
            value = editor.value()
        except ValueProblem as problem:
            self.draft.rejected[name] = (editor.text(), str(problem))
        else:
            self.draft[name] = value
            if value is None and name not in self.draft.original:
                del self.draft.values[name]
            self._show_created(name)
        self.touched.emit(self.draft, name)

    def _show_created(self, name: str) -> None:
        """Below a link to a record that is created here, show the few fields of that record."""
        value = self.draft[name]
        shown = self._nested.get(name)
        if shown is not None and shown.draft is not value:
            frame = shown.parentWidget()
            del self._nested[name]
            if frame is not None:
                frame.deleteLater()
            shown = None
        if isinstance(value, Draft) and shown is None and isinstance(self.draft.record[name].kind, Link):
            if value.record.name == "delegation":
                return
            fields = [each for each in value.record.stored if not each.rare and each.kind.name != "long_text"]
            nested = FieldsGrid(value, fields, self._context, label_width=NESTED_LABEL_WIDTH)
            nested.touched.connect(self.touched)
            frame = QFrame()
            frame.setProperty("nested", True)
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(12, 8, 0, 8)
            title = QLabel(_("New: {what}").format(what=_(value.record.label)))
            title.setProperty("quiet", True)
            inside.addWidget(title)
            inside.addWidget(nested)
            self._grid.addWidget(frame, self._rows[name] + 1, 0, 1, 2)
            self._nested[name] = nested
            if self.isVisible():  # at once, or a Tab pressed right away passes it by
                frame.show()

    def grids(self) -> list[FieldsGrid]:
        """This grid and those of the records created inside it."""
        return [self, *(grid for nested in self._nested.values() for grid in nested.grids())]

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Show a sentence below each field that has one."""
        for name, label in self._problems.items():
            sentence = sentences.get(name, "")
            label.setText(sentence)
            label.setVisible(bool(sentence))

    def put_below(self, name: str, widget: QWidget) -> None:
        """Put a widget below the editor of a field, until it is taken away."""
        self._cells[name].insertWidget(1, widget)
        if self.isVisible():
            widget.show()

    def give_keyboard(self, name: str = "") -> bool:
        """Let a field be typed in, the first one without a name; False when it is not here."""
        editor = self.editors.get(name) if name else next(iter(self.editors.values()), None)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        return True
