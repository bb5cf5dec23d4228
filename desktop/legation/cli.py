"""The command line: every subcommand works without a screen and never loads Qt.

Each is a function that takes the parsed arguments and gives the exit code; `COMMANDS` is the one table of them. Errors
are one sentence on stderr and exit code 2; `check` gives 1 for listed problems.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from legation import __version__
from legation.errors import UserError
from legation.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from legation.fields.record_type import Field
    from legation.storage.queries import Query
    from legation.storage.reading import Reader

# word on the command line: (record type, conditions of the page)
TYPES: dict[str, tuple[str, str]] = {
    "events": ("event", ""),
    "meetings": ("event", "contacts"),
    "planned": ("event", "planned"),
    "officials": ("person", ""),
    "countries": ("country", ""),
    "organisations": ("organisation", ""),
    "posts": ("post", ""),
    "appointments": ("appointment", ""),
    "outcomes": ("outcome", ""),
    "sources": ("source", ""),
}


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        raise UserError(
            _("{command}: {message}.").format(command=self.prog, message=message),
            _("See {command} --help.").format(command=self.prog),
        )


@dataclass(frozen=True)
class Command:
    """A subcommand: what it does in a line, how its arguments are declared, and the function that does it."""

    help: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def run(arguments: Sequence[str]) -> int:
    """Run a subcommand and give its exit code: 0 done, 1 problems listed, 2 not possible."""
    try:
        given = _parser().parse_args(list(arguments))
        code: int = given.run(given)
        sys.stdout.flush()
        return code
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stdout = open(_null(), "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
        return 0
    except SystemExit as end:
        return int(end.code or 0)


def _null() -> str:
    import os

    return os.devnull


def _parser() -> argparse.ArgumentParser:
    about = _("A desk's database of diplomatic events. Without a command, the window opens.")
    parser = _Parser(prog="legation", description=about)
    parser.add_argument("--version", action="version", version=f"legation {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for name, command in COMMANDS.items():
        below = commands.add_parser(name, help=_(command.help), description=_(command.help))
        command.declare(below)
        below.set_defaults(run=command.run)
    return parser


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the workspace"))


def _declare_new(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--sample", action="store_true", help=_("with the sample “Tokyo, January 2025”"))


def _new(given: argparse.Namespace) -> int:
    from legation.storage.reference import new_workspace

    new_workspace(given.file, sample=given.sample).close()
    print(_("Made {name}.").format(name=given.file))
    return 0


def _declare_info(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def _info(given: argparse.Namespace) -> int:
    from legation.records.catalogue import LOGGED_TABLES
    from legation.storage.database import inspect, open_workspace

    version = inspect(given.file)
    database = open_workspace(given.file)
    with closing(database.reader()) as reader:
        rows = {name: reader.sql(f'SELECT count(*) FROM "{name}"')[0][0] for name in (*LOGGED_TABLES, "step", "change")}
    facts = {
        "name": database.setting("name"),
        "uuid": database.uuid,
        "schema_version": version,
        "reference_release": int(database.setting("reference_release") or 0),
        "size": given.file.stat().st_size,
        "rows": rows,
    }
    if given.json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    print(
        _("Workspace {name}, format {version}, {size} bytes").format(
            name=facts["name"], version=version, size=facts["size"]
        )
    )
    for name, count in rows.items():
        print(f"{count:>10,}  {name}")
    return 0


def _check(given: argparse.Namespace) -> int:
    from legation.storage.checking import check_workspace

    problems = check_workspace(given.file)
    for problem in problems:
        print(problem)
    if not problems:
        print(_("{name} is sound.").format(name=given.file))
    return 1 if problems else 0


def _declare_list(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("type", choices=list(TYPES), metavar=_("TYPE"), help=", ".join(TYPES))
    parser.add_argument("--where", default="", help=_("conditions, such as: country:TKM since:2024"))
    parser.add_argument("--text", default="", help=_("words that all occur"))
    parser.add_argument("--sort", default="", help=_("a column; a minus before it turns the order"))
    parser.add_argument("--columns", default="", help=_("columns by name, separated by commas"))
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    parser.add_argument("--no-bom", action="store_true", help=_("CSV without the byte-order mark"))
    parser.add_argument("-o", "--output", type=Path, help=_("write to this file"))


def question(type_name: str, where: str = "", words: str = "", sort: str = "") -> Query:
    """The question that `list` asks: a page of the window with more conditions, words and an order.

    Raises `UserError` for a condition or column that is not known.
    """
    from legation.storage.filters import CONTACTS_HELD, STILL_PLANNED, parse_filters
    from legation.storage.queries import Query

    record, page = TYPES[type_name]
    fixed = {"contacts": CONTACTS_HELD, "planned": STILL_PLANNED}.get(page, ())
    query = Query(record, (*fixed, *parse_filters(where)), " ".join(words.split()))
    if sort:
        names = tuple(part.strip() for part in sort.split(",") if part.strip())
        _fields(query, [name.lstrip("-") for name in names])
        query = query.sorted_by(*names)
    return query


def _fields(query: Query, names: Sequence[str]) -> list[Field]:
    from legation.storage.pages import columns_of

    try:
        return columns_of(query.record_type, names)
    except KeyError as missing:
        known = ", ".join(query.record_type.by_name)
        raise UserError(
            _("There is no column “{name}”.").format(name=missing.args[0]),
            _("Use some of: {known}.").format(known=known),
        ) from None


def _list(given: argparse.Namespace) -> int:
    from legation.storage.database import open_workspace

    query = question(given.type, given.where, given.text, given.sort)
    columns = _fields(query, [part.strip() for part in given.columns.split(",") if part.strip()])
    with closing(open_workspace(given.file).reader()) as reader:
        if given.output is not None:
            from legation.documents.writing import whole_file

            with whole_file(given.output) as file:
                _write_list(given, reader, query, columns, file)
        elif given.format == "csv":
            _write_list(given, reader, query, columns, sys.stdout.buffer)
        else:
            _write_list(given, reader, query, columns, _Text())
    return 0


class _Text:
    """Takes bytes of UTF-8 text and prints them, whatever stdout is."""

    def write(self, data: bytes) -> int:
        """Print the text."""
        return sys.stdout.write(data.decode("utf-8"))


def _write_list(given: argparse.Namespace, reader: Reader, query: Query, columns: list[Field], file: Any) -> None:
    from legation.documents.cells import exported_rows, headings
    from legation.documents.writing import write_csv

    if given.format == "csv":
        write_csv(file, headings(columns), exported_rows(reader, query, columns), bom=not given.no_bom)
    elif given.format == "json":
        file.write((json.dumps(_objects(reader, query, columns), ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    else:
        file.write(_table(reader, query, columns).encode("utf-8"))


def _objects(reader: Reader, query: Query, columns: list[Field]) -> list[dict[str, Any]]:
    """The rows as objects: id, then for each column its stored value and its words."""
    from legation.storage.pages import page
    from legation.storage.queries import ids

    rows = page(reader, query.record_type, columns, ids(reader, query))
    return [
        {"id": row.id}
        | {
            column.name: {"value": value, "text": text}
            for column, value, text in zip(columns, row.values, row.texts, strict=True)
        }
        for row in rows
    ]


def _table(reader: Reader, query: Query, columns: list[Field]) -> str:
    from legation.storage.pages import page
    from legation.storage.queries import ids

    rows = page(reader, query.record_type, columns, ids(reader, query))
    titles = [_("Id"), *(_(column.label) for column in columns)]
    lines = [[str(row.id), *(text.replace("\n", " ") for text in row.texts)] for row in rows]
    widths = [min(max(len(line[at]) for line in [titles, *lines]), 48) for at in range(len(titles))]
    shown = [titles, ["-" * width for width in widths], *lines]
    body = "\n".join(
        "  ".join(_fit(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in shown
    )
    count = ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows))
    return f"{body}\n{count}: {query.sentence()}\n"


def _fit(cell: str, width: int) -> str:
    return f"{cell:<{width}}" if len(cell) <= width else cell[: width - 1] + "…"


def _declare_show(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("type", choices=list(TYPES), metavar=_("TYPE"), help=", ".join(TYPES))
    parser.add_argument("id", metavar=_("ID"), help=_("its number in a list, or a country's code"))


def _show(given: argparse.Namespace) -> int:
    from legation.documents.to_text import to_text
    from legation.records.catalogue import record_type
    from legation.reports.dossier import build
    from legation.storage.database import open_workspace

    record = record_type(TYPES[given.type][0])
    with closing(open_workspace(given.file).reader()) as reader:
        id = given.id
        if record.key == "code" and not id.isdecimal():
            found = reader.sql(f'SELECT id FROM "{record.name}" WHERE code = ?', (id.upper(),))
            id = str(found[0][0]) if found else id
        if not id.isdecimal():
            raise UserError(_("“{id}” is no number of a record.").format(id=id), _("Find it with: legation list."))
        sys.stdout.write(to_text(build(reader, record, int(id))))
    return 0


def _declare_history(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--limit", type=int, default=50, help=_("how many steps, newest first"))
    parser.add_argument("--changes", action="store_true", help=_("with each field, old and new"))


def _history(given: argparse.Namespace) -> int:
    from legation.storage.database import open_workspace
    from legation.storage.history import changes, steps

    with closing(open_workspace(given.file).reader()) as reader:
        for step in steps(reader, limit=given.limit):
            state = _(" (undone by step {step})").format(step=step.undone_by) if step.undone_by else ""
            print(f"{step.id:>6}  {step.at[:19].replace('T', ' ')}  {step.who}  {step.words}{state}")
            if given.changes:
                for change in changes(reader, step.id):
                    print(f"        {change.words}")
    return 0


def _declare_undo(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("step", type=int, nargs="?", metavar=_("STEP"), help=_("its number; the newest by default"))


def _undo(given: argparse.Namespace) -> int:
    from legation.storage import undo
    from legation.storage.database import open_workspace
    from legation.storage.history import step as step_of

    database = open_workspace(given.file)
    try:
        done = undo.revert(database, given.step) if given.step is not None else undo.undo(database, others=True)
        if done is None:
            raise UserError(_("There is nothing to undo."))
        with closing(database.reader()) as reader:
            told = step_of(reader, done.step)
        print(_("{words} (step {step})").format(words=told.words if told else "", step=done.step))
    finally:
        database.close()
    return 0


def _backup(given: argparse.Namespace) -> int:
    from legation.storage.backup import make_backup

    made = make_backup(given.file)
    print(_("Made {name}.").format(name=made))
    return 0


def _declare_restore(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("backup", type=Path, metavar=_("BACKUP"), help=_("the backup to bring back"))


def _restore(given: argparse.Namespace) -> int:
    from legation.storage.backup import restore

    aside = restore(given.file, given.backup)
    print(_("Restored {name}.").format(name=given.file))
    if aside is not None:
        print(_("The file as it was is kept as {name}.").format(name=aside))
    return 0


COMMANDS: dict[str, Command] = {
    "new": Command(N_("make a workspace"), _declare_new, _new),
    "info": Command(N_("say what a workspace holds"), _declare_info, _info),
    "check": Command(N_("check that a workspace is sound"), _file, _check),
    "list": Command(N_("list records"), _declare_list, _list),
    "show": Command(N_("show one record with all that belongs to it"), _declare_show, _show),
    "history": Command(N_("list the steps, newest first"), _declare_history, _history),
    "undo": Command(N_("undo a step"), _declare_undo, _undo),
    "backup": Command(N_("make a backup"), _file, _backup),
    "restore": Command(N_("bring a backup back"), _declare_restore, _restore),
}
