"""Reading the preview: words found in it, links followed, and the way back from a note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from legation.documents.paper.pages import Pages
from legation.documents.paper.places import (
    NOTE,
    RECORD,
    Place,
    are_anywhere,
    first_mention,
    has_words,
    link_at,
    links_on,
    place_of,
    words_on,
)
from legation.i18n import _
from legation.ui.reports.paper import Paper

MOST_KEPT = 8  # pages of which the links are known


class FindLine(QLineEdit):
    """The line for words to be found. `wanted` carries 1 for the next place of them and -1 for the one before."""

    wanted = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Find in the report"))
        self.setAccessibleName(_("Find in the report"))
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(260)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Keep Esc, which leaves the page elsewhere, for the line."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, with Shift back; Esc leaves the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Reading(QObject):
    """Finds and follows on the pages that a `Paper` shows. `followed` carries the record that a row leads to, or two
    countries; `told` a line for the status bar."""

    followed = Signal(str, object)
    told = Signal(str)

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self.paper, self.line = paper, FindLine()
        self.current: Place | None = None
        """The place that is marked: words that were found, or the link that Enter follows."""
        self._links: dict[int, list[Place]] = {}
        self._came_from: list[int] = []
        self.line.textChanged.connect(lambda _text: self.find(0))
        self.line.wanted.connect(self.find)
        self.line.left.connect(self.leave_line)
        paper.replaced.connect(self._begin_anew)
        paper.pressed.connect(self._press)
        paper.hovered.connect(self._hover)

    @property
    def _pages(self) -> Pages | None:
        pages = self.paper.pages
        return pages if isinstance(pages, Pages) else None

    def _begin_anew(self) -> None:
        self.current = None
        self._links.clear()
        self._came_from.clear()

    def _here(self) -> int:
        """The page to go on from, numbered from 0: that of the marked place, unless somebody turned away from it."""
        if self.current is not None and self.current.page in self.paper.in_sight:
            return self.current.page
        return max(self.paper.page - 1, 0)

    # finding

    def ask_words(self) -> None:
        """Show the line for words, and give it the keyboard."""
        self.line.show()
        self.line.setFocus()
        self.line.selectAll()

    def leave_line(self) -> None:
        """Hide the line; what was found last stays marked."""
        self.line.hide()
        self.paper.setFocus()

    def find(self, step: int) -> None:
        """Go to the next place of the words (1), to the one before (-1), or to the first from here (0)."""
        pages, words = self._pages, self.line.text().strip()
        if pages is None or not words:
            self._mark(None)
            return
        here = self._here()
        on_page = words_on(pages, here, words)
        at = on_page.index(self.current) if self.current in on_page else None
        if at is not None and 0 <= at + step < len(on_page):
            self._go(on_page[at + step])
            return
        if at is None and on_page:
            self._go(on_page[0])
            return
        count, onwards = pages.count, step or 1
        for further in range(1, count + 1) if are_anywhere(pages, words) else ():
            page = (here + onwards * further) % count
            if has_words(pages, page, words):
                found = words_on(pages, page, words)
                if found:
                    self._go(found[0 if onwards > 0 else -1])
                    return
        self._mark(None)
        self.told.emit(_("“{words}” is not on these pages.").format(words=words))

    # links

    def links(self, page: int) -> list[Place]:
        """The links of a page, numbered from 0."""
        pages = self._pages
        if pages is None:
            return []
        if page not in self._links:
            while len(self._links) >= MOST_KEPT:
                del self._links[next(iter(self._links))]
            self._links[page] = links_on(pages, page)
        return self._links[page]

    def step_link(self, step: int) -> None:
        """Mark the next link (1) or the one before (-1), from the marked one or the page in sight."""
        pages = self._pages
        if pages is None:
            return
        page = self._here()
        on_page = self.links(page)
        if self.current in on_page and 0 <= (at := on_page.index(self.current) + step) < len(on_page):
            self._go(on_page[at])
            return
        start = page + step if self.current in on_page or not on_page else page
        while 0 <= start < pages.count:
            if found := self.links(start):
                self._go(found[0 if step > 0 else -1])
                return
            start += step
        self.told.emit(_("There is no further link."))

    def follow(self) -> bool:
        """Go where the marked link leads; whether one is marked."""
        if self.current is None or not self.current.link:
            return False
        self._follow(self.current.link)
        return True

    def back(self) -> None:
        """Go back to where a note was followed from."""
        if self._came_from:
            self.paper.verticalScrollBar().setValue(self._came_from.pop())
            self._mark(None)
        else:
            self.told.emit(_("No note was followed."))

    def _follow(self, link: str) -> None:
        pages = self._pages
        if link.startswith(RECORD):
            record, _colon, key = link.removeprefix(RECORD).partition(":")
            self.followed.emit(record, int(key) if key.isdecimal() else key)
        elif link.startswith(NOTE) and pages is not None:
            place = place_of(pages, link.removeprefix("#"))
            if place is not None:
                self._came_from.append(self.paper.verticalScrollBar().value())
                self._go(place)
                self.told.emit(_("B goes back to the row."))
        elif link:
            QDesktopServices.openUrl(QUrl(link))

    def _press(self, page: int, point: QPointF) -> None:
        """Follow the link at a point; a note leads back to the row that it was followed from, else to the first."""
        place = link_at(self.links(page), point)
        if place is not None:
            self._follow(place.link)
            return
        pages = self._pages
        number = pages.note_at(page, point) if pages is not None else None
        if pages is None or number is None:
            return
        if self._came_from:
            self.back()
        elif (mention := first_mention(pages, number)) is not None:
            self._go(mention)

    def _hover(self, page: int, point: QPointF) -> None:
        place = link_at(self.links(page), point)
        self.paper.show_link(place is not None, _tip(place))

    def _go(self, place: Place) -> None:
        self.paper.show_place(place.page, place.rect)
        self._mark(place)

    def _mark(self, place: Place | None) -> None:
        self.current = place
        self.paper.mark(place.page if place else -1, place.rect if place else None)


def _tip(place: Place | None) -> str:
    """What following a link does."""
    if place is None:
        return ""
    if place.link.startswith(RECORD):
        return _("Opens the record.")
    return _("Goes to the note.") if place.link.startswith(NOTE) else place.link
