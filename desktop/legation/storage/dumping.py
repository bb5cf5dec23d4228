"""Dumping a workspace: every table and its history into a folder of CSV files, which any program can read.

Nothing is translated, dated or counted in a way that differs from one time to the next: the same workspace gives the
same bytes. The folder is whole or not there.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from legation.errors import UserError
from legation.i18n import _
from legation.paths import resources
from legation.storage.connection import connect_for_reading
from legation.storage.constraints import words_for
from legation.storage.database import inspect, told_in_words
from legation.storage.dump_format import DESCRIPTION, DUMPED, FORMAT, README, dumped_table, file_of, resource, to_cell
from legation.storage.reading import Reader
from legation.storage.schema import SCHEMA_VERSION

PORTION = 5000  # rows held at a time

Progress = Callable[[int, int], None]


def dump(path: Path, folder: Path, progress: Progress | None = None) -> int:
    """Write a workspace into a new folder; how many rows. `progress` is told rows done and rows in all.

    The workspace has the present format. Raises `UserError` when the folder holds something or cannot be written.
    """
    inspect(path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            _("{name} is there already and not empty.").format(name=folder), _("Give the name of a new folder.")
        )
    unfinished = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with told_in_words(path):
            reader = Reader(connect_for_reading(path))
        with closing(reader), reader.snapshot():
            unfinished.mkdir()
            count = _write(reader, unfinished, progress or (lambda _done, _total: None))
        if folder.exists():
            folder.rmdir()
        os.replace(unfinished, folder)
    except OSError as error:
        raise words_for(error, folder) or UserError(
            _("{name} cannot be written: {reason}.").format(name=folder, reason=error.strerror or error),
            _("Choose another place."),
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def _write(reader: Reader, folder: Path, progress: Progress) -> int:
    counts = {name: int(reader.sql(f'SELECT count(*) FROM "{name}"')[0][0]) for name in DUMPED}
    numbers: dict[str, int] = dict(reader.sql("SELECT name, seq FROM sqlite_sequence"))
    settings: dict[str, str] = dict(reader.sql("SELECT name, value FROM setting"))
    described, done, total = [], 0, sum(counts.values())
    for name in DUMPED:
        measured: dict[str, Any] = {"rows": counts[name], "last_number": numbers.get(name)}
        measured |= _write_table(reader, name, folder / file_of(name), lambda rows: progress(done + rows, total))  # noqa: B023
        described.append(resource(name, measured))
        done += counts[name]
    description = {
        "profile": "tabular-data-package",
        "name": "legation-workspace",
        "id": settings.get("uuid"),
        "title": settings.get("name"),
        "legation": {"format": FORMAT, "schema_version": SCHEMA_VERSION},
        "resources": described,
    }
    text = json.dumps(description, ensure_ascii=False, indent=2) + "\n"
    _write_file(folder / DESCRIPTION, text.encode("utf-8"))
    _write_file(folder / README, (resources() / "help" / "dump.md").read_bytes())
    return done


def _write_table(reader: Reader, name: str, path: Path, told: Callable[[int], None]) -> dict[str, Any]:
    """Write a table in the order of its key; the size of the file and its sum."""
    table = dumped_table(name)
    summed, size, rows = hashlib.sha256(), 0, 0
    with path.open("wb") as file:

        def write(lines: Any) -> None:
            nonlocal size
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\r\n").writerows(lines)
            written = text.getvalue().encode("utf-8")
            file.write(written)
            summed.update(written)
            size += len(written)

        write([[column.name for column in table.columns]])
        for portion in reader.stream(select(table).order_by(*table.primary_key.columns), PORTION):
            write([to_cell(value) for value in row] for row in portion)
            rows += len(portion)
            told(rows)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": size, "hash": f"sha256:{summed.hexdigest()}"}


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
