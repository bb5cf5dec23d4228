"""A draft: the values of a record while they are being typed, imported, captured or written on one line.

Every door into the workspace is a `Draft`. It may own lines (lists of drafts) and point at drafts that are not saved
yet; it knows which values were touched and what is wrong with them. It knows no database and no window: storage turns
it into rows, a form shows it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from legation.fields.kinds import Link, ValueProblem
from legation.fields.record_type import Field, Problem, RecordType
from legation.i18n import _

_serial = itertools.count(1)


@dataclass(eq=False)
class Draft:
    """Values of one record, saved or not.

    `values` holds stored values by field name; a link may hold another `Draft` that is saved first. `original` holds
    the values as they were read, empty for a new record; `rejected` holds typed text that could not be parsed.
    `lines` maps the name of a `Lines` to its drafts in order, `original_lines` to the ids that were read. `as_of` is
    the number of the last step when the record was read, 0 for a new record.
    """

    record: RecordType
    id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    original: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str, tuple[str, str]] = field(default_factory=dict)
    lines: dict[str, list[Draft]] = field(default_factory=dict)
    original_lines: dict[str, tuple[int, ...]] = field(default_factory=dict)
    as_of: int = 0
    unentered: dict[str, str] = field(default_factory=dict)
    """Text typed where lines are added that has not become a line, by the name of the lines."""
    serial: int = field(default_factory=lambda: next(_serial))

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self.rejected.pop(name, None)
        self.values[name] = value

    @property
    def touched(self) -> set[str]:
        """Names of the fields whose value differs from the one that was read."""
        return {name for name, value in self.values.items() if value != self.original.get(name)}

    @property
    def line_key(self) -> Any:
        """What identifies this line among its owner's saved ones; None for a new line."""
        return self.original.get("appointment_id") if self.record.name == "capacity" else self.id

    def is_changed(self) -> bool:
        """Whether saving would write anything, in this record or in one of its lines."""
        if self.touched or self.rejected or (self.id is None and not self.original and self.values):
            return True
        for name, drafts in self.lines.items():
            if tuple(each.line_key for each in drafts) != self.original_lines.get(name, ()):
                return True
            if any(each.is_changed() for each in drafts):
                return True
        return False

    def type_in(self, name: str, text: str) -> Problem | None:
        """Take typed text for a field; the problem with it, or None.

        Text that cannot be parsed is kept in `rejected`, so that nothing typed is lost; the old value stays beside it.
        """
        try:
            self[name] = self.record[name].kind.parse(text)
        except ValueProblem as problem:
            self.rejected[name] = (text, str(problem))
            return Problem(name, str(problem))
        return None

    def problems(self) -> list[Problem]:
        """What is wrong with this record's own values, lines left out, in the order of the fields."""
        found = [Problem(name, sentence) for name, (_text, sentence) in self.rejected.items()]
        for each in self.record.stored:
            if each.name not in self.rejected:
                found += self._field_problems(each)
        for check in self.record.checks:
            found += check(self)
        return found

    def _field_problems(self, each: Field) -> list[Problem]:
        value = self.values.get(each.name)
        if value is None:
            if not each.required:
                return []
            return [Problem(each.name, _("{field} is needed.").format(field=_(each.label)))]
        if isinstance(value, Draft):
            return []
        return [Problem(each.name, sentence) for sentence in each.kind.problems(value)]

    def all_problems(self) -> Iterator[tuple[Draft, Problem]]:
        """Every problem of this draft, of the unsaved drafts it points at and of its lines, each with its draft."""
        for draft in self.walk():
            for problem in draft.problems():
                yield draft, problem

    def blocking(self) -> list[tuple[Draft, Problem]]:
        """The problems that stop saving."""
        return [(draft, problem) for draft, problem in self.all_problems() if problem.blocking]

    def walk(self, seen: set[int] | None = None) -> Iterator[Draft]:
        """This draft, the unsaved drafts it points at, and all lines, each once, owners before lines."""
        seen = set() if seen is None else seen
        if self.serial in seen:
            return
        seen.add(self.serial)
        yield self
        for value in list(self.values.values()):
            if isinstance(value, Draft):
                yield from value.walk(seen)
        for drafts in self.lines.values():
            for each in drafts:
                yield from each.walk(seen)

    def add_line(self, name: str, line: Draft) -> Draft:
        """Append a line and give it back."""
        self.lines.setdefault(name, []).append(line)
        return line


