"""The subcommand on reports: listing them, and making one with its options in a format."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legation.cli.parsing import Parser
from legation.cli.progress import shown_progress, stopped_by_keys
from legation.documents.memory import without_collecting
from legation.errors import UserError
from legation.i18n import _

if TYPE_CHECKING:
    from legation.documents.formats import Format
    from legation.fields.draft import Draft
    from legation.fields.record_type import Field
    from legation.reports.report import Report
    from legation.reports.running import Request
    from legation.storage.reading import Reader

NO_TEXT = ("pdf", "docx", "xlsx")


def declare_report(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes; the options of a report come after its name and are declared when it is known."""
    parser.add_argument("--list", action="store_true", help=_("list the reports with their options"))
    parser.add_argument("file", type=Path, nargs="?", metavar=_("FILE"), help=_("the workspace"))
    parser.add_argument("name", nargs="?", metavar=_("NAME"), help=_("the report; its options follow"))
    parser.add_argument("options", nargs=argparse.REMAINDER, metavar=_("OPTIONS"), help=_("see NAME --help"))


@without_collecting()
def report(given: argparse.Namespace) -> int:
    """List the reports, or make one."""
    from legation.reports.catalogue import report_named
    from legation.storage.database import open_workspace

    if given.name is None:
        return _without_a_name(given)
    chosen = report_named(given.name)
    asked = _parser_of(chosen).parse_args(given.options)
    form = _format_of(asked, chosen)
    with (
        stopped_by_keys(_("Stopped. Nothing was written.")),
        closing(open_workspace(given.file)) as database,
        closing(database.reader()) as reader,
    ):
        request = _request(reader, chosen, asked)
        for path in _written(given.file, reader, request, form, asked.output):
            print(_("Wrote {name}.").format(name=path))
    return 0


def _written(file: Path, reader: Reader, request: Request, form: Format, output: Path | None) -> list[Path]:
    """Make a report and write it into a file, else where the command's text goes; the files written."""
    from legation.reports.issuing import issue
    from legation.reports.running import make

    with shown_progress(_("Making the report…")) as progress:
        if output is not None:
            return issue(file, reader, request, form, output, progress)
        document = make(file, reader, request, progress)
        data = form.write(document, progress)
    _print(data, form)
    return []


def _without_a_name(given: argparse.Namespace) -> int:
    """List what there is, or write the reports of a set."""
    parser = Parser(prog="legation report FILE", description=_("A report set, or a list of all there are."))
    parser.add_argument("--list", action="store_true", default=given.list)
    parser.add_argument("--set", metavar=_("SET"))
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args(given.options)
    if asked.list:
        _print_list(given.file)
    elif given.file is None or asked.set is None:
        raise UserError(_("Say which workspace and which report."), _("legation report --list shows all reports."))
    else:
        _write_set(given.file, asked.set, asked.output)
    return 0


def _print_list(file: Path | None) -> None:
    """Print the reports with their options, and the sets of a workspace."""
    from legation.reports.catalogue import REPORTS
    from legation.storage.database import open_workspace
    from legation.storage.report_sets import report_sets

    for each in REPORTS.values():
        print(_usage(each))
    if file is not None:
        with closing(open_workspace(file).reader()) as reader:
            for kept in report_sets(reader):
                listed = ", ".join(part.report for part in kept.reports)
                print(_("--set “{name}”: {reports}").format(name=kept.name, reports=listed))


def _write_set(file: Path, name: str, folder: Path | None) -> None:
    """Write every report of a set into a folder. Raises `UserError` when there is no such set or folder."""
    from legation.reports.sets import write_set
    from legation.storage.database import open_workspace
    from legation.storage.report_sets import report_set_named

    if folder is None or not folder.is_dir():
        raise UserError(_("Give a folder that is there with -o."), _("Make it first where it is missing."))
    with (
        stopped_by_keys(_("Stopped. Nothing was written.")),
        closing(open_workspace(file).reader()) as reader,
        shown_progress(_("Writing the reports…")) as progress,
    ):
        written = write_set(file, reader, report_set_named(reader, name), folder, progress)
    for path in written:
        print(_("Wrote {name}.").format(name=path))


def _request(reader: Reader, chosen: Report, asked: argparse.Namespace) -> Request:
    from legation.documents.earlier_issue import earlier_issue
    from legation.reports.running import Request

    options, given = _options(reader, chosen, asked)
    if asked.since is None:  # an earlier issue tells what is left out
        _require_all(chosen, given)
    return Request(
        chosen,
        options,
        as_of=_day(asked.as_of) if asked.as_of else None,
        since=earlier_issue(asked.since) if asked.since else None,
        grain=asked.grain or "",
        given=frozenset(given),
    )


