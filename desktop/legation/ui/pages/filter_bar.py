"""The filter of a page: a line in the filter language with completion, and below it what it asks, part by part.

Letters complete: Tab takes the first, Down and Up choose another and Enter takes that; else Enter goes to the table.
Each part of the sentence below has a mark that takes it away, and what has no date is never left out unsaid. Whoever
never learns the language chooses from the menu at the end of the line.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from legation.errors import UserError
from legation.fields.completion import Completion
from legation.i18n import _, ngettext
from legation.storage.facets import count_up_to
from legation.storage.filters.asking import NAMED, clauses_of, filters_in, require_lawful
from legation.storage.filters.completing import completions, keys_offered
from legation.storage.filters.conditions import Condition, Filter, Words, is_window, with_undated
from legation.storage.filters.keys import FLAGS
from legation.storage.filters.language import FilterProblem, parse_filters
from legation.storage.filters.sentences import Names, names_in, sentence_of
from legation.storage.queries import Query
from legation.storage.reading import Reader
from legation.ui.background import Lane
from legation.ui.forms.suggestion_list import SuggestionList

PAUSE_MILLISECONDS = 120
PATIENCE_MILLISECONDS = 1200  # a word that is being typed is wrong only when it goes no further
TAKES_AWAY = "×"
UNDATED = "undated"


class FilterLine(QLineEdit):
    """The line. `stepped` moves the choice among completions, `completed` takes it, `hidden` puts the list away.

    `left` tells that the keyboard has gone elsewhere.
    """

    stepped = Signal(int)
    completed = Signal()
    hidden = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.has_list = self.has_chosen = False
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(32)
        self.setPlaceholderText(_("Filter: words, or country:TKM since:2024"))
        self.setAccessibleName(_("Filter by words"))

    def event(self, event: QEvent) -> bool:
        """While completions are listed, Tab takes one and Esc puts them away."""
        if isinstance(event, QKeyEvent) and self.has_list:
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
                self.completed.emit()
                return True
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up choose a completion; Down also asks for what may stand here."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape and self.has_list:
            self.hidden.emit()
        elif is_enter and self.has_list and self.has_chosen:
            self.completed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away."""
        super().focusOutEvent(event)
        self.hidden.emit()
        self.left.emit()


class _Understood(NamedTuple):
    typed: str
    parts: list[str]
    problem: UserError | None
    names: Names
    undated: int = 0


