"""The subcommand that adds events by lines: one argument, or many lines from standard input."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from legation.cli.parsing import take_file
from legation.errors import UserError
from legation.i18n import _

if TYPE_CHECKING:
    from legation.matching.understood_line import Line
    from legation.storage.database import Database


def declare_add(parser: argparse.ArgumentParser) -> None:
    """Declare what `add` takes."""
    take_file(parser)
    parser.add_argument("line", nargs="?", metavar=_("LINE"), help=_("the event; without it, lines of standard input"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what was understood"))


def add(given: argparse.Namespace) -> int:
    """Add an event for each line, a step each; 1 when a line was not understood, and nothing of it was added then."""
    from legation.storage.database import open_workspace

    lines = [given.line] if given.line not in (None, "-") else _lines_of_input()
    wrong = 0
    with closing(open_workspace(given.file)) as database:
        for line in lines:
            wrong += not _add_line(database, line, is_dry=given.dry_run)
    return 1 if wrong else 0


def _lines_of_input() -> list[str]:
    """The lines of standard input that are not empty; those that begin with # are remarks."""
    try:
        every = sys.stdin.buffer.read().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserError(
            _("The lines are not UTF-8 text (byte {at}).").format(at=error.start), _("Save them as UTF-8.")
        ) from None
    return [line.strip() for line in every if line.strip() and not line.lstrip().startswith("#")]


def _add_line(database: Database, text: str, *, is_dry: bool) -> bool:
    """Add one event and say so, or only say what was understood; False when the line was not."""
    from legation.matching.one_line import add_line, read_line

    change = None
    if is_dry:
        with closing(database.reader()) as reader:
            line = read_line(reader, text)
    else:
        line, change = add_line(database, text)
    if line.problems:
        print(line.told(), file=sys.stderr)
        return False
    if change is None:
        _tell(line)
        return True
    told = _("Added event {id}: {title} (step {step}).")
    print(told.format(id=change.result, title=line.draft["title"], step=change.step))
    for known in line.known:
        print(_("  There was already: {event}").format(event=known))
    return True


def _tell(line: Line) -> None:
    """Print what each part of a line was understood as."""
    print(line.draft["title"])
    for part in line.parts:
        print(f"  {line.text[part.start : part.end]:<24}  {part.words}")
    for known in line.known:
        print(_("  There is already: {event}").format(event=known))
