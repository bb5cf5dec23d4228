"""Loading a dump: the same workspace made of a folder of CSV files, whole or not at all.

Everything is checked: that the folder is complete and as it was written, that the columns are those of this format,
that the rows keep every rule of the tables and every link holds. The workspace is the same one: its uuid, its history
and its numbers are those of the dump. Derived tables and indexes are made anew.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from legation.errors import UserError, WorkspaceNewer
from legation.i18n import _
from legation.storage import schema
from legation.storage.checking import CHECKS
from legation.storage.connection import APPLICATION_ID, connect_for_writing
from legation.storage.constraints import words_for
from legation.storage.database import new_file
from legation.storage.dump_format import DESCRIPTION, DUMPED, FORMAT, dumped_table, file_of, from_cell, is_number

PORTION = 5000  # rows held at a time
CHECKED = ("Links", "Dates")
BLOCK = 1 << 20

Progress = Callable[[int, int], None]


def load_dump(folder: Path, path: Path, progress: Progress | None = None) -> int:
    """Make the workspace `path` of a dump; how many rows. `progress` is told rows done and rows in all.

    Raises `UserError` when the dump is not whole or not lawful, or the path is taken; then nothing is there.
    """
    description = _read_description(folder)
    _refuse_other_files(folder, description)
    told = progress or (lambda _done, _total: None)
    with new_file(path) as unfinished, closing(connect_for_writing(unfinished, journal="OFF", make=True)) as connection:
        # a file that is lost when this fails needs no journal, and sorting need not fit into memory
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "temp_store = FILE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        for statement in schema.table_statements():
            connection.execute(statement)
        for name in DUMPED:
            schema.drop_indexes(name, connection)
        count = _load_tables(connection, folder, description, told)
        _finish(connection)
        connection.execute("COMMIT")
    return count


def _read_description(folder: Path) -> dict[str, dict[str, Any]]:
    """The description of each table by its name. Raises `UserError` when this program cannot load it."""
    if not folder.is_dir():
        raise UserError(_("There is no folder {folder}.").format(folder=folder), _("Check the name."))
    try:
        told = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        version, known = told["legation"]["schema_version"], told["legation"]["format"]
        tables = {each["name"]: each for each in told["resources"]}
        newer = version > schema.SCHEMA_VERSION or known > FORMAT
        sound = all(_is_described(each) for each in tables.values()) and len(tables) == len(told["resources"])
    except FileNotFoundError:
        raise _no_dump(folder, _("it has no {file}").format(file=DESCRIPTION)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_dump(folder, _("{file} cannot be read").format(file=DESCRIPTION)) from error
    if newer:
        raise WorkspaceNewer(
            _("{folder} was written by a newer Legation (format {found}, this one knows {known}).").format(
                folder=folder, found=version, known=schema.SCHEMA_VERSION
            ),
            _("Update Legation."),
        )
    if not sound:
        raise _no_dump(folder, _("{file} does not tell what this program must know").format(file=DESCRIPTION))
    missing = [name for name in DUMPED if name not in tables]
    if missing:
        raise _no_dump(folder, _("the table {table} is missing").format(table=missing[0]))
    return tables


def _is_described(table: Any) -> bool:
    number = table.get("last_number")
    kinds = ((table.get("rows"), int), (table.get("bytes"), int), (table.get("hash"), str), (table["name"], str))
    return all(type(value) is kind for value, kind in kinds) and (number is None or type(number) is int)


def _no_dump(folder: Path, why: str) -> UserError:
    return UserError(
        _("{folder} is no dump that can be loaded: {why}.").format(folder=folder, why=why),
        _("Give the folder that legation dump made, as it was made."),
    )


def _refuse_other_files(folder: Path, description: dict[str, dict[str, Any]]) -> None:
    """Raise `UserError` unless every file is there as it was written."""
    for name in DUMPED:
        file, told = folder / file_of(name), description[name]
        try:
            size = file.stat().st_size
            summed = hashlib.sha256()
            with file.open("rb") as opened:
                while block := opened.read(BLOCK):
                    summed.update(block)
        except FileNotFoundError:
            raise _no_dump(folder, _("{file} is missing").format(file=file.name)) from None
        except OSError as error:
            raise _no_dump(folder, _("{file} cannot be read").format(file=file.name)) from error
        if size < told["bytes"]:
            raise _no_dump(
                folder,
                _("{file} is only half there ({size} of {whole} bytes)").format(
                    file=file.name, size=f"{size:,}", whole=f"{told['bytes']:,}"
                ),
            )
        if f"sha256:{summed.hexdigest()}" != told["hash"]:
            raise _no_dump(folder, _("{file} was changed after it was written").format(file=file.name))


def _load_tables(
    connection: sqlite3.Connection, folder: Path, description: dict[str, dict[str, Any]], progress: Progress
) -> int:
    done, total = 0, sum(description[name]["rows"] for name in DUMPED)
    for name in DUMPED:
        table = dumped_table(name)
        marks = ", ".join("?" for _column in table.columns)
        rows = 0
        try:
            for portion in _portions(folder, name):
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', portion)
                rows += len(portion)
                progress(done + rows, total)
        except sqlite3.IntegrityError as error:
            told = words_for(error, folder)
            raise _no_dump(
                folder,
                _("{file} holds a row that breaks a rule ({why})").format(
                    file=file_of(name), why=str(told or error).rstrip(".")
                ),
            ) from error
        if rows != description[name]["rows"]:
            raise _no_dump(
                folder,
                _("{file} has {found} rows instead of {told}").format(
                    file=file_of(name), found=f"{rows:,}", told=f"{description[name]['rows']:,}"
                ),
            )
        _keep_last_number(connection, folder, name, description[name]["last_number"])
        done += rows
    return done


def _portions(folder: Path, name: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table's file, some at a time. Raises `UserError` where they are no rows of the table."""
    table, file = dumped_table(name), folder / file_of(name)
    columns = [column.name for column in table.columns]
    kinds = [(is_number(column), bool(column.nullable)) for column in table.columns]
    line = 0
    try:
        with _any_length(), file.open(encoding="utf-8", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            found = next(reader, [])
            if found != columns:
                raise _no_dump(folder, _("the columns of {file} are not those of this format").format(file=file.name))
            while rows := list(islice(reader, PORTION)):
                portion = []
                for row in rows:
                    line += 1
                    if len(row) != len(columns):
                        raise ValueError(row)
                    portion.append(tuple(_value(cell, *kind) for cell, kind in zip(row, kinds, strict=True)))
                yield portion
    except (ValueError, csv.Error) as error:
        raise _no_dump(folder, _("{file} cannot be read at row {row}").format(file=file.name, row=line)) from error


def _value(cell: str, is_number: bool, may_be_empty: bool) -> int | str | None:
    """The value of a cell. Raises `ValueError`; an empty cell would give a row a number of its own."""
    value = from_cell(cell, is_number=is_number)
    if value is None and not may_be_empty:
        raise ValueError(cell)
    return value


@contextmanager
def _any_length() -> Iterator[None]:
    """Let cells be of any length meanwhile: the text of a source, or a row in the history, may be long."""
    before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _keep_last_number(connection: sqlite3.Connection, folder: Path, name: str, number: int | None) -> None:
    """Go on counting where the workspace was, so that the number of a deleted row is not given again."""
    if "id" not in dumped_table(name).c:
        return
    (highest,) = connection.execute(f'SELECT max(id) FROM "{name}"').fetchone()
    if (number or 0) < (highest or 0):
        raise _no_dump(folder, _("the last number of the table {table} cannot be right").format(table=name))
    connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
    if number is not None:
        connection.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", (name, number))


def _finish(connection: sqlite3.Connection) -> None:
    """Make what is derived, and refuse what does not hold together."""
    schema.renew_indexes(connection)
    for name in CHECKED:
        for sentence in CHECKS[name](connection):
            raise UserError(_("The dump does not hold together: {why}").format(why=sentence))
    for (id,) in connection.execute(_UNREADABLE):
        raise UserError(
            _("The dump does not hold together: {why}").format(why=_("Change {id} cannot be read.").format(id=id))
        )
    schema.make_views_and_triggers(connection)
    schema.rebuild_derived(connection)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (schema.REVISION,))
    schema.write_versions(connection, APPLICATION_ID)


_UNREADABLE = (
    "SELECT id FROM change WHERE NOT json_valid(key) OR (before IS NOT NULL AND NOT json_valid(before)) "
    "OR (after IS NOT NULL AND NOT json_valid(after)) LIMIT 1"
)
