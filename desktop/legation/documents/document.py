"""A document before it has a format: headings, text, facts, tables, pictures and notes; text may point at records.

It is built once; each writer of this folder makes one format of it. Dates stay EDTF and numbers stay numbers beside
their words, so that a spreadsheet gets both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, NamedTuple

from legation.documents.pictures import Picture
from legation.errors import UserError
from legation.i18n import N_, _


@dataclass(frozen=True)
class Run:
    """A piece of text; `link` is (record type, id) where it names a record, ("dyad", "TKM-JPN") for two countries,
    ("url", address) for a page. `strong` and `quiet` set its weight."""

    text: str
    link: tuple[str, int | str] | None = None
    strong: bool = False
    quiet: bool = False


Text = Sequence[Run]


@dataclass(frozen=True)
class Heading:
    """A heading inside the document; `level` 1 begins a part, 2 a section of it."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `level` indents it."""

    text: Text
    level: int = 0


@dataclass(frozen=True)
class Facts:
    """Labels with their values, set as two columns."""

    rows: Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Column:
    """A column of a table: `width` is in letters. A `date` has EDTF text as its value, a `number` a whole number."""

    name: str
    label: str
    kind: Literal["text", "number", "date"] = "text"
    width: int = 16


class Cell(NamedTuple):
    """What stands in one place of a table: words, the value behind them, and the numbers of the notes that prove it.

    `value` is EDTF text or a whole number, by the column's kind; None for plain text and for nothing. `states` holds
    what sources say otherwise, each with the number of its note; `text` tells it.
    """

    text: str = ""
    value: int | str | None = None
    notes: tuple[int, ...] = ()
    is_strong: bool = False
    states: tuple[tuple[int, str], ...] = ()

    @property
    def shown(self) -> str:
        """The words of the cell on paper: the numbers of its notes, then its text."""
        if not self.notes:
            return self.text
        listed = ", ".join(_in_runs(self.notes))
        return f"{listed}; {self.text}" if self.text else listed


def _in_runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers as people list them: 1, 2, 4-7."""
    rest = list(numbers)
    while rest:
        long = 1
        while long < len(rest) and rest[long] == rest[0] + long:
            long += 1
        if long > 2:
            yield f"{rest[0]}-{rest[long - 1]}"
        else:
            yield from (str(each) for each in rest[:long])
        rest = rest[long:]


Change = Literal["", "added", "corrected", "withdrawn"]
CHANGE = "change"  # the name of the first column of a table that tells changes itself
CHANGE_WORDS = {"added": N_("added"), "corrected": N_("corrected"), "withdrawn": N_("withdrawn")}  # since an issue


_KEY = re.compile(
    r"(?P<record>event|visit|outcome|appointment):(?P<id>\d+)(?![^/:])|(?P<codes>[A-Z]{3}-[A-Z]{3})$"
    r"|(?:party:[^|]*\|)?person:(?P<person>\d+)(?![^|])|party:(?P<one>[A-Z]{3}):\|party:(?P<other>[A-Z]{3}):$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `key` tells it from all others of its table, in this issue and in earlier ones; `level` indents it."""

    key: str
    cells: tuple[Cell, ...]
    level: int = 0
    change: Change = ""

    @property
    def record(self) -> tuple[str, int | str] | None:
        """The record that the row is about, or two countries, as its key says; of two persons the first. None where it
        is about several."""
        found = _KEY.match(self.key)
        if found is None:
            return None
        if found["codes"] or found["one"]:
            return "dyad", found["codes"] or f"{found['one']}-{found['other']}"
        if found["person"]:
            return "person", int(found["person"])
        return ("event" if found["record"] == "visit" else found["record"]), int(found["id"])


