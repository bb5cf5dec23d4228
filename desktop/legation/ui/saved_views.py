"""The saved views of the open workspace: listed below the pages in the sidebar, shown, kept and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from legation.i18n import _
from legation.storage.filters.sentences import names_in
from legation.storage.queries import Query
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.storage.views import View, forget_view, keep_view, views
from legation.ui.forms.suggestion_list import BEGINS
from legation.ui.look.glyphs import icon
from legation.ui.pages.record_page import RecordPage
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


class SavedViews(QObject):
    """The views in the sidebar, after the rows of the pages. `shown` is the one that was chosen last."""

    def __init__(self, window: MainWindow, sidebar: QListWidget) -> None:
        super().__init__(window)
        self._window, self._sidebar = window, sidebar
        self._pages = sidebar.count()
        self.all: list[View] = []
        self.shown: View | None = None

    def watch(self, workspace: Workspace | None) -> None:
        """List the views of another workspace; none without one."""
        self._list([])
        self.shown = None
        if workspace is not None:
            workspace.changed.connect(self._after_step)
            self._ask(workspace)

    def at_row(self, row: int) -> View | None:
        """The view that a row of the sidebar stands for; None for a page."""
        at = row - self._pages
        return self.all[at] if 0 <= at < len(self.all) else None

    def show(self, view: View) -> None:
        """Show a page as a view has it."""
        self._window.show_page(view.page)
        page = self._window.record_page()
        if page is None or page.page.name != view.page:
            return
        self.shown = view
        page.show_as(view.filter, view.columns, view.order)
        self._sidebar.blockSignals(True)
        self._sidebar.setCurrentRow(self._pages + self.all.index(view))
        self._sidebar.blockSignals(False)

    def keep(self, name: str) -> None:
        """Keep what the page on screen shows under a name."""
        page, workspace = self._window.record_page(), self._window.workspace
        if page is None or workspace is None:
            return
        view = view_of(page, name)
        label = _("Save the view “{name}”").format(name=view.name)
        self.shown = view
        workspace.write(
            lambda database: database.write(label, lambda session: keep_view(session, view)),
            lambda _change: self._window.tell(_("Saved the view “{name}”.").format(name=view.name)),
        )

    def forget(self) -> None:
        """Delete the view that is shown; the page stays as it is."""
        workspace = self._window.workspace
        if self.shown is None or workspace is None:
            self._window.tell(_("Choose a saved view first."))
            return
        name = self.shown.name
        self.shown = None
        label = _("Forget the view “{name}”").format(name=name)
        workspace.write(
            lambda database: database.write(label, lambda session: forget_view(session, name)),
            lambda _change: self._window.tell(_("Forgot the view “{name}”. Undo: Ctrl+Z").format(name=name)),
        )

    def repaint_glyphs(self) -> None:
        """The glyphs in the colours of now."""
        for at, view in enumerate(self.all):
            self._sidebar.item(self._pages + at).setIcon(icon(view.page))

    def _after_step(self, change: ChangeSet) -> None:
        """Ask again after a step that changed no record of a page, or that another program took."""
        workspace = self._window.workspace
        if workspace is not None and not change.records:
            self._ask(workspace)

    def _ask(self, workspace: Workspace) -> None:
        workspace.details.ask_too(_listed, self._show_listed, lasts=True)

    def _show_listed(self, found: list[tuple[View, str]]) -> None:
        self._list(found)
        if self.shown is not None and not any(each.name == self.shown.name for each in self.all):
            self.shown = None

    def _list(self, found: list[tuple[View, str]]) -> None:
        self._sidebar.blockSignals(True)
        while self._sidebar.count() > self._pages:
            self._sidebar.takeItem(self._pages)
        self.all = [view for view, _sentence in found]
        for view, sentence in found:
            item = QListWidgetItem(icon(view.page), view.name)
            item.setToolTip(sentence)
            item.setData(BEGINS, view is self.all[0])
            self._sidebar.addItem(item)
            if self.shown is not None and view.name == self.shown.name:
                self._sidebar.setCurrentItem(item)
        self._sidebar.blockSignals(False)


def view_of(page: RecordPage, name: str = "") -> View:
    """What a page shows, as a view of a name."""
    filter = " ".join(str(each) for each in page.filter.conditions)
    columns = tuple(page.columns_on_screen())
    return View(name.strip(), page.page.name, page.page.record, filter, columns, page.table.order())


def _listed(reader: Reader) -> list[tuple[View, str]]:
    """The views, each with what it asks in words."""
    from legation.storage.filters.language import parse_filters

    found = []
    for view in views(reader):
        conditions = parse_filters(view.filter)
        found.append((view, Query(view.record, conditions).sentence(names_in(reader, conditions))))
    return found
