"""Letters for Alt: which letter of each section's title goes to it, none of those that open a menu."""

from __future__ import annotations

from collections.abc import Sequence

MENU_LETTERS = frozenset("fervith")  # File, Edit, Record, View, Find, Report, Help


def with_mnemonics(titles: Sequence[str], taken: frozenset[str] = MENU_LETTERS) -> list[str]:
    """The titles with an ampersand before a letter that no other has; without one where all letters are taken."""
    used = set(taken)
    found = []
    for title in titles:
        at = next((at for at, letter in enumerate(title.casefold()) if letter.isalpha() and letter not in used), None)
        if at is None:
            found.append(title)
            continue
        used.add(title[at].casefold())
        found.append(f"{title[:at]}&{title[at:]}")
    return found