@dataclass(frozen=True)
class Group:
    """Rows under a common title; "" where they need none. Very many are held in columns (see held_rows.py)."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Table:
    """A table in groups. `grouped_by` is what the titles of the groups are called, where a writer has no groups.

    `indented` names the column that a row's level moves in; `when_empty` is said where there are no rows.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    grouped_by: str = ""
    indented: str = ""
    when_empty: str = ""

    def rows(self) -> Iterator[Row]:
        """All rows, group by group."""
        return chain.from_iterable(group.rows for group in self.groups)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(group.rows) for group in self.groups)

    def mark(self, row: Row) -> str:
        """What became of a row since an earlier issue, for its first cell; "" where a column of the table tells it."""
        return "" if not row.change or self.columns[0].name == CHANGE else _(CHANGE_WORDS[row.change])

    @property
    def width(self) -> int:
        """How wide the table would like to be, in letters."""
        return sum(column.width for column in self.columns)


@dataclass(frozen=True)
class Note:
    """A numbered note: the source behind the rows that carry its number, in the notes form of Chicago."""

    number: int
    text: Text

    @property
    def words(self) -> str:
        """The note as plain text."""
        return "".join(run.text for run in self.text)


@dataclass(frozen=True)
class About:
    """What a document was made of, so that it can be made again: the report, its options, and the state it shows.

    `day` is the day the report takes for today, `revision` the number of the last step, `at` when that was (UTC),
    `digest` the SHA-256 of the rows and notes (see `to_json.digest_of`).
    """

    report: str
    options: dict[str, object]
    filters: str
    day: str
    revision: int
    at: str
    workspace: str
    uuid: str
    rows: int = 0
    digest: str = ""
    since: int | None = None


@dataclass(frozen=True)
class CalendarEntry:
    """An event for a calendar. `first` and `last` are ISO days; `status` is a term of RFC 5545, 3.8.1.11."""

    uid: str
    title: str
    first: str
    last: str
    status: Literal["TENTATIVE", "CONFIRMED", "CANCELLED"] = "CONFIRMED"
    place: str = ""
    words: str = ""
    parent: str = ""
    sequence: int = 0


Block = Heading | Paragraph | Facts | Table | Picture


@dataclass
class Document:
    """A title, a line above and below it, blocks in order, and at the end the notes that the rows point at."""

    title: str
    above: str = ""
    below: Text = ()
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    about: About | None = None
    calendar: list[CalendarEntry] = field(default_factory=list)

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks += blocks

    def section(self, heading: str, blocks: Sequence[Block]) -> None:
        """Append a heading with its blocks; nothing when there are none."""
        if blocks:
            self.blocks += [Heading(heading), *blocks]

    @property
    def tables(self) -> list[Table]:
        """The tables in order; the first is what the report is about."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def is_wide(self) -> bool:
        """Whether the tables ask for a page on its side."""
        return any(table.width > WIDE for table in self.tables)


WIDE = 100  # letters of a table that fit an upright page


def told_otherwise(states: Iterable[tuple[int, str]]) -> str:
    """What sources say otherwise, each with the number of its note, in words."""
    told = (_("{number} states “{words}”").format(number=number, words=words) for number, words in states)
    return "; ".join(dict.fromkeys(told))


def renumbered(cell: Cell, numbers: Mapping[int, int]) -> Cell:
    """The same cell where notes have other numbers; `numbers` gives the new one of each."""
    if not cell.notes:
        return cell
    notes = tuple(sorted(numbers[each] for each in cell.notes))
    if not cell.states:
        return cell._replace(notes=notes)
    states = tuple(sorted((numbers[number], words) for number, words in cell.states))
    rest = cell.text.removeprefix(told_otherwise(cell.states))
    return cell._replace(notes=notes, states=states, text=told_otherwise(states) + rest)


def plain(text: str) -> Text:
    """Text without links."""
    return (Run(text),)


def with_rows(table: Table, groups: Sequence[Group]) -> Table:
    """The same table with other rows; groups without any are left out."""
    return replace(table, groups=tuple(each for each in groups if each.rows))


def only_table(document: Document, name: str) -> Document:
    """The same document with one of its tables, by name, and nothing else between its head and its notes.

    Raises `UserError` when there is no such table.
    """
    chosen = [table for table in document.tables if table.name == name]
    if not chosen:
        raise UserError(
            _("This report has no table “{name}”.").format(name=name),
            _("Its tables: {names}.").format(names=", ".join(table.name for table in document.tables)),
        )
    return replace(document, blocks=[chosen[0]])
