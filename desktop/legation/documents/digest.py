"""The digest of what a document says: equal for equal tables and notes in every format.

The schema of the JSON says how it is made, so that anybody can make it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from operator import attrgetter

from legation.documents.document import Document, Note, Row, Table, Text
from legation.documents.held_rows import Block, HeldColumn, HeldPortion, HeldRows, held, in_rows

TOGETHER = 10_000  # rows taken at a time
_BETWEEN = "\x1f"  # no text of a workspace holds it
_KEY, _LEVEL, _CHANGE, _CELLS = (attrgetter(each) for each in ("key", "level", "change", "cells"))


def digest_of(document: Document) -> str:
    """The SHA-256 of what the document says, in hexadecimal."""
    digest = Digest(document.title)
    for table in document.tables:
        digest.take_head(table)
        for group in table.groups:
            digest.take_group(group.title)
            if isinstance(group.rows, HeldRows):
                for portion in group.rows.portions:
                    digest.take_portion(portion)
            else:
                digest.take_rows(group.rows)
    return digest.of(document.notes)


def addresses_in(text: Text) -> list[str]:
    """The addresses of pages that a text points at."""
    return [str(run.link[1]) for run in text if run.link is not None and run.link[0] == "url"]


class Digest:
    """The SHA-256 of a document that is told part by part.

    Rows are taken column by column, each with a digest of its own: hundreds of thousands of them come in columns.
    """

    def __init__(self, title: str) -> None:
        self._all = hashlib.sha256(title.encode("utf-8"))
        self._groups: list[tuple[str, int]] = []
        self._rows: list[_Taken] = []
        self._columns: list[_TakenColumn] = []

    def take_head(self, table: Table) -> None:
        """A table follows."""
        self._end_table()
        self._take([table.name, table.title, *(part for each in table.columns for part in (each.name, each.label))])
        self._rows = [_Taken(), _Taken(), _Taken()]
        self._columns = [_TakenColumn() for _column in table.columns]

    def take_group(self, title: str) -> None:
        """A group of its rows follows."""
        self._groups.append((title, 0))

    def take_portion(self, portion: HeldPortion) -> None:
        """Rows of the group that are held in columns."""
        count = len(portion.keys)
        self._take_rows(portion.keys, ["0"] * count, [""] * count)
        left = iter(self._columns)
        for block in portion.blocks:
            for column in block.columns:
                next(left).take(column, block)

    def take_rows(self, rows: Sequence[Row]) -> None:
        """Rows of the group."""
        for start in range(0, len(rows), TOGETHER):
            part = rows[start : start + TOGETHER]
            self._take_rows(list(map(_KEY, part)), list(map(str, map(_LEVEL, part))), list(map(_CHANGE, part)))
            for taken, cells in zip(self._columns, zip(*map(_CELLS, part), strict=True), strict=True):
                column = held(cells)
                taken.take(column, Block((column,)))

    def of(self, notes: Iterable[Note]) -> str:
        """The digest in hexadecimal, when all tables are told."""
        self._end_table()
        for note in notes:
            self._take([str(note.number), note.words, *addresses_in(note.text)])
        return self._all.hexdigest()

    def _take_rows(self, keys: Sequence[str], levels: Sequence[str], changes: Sequence[str]) -> None:
        title, count = self._groups[-1]
        self._groups[-1] = (title, count + len(keys))
        for taken, parts in zip(self._rows, (keys, levels, changes), strict=True):
            taken.take(parts)

    def _end_table(self) -> None:
        self._take(part for title, count in self._groups for part in (title, str(count)))
        every = (*self._rows, *(each for column in self._columns for each in column.parts))
        self._take(each.found for each in every)
        self._groups, self._rows, self._columns = [], [], []

    def _take(self, parts: Iterable[str]) -> None:
        for each in parts:
            self._all.update((_BETWEEN + each).encode("utf-8", "surrogatepass"))


class _Taken:
    """The digest of texts from the first row to the last."""

    def __init__(self) -> None:
        self._all = hashlib.sha256()

    def take(self, parts: Sequence[str]) -> None:
        """The next of them."""
        if parts:
            self._all.update((_BETWEEN + _BETWEEN.join(parts)).encode("utf-8", "surrogatepass"))

    def take_nothing(self, count: int) -> None:
        """So many that are empty."""
        self._all.update(_BETWEEN.encode() * count)

    @property
    def found(self) -> str:
        """It, in hexadecimal."""
        return self._all.hexdigest()


class _TakenColumn:
    """The digests of a column: of the words of its cells, of their values, and of the numbers of their notes."""

    def __init__(self) -> None:
        self.parts = (_Taken(), _Taken(), _Taken())

    def take(self, column: HeldColumn, block: Block) -> None:
        """The next cells: a column of a block."""
        texts, values, notes = self.parts
        texts.take(in_rows(column.texts, block))
        count = len(column.texts if block.places is None else block.places)
        if column.values is None:
            values.take_nothing(count)
        else:
            values.take(in_rows(["" if each is None else str(each) for each in column.values], block))
        if column.notes is None:
            notes.take_nothing(count)
        else:
            notes.take(in_rows([",".join(map(str, each)) for each in column.notes], block))
