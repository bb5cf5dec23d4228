"""The reports of a set: what each asks for, and writing all of them into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from legation.documents.document import Document
from legation.documents.earlier_issue import earlier_issue
from legation.documents.formats import FORMATS, Format
from legation.documents.progress import Cancelled, Progress
from legation.documents.writing import write_document
from legation.errors import UserError
from legation.i18n import _
from legation.reports.catalogue import report_named
from legation.reports.report import Report
from legation.reports.running import Request, make, new_options
from legation.storage.reading import Reader
from legation.storage.report_sets import KeptReport, ReportSet

MOST_LETTERS = 80  # of the name of a file, without its ending


def fitting_formats(report: Report) -> list[Format]:
    """The formats that a report can have: a calendar only where it has days to put into one."""
    return [each for each in FORMATS.values() if each.name != "ics" or report.has_calendar]


def kept_report(request: Request, formats: Iterable[str], since: str = "") -> KeptReport:
    """What a set keeps of a request: the options that differ from their defaults; `since` is the file of an earlier
    issue to compare with."""
    options = request.options
    given = {
        each.name: options[each.name]
        for each in options.record.stored
        if options[each.name] is not None and options[each.name] != each.default
    }
    as_of = request.as_of.isoformat() if request.as_of is not None else ""
    return KeptReport(request.report.name, given, tuple(formats), request.grain, as_of, since)


def request_of(kept: KeptReport) -> Request:
    """The request that a set keeps, without its earlier issue. Raises `UserError` when it asks for what is not known
    any more."""
    report = report_named(kept.report)
    unknown = [name for name in kept.options if name not in report.options.by_name]
    if unknown:
        told = _("The report “{report}” has no option “{option}”.")
        raise UserError(told.format(report=_(report.label), option=unknown[0]))
    as_of = date.fromisoformat(kept.as_of) if kept.as_of else None
    return Request(report, new_options(report, **kept.options), as_of, None, kept.grain, frozenset(kept.options))


def whole_request_of(kept: KeptReport) -> Request:
    """The request that a set keeps, with its earlier issue read. Raises `UserError`, also when that is not there."""
    request = request_of(kept)
    return replace(request, since=earlier_issue(Path(kept.since).expanduser())) if kept.since else request


def file_stem(title: str) -> str:
    """A title as the name of a file without its ending: letters and figures of any script, joined by hyphens."""
    words = "".join(letter if letter.isalnum() else " " for letter in title.casefold()).split()
    return "-".join(words)[:MOST_LETTERS].rstrip("-") or "report"


def write_set(
    path: Path, reader: Reader, chosen: ReportSet, folder: Path, progress: Progress | None = None
) -> list[Path]:
    """Make every report of a set of the workspace at `path` and write each in its formats; the files written.

    All reports are made before the first file is written, so that a wrong option leaves the folder as it was. Files
    of the same name are replaced. `progress(done, total)` counts the files and may give False to stop: then
    `Cancelled` is raised, and the files that were written are whole. Raises `UserError`.
    """
    formats = [[_format_named(name) for name in each.formats] for each in chosen.reports]
    total = sum(len(each) for each in formats)
    made: list[Document] = []
    for kept in chosen.reports:
        _look(progress, 0, total)
        made.append(make(path, reader, whole_request_of(kept), _without_counts(progress, total)))
    written: list[Path] = []
    done, stems = 0, _different(file_stem(document.title) for document in made)
    for stem, document, wanted in zip(stems, made, formats, strict=True):
        for format in wanted:
            _look(progress, done, total)
            target = folder / (stem + format.ending)
            written += write_document(document, format, target, _without_counts(progress, total))
            done += 1
    return written


def _format_named(name: str) -> Format:
    if name not in FORMATS:
        raise UserError(_("There is no format “{name}”.").format(name=name))
    return FORMATS[name]


def _look(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and not progress(done, total):
        raise Cancelled


def _without_counts(progress: Progress | None, total: int) -> Progress | None:
    """A progress for parts of the work, which only asks whether to go on."""
    return None if progress is None else lambda _done, _all: progress(-1, total)


def _different(stems: Iterable[str]) -> list[str]:
    """The same names, numbered where one came before."""
    found: list[str] = []
    for stem in stems:
        name, number = stem, 2
        while name in found:
            name, number = f"{stem}-{number}", number + 1
        found.append(name)
    return found
