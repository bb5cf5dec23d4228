"""Subcommands on the history: listing its steps, undo and redo."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from legation.cli.parsing import take_file
from legation.errors import UserError
from legation.fields.fuzzy_dates import print_moment
from legation.i18n import _

if TYPE_CHECKING:
    from legation.storage.database import Database


def declare_history(parser: argparse.ArgumentParser) -> None:
    """Declare what `history` takes."""
    take_file(parser)
    parser.add_argument("--limit", type=int, default=50, help=_("how many steps, newest first"))
    parser.add_argument("--changes", action="store_true", help=_("with each field, old and new"))


def history(given: argparse.Namespace) -> int:
    """List the steps, newest first."""
    from legation.storage.database import open_workspace
    from legation.storage.history import changes, steps

    with closing(open_workspace(given.file).reader()) as reader:
        for step in steps(reader, limit=given.limit):
            state = _(" (undone by step {step})").format(step=step.undone_by) if step.undone_by else ""
            print(f"{step.id:>6}  {print_moment(step.at)}  {step.who}  {step.words}{state}")
            if given.changes:
                for change in changes(reader, step.id):
                    print(f"        {change.words}")
    return 0


def declare_undo(parser: argparse.ArgumentParser) -> None:
    """Declare what `undo` takes."""
    take_file(parser)
    parser.add_argument("step", type=int, nargs="?", metavar=_("STEP"), help=_("its number; the newest by default"))


def undo_step(given: argparse.Namespace) -> int:
    """Undo a step."""
    from legation.storage import undo
    from legation.storage.database import open_workspace

    database = open_workspace(given.file)
    try:
        done = undo.revert(database, given.step) if given.step is not None else undo.undo(database, others=True)
        if done is None:
            raise UserError(_("There is nothing to undo."))
        _tell(database, done.step)
    finally:
        database.close()
    return 0


def redo_step(given: argparse.Namespace) -> int:
    """Bring back what was undone last, in whatever session."""
    from legation.storage import undo
    from legation.storage.database import open_workspace

    with closing(open_workspace(given.file)) as database:
        done = undo.redo(database, others=True)
        if done is None:
            raise UserError(_("There is nothing to redo."))
        _tell(database, done.step)
    return 0


def _tell(database: Database, number: int) -> None:
    """Print what a step did, and its number."""
    from legation.storage.history import step

    with closing(database.reader()) as reader:
        told = step(reader, number)
    print(_("{words} (step {step})").format(words=told.words if told else "", step=number))
