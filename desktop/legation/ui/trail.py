"""The way through the window: the records visited, back and forward, and the page that the reports were opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from legation.i18n import _
from legation.ui.pages.catalogue import PAGES

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow
    from legation.ui.pages.document_page import DocumentPage
    from legation.ui.workspace import Workspace

HOMES = {each.record: each.name for each in reversed(PAGES) if each.record}
PAGE = "page"  # a place that is a page without records, by its name
FIRST = "events"


class Trail:
    """Where one was, in order, and where one is in it. `codes` are those of the two countries on screen last."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._places: list[tuple[str, int | str]] = []
        self._at = -1
        self._before: QWidget | None = None
        self.codes = ""

    def forget(self) -> None:
        """Begin anew: another workspace is opened."""
        self._places, self._at, self._before, self.codes = [], -1, None, ""

    def go_to(self, record: str, key: int | str) -> None:
        """Go to a record or to two countries, and remember where one came from."""
        if record not in HOMES and record != "dyad":
            self._window.tell(_("This record is shown with the one it belongs to."))
            return
        here = self._here()
        if here is not None:
            self._places = [*self._places[: self._at + 1]]
            if not self._places or self._places[-1] != here:
                self._places.append(here)
        self._places.append((record, key))
        self._at = len(self._places) - 1
        self._show(record, key)

    def _here(self) -> tuple[str, int | str] | None:
        page = self._window.record_page()
        if page is not None and (current := page.current_id()) is not None:
            return page.record.name, current
        if self._window.reports_page() is not None:
            return PAGE, "reports"
        return (PAGE, "duplicates") if self._window.duplicates_page() is not None else None

    def travel(self, steps: int) -> None:
        """Go back or forward along the places visited."""
        if 0 <= self._at + steps < len(self._places):
            self._at += steps
            self._show(*self._places[self._at])

    def _show(self, record: str, key: int | str) -> None:
        if record == "dyad":
            self._show_dyad(str(key))
        elif record == PAGE:
            self._window.show_page(str(key))
        else:
            self._window.show_page(HOMES[record])
            page = self._window.record_page()
            if page is not None:
                page.go_to(int(key))

    def _show_dyad(self, codes: str) -> None:
        """Show the dossier of two countries."""
        from legation.reports import dyad
        from legation.ui.pages.document_page import DocumentPage

        if self._window.workspace is None:
            return
        page = self._window.page_named("dyad", self._make_dyad)
        assert isinstance(page, DocumentPage)
        one, _dash, other = codes.partition("-")
        self.codes = codes
        page.show_document(lambda reader: dyad.build(reader, one, other))
        self._window.show_no_page_chosen(page)

    def _make_dyad(self, workspace: Workspace) -> DocumentPage:
        from legation.ui.pages.document_page import DocumentPage

        made = DocumentPage(workspace)
        made.followed.connect(self._window.go_to)
        return made

    # the page before the reports or an import

    def note_page(self, page: QWidget | None) -> None:
        """Remember the page that is left for the reports or an import."""
        if page is not None and page not in (self._window.reports_page(), self._window.import_page()):
            self._before = page

    def leave_page(self) -> None:
        """Go back to the page that the reports or an import were opened from."""
        name = self._window.name_of_page(self._before)
        if name == "dyad":
            self._show_dyad(self.codes)
        else:
            self._window.show_page(name or FIRST)
