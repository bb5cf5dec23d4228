"""The reports of a set: what each asks for, and writing all of them into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from legation.documents.document import Document
from legation.documents.earlier_issue import SIDE_ENDING, earlier_issue
from legation.documents.formats import FORMATS, Format
from legation.documents.memory import let_go, let_go_again, within
from legation.documents.progress import Cancelled, Progress
from legation.documents.writing import Batch, files_of, require_writable_folder, together, write_among
from legation.errors import PlaceProblem, UserError, WorkspaceError
from legation.i18n import _
from legation.reports.catalogue import report_named
from legation.reports.issuing import goes_in_portions, issue_rows
from legation.reports.report import Report
from legation.reports.running import Request, make, new_options, require_possible
from legation.storage.reading import Reader
from legation.storage.report_sets import KeptReport, ReportSet

MOST_LETTERS = 80  # of the name of a file, without its ending
MOST_BYTES = 200  # of the same: systems count them


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
    cut = "-".join(words)[:MOST_LETTERS].encode("utf-8")[:MOST_BYTES]
    return cut.decode("utf-8", "ignore").rstrip("-") or "report"


def write_set(
    path: Path, reader: Reader, chosen: ReportSet, folder: Path, progress: Progress | None = None
) -> list[Path]:
    """Make every report of a set of the workspace at `path` and write each in its formats; the files written.

    All of it shows one state of the workspace, and all files take their places together when the last is written: where
    anything is wrong, and when it is stopped, the folder is as it was. Files of the same name are replaced. What can be
    foreseen is looked at first. The reports are made, written and let go one after the other. `progress(done, total)`
    counts the files and may give False to stop: then `Cancelled` is raised. Raises `UserError`.
    """
    with reader.snapshot():
        asked = [_asked(reader, kept) for kept in chosen.reports]
        require_writable_folder(folder)
        work = _Writing(path, reader, folder, sum(len(each.formats) for each in asked), progress)
        with together() as batch:
            for each in asked:
                with _named_in(each.request.report):
                    work.write(batch, each)
            work.look()
    return work.written


@dataclass(frozen=True)
class _Asked:
    """A report of a set, as it is asked for."""

    request: Request
    formats: list[Format]


def _asked(reader: Reader, kept: KeptReport) -> _Asked:
    """What a kept report asks for. Raises `UserError` for all that can be seen to be wrong with it."""
    report = report_named(kept.report)
    with _named_in(report):
        request = whole_request_of(kept)
        require_possible(reader, request)
        formats = [_format_named(name) for name in dict.fromkeys(kept.formats)]
        for each in formats:
            if each not in fitting_formats(report):
                raise UserError(_("The report {name} has no calendar.").format(name=report.name))
    return _Asked(request, formats)


@contextmanager
def _named_in(report: Report) -> Iterator[None]:
    """Say of which report of the set it is that something is wrong with; a full disk or no folder is of all."""
    try:
        yield
    except (WorkspaceError, PlaceProblem):
        raise
    except UserError as problem:
        words = _("{report}: {problem}").format(report=_(report.label), problem=problem.what_happened)
        raise UserError(words, problem.what_to_do) from problem


class _Writing:
    """Writes the reports of a set into a folder, one after the other."""

    def __init__(self, path: Path, reader: Reader, folder: Path, total: int, progress: Progress | None) -> None:
        self.written: list[Path] = []
        self._path, self._reader, self._folder = path, reader, folder
        self._total, self._progress, self._done = total, progress, 0
        self._stems, self._taken = set[str](), set[str]()

    def write(self, batch: Batch, asked: _Asked) -> None:
        """Make a report and write it in its formats; nothing of it is held then."""
        self.look()
        if goes_in_portions(asked.request, [each.name for each in asked.formats]):
            (format,) = asked.formats
            self.written += issue_rows(
                batch, self._path, self._reader, asked.request, lambda title: self._place(title, [format]), self._going
            )
            self._done += 1
        elif asked.formats:
            document = make(self._path, self._reader, asked.request, self._going)
            place = self._place(document.title, asked.formats, document)
            for format in asked.formats:
                self.look()
                self.written += write_among(batch, document, format, place.with_suffix(format.ending), self._going)
                self._done += 1
            box, inner = list[object]([document]), within(document)
            del document
            let_go(box, inner)
        let_go_again()

    def look(self) -> None:
        """Tell how many files are written. Raises `Cancelled` when the work is to stop."""
        if self._progress is not None and not self._progress(self._done, self._total):
            raise Cancelled

    def _going(self, _done: int, _all: int) -> bool:
        """A progress for parts of the work, which only asks whether to go on."""
        return self._progress is None or self._progress(-1, self._total)

    def _place(self, title: str, formats: Sequence[Format], document: Document | None = None) -> Path:
        """A name in the folder that no report had before, nor any file of one, with the ending of the first format."""
        stem, number = file_stem(title), 2
        name = stem
        while name in self._stems or self._taken & set(self._names(name, formats, document)):
            name, number = f"{stem}-{number}", number + 1
        self._stems.add(name)
        self._taken |= set(self._names(name, formats, document))
        return self._folder / (name + formats[0].ending)

    def _names(self, stem: str, formats: Sequence[Format], document: Document | None) -> list[str]:
        """The names of all files that a report has then."""
        if document is None:
            return [each + end for each in (stem + format.ending for format in formats) for end in ("", SIDE_ENDING)]
        return [each.name for format in formats for each in files_of(document, format, Path(stem + format.ending))]


def _format_named(name: str) -> Format:
    if name not in FORMATS:
        raise UserError(_("There is no format “{name}”.").format(name=name))
    return FORMATS[name]
