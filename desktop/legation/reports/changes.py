"""What changed in a report since an earlier issue of it: rows added, corrected and withdrawn, marked in a column.

Rows are told apart by their keys, and compared by what a reader sees: the words of their cells and the sources behind
them, not the numbers that these happen to have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from legation.documents.document import Cell, Change, Column, Document, Group, Note, Row, Run, Table, renumbered
from legation.i18n import N_, _, ngettext

SOURCES = "sources"  # the name of the column that tells how we know
WORDS: dict[Change, str] = {"": "", "added": N_("Added"), "corrected": N_("Corrected"), "withdrawn": N_("Withdrawn")}


def marked(document: Document, earlier: Document) -> None:
    """Mark the rows of a document that differ from an earlier one, and put back those that are gone, marked as such.

    Both must have been made by the same report with the same options.
    """
    before = {table.name: table for table in earlier.tables}
    numbers = _numbers_in(document, earlier)
    now_words, then_words = _note_words(document.notes), _note_words(earlier.notes)
    counts: Counter[Change] = Counter()
    for at, block in enumerate(document.blocks):
        if isinstance(block, Table):
            then = before.get(block.name)
            compared = _Compared(block, then, now_words, then_words, numbers)
            document.blocks[at] = compared.table()
            counts += compared.counts
    document.notes += _notes_of_withdrawn(document, earlier, numbers)
    document.below = (*document.below, Run(_told(counts)))


def _told(counts: Counter[Change]) -> str:
    if not +counts:
        return " " + _("Nothing was added, corrected or withdrawn since the earlier issue.")
    parts = (
        ngettext("{count} row added", "{count} rows added", counts["added"]).format(count=counts["added"]),
        ngettext("{count} corrected", "{count} corrected", counts["corrected"]).format(count=counts["corrected"]),
        ngettext("{count} withdrawn", "{count} withdrawn", counts["withdrawn"]).format(count=counts["withdrawn"]),
    )
    return " " + _("Since the earlier issue: {added}, {corrected}, {withdrawn}.").format(
        added=parts[0], corrected=parts[1], withdrawn=parts[2]
    )


def _note_words(notes: Sequence[Note]) -> dict[int, str]:
    return {note.number: note.words for note in notes}


def _numbers_in(document: Document, earlier: Document) -> dict[int, int]:
    """For each note of the earlier issue its number in this document: that of the same words, else a new one."""
    known = {note.words: note.number for note in document.notes}
    following = max((note.number for note in document.notes), default=0)
    found = {}
    for note in earlier.notes:
        if note.words not in known:
            following += 1
            known[note.words] = following
        found[note.number] = known[note.words]
    return found


def _notes_of_withdrawn(document: Document, earlier: Document, numbers: dict[int, int]) -> list[Note]:
    """The notes that only withdrawn rows point at."""
    have = {note.number for note in document.notes}
    used = {
        number for table in document.tables for row in table.rows() if row.change == "withdrawn"
        for cell in row.cells for number in cell.notes
    }  # fmt: skip
    return sorted(
        (
            Note(numbers[note.number], note.text)
            for note in earlier.notes
            if numbers[note.number] in used and numbers[note.number] not in have
        ),
        key=lambda note: note.number,
    )


class _Compared:
    """A table beside its earlier issue."""

    def __init__(
        self, now: Table, then: Table | None, now_notes: dict[int, str], then_notes: dict[int, str],
        numbers: dict[int, int],
    ) -> None:  # fmt: skip
        self.counts: Counter[Change] = Counter()
        self._now, self._then = now, then
        self._now_notes, self._then_notes, self._numbers = now_notes, then_notes, numbers
        self._before = {row.key: row for row in then.rows()} if then else {}
        self._places = {each.name: at for at, each in enumerate(then.columns)} if then else {}
        self._keys = {row.key for row in now.rows()}

    def table(self) -> Table:
        """The table with a column of changes before its own, and the withdrawn rows in their places."""
        groups = [Group(each.title, tuple(self._marked(row) for row in each.rows)) for each in self._now.groups]
        column = Column("change", _("Change"), width=12)
        return replace(
            self._now, columns=(column, *self._now.columns), groups=tuple(self._with_withdrawn(groups))
        )  # fmt: skip

    def _marked(self, row: Row) -> Row:
        before = self._before.get(row.key)
        change: Change = "added"
        words = _(WORDS["added"])
        if before is not None:
            names = self._differing(row, before)
            change = "corrected" if names else ""
            words = _("Corrected: {columns}").format(columns=", ".join(names)) if names else ""
        if change:
            self.counts[change] += 1
        return replace(row, cells=(Cell(words), *row.cells), change=change)

    def _differing(self, row: Row, before: Row) -> list[str]:
        """The labels of the columns that say something else now."""
        found = []
        for column, cell in zip(self._now.columns, row.cells, strict=True):
            place = self._places.get(column.name)
            if place is None:
                continue
            then = before.cells[place]
            is_sources = column.name == SOURCES
            if _said(cell, self._now_notes, is_sources) != _said(then, self._then_notes, is_sources):
                found.append(column.label)
        return found

    def _with_withdrawn(self, groups: list[Group]) -> list[Group]:
        """The groups with the rows that are gone, each behind the row that it stood behind."""
        if self._then is None:
            return groups
        rows = {group.title: list(group.rows) for group in groups}
        order = [group.title for group in groups]
        for at, group in enumerate(self._then.groups):
            behind = ""
            for row in group.rows:
                if row.key not in self._keys:
                    if group.title not in rows:
                        order.insert(_place_of(order, self._then.groups[:at]), group.title)
                        rows[group.title] = []
                    self._put(rows[group.title], row, behind)
                behind = row.key
        return [Group(title, tuple(rows[title])) for title in order]

    def _put(self, rows: list[Row], row: Row, behind: str) -> None:
        cells = [Cell(_(WORDS["withdrawn"]))]
        for column in self._now.columns:
            place = self._places.get(column.name)
            cell = row.cells[place] if place is not None else Cell()
            cells.append(renumbered(cell, self._numbers))
        gone = Row(row.key, tuple(cells), row.level, "withdrawn")
        self.counts["withdrawn"] += 1
        places = [at for at, each in enumerate(rows) if each.key == behind]
        rows.insert(places[0] + 1 if places else 0 if not behind else len(rows), gone)


def _place_of(order: list[str], before: Sequence[Group]) -> int:
    """Where a group belongs that is gone: behind the last of those before it that is still there."""
    for group in reversed(before):
        if group.title in order:
            return order.index(group.title) + 1
    return 0


def _said(cell: Cell, notes: dict[int, str], is_sources: bool) -> tuple[str, object, tuple[str, ...]]:
    """What a reader learns from a cell; of sources only which they are: their numbers, and how many events were looked
    through for a row that tells of none, change without it."""
    words = "" if is_sources else cell.text
    return words, cell.value, tuple(sorted(notes.get(number, "") for number in cell.notes))
