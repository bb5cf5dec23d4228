"""The page of likely duplicates: pairs with the reason, the facts of both, and one key for each decision.

The search goes on in the background and the pairs come as they are found. What is decided goes from the list at once;
the next pair is chosen, so that a hand never leaves the keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from legation.documents.document import Document
from legation.documents.to_rich_text import to_rich_text
from legation.i18n import N_, _, ngettext
from legation.quality.duplicates import SEARCHES, duplicates, portion
from legation.quality.merging import MERGE, NOT_SAME, tell_apart
from legation.quality.pair_facts import build
from legation.quality.pairs import Found, Pair
from legation.records.catalogue import record_type
from legation.storage.labels import labels
from legation.storage.reading import Reader
from legation.storage.steps import ChangeSet
from legation.ui.dialogs.merge import MergeDialog
from legation.ui.forms.choices import Choices
from legation.ui.look.theme import colours
from legation.ui.workspace import Workspace

NAME = 168  # pixels of a name's column
MOST = 2000  # pairs listed at a time; more are found when these are worked through
AT_ONCE, SECONDS = 50, 0.2  # how much of the search is done before others may ask
CONCERNED = frozenset({"person", "organisation", "alias", "appointment", "post"})
KEYS = N_("M merges, N says that they are not the same, S puts them last. Enter opens one, Shift+Enter the other.")


@dataclass
class _Search:
    """One search: what it looks through, what it has found, and whether it has ended."""

    record: str
    found: Found | None = None
    pairs: list[Pair] = field(default_factory=list)
    names: dict[Any, str] = field(default_factory=dict)
    has_ended: bool = False
    is_asked: bool = False


class DuplicatesPage(QWidget):
    """`counted` says how many pairs are listed; `told` is for the status line; `followed` carries a record to open."""

    counted = Signal(str)
    told = Signal(str)
    followed = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._search = _Search("person")
        self._is_old = True
        self._document: Document | None = None
        self.what = Choices()
        self.what.setAccessibleName(_("What is looked through"))
        for name in SEARCHES:
            self.what.addItem(_(record_type(name).plural), name)
        self.what.currentIndexChanged.connect(lambda _at: self.restart())
        self.state = QLabel()
        self.state.setProperty("quiet", True)
        self.list = self._make_list()
        self.facts = QTextBrowser()
        self.facts.setProperty("pane", True)
        self.facts.setAccessibleName(_("What is known of both"))
        self.facts.setOpenLinks(False)
        self.facts.anchorClicked.connect(self._follow)
        self.facts.document().setDocumentMargin(16)
        self._lay_out()
        workspace.changed.connect(self._after_step)

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(_("Likely duplicates"))
        made.setHeaderLabels([_("One"), _("Other"), _("Why")])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setProperty("sheet", True)
        for column in (0, 1):
            made.header().resizeSection(column, NAME)
        made.currentItemChanged.connect(lambda _now, _before: self._show_facts())
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 0)
        head.setSpacing(16)
        head.addWidget(self.what)
        head.addWidget(self.state, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(self.facts)
        splitter.setSizes([680, 420])
        splitter.setStretchFactor(0, 1)
        keys = QLabel(_(KEYS))
        keys.setProperty("quiet", True)
        keys.setWordWrap(True)
        keys.setContentsMargins(8, 0, 8, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(splitter, 1)
        column.addWidget(keys)

    # the search

    @property
    def is_done(self) -> bool:
        """Whether everything was looked through."""
        return self._search.has_ended

    def restart(self) -> None:
        """Search anew."""
        self._search = _Search(str(self.what.currentData()))
        self._is_old = False
        self.list.clear()
        self._go_on()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin the search, or go on with it."""
        super().showEvent(event)
        self.restart() if self._is_old else self._go_on()
        self._count()

    def _go_on(self) -> None:
        search = self._search
        if search.has_ended or search.is_asked or len(search.pairs) >= MOST or not self.isVisible():
            self._count()
            return
        search.is_asked = True

        def read(reader: Reader) -> tuple[_Search, list[Pair], dict[Any, str], bool]:
            if search.found is None:
                search.found = duplicates(reader, search.record)
            pairs, has_ended = portion(search.found, AT_ONCE, SECONDS)
            ids = {id for each in pairs for id in (each.first, each.second)}
            return search, pairs, labels(reader, record_type(search.record), ids), has_ended

        self.workspace.long.ask_too(read, self._take, lasts=True, owner=self)
        self._count()

    def _take(self, answer: tuple[_Search, list[Pair], dict[Any, str], bool]) -> None:
        search, pairs, names, search.has_ended = answer
        search.is_asked = False
        search.pairs += pairs
        search.names |= names
        if search is self._search:
            for pair in pairs:
                self.list.addTopLevelItem(self._item(pair))
            if self.list.currentItem() is None and self.list.topLevelItemCount():
                self.list.setCurrentItem(self.list.topLevelItem(0))
            self._go_on()

    def _item(self, pair: Pair) -> QTreeWidgetItem:
        names = self._search.names
        item = QTreeWidgetItem([names.get(pair.first, ""), names.get(pair.second, ""), pair.reason])
        item.setData(0, Qt.ItemDataRole.UserRole, pair)
        item.setToolTip(2, pair.reason)
        return item

    def _count(self) -> None:
        search, count = self._search, self.list.topLevelItemCount()
        told = ngettext("{count} pair", "{count} pairs", count).format(count=f"{count:,}")
        self.counted.emit(told)
        if not search.has_ended and len(search.pairs) < MOST:
            self.state.setText(_("Looking…"))
        elif not search.has_ended:
            self.state.setText(_("The surest {count} pairs; more come when these are done.").format(count=f"{MOST:,}"))
        elif not count:
            self.state.setText(_("No two of them are likely to be one."))
        else:
            self.state.setText("")

    # the chosen pair

    def pair(self) -> Pair | None:
        """The chosen pair."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, Qt.ItemDataRole.UserRole)

    def merge(self) -> None:
        """Make one of the chosen pair, after a look."""
        if (pair := self.pair()) is not None:
            told = lambda _change: self.told.emit(_("Merged. Undo: Ctrl+Z"))  # noqa: E731
            MergeDialog(
                self.window(), self.workspace, record_type(pair.record), pair.first, pair.second, then=told
            ).open()

    def tell_apart(self) -> None:
        """Remember that the two are not the same."""
        if (pair := self.pair()) is not None:
            self.workspace.write(
                lambda database: tell_apart(database, pair.record, pair.first, pair.second),
                lambda _change: self.told.emit(_("Remembered: not the same. Undo: Ctrl+Z")),
            )

    def put_last(self) -> None:
        """Look at the chosen pair after all others."""
        row = self.list.indexOfTopLevelItem(self.list.currentItem())
        if row >= 0 and self.list.topLevelItemCount() > 1:
            item = self.list.takeTopLevelItem(row)
            self.list.addTopLevelItem(item)
            self._choose(row)

    def open_one(self, *, is_other: bool) -> None:
        """Go to one of the pair."""
        if (pair := self.pair()) is not None:
            self.followed.emit(pair.record, pair.second if is_other else pair.first)

    def _follow(self, url: QUrl) -> None:
        parts = url.toString().split(":")
        if len(parts) == 3 and parts[0] == "record":
            self.followed.emit(parts[1], int(parts[2]))

    def _choose(self, row: int) -> None:
        last = self.list.topLevelItemCount() - 1
        self.list.setCurrentItem(self.list.topLevelItem(max(0, min(row, last))))

    def _show_facts(self) -> None:
        pair = self.pair()
        if pair is None:
            self._document = None
            self.facts.clear()
        else:
            self.workspace.details.ask(lambda reader: build(reader, pair), self._fill_facts)

    def _fill_facts(self, document: Document) -> None:
        self._document = document
        self.repaint_document()

    def repaint_document(self) -> None:
        """Set the facts again, in the colours of now."""
        application = QApplication.instance()
        if self._document is not None and isinstance(application, QApplication):
            self.facts.setHtml(to_rich_text(self._document, colours(application)))

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark: what is on screen follows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.repaint_document()

    # what was decided

    def _after_step(self, change: ChangeSet) -> None:
        """Take what was decided from the list; anything else that may make or end a pair begins the search anew."""
        if change.label == MERGE and change.result is not None:
            self._forget(*change.result)
        elif change.label == NOT_SAME and change.result is not None:
            self._drop({change.result})
        elif not change.records or CONCERNED & set(change.records):
            self._is_old = True
            if self.isVisible():
                self.restart()

    def _forget(self, record: str, kept: int, gone: int) -> None:
        """Let the pairs of a record that is one with another be pairs of that one."""
        if record != self._search.record:
            return
        known = {(each.first, each.second) for each in self._pairs()}
        dropped = set()
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            pair = item.data(0, Qt.ItemDataRole.UserRole)
            if gone not in (pair.first, pair.second):
                continue
            other = pair.first if pair.second == gone else pair.second
            moved = replace(pair, first=min(kept, other), second=max(kept, other))
            if other == kept or (moved.first, moved.second) in known:
                dropped.add((record, pair.first, pair.second))
                continue
            known.add((moved.first, moved.second))
            item.setData(0, Qt.ItemDataRole.UserRole, moved)
            for column, id in enumerate((moved.first, moved.second)):
                item.setText(column, self._search.names.get(id, ""))
        self._drop(dropped)
        self._show_facts()

    def _pairs(self) -> list[Pair]:
        rows = range(self.list.topLevelItemCount())
        return [self.list.topLevelItem(row).data(0, Qt.ItemDataRole.UserRole) for row in rows]

    def _drop(self, pairs: set[tuple[str, int, int]]) -> None:
        """Take pairs from the list and choose the next."""
        chosen = self.list.indexOfTopLevelItem(self.list.currentItem())
        gone = [row for row, each in enumerate(self._pairs()) if (each.record, each.first, each.second) in pairs]
        for row in reversed(gone):
            self.list.takeTopLevelItem(row)
        if gone:
            self._choose(chosen - sum(row < chosen for row in gone))
        self._search.pairs = self._pairs()
        self._go_on()
