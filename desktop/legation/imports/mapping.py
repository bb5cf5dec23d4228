"""A mapping: what each column of a table gives, kept by name and as a file that a person can read and write.

    type = "visits"

    [columns]
    "start_date" = "event.start"
    "description" = ["event.summary", "event.places"]

    [values]
    "host.country" = "USA"

    [dates]
    "start_date" = "month first"

Columns that are not named are not taken. Works on plain data; where mappings are kept is not known here.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from legation.errors import UserError
from legation.fields.folding import fold
from legation.i18n import _
from legation.imports.column_dates import ORDERS
from legation.imports.roles import LIKELY, ROLES, TYPES

MONTH_ONLY = "month only"
ALIKE_SHAPE = 0.75  # of the headings of a mapping that a table must have before it is proposed for it


@dataclass(frozen=True)
class Mapping:
    """What the columns of a table give.

    `columns` maps a heading to roles, `values` a role to what it is in every row, `dates` a heading to an order of
    figures and perhaps "month only". In the columns of `fill_down` an empty cell repeats the one above. `likely` says
    what becomes of a record that may be a known one and that nobody decided: "new", "same" or "reject". `reasons` tells
    of each guessed heading or value why.
    """

    type: str
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    likely: str = "new"
    name: str = ""
    fill_down: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def record(self) -> str:
        """The record type that a row is in the first place."""
        return TYPES[self.type][0]

    def headings_of(self, role: str) -> list[str]:
        """The columns that give a role, in the order of the mapping."""
        return [heading for heading, roles in self.columns.items() if role in roles]

    def gives(self, role: str) -> bool:
        """Whether a column or a value gives a role."""
        return role in self.values or any(role in roles for roles in self.columns.values())

    def for_headings(self, headings: Sequence[str]) -> Mapping:
        """The mapping with the headings as a table writes them; columns that the table has not are left out."""
        written = {fold(heading) or heading: heading for heading in headings}
        columns = {written[key]: roles for old, roles in self.columns.items() if (key := fold(old) or old) in written}
        dates = {written[key]: how for old, how in self.dates.items() if (key := fold(old) or old) in written}
        filled = tuple(written[key] for old in self.fill_down if (key := fold(old) or old) in written)
        return replace(self, columns=columns, dates=dates, fill_down=filled)

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a table has the shape this mapping was made for, wherever its columns stand now."""
        there = {fold(heading) for heading in headings}
        own = [fold(heading) for heading in self.columns]
        return bool(own) and sum(each in there for each in own) >= ALIKE_SHAPE * len(own)


def to_toml(mapping: Mapping) -> str:
    """The mapping as TOML; `from_toml` reads an equal one, without the reasons."""
    lines = [f"type = {_text(mapping.type)}"]
    if mapping.name:
        lines.append(f"name = {_text(mapping.name)}")
    lines.append(f"likely = {_text(mapping.likely)}")
    if mapping.fill_down:
        lines.append(f"fill_down = [{', '.join(map(_text, mapping.fill_down))}]")
    for title, pairs in (("columns", mapping.columns), ("values", mapping.values), ("dates", mapping.dates)):
        if not pairs:
            continue
        lines += ["", f"[{title}]"]
        for key, value in pairs.items():
            remark = f"  # {' '.join(mapping.reasons[key].split())}" if key in mapping.reasons else ""
            lines.append(f"{_text(key)} = {_value(value)}{remark}")
    return "\n".join(lines) + "\n"


def _value(value: str | Iterable[str]) -> str:
    if isinstance(value, str):
        return _text(value)
    parts = [_text(each) for each in value]
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"


def _text(text: str) -> str:
    """A basic string of TOML: JSON's escapes are lawful in it, but for the one of DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(text: str, *, where: str = "") -> Mapping:
    """The mapping that TOML text holds. Raises `UserError` with the place and what is wrong."""
    called = where or _("The mapping")
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(_("{file} is no TOML: {reason}.").format(file=called, reason=error), _advice()) from None
    type_name = plain.get("type")
    if type_name not in TYPES:
        known = ", ".join(TYPES)
        raise UserError(_("{file}: type is none of {known}.").format(file=called, known=known), _advice())
    likely = plain.get("likely", "new")
    if likely not in LIKELY:
        raise UserError(_("{file}: likely is none of {known}.").format(file=called, known=", ".join(LIKELY)), _advice())
    columns = {heading: _roles(roles, called) for heading, roles in _section(plain, "columns", called).items()}
    values = {role: str(value) for role, value in _section(plain, "values", called).items()}
    for role in values:
        _roles(role, called)
    dates = {heading: str(how) for heading, how in _section(plain, "dates", called).items()}
    for how in dates.values():
        if order_of(how) not in (*ORDERS, ""):
            known = ", ".join(ORDERS)
            raise UserError(
                _("{file}: “{order}” is none of {known}.").format(file=called, order=how, known=known), _advice()
            )
    filled = plain.get("fill_down", [])
    if not isinstance(filled, list):
        raise UserError(_("{file}: fill_down is a list of headings.").format(file=called), _advice())
    name = str(plain.get("name", ""))
    return Mapping(str(type_name), columns, values, dates, likely, name, tuple(map(str, filled)))


def order_of(how: str) -> str:
    """The order of figures in what a mapping says of a column of dates."""
    return how.partition(",")[0].strip().removesuffix(MONTH_ONLY).strip()


def is_month_only(how: str) -> bool:
    """Whether a mapping says that only the months of a column are known."""
    return MONTH_ONLY in how


def _section(plain: dict[str, object], name: str, called: str) -> dict[str, object]:
    found = plain.get(name, {})
    if not isinstance(found, dict):
        raise UserError(_("{file}: [{section}] is no table.").format(file=called, section=name), _advice())
    return found


def _roles(given: object, called: str) -> tuple[str, ...]:
    roles = tuple(map(str, given)) if isinstance(given, list) else (str(given),) if given else ()
    for role in roles:
        if role not in ROLES:
            raise UserError(_("{file}: nothing is called “{role}”.").format(file=called, role=role), _advice())
    return roles


def _advice() -> str:
    return _("The manual lists what a mapping may say, under Importing.")
