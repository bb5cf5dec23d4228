"""Where the bytes come from: a file of the disk, or bytes that somebody gives. Opened anew for each reading."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from legation.errors import UserError
from legation.i18n import _


class FileSource:
    """Bytes with the name of their file; `size` is their number. Raises `UserError` when they cannot be read."""

    def __init__(self, given: Path | bytes, name: str = "") -> None:
        self.path = given if isinstance(given, Path) else None
        self._bytes = given if isinstance(given, bytes) else b""
        self.name = name or (given.name if isinstance(given, Path) else _("Pasted"))
        self.size = len(self._bytes) if self.path is None else _size_of_file(self.path, self.name)
        if not self.size:
            raise UserError(_("{name} is empty.").format(name=self.name), _("Choose a file that holds a table."))

    def open(self) -> BinaryIO:
        """The bytes from their beginning."""
        if self.path is None:
            return io.BytesIO(self._bytes)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise _not_readable(self.name, error) from error

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """While the file is read: what goes wrong is told in a sentence, such as a network drive that is gone."""
        try:
            yield
        except OSError as error:
            raise _not_readable(self.name, error) from error

    def head(self, size: int) -> bytes:
        """The first bytes, at most `size`."""
        with self.guarded(), self.open() as file:
            return file.read(size)

    def tail(self, size: int) -> bytes:
        """The last bytes, at most `size`."""
        with self.guarded(), self.open() as file:
            file.seek(max(0, self.size - size))
            return file.read(size)


def _size_of_file(path: Path, name: str) -> int:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise UserError(
            _("There is no file {path}.").format(path=path), _("Check the name, or choose the file again.")
        ) from error
    except (OSError, ValueError) as error:
        raise _not_readable(name, error) from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError(_("{name} is a folder.").format(name=name), _("Choose a file in it."))
    if not stat.S_ISREG(found.st_mode):
        raise UserError(
            _("{name} is no ordinary file.").format(name=name), _("Save what it gives as a file, and choose that.")
        )
    return found.st_size


def _not_readable(name: str, error: OSError | ValueError) -> UserError:
    if isinstance(error, PermissionError):
        return UserError(
            _("You have no right to read {name}.").format(name=name), _("Ask its owner, or copy it to your own folder.")
        )
    reason = getattr(error, "strerror", None) or error
    return UserError(
        _("{name} cannot be read: {reason}.").format(name=name, reason=reason),
        _("Copy it to your own disk and try again."),
    )