def new_draft(record: RecordType, **values: Any) -> Draft:
    """A draft of a new record: the defaults of its fields, then `values`, with an empty list for each kind of line.

    Raises `KeyError` for a value that the record type has no field for.
    """
    for name in values:
        record[name]
    draft = Draft(record)
    draft.values = {each.name: each.default for each in record.stored if each.default is not None}
    draft.values |= values
    draft.lines = {each.name: [] for each in record.lines}
    return draft


def duplicate(draft: Draft, *, without_lines: tuple[str, ...] = ()) -> Draft:
    """A draft of a new record like this one, with its lines; links among the lines point at the new lines.

    `without_lines` names kinds of lines that are not carried over.
    """
    copies: dict[int, Draft] = {}
    by_key = {(each.record.name, each.id): each for each in draft.walk() if each.id is not None}

    def copy(each: Draft) -> Draft:
        if each.serial not in copies:
            made = copies[each.serial] = Draft(each.record)
            made.lines = {
                name: [] if name in without_lines else [copy(line) for line in lines]
                for name, lines in each.lines.items()
            }
        return copies[each.serial]

    made = copy(draft)
    owners = {line.serial: each for each in draft.walk() for lines in each.lines.values() for line in lines}
    for each in list(draft.walk()):
        if each.serial not in copies:
            continue
        for name, value in each.values.items():
            kind = each.record[name].kind
            target = by_key.get((kind.target, value)) if isinstance(kind, Link) else None
            if target is not None and target in (draft, owners.get(each.serial)):
                continue  # filled in from the owner when it is saved
            target = value if isinstance(value, Draft) else target
            copied = copies.get(target.serial) if target is not None else None
            copies[each.serial].values[name] = copied or value
    return made


def to_plain(draft: Draft) -> dict[str, Any]:
    """The draft as plain data for a JSON file; `from_plain` makes an equal draft of it."""
    known = {each.serial: position for position, each in enumerate(draft.walk())}

    def plain_value(value: Any) -> Any:
        return {"draft": known[value.serial]} if isinstance(value, Draft) else value

    rows = []
    for each in draft.walk():
        typed = {"unentered": dict(each.unentered)} if each.unentered else {}
        rows.append(
            {
                "record": each.record.name,
                "id": each.id,
                "values": {name: plain_value(value) for name, value in each.values.items()},
                "original": each.original,
                "rejected": {name: list(pair) for name, pair in each.rejected.items()},
                "lines": {name: [known[line.serial] for line in drafts] for name, drafts in each.lines.items()},
                "original_lines": {name: list(ids) for name, ids in each.original_lines.items()},
                "as_of": each.as_of,
                **typed,
            }
        )
    return {"version": 1, "drafts": rows}


def from_plain(plain: Mapping[str, Any], record_named: Callable[[str], RecordType]) -> Draft:
    """The draft that `to_plain` wrote. Raises `ValueError` when the data is damaged or of another version."""
    try:
        if plain["version"] != 1:
            raise ValueError("unknown version of a draft")
        rows = plain["drafts"]
        drafts = [Draft(record_named(row["record"]), row["id"], as_of=row["as_of"]) for row in rows]
        for draft, row in zip(drafts, rows, strict=True):
            fields = draft.record.by_name
            draft.original = {name: value for name, value in row["original"].items() if name in fields}
            draft.values = {
                name: drafts[value["draft"]] if isinstance(value, dict) else value
                for name, value in row["values"].items()
                if name in fields
            }
            draft.rejected = {name: (pair[0], pair[1]) for name, pair in row["rejected"].items() if name in fields}
            draft.lines = {name: [drafts[position] for position in lines] for name, lines in row["lines"].items()}
            draft.unentered = {name: str(text) for name, text in row.get("unentered", {}).items()}
            draft.original_lines = {name: tuple(ids) for name, ids in row["original_lines"].items()}
        return drafts[0]
    except (KeyError, IndexError, TypeError, AttributeError) as damage:
        raise ValueError("damaged draft") from damage


def unsaved_links(draft: Draft) -> list[tuple[str, Draft]]:
    """The fields of this draft that point at a draft, with that draft."""
    return [(name, value) for name, value in draft.values.items() if isinstance(value, Draft)]
