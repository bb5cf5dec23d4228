"""Rows pasted from a spreadsheet: which columns they fill, which records they change or add, what stands in the way.

A cell that says what the table says already changes nothing. Where a field has two cells, such as a country's name and
its code, the one that was changed counts. Nothing is written before `write`, and then all of it as one step.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from legation.documents.cells import cells, headings
from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.kinds import CODED, Link, ValueProblem
from legation.fields.record_type import Field, RecordType
from legation.i18n import N_, _
from legation.imports.pasted_lists import LISTS, take_list
from legation.matching.delegates import country_words
from legation.matching.entry import look_at
from legation.matching.named import named_record
from legation.matching.sharing import share_new
from legation.records.catalogue import record_type, table_named
from legation.storage.database import Database
from legation.storage.labels import label, labels
from legation.storage.loading import load_draft
from legation.storage.pages import page
from legation.storage.reading import Reader
from legation.storage.saving import open_problems, save
from legation.storage.steps import ChangeSet

MOST = 5000  # rows that may be pasted in one step; who pastes refuses more
NUMBER = N_("Number")


@dataclass
class PastedRow:
    """One pasted row: its draft, the label of its record, (column, now, then) for each change, and the problem."""

    draft: Draft
    label: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Pasted:
    """What was pasted: rows that change or add something, how many are as they were, what was not taken.

    `left_out` names columns, `beyond` counts cells to the right of the last one.
    """

    rows: tuple[PastedRow, ...]
    unchanged: int = 0
    left_out: tuple[str, ...] = ()
    beyond: int = 0

    @property
    def added(self) -> int:
        """How many records would be added."""
        return sum(each.draft.id is None for each in self.rows)

    @property
    def problem(self) -> str:
        """The first problem with the row it belongs to; "" when all can be written."""
        first = next((each for each in self.rows if each.problem), None)
        return "" if first is None else f"{first.label}: {first.problem}"


@dataclass(frozen=True)
class Sheet:
    """Cells with what each column is: a field and which of its cells, or None; `number` is the column of ids.

    `has_headings` tells that the first pasted row named the columns; it is not among the rows.
    """

    columns: tuple[tuple[Field, int] | None, ...]
    rows: tuple[tuple[str, ...], ...]
    number: int | None = None
    left_out: tuple[str, ...] = ()
    has_headings: bool = False

    @property
    def beyond(self) -> int:
        """How many cells lie to the right of the last column, where nothing takes them."""
        return sum(1 for row in self.rows for cell in row[len(self.columns) :] if cell)


def tab_separated(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as a spreadsheet takes them from the clipboard; blanks and line breaks in a cell become one blank."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter="\t", lineterminator="\n")
    writer.writerows([" ".join(str(cell).split()) for cell in row] for row in rows)
    return made.getvalue()


def read_sheet(record: RecordType, text: str, columns: Sequence[Field]) -> Sheet:
    """Pasted text as cells. Without headings, the columns are `columns` in order, as they stand in the table."""
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    rows = tuple(tuple(" ".join(cell.split()) for cell in line) for line in lines if any(map(str.strip, line)))
    known = {fold(heading): (each, at) for each in record.fields for at, heading in enumerate(headings([each]))}
    said = [fold(cell) for cell in rows[0]] if rows else []
    taken = [known.get(cell) for cell in said]
    if sum(each is not None for each in taken) * 2 <= len(said):
        named: list[tuple[Field, int] | None] = [(each, 0) for each in columns]
        return Sheet(tuple(named), rows)
    number = said.index(fold(_(NUMBER))) if fold(_(NUMBER)) in said else None
    unknown = [cell for at, cell in enumerate(rows[0]) if taken[at] is None and at != number and cell]
    return Sheet(tuple(taken), rows[1:], number, tuple(unknown), has_headings=True)


def agree(reader: Reader, record: RecordType, sheet: Sheet, ids: Sequence[int]) -> bool:
    """Whether pasted rows look like those records: as many, and under headings at least half of what they say."""
    if len(sheet.rows) != len(ids):
        return False
    shown = _shown(reader, record, sheet, ids)
    pairs = [
        (cell, then)
        for row, id in zip(sheet.rows, ids, strict=True)
        for cell, then in zip(row, shown.get(id, ()), strict=False)
        if cell
    ]
    return not sheet.has_headings or 2 * sum(cell == then for cell, then in pairs) >= len(pairs)


def understand_rows(
    reader: Reader, record: RecordType, sheet: Sheet, ids: Sequence[int], values: Mapping[str, Any]
) -> Pasted:
    """What pasted rows would do: change the records of `ids` in order, or those they number; else add new ones.

    `values` are those that a new record of the page begins with.
    """
    rows = sheet.rows
    wanted = _wanted(sheet, rows, ids)
    known = [id for id in wanted if isinstance(id, int)]
    there = labels(reader, record, known) if record.key == "id" else _labels_by_id(reader, record, known)
    shown = _shown(reader, record, sheet, known)
    reading = _Reading(reader, record, sheet)
    found = [
        reading.changed(id, row, shown[id], there[id])
        if isinstance(id, int) and id in there
        else reading.not_there(str(id), values)
        if id is not None
        else reading.added(row, values)
        for id, row in zip(wanted, rows, strict=True)
    ]
    for number, each in enumerate(found, 1):
        each.label = each.label or _("Row {number}").format(number=number)
    doing = tuple(each for each in found if each.changes or each.problem)
    share_new([each.draft for each in doing], persons=True)
    return Pasted(doing, len(found) - len(doing), (*sheet.left_out, *reading.left_out), sheet.beyond)


def write(database: Database, pasted: Pasted) -> ChangeSet:
    """Write all rows as one step. Raises `RecordProblem` or `Stale` for the first that cannot be, and writes none."""

    def work(session: Any) -> None:
        for each in pasted.rows:
            save(session, each.draft)

    return database.write(N_("Paste {count} rows"), work, count=len(pasted.rows))


def _wanted(sheet: Sheet, rows: Sequence[tuple[str, ...]], ids: Sequence[int]) -> list[int | str | None]:
    """For each row the id of its record, text that is no number, or None for a new record."""
    if sheet.number is None:
        return [ids[at] if at < len(ids) else None for at in range(len(rows))]
    said = [row[sheet.number] if sheet.number < len(row) else "" for row in rows]
    return [_id_in(each) or each or None for each in said]


def _id_in(cell: str) -> int:
    """The id that a cell gives; 0, which no record has, for any other text."""
    return int(cell) if cell.isdecimal() and len(cell) < 19 else 0


def _labels_by_id(reader: Reader, record: RecordType, ids: Sequence[int]) -> dict[int, str]:
    table = table_named(record.name)
    rows = reader.rows(select(table.c.id, table.c[record.key]).where(table.c.id.in_(list(ids))))
    keys = {row[0]: row[1] for row in rows}
    named = labels(reader, record, list(keys.values()))
    return {id: named[key] for id, key in keys.items()}


def _shown(reader: Reader, record: RecordType, sheet: Sheet, ids: Sequence[int]) -> dict[int, list[str]]:
    """What the table says in the cells of each pasted column, "" for columns that are not taken."""
    fields = list(dict.fromkeys(each[0] for each in sheet.columns if each is not None))
    places = {
        heading: at
        for at, heading in enumerate((each.name, n) for each in fields for n in range(len(headings([each]))))
    }
    found = {}
    for row in page(reader, record, fields, ids):
        said = [" ".join(str(cell).split()) for cell in cells(fields, row)]
        found[row.id] = [said[places[(each[0].name, each[1])]] if each else "" for each in sheet.columns]
    return found


class _Reading:
    """Pasted rows of one sheet while they are understood."""

    def __init__(self, reader: Reader, record: RecordType, sheet: Sheet) -> None:
        self.reader, self.record, self.sheet = reader, record, sheet
        self.left_out: dict[str, None] = {}
        self._countries: dict[str, str] | None = None

    def not_there(self, number: str, values: Mapping[str, Any]) -> PastedRow:
        """A row whose record is not there (any more)."""
        told = _("There is no record with the number {number}.").format(number=number)
        return PastedRow(new_draft(self.record, **values), problem=told)

    def changed(self, id: int, row: tuple[str, ...], shown: Sequence[str], named: str) -> PastedRow:
        """A row that changes a record."""
        made = PastedRow(load_draft(self.reader, self.record, id), named)
        for column, cell, then in zip(self.sheet.columns, row, shown, strict=False):
            if column is None or cell == then:
                continue
            if column[0].is_derived:
                self.left_out[_(column[0].label)] = None
            elif self._put(made, column, cell):
                made.changes.append((_(column[0].label), then, cell))
        return self._checked(made)

    def added(self, row: tuple[str, ...], values: Mapping[str, Any]) -> PastedRow:
        """A row that adds a record."""
        made = PastedRow(new_draft(self.record, **values))
        lists: dict[str, tuple[Field, str]] = {}
        for column, cell in zip(self.sheet.columns, row, strict=False):
            if column is None or not cell:
                continue
            field, part = column
            if not field.is_derived:
                if self._put(made, column, cell) or not any(each[0] == _(field.label) for each in made.changes):
                    made.changes.append((_(field.label), "", cell))
            elif self.record.name != "event" or field.name not in LISTS:
                self.left_out[_(field.label)] = None
            elif not part:  # the other part says the same once more, in names, codes or ids
                lists[field.name] = (field, cell)
        for name in LISTS:  # heads come after the date and the parties, wherever their column stands
            if name in lists:
                field, cell = lists[name]
                problem = take_list(self.reader, made.draft, name, cell, self._words())
                made.problem = made.problem or problem
                made.changes.append((_(field.label), "", cell))
        if self.record.name == "event" and made.draft["title"] is None:
            made.draft["title"] = look_at(self.reader, made.draft).title or None
        made.label = str(made.draft.values.get("title") or made.draft.values.get("name") or "")
        return self._checked(made)

    def _words(self) -> dict[str, str]:
        if self._countries is None:
            self._countries = country_words(self.reader)
        return self._countries

    def _put(self, made: PastedRow, column: tuple[Field, int], cell: str) -> bool:
        """Give a field the value of a cell; False when a cell before said so already, or the cell cannot be read."""
        field, part = column
        try:
            value = self._linked(field, part, cell) if isinstance(field.kind, Link) and cell else field.kind.parse(cell)
        except ValueProblem as problem:
            made.problem = made.problem or f"{_(field.label)}: {problem}"
            return False
        if value is None and field.required:
            made.problem = made.problem or _("{field} is needed.").format(field=_(field.label))
        is_other = bool(made.draft[field.name] != value)
        made.draft[field.name] = value
        return is_other

    def _linked(self, field: Field, part: int, cell: str) -> Any:
        """The key of the record that a cell names, or gives by code or id."""
        assert isinstance(field.kind, Link)
        target = record_type(field.kind.target)
        if part:
            key = cell if target.name in CODED else _id_in(cell)
            if label(self.reader, target, key):
                return key
        else:
            found = named_record(self.reader, target.name, cell)
            if found is not None:
                return found.key
        raise ValueProblem(_("Nothing known is called “{name}”.").format(name=cell))

    def _checked(self, made: PastedRow) -> PastedRow:
        if made.changes and not made.problem:
            made.problem = next((each.sentence for _holder, each in open_problems(made.draft) if each.blocking), "")
        return made
