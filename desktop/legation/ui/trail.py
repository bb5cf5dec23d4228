"""The places visited: going to a record, back and forward again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.i18n import _
from legation.ui.pages.catalogue import PAGES

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

HOMES = {each.record: each.name for each in reversed(PAGES) if each.record}
PAGE = "page"  # a place that is a page without records, by its name


class Trail:
    """Where one was, as (record type, key), and where one is on that way."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._places: list[tuple[str, int | str]] = []
        self._at = -1

    def forget(self) -> None:
        """Begin anew, as with another workspace."""
        self._places, self._at = [], -1

    def go_to(self, record: str, key: int | str) -> None:
        """Go to a record on the page of its type, or to the dossier of two countries ("dyad", "TKM-JPN").

        Remembers where one came from.
        """
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
        return (PAGE, "duplicates") if self._window.duplicates_page() is not None else None

    def travel(self, steps: int) -> None:
        """Go back or forward along the places visited."""
        if 0 <= self._at + steps < len(self._places):
            self._at += steps
            self._show(*self._places[self._at])

    def _show(self, record: str, key: int | str) -> None:
        if record == "dyad":
            self._window.show_dyad(str(key))
        elif record == PAGE:
            self._window.show_page(str(key))
        else:
            self._window.show_page(HOMES[record])
            page = self._window.record_page()
            if page is not None:
                page.go_to(int(key))
