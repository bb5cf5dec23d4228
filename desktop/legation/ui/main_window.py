"""The window: the sidebar of pages, the pages, the menus of the command table and the status bar."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from legation import settings
from legation.errors import WorkspaceDamaged
from legation.i18n import _
from legation.storage.backup import backups_of, is_due, make_backup
from legation.storage.database import open_at_once
from legation.ui.commands import catalogue, files
from legation.ui.commands.catalogue import COMMANDS, MENUS, Command
from legation.ui.commands.chosen_keys import give_keys
from legation.ui.dialogs.problem import show_problem
from legation.ui.forms.tab_order import pass_tab
from legation.ui.page_makers import make_page, read_ahead
from legation.ui.pages.catalogue import PAGES, Page
from legation.ui.pages.record_page import RecordPage
from legation.ui.panes import read_panes, write_panes
from legation.ui.saved_views import SavedViews
from legation.ui.sidebar import SIDEBAR, Sidebar
from legation.ui.status_line import StatusLine
from legation.ui.tool_bar import ToolBar
from legation.ui.trail import Trail
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.ui.imports.page import ImportPage
    from legation.ui.pages.duplicates_page import DuplicatesPage
    from legation.ui.pages.history_page import HistoryPage
    from legation.ui.pages.welcome_page import WelcomePage
    from legation.ui.reports.page import ReportsPage

LARGE_BYTES = 100_000_000  # a copy of so much would be in the way of the first questions
BACKUP_MILLISECONDS = 60_000
AHEAD_MILLISECONDS = 500


class MainWindow(QMainWindow):
    """One window on at most one workspace; `opens` says that one is about to be opened."""

    def __init__(self, *, opens: bool = False) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self._welcome: WelcomePage | None = None
        self.actions_by_id: dict[str, QAction] = {}
        self._pages: dict[str, QWidget] = {}
        self.trail = Trail(self)
        self.panes = read_panes()
        self._build()
        self._fill_menus()
        self.tools = ToolBar(self.actions_by_id)
        self.addToolBar(self.tools)
        self.status = StatusLine(self.statusBar(), self.actions_by_id["undo"], self.actions_by_id["redo"])
        self._restore()
        if not opens:
            self.show_welcome()

    def _build(self) -> None:
        self.setWindowTitle("Legation")
        self.resize(1280, 800)
        self.sidebar = Sidebar()
        self.stack = QStackedWidget()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.sidebar)
        self.splitter.addWidget(self.stack)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(0, False)
        self.views = SavedViews(self, self.sidebar)
        self.splitter.setSizes(self.panes.window)
        self.setCentralWidget(self.splitter)
        self.sidebar.hide()
        self.sidebar.itemSelectionChanged.connect(self._show_chosen_page)
        self.sidebar.itemActivated.connect(lambda _item: self._enter_page())
        for page in SIDEBAR:
            self._page_action(page)
        QShortcut(QKeySequence("Esc"), self, self._escape)

    @property
    def welcome(self) -> WelcomePage:
        """What is shown while no workspace is open, made when it is first needed."""
        if self._welcome is None:
            from legation.ui.pages.welcome_page import WelcomePage

            self._welcome = WelcomePage()
            self._welcome.asked.connect(self.run)
            self._welcome.chosen.connect(lambda path: self.guarded(lambda: self.open(path)))
            self.stack.addWidget(self._welcome)
        return self._welcome

    def show_welcome(self) -> None:
        """Show how to begin, and the workspaces opened last."""
        self.welcome.refresh()
        self.stack.setCurrentWidget(self.welcome)

    def _page_action(self, page: Page) -> None:
        action = QAction(_(page.label), self)
        action.triggered.connect(lambda _checked=False, name=page.name: self.show_page(name))
        self.addAction(action)
        self.actions_by_id[f"page-{page.name}"] = action

    def _fill_menus(self) -> None:
        menus = {name: self.menuBar().addMenu(_(name)) for name in MENUS}
        for command in catalogue.COMMANDS:
            action = QAction(_(command.label), self)
            action.setStatusTip(_((command.run.__doc__ or "").splitlines()[0]))
            action.setEnabled(not command.needs)
            if command.where != "window":
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setCheckable(command.is_on is not None)
            action.triggered.connect(lambda _checked=False, each=command: self.run(each))
            menus[command.menu].addAction(action)
            self.actions_by_id[command.id] = action
        for page in SIDEBAR:
            menus[catalogue.VIEW].addAction(self.actions_by_id[f"page-{page.name}"])
        self.show_keys()
        self.show_choices()

    def show_keys(self) -> None:
        """Give commands and pages the keys that the person chose, or their own, and tell those of pages."""
        give_keys(self, settings.read_settings().keys)
        self.sidebar.show_keys(self)

    def show_choices(self) -> None:
        """Tick the commands that are choices as they stand."""
        for command in COMMANDS:
            if command.is_on is not None:
                self.actions_by_id[command.id].setChecked(command.is_on(self))

    def run(self, command: Command) -> None:
        """Run a command; what goes wrong is told, never thrown."""
        self.guarded(lambda: command.run(self))
        self.show_choices()

    def guarded(self, work: Callable[[], None]) -> None:
        """Do something; a `UserError` is shown, a bug is logged and shown."""
        try:
            work()
        except Exception as error:
            self.failed(error)

    def failed(self, error: BaseException) -> None:
        """Tell the person what happened and what to do."""
        show_problem(self, error)

    def open(self, path: Path) -> None:
        """Open a workspace in this window; one of an earlier format is brought up to date in the background first.

        For a damaged one a backup is offered. Raises `UserError`.
        """
        try:
            database = open_at_once(path)
        except WorkspaceDamaged as error:
            if not backups_of(path):
                raise
            show_problem(self, error, _("Restore a &backup…"), lambda: files.choose_backup(self, path))
            return
        if database is None:
            files.bring_up_to_date(self, path)
            return
        self.close_workspace()
        opened = self.workspace = Workspace(database, self.failed)
        self.status.watch(opened)
        self.views.watch(opened)
        opened.keeper.put(lambda _nothing: settings.remember_workspace(path), lambda _kept: None)
        self.setWindowTitle(f"Legation - {path.name}")
        self.show_panes()
        for command in COMMANDS:
            self.actions_by_id[command.id].setEnabled(True)
        self.show_page("events")
        self._back_up_when_due(path)
        QTimer.singleShot(AHEAD_MILLISECONDS, opened, lambda: read_ahead(opened))
        files.update_reference_when_behind(self)

    def _back_up_when_due(self, path: Path) -> None:
        """The day's first backup: at once, but of a large file only when the first things are on screen for a while."""
        workspace = self.workspace
        if workspace is None:
            return

        def make() -> None:
            workspace.long.ask_too(lambda _reader: make_backup(path) if is_due(path) else None, lambda _made: None)

        wait = BACKUP_MILLISECONDS if path.stat().st_size > LARGE_BYTES else 0
        QTimer.singleShot(wait, workspace, make)

    def close_workspace(self) -> None:
        """Close the open workspace; queued writes are finished first."""
        for page in self._pages.values():
            if isinstance(page, RecordPage):
                page.save_state()
                if page is self.stack.currentWidget():
                    page.keep_panes(self.panes)
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}
        self.trail.forget()
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
            self.status.watch(None)
            self.views.watch(None)
            self.setWindowTitle("Legation")
            for command in COMMANDS:
                self.actions_by_id[command.id].setEnabled(not command.needs)
            self.show_panes()
            self.show_welcome()

    def _show_chosen_page(self) -> None:
        # what is chosen, not what is current: a list that gets the keyboard makes its first row current by itself
        for item in self.sidebar.selectedItems():
            view = self.views.at_row(self.sidebar.row(item))
            if view is not None:
                self.views.show(view)
            else:
                self.show_page(SIDEBAR[self.sidebar.row(item)].name)

    def show_page(self, name: str) -> None:
        """Show a page, building it at its first show."""
        if self.workspace is None:
            return
        page = next(each for each in PAGES if each.name == name)
        shown = self.page_named(name, lambda workspace: make_page(self, page, workspace))
        before = self.record_page()
        if name in ("reports", "import"):
            self.trail.note_page(self.stack.currentWidget())
        if before is not None and before is not shown:
            before.keep_panes(self.panes)
        if isinstance(shown, RecordPage) and before is not shown:
            shown.show_panes(self.panes)
        self.stack.setCurrentWidget(shown)
        self.sidebar.choose(SIDEBAR.index(page) if page in SIDEBAR else -1)
        if not self.sidebar.hasFocus():  # arrows walk the sidebar, Enter or F6 goes into the page
            self._enter_page()
        self.show_choices()

    def page_named(self, name: str, make: Callable[[Workspace], QWidget]) -> QWidget:
        """The page of a name, made at its first show. A workspace must be open."""
        assert self.workspace is not None
        if name not in self._pages:
            self._pages[name] = make(self.workspace)
            self.stack.addWidget(self._pages[name])
        return self._pages[name]

    def name_of_page(self, page: QWidget | None) -> str:
        """The name of a page that was made; "" for any other widget."""
        return next((name for name, each in self._pages.items() if each is page), "")

    def dyad_on_screen(self) -> str:
        """The codes of the two countries whose dossier is on screen, such as "TKM-JPN"; "" on another page."""
        return self.trail.codes if self.name_of_page(self.stack.currentWidget()) == "dyad" else ""

    def show_no_page_chosen(self, shown: QWidget) -> None:
        """Show a page that the sidebar does not list."""
        self.stack.setCurrentWidget(shown)
        self.status.count.clear()
        self.sidebar.choose(-1)
        shown.setFocus()

    def _enter_page(self) -> None:
        """Give the keyboard to the page on screen."""
        shown = self.stack.currentWidget()
        listed = self.history_page() or self.duplicates_page()
        start = shown.start if isinstance(shown, RecordPage) else listed.list if listed is not None else shown
        if start is not None:
            start.setFocus()

    def record_page(self) -> RecordPage | None:
        """The page of records on screen; None on another page."""
        page = self.stack.currentWidget()
        return page if isinstance(page, RecordPage) else None

    def _on_screen(self, name: str) -> Any:
        """The page of a name when it is on screen. By name, since the class of most pages is imported with the page."""
        page = self._pages.get(name)
        return page if page is self.stack.currentWidget() else None

    def history_page(self) -> HistoryPage | None:
        """The History page when it is on screen."""
        return self._on_screen("history")

    def duplicates_page(self) -> DuplicatesPage | None:
        """The page of likely duplicates when it is on screen."""
        return self._on_screen("duplicates")

    def reports_page(self) -> ReportsPage | None:
        """The Reports page when it is on screen."""
        return self._on_screen("reports")

    def import_page(self) -> ImportPage | None:
        """The Import page when it is on screen."""
        return self._on_screen("import")

    def show_report(self, name: str = "", **values: Any) -> None:
        """Show the Reports page, with a report chosen and some of its options filled in where one is named."""
        self.show_page("reports")
        page = self.reports_page()
        if page is not None and name:
            page.show_report(name, **values)

    def go_to(self, record: str, key: int | str) -> None:
        """Go to a record, or to two countries ("dyad", "TKM-JPN"); `travel` comes back."""
        self.trail.go_to(record, key)

    def travel(self, steps: int) -> None:
        """Go back or forward along the places visited."""
        self.trail.travel(steps)

    def show_panes(self) -> None:
        """Show and hide the panes as chosen."""
        self.sidebar.setVisible(self.panes.has_pages and self.workspace is not None)
        page = self.record_page()
        if page is not None:
            page.keep_panes(self.panes)
            page.show_panes(self.panes)
        if (focus := QApplication.focusWidget()) is None or not focus.isVisible():
            self._enter_page()

    def step_pane(self, step: int) -> None:
        """Give the keyboard to the next pane."""
        page = self.stack.currentWidget()
        panes: list[QWidget] = [self.sidebar]
        if isinstance(page, RecordPage):
            panes += [page.words, page.facets, page.table, page.details.pane()]
        elif (history := self.history_page()) is not None:
            panes += [history.list, history.details]
        elif (duplicates := self.duplicates_page()) is not None:
            panes += [duplicates.list, duplicates.facts]
        elif (other := self.reports_page() or self.import_page()) is not None:
            panes += other.panes()
        focus = QApplication.focusWidget()
        here = next((at for at, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)), 0)
        panes = [pane for pane in panes if pane.isVisible() or pane is panes[here]]
        panes[(here + step) % len(panes)].setFocus()

    def _escape(self) -> None:
        page = self.record_page()
        if page is not None and page.details.form is not None:
            page.details.form.left.emit()
        elif page is not None and page.is_large:
            page.show_large(False)
        elif page is not None:
            page.words.clear()
            page.table.setFocus()
        elif (other := self.reports_page() or self.import_page()) is not None:
            other.escape()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does."""
        button = QApplication.focusWidget()
        if isinstance(button, QAbstractButton) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button.click()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab comes into a form at its beginning, Shift+Tab at its end."""
        return pass_tab(self, super().focusNextPrevChild, is_next)

    def tell(self, text: str) -> None:
        """Say something in the status line."""
        self.status.tell(text)

    def _restore(self) -> None:
        state = settings.read_state("window")
        if "geometry" in state:
            self.restoreGeometry(QByteArray(base64.b64decode(state["geometry"])))

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: the glyphs follow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "tools"):
            self.tools.repaint_glyphs()
            self.sidebar.repaint_glyphs()
            self.views.repaint_glyphs()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place and close the workspace."""
        geometry = base64.b64encode(bytes(self.saveGeometry().data())).decode("ascii")
        settings.write_state("window", {"geometry": geometry})
        if self.sidebar.isVisible():
            self.panes.window = self.splitter.sizes()
        self.close_workspace()
        write_panes(self.panes)
        event.accept()
