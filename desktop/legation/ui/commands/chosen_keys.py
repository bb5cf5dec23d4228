"""The keys of commands as the person chose them, and which keys are taken. The table of commands holds the defaults."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from legation.i18n import _
from legation.ui.commands.catalogue import COMMANDS, Command
from legation.ui.pages.catalogue import PAGES

FREE = tuple(f"F{number}" for number in range(1, 13))
MODIFIERS = ("Ctrl+", "Alt+", "Meta+", "Shift+Ctrl+", "Shift+Alt+")


def keys_of(command: Command, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command: the chosen one in place of all defaults; none where "" was chosen."""
    if command.id not in chosen:
        return command.keys
    return (chosen[command.id],) if chosen[command.id] else ()


def why_not(command: Command, key: str, chosen: Mapping[str, str]) -> str:
    """Why a command cannot have a key, in a sentence; "" when it can."""
    if not key:
        return ""
    wanted = QKeySequence(key)
    shown = wanted.toString(QKeySequence.SequenceFormat.NativeText)
    for page in PAGES:
        if page.key and QKeySequence(f"Ctrl+{page.key}") == wanted:
            return _("{key} goes to the page {page}. Choose another.").format(key=shown, page=_(page.label))
    for other in COMMANDS:
        if other.id != command.id and any(QKeySequence(each) == wanted for each in keys_of(other, chosen)):
            told = _("{key} is the key of “{command}”. Choose another, or change that one first.")
            return told.format(key=shown, command=other.name)
    if command.where == "window" and key.removeprefix("Shift+") not in FREE and not key.startswith(MODIFIERS):
        return _("{key} alone is needed for typing. Add Ctrl or Alt.").format(key=shown)
    return ""
