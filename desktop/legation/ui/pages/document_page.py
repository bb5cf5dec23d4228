"""A page that shows one document made from the workspace, such as the dossier of two countries."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QTextBrowser, QVBoxLayout, QWidget

from legation.documents.document import Document
from legation.documents.to_rich_text import to_rich_text
from legation.i18n import _
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.ui.look.theme import colours
from legation.ui.workspace import Workspace

Build = Callable[[Reader], Document]


class DocumentPage(QWidget):
    """Made anew after each step while it is on screen. `followed` carries a link as (record type, key)."""

    followed = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._build: Build | None = None
        self._document: Document | None = None
        self.text = QTextBrowser()
        self.text.setProperty("pane", True)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Document"))
        self.text.document().setDocumentMargin(24)
        self.text.anchorClicked.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        self.setFocusProxy(self.text)
        workspace.changed.connect(self._after_step)

    def show_document(self, build: Build) -> None:
        """Make a document in the background and show it."""
        self._build = build
        self._workspace.details.ask(build, self._show)

    def repaint_document(self) -> None:
        """Set the document again, in the colours of now."""
        application = QApplication.instance()
        if self._document is not None and isinstance(application, QApplication):
            self.text.setHtml(to_rich_text(self._document, colours(application)))

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: what is on screen follows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.repaint_document()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the document anew: something may have changed while the page was hidden."""
        super().showEvent(event)
        self._after_step(None)

    def _show(self, document: Document) -> None:
        self._document = document
        self.repaint_document()

    def _after_step(self, _change: ChangeSet | None) -> None:
        if self._build is not None and self.isVisible():
            self._workspace.details.ask(self._build, self._show)

    def _follow(self, url: QUrl) -> None:
        parts = url.toString().split(":")
        if len(parts) == 3 and parts[0] == "record":
            self.followed.emit(parts[1], parts[2] if parts[1] == "dyad" else int(parts[2]))
