"""Commands on records that may be one: merging the chosen one, and the page of likely duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.storage.steps import ChangeSet

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow
    from legation.ui.pages.duplicates_page import DuplicatesPage


def merge_with(window: MainWindow) -> None:
    """Make one of the chosen official, body, post or country and another, after a look at what moves."""
    from legation.quality.merging import MERGEABLE

    pairs = window.duplicates_page()
    if pairs is not None:
        pairs.merge()
        return
    page = window.record_page()
    id = page.current_id() if page is not None else None
    if page is None or id is None or page.record.name not in MERGEABLE:
        window.tell(_("Choose an official, an organisation, a post or a country first."))
        return
    ask_to_merge(window, page.record, id)


def ask_to_merge(window: MainWindow, record: RecordType, id: int, *, goes: bool = False) -> None:
    """Ask which other record one becomes one with; the other one stays where `goes` says so."""
    from legation.ui.dialogs.merge import MergeDialog

    if window.workspace is None:
        return

    def then(change: ChangeSet) -> None:
        window.tell(_("Merged. Undo: Ctrl+Z"))
        page = window.record_page()
        if page is not None and page.record is record and change.result is not None:
            page.go_to(change.result[1])

    MergeDialog(window, window.workspace, record, id, one_goes=goes, then=then).open()


def duplicates(window: MainWindow) -> None:
    """Show the officials and organisations that are likely to be one, pair by pair."""
    window.show_page("duplicates")


def _pairs(window: MainWindow) -> DuplicatesPage | None:
    """The page of pairs on screen; says where it is when it is not."""
    page = window.duplicates_page()
    if page is None:
        window.tell(_("Go to the likely duplicates first: Ctrl+K, duplicates."))
    return page


def merge_pair(window: MainWindow) -> None:
    """Make one of the chosen pair, after a look at what moves."""
    if (page := _pairs(window)) is not None:
        page.merge()


def not_the_same(window: MainWindow) -> None:
    """Remember that the chosen pair are two; they are not proposed again."""
    if (page := _pairs(window)) is not None:
        page.tell_apart()


def pair_last(window: MainWindow) -> None:
    """Look at the chosen pair after all others."""
    if (page := _pairs(window)) is not None:
        page.put_last()


def open_first(window: MainWindow) -> None:
    """Go to the first of the chosen pair; Alt+Left comes back."""
    if (page := _pairs(window)) is not None:
        page.open_one(is_other=False)


def open_other(window: MainWindow) -> None:
    """Go to the other of the chosen pair; Alt+Left comes back."""
    if (page := _pairs(window)) is not None:
        page.open_one(is_other=True)
