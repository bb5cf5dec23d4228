"""A disk that is full but for some bytes."""

from __future__ import annotations

import errno
from pathlib import Path


def fill(folder: Path, leave: int = 0) -> Path:
    """Take all room of a disk, but for some bytes; the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC
        file.truncate(file.seek(0, 2) - leave)
    return filler
