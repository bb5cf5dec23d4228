"""The palette: any command, page, report or record by a few letters. Ctrl+K, letters, Enter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from legation.fields.folding import fold
from legation.i18n import N_, _
from legation.records.catalogue import record_type
from legation.reports.catalogue import REPORTS
from legation.storage.reading import Reader
from legation.storage.suggesting import Suggestion, suggest
from legation.ui.forms.suggestion_list import QUIET, ROW, SuggestionRows

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

SOUGHT = ("country", "person", "event", "organisation", "post", "outcome", "source", "topic")
MOST_RECORDS = 12
MOST_COMMANDS = 6
WIDTH = 560
PAIR = re.compile(r"\s*(.+?)\s+[x×]\s+(.+?)\s*", re.IGNORECASE)
PAGE = N_("Page")
VIEW = N_("Saved view")
REPORT = N_("Report")


@dataclass(frozen=True)
class Entry:
    """A line of the palette: what it is called, what stands quietly beside it, and what it does."""

    label: str
    beside: str
    run: Callable[[], None]


def entries_of(window: MainWindow) -> list[Entry]:
    """The commands that can run now and the pages, with their keys beside them."""
    from legation.ui.commands.catalogue import COMMANDS
    from legation.ui.commands.chosen_keys import shown_key
    from legation.ui.pages.catalogue import PAGES

    found, pages = [], [page.name for page in PAGES]
    for page in PAGES if window.workspace is not None else ():
        key = shown_key(window, f"page-{page.name}")
        found.append(Entry(_(page.label), _beside(_(PAGE), key), lambda name=page.name: window.show_page(name)))  # type: ignore[misc]
    for report in REPORTS.values() if window.workspace is not None else ():
        beside = _beside(_(REPORT), _(report.about))
        found.append(Entry(_(report.label), beside, lambda name=report.name: window.show_report(name)))  # type: ignore[misc]
    for view in window.views.all:
        found.append(Entry(view.name, _(VIEW), lambda view=view: window.views.show(view)))  # type: ignore[misc]
    for command in COMMANDS:
        if window.actions_by_id[command.id].isEnabled() and command.id not in ("palette", *pages):
            menu = _(command.menu).replace("&", "")
            keys = shown_key(window, command.id)
            found.append(Entry(command.name, _beside(menu, keys), lambda each=command: window.run(each)))  # type: ignore[misc]
    return found


def matching(entries: list[Entry], typed: str) -> list[Entry]:
    """The entries in whose label every typed word begins a word; those that begin with the first word come first."""
    words = fold(typed).split()
    found = [
        each
        for each in entries
        if all(any(part.startswith(word) for part in fold(each.label).split()) for word in words)
    ]
    return sorted(found, key=lambda each: not fold(each.label).startswith(words[0] if words else ""))


def _beside(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


class Palette(QDialog):
    """A line and what it finds; the best is chosen, arrows choose others, Enter goes there, Esc closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._window = window
        self._entries = entries_of(window)
        self._listed: list[Entry] = []
        self._records: list[Entry] = []
        self.setAccessibleName(_("Go anywhere"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Go to a record, a page, a report or a command"))
        self.line.setAccessibleName(_("Go to a record, a page, a report or a command"))
        self.line.setMinimumHeight(36)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(_("What was found"))
        self.list.setItemDelegate(SuggestionRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self._go())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(30)
        self._pause.timeout.connect(self._ask)
        self._goes_when_found = False
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        self._show()

    def place(self) -> None:
        """Stand in the upper middle of the window."""
        width = min(WIDTH, self._window.width() - 32)
        self.setFixedSize(width, 36 + 24 + 12 * ROW + 4)
        self.move(self._window.mapToGlobal(QPoint((self._window.width() - width) // 2, 56)))

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Arrows in the line choose in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key()), 0
            )
            if step:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return False

    def _typed(self, text: str) -> None:
        self._goes_when_found = False
        self._records = []
        if text.strip():
            self._pause.start()
        self._show()

    def _ask(self) -> None:
        workspace, typed = self._window.workspace, self.line.text()
        if workspace is None:
            return

        def read(reader: Reader) -> tuple[str, list[Suggestion]]:
            if pair := PAIR.fullmatch(typed):
                found = [suggest(reader, "country", part, limit=1) for part in pair.groups()]
                return typed, [each[0] for each in found if each]
            return typed, suggest(reader, SOUGHT, typed, limit=MOST_RECORDS)

        workspace.typed.ask(read, self._take)

    def _take(self, answer: tuple[str, list[Suggestion]]) -> None:
        typed, found = answer
        if typed != self.line.text():
            return
        if PAIR.fullmatch(typed):
            self._records = [self._pair(*found)] if len(found) == 2 else []
        else:
            self._records = [self._entry(each) for each in found]
        self._show()
        if self._goes_when_found:
            self._go()

    def _entry(self, found: Suggestion) -> Entry:
        beside = _beside(_(record_type(found.record).label), found.matched, found.also)
        return Entry(found.label, beside, lambda: self._window.go_to(found.record, found.id))

    def _pair(self, one: Suggestion, other: Suggestion) -> Entry:
        label = _("{one} and {other}").format(one=one.label, other=other.label)
        return Entry(label, _("Two countries"), lambda: self._window.go_to("dyad", f"{one.key}-{other.key}"))

    def _show(self) -> None:
        typed = self.line.text().strip()
        commands = matching(self._entries, typed)
        self._listed = [*commands[:MOST_COMMANDS], *self._records] if typed else commands
        if typed and self._records and not (commands and fold(commands[0].label).startswith(fold(typed))):
            self._listed = [*self._records, *commands[:MOST_COMMANDS]]
        self.list.clear()
        for each in self._listed:
            item = QListWidgetItem(each.label)
            item.setData(QUIET, each.beside)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _enter(self) -> None:
        if self._pause.isActive() or (self.line.text().strip() and not self._records):
            self._goes_when_found = not self._is_a_command()
        if not self._goes_when_found:
            self._go()

    def _is_a_command(self) -> bool:
        """Whether what is typed begins a command or page, so that records need not be waited for."""
        return any(fold(each.label).startswith(fold(self.line.text().strip())) for each in self._listed)

    def _go(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._listed):
            self._goes_when_found = False
            return
        entry = self._listed[row]
        self.close()
        QTimer.singleShot(0, self._window, entry.run)


def open_palette(window: MainWindow) -> None:
    """Open the palette over a window."""
    palette = Palette(window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    palette.place()
    palette.show()
    palette.line.setFocus()
