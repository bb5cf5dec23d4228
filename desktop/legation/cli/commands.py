"""THE table of subcommands, and running one.

Errors are one sentence on stderr and exit code 2; `check` gives 1 for listed problems.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from legation import __version__
from legation.cli import adding, dumps, files, importing, lists, merging, reporting, steps, views
from legation.cli.parsing import Command, Parser, take_file
from legation.errors import UserError
from legation.i18n import N_, _


def run(arguments: Sequence[str]) -> int:
    """Run a subcommand and give its exit code: 0 done, 1 problems listed, 2 not possible."""
    try:
        given = parser_of_all().parse_args(list(arguments))
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


def parser_of_all() -> argparse.ArgumentParser:
    """The parser of the command line, with every subcommand."""
    about = _("A desk's database of diplomatic events. Without a command, the window opens.")
    parser = Parser(prog="legation", description=about)
    parser.add_argument("--version", action="version", version=f"legation {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for name, command in COMMANDS.items():
        below = commands.add_parser(name, help=_(command.help), description=_(command.help))
        command.declare(below)
        below.set_defaults(run=command.run)
    return parser


COMMANDS: dict[str, Command] = {
    "new": Command(N_("make a workspace"), files.declare_new, files.new),
    "info": Command(N_("say what a workspace holds"), files.declare_info, files.info),
    "check": Command(N_("check that a workspace is sound"), take_file, files.check),
    "add": Command(N_("add events by lines"), adding.declare_add, adding.add),
    "import": Command(N_("import tables of files"), importing.declare_import, importing.import_tables),
    "list": Command(N_("list records"), lists.declare_list, lists.list_records),
    "show": Command(N_("show one record with all that belongs to it"), lists.declare_show, lists.show),
    "report": Command(N_("make a report, or list the reports"), reporting.declare_report, reporting.report),
    "view": Command(N_("list saved views, hand them on or take them over"), views.declare_view, views.view),
    "duplicates": Command(N_("list records that may be one"), merging.declare_duplicates, merging.duplicates),
    "merge": Command(N_("make one record of two"), merging.declare_merge, merging.merge),
    "history": Command(N_("list the steps, newest first"), steps.declare_history, steps.history),
    "undo": Command(N_("undo a step"), steps.declare_undo, steps.undo_step),
    "redo": Command(N_("bring back what was undone last"), take_file, steps.redo_step),
    "update": Command(N_("bring the reference data up to date"), take_file, files.update),
    "dump": Command(N_("write every table as CSV, with a description"), dumps.declare_dump, dumps.dump),
    "load": Command(N_("make a workspace of what dump wrote"), dumps.declare_load, dumps.load),
    "backup": Command(N_("make a backup"), take_file, files.backup),
    "restore": Command(N_("bring a backup back"), files.declare_restore, files.restore_from),
}
