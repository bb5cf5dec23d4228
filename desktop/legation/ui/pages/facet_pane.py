"""Beside the table: how many of the records have each country, kind, year, topic and level. Enter narrows to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from legation.i18n import _
from legation.storage.facets import Facet, condition_of, facets
from legation.storage.queries import Query
from legation.storage.reading import Reader
from legation.ui.background import Lane

PAUSE_MILLISECONDS = 200
CONDITION = Qt.ItemDataRole.UserRole


class FacetPane(QTreeWidget):
    """The facets of a question. `narrowed` carries a condition as it is typed."""

    narrowed = Signal(str)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._query: Query | None = None
        self._told: Query | None = None
        self.setAccessibleName(_("Counts of what is shown"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(8)
        self.setProperty("sheet", True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(200)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.itemClicked.connect(self._narrow)

    def count(self, query: Query) -> None:
        """Count what a question finds, soon, if the pane is on screen."""
        self._query = query
        if self.isVisible():
            self._pause.start(PAUSE_MILLISECONDS if self.topLevelItemCount() else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Count at once what was asked while the pane was not on screen."""
        super().showEvent(event)
        if self._query is not None and self._query != self._told:
            self._pause.start(0)

    def look_again(self) -> None:
        """Count again where something was written."""
        self._told = None
        if self._query is not None:
            self.count(self._query)

    def _ask(self) -> None:
        query = self._query
        if query is None or query == self._told:
            return

        def read(reader: Reader) -> tuple[Query, list[Facet]]:
            return query, facets(reader, query)

        self._lane.ask(read, self._show)

    def _show(self, answer: tuple[Query, list[Facet]]) -> None:
        query, found = answer
        if query != self._query:
            return
        self._told = query
        self.clear()
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for each in found:
            heading = QTreeWidgetItem([_(each.label)])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setForeground(0, quiet)
            self.addTopLevelItem(heading)
            for value in each.values:
                item = QTreeWidgetItem([value.label, f"{value.count:,}"])
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setForeground(1, quiet)
                item.setToolTip(0, value.label)
                item.setData(0, CONDITION, condition_of(each, value))
                heading.addChild(item)
            heading.setExpanded(True)
        if self.topLevelItemCount():
            self.setCurrentItem(self.topLevelItem(0).child(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter narrows to the chosen value."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._narrow(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _narrow(self, item: QTreeWidgetItem | None, _column: int = 0) -> None:
        condition = item.data(0, CONDITION) if item is not None else None
        if condition:
            self.narrowed.emit(condition)
