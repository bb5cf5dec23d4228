"""Columns of the tables: one call a column, so that every table is written in the same few words.

Text columns are declared TEXT, because STRICT tables refuse VARCHAR. Nothing here knows a record or a connection.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

EARLIEST = "0001-01-01"
LATEST = "9999-12-31"


def row_id() -> Any:
    """The key `id INTEGER PRIMARY KEY AUTOINCREMENT`: never used again after a delete."""
    return Field(default=None, primary_key=True)


def optional_text(**more: Any) -> Any:
    """A text column that may be empty (NULL)."""
    return Field(default=None, sa_type=Text, nullable=True, **more)


def required_text(**more: Any) -> Any:
    """A text column that is never NULL."""
    return Field(sa_type=Text, nullable=False, **more)


def number(**more: Any) -> Any:
    """A whole number that may be NULL."""
    return Field(default=None, nullable=True, **more)


def required_number(**more: Any) -> Any:
    """A whole number that is never NULL."""
    return Field(nullable=False, **more)


def link(target: str, *, required: bool = False, index: bool = True, **more: Any) -> Any:
    """A foreign key to an integer key such as `person.id`; without `index` where the table has a wider one."""
    if required:
        return Field(foreign_key=target, nullable=False, index=index, **more)
    return Field(default=None, foreign_key=target, nullable=True, index=index, **more)


def code_link(target: str, *, required: bool = False, index: bool = True, **more: Any) -> Any:
    """A foreign key to a text key such as `country.code`; without `index` where the table has a wider one."""
    if required:
        return Field(sa_type=Text, foreign_key=target, nullable=False, index=index, **more)
    return Field(default=None, sa_type=Text, foreign_key=target, nullable=True, index=index, **more)


def earliest() -> Any:
    """The derived first day of a fuzzy date (ISO day)."""
    return Field(default=EARLIEST, sa_type=Text, nullable=False, sa_column_kwargs={"server_default": EARLIEST})


def latest() -> Any:
    """The derived last day of a fuzzy date (ISO day)."""
    return Field(default=LATEST, sa_type=Text, nullable=False, sa_column_kwargs={"server_default": LATEST})


def uid() -> Any:
    """A UUID as text, unique: the identity of the record outside this file."""
    return Field(default_factory=lambda: str(uuid.uuid4()), sa_type=Text, nullable=False, unique=True)


def one_of(column: str, codes: Iterable[str], *, name: str) -> CheckConstraint:
    """The constraint that a column holds one code of a closed vocabulary (NULL passes)."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def dated(column: str, table: str) -> CheckConstraint:
    """The constraint that a fuzzy date's bounds are lawful: in order, and open exactly where nothing is stated."""
    days = f"{column}_from GLOB '????-??-??' AND {column}_to GLOB '????-??-??' AND {column}_from <= {column}_to"
    unstated = f"{column} IS NOT NULL OR ({column}_from = '{EARLIEST}' AND {column}_to = '{LATEST}')"
    return CheckConstraint(f"{days} AND ({unstated})", name=f"ck_{table}_{column}_bounds")


KEPT = {"sqlite_strict": True, "sqlite_autoincrement": True}
