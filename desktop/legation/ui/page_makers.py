"""Making the pages of the window, each connected to it: what it counts, what it tells, where its links go.

What most pages are made of is imported with the first of them: the window starts on the page of events.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from legation.documents.memory import without_collecting
from legation.storage.reading import Reader
from legation.ui.commands.catalogue import COMMANDS
from legation.ui.pages.catalogue import Page
from legation.ui.pages.record_page import RecordPage
from legation.ui.workspace import Workspace

MADE_OF = (
    "legation.matching.delegates",
    "legation.matching.entry",
    "legation.matching.printed_parties",
    "legation.quality.merging",
    "legation.quality.merge_words",
    "legation.quality.duplicates",
    "legation.reports.catalogue",
    "legation.reports.sets",
    "legation.documents.paper.pages",
    "legation.documents.paper.strips",
    "legation.imports.planning",
    "legation.imports.files.opening",
    "legation.imports.files.text_encoding",
)
SHOWN_BY = (
    "legation.ui.forms.editors",
    "legation.ui.forms.lines_section",
    "legation.ui.forms.record_form",
    "legation.ui.commands.palette",
    "legation.ui.reports.options_pane",
    "legation.ui.reports.paper",
    "legation.ui.reports.page",
    "legation.ui.reports.prefilling",
    "legation.ui.imports.source_pane",
    "legation.ui.imports.columns_pane",
    "legation.ui.imports.questions_pane",
    "legation.ui.imports.page",
    "legation.ui.pages.history_page",
    "legation.ui.pages.duplicates_page",
)
"""The modules of what is not on screen at first, those that others import before them."""
PAUSE_MILLISECONDS = 30

if TYPE_CHECKING:
    from legation.ui.imports.page import ImportPage
    from legation.ui.main_window import MainWindow
    from legation.ui.pages.duplicates_page import DuplicatesPage
    from legation.ui.reports.page import ReportsPage


def make_page(window: MainWindow, page: Page, workspace: Workspace) -> QWidget:
    """The widget of a page, made at its first show."""
    if page.name == "duplicates":
        return _make_duplicates(window, workspace)
    if page.name == "reports":
        return _make_reports(window, workspace)
    if page.name == "import":
        return _make_import(window, workspace)
    if not page.record:
        from legation.ui.pages.history_page import HistoryPage

        history = HistoryPage(workspace)
        history.counted.connect(window.status.count.setText)
        return history
    made = RecordPage(page, workspace, window.stack)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.followed.connect(window.go_to)
    made.table.addActions(_actions(window, "table"))
    return made


def _make_duplicates(window: MainWindow, workspace: Workspace) -> DuplicatesPage:
    from legation.ui.pages.duplicates_page import DuplicatesPage

    made = DuplicatesPage(workspace)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.followed.connect(window.go_to)
    made.list.addActions(_actions(window, "pairs"))
    return made


def _make_reports(window: MainWindow, workspace: Workspace) -> ReportsPage:
    from legation.ui.reports.page import ReportsPage

    made = ReportsPage(workspace, window.actions_by_id, window.stack)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.left.connect(window.trail.leave_page)
    made.wants.connect(lambda id: window.run(next(each for each in COMMANDS if each.id == id)))
    made.followed.connect(window.go_to)
    made.paper.addActions(_actions(window, "preview"))
    return made


def _make_import(window: MainWindow, workspace: Workspace) -> ImportPage:
    from legation.ui.commands.importing import do_as_asked
    from legation.ui.imports.page import ImportPage

    made = ImportPage(workspace, window.stack)
    made.counted.connect(window.status.count.setText)
    made.told.connect(window.tell)
    made.opened.connect(window.go_to)
    made.asked.connect(lambda asked: do_as_asked(window, made, asked))
    made.left.connect(window.trail.leave_page)
    return made


def _actions(window: MainWindow, where: str) -> list[QAction]:
    """The commands whose keys belong to a place."""
    return [window.actions_by_id[each.id] for each in COMMANDS if each.where == where]


def read_ahead(workspace: Workspace) -> None:
    """Import what is not on screen yet, so that its first show takes no longer than others.

    What forms and pages work with is imported by a lane; they themselves on the GUI thread, one between two turns.
    """
    left = [*SHOWN_BY]
    turns = QTimer(workspace)
    turns.setInterval(PAUSE_MILLISECONDS)

    def import_next() -> None:
        import_module(left.pop(0))
        if not left:
            turns.stop()

    def made_of(_reader: Reader) -> None:
        with without_collecting():
            for name in MADE_OF:
                import_module(name)

    turns.timeout.connect(import_next)
    workspace.long.ask_too(made_of, lambda _imported: turns.start(), lasts=True, owner=workspace)
