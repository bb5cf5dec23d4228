"""A page of records: a box for words, a table, and the details of the chosen record beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from legation.fields.draft import Draft
from legation.fields.kinds import Link
from legation.fields.record_type import RecordType
from legation.i18n import _, ngettext
from legation.records.catalogue import record_type
from legation.storage.filters.conditions import words_in
from legation.storage.filters.meanings import DATED
from legation.storage.groups import date_order
from legation.storage.pages import columns_of
from legation.storage.queries import Query, first_starting
from legation.storage.steps import ChangeSet
from legation.ui.pages.catalogue import Page
from legation.ui.pages.details_pane import DetailsPane
from legation.ui.pages.facet_pane import FacetPane
from legation.ui.pages.filter_bar import FilterBar
from legation.ui.panes import Panes
from legation.ui.tables.cell_editing import change_cell
from legation.ui.tables.record_model import RecordModel
from legation.ui.tables.record_table import RecordTable
from legation.ui.workspace import Workspace


class RecordPage(QWidget):
    """Where, which, what: words narrow the table, the table chooses the record, the details show or edit it.

    `followed` carries a link of the dossier as (record type, id); `told` carries a line for the status
    bar, `counted` how many records are listed.
    """

    followed = Signal(str, object)
    told = Signal(str)
    counted = Signal(str)

    def __init__(self, page: Page, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.workspace = workspace
        self.record: RecordType = record_type(page.record)
        self.is_large = False
        self._count = 0
        self._panes = Panes()
        self._awaited: int | None = None
        self._is_choosing = False
        self._build()
        self.filter.changed.connect(self.refresh)
        self.words.returnPressed.connect(self._leave_filter)
        self.facets.narrowed.connect(self.filter.add_condition)
        self.model.modelReset.connect(self._choose_again)
        self.model.counted.connect(self._tell_count)
        self.table.heads.reached.connect(self._tell_group)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.table.sorted.connect(self.refresh)
        self.table.columns_changed.connect(self.refresh)
        self.table.sought.connect(self._seek)
        self.table.cells.refused.connect(self.told)
        self.table.cells.edited.connect(
            lambda change: change_cell(self.workspace, self.record, change, self.table.cells)
        )
        self.details.followed.connect(self.followed)
        self.details.told.connect(self.told)
        self.details.left.connect(self.table.setFocus)
        self.details.saved.connect(self._after_saving)
        workspace.changed.connect(self._after_step)
        self._is_stale = True

    def _build(self) -> None:
        # from the outside in: a widget that gets a parent hands its style on to all that is inside it already
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.splitter)
        self.left = QWidget()
        self.splitter.addWidget(self.left)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(8, 8, 0, 8)
        column.setSpacing(8)
        self.filter = FilterBar(Query(self.page.record, self.page.filters), self.workspace.details)
        self.words = self.filter.line
        self.facets = FacetPane(self.workspace.long)
        self.facets.hide()
        self.model = RecordModel(self.workspace.table)
        self.table = RecordTable(self.record, self.page.name, self.model)
        self.table.setAccessibleName(_(self.page.label))
        self.group_line = QLabel()
        self.group_line.setProperty("section", True)
        self.group_line.hide()
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.empty.hide()
        self.details = DetailsPane(self.record, self.workspace)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        column.addWidget(self.filter)
        column.addLayout(beside, 1)
        beside.addWidget(self.facets, 1)
        listed = QVBoxLayout()
        listed.setSpacing(4)
        beside.addLayout(listed, 3)
        listed.addWidget(self.group_line)
        listed.addWidget(self.table, 1)
        listed.addWidget(self.empty, 1)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)

    @property
    def query(self) -> Query:
        """The question the table shows: the page's own, with the words and the order chosen."""
        query = Query(self.page.record, (*self.page.filters, *self.filter.conditions), order=self.page.order)
        if order := self.table.order():
            query = query.sorted_by(*order)
        return query.sorted_by(*by_date) if (by_date := self._order_of_groups(query)) else query

    def _order_of_groups(self, query: Query) -> tuple[str, ...]:
        """The order by date in which the table is grouped; empty where it is not, or is sorted by something else."""
        if not self.table.group or self.record.name not in DATED:
            return ()
        newest = () if self.table.order() else (f"-{DATED[self.record.name]}",)
        return date_order(query) or newest

    def columns_on_screen(self) -> list[str]:
        """The names of the columns, in the order on screen."""
        return self.table.columns_on_screen()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask when shown, if the answer is not there or not fresh."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()
        else:
            self._say_count()

    def refresh(self, *, holds: bool = False) -> None:
        """Ask the question again; the chosen record stays chosen. A hidden page asks when it is shown.

        With `holds` the chosen record stays listed until it is left, though the question no longer finds it.
        """
        self._is_stale = True
        if not self.isVisible():
            return
        self._awaited = self._awaited or self.current_id()
        held = self._awaited if holds else None
        self.details.words = words_in(self.filter.conditions)
        by = self.table.group if self._order_of_groups(self.query) else ""
        columns = columns_of(self.record, self.table.columns)
        self.model.show(self.query, columns, held, by, seeks=self._awaited)
        self.facets.count(self.query)

    def group_by(self, by: str) -> bool:
        """Group the table by year or month, or not at all with ""; False when the records have no date."""
        if by and self.record.name not in DATED:
            return False
        if by and date_order(self.query) is None:
            self.table.sort_by(())
        self.table.group_by(by)
        return True

    def go_to_group(self, step: int) -> bool:
        """Go to the first row of the next group, or back with -1; False where there is none."""
        row = self.model.group_beside(self.table.currentIndex().row(), step)
        if row is None:
            return False
        self.table.setCurrentIndex(self.model.index(row, max(self.table.currentIndex().column(), 0)))
        if (group := self.model.group_at(row)) is not None:
            self.told.emit(group.words)
        return True

    def _tell_group(self, words: str) -> None:
        """Say above the table which group is at its top."""
        self.group_line.setText(words)
        self.group_line.setVisible(bool(words))

    def show_as(self, filter: str, columns: Sequence[str], order: Sequence[str]) -> None:
        """Show the page with a filter, columns and an order; without columns or an order as it is."""
        self.table.choose(columns)
        self.table.sort_by(order)
        self.filter.set_text(filter)

    def _leave_filter(self) -> None:
        """Go from the filter to the table, or to the word that is not understood."""
        self.filter.look()
        if not self.filter.go_to_problem():
            self.table.setFocus()

    def _show_facets(self, wanted: bool) -> None:
        """Show or hide the counts beside the table."""
        self.facets.setVisible(wanted)
        if wanted:
            self.facets.count(self.query)

    def current_id(self) -> int | None:
        """The id of the chosen record."""
        return self.model.id_at(self.table.currentIndex().row())

    def go_to(self, id: int) -> None:
        """Choose a record; words that hide it are cleared."""
        self._awaited = id
        if self.words.text():
            self.filter.set_text("")
        self.refresh(holds=True)

    def save_state(self) -> None:
        """Remember the columns."""
        self.table.save_state()

    # panes

    def show_panes(self, panes: Panes) -> None:
        """Show or hide the details, as wide as they were."""
        self._panes = panes
        self.is_large = False
        self.left.setVisible(True)
        self._show_facets(panes.has_facets)
        self.details.setVisible(panes.has_details or self.details.form is not None)
        self.splitter.setSizes(panes.page)

    def keep_panes(self, panes: Panes) -> None:
        """Note how wide the table and the details are."""
        sizes = self.splitter.sizes()
        if all(sizes):
            panes.page = sizes

    def show_large(self, wanted: bool) -> None:
        """Give the details the whole page, or the table its place again."""
        if wanted:
            self.keep_panes(self._panes)
            self.is_large = True
            self.left.hide()
            self.details.show()
            self.details.pane().setFocus()
            self.told.emit(_("Esc goes back to the table."))
        else:
            self.show_panes(self._panes)
            self.told.emit("")
            self.table.setFocus()

    def _choose_again(self) -> None:
        row = self.model.row_of(self._awaited) if self._awaited is not None else 0
        if row < 0 and not self.model.is_whole:
            return  # it may be among the ids that are still coming
        self._awaited = None
        if self.model.ids:
            self._select(max(row, 0))
        else:
            self.details.show_record(None, keeps_form=True)

    def _select(self, row: int) -> None:
        index = self.model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self._is_choosing = True
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._is_choosing = False
        self.table.scrollTo(index)

    def _tell_count(self, count: int) -> None:
        self._is_stale = False
        if self._awaited is not None and (row := self.model.row_of(self._awaited)) >= 0:
            self._awaited = None
            self._select(row)
        self._show_rows(count > 0)
        self.empty.setText(
            _("Nothing here answers this filter. Press Esc to see everything again.")
            if self.words.text()
            else self._told_when_empty()
        )
        self._count = count
        self._say_count()

    def _show_rows(self, wanted: bool) -> None:
        """Show the table, or the words in its place; the keyboard goes along."""
        was_shown = not self.table.isHidden()
        had_keyboard = self.table.hasFocus()
        self.table.setVisible(wanted)
        self.empty.setVisible(not wanted)
        if had_keyboard and not wanted:
            self.words.setFocus()
        elif wanted and not was_shown and not self.words.text() and self.details.form is None:
            self.table.setFocus()

    @property
    def start(self) -> QWidget:
        """Where the keyboard goes at first: the table; without a row, the filter."""
        return self.words if self.table.isHidden() else self.table

    def _say_count(self) -> None:
        told = ngettext("{count} record", "{count} records", self._count).format(count=f"{self._count:,}")
        self.counted.emit(told)

    def _told_when_empty(self) -> str:
        """What to do next where nothing is entered yet."""
        if self.page.record == "event":
            return _(
                "Nothing here yet. Ctrl+N enters the first one, Ctrl+L takes an event as one line, "
                "Ctrl+Shift+I imports a table."
            )
        return _("Nothing here yet. Ctrl+N enters the first one, Ctrl+Shift+I imports a table.")

    def _show_current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if not 0 <= index.row() < len(self.model.ids):
            return
        id = self.model.ids[index.row()]
        self.details.show_record(id, keeps_form=self._is_choosing)
        if self.model.held not in (None, id):
            QTimer.singleShot(0, self.model, self.model.let_go)

    def edit(self) -> None:
        """Open the form of the chosen record."""
        self.details.show()
        if (id := self.current_id()) is not None:
            self.details.edit(id)

    def create(self) -> None:
        """Open the form of a new record, with the values that belong to this page."""
        self.details.show()
        self.details.create(**dict(self.page.values))

    def create_like(self) -> None:
        """Open the form of a new record like the chosen one."""
        self.details.show()
        if (id := self.current_id()) is not None:
            self.details.create_like(id)

    def copy_from_above(self) -> None:
        """Fill the field being typed in from the record above; for a new record, from the chosen one."""
        form = self.details.form
        row = self.table.currentIndex().row()
        if form is not None and form.draft.id is not None:
            row = self.model.row_of(form.draft.id) - 1
        if 0 <= row < len(self.model.ids):
            self.details.copy_from(self.model.ids[row])
        else:
            self.told.emit(_("There is no record above."))

    def _after_saving(self, id: int, next_after: Draft | None) -> None:
        self.told.emit(_("Saved."))
        self.go_to(id)
        if next_after is not None:
            self.details.create_after(next_after, **dict(self.page.values))
        else:
            self.table.setFocus()

    def _seek(self, letters: str) -> None:
        """Choose the first row that begins with the letters typed in the table."""
        query, column = self.query, self.table.column_sought()
        if column:
            self.workspace.table.ask_too(lambda reader: first_starting(reader, query, column, letters), self._choose)

    def _choose(self, id: int | None) -> None:
        row = self.model.row_of(id) if id is not None else -1
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, self.table.currentIndex().column()))

    def _after_step(self, change: ChangeSet) -> None:
        """Ask again when a step changed what is shown here; another program's step may have changed anything."""
        links = (each.kind.target for each in self.record.links if isinstance(each.kind, Link))
        if not change.step or {self.record.name, *links} & set(change.records):
            self.refresh(holds=True)
            self.facets.look_again()
