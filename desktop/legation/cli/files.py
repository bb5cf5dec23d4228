"""Subcommands on the file as a whole: new, info, check, update, backup, restore."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path

from legation.cli.parsing import take_file
from legation.i18n import _


def declare_new(parser: argparse.ArgumentParser) -> None:
    """Declare what `new` takes."""
    take_file(parser)
    parser.add_argument("--sample", action="store_true", help=_("with the sample “Tokyo, January 2025”"))


def new(given: argparse.Namespace) -> int:
    """Make a workspace."""
    from legation.storage.reference import new_workspace

    new_workspace(given.file, sample=given.sample).close()
    print(_("Made {name}.").format(name=given.file))
    return 0


def declare_info(parser: argparse.ArgumentParser) -> None:
    """Declare what `info` takes."""
    take_file(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def info(given: argparse.Namespace) -> int:
    """Say what a workspace holds."""
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


def check(given: argparse.Namespace) -> int:
    """List what is wrong with a workspace; 1 when something is."""
    from legation.storage.checking import check_workspace

    problems = check_workspace(given.file)
    for problem in problems:
        print(problem)
    if not problems:
        print(_("{name} is sound.").format(name=given.file))
    return 1 if problems else 0


def backup(given: argparse.Namespace) -> int:
    """Make a backup and print its name."""
    from legation.storage.backup import make_backup

    made = make_backup(given.file)
    print(_("Made {name}.").format(name=made))
    return 0


def declare_restore(parser: argparse.ArgumentParser) -> None:
    """Declare what `restore` takes."""
    take_file(parser)
    parser.add_argument("backup", type=Path, metavar=_("BACKUP"), help=_("the backup to bring back"))


def restore_from(given: argparse.Namespace) -> int:
    """Bring a backup back."""
    from legation.storage.backup import restore

    aside = restore(given.file, given.backup)
    print(_("Restored {name}.").format(name=given.file))
    if aside is not None:
        print(_("The file as it was is kept as {name}.").format(name=aside))
    return 0


def update(given: argparse.Namespace) -> int:
    """Bring the reference data up to date, and list what was left as a person changed it."""
    from legation.storage.database import open_workspace
    from legation.storage.reference import is_behind, update_reference

    with closing(open_workspace(given.file)) as database:
        if not is_behind(database):
            print(_("The reference data is up to date."))
            return 0
        change = update_reference(database)
    print(_("The reference data was brought up to date (step {step}).").format(step=change.step))
    for kept in change.result or ():
        print(kept)
    return 0
