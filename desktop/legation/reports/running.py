"""Making a report: from its name and options to the finished document, which tells what it was made of.

The same request on the same state of the workspace gives the same document. With a day to look back from, the state is
what the workspace knew at the end of that day; with an earlier issue, rows are marked that differ from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from legation.clock import end_of, today
from legation.documents.digest import digest_of
from legation.documents.document import About, Document, Run
from legation.documents.memory import without_collecting
from legation.documents.reading_order import in_reading_order
from legation.errors import UserError
from legation.fields.draft import Draft, new_draft
from legation.fields.fuzzy_dates import print_date
from legation.i18n import _, ngettext
from legation.reports.changes import marked
from legation.reports.choosing import in_words, require_understood
from legation.reports.grains import GRAINS, grain_table
from legation.reports.nothing import nothing_found, say_nothing_found
from legation.reports.report import Basis, Report
from legation.reports.sources import Notes
from legation.storage.past import as_after, newest_step, require_logged, step_before
from legation.storage.reading import Reader

Progress = Callable[[int, int], bool]


@dataclass(frozen=True)
class Request:
    """What is asked for: a report with options, the day to look back from, the earlier issue to compare with.

    `grain` is "" for the tables of the report, or one of `GRAINS` for its events as one plain table.
    """

    report: Report
    options: Draft
    as_of: date | None = None
    since: About | None = None
    grain: str = ""
    given: frozenset[str] = field(default_factory=frozenset)


def new_options(report: Report, **values: Any) -> Draft:
    """The options of a report with their defaults, and the values given."""
    return new_draft(report.options, **values)


def make(path: Path, reader: Reader, request: Request, progress: Progress | None = None) -> Document:
    """The document of a request on the workspace at `path`, read by `reader` unless it looks back.

    Raises `UserError` for options that are wrong, an issue of another workspace, or a day before the workspace was
    made; `Interrupted` when it is stopped.
    """
    request = _with_earlier_options(request)
    require_right(request.options)
    with without_collecting():
        return _made(path, reader, request, progress)


def _made(path: Path, reader: Reader, request: Request, progress: Progress | None) -> Document:
    with at_state(path, reader, request, progress) as (read, day):
        document = _built(read, request, day)
    if request.since is not None:
        _require_same(reader, request)
        with as_after(path, request.since.revision, progress) as earlier:
            marked(document, _built(earlier, replace(request, since=None), day))
    if not request.grain:
        document = in_reading_order(document)
    assert document.about is not None
    document.about = replace(document.about, digest=digest_of(document))
    _write_head(document)
    return document


@contextmanager
def at_state(path: Path, reader: Reader, request: Request, progress: Progress | None) -> Iterator[tuple[Reader, date]]:
    """A reader of the state that a request asks for, and the day it takes for today."""
    present = newest_step(reader)[0]
    step = present if request.as_of is None else step_before(reader, end_of(request.as_of))
    own = nullcontext(reader) if step == present else as_after(path, step, progress)
    with own as read:
        yield read, request.as_of or today()


def require_right(options: Draft) -> None:
    """Raise `UserError` with what is wrong with options, all of it in one go."""
    problems = [problem.sentence for _draft, problem in options.blocking()]
    if problems:
        raise UserError(" ".join(dict.fromkeys(problems)))


def require_possible(reader: Reader, request: Request) -> None:
    """Raise `UserError` for what can be seen to be wrong with a request before anything of it is made."""
    request = _with_earlier_options(request)
    require_right(request.options)
    require_understood(reader, request.options)
    if request.grain:
        _require_grain(request.grain)
    if request.as_of is not None:
        step_before(reader, end_of(request.as_of))
    if request.since is not None:
        _require_same(reader, request)
        require_logged(reader, request.since.revision)


def _require_grain(name: str) -> None:
    if name not in GRAINS:
        raise UserError(
            _("There is no grain “{name}”.").format(name=name),
            _("Use one of: {known}.").format(known=", ".join(GRAINS)),
        )


def _built(reader: Reader, request: Request, day: date) -> Document:
    """The document as one state of the workspace gives it, without its head."""
    with reader.snapshot():
        if request.grain:
            document, basis = outlined(reader, request, day)
            document.blocks = [grain_table(basis, request.grain)]
        else:
            basis = Basis(reader, request.options, day)
            document = request.report.build(basis)
            say_nothing_found(document, reader, request.options)
        document.notes = basis.notes.printed(reader)
        document.about = about(reader, request, day, sum(table.count for table in document.tables))
    return document


def outlined(reader: Reader, request: Request, day: date) -> tuple[Document, Basis]:
    """The document without blocks whose events are to be one plain table, and what that is built on.

    Raises `UserError` when there is no such grain or the report has no events.
    """
    _require_grain(request.grain)
    basis = Basis(reader, request.options, day)
    document = (request.report.outline or request.report.build)(basis)
    if not basis.events:
        raise UserError(_("This report has no events to list."), nothing_found(reader, request.options))
    basis.notes, document.blocks = Notes(), []  # only the sources of these rows
    return document, basis


def about(reader: Reader, request: Request, day: date, rows: int) -> About:
    """What a document of so many rows is made of, without its digest."""
    step, at = newest_step(reader)
    settings: dict[str, str] = dict(reader.sql("SELECT name, value FROM setting WHERE name IN ('uuid', 'name')"))
    return About(
        report=request.report.name,
        options=_plain(request),
        filters=in_words(reader, request.options),
        day=day.isoformat(),
        revision=step,
        at=at,
        workspace=settings.get("name") or "",
        uuid=settings.get("uuid") or "",
        rows=rows,
        since=request.since.revision if request.since is not None else None,
    )


def _plain(request: Request) -> dict[str, Any]:
    """The options that have a value, as plain data."""
    values = request.options.values
    found = {
        each.name: values[each.name] for each in request.options.record.stored if values.get(each.name) is not None
    }
    return found | ({"grain": request.grain} if request.grain else {})


def _with_earlier_options(request: Request) -> Request:
    """Options that were not given are those of the earlier issue; other ones would compare unlike with unlike."""
    if request.since is None:
        return request
    options = new_options(request.report)
    earlier = dict(request.since.options)
    grain = request.grain or str(earlier.pop("grain", ""))
    for name, value in earlier.items():
        if name in request.report.options.by_name:
            options[name] = value
    differing = [name for name in request.given if request.options[name] != options[name]]
    if differing:
        labels = ", ".join(_(request.report.options[name].label) for name in sorted(differing))
        raise UserError(
            _("The earlier issue was made with other options: {options}.").format(options=labels),
            _("Leave them out to use those of the earlier issue."),
        )
    return replace(request, options=options, grain=grain)


def _require_same(reader: Reader, request: Request) -> None:
    """Raise `UserError` when the earlier issue is of another report or workspace."""
    assert request.since is not None
    uuid = reader.sql("SELECT value FROM setting WHERE name = 'uuid'")
    if request.since.report != request.report.name:
        raise UserError(_("The earlier issue is of another report: {name}.").format(name=request.since.report))
    if not uuid or uuid[0][0] != request.since.uuid:
        raise UserError(_("The earlier issue was made from another workspace."))


def _in_every_zone(at: str) -> str:
    """A moment of the log in words that are the same wherever the report is made."""
    return _("{date}, {time} UTC").format(date=print_date(at[:10]), time=at[11:16]) if at else ""


def _write_head(document: Document) -> None:
    """The common head: what was asked for, the day, the state of the workspace, how many rows."""
    about = document.about
    assert about is not None
    rows = ngettext("{count} row", "{count} rows", about.rows).format(count=f"{about.rows:,}")
    document.above = about.workspace
    head = _("{filters}. As of {day}; revision {revision} of {moment}; {rows}.").format(
        filters=about.filters,
        day=print_date(about.day),
        revision=about.revision,
        moment=_in_every_zone(about.at),
        rows=rows,
    )
    document.below = (Run(head, quiet=True), *document.below)
