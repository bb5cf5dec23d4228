"""Writing files so that they are whole or not there: into temporary files beside them, moved into place at the end."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from legation.documents.document import About, Document, only_table
from legation.documents.earlier_issue import side_file
from legation.documents.formats import Format
from legation.documents.progress import Cancelled, Progress
from legation.documents.to_csv import BOM, as_text, csv_lines, csv_parts
from legation.documents.to_json import about_of
from legation.errors import PlaceProblem, UserError
from legation.i18n import _
from legation.storage.constraints import words_for
from legation.storage.database import remove_leftovers

BEGINNING = 150  # bytes


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
    with together() as batch, batch.files(paths) as files:
        yield files


@contextmanager
def together() -> Iterator[Batch]:
    """Files that are written one after the other and take their places together when the block ends.

    Raises `UserError` as `whole_file`; when that or anything else is raised, every place is as it was.
    """
    batch = Batch()
    try:
        yield batch
        batch.take_places()
    finally:
        batch.tidy()


class Batch:
    """The files of one piece of work, each in a temporary file beside its place until all are written."""

    def __init__(self) -> None:
        self._written: list[tuple[Path, Path]] = []  # the temporary file, its place

    @contextmanager
    def files(self, paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
        """Binary files for these places, which are on the disk and closed when the block ends. Raises `UserError`."""
        path = paths[0]
        with _told_in_words(lambda: path), ExitStack() as opened:
            files: list[BinaryIO] = []
            for path in paths:
                handle, name = _file_beside(path)
                self._written.append((Path(name), path))
                files.append(opened.enter_context(os.fdopen(handle, "wb")))
            path = paths[0]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())

    def take_places(self) -> None:
        """Move all files into place; where one cannot be moved, all places are as they were. Raises `UserError`."""
        moved: list[tuple[Path, Path | None]] = []
        path = Path()
        with _told_in_words(lambda: path):
            try:
                for temporary, path in self._written:
                    _keep_mode(temporary, path)
                    old = _kept_beside(path, temporary) if len(self._written) > 1 and path.is_file() else None
                    moved.append((path, old))
                    os.replace(temporary, path)
            except BaseException:
                self._bring_back(moved)
                raise
        for _path, old in moved:
            if old is not None:
                old.unlink(missing_ok=True)

    def _bring_back(self, moved: Sequence[tuple[Path, Path | None]]) -> None:
        """Let every place be as it was; the last one was not taken."""
        waiting = {path: temporary for temporary, path in self._written if temporary.exists()}
        for path, old in reversed(moved):
            with suppress(OSError):  # one that cannot be brought back keeps no other from it
                if path in waiting:
                    if old is not None:
                        old.unlink()
                elif old is not None:
                    os.replace(old, path)
                else:
                    path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what did not take its place, and what a process left that was killed while it wrote the same files.

        An old file that could not be brought back stays beside its place.
        """
        for temporary, path in self._written:
            with suppress(OSError):  # it took its place, its folder is gone, or a disk was taken out
                temporary.chmod(0o600)  # Windows removes nothing that may not be written
                temporary.unlink()
            with suppress(OSError):
                for ending in ("part",) if temporary.with_suffix(".old").exists() else ("part", "old"):
                    remove_leftovers(path.parent, f".{escape(_beginning(path))}.*.{ending}")


@contextmanager
def _told_in_words(place: Callable[[], Path]) -> Iterator[None]:
    """Raise what the system says against a file as `UserError`; `place` gives the file that was being written."""
    try:
        yield
    except OSError as error:
        path = Path(error.filename2) if error.filename2 else place()
        _require_there(path.parent)
        raise _told(error, path) from error


def _told(error: OSError, path: Path) -> UserError:
    return words_for(error, path) or PlaceProblem(
        _("{name} cannot be written: {reason}.").format(name=path.name, reason=error.strerror or error),
        _("Choose another place."),
    )


def _file_beside(path: Path) -> tuple[int, str]:
    return tempfile.mkstemp(prefix=f".{_beginning(path)}.", suffix=".part", dir=path.parent or ".")


def _beginning(path: Path) -> str:
    """The beginning of a file's name, so short that more may stand around it: systems count bytes."""
    return os.fsencode(path.name)[:BEGINNING].decode("utf-8", "ignore")


def _kept_beside(path: Path, temporary: Path) -> Path:
    """The file that is at a place under a second name as well: as a link, which needs no room, else as a copy."""
    kept = temporary.with_suffix(".old")
    try:
        os.link(path, kept)
    except OSError:
        try:
            shutil.copy2(path, kept)
        except OSError:
            kept.unlink(missing_ok=True)
            raise
    return kept


def require_writable_folder(folder: Path) -> None:
    """Raise `UserError` when no file can be made in a folder."""
    _require_there(folder)
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise PlaceProblem(
                _("You may not write into the folder {folder}.").format(folder=folder),
                _("Choose another folder, or ask for the right to write there."),
            ) from error
        raise _told(error, folder) from error


def _require_there(folder: Path) -> None:
    if not folder.is_dir():
        raise PlaceProblem(
            _("The folder {folder} is not there.").format(folder=folder),
            _("Make it first, or choose another place."),
        )


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
    with together() as batch:
        return write_among(batch, document, format, path, progress)


def write_among(
    batch: Batch, document: Document, format: Format, path: Path, progress: Progress | None = None
) -> list[Path]:
    """The same among other files, which take their places together."""
    parts: list[Iterable[bytes]]
    if format.name == "csv":
        parts = [csv_parts(document, progress)]
        parts += [csv_parts(only_table(document, table.name), progress) for table in document.tables[1:]]
    else:
        parts = [(format.write(document, progress),)]
    if document.about is not None and not format.tells_itself:
        parts.append((said_beside(document.about),))
    paths = files_of(document, format, path)
    with batch.files(paths) as files:
        for file, each in zip(files, parts, strict=True):
            file.writelines(each)
    return paths


def files_of(document: Document, format: Format, path: Path) -> list[Path]:
    """The files that a document has in a format."""
    further = document.tables[1:] if format.name == "csv" else []
    paths = [path, *(path.with_name(f"{path.stem}-{table.name}{path.suffix}") for table in further)]
    return paths if document.about is None or format.tells_itself else [*paths, side_file(path)]


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
