"""Making the report on screen: the newest wish interrupts the older, long ones tell how far they are.

A report of many rows is laid out in two portions: its first pages at once, then all of it, or what somebody may read
of it on a screen. Both can be stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from legation.documents.document import Document, Group, Paragraph, Run, Table
from legation.documents.earlier_issue import earlier_issue
from legation.documents.memory import let_go, let_go_again, within, without_collecting
from legation.documents.progress import Cancelled
from legation.errors import UserError
from legation.i18n import _
from legation.reports.running import Request, make
from legation.storage.reading import Interrupted, Reader
from legation.ui.newest_wish import NewestWish
from legation.ui.workspace import Workspace

if TYPE_CHECKING:
    from legation.documents.to_pdf import Pages

FIRST_ROWS = 150  # laid out first where there are more than twice as many
MOST_ROWS = 5000  # laid out at all where there are more than twice as many: hundreds of pages


@dataclass(frozen=True)
class Made:
    """A finished report: the request, the document and its pages; `is_part` says that more pages are to come, `is_cut`
    that more will not be shown.

    `problem` stands in place of the document where it could not be made.
    """

    request: Request
    document: Document | None = None
    pages: Pages | None = None
    is_part: bool = False
    is_cut: bool = False
    problem: UserError | None = None
    number: int = 0


class Making(NewestWish):
    """Makes reports in the background. `made` carries `Made`."""

    made = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.reports)
        self._path = workspace.path
        self._held: Made | None = None  # the one on show

    def ask(self, request: Request, since: str = "") -> None:
        """Make a report, instead of what is being made; `since` is the file of an earlier issue, if any."""
        progress = self.begin()
        path, number = self._path, self.number

        def work(reader: Reader) -> Made:
            try:
                issue = earlier_issue(Path(since).expanduser()) if since else None
                asked = replace(request, since=issue)
                document = make(path, reader, asked, progress)
                first = beginning(document, FIRST_ROWS)
                pages = _laid_out(first or document, progress)
                return Made(asked, document, pages, first is not None, number=number)
            except UserError as problem:
                return Made(request, problem=problem, number=number)

        self.lane.ask(work, self._take)

    def _take(self, made: Made) -> None:
        if made.number != self.number:  # stopped, or something else was asked meanwhile
            return
        self.end()
        before, self._held = self._held, made
        self.made.emit(made)
        if before is not None:
            boxes = _boxes(before, keeps_document=before.document is made.document)
            del before
            self._free(boxes)
        if made.is_part and made.number == self.number:
            self._go_on(made)

    def _free(self, boxes: list[tuple[list[object], list[object]]]) -> None:
        """Let a report go in the background, in portions."""

        def work(_reader: Reader) -> None:
            for box, inner in boxes:
                let_go(box, inner)
            let_go_again()

        self.lane.ask_too(work, _nothing, lasts=True)

    def _go_on(self, part: Made) -> None:
        """Lay out all of a document of which the first pages are shown, or as much as is shown at most."""
        progress = self.begin(tell_at_once=True)
        document, number = part.document, self.number
        assert document is not None

        def work(_reader: Reader) -> Made:
            most = beginning(document, MOST_ROWS)
            shown = document if most is None else _with_notes(most, document)
            pages = _laid_out(shown, progress)
            return replace(part, pages=pages, is_part=False, is_cut=most is not None, number=number)

        self.lane.ask(work, self._take)


def _laid_out(document: Document, progress: Callable[[int, int], bool]) -> Pages:
    """The pages of a document. Raises `Interrupted` when a newer wish came."""
    from legation.documents.to_pdf import Pages

    with suppress(Cancelled), without_collecting():
        return Pages(document, progress)
    raise Interrupted


def _boxes(made: Made, *, keeps_document: bool) -> list[tuple[list[object], list[object]]]:
    """The pages and the document of a report, each in a list, with the many objects within."""
    boxes: list[tuple[list[object], list[object]]] = []
    if made.pages is not None:
        boxes.append(([made.pages], list(made.pages.parts())))
    if made.document is not None and not keeps_document:
        boxes.append(([made.document], within(made.document)))
    return boxes


def _nothing(_answer: object) -> None:
    """An answer that nobody waits for."""


def beginning(document: Document, rows: int) -> Document | None:
    """The same document with the first so many rows, without notes; None where not twice as many are there."""
    if sum(table.count for table in document.tables) <= 2 * rows:
        return None
    left, blocks = rows, []
    for block in document.blocks:
        if isinstance(block, Table):
            groups = []
            for group in block.groups:
                if left > 0:
                    groups.append(Group(group.title, group.rows[:left]))
                    left -= len(group.rows)
            block = replace(block, groups=tuple(groups))
        blocks.append(block)
        if left <= 0:
            break
    return replace(document, blocks=blocks, notes=[])


def _with_notes(part: Document, whole: Document) -> Document:
    """The beginning of a document with the notes of its rows, and at its end that there is more."""
    rows = [row for table in part.tables for row in table.rows()]
    numbers = {number for row in rows for cell in row.cells for number in cell.notes}
    told = _("The preview ends here, after {rows} rows. Saving and printing take all.").format(rows=f"{len(rows):,}")
    notes = [note for note in whole.notes if note.number in numbers]
    return replace(part, blocks=[*part.blocks, Paragraph((Run(told, quiet=True),))], notes=notes)
