"""Making the pages of the window, each connected to it: what it counts, what it tells, where its links go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from legation.ui.commands.catalogue import COMMANDS
from legation.ui.commands.importing import do_as_asked
from legation.ui.imports.page import ImportPage
from legation.ui.pages.catalogue import Page
from legation.ui.pages.duplicates_page import DuplicatesPage
from legation.ui.pages.history_page import HistoryPage
from legation.ui.pages.record_page import RecordPage
from legation.ui.reports.page import ReportsPage
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


def make_page(window: MainWindow, page: Page, workspace: Workspace) -> QWidget:
    """The widget of a page, made at its first show."""
    if page.name == "duplicates":
        return _make_duplicates(window, workspace)
    if page.name == "reports":
        return _make_reports(window, workspace)
    if page.name == "import":
        return _make_import(window, workspace)
    if not page.record:
        history = HistoryPage(workspace)
        history.counted.connect(window.status.count.setText)
        return history
    made = RecordPage(page, workspace)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.followed.connect(window.go_to)
    made.table.addActions(_actions(window, "table"))
    return made


def _make_duplicates(window: MainWindow, workspace: Workspace) -> DuplicatesPage:
    made = DuplicatesPage(workspace)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.followed.connect(window.go_to)
    made.list.addActions(_actions(window, "pairs"))
    return made


def _make_reports(window: MainWindow, workspace: Workspace) -> ReportsPage:
    made = ReportsPage(workspace, window.actions_by_id)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.left.connect(window.trail.leave_page)
    made.wants.connect(lambda id: window.run(next(each for each in COMMANDS if each.id == id)))
    made.followed.connect(window.go_to)
    made.paper.addActions(_actions(window, "preview"))
    return made


def _make_import(window: MainWindow, workspace: Workspace) -> ImportPage:
    made = ImportPage(workspace)
    made.told.connect(window.tell)
    made.opened.connect(window.go_to)
    made.asked.connect(lambda asked: do_as_asked(window, made, asked))
    made.left.connect(window.trail.leave_page)
    return made


def _actions(window: MainWindow, where: str) -> list[QAction]:
    """The commands whose keys belong to a place."""
    return [window.actions_by_id[each.id] for each in COMMANDS if each.where == where]
