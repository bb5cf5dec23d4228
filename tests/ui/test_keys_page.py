"""The page of keys in the help is what the table of commands says."""

from __future__ import annotations

from legation.paths import resources
from legation.ui.commands.keys_page import keys_page


def test_the_page_of_keys_is_made_from_the_commands() -> None:
    kept = (resources() / "help" / "keys.md").read_text(encoding="utf-8")
    assert kept == keys_page(), "make it anew: python -m legation.ui.commands.keys_page > resources/help/keys.md"
