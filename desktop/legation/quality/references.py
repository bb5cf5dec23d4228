"""What points at what, and what must not occur twice: read from the tables, so that a new column needs no line here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint

from legation.records.catalogue import LOGGED_TABLES, PUBLIC_TABLES, table_named

_COALESCED = re.compile(r"coalesce\((\w+), (''|0)\)")
_CONDITION = re.compile(r"(\w+) = '(\w+)'")

SAID_TWICE = ("citation",)  # tables in which two rows that say the same are one, though nothing forbids them

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that hold the columns `referred` of a row of `target`."""

    table: str
    columns: tuple[str, ...]
    target: str
    referred: tuple[str, ...]


@dataclass(frozen=True)
class UniqueKey:
    """Columns whose values no two rows share. `expressions` are what the index holds of them, which may count NULL as
    a value; `where` limits the key to the rows that have a value in a column. `is_whole_row` tells that no index holds
    it: two rows that say the same in every column are one."""

    name: str
    table: str
    columns: tuple[str, ...]
    expressions: tuple[str, ...]
    where: tuple[str, str] | None = None
    is_whole_row: bool = False

    def values(self, row: Row) -> tuple[Any, ...] | None:
        """The values that must be the row's alone; None where the key does not hold for the row."""
        if self.where is not None and row[self.where[0]] != self.where[1]:
            return None
        found = tuple(row[name] for name in self.columns)
        plain = zip(self.expressions, found, strict=True)
        if self.is_whole_row:
            return found
        return None if any(value is None and "coalesce" not in text for text, value in plain) else found

    @property
    def condition(self) -> str:
        """SQL that finds the rows which have the values of the key, handed over in the order of the columns."""
        if self.is_whole_row:
            return " AND ".join(f"{text} IS ?" for text in self.expressions)
        found = [
            f"{text} = {text.replace(_quoted(name), '?') if 'coalesce' in text else '?'}"
            for name, text in zip(self.columns, self.expressions, strict=True)
        ]
        if self.where is not None:
            found.append(f"{_quoted(self.where[0])} = '{self.where[1]}'")
        return " AND ".join(found)


@cache
def key_of(table: str) -> tuple[str, ...]:
    """The names of the columns by which a row is told."""
    return tuple(column.name for column in table_named(table).primary_key.columns)


@cache
def foreign_keys_to(target: str) -> tuple[ForeignKey, ...]:
    """Every foreign key that points at a table, those of several columns included, in the order of the tables."""
    return tuple(each for table in LOGGED_TABLES for each in foreign_keys_of(table) if each.target == target)


@cache
def foreign_keys_of(table: str) -> tuple[ForeignKey, ...]:
    """The foreign keys of a table."""
    found = []
    for constraint in table_named(table).foreign_key_constraints:
        columns = tuple(element.parent.name for element in constraint.elements)
        referred = tuple(element.column.name for element in constraint.elements)
        found.append(ForeignKey(table, columns, constraint.referred_table.name, referred))
    return tuple(sorted(found, key=lambda each: each.columns))


@cache
def unique_keys(table: str) -> tuple[UniqueKey, ...]:
    """What must be unique in a table besides its `id`, which no row shares and no row changes."""
    found = [
        _of_columns(each, table)
        for each in table_named(table).constraints
        if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)
    ]
    found += [_of_index(each) for each in table_named(table).indexes if each.unique]
    if table in SAID_TWICE:
        columns = tuple(column.name for column in table_named(table).columns if column.name != "id")
        found.append(UniqueKey(f"{table} row", table, columns, tuple(map(_quoted, columns)), is_whole_row=True))
    return tuple(sorted((each for each in found if "id" not in each.columns), key=lambda each: each.name))


def _of_columns(constraint: UniqueConstraint | PrimaryKeyConstraint, table: str) -> UniqueKey:
    columns = tuple(column.name for column in constraint.columns)
    name = str(constraint.name or ", ".join(columns))
    return UniqueKey(name, table, columns, tuple(map(_quoted, columns)))


def _of_index(index: Index) -> UniqueKey:
    """A unique index. Raises `ValueError` for an expression that is not understood here."""
    columns, expressions = list[str](), list[str]()
    for expression in index.expressions:
        if name := getattr(expression, "name", None):
            columns.append(str(name))
            expressions.append(_quoted(str(name)))
            continue
        coalesced = _COALESCED.fullmatch(str(expression))
        if coalesced is None:
            raise ValueError(f"{index.name}: {expression}")
        columns.append(coalesced.group(1))
        expressions.append(f"coalesce({_quoted(coalesced.group(1))}, {coalesced.group(2)})")
    table: Table = index.table  # type: ignore[assignment]
    condition = index.dialect_options["sqlite"]["where"]
    where = None
    if condition is not None:
        read = _CONDITION.fullmatch(str(condition))
        if read is None:
            raise ValueError(f"{index.name}: {condition}")
        where = (read.group(1), read.group(2))
    return UniqueKey(str(index.name), table.name, tuple(columns), tuple(expressions), where)


def _quoted(name: str) -> str:
    return f'"{name}"'


@cache
def named_rows() -> tuple[tuple[str, str], ...]:
    """Tables that name a row by its record type and its id, with the column of the id; no foreign key can do that."""
    return tuple(
        (name, column.name)
        for name in LOGGED_TABLES
        if name not in PUBLIC_TABLES and "record" in table_named(name).c
        for column in table_named(name).columns
        if column.name.endswith("_id")
    )
