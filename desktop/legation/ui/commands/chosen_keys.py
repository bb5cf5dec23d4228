"""The keys of commands and pages as the person chose them, and which keys are taken.

The tables of commands and of pages hold the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from legation.i18n import _
from legation.ui.commands.catalogue import COMMANDS, MENUS, Command
from legation.ui.pages.catalogue import PAGES, Page

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow

FREE = tuple(f"F{number}" for number in range(1, 13))
MODIFIERS = ("Ctrl+", "Alt+", "Meta+", "Shift+Ctrl+", "Shift+Alt+")
EDITING = (
    "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End", "Ctrl+Del",
    "Ctrl+Backspace", "Ctrl+Shift+Left", "Ctrl+Shift+Right", "Ctrl+Shift+Home", "Ctrl+Shift+End",
)  # fmt: skip
"""Keys that boxes of text need for themselves."""


@dataclass(frozen=True)
class Keyed:
    """What a key does: a command, or the showing of a page. `id` is that of its action and of its key as chosen.

    `name` is its label, `keys` are the defaults, `where` the place the keys belong to, as with a command.
    """

    id: str
    name: str
    keys: tuple[str, ...]
    where: str = "window"
    is_page: bool = False


def of_command(command: Command) -> Keyed:
    """The keys of a command."""
    return Keyed(command.id, command.name, command.keys, command.where)


def of_page(page: Page) -> Keyed:
    """The key of a page."""
    return Keyed(f"page-{page.name}", _(page.label), (f"Ctrl+{page.key}",), is_page=True)


def all_keyed() -> list[Keyed]:
    """Every page that has a key, and every command."""
    return [*(of_page(each) for each in PAGES if each.key), *(of_command(each) for each in COMMANDS)]


def keys_of(keyed: Keyed, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command or page: the chosen one in place of all defaults; none where "" was chosen."""
    if keyed.id not in chosen:
        return keyed.keys
    return (chosen[keyed.id],) if chosen[keyed.id] else ()


def why_not(keyed: Keyed, key: str, chosen: Mapping[str, str]) -> str:
    """Why a command or page cannot have a key, in a sentence; "" when it can."""
    if not key:
        return ""
    wanted = QKeySequence(key)
    shown = wanted.toString(QKeySequence.SequenceFormat.NativeText)
    for other in all_keyed():
        if (
            other.id != keyed.id
            and _meet(other.where, keyed.where)
            and any(QKeySequence(each) == wanted for each in keys_of(other, chosen))
        ):
            if other.is_page:
                told = _("{key} goes to the page {page}. Choose another, or change that one first.")
                return told.format(key=shown, page=other.name)
            told = _("{key} is the key of “{command}”. Choose another, or change that one first.")
            return told.format(key=shown, command=other.name)
    for menu in map(_, MENUS):
        letter = menu.partition("&")[2][:1]
        if letter and QKeySequence(f"Alt+{letter}") == wanted:
            return _("{key} opens the menu {menu}. Choose another.").format(key=shown, menu=menu.replace("&", ""))
    if keyed.where == "window":
        if any(QKeySequence(each) == wanted for each in EDITING):
            return _("{key} is needed for editing text. Choose another.").format(key=shown)
        if key.removeprefix("Shift+") not in FREE and not key.startswith(MODIFIERS):
            return _("{key} alone is needed for typing. Add Ctrl or Alt.").format(key=shown)
    return ""


def _meet(one: str, other: str) -> bool:
    """Whether the keys of two places can meet: those of the window are everywhere."""
    return one == other or "window" in (one, other)


def give_keys(window: MainWindow, chosen: Mapping[str, str]) -> None:
    """Give each action of a window the keys that the person chose, or its own."""
    for each in all_keyed():
        window.actions_by_id[each.id].setShortcuts([QKeySequence(key) for key in keys_of(each, chosen)])


def shown_key(window: MainWindow, id: str) -> str:
    """The first key of an action as this system writes it; "" when it has none."""
    action = window.actions_by_id.get(id)
    return "" if action is None else action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
