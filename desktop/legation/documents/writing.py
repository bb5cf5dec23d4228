"""Writing files so that they are whole or not there: into temporary files beside them, moved into place at the end."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from glob import escape
from pathlib import Path
from typing import BinaryIO

from legation.documents.document import About, Document, only_table
from legation.documents.earlier_issue import side_file
from legation.documents.formats import Format
from legation.documents.progress import Cancelled, Progress
from legation.documents.to_csv import BOM, as_text, csv_lines, csv_parts
from legation.documents.to_json import about_of
from legation.errors import UserError
from legation.i18n import _
from legation.storage.constraints import words_for
from legation.storage.database import remove_leftovers


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when everything was written.

    Raises `UserError` when the folder cannot be written or is full; then, and when anything else is raised, `path` is
    as it was.
    """
    with whole_files([path]) as (file,):
        yield file


@contextmanager
def whole_files(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Binary files that take the places of `paths` together; where one cannot, all are as they were (see above)."""
    temporaries: list[Path] = []
    path = paths[0]
    try:
        with ExitStack() as opened:
            files: list[BinaryIO] = []
            for path in paths:
                handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent or ".")
                temporaries.append(Path(name))
                files.append(opened.enter_context(os.fdopen(handle, "wb")))
            path = paths[0]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        for path, temporary in zip(paths, temporaries, strict=True):
            _keep_mode(temporary, path)
        _take_places(temporaries, paths)
    except OSError as error:
        path = Path(error.filename2) if error.filename2 else path
        told = words_for(error, path)
        raise told or UserError(
            _("{name} cannot be written: {reason}.").format(name=path.name, reason=error.strerror or error),
            _("Choose another place."),
        ) from error
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)
        for each in paths:  # of a process that was killed while it wrote the same file
            remove_leftovers(each.parent, f".{escape(each.name[:80])}.*.part")


def _take_places(temporaries: Sequence[Path], paths: Sequence[Path]) -> None:
    """Move all files into place; where one cannot be moved, those before it are brought back."""
    moved: list[tuple[Path, Path | None]] = []
    kept: list[Path] = []
    try:
        for temporary, path in zip(temporaries, paths, strict=True):
            old = _copy_beside(path) if len(paths) > 1 and path.is_file() else None
            kept += [old] if old is not None else []
            os.replace(temporary, path)
            moved.append((path, old))
    except OSError:
        for path, old in reversed(moved):
            if old is not None:
                os.replace(old, path)
            else:
                path.unlink(missing_ok=True)
        raise
    finally:
        for old in kept:
            old.unlink(missing_ok=True)


def _copy_beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".old", dir=path.parent)
    os.close(handle)
    return Path(shutil.copy2(path, name))


def _keep_mode(temporary: Path, path: Path) -> None:
    """Give the new file the rights of the one it replaces, or those of any new file."""
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    os.chmod(temporary, mode)


def write_document(document: Document, format: Format, path: Path, progress: Progress | None = None) -> list[Path]:
    """Write a document in a format; the files written, which are all there or all as they were.

    A CSV file holds the first table; each further table gets a file named after it beside the first. A format that does
    not hold what the document was made of gets it in a file NAME.about.json. Raises `UserError`, or `Cancelled` when
    `progress` gives False.
    """
    written: dict[Path, Iterable[bytes]] = {}
    if format.name == "csv":
        written[path] = csv_parts(document, progress)
        for table in document.tables[1:]:
            beside = path.with_name(f"{path.stem}-{table.name}{path.suffix}")
            written[beside] = csv_parts(only_table(document, table.name), progress)
    else:
        written[path] = (format.write(document, progress),)
    if document.about is not None and not format.tells_itself:
        written[side_file(path)] = (said_beside(document.about),)
    with whole_files(list(written)) as files:
        for file, parts in zip(files, written.values(), strict=True):
            file.writelines(parts)
    return list(written)


def said_beside(about: About) -> bytes:
    """What the file beside a report says of it."""
    return (json.dumps(about_of(about), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def write_csv(
    file: BinaryIO,
    headings: list[str],
    portions: Iterable[tuple[int, int, Sequence[str]]],
    *,
    bom: bool = True,
    progress: Progress | None = None,
) -> int:
    """Write headings and lines as CSV; how many rows. A portion is (rows read so far, rows in all, lines that follow).

    Raises `Cancelled` when `progress` gives False.
    """
    count = 0
    file.write(((BOM if bom else "") + csv_lines([headings])).encode("utf-8"))
    for done, total, lines in portions:
        file.write(as_text(lines).encode("utf-8"))
        count += len(lines)
        if progress is not None and not progress(done, total):
            raise Cancelled
    return count
