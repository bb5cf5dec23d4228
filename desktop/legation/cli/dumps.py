"""Subcommands that take a workspace out as plain tables and bring it in again: dump and load."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from legation.cli.parsing import take_file
from legation.i18n import _, ngettext


def declare_dump(parser: argparse.ArgumentParser) -> None:
    """Declare what `dump` takes."""
    take_file(parser)
    parser.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("a new folder for the tables"))


def dump(given: argparse.Namespace) -> int:
    """Write every table as CSV, with a description."""
    from legation.storage.database import open_workspace
    from legation.storage.dumping import dump as write

    open_workspace(given.file).close()  # brings an earlier format up to date
    rows = write(given.file, given.folder, _progress())
    told = ngettext("Wrote {count} row into {name}.", "Wrote {count} rows into {name}.", rows)
    print(told.format(count=f"{rows:,}", name=given.folder))
    return 0


def declare_load(parser: argparse.ArgumentParser) -> None:
    """Declare what `load` takes."""
    parser.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("the folder that dump wrote"))
    take_file(parser)


def load(given: argparse.Namespace) -> int:
    """Make a workspace from what `dump` wrote."""
    from legation.storage.loading_dump import load_dump

    rows = load_dump(given.folder, given.file, _progress())
    told = ngettext("Made {name} with {count} row.", "Made {name} with {count} rows.", rows)
    print(told.format(count=f"{rows:,}", name=given.file))
    return 0


def _progress() -> Callable[[int, int], None] | None:
    """Says how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        words = _("{percent} % of {count} rows").format(percent=100 * done // max(1, total), count=f"{total:,}")
        print(f"\r{words}", end="\n" if done >= total else "", file=sys.stderr, flush=True)

    return tell
