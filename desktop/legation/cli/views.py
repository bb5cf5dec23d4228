"""The subcommand on saved views: listing them, handing them on and taking them over."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.parsing import take_file
from legation.errors import UserError
from legation.i18n import _

if TYPE_CHECKING:
    from legation.storage.views import View


def declare_view(parser: argparse.ArgumentParser) -> None:
    """Declare what `view` takes."""
    take_file(parser)
    parser.add_argument("name", nargs="?", metavar=_("NAME"), help=_("a view to write as a file"))
    parser.add_argument("-o", "--output", type=Path, help=_("write to this file"))
    parser.add_argument("--take", type=Path, metavar=_("VIEW"), help=_("take over the view in this file"))
    parser.add_argument("--forget", action="store_true", help=_("delete the view"))


def view(given: argparse.Namespace) -> int:
    """List the views, write one as a file, take one over, or forget one."""
    from legation.documents.writing import whole_file
    from legation.storage.database import open_workspace
    from legation.storage.views import forget_view, keep_view, view_named, views

    with closing(open_workspace(given.file)) as database:
        if given.take is not None:
            taken = _read(given.take)
            database.write(_("Save the view “{name}”").format(name=taken.name), lambda s: keep_view(s, taken))
            print(_("Saved the view “{name}”.").format(name=taken.name))
            return 0
        with closing(database.reader()) as reader:
            found = [view_named(reader, given.name)] if given.name else views(reader)
        if given.forget:
            if not given.name:
                raise UserError(_("Say which view to forget."))
            name = found[0].name
            database.write(_("Forget the view “{name}”").format(name=name), lambda s: forget_view(s, name))
            print(_("Forgot the view “{name}”.").format(name=name))
        elif not given.name:
            for each in found:
                print(f"{each.name}  {each.page}  {each.filter}".rstrip())
        elif given.output is not None:
            with whole_file(given.output) as file:
                file.write(found[0].as_json().encode("utf-8"))
        else:
            print(found[0].as_json(), end="")
    return 0


def _read(path: Path) -> View:
    from legation.storage.views import view_from

    try:
        return view_from(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("{name} cannot be read: {why}").format(name=path.name, why=error)) from None
