"""Making one record of two: which other one, which values stay, what moves; Enter does it as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from legation.fields.draft import new_draft
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.quality.merge_plan import Plan
from legation.quality.merge_words import FieldLine, Line, field_lines, lines, obstacles, summary
from legation.quality.merging import merge, name_of, plan_of
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.storage.suggesting import Suggestion
from legation.ui.dialogs.preview import PreviewDialog
from legation.ui.forms.context import FormContext
from legation.ui.forms.link_box import LinkBox
from legation.ui.workspace import Workspace

MOST_SHOWN = 400  # lines of the list
WIDEST = 320  # pixels of what becomes of a row
FEW_FIELDS = 6  # shown at once; more are scrolled to

Merged = Callable[[ChangeSet], None]


class FieldChoices(QTreeWidget):
    """The fields in which two records differ; Space takes the other's value. `flip` is told the name of the field."""

    def __init__(self, flip: Callable[[str], None]) -> None:
        super().__init__()
        self._flip = flip
        self.setAccessibleName(_("Values that stay"))
        self.setHeaderLabels([_("Field"), _("Stays"), _("Goes")])
        self.setRootIsDecorated(False)
        self.setProperty("sheet", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.itemDoubleClicked.connect(lambda item, _column: self._flip(str(item.data(0, Qt.ItemDataRole.UserRole))))

    def fill(self, found: list[FieldLine]) -> None:
        """Show the fields; the chosen one stays chosen."""
        chosen = self.current_field()
        self.clear()
        for each in found:
            item = QTreeWidgetItem([each.label, each.stays or "–", each.goes or "–"])
            item.setData(0, Qt.ItemDataRole.UserRole, each.name)
            for column, text in ((1, each.stays), (2, each.goes)):
                item.setToolTip(column, text)
            self.addTopLevelItem(item)
            if each.name == chosen or chosen == "":
                self.setCurrentItem(item)
                chosen = each.name
        self.resizeColumnToContents(0)
        rows = min(FEW_FIELDS, max(1, len(found)))
        self.setFixedHeight(self.header().sizeHint().height() + rows * 27 + 4)

    def current_field(self) -> str:
        """The name of the chosen field."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes the other's value for the chosen field."""
        if event.key() == Qt.Key.Key_Space and self.current_field():
            self._flip(self.current_field())
        else:
            super().keyPressEvent(event)


class MergeDialog(PreviewDialog):
    """Shows what becoming one does. `one` stays, unless `one_goes`; without `other` a box asks for it."""

    def __init__(
        self,
        parent: Any,
        workspace: Workspace,
        record: RecordType,
        one: int,
        other: int | None = None,
        *,
        one_goes: bool = False,
        then: Merged = lambda _change: None,
    ) -> None:
        columns = (_("Record"), _("Which"), _("What becomes of it"))
        super().__init__(parent, _("Make one of two"), _("&Merge"), columns, wide=(1,))
        self._workspace, self._record, self._then = workspace, record, then
        self._one, self._other, self._one_goes = one, other, one_goes
        self._take: dict[str, bool] = {}
        self._number = 0
        self._plan: Plan | None = None
        self.setWindowTitle(_("Merge"))
        self.list.header().setStretchLastSection(False)
        self.resize(860, 620)
        self.box = LinkBox(FormContext(workspace.details, lambda: new_draft(record)), (record.name,))
        self.box.creates = False
        self.box.taken.connect(self._choose)
        self.fields = FieldChoices(self._flip)
        self.turn = QPushButton(_("&Keep the other one"))
        self.turn.setAutoDefault(False)
        self.turn.clicked.connect(lambda _checked=False: self._turn())
        self.lay_out(self._make_asks())
        self._look()
        (self.box if other is None else self.fields).setFocus()

    def _make_asks(self) -> QWidget:
        asks = QWidget()
        column = QVBoxLayout(asks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        label = QLabel(_("&With"))
        label.setBuddy(self.box)
        self.box.setPlaceholderText(_("Letters of its name"))
        self.box.setAccessibleName(_("With"))
        self.box.setMinimumHeight(32)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.box, 1)
        self.hint = QLabel(_("Space takes the other value."))
        self.hint.setProperty("quiet", True)
        below = QHBoxLayout()
        below.addWidget(self.hint, 1)
        below.addWidget(self.turn)
        asked = QWidget()
        asked.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        asked.setVisible(self._other is None)
        column.addWidget(asked)
        column.addWidget(self.fields)
        column.addLayout(below)
        return asks

    def _choose(self, found: Suggestion) -> None:
        """Take the other record that was found."""
        self.box.show_text(found.label)
        self._other, self._take = int(found.id), {}
        self._look()
        self.fields.setFocus()

    def _turn(self) -> None:
        """Let the other one stay."""
        self._one_goes = not self._one_goes
        self._take = {}
        self._look()

    def _flip(self, field: str) -> None:
        """Take the value that goes in the place of the one that stays."""
        if self._plan is not None:
            now = next(each.takes_other for each in self._plan.fields if each.name == field)
            self._take[field] = not now
            self._look()

    def _look(self) -> None:
        """Ask what becoming one would do as things are chosen."""
        self.wait()
        self._number += 1
        number, record, other, take = self._number, self._record, self._other, dict(self._take)
        is_known = other is not None
        for each in (self.fields, self.hint, self.turn, self.list):
            each.setEnabled(is_known)
        one = self._one
        kept, gone = (other, one) if self._one_goes else (one, other)

        def read(reader: Reader) -> tuple[Any, ...]:
            if kept is None or gone is None:
                return number, name_of(reader, record.name, one), None, [], [], "", []
            plan = plan_of(reader, record.name, kept, gone, take)
            names = [name_of(reader, record.name, each) for each in (kept, gone)]
            shown = lines(reader, plan, MOST_SHOWN)
            return number, names, plan, field_lines(reader, plan), shown, summary(plan), obstacles(reader, plan)

        self._workspace.long.ask_too(read, self._show, lasts=True, owner=self)

    def _show(self, answer: tuple[int, Any, Plan | None, list[FieldLine], list[Line], str, list[str]]) -> None:
        number, names, plan, fields, shown, told, problems = answer
        if number != self._number:
            return
        self._plan = plan
        if plan is None:
            self._heading.setText(_("Merge “{name}” with another record").format(name=names))
            told = _("Type letters of the other record; Tab takes the first that is found.")
            self.show_preview([], told, is_problem=False, can_apply=False)
            self._fit_columns()
            return
        self._heading.setText(_("“{gone}” becomes one with “{kept}”").format(kept=names[0], gone=names[1]))
        self.fields.fill(fields)
        rows = [(each.what, each.which, each.then) for each in shown]
        words = "\n".join(problems) or told
        self.show_preview(rows, words, is_problem=bool(problems), can_apply=not problems)
        self._fit_columns()

    def _fit_columns(self) -> None:
        for at in (0, 2):
            self.list.resizeColumnToContents(at)
            self.list.setColumnWidth(at, min(self.list.columnWidth(at), WIDEST))

    def accept(self) -> None:
        """Do it."""
        if self.can_apply and self._plan is not None:
            plan, then = self._plan, self._then
            self._workspace.write(lambda database: merge(database, plan), then)
            super().accept()
