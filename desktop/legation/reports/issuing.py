"""Issuing a report: made and written in one go. A plain table of events goes to CSV portion by portion.

So a million rows need no more memory than some thousand. The file is the same as that of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from legation.documents.digest import Digest
from legation.documents.earlier_issue import side_file
from legation.documents.formats import Format
from legation.documents.memory import without_collecting
from legation.documents.progress import Cancelled, Progress
from legation.documents.to_csv import BOM, TableLines
from legation.documents.writing import Batch, said_beside, together, write_document
from legation.reports.grains import grain_head, grain_portions
from legation.reports.report import Basis
from legation.reports.running import Request, about, at_state, make, outlined, require_right
from legation.storage.reading import Reader


def issue(
    path: Path, reader: Reader, request: Request, format: Format, output: Path, progress: Progress | None = None
) -> list[Path]:
    """Make the report of a request on the workspace at `path` and write it; the files written (see `write_document`).

    Raises `UserError`, or `Cancelled` when `progress` gives False.
    """
    if not goes_in_portions(request, [format.name]):
        return write_document(make(path, reader, request, progress), format, output, progress)
    with together() as batch:
        return issue_rows(batch, path, reader, request, lambda _title: output, progress)


def goes_in_portions(request: Request, formats: Sequence[str]) -> bool:
    """Whether a report can be issued in these formats without its document."""
    return bool(request.grain) and request.since is None and list(formats) == ["csv"]


def issue_rows(
    batch: Batch,
    path: Path,
    reader: Reader,
    request: Request,
    place: Callable[[str], Path],
    progress: Progress | None = None,
) -> list[Path]:
    """Write the plain table of a request as CSV, portion by portion, among other files; the files written.

    `place` gives the file of a report with this title. Raises as `issue`.
    """
    require_right(request.options)
    with without_collecting(), at_state(path, reader, request, progress) as (read, day), read.snapshot():
        document, basis = outlined(read, request, day)
        output = place(document.title)
        written = [output, side_file(output)]
        with batch.files(written) as (rows, beside):
            count, digest = _write_rows(rows, document.title, basis, request.grain, progress)
            made = replace(about(read, request, day, count), digest=digest)
            beside.write(said_beside(made))
    return written


def _write_rows(file: BinaryIO, title: str, basis: Basis, grain: str, progress: Progress | None) -> tuple[int, str]:
    """Write the rows of a grain as CSV; how many there are, and the digest of the document that they are."""
    table, digest, notes = grain_head(grain), Digest(title), dict[int, str]()
    lines, count = TableLines(table, notes), 0
    digest.take_head(table)
    file.write((BOM + lines.head).encode("utf-8"))
    with closing(grain_portions(basis, grain)) as portions:
        for done, total, portion in portions:
            if count == 0:
                digest.take_group("")
            notes.update((each.number, each.words) for each in basis.notes.behind(len(notes)))
            digest.take_portion(portion)
            file.write(lines.of(portion.blocks).encode("utf-8"))
            count += len(portion.keys)
            if progress is not None and not progress(done, total):
                raise Cancelled
    return count, digest.of(basis.notes.behind(0))
