"""The History page: the steps, newest first, and what the chosen one changed, field by field; any can be reverted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from legation.documents.document import Document, Paragraph, Run
from legation.documents.to_rich_text import to_rich_text
from legation.fields.fuzzy_dates import print_moment
from legation.i18n import _, ngettext
from legation.storage.history import ChangeRow, StepRow, changes, steps
from legation.storage.reading import Reader
from legation.ui.forms.suggestion_list import QUIET, SuggestionRows
from legation.ui.look.theme import colours
from legation.ui.workspace import Workspace

MOST = 500


class HistoryPage(QWidget):
    """`counted` says how many steps are listed."""

    counted = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._document: Document | None = None
        self.workspace = workspace
        self.list = QListWidget()
        self.list.setAccessibleName(_("Steps"))
        self.list.setItemDelegate(SuggestionRows(self.list))
        self.details = QTextBrowser()
        self.details.setProperty("pane", True)
        self.details.setAccessibleName(_("What the step changed"))
        self.details.document().setDocumentMargin(16)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(splitter)
        self.list.currentItemChanged.connect(self._show_changes)
        workspace.changed.connect(lambda _change: self.refresh())

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: what is on screen follows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.repaint_document()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the steps when shown."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the newest steps again; a hidden page reads when it is shown."""
        if not self.isVisible():
            return
        self.workspace.table.ask(lambda reader: steps(reader, limit=MOST), self._fill)

    def current_step(self) -> int | None:
        """The number of the chosen step."""
        item = self.list.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def _fill(self, found: list[StepRow]) -> None:
        self.list.clear()
        for step in found:
            undone = [_("undone")] if step.undone_by else []
            item = QListWidgetItem(step.words)
            item.setData(QUIET, " · ".join([*undone, print_moment(step.at), step.who]))
            item.setData(Qt.ItemDataRole.UserRole, step.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{step.words}, {item.data(QUIET)}")
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(0)
        self.counted.emit(ngettext("{count} step", "{count} steps", len(found)).format(count=len(found)))

    def _show_changes(self, item: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        if item is None:
            return
        step, words, beside = int(item.data(Qt.ItemDataRole.UserRole)), item.text(), str(item.data(QUIET))

        def read(reader: Reader) -> tuple[str, str, list[ChangeRow]]:
            return words, beside, changes(reader, step)

        self.workspace.details.ask(read, self._fill_changes)

    def _fill_changes(self, answer: tuple[str, str, list[ChangeRow]]) -> None:
        words, beside, rows = answer
        document = Document(words, above=beside)
        document.add(*(Paragraph((Run(row.words),)) for row in rows))
        self._document = document
        self.repaint_document()

    def repaint_document(self) -> None:
        """Set what the step changed again, in the colours of now."""
        application = QApplication.instance()
        if self._document is not None and isinstance(application, QApplication):
            self.details.setHtml(to_rich_text(self._document, colours(application)))
