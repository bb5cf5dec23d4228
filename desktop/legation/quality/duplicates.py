"""Likely duplicates of officials and organisations, the surest first, a portion at a time.

Pairs come while the search goes on, so that they can be shown and worked through before it has ended.
"""

from __future__ import annotations

import time

from legation.errors import UserError
from legation.i18n import _
from legation.quality.duplicate_bodies import likely_organisations
from legation.quality.duplicate_officials import likely_officials
from legation.quality.pairs import Found, Pair
from legation.storage.reading import Reader

SEARCHES = {"person": likely_officials, "organisation": likely_organisations}


def duplicates(reader: Reader, record: str) -> Found:
    """The likely duplicates of a record type; None where a pause may be made. Pairs told apart are left out.

    Raises `UserError` for a type that is not looked through.
    """
    if record not in SEARCHES:
        raise UserError(_("Only officials and organisations are looked through for duplicates."))
    return SEARCHES[record](reader)


def portion(found: Found, most: int, seconds: float) -> tuple[list[Pair], bool]:
    """The next pairs, at most so many and for at most about so long, and whether the search has ended."""
    until, pairs = time.monotonic() + seconds, list[Pair]()
    for each in found:
        if each is not None:
            pairs.append(each)
        if len(pairs) >= most or time.monotonic() > until:
            return pairs, False
    return pairs, True
