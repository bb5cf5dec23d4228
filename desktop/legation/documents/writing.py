"""Writing a file so that it is whole or not there: into a temporary file beside it, moved into place at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from legation.documents.to_csv import BOM, csv_lines
from legation.errors import UserError
from legation.i18n import _
from legation.storage.constraints import words_for


class Cancelled(Exception):
    """The person stopped it; nothing was written."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when everything was written.

    Raises `UserError` when the folder cannot be written or is full; then, and when anything else is raised, `path` is
    as it was.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent or ".")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(temporary, path)
        os.replace(temporary, path)
        temporary = ""
    except OSError as error:
        told = words_for(error, path)
        raise told or UserError(
            _("{name} cannot be written: {reason}.").format(name=path.name, reason=error.strerror or error),
            _("Choose another place."),
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _keep_mode(temporary: str, path: Path) -> None:
    """Give the new file the rights of the one it replaces, or those of any new file."""
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    os.chmod(temporary, mode)


def write_csv(
    file: BinaryIO,
    headings: list[str],
    portions: Iterable[tuple[int, int, list[list[Any]]]],
    *,
    bom: bool = True,
    progress: Callable[[int, int], bool] | None = None,
) -> int:
    """Write headings and portions of rows as CSV; how many rows. Raises `Cancelled` when `progress` gives False."""
    count = 0
    file.write(((BOM if bom else "") + csv_lines([headings])).encode("utf-8"))
    for done, total, rows in portions:
        file.write(csv_lines(rows).encode("utf-8"))
        count += len(rows)
        if progress is not None and not progress(done, total):
            raise Cancelled
    return count
