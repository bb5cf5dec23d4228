"""One-line entry: a line an event, understood while it is typed. Enter adds; a pasted list adds an event for each line.

What is not understood stays in the box with the reason; what was typed is kept when the dialog is closed.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout

from legation import settings
from legation.fields.completion import Completion
from legation.i18n import N_, _, ngettext
from legation.matching.completing import completions
from legation.matching.one_line import add_line, read_line
from legation.matching.understood_line import Line, Part
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.storage.suggesting import Suggestion
from legation.ui.forms.suggestion_list import SuggestionList
from legation.ui.look import theme

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

PAUSE_MILLISECONDS = 80
KEPT = "one-line"
GRAMMAR = (  # what may be written, and what it means; the manual has all of it
    (N_("27 jan 2025"), N_("the date first; without one the event is only proposed")),
    (N_("consultations"), N_("then the kind, or how it begins")),
    (N_("TKM>JPN"), N_("then the parties: guest and host; KAZ+UZB+JPN without a host; UN(observer)")),
    (N_("@Tokyo"), N_("the place")),
    (N_("Gurbanov / Ishikawa; Sato (adviser)"), N_("delegates, with or without their posts: the next party after /")),
    (N_("#power act:noted by:JPN"), N_("a topic, what was done with it, and by whom")),
    (N_('outcome:"Joint statement" owner:JPN due:2026'), N_("something agreed, who must act, until when")),
    (N_("src:caspianpost.com para:4"), N_("a source, and where in it")),
    (N_('in:"World Expo" round:2 status:held …'), N_("more of the form, key by key: type a letter or two")),
    (N_('"political consultations"'), N_("the title; without it one is proposed")),
)
EXAMPLE = N_("27 jan consultations TKM>JPN @Tokyo Gurbanov / Ishikawa #power src:caspianpost.com")


class LinesBox(QPlainTextEdit):
    """The text; `entered` tells Enter, `moved` an arrow among the completions, `completed` that Tab takes one."""

    entered = Signal()
    moved = Signal(int)
    completed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.completes = False
        """Whether completions are on show."""
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, Shift+Enter makes another line; Tab and the arrows serve the completions while they show."""
        key, step = event.key(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif self.completes and step:
            self.moved.emit(step)
        elif self.completes and key == Qt.Key.Key_Tab:
            self.completed.emit()
        else:
            super().keyPressEvent(event)


class OneLineDialog(QDialog):
    """The box, what was understood of the line with the cursor, and completions over the box."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        assert window.workspace is not None
        self._window, self._workspace = window, window.workspace
        self._number = 0
        self._waiting = 0
        self._added = 0
        self._left: list[str] = []
        self._found: list[Completion] = []
        self.setWindowTitle(_("One-line entry"))
        self.resize(760, 560)
        self.box = LinesBox()
        self.box.setAccessibleName(_("Events, one on a line"))
        self.box.setPlaceholderText(_(EXAMPLE))
        self.box.setFixedHeight(96)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.RichText)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setAccessibleName(_("What was understood"))
        self.told.setMargin(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.told)
        self.help = QLabel(_("Enter adds · Tab completes · Shift+Enter begins another line · Esc closes and keeps"))
        self.help.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for each in (area, self.box, self.help):
            column.addWidget(each)
        self._list = SuggestionList(self.box)
        self._list.taken.connect(self._complete)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._look)
        self.box.setPlainText(str(settings.read_state(KEPT).get("text", "")))
        self.box.selectAll()
        self.box.textChanged.connect(self._typed)
        self.box.cursorPositionChanged.connect(self._pause.start)
        self.box.entered.connect(self.add)
        self.box.moved.connect(self._list.move_choice)
        self.box.completed.connect(lambda: self._complete(self._list.currentRow()))
        self._look()

    def lines(self) -> list[str]:
        """The lines that say something."""
        return [each.strip() for each in self.box.toPlainText().splitlines() if each.strip()]

    def _typed(self) -> None:
        text = self.box.toPlainText()
        self._workspace.keeper.put(lambda _nothing: settings.write_state(KEPT, {"text": text}), lambda _done: None)
        self._hide_list()
        self._pause.start()

    def _look(self) -> None:
        """Ask what the line with the cursor says, and how it may go on."""
        self._pause.stop()
        self._number += 1
        number, line, at = self._number, self._line(), self.box.textCursor().positionInBlock()

        def read(reader: Reader) -> tuple[int, Line | None, list[Completion]]:
            understood = read_line(reader, line) if line.strip() else None
            return number, understood, completions(reader, line, at) if line.strip() else []

        self._workspace.typed.ask(read, self._show)

    def _line(self) -> str:
        return self.box.textCursor().block().text()

    def _show(self, answer: tuple[int, Line | None, list[Completion]]) -> None:
        number, line, self._found = answer
        if number != self._number:
            return
        colours = self.palette()
        quiet, wrong = colours.color(colours.ColorRole.PlaceholderText).name(), self._problem_colour()
        self.told.setText(_preview(line, quiet, wrong) if line is not None else _grammar(quiet))
        self.told.setAccessibleDescription(line.told() if line is not None else "")
        shown = [Suggestion("", 0, 0, each.label, "", each.also) for each in self._found]
        if shown and self.box.hasFocus():
            self._list.fill(shown, "")
        else:
            self._hide_list()
        self.box.completes = self._list.isVisible()

    def _problem_colour(self) -> str:
        """The colour of what is wrong, light or dark as the window is now."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return theme.colours(application)["problem"]

    def _hide_list(self) -> None:
        self._list.hide()
        self.box.completes = False

    def _complete(self, row: int) -> None:
        """Put a completion in the place of the word being typed."""
        if not 0 <= row < len(self._found):
            return
        chosen, cursor = self._found[row], self.box.textCursor()
        start = cursor.block().position()
        cursor.setPosition(start + chosen.start)
        cursor.setPosition(start + chosen.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(chosen.text + " ")
        self.box.setTextCursor(cursor)
        self._hide_list()

    def add(self) -> None:
        """Add an event for each line, a step each; lines that are not understood stay."""
        lines = self.lines()
        if not lines or self._waiting:
            return
        self._hide_list()
        self._waiting, self._added, self._left = len(lines), 0, []
        for each in lines:
            self._add(each)

    def _add(self, text: str) -> None:
        def refused(error: BaseException) -> None:
            self._done(text, None)
            self._workspace.report(error)

        self._workspace.write(
            lambda database: add_line(database, text)[1], lambda change: self._done(text, change), refused
        )

    def _done(self, text: str, change: ChangeSet | None) -> None:
        self._waiting -= 1
        if change is None:
            self._left.append(text)
        else:
            self._added += 1
        if self._waiting:
            return
        self.box.setPlainText("\n".join(self._left))
        added = ngettext("Added {count} event. Undo: Ctrl+Z", "Added {count} events. Undo: Ctrl+Z", self._added)
        told = [added.format(count=self._added)] if self._added else []
        if self._left:
            left = ngettext("{count} line is not understood.", "{count} lines are not understood.", len(self._left))
            told.append(left.format(count=len(self._left)))
        self.help.setText(" · ".join(told))
        self._window.tell(" · ".join(told))


def _preview(line: Line, quiet: str, problem: str) -> str:
    """What a line was understood as, as simple HTML: mistakes and what is there already first. Two colours by name."""
    first = [
        f'<p style="color: {problem}">{escape(f"{_quoted(line, each)}: {each.words}")}</p>' for each in line.problems
    ]
    if line.known:
        more = len(line.known) - 1
        told = _("You already have this: {event}").format(event=line.known[0])
        told = " · ".join([told, *([_("and {count} more").format(count=more)] if more else [])])
        first.append(f"<p>{escape(told)}</p>")
    rows = "".join(
        f'<tr><td style="padding-right: 24px; color: {quiet}">{escape(line.text[each.start : each.end])}</td>'
        f"<td>{escape(each.words)}</td></tr>"
        for each in line.parts
        if not each.problem
    )
    title = escape(str(line.draft["title"] or _("Event")))
    return f"<p><b>{title}</b></p>{''.join(first)}<table style='margin-top: 8px'>{rows}</table>"


def _grammar(quiet: str) -> str:
    """What a line may say, shown while there is none."""
    rows = "".join(
        f'<tr><td style="padding-right: 24px; padding-bottom: 6px">{escape(_(written))}</td>'
        f'<td style="color: {quiet}">{escape(_(means))}</td></tr>'
        for written, means in GRAMMAR
    )
    return f"<p><b>{escape(_('One line an event'))}</b></p><table>{rows}</table>"


def _quoted(line: Line, part: Part) -> str:
    """The stretch of a line that is wrong; the end of the line where something is missing."""
    return line.text[part.start : part.end] or _("At the end")
