"""What a dump is: a folder with every table as CSV, and a description of them that other programs read.

The description is a Tabular Data Package (specs.frictionlessdata.io): each table with its columns, their types, its
key and its links. Dumped are all logged tables and the log; what is derived is made anew when a dump is loaded. An
empty cell is NULL. A text that is empty, or begins as a formula of a spreadsheet or with a backslash, has a backslash
before it, so that nothing is lost and no spreadsheet runs it. Knows the tables, and neither files nor connections.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Integer, Table, UniqueConstraint
from sqlmodel.main import default_registry

from legation.fields.kinds import Choice
from legation.i18n import N_
from legation.records.catalogue import LOGGED_TABLES, RECORD_TYPES, table_named
from legation.storage.change_log import CHANGE, LOG, STEP

FORMAT = 1
DESCRIPTION = "datapackage.json"
README = "README.md"
LONGEST_NUMBER = 20  # figures of a whole number that SQLite keeps, with its sign
DUMPED = (*LOGGED_TABLES, STEP.name, CHANGE.name)
OF_THE_LOG = {
    STEP.name: N_("The history: a step is one change that somebody made, with its label, its time (UTC) and who."),
    CHANGE.name: N_("What each step did to each row: its key, and its values before and after, as JSON."),
}
_MARKED = re.compile("[\\\\=+\\-@\t\r\n＝＋－＠]")


def dumped_table(name: str) -> Table:
    """A table of the dump by its name."""
    return LOG.tables[name] if name in OF_THE_LOG else table_named(name)


def file_of(table: str) -> str:
    """The name of a table's file."""
    return f"{table}.csv"


def to_cell(value: int | str | None) -> str:
    """A stored value as a cell."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return f"\\{value}" if not value or _MARKED.match(value) else value


def from_cell(cell: str, *, is_number: bool) -> int | str | None:
    """The stored value of a cell. Raises `ValueError` when a whole number is none."""
    if not cell:
        return None
    if not is_number:
        return cell[1:] if cell[0] == "\\" else cell
    if not (cell.isascii() and cell.removeprefix("-").isdigit() and len(cell) <= LONGEST_NUMBER):
        raise ValueError(cell)
    value = int(cell)
    if not -(2**63) <= value < 2**63:
        raise ValueError(cell)
    return value


def is_number(column: Any) -> bool:
    """Whether a column holds whole numbers; all others hold text."""
    return isinstance(column.type, Integer)


def resource(name: str, measured: dict[str, Any]) -> dict[str, Any]:
    """The description of one table and its file; `measured` is what was found while it was written."""
    return {
        "name": name,
        "path": file_of(name),
        "profile": "tabular-data-resource",
        "title": RECORD_TYPES[name].plural if name in RECORD_TYPES else name,
        "description": _about(name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        **measured,
        "schema": _schema(name),
    }


def _about(name: str) -> str:
    if name in OF_THE_LOG:
        return OF_THE_LOG[name]
    said = {str(each.local_table.name): each.class_.__doc__ or "" for each in default_registry.mappers}  # type: ignore[attr-defined]
    return " ".join(said.get(name, "").replace("`", "").split())


def _schema(name: str) -> dict[str, Any]:
    table = dumped_table(name)
    fields = [_field(name, column) for column in table.columns]
    links = []
    for constraint in sorted(table.foreign_key_constraints, key=lambda each: tuple(each.column_keys)):
        target = constraint.referred_table.name
        pairs = [(element.parent, element.column.name) for element in constraint.elements]
        # a link of several columns holds where none is empty; of one that may be, only the column itself is told
        told = [pair for pair in pairs if pair[0].nullable] or pairs
        links.append(
            {
                "fields": [column.name for column, _referred in told],
                "reference": {
                    "resource": "" if target == name else target,  # the empty name is the table itself
                    "fields": [referred for _column, referred in told],
                },
            }
        )
    key = [column.name for column in table.primary_key.columns]
    return {"fields": fields, "missingValues": [""], "primaryKey": key} | ({"foreignKeys": links} if links else {})


def _field(name: str, column: Any) -> dict[str, Any]:
    record = RECORD_TYPES.get(name)
    known = record.by_name.get(column.name) if record else None
    found: dict[str, Any] = {"name": column.name, "type": "integer" if is_number(column) else "string"}
    if known is not None:
        found |= {"title": known.label} | ({"description": known.help} if known.help else {})
        if isinstance(known.kind, Choice):
            found["categories"] = [{"value": code, "label": words} for code, words in (known.kind.terms or {}).items()]
    limits = ({"required": True} if not column.nullable else {}) | ({"unique": True} if _is_unique(column) else {})
    return found | ({"constraints": limits} if limits else {})


def _is_unique(column: Any) -> bool:
    alone = [
        each
        for each in column.table.constraints
        if isinstance(each, UniqueConstraint) and [one.name for one in each.columns] == [column.name]
    ]
    return bool(alone)
