"""What each column of a table gives: a row a column with examples, a drop-down of what it may give, and the reason."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from legation.i18n import _
from legation.imports.column_dates import ORDERS
from legation.imports.mapping import MONTH_ONLY, Mapping, is_month_only, order_of
from legation.imports.planning import Plan
from legation.imports.roles import ROLES, roles_of
from legation.ui.forms.choices import Choices
from legation.ui.imports.looking import Looked

HEADING, GIVES, DATES, EXAMPLES, REASON = range(5)
WIDTHS = (120, 224, 172, 108)
ROW_OF_BOX = "row of the box"
ROW = 31
BOX = 28  # high, so that boxes do not touch
AND = "+"  # between the roles of a column that gives several


class ColumnsPane(QTableWidget):
    """Edits a mapping. `changed` carries the mapping after each choice, `pointed` why the column with the keyboard
    gives what it gives; keys go from box to box by Tab."""

    changed = Signal(object)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setHorizontalHeaderLabels([_("Column"), _("Gives"), _("Dates"), _("For example"), _("Why")])
        self.setAccessibleName(_("What the columns give"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)  # Tab goes from box to box
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, width)
        self._mapping: Mapping | None = None
        self._shape: tuple[object, ...] = ()
        self._row = 0

    def show_looked(self, looked: Looked) -> None:
        """Show the columns of the chosen table; drop-downs that are there already stay, with the keyboard in them."""
        plan = looked.plan
        assert plan is not None
        self._mapping = plan.mapping
        table = looked.tables[looked.wish.table]
        shape = (table.file, table.name, table.headings, plan.mapping.type, tuple(plan.mapping.values), plan.wanted)
        if shape != self._shape:
            self._shape = shape
            self._build(table.headings, plan.mapping, plan.wanted)
        for row, heading in enumerate(table.headings):
            self._fill(row, heading, plan, looked.examples.get(heading, ""))
        for row, role in enumerate(plan.mapping.values, len(table.headings)):
            self._write(row, REASON, plan.mapping.reasons.get(role, ""))
        self.pointed.emit(self.reason())

    def gates(self) -> list[QComboBox | QLineEdit]:
        """The boxes that Tab comes to, in order."""
        found = []
        for row in range(self.rowCount()):
            for column in (GIVES, DATES, EXAMPLES):
                box = self.cellWidget(row, column)
                if isinstance(box, QComboBox | QLineEdit) and box.isEnabled():
                    found.append(box)
        return found

    def _build(self, headings: tuple[str, ...], mapping: Mapping, wanted: str) -> None:
        """Make the rows anew: one a column, one a value that is the same in every row, and one for a further value.

        The last is ready for the role that is wanted most.
        """
        self.setRowCount(0)
        self.setRowCount(len(headings) + len(mapping.values) + 1)
        for row, heading in enumerate(headings):
            self._write(row, HEADING, heading)
            gives = Choices()
            gives.setAccessibleName(_("What {column} gives").format(column=heading))
            gives.activated.connect(lambda _at, heading=heading: self._choose(heading))
            self._put(row, GIVES, gives)
        for row, role in enumerate((*mapping.values, wanted), len(headings)):
            self._build_value(row, role, mapping)

    def _put(self, row: int, column: int, box: QWidget) -> None:
        """Put a box into its cell, and notice when the keyboard comes to it."""
        box.setFixedHeight(BOX)
        box.setProperty(ROW_OF_BOX, row)
        box.installEventFilter(self)
        self.setCellWidget(row, column, box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the reason of the row whose box has the keyboard now."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QComboBox | QLineEdit):
            self._row = int(watched.property(ROW_OF_BOX))
            self.pointed.emit(self.reason())
        return super().eventFilter(watched, event)

    def reason(self) -> str:
        """Why the column that had the keyboard last gives what it gives; its examples where nothing tells why."""
        cells = [self.item(self._row, each) for each in (HEADING, REASON)]
        heading, reason = (cell.text() if cell is not None else "" for cell in cells)
        return _("{column}: {reason}").format(column=heading, reason=reason) if heading and reason else ""

    def _build_value(self, row: int, role: str, mapping: Mapping) -> None:
        """A row for what is the same in every row of the table."""
        self._write(row, HEADING, _("In every row"))
        gives, value = Choices(), QLineEdit(mapping.values.get(role, ""))
        gives.addItem(_("Nothing more"), "")
        for name, each in roles_of(mapping.type).items():
            gives.addItem(_(each.label), name)
        gives.setCurrentIndex(gives.findData(role))
        gives.setAccessibleName(_("What is the same in every row"))
        value.setAccessibleName(_("The value in every row"))
        value.setPlaceholderText(_("Such as Japan"))
        gives.activated.connect(lambda _at: self._take_values())
        value.editingFinished.connect(self._take_values)
        self._put(row, GIVES, gives)
        self._put(row, EXAMPLES, value)

    def _fill(self, row: int, heading: str, plan: Plan, examples: str) -> None:
        mapping = plan.mapping
        roles = mapping.columns.get(heading, ())
        gives = self.cellWidget(row, GIVES)
        assert isinstance(gives, QComboBox)
        joined = AND.join(roles)
        offered = ["", *roles_of(mapping.type)]
        offered += [joined] if joined not in offered else []
        if [gives.itemData(at) for at in range(gives.count())] != offered:
            gives.clear()
            for each in offered:
                words = " + ".join(_(ROLES[role].label) for role in each.split(AND) if role)
                gives.addItem(words or _("Nothing: leave it out"), each)
        gives.setCurrentIndex(offered.index(joined))
        self._fill_dates(row, heading, plan, any(ROLES[role].is_date for role in roles))
        self._write(row, EXAMPLES, examples)
        told = plan.dates[heading].evidence if heading in plan.dates else ()
        self._write(row, REASON, " ".join(part for part in (mapping.reasons.get(heading, ""), *told) if part))

    def _fill_dates(self, row: int, heading: str, plan: Plan, is_date: bool) -> None:
        if not is_date:
            self.removeCellWidget(row, DATES)
            return
        dates = self.cellWidget(row, DATES)
        if not isinstance(dates, QComboBox):
            dates = self._new_dates(heading)
            self._put(row, DATES, dates)
        asked = plan.mapping.dates.get(heading, "")
        chosen = MONTH_ONLY if is_month_only(asked) else order_of(asked)
        found = plan.dates.get(heading)
        if found is not None:
            dates.setItemText(0, _("As found: {order}").format(order=_(ORDERS.get(found.order, found.order))))
        dates.setCurrentIndex(max(dates.findData(chosen), 0))

    def _new_dates(self, heading: str) -> QComboBox:
        """A drop-down of the ways in which a column may write its dates."""
        dates = Choices()
        dates.setAccessibleName(_("How {column} writes dates").format(column=heading))
        dates.addItem(_("As found"), "")
        for order, words in ORDERS.items():
            dates.addItem(_(words).capitalize(), order)
        dates.addItem(_("Only the month is known"), MONTH_ONLY)
        dates.activated.connect(lambda _at: self._choose_dates(heading))
        return dates

    def _write(self, row: int, column: int, words: str) -> None:
        item = QTableWidgetItem(words)
        item.setToolTip(words)
        self.setItem(row, column, item)

    def _row_of(self, heading: str) -> int:
        headings = [self.item(row, HEADING) for row in range(self.rowCount())]
        return next(row for row, item in enumerate(headings) if item is not None and item.text() == heading)

    def _choose(self, heading: str) -> None:
        """Take what a column gives."""
        assert self._mapping is not None
        gives = self.cellWidget(self._row_of(heading), GIVES)
        assert isinstance(gives, QComboBox)
        columns = {**self._mapping.columns, heading: tuple(each for each in gives.currentData().split(AND) if each)}
        if not columns[heading]:
            del columns[heading]
        reasons = {**self._mapping.reasons, heading: _("Chosen by you.")}
        self._tell(replace(self._mapping, columns=columns, reasons=reasons))

    def _choose_dates(self, heading: str) -> None:
        assert self._mapping is not None
        dates = self.cellWidget(self._row_of(heading), DATES)
        assert isinstance(dates, QComboBox)
        asked = {**self._mapping.dates, heading: dates.currentData()}
        if not asked[heading]:
            del asked[heading]
        self._tell(replace(self._mapping, dates=asked))

    def _take_values(self) -> None:
        """Take what is the same in every row, from the rows below those of the columns."""
        assert self._mapping is not None
        values = {}
        for row in range(self.rowCount()):
            gives, value = self.cellWidget(row, GIVES), self.cellWidget(row, EXAMPLES)
            if isinstance(gives, QComboBox) and isinstance(value, QLineEdit):
                role, text = gives.currentData(), value.text().strip()
                if role and text:
                    values[role] = text
        if values != self._mapping.values:
            self._tell(replace(self._mapping, values=values))

    def _tell(self, mapping: Mapping) -> None:
        """Hand the mapping on once the box is done with the key, since its row may be made anew."""
        self._mapping = mapping
        QTimer.singleShot(0, self, lambda: self.changed.emit(mapping))
