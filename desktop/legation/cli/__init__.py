"""The command line: every subcommand works without a screen and never loads Qt."""

from legation.cli.commands import COMMANDS, run
from legation.cli.lists import TYPES

__all__ = ["COMMANDS", "TYPES", "run"]
