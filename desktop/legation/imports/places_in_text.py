"""Places that a cell or running text names: "Tokyo, Japan", "met in New York City", "visited El Paso (Texas)".

Only what stands behind a word that goes before places, and looks like a name, is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from legation.fields.folding import fold
from legation.imports.month_words import MONTH_WORDS
from legation.imports.word_lists import is_part_of_state

_NAME = r"(?:(?:St|Ft|Mt)\. )?[A-Z][\w’'\-]+(?: (?:de |del |da |la |al-|of |am )?[A-Z][\w’'\-]+){0,3}"
_PLACE = rf"(?P<place>{_NAME})(?: ?\([^)]*\)|, (?:[A-Z]\.){{2,3}}|, [A-Z][\w.]+(?= ?[,.;]| and|$))?"
_BEFORE = re.compile(
    rf"\b(?:in|visited|visiting|visit to|stop(?:s|ped)? (?:in|at)|arrived (?:in|at)|travell?ed to|included) {_PLACE}"
)
_AFTERWARDS = re.compile(
    r"\b(?:afterwards?|also|later|then|en route|thereafter|subsequently|before|after|departed|departing)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z\"“])")
_NO_PLACE = {
    "summit", "conference", "congress", "assembly", "council", "nations", "office", "house", "session", "memorial",
    "day", "president", "meeting", "commission", "ceremony", "funeral", "mission", "institute", "university",
    "institution", "oval", "rose", "garden", "treaty", "agreement", "government", "senate", "general", "national",
    "working", "official", "state", "private", "mr", "mrs", "white", "blair", "pentagon", "war", "spring", "summer",
    "autumn", "winter", "us", "u", "order", "honor", "honour", "english", "anniversary", "africa", "america",
    "europe", "asia", "east", "israeli", "northern", "academy", "center", "centre", "library", "museum",
}  # fmt: skip
_REGION = re.compile(r"(?:[A-Z]\.? ?){2,4}|[A-Z][a-z]{1,4}\.")
_SPLIT = re.compile(r"\s*[,;/]\s*(?:and\s+)?|\s+(?:and|&|und|et|y|и)\s+")


def place_in_text(text: str, is_country: Callable[[str], bool]) -> str | None:
    """The place that running text says the whole of it happened in, before places that were seen afterwards."""
    for sentence in _SENTENCE.split(text):
        main = _AFTERWARDS.split(sentence, maxsplit=1)[0]
        for match in _BEFORE.finditer(main):
            printed = match["place"].split()
            while printed and fold(printed[-1]) in MONTH_WORDS:  # New York City May 3-5
                printed.pop()
            place, words = " ".join(printed), fold(" ".join(printed)).split()
            if words and not set(words) & _NO_PLACE and not is_country(place):
                if not any(map(str.isdigit, place)):
                    return place
    return None


def places_of_cell(cell: str, code_of: Callable[[str], str | None]) -> tuple[list[str], str | None]:
    """The places of a cell, and the code of the country that ends it.

    "Washington, D.C." and "Fort Worth, Texas" are one place each.
    """
    code = None
    text = " ".join(cell.split()).strip(" ,;.") if not cell.endswith(".C.") else " ".join(cell.split())
    parts = [part for part in _SPLIT.split(text) if part]
    while len(parts) > 1 and code_of(parts[-1]) is not None and not is_part_of_state(parts[-1]):
        code = code_of(parts.pop())
    found: list[str] = []
    for part in parts:
        if found and is_region(part) and (len(part) < 6 or f"{found[-1]}, {part}" in text):
            found[-1] = f"{found[-1]}, {part}"
        elif part not in found:
            found.append(part)
    if len(found) == 1 and code is None and code_of(found[0]) is not None and len(parts) == 1:
        return [], code_of(found[0])
    return found, code


def is_region(part: str) -> bool:
    """Whether a part of a cell tells where the town before it lies: "D.C.", "TX", "Texas"."""
    return (bool(_REGION.fullmatch(part)) and len(part) < 6) or is_part_of_state(part)
