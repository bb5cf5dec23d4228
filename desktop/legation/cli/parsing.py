"""What a subcommand is, and how its words are read: complaints are one sentence."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from legation.errors import UserError
from legation.i18n import _


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise the complaint."""
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


def take_file(parser: argparse.ArgumentParser) -> None:
    """Declare the workspace as the first argument."""
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the workspace"))