class FilterBar(QWidget):
    """The filter of the records of a question. `changed` tells that it asks something else now."""

    changed = Signal()

    def __init__(self, query: Query, lane: Lane) -> None:
        super().__init__()
        self._query, self._lane = query, lane
        self.conditions: tuple[Condition, ...] = ()
        """What is asked: the last that was lawful."""
        self._found: list[Completion] = []
        self._names: Names = {}
        self._list: SuggestionList | None = None
        self._is_completing = True
        self._asks = QTimer(self)
        self._asks.setSingleShot(True)
        self._asks.setInterval(PAUSE_MILLISECONDS)
        self._asks.timeout.connect(self.look)
        self._unfinished: UserError | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._tell_unfinished)
        self._build()

    def _build(self) -> None:
        self.line = FilterLine()
        self.add = QToolButton()
        self.add.setText(_("Add filter"))
        self.add.setToolTip(_("Choose what to filter by; Down in the empty line does the same"))
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.add.setMinimumHeight(32)
        menu = QMenu(self.add)
        menu.aboutToShow.connect(self._fill_menu)
        self.add.setMenu(menu)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.RichText)
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.said.setProperty("links", True)
        self.said.setAccessibleName(_("What is asked for"))
        self.said.hide()
        self.problem = QLabel()
        self.problem.setProperty("problem", True)
        self.problem.setWordWrap(True)
        self.problem.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.problem)
        self.line.textChanged.connect(self._asks.start)
        self.line.textEdited.connect(self._edited)
        self.line.stepped.connect(self._step)
        self.line.completed.connect(lambda: self._complete(self._list.currentRow() if self._list else 0))
        self.line.hidden.connect(self._hide_list)
        self.line.left.connect(self._tell_unfinished)
        self.said.linkActivated.connect(self._follow)

    def look(self) -> None:
        """Understand what is typed, ask for it, and for what may complete it."""
        self._asks.stop()
        typed, query = self.line.text(), self._query
        try:
            conditions = parse_filters(typed)
            for each in conditions:
                clauses_of(each, query.record)
        except UserError as problem:
            self._show_problem(problem)
        else:
            if not any(each.key in NAMED for each in filters_in(conditions)):
                self._show_problem(None)
                self._ask_for(conditions)

        def understand(reader: Reader) -> _Understood:
            return _understood(reader, typed, query)

        self._lane.ask_too(understand, self._show_understood, lasts=True)
        if self._is_completing and self.line.hasFocus():
            self._ask_for_completions()

    def _ask_for(self, conditions: tuple[Condition, ...]) -> None:
        if conditions != self.conditions:
            self.conditions = conditions
            self.changed.emit()

    def sentence(self) -> str:
        """What is asked for, in words."""
        question = Query(self._query.record, self.conditions)
        return question.sentence(self._names)

    def add_condition(self, typed: str) -> None:
        """Ask for one more condition."""
        before = self.line.text().strip()
        self.set_text(f"{before} {typed}".strip())

    def set_text(self, text: str) -> None:
        """Ask for another filter, at once and without completing it."""
        self._is_completing = False
        self.line.setText(text)
        self.look()

    def _follow(self, link: str) -> None:
        if link == UNDATED:
            self.set_text(" ".join(str(each) for each in with_undated(self.conditions)))
            self.line.setFocus()
        else:
            self.take_away(int(link))

    def take_away(self, at: int) -> None:
        """Take away the condition with a number."""
        left = [str(each) for number, each in enumerate(self.conditions) if number != at]
        self.set_text(" ".join(left))
        self.line.setFocus()

    def _edited(self) -> None:
        self._is_completing = True
        self._hide_list()  # it was made for what stood here before

    def _show_problem(self, problem: UserError | None) -> None:
        """Tell what is wrong; of the word that is being typed only when the typing pauses or the word is left."""
        self._patience.stop()
        if problem is not None and str(problem) == self.problem.text():
            return
        self._unfinished = problem if problem is not None and self._is_typed(problem) else None
        self._tell_problem(None if self._unfinished is not None else problem)
        if self._unfinished is not None:
            self._patience.start()

    def _is_typed(self, problem: UserError) -> bool:
        """Whether a problem is of the word before the cursor, which may still go on."""
        end = problem.end if isinstance(problem, FilterProblem) else len(self.line.text())
        return self.line.hasFocus() and self.line.cursorPosition() == end and self.line.isModified()

    def _tell_unfinished(self) -> None:
        if self._unfinished is not None:
            self._patience.stop()
            problem, self._unfinished = self._unfinished, None
            self._tell_problem(problem)

    def _tell_problem(self, problem: UserError | None) -> None:
        self.problem.setText(str(problem) if problem is not None else "")
        self.problem.setVisible(problem is not None)
        self.line.setAccessibleDescription(str(problem) if problem is not None else "")
        if isinstance(problem, FilterProblem) and not self.line.hasFocus():
            self.line.setSelection(problem.start, problem.end - problem.start)

    def go_to_problem(self) -> bool:
        """Select the word that is not understood; False where all is."""
        self._tell_unfinished()
        try:
            parse_filters(self.line.text())
        except FilterProblem as problem:
            self.line.setSelection(problem.start, problem.end - problem.start)
        return self.problem.isVisibleTo(self)

    def _show_understood(self, answer: _Understood) -> None:
        if answer.typed != self.line.text():
            return
        if answer.problem is not None:
            self._show_problem(answer.problem)
            return
        self._names = answer.names
        self._show_problem(None)
        self._ask_for(parse_filters(answer.typed))
        keyed = [each for each in self.conditions if not isinstance(each, Words)]
        links = [
            f'{escape(part)}&nbsp;<a href="{at}" style="text-decoration: none">{TAKES_AWAY}</a>'
            for at, part in enumerate(answer.parts)
        ]
        if answer.undated:
            told = ngettext(
                "{count} without a date is left out", "{count} without a date are left out", answer.undated
            ).format(count=f"{answer.undated:,}")
            links.append(f'{escape(told)}&nbsp;<a href="{UNDATED}">{escape(_("show"))}</a>')
        self.said.setText(" &nbsp;·&nbsp; ".join(links))
        self.said.setAccessibleDescription("; ".join(answer.parts))
        self.said.setVisible(bool(keyed and answer.parts))

    # completing

    def _ask_for_completions(self) -> None:
        typed, at, query = self.line.text(), self.line.cursorPosition(), self._query

        def complete(reader: Reader) -> tuple[str, list[Completion]]:
            return typed, completions(reader, query, typed, at)

        self._lane.ask_too(complete, self._show_completions, lasts=True)

    def _show_completions(self, answer: tuple[str, list[Completion]]) -> None:
        typed, self._found = answer
        if typed != self.line.text() or not self.line.hasFocus() or not (typed.strip() or self._is_completing):
            return
        from legation.storage.suggesting import Suggestion

        if self._list is None:
            self._list = SuggestionList(self.line)
            self._list.taken.connect(self._complete)
        self._list.fill([Suggestion("", 0, 0, each.label, "", each.also) for each in self._found], "")
        self.line.has_list, self.line.has_chosen = self._list.isVisible(), False

    def _step(self, step: int) -> None:
        if self._list is not None and self.line.has_list:
            self.line.has_chosen = True
            self._list.move_choice(step)
        elif step > 0:
            self._is_completing = True
            self._ask_for_completions()

    def _complete(self, row: int) -> None:
        """Put a completion in the place of the word being typed."""
        if not 0 <= row < len(self._found):
            return
        chosen, typed = self._found[row], self.line.text()
        goes_on = chosen.text.endswith((":", "<="))
        after = "" if goes_on or typed[chosen.end :].startswith(" ") else " "
        self._hide_list()
        self.line.setText(typed[: chosen.start] + chosen.text + after + typed[chosen.end :])
        self.line.setCursorPosition(chosen.start + len(chosen.text) + len(after))
        self.line.setFocus()
        self._is_completing = goes_on
        self.look()

    def _hide_list(self) -> None:
        self.line.has_list = False
        if self._list is not None:
            self._list.hide()

    def _fill_menu(self) -> None:
        """List the keys that apply, by what they mean."""
        menu = self.add.menu()
        menu.clear()
        for each in keys_offered(self._query.record):
            menu.addAction(f"{each.also}\t{each.text}", lambda text=each.text: self._begin(text))  # type: ignore[misc]

    def _begin(self, text: str) -> None:
        """Begin a condition that was chosen from the menu."""
        before = self.line.text().rstrip()
        self.line.setText(f"{before} {text}".lstrip() + (" " if text in FLAGS else ""))
        self.line.setFocus()
        self._is_completing = True
        self.look()


def _understood(reader: Reader, typed: str, query: Query) -> _Understood:
    """The parts of a filter in words, and what is wrong with it."""
    try:
        conditions = parse_filters(typed)
        names = names_in(reader, conditions)
        parts = [sentence_of(each, query.record, names) for each in conditions]
        require_lawful(reader, typed, query.record)
        others = [each for each in conditions if not is_window(each)]
        asks = len(others) < len(conditions)
        undated = count_up_to(reader, query.filtered(*others, Filter(UNDATED))) if asks else 0
    except UserError as problem:
        return _Understood(typed, [], problem, {})
    return _Understood(typed, parts, None, names, undated)
