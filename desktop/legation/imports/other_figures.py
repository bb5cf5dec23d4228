"""Dates in the figures of other scripts, and days of the Iranian calendar, as figures of ours.

A day of the Iranian calendar is told by its figures: Persian ones, with a year from 1300 to 1499, which are the years
from 1921 to 2121. The same year in Arabic figures is of the Islamic calendar, whose days depend on the moon as it was
seen; such a cell stays as it is, and is no date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_PERSIAN, _ARABIC = "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
_OTHER = re.compile(r"[٠-٩۰-۹०-९০-৯０-９]")
_FIGURES = _PERSIAN + _ARABIC + "०१२३४५६७८९" + "০১২৩৪৫৬৭৮৯" + "０１２３４５６７８９"
_TO_OURS = {ord(each): str(at % 10) for at, each in enumerate(_FIGURES)}
_EARLY = re.compile(r"(1[34]\d\d)\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,2})")
_NOWRUZ_1403 = date(2024, 3, 20)


def in_figures(text: str) -> str:
    """A cell with our figures in the place of others; a day of the Iranian calendar as ISO 8601."""
    if not has_other_figures(text):
        return text
    ours = text.translate(_TO_OURS)
    if (match := _EARLY.fullmatch(ours.strip())) is None:
        return ours
    if not set(text) & set(_PERSIAN):
        return text
    year, month, day = map(int, match.groups())
    found = _day(year, month, day)
    return found.isoformat() if found is not None else text


def has_other_figures(text: str) -> bool:
    """Whether figures of another script stand in a text."""
    return not text.isascii() and _OTHER.search(text) is not None


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the Iranian calendar; None where there is none such. Its years have a leap day in eight of 33."""
    longest = 31 if month < 7 else 30 if month < 12 or _is_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= longest):
        return None
    years = range(min(year, 1403), max(year, 1403))
    days = sum(366 if _is_leap(each) else 365 for each in years) * (1 if year >= 1403 else -1)
    before = (month - 1) * 31 if month < 8 else 186 + (month - 7) * 30
    return _NOWRUZ_1403 + timedelta(days=days + before + day - 1)


def _is_leap(year: int) -> bool:
    return (8 * year + 29) % 33 < 8
