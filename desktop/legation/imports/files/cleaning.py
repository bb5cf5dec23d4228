"""Cells of text without what cannot be kept: zero bytes, bytes that are no letters, and our own guard of formulas.

Other control characters stay in the cell and are told; a field leaves them out when it is saved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from legation.documents.to_csv import unguard
from legation.i18n import _

ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BAD = re.compile("[\ud800-\udfff]+")
REPLACED = "\ufffd"


def without_guard(cells: list[str]) -> list[str]:
    """Cells without the apostrophe that keeps a spreadsheet from running them."""
    return [unguard(each) if each[:1] == "'" else each for each in cells]


def clean_cells(cells: Sequence[str], headings: Sequence[str], codec: str) -> tuple[list[str], list[str]]:
    """Cells that can be kept, and in sentences what was done to which."""
    found, notes = [], []
    for at, cell in enumerate(cells):
        named = headings[at] if at < len(headings) else _("Column {number}").format(number=at + 1)
        if "\0" in cell:
            cell = cell.replace("\0", "")
            notes.append(_("Zero bytes in “{heading}” were left out.").format(heading=named))
        if bad := _BAD.findall(cell):
            notes.append(_told("".join(bad), named, codec))
            cell = _BAD.sub(lambda each: REPLACED * len(each[0]), cell)
        elif REPLACED in cell:
            notes.append(_("“{heading}” has letters that could not be read, shown as �.").format(heading=named))
        if _CONTROLS.search(cell):
            notes.append(
                _("“{heading}” has control characters, which are left out when it is saved.").format(heading=named)
            )
        found.append(cell)
    return found, notes


def _told(bad: str, heading: str, codec: str) -> str:
    """What bytes were no letters, and what they would be as Western European ones."""
    read = bytes(ord(each) - 0xDC00 for each in bad if "\udc80" <= each <= "\udcff")
    facts = {"heading": heading, "bytes": read[:12].hex(" ").upper(), "encoding": codec.removesuffix("-sig")}
    letters = read[:12].decode("cp1252", errors="replace")
    if not read or REPLACED in letters:
        return _("“{heading}” has bytes that are no letters in {encoding}: {bytes}. They are shown as �.").format(
            **facts
        )
    return _(
        "“{heading}” has bytes that are no letters in {encoding}: {bytes}. They are shown as �; "
        "in Western European they would be “{letters}”."
    ).format(letters=letters, **facts)
