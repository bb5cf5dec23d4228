"""What a record type is: its fields, its columns, its lines and its checks, as plain data.

Table columns, forms, filters, CSV columns, validation, full text and the history in words all read a `RecordType`;
no second list of fields exists anywhere. This module knows no database and no window: the table class is only held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from legation.fields.kinds import Kind, Link

if TYPE_CHECKING:
    from legation.fields.draft import Draft

Check = Callable[["Draft"], "Sequence[Problem]"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a value: where, in words, and whether it stops saving.

    `field` names a field of the draft; `blocking` problems stop saving, the others are shown and kept as warnings.
    """

    field: str
    sentence: str
    blocking: bool = True


@dataclass(frozen=True)
class Field:
    """One field of a record type.

    `expression` is set for a derived field: a function without arguments that gives the database expression which
    computes it. A derived field is shown, sorted by and exported, but never edited. A `rare` field is folded away in
    forms until it is asked for or has a value.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    search: bool = False
    help: str = ""
    default: Any = None
    rare: bool = False
    expression: Callable[[], Any] | None = None

    @property
    def is_derived(self) -> bool:
        """Whether the value is computed, so that no form edits it."""
        return self.expression is not None


def field(name: str, label: str, kind: Kind, **more: Any) -> Field:
    """A stored field: `required`, `search`, `help`, `default` and `rare` may be given by name."""
    return Field(name, label, kind, **more)


def derived(name: str, label: str, kind: Kind, expression: Callable[[], Any]) -> Field:
    """A computed field: shown, sorted by and exported, never edited."""
    return Field(name, label, kind, expression=expression)


@dataclass(frozen=True)
class Lines:
    """Records that are edited as lines inside the form of another one.

    `record` names the record type of a line, `via` the field of the line that points at its owner.
    """

    name: str
    label: str
    record: str
    via: str


@dataclass(frozen=True)
class RecordType:
    """One kind of record as people see it.

    `table` is the class of its table, or a name alone where nothing is stored, such as the options of a report.
    `one_line` is the template of its label, with field names in braces. `columns` are the fields a table shows at
    first; `order` is the default sort, a leading minus meaning descending.
    """

    table: Any
    label: str
    plural: str
    one_line: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    lines: tuple[Lines, ...] = ()
    checks: tuple[Check, ...] = ()
    key: str = "id"

    @cached_property
    def name(self) -> str:
        """The table's name, which is the record type's name everywhere; options and the like have a name alone."""
        return self.table if isinstance(self.table, str) else str(self.table.__tablename__)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name, stored and derived."""
        return {each.name: each for each in self.fields}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that the table keeps, in the order a form shows them."""
        return tuple(each for each in self.fields if not each.is_derived)

    @cached_property
    def links(self) -> tuple[Field, ...]:
        """The stored fields that point at another record."""
        return tuple(each for each in self.stored if isinstance(each.kind, Link))

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def __hash__(self) -> int:
        return hash(self.name)
