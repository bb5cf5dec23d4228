"""What becomes of each row of the file: a table that shows all of them, or those that become one thing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from legation.i18n import N_, _
from legation.imports.outcomes import Outcome, RowOutcome
from legation.ui.forms.choices import Choices

OUTCOMES = {
    Outcome.ADDED: N_("Added"),
    Outcome.CHANGED: N_("Changed"),
    Outcome.UNCHANGED: N_("Unchanged"),
    Outcome.REJECTED: N_("Rejected"),
}
_Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Rows with what becomes of them."""

    HEADINGS = (N_("Row"), N_("Outcome"), N_("Becomes"), N_("What is done"))

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RowOutcome] = []

    def show_rows(self, rows: list[RowOutcome]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(self.HEADINGS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        row = self.rows[index.row()]
        return (f"{row.number:,}", _(OUTCOMES[row.outcome]), row.label, row.sentence)[index.column()]


class RowsPane(QWidget):
    """The table, and above it what is shown. `opened` carries (record type, id) of the row that Enter is pressed on,
    `pointed` the whole sentence of the row with the keyboard."""

    opened = Signal(str, int)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.only = Choices()
        self.only.setAccessibleName(_("Which rows are shown"))
        self.only.addItem(_("All rows"), None)
        for outcome, words in OUTCOMES.items():
            self.only.addItem(_(words), outcome)
        self.model = RowsModel()
        self.table = QTableView()
        self.table.setAccessibleName(_("What becomes of the rows"))
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setHighlightSections(False)
        for column, width in enumerate((80, 110, 240)):
            self.table.setColumnWidth(column, width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.only, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table, 1)
        self._rows: list[RowOutcome] = []
        self.only.currentIndexChanged.connect(lambda _at: self._show())
        self.table.activated.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self.pointed.emit(self.told()))
        self.setFocusProxy(self.table)

    def show_rows(self, rows: list[RowOutcome]) -> None:
        """Show the rows of a plan; how many become what stands in the drop-down."""
        self._rows = rows
        for at in range(1, self.only.count()):
            outcome = self.only.itemData(at)
            count = sum(each.outcome is outcome for each in rows)
            words = _("{outcome} ({count})").format(outcome=_(OUTCOMES[outcome]), count=f"{count:,}")
            self.only.setItemText(at, words)
        self.only.setItemText(0, _("All rows ({count})").format(count=f"{len(rows):,}"))
        self._show()

    def _show(self) -> None:
        wanted = self.only.currentData()
        self.model.show_rows([each for each in self._rows if wanted is None or each.outcome is wanted])
        self.table.setCurrentIndex(self.model.index(0, 0))  # an empty table has none, which is no index

    def told(self) -> str:
        """The whole sentence of the row with the keyboard."""
        at = self.table.currentIndex().row()
        return self.model.rows[at].sentence if 0 <= at < len(self.model.rows) else ""

    def _open(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if row.record and row.id:
            self.opened.emit(row.record, row.id)
