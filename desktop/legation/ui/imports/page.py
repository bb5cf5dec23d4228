"""The Import page: a file on the left, in the middle its columns, the names to decide and the rows; below, doing it.

Nothing is written before Import, and what is written is one step.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from legation.errors import UserError
from legation.i18n import N_, _, ngettext
from legation.imports.applying import apply
from legation.imports.mapping import Mapping
from legation.imports.planning import Cancelled, Plan
from legation.imports.reading_choices import ReadingChoices
from legation.storage.steps import ChangeSet
from legation.ui.imports.columns_pane import ColumnsPane
from legation.ui.imports.foot import Foot
from legation.ui.imports.looking import Looked, Looking, Wish
from legation.ui.imports.questions_pane import QuestionsPane
from legation.ui.imports.rows_pane import RowsPane
from legation.ui.imports.source_pane import SourcePane
from legation.ui.imports.told import words_of, words_of_tables
from legation.ui.workspace import Workspace

SIDE = 340
PATIENCE_MILLISECONDS = 100
PAUSE_MILLISECONDS = 700  # after a decision, before all is counted anew: the next one mostly follows
HOW_TO_DECIDE = N_(
    "S takes what is offered, of several the next when pressed again. N makes a new record, or keeps the days. "
    "U leaves it to the rule."
)
NOTHING_TO_DECIDE = N_("No name is like that of a known record without being it. There is nothing to decide.")


class ImportPage(QWidget):
    """`counted` carries how many rows there are, `told` a line for the status bar, `asked` "file", "paste", "keep",
    "mapping" or "rejects", `opened` (record type, id) of a record to go to; `left` that Esc leaves the page."""

    counted = Signal(str)
    told = Signal(str)
    asked = Signal(str)
    opened = Signal(str, int)
    left = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.wish = Wish()
        self.looked: Looked | None = None
        """What was found last, also while something newer is being looked at."""
        self._looking = Looking(workspace)
        self._looking.looked.connect(self._show)
        self._stopped: list[bool] = []
        self._place: tuple[int, int] | None = None
        self._writing = QTimer(self)
        self._writing.setInterval(PATIENCE_MILLISECONDS)
        self._writing.timeout.connect(lambda: self.foot.show_progress(*(self._place or (0, 0))))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(lambda: self._looking.ask(self.wish))
        self._is_recounting, self._imports_next = False, False
        """Whether decisions are not counted yet, and whether all is imported once they are."""
        self.setAcceptDrops(True)
        self._build()
        workspace.changed.connect(self._after_step)

    # building

    def _build(self) -> None:
        # from the outside in: a widget that gets a parent hands its style on to all that is inside it already
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.splitter)
        self.source = SourcePane(self.splitter)
        middle = QWidget()
        self.splitter.addWidget(middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 8, 16, 12)
        column.setSpacing(8)
        self.shown = QStackedWidget()
        column.addWidget(self.shown, 1)
        self.tabs = QTabWidget()
        self.shown.addWidget(self.tabs)
        self.columns, self.questions, self.rows = ColumnsPane(), QuestionsPane(), RowsPane()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Columns, names to decide, rows"))
        for pane, words in ((self.columns, _("Co&lumns")), (self._decide(), _("&Decide")), (self.rows, _("Row&s"))):
            self.tabs.addTab(pane, words)
        self.message = QLabel(
            _("Choose a file, or paste a table that you copied. You then see how it was read and what would be done.")
            + "\n\n"
            + _("CSV and text, Excel and OpenDocument sheets, tables of web pages, and calendars can be read.")
        )
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setMargin(32)
        self.shown.addWidget(self.message)
        self.shown.setCurrentWidget(self.message)
        self.foot = Foot()
        self.detail, self.sum, self.rejects, self.do = (
            self.foot.detail, self.foot.sum, self.foot.rejects, self.foot.do,
        )  # fmt: skip
        column.addWidget(self.foot)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([SIDE, 700])
        self.source.setMinimumWidth(280)
        self._connect()
        self.setFocusProxy(self.source)

    def _decide(self) -> QWidget:
        """The names to decide below the words that say how."""
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self.keys = QLabel()
        self.keys.setWordWrap(True)
        self.keys.setProperty("quiet", True)
        self.keys.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.keys)
        column.addWidget(self.questions, 1)
        pane.setFocusProxy(self.questions)
        return pane

    def _connect(self) -> None:
        self.source.asked.connect(self.asked)
        self.source.table_chosen.connect(lambda at: self.look(replace(self.wish, table=at)))
        self.source.taken.connect(lambda is_taken: self.look(self.wish.saying(is_left_out=not is_taken)))
        self.source.type_chosen.connect(self._take_type)
        self.source.rule_chosen.connect(lambda rule: self.use_mapping(replace(self._mapping(), likely=rule)))
        self.source.read_otherwise.connect(self._read_otherwise)
        self.columns.changed.connect(self.use_mapping)
        for pane in (self.columns, self.questions, self.rows):
            pane.pointed.connect(lambda _words: self._point())
        self.tabs.currentChanged.connect(lambda _at: self._point())
        self.tabs.currentChanged.connect(lambda _at: self._enter_tab())
        self.questions.decided.connect(self._take_decisions)
        self.rows.opened.connect(self.opened)
        self._looking.went_on.connect(self.foot.show_progress)
        self.rejects.clicked.connect(lambda _checked=False: self.asked.emit("rejects"))
        self.do.clicked.connect(lambda _checked=False: self.apply())
        self.foot.cancel.clicked.connect(lambda _checked=False: self.stop())

    def _point(self) -> None:
        """Say in full what the line with the keyboard says, which its cells cut short."""
        if self.shown.currentWidget() is not self.tabs:
            words = ""
        else:
            words = (self.columns.reason, self.questions.told, self.rows.told)[self.tabs.currentIndex()]()
        self.detail.setText(words)
        self.detail.setVisible(bool(words))

    def panes(self) -> list[QWidget]:
        """The panes that the keyboard steps through."""
        return [self.source.choose, self._start_of_tab(), self.do]

    def _start_of_tab(self) -> QWidget:
        inside = self.tabs.currentWidget()
        boxes = self.columns.gates()
        if inside.focusProxy() is self.questions and self.questions.isHidden():
            return self.tabs.tabBar()  # nothing is to be decided
        return boxes[0] if inside is self.columns and boxes else inside

    def _enter_tab(self) -> None:
        """Alt and the letter of a tab give it the keyboard; arrows in the row of tabs keep it there."""
        if self.isVisible() and QApplication.focusWidget() is not self.tabs.tabBar():
            self._start_of_tab().setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Say how many rows there are, in the place of what the page before said."""
        super().showEvent(event)
        self._say_count()

    def _say_count(self) -> None:
        rows = self.looked.plan.rows if self.looked is not None and self.looked.plan is not None else []
        words = ngettext("{count} row", "{count} rows", len(rows)).format(count=f"{len(rows):,}")
        self.counted.emit(words if rows else "")

    # looking

    def open_file(self, path: Path) -> None:
        """Look at a file."""
        self._begin(Wish(path=path))

    def open_pasted(self, text: str) -> None:
        """Look at pasted text."""
        self._begin(Wish(pasted=text))

    def _begin(self, wish: Wish) -> None:
        """Look at something else: what was shown of the last file is gone."""
        self.looked = None
        name = wish.path.name if wish.path is not None else _("Pasted table")
        self.source.show_name(name)
        self.sum.setText("")
        self.rejects.setEnabled(False)
        self.message.setText(_("Looking at {name} …").format(name=name))
        self.shown.setCurrentWidget(self.message)
        self._point()
        self._say_count()
        self.look(wish)

    def look(self, wish: Wish) -> None:
        """Look at what is wished; nothing can be imported until it is known what that would do."""
        self.wish = wish
        self._pause.stop()
        self._is_recounting = self._imports_next = False
        self.do.setEnabled(False)
        self._looking.ask(wish)

    def _take_decisions(self, answers: dict[str, str]) -> None:
        """Count anew what is decided when no further decision follows; Import may be pressed at any time."""
        self.wish = self.wish.saying(mapping=self._mapping(), decisions=answers)
        if self._looking.is_running:
            self._looking.stop()
        self._is_recounting = True
        self._pause.start()

    def _mapping(self) -> Mapping:
        assert self.looked is not None and self.looked.plan is not None
        return self.wish.own.mapping or self.looked.plan.mapping

    def use_mapping(self, mapping: Mapping) -> None:
        """Look at the same table by another mapping."""
        self.look(self.wish.saying(mapping=mapping))

    def _take_type(self, type_name: str) -> None:
        """What a row is was chosen: the columns are guessed anew for it."""
        self.look(self.wish.saying(type=type_name, mapping=None, decisions={}))

    def _read_otherwise(self, choices: ReadingChoices) -> None:
        if choices != self.wish.choices:
            self.look(replace(self.wish, choices=choices, said={}))

    def stop(self) -> None:
        """Stop looking, or stop what is being written: then nothing of it is."""
        self._imports_next = False
        if self._writing.isActive():
            self._stopped.append(True)
        elif self._looking.is_running:
            self._looking.stop()
            self.told.emit(_("Stopped."))

    def escape(self) -> None:
        """Stop what runs; else leave the page. What was chosen stays."""
        if self._writing.isActive() or self._looking.is_running:
            self.stop()
        else:
            self.left.emit()

    @property
    def plan(self) -> Plan | None:
        """What importing the table that is shown would do, when that is known."""
        is_known = self.looked is not None and not self._looking.is_running and not self._is_recounting
        return self.looked.plan if self.looked is not None and is_known else None

    @property
    def plans(self) -> list[Plan]:
        """What importing all tables that are not left out would do, when that is known."""
        return list(self.looked.plans.values()) if self.looked is not None and self.plan is not None else []

    def _show(self, looked: Looked) -> None:
        self.wish = looked.wish
        if looked.problem is not None or looked.plan is None:
            self._show_problem(looked)
            return
        is_first = self.looked is None or self.looked.plan is None
        self.looked, self._is_recounting = looked, False
        plan = looked.plan
        self.source.show_looked(looked)
        self.columns.show_looked(looked)
        self.questions.show_questions(plan.questions, looked.wish.own.decisions, plan.mapping.likely)
        self.rows.show_rows(plan.rows)
        open_questions = sum(not looked.wish.own.decisions.get(each.key) for each in plan.questions)
        self.tabs.setTabText(1, _("&Decide ({count})").format(count=open_questions) if plan.questions else _("&Decide"))
        self.keys.setText(_(HOW_TO_DECIDE) if plan.questions else _(NOTHING_TO_DECIDE))
        self.questions.setVisible(bool(plan.questions))
        self.sum.setText("\n".join(filter(None, (words_of(plan), words_of_tables(looked)))))
        self.shown.setCurrentWidget(self.tabs)
        self._point()
        self.rejects.setEnabled(any(each.rejects for each in self.plans))
        self.do.setEnabled(any(each.changes_something for each in self.plans))
        self._say_count()
        if is_first:
            self.tabs.setCurrentIndex(0)
            if self.isVisible():
                self._start_of_tab().setFocus()
        if self._imports_next:
            self.apply()

    def _show_problem(self, looked: Looked) -> None:
        """The file is no table, or cannot be read so: say it, and keep what was there where it is the same file."""
        self.sum.setText("")
        self._is_recounting = self._imports_next = False
        for each in (self.rejects, self.do):
            each.setEnabled(False)
        self.message.setText(str(looked.problem))
        self.shown.setCurrentWidget(self.message)
        self._point()

    # writing

    def apply(self) -> None:
        """Write what is planned for all tables as one step; what was decided last is counted first."""
        if self._is_recounting:
            self._imports_next = True
            self.told.emit(_("Imported as soon as it is counted with what you decided. Esc stops it."))
            if not self._looking.is_running:
                self._pause.stop()
                self._looking.ask(self.wish)
            return
        self._imports_next = False
        plans = self.plans
        if not any(each.changes_something for each in plans):
            return
        self._stopped.clear()
        self.do.setEnabled(False)
        self._writing.start()

        def progress(done: int, total: int) -> bool:
            self._place = (done, total)
            return not self._stopped

        self.workspace.write(lambda database: apply(database, plans, progress), self._written, self._not_written)

    def _written(self, change: ChangeSet) -> None:
        self._end_writing()
        self.told.emit(_("Imported as step {step}. Ctrl+Z takes it back.").format(step=change.step))
        self.look(self.wish)
        self.source.choose.setFocus()

    def _not_written(self, error: Any) -> None:
        self._end_writing()
        if isinstance(error, Cancelled):
            self.told.emit(_("Cancelled; nothing was written."))
            self.do.setEnabled(True)
        elif isinstance(error, UserError):
            self.sum.setText(str(error))
            self.look(self.wish)
        else:
            self.workspace.report(error)

    def _end_writing(self) -> None:
        self._writing.stop()
        self._place = None
        self.foot.show_progress(-1, -1)

    def _after_step(self, _change: ChangeSet) -> None:
        """The workspace was changed: what was planned may no longer be so."""
        if not self.wish.is_empty and not self._writing.isActive():
            self.look(self.wish)

    # dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_file(paths[0])
