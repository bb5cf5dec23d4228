"""What a cell looks like, as far as a layout is told from it: empty, a number, a date, a code, words or a note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

from legation.imports.source_tables import SourceCell

EMPTY, NUMBER, DATE, CODE, WORDS = "empty", "number", "date", "code", "words"
DATA = (NUMBER, DATE, CODE)  # what a heading rarely is

_NUMBER = re.compile(r"[-+(]?[$€£¥]?\s?\d[\d.,'’\u00a0\u202f ]*\s?[%$€£¥]?\)?")
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([T ].*)?|\d{1,2}:\d{2}(:\d{2})?|\d{4}-\d{2}"
    r"|\d{1,2}\.? [^\W\d]{3,12}\.? \d{4}|[^\W\d]{3,12} \d{1,2}, \d{4}"
)
_YEAR = re.compile(r"(1[89]|20)\d\d")
_MARK = re.compile(
    r"\s*(?:[*†‡§¹²³⁴⁵※]|\(?[a-z0-9]{1,2}\)\s"
    r"|(?:source|sources|note|notes|nb|remark|remarks|quelle|quellen|anmerkung|hinweis|fuente|fuentes|nota|notas|fonte"
    r"|remarque|источник|примечание|注|資料|出典|出所|来源|來源"
    r"|data as of|last updated|updated|generated|compiled|prepared|as of)"
    r"\s*[:：.,\-–]?(?:\s|$)|(?:source|note)s?[:：]|[©])",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\s*(?:grand |sub-?)?(?:total|totals|sum|gesamt|summe|insgesamt|somme|suma|totale|всего|итого"
    r"|合計|総計|总计|合计|總計)\s*[:：]?\s*",
    re.IGNORECASE,
)


def look(cell: SourceCell) -> str:
    """What a cell looks like."""
    if cell is None:
        return EMPTY
    if isinstance(cell, (int, float)):
        return NUMBER
    if isinstance(cell, (date, datetime, time)):
        return DATE
    text = cell.strip()
    if not text:
        return EMPTY
    if _NUMBER.fullmatch(text):
        return DATE if _DATE.fullmatch(text) else NUMBER
    if _DATE.fullmatch(text):
        return DATE
    return CODE if text[0].isdigit() and len(text) < 40 else WORDS


def is_year(cell: SourceCell) -> bool:
    """Whether a cell is a year, which may also head a column."""
    return _YEAR.fullmatch(words(cell)) is not None


def words(cell: SourceCell) -> str:
    """A cell on one line, as a heading or a note has it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def filled(cells: Sequence[SourceCell]) -> list[int]:
    """The places of the cells that are not empty."""
    return [at for at, cell in enumerate(cells) if not (cell is None or (isinstance(cell, str) and not cell.strip()))]


def extent(cells: Sequence[SourceCell]) -> int:
    """How many cells there are up to the last that is not empty."""
    return next((at + 1 for at in reversed(range(len(cells))) if look(cells[at]) != EMPTY), 0)


def joined(cells: Sequence[SourceCell], delimiter: str = "") -> str:
    """A row that is no row as a line of text: the delimiter is put back where it stood in prose."""
    there = [str(each) for each in cells if words(each)]
    if delimiter and all(each.startswith(" ") for each in there[1:]):
        return " ".join(delimiter.join(there).split())
    return " ".join(" ".join(there).split())


def is_total(cells: Sequence[SourceCell]) -> bool:
    """Whether a row gives sums of those above it."""
    places = filled(cells)
    return bool(places) and _TOTAL.fullmatch(words(cells[places[0]])) is not None


def is_marked_note(cells: Sequence[SourceCell]) -> bool:
    """Whether a row begins as a footnote does: “Source:”, “* preliminary”."""
    places = filled(cells)
    return bool(places) and _MARK.match(words(cells[places[0]])) is not None


def is_key_and_value(cells: Sequence[SourceCell]) -> bool:
    """Whether a row is “Printed on: 3 May 2025”, in one cell or in two."""
    places = filled(cells)
    return 1 <= len(places) <= 2 and words(cells[places[0]]).endswith((":", "："))


def columns_look(rows: Sequence[Sequence[SourceCell]], width: int) -> list[str]:
    """What most filled cells of each column look like; EMPTY where none is filled."""
    found = []
    for at in range(width):
        looks = Counter(look(row[at]) for row in rows if at < len(row))
        looks.pop(EMPTY, None)
        (common, count), *_rest = looks.most_common(1) or [(EMPTY, 0)]
        found.append(common if count * 2 > looks.total() else WORDS if looks else EMPTY)
    return found