def _usage(report: Report) -> str:
    """A report with what it tells and its options, as the list shows it."""
    options = " ".join(
        f"--{_flag(each)} …" if each.required and each.default is None else f"[--{_flag(each)} …]"
        for each in report.options.stored
    )
    return f"{report.name} {options}\n    {_(report.about)}"


def _flag(field: Field) -> str:
    return field.name.replace("_", "-")


def _parser_of(report: Report) -> argparse.ArgumentParser:
    """The parser of what may follow the name of a report: its own options, and those of all reports."""
    from legation.documents.formats import FORMATS
    from legation.reports.grains import GRAINS

    parser = Parser(prog=f"legation report FILE {report.name}", description=_(report.about))
    own = parser.add_argument_group(_("options of this report"))
    for field in report.options.stored:
        terms = getattr(field.kind, "terms", None)
        known = ", ".join(str(code) for code in terms) if terms else ""
        told = ". ".join(part for part in (_(field.label), _(field.help).rstrip("."), known) if part)
        own.add_argument(f"--{_flag(field)}", dest=f"option_{field.name}", metavar=_("VALUE"), help=told)
    parser.add_argument("--format", choices=list(FORMATS), help=_("by default from the ending of the output"))
    parser.add_argument("-o", "--output", type=Path, help=_("write to this file"))
    parser.add_argument("--as-of", metavar=_("DAY"), help=_("what the workspace knew at the end of that day"))
    parser.add_argument("--since", type=Path, metavar=_("REPORT"), help=_("mark what changed since that earlier issue"))
    parser.add_argument("--grain", choices=list(GRAINS), help=_("the events of the report as one plain table"))
    return parser


def _options(reader: Reader, report: Report, asked: argparse.Namespace) -> tuple[Draft, list[str]]:
    """The options as a draft, and which were given. Raises `UserError` for a value that cannot be understood."""
    from legation.fields.kinds import Link
    from legation.matching.named import only_record
    from legation.reports.running import new_options

    options = new_options(report)
    given = []
    for field in report.options.stored:
        typed = getattr(asked, f"option_{field.name}")
        if typed is None:
            continue
        given.append(field.name)
        if isinstance(field.kind, Link) and typed.strip():
            options[field.name] = only_record(reader, field.kind.target, typed.strip()).key
        elif (problem := options.type_in(field.name, typed)) is not None:
            raise UserError(_("--{option}: {problem}").format(option=_flag(field), problem=problem.sentence))
    return options, given


def _require_all(report: Report, given: Sequence[str]) -> None:
    """Raise `UserError` with the options that a report cannot do without and that were not given."""
    needed = [each for each in report.options.stored if each.required and each.default is None]
    missing = [f"--{_flag(each)}" for each in needed if each.name not in given]
    if missing:
        raise UserError(
            _("The report {name} needs {options}.").format(name=report.name, options=", ".join(missing)),
            _("legation report FILE {name} --help explains them.").format(name=report.name),
        )


def _day(typed: str) -> Any:
    from datetime import date

    from legation.fields.kinds import DAY, ValueProblem

    try:
        found = DAY.parse(typed)
    except ValueProblem as problem:
        raise UserError(_("--as-of: {problem}").format(problem=problem)) from None
    if found is None:
        raise UserError(_("--as-of: give a day, such as 2025-01-31."))
    return date.fromisoformat(found)


def _format_of(asked: argparse.Namespace, report: Report) -> Format:
    """The format asked for, else that of the output's ending, else text. Raises `UserError` where it does not fit."""
    from legation.documents.formats import FORMATS

    name = asked.format
    if name is None and asked.output is not None:
        ending = asked.output.suffix.lower()
        name = next((each.name for each in FORMATS.values() if each.ending == ending), None)
        if name is None:
            raise UserError(
                _("The ending of {name} tells no format.").format(name=asked.output.name),
                _("Use --format with one of: {known}.").format(known=", ".join(FORMATS)),
            )
    form = FORMATS[name or "text"]
    if form.name == "ics" and not report.has_calendar:
        raise UserError(_("The report {name} has no calendar.").format(name=report.name), _("Choose another format."))
    return form


def _print(data: bytes, form: Format) -> None:
    """Print text; write what is no text only where nobody reads it from a screen."""
    if form.name not in NO_TEXT and sys.stdout.isatty():
        sys.stdout.write(data.decode("utf-8-sig"))
    elif sys.stdout.isatty():
        raise UserError(_("This format is not for a screen."), _("Give a file with -o."))
    elif hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(data.decode("utf-8-sig"))
