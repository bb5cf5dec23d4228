"""The lists of the Reports page: the reports with what each tells, and the report sets with the reports in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from legation.documents.formats import FORMATS
from legation.errors import UserError
from legation.i18n import _, ngettext
from legation.reports.catalogue import REPORTS
from legation.reports.choosing import in_words
from legation.reports.sets import request_of
from legation.storage.reading import Reader
from legation.storage.report_sets import ReportSet, report_sets

BELOW = Qt.ItemDataRole.UserRole + 1  # the quiet line of a row
INSET = 12  # pixels
AROUND = 6  # above and below the lines of a row
INDENT = 16


class TwoLines(QStyledItemDelegate):
    """Draws a label, and below it a quiet line; a row with a level stands further in."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        indent = INDENT if index.data(Qt.ItemDataRole.UserRole) and index.data(Qt.ItemDataRole.UserRole)[1] >= 0 else 0
        place = option.rect.adjusted(INSET + indent, AROUND, -INSET, -AROUND)
        roles = QPalette.ColorRole
        ink = roles.HighlightedText if chosen else roles.Text
        painter.save()
        painter.setPen(option.palette.color(ink))
        _draw(painter, option.font, place, text)
        small = _smaller(option.font)
        painter.setFont(small)
        painter.setPen(option.palette.color(ink if chosen else roles.PlaceholderText))
        place.setTop(place.top() + QFontMetrics(option.font).height() + 2)
        _draw(painter, small, place, index.data(BELOW) or "")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        high = QFontMetrics(option.font).height() + QFontMetrics(_smaller(option.font)).height()
        return QSize(120, high + 2 + 2 * AROUND)


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(font.pointSizeF() - 1, 7.0))
    return small


def _draw(painter: QPainter, font: QFont, place: QRect, text: str) -> None:
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), fitting)


class _List(QListWidget):
    """A list of rows of two lines; `entered` tells that Enter was pressed in it."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemDoubleClicked.connect(lambda _item: self.entered.emit())

    def add_row(self, text: str, below: str, data: object) -> None:
        """Append a row."""
        item = QListWidgetItem(text)
        item.setData(BELOW, below)
        item.setToolTip(below)
        item.setData(Qt.ItemDataRole.UserRole, data)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}. {below}")
        self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with what is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ReportList(_List):
    """Every report, in the order of the catalogue."""

    def __init__(self) -> None:
        super().__init__(_("Reports"))
        for report in REPORTS.values():
            self.add_row(_(report.label), _(report.about), (report.name, -1))

    def chosen(self) -> str:
        """The name of the chosen report; "" when none is."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)[0]) if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose a report without telling that it was chosen here."""
        self.blockSignals(True)
        self.setCurrentRow(list(REPORTS).index(name))
        self.blockSignals(False)


@dataclass(frozen=True)
class SetRows:
    """A set, and for each of its reports its label and what it asks for in words."""

    kept: ReportSet
    reports: tuple[tuple[str, str], ...]


class SetList(_List):
    """The report sets, each followed by its reports. `unwanted` tells that Del was pressed on a row."""

    unwanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Report sets"))
        self.sets: list[ReportSet] = []

    def fill(self, found: Sequence[SetRows]) -> None:
        """Show other sets; the row chosen stays chosen."""
        chosen = self._data()
        self.blockSignals(True)
        self.clear()
        self.sets = [each.kept for each in found]
        for rows in found:
            many = len(rows.reports)
            below = ngettext("{count} report", "{count} reports", many).format(count=many)
            self.add_row(rows.kept.name, below, (rows.kept.name, -1))
            for at, (label, words) in enumerate(rows.reports):
                formats = ", ".join(_(FORMATS[name].label) for name in rows.kept.reports[at].formats if name in FORMATS)
                self.add_row(label, " · ".join(part for part in (words, formats) if part), (rows.kept.name, at))
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == chosen:
                self.setCurrentRow(row)
        self.blockSignals(False)
        self.setMaximumHeight(self.count() * max(self.sizeHintForRow(0), 1) + 2 * self.frameWidth())

    def leave(self) -> None:
        """Choose nothing, without telling."""
        self.blockSignals(True)
        self.setCurrentRow(-1)
        self.blockSignals(False)

    def chosen(self) -> tuple[ReportSet, int] | None:
        """The chosen set and the place of the chosen report in it, -1 for the set itself; None when there is none."""
        data = self._data()
        return next(((each, data[1]) for each in self.sets if data is not None and each.name == data[0]), None)

    def _data(self) -> tuple[str, int] | None:
        item = self.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes away what is chosen."""
        if event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)


def rows_of_sets(reader: Reader) -> list[SetRows]:
    """The sets of a workspace with what their reports ask for."""
    found = []
    for kept in report_sets(reader):
        reports = []
        for each in kept.reports:
            try:
                request = request_of(each)
                reports.append((_(request.report.label), in_words(reader, request.options)))
            except UserError as problem:
                reports.append((each.report, str(problem)))
        found.append(SetRows(kept, tuple(reports)))
    return found
