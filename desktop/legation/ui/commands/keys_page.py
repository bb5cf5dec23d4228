"""The page of keys in the help, made from the table of commands: `python -m legation.ui.commands.keys_page`."""

from __future__ import annotations

from collections.abc import Iterator

from legation.i18n import _
from legation.ui.commands.catalogue import COMMANDS, MENUS, PLACES, Command
from legation.ui.pages.catalogue import PAGES

IN_FORMS = (  # keys of boxes and lines, which are no commands
    ("Tab, Shift+Tab", "the next box, the one before; in a box that links, takes the best suggestion first"),
    ("Up, Down", "another suggestion; in a line of parties or agenda, another line"),
    ("Enter", "takes a suggestion or a new line; on a line, opens it"),
    ("Del", "takes a line away; Ctrl+Z brings it back"),
    ("Alt and a letter", "goes to a section of the form"),
    ("Esc", "leaves the form; what was typed is kept"),
)


def keys_page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Keys"
    yield ""
    yield "F1 shows this list in the window, and finds a key by words. Ctrl+K finds anything else."
    yield from _table("Pages", [(f"Ctrl+{page.key}", _(page.label), "") for page in PAGES if page.key])
    for menu in MENUS:
        yield from _table(_(menu).replace("&", ""), [_row(each) for each in COMMANDS if each.menu == menu])
    yield from _table("In a form", [(keys, "", does) for keys, does in IN_FORMS])


def _row(command: Command) -> tuple[str, str, str]:
    does = _((command.run.__doc__ or "").splitlines()[0])
    return " or ".join(command.keys), command.name, f"{does} {_(PLACES[command.where])}".strip()


def _table(title: str, rows: list[tuple[str, str, str]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| keys | command | what it does |", "|---|---|---|")
    for keys, name, does in rows:
        shown = " or ".join(f"`{each}`" for each in keys.split(" or ")) if keys else ""
        yield f"| {shown} | {name} | {does} |".replace("  ", " ")


if __name__ == "__main__":
    print(keys_page(), end="")
