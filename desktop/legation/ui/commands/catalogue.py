"""THE table of commands: id, label, keys, menu and function. Menus, the key sheet and the tests read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from legation.i18n import N_
from legation.ui.commands import files, moving, records

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow


@dataclass(frozen=True)
class Command:
    """A command: `needs` is "" or "workspace"; the function's docstring is its help."""

    id: str
    label: str
    keys: tuple[str, ...]
    menu: str
    run: Callable[[MainWindow], None]
    needs: str = "workspace"


MENUS = (N_("&File"), N_("&Edit"), N_("F&ind"), N_("&View"), N_("&Help"))
FILE, EDIT, FIND, VIEW, HELP = MENUS

COMMANDS = (
    Command("new", N_("&New workspace…"), (), FILE, files.new_workspace, ""),
    Command("open", N_("&Open…"), ("Ctrl+O",), FILE, files.open_workspace, ""),
    Command("sample", N_("Explore the &sample…"), (), FILE, files.open_sample, ""),
    Command("export", N_("&Export what I see…"), ("Ctrl+E",), FILE, files.export),
    Command("backup", N_("Make a &backup now"), (), FILE, files.back_up),
    Command("quit", N_("&Quit"), ("Ctrl+Q",), FILE, files.leave, ""),
    Command("undo", N_("&Undo"), ("Ctrl+Z",), EDIT, records.undo),
    Command("redo", N_("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), EDIT, records.redo),
    Command("delete", N_("&Delete"), ("Del",), EDIT, records.delete),
    Command("revert", N_("Re&vert the chosen step"), (), EDIT, records.revert),
    Command("filter", N_("&Filter"), ("Ctrl+F", "/"), FIND, moving.filter_words),
    Command("back", N_("&Back"), ("Alt+Left",), FIND, moving.back),
    Command("forward", N_("F&orward"), ("Alt+Right",), FIND, moving.forward),
    Command("next-pane", N_("&Next pane"), ("F6",), VIEW, moving.next_pane),
    Command("previous-pane", N_("&Previous pane"), ("Shift+F6",), VIEW, moving.previous_pane),
    Command("keys", N_("&Keys"), ("F1",), HELP, moving.show_keys, ""),
    Command("about", N_("&About Legation"), (), HELP, moving.about, ""),
)
