"""The Reports page: the reports and report sets on the left, the options of the chosen one, and its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from legation.errors import UserError
from legation.i18n import N_, _, ngettext
from legation.reports.catalogue import REPORTS, report_named
from legation.reports.running import new_options
from legation.reports.sets import request_of
from legation.storage.loading import link_labels
from legation.storage.report_sets import KeptReport
from legation.storage.steps import ChangeSet
from legation.ui.forms.context import Names
from legation.ui.forms.tab_order import ReadingOrder
from legation.ui.reports.lists import ReportList, SetList, SetRows, rows_of_sets
from legation.ui.reports.making import FIRST_ROWS, Made, Making
from legation.ui.reports.options_pane import OptionsPane, Wish
from legation.ui.reports.paper import Paper
from legation.ui.reports.reading import Reading
from legation.ui.workspace import Workspace

PAUSE_MILLISECONDS = 250  # after the last key in an option
BUTTONS = (
    ("save-report", N_("&Save as…")),
    ("print-report", N_("&Print…")),
    ("copy-report", N_("&Copy")),
    ("keep-set", N_("Save i&n a set…")),
)
SIDE, FORM = 220, 280  # pixels wide at first


class ReportsPage(ReadingOrder):
    """Shows one report at a time; what was asked for is kept for each while the window is open.

    `counted` says how long the report is, `told` carries a line for the status bar, `left` that Esc leaves the page;
    `wants` carries the id of a command that a key of a list stands for; `followed` the record that a row leads to.
    """

    counted = Signal(str)
    told = Signal(str)
    left = Signal()
    wants = Signal(str)
    followed = Signal(str, object)

    def __init__(self, workspace: Workspace, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.wishes: dict[str, Wish] = {}
        self.made: Made | None = None
        """The report on show; None when what is asked for is not made."""
        self.set_name = ""
        """The set that was opened or kept last."""
        self._is_large = False
        self._is_stale = True
        self._making = Making(workspace)
        self._making.made.connect(self._show_made)
        self._making.went_on.connect(self._show_progress)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.make)
        self._build(actions)
        workspace.changed.connect(self._after_step)
        self.list.choose(next(iter(REPORTS)))
        self._show_chosen()
        self._ask_sets()

    # building

    def _build(self, actions: Mapping[str, QAction]) -> None:
        # from the outside in: a widget that gets a parent hands its style on to all that is inside it already
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.splitter)
        self.list, self.sets = ReportList(), SetList()
        self.side = QWidget()
        self.splitter.addWidget(self.side)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(8, 8, 0, 8)
        column.setSpacing(8)
        self.sets_title = QLabel(_("Report sets"))
        self.sets_title.setProperty("section", True)
        self.no_sets = QLabel(_("Reports that are handed out together. Ctrl+Shift+S keeps the one on show in a set."))
        self.no_sets.setProperty("quiet", True)
        self.no_sets.setWordWrap(True)
        self.no_sets.setContentsMargins(4, 0, 4, 4)
        for each, stretch in ((self.list, 3), (self.sets_title, 0), (self.no_sets, 0), (self.sets, 2)):
            column.addWidget(each, stretch)
        self.sets.hide()
        self.options = OptionsPane(self.workspace)
        self.splitter.addWidget(self.options)
        self._make_preview(actions)
        for pane, stretch in enumerate((0, 0, 1)):
            self.splitter.setStretchFactor(pane, stretch)
            self.splitter.setCollapsible(pane, False)
        self.side.setMinimumWidth(180)
        self.options.setMinimumWidth(260)
        self.splitter.setSizes([SIDE, FORM, 600])
        self.list.currentRowChanged.connect(lambda _row: self._choose_from_list())
        self.list.entered.connect(self.options.give_keyboard)
        self.sets.currentRowChanged.connect(lambda _row: self._open_from_set())
        self.sets.entered.connect(self._enter_set)
        self.sets.unwanted.connect(lambda: self.wants.emit("forget-set"))
        self.options.changed.connect(self._pause.start)
        self.setFocusProxy(self.list)

    def _make_preview(self, actions: Mapping[str, QAction]) -> None:
        """The buttons, the pages or a sentence in their place, and below how far the work is."""
        made = QWidget()
        self.splitter.addWidget(made)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(8)
        buttons = QHBoxLayout()
        column.addLayout(buttons)
        buttons.setSpacing(8)
        for id, label in BUTTONS:
            button = QPushButton(_(label))
            action = actions[id]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(" · ".join(part for part in (action.statusTip(), keys) if part))
            button.clicked.connect(lambda _checked=False, action=action: action.trigger())
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.paper, self.message = Paper(), QLabel()
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setMargin(32)
        self.shown = QStackedWidget()
        self.shown.addWidget(self.message)
        self.shown.addWidget(self.paper)
        self.place, self.progress, self.cancel = QLabel(), QProgressBar(), QPushButton(_("Cancel"))
        self.place.setProperty("quiet", True)
        self.progress.setMaximumWidth(160)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("How far the report is"))
        self.cancel.clicked.connect(lambda _checked=False: self.stop())
        below = QHBoxLayout()
        below.setSpacing(8)
        self.reading = Reading(self.paper)
        self.reading.followed.connect(self.followed)
        self.reading.told.connect(self.told)
        below.addWidget(self.reading.line)
        below.addWidget(self.place, 1)
        for each in (self.progress, self.cancel):
            each.hide()
            below.addWidget(each)
        column.addWidget(self.shown, 1)
        column.addLayout(below)
        self.paper.moved.connect(self._say_place)
        self.paper.enlarged.connect(lambda: self.reading.follow() or self.show_large(not self._is_large))
        self.paper.copied.connect(lambda: self.wants.emit("copy-report"))

    def panes(self) -> list[QWidget]:
        """The panes that the keyboard steps through."""
        return [self.list, self.sets, self.options, self.paper]

    # choosing

    @property
    def wish(self) -> Wish:
        """What is asked for now."""
        return self.wishes[self.list.chosen()]

    def show_report(self, name: str, **values: Any) -> None:
        """Choose a report; `values` are options that differ from what was asked for before. The keyboard goes to the
        first option that lacks something, or stays in the list."""
        if values or name not in self.wishes:
            self.wishes[name] = Wish(report_named(name), new_options(report_named(name), **values))
        self.list.choose(name)
        self._choose_from_list()
        self.list.setFocus()
        if self.wish.problems():
            QTimer.singleShot(0, self.options, self.options.give_keyboard)

    def _choose_from_list(self) -> None:
        self.sets.leave()
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the form of the chosen report, with what was asked for last."""
        name = self.list.chosen()
        wish = self.wishes.setdefault(name, Wish(REPORTS[name], new_options(REPORTS[name])))
        has_links = any(wish.options[each.name] is not None for each in wish.options.record.links)
        if not has_links:
            self._show_form(wish, {})
        else:
            self.workspace.details.ask_too(
                lambda reader: link_labels(reader, wish.options),
                lambda names: self._show_form(wish, names),
                lasts=True,
                owner=self,
            )

    def _show_form(self, wish: Wish, names: Names) -> None:
        if wish is not self.wish:
            return
        self.options.show_wish(wish, names)
        self.make()

    # making

    def showEvent(self, event: QShowEvent) -> None:
        """Make the report anew: something may have changed while the page was hidden."""
        super().showEvent(event)
        if self._is_stale:
            self.make()
        elif self.made is not None:
            self._tell_count(self.made)

    def make(self) -> None:
        """Make what is asked for; a hidden page makes it when it is shown."""
        self._pause.stop()
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        wish = self.wish
        problems = self.options.show_problems()
        if problems:
            self._making.stop()
            self.made = None
            self._say("\n".join(dict.fromkeys(problems.values())))
        else:
            self._making.ask(wish.request(), wish.since)

    @property
    def is_current(self) -> bool:
        """Whether the report on show is what is asked for."""
        return self.made is not None and not self._pause.isActive() and not self._is_making_first

    @property
    def _is_making_first(self) -> bool:
        return self._making.is_running and not (self.made is not None and self.made.is_part)

    def stop(self) -> None:
        """Stop what is being made; what was shown stays."""
        part = self.made is not None and self.made.is_part
        self._making.stop()
        self._say_place()
        if not part:
            self.told.emit(_("Stopped. Any change of an option begins again."))

    def _show_made(self, made: Made) -> None:
        if made.problem is not None or made.document is None or made.pages is None:
            self.made = None
            self._show_problem(made)
            return
        self.made = made
        self.shown.setCurrentWidget(self.paper)
        self.paper.show_pages(made.pages)
        self.paper.setAccessibleDescription(made.document.title)
        wish = self.wish
        if made.request.since is not None and wish.taken_from != wish.since:
            wish.taken_from = wish.since
            self.options.refill(dict(made.request.since.options))
        self._tell_count(made)

    def _show_problem(self, made: Made) -> None:
        wish, sentence = self.wish, str(made.problem or "")
        name = "since" if wish.since and made.request.since is None else ""
        if wish.since and made.request.since is not None and not name:
            name = "since"
        elif made.request.as_of is not None and not name:
            name = "as_of"
        elif not name and wish.options["where"]:
            name = "where"
        if name:
            self.options.tell(name, sentence)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        """Say a sentence in place of the pages."""
        had_keyboard = self.paper.hasFocus()
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self.paper.show_pages(None)
        self.shown.setCurrentWidget(self.message)
        self.counted.emit("")
        self._say_place()
        if had_keyboard:
            self.options.give_keyboard()

    def _say_place(self) -> None:
        said = (self.paper.place(), self._told_of_part())
        self.place.setText(" · ".join(each for each in said if each))

    def _told_of_part(self) -> str:
        """That more rows are saved and printed than are shown; "" where all are shown or come yet."""
        if self.made is None or self._making.is_running:
            return ""
        if self.made.is_part:
            return _("The first {rows} rows; saving and printing take all.").format(rows=FIRST_ROWS)
        if self.made.is_cut and self.made.pages is not None:
            sentence = _("The first {pages} pages are shown; saving and printing take all.")
            return sentence.format(pages=f"{self.made.pages.count:,}")
        return ""

    def _tell_count(self, made: Made) -> None:
        about = made.document.about if made.document is not None else None
        rows = about.rows if about is not None else 0
        said = ngettext("{count} row", "{count} rows", rows).format(count=f"{rows:,}")
        self.counted.emit(said)
        self._say_place()

    def _show_progress(self, done: int, total: int) -> None:
        is_long = done >= 0
        had_keyboard = self.cancel.hasFocus()
        for each in (self.progress, self.cancel):
            each.setVisible(is_long)
        if is_long:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
            self.place.setText(_("Laying out the pages…") if total else _("Making the report…"))
        else:
            self._say_place()
            if had_keyboard:
                self.paper.setFocus()

    def _after_step(self, change: ChangeSet) -> None:
        """Make the report anew after a step, and list the sets anew after one that changed no record."""
        if not change.records:
            self._ask_sets()
        if change.records or not change.step:
            self._is_stale = True
            if self.isVisible():
                self._pause.start()

    # sets

    def _ask_sets(self) -> None:
        self.workspace.details.ask_too(rows_of_sets, self._list_sets, lasts=True)

    def _list_sets(self, found: list[SetRows]) -> None:
        self.sets.fill(found)
        self.sets.setVisible(bool(found))
        self.no_sets.setVisible(not found)

    def _open_from_set(self) -> None:
        """Show the chosen report of a set; of the set itself its first."""
        chosen = self.sets.chosen()
        if chosen is None:
            return
        kept, at = chosen
        self.set_name = kept.name
        self._open_kept(kept.reports[max(at, 0)])

    def _open_kept(self, kept: KeptReport) -> None:
        try:
            request = request_of(kept)
        except UserError as problem:
            self.told.emit(str(problem))
            return
        wish = Wish(request.report, request.options)
        wish.beside["as_of"], wish.beside["grain"] = kept.as_of or None, kept.grain or None
        wish.beside["since"] = wish.taken_from = kept.since
        self.wishes[request.report.name] = wish
        self.list.choose(request.report.name)
        self._show_chosen()

    def _enter_set(self) -> None:
        """Enter on a set writes it; on a report of it, goes on to its options."""
        chosen = self.sets.chosen()
        if chosen is not None and chosen[1] < 0:
            self.wants.emit("write-set")
        else:
            self.options.give_keyboard()

    # leaving

    def show_large(self, wanted: bool) -> None:
        """Give the pages the whole page of the window, or show the lists and options again."""
        self._is_large = wanted
        self.side.setVisible(not wanted)
        self.options.setVisible(not wanted)
        self.told.emit(_("Esc goes back to the options.") if wanted else "")
        self.paper.setFocus()

    def escape(self) -> None:
        """Leave the large pages, else the page."""
        if self._is_large:
            self.show_large(False)
        else:
            self.left.emit()
