"""What the cells of each column look like: dates, countries, names, titles, addresses, codes.

Read in one pass over the table; what is kept of a long column is a sample of its cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from legation.fields.folding import fold
from legation.fields.kinds import clean_text
from legation.imports.column_dates import as_text, looks_counted, looks_dated
from legation.imports.heading_words import concepts_of
from legation.imports.source_tables import SourceTable
from legation.imports.splitting import has_title_word
from legation.matching.country_names import CountryNames
from legation.matching.post_words import BODIES

SAMPLE = 600
DISTINCT = 50_000  # after which a column is taken for one without repetitions
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_GENDERS = {"male", "female", "m", "f", "w", "man", "woman", "homme", "femme", "hombre", "mujer", "м", "ж"}
_ANSWERS = {
    "yes",
    "no",
    "y",
    "n",
    "✓",
    "✔",
    "●",
    "•",
    "true",
    "false",
    "x",
    "ja",
    "nein",
    "oui",
    "non",
    "si",
    "sí",
    "да",
    "нет",
    "0",
    "1",
}
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?Q[1-9]\d*")
_DATED = {"date", "start", "end"}  # headings below which numbers may be days as a spreadsheet counts them
_MARKS = re.compile(r"(?<=[\w.)])(?:\s?\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\])+$")  # of footnotes
_OF_COUNTRIES = ("country", "host_country", "guest_country", "country_a", "country_b")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’\-]*")
# cells that a spreadsheet leaves where it could not reckon, and ways to write nothing
NOTHING = {"", "#value!", "#n/a", "#ref!", "#name?", "#div/0!", "#num!", "#null!", "n/a", "null", "none", "-", "–", "—"}


@dataclass(frozen=True)
class ColumnProfile:
    """One column: its heading, some of its cells, and which shares of its filled cells look like what."""

    heading: str
    sample: tuple[str, ...]
    filled: int
    rows: int
    is_unique: bool
    is_first_filled: bool = False
    dates: float = 0
    countries: float = 0
    titles: float = 0
    names: float = 0
    addresses: float = 0
    genders: float = 0
    wikidata: float = 0
    bodies: float = 0
    words: float = 0
    are_answers: bool = False
    are_numbers: bool = False

    @property
    def names_each_row(self) -> bool:
        """Whether each row has a text of its own here."""
        return self.is_unique and self.filled == self.rows

    @property
    def is_empty(self) -> bool:
        """Whether no row says anything here."""
        return self.filled == 0


def cell_text(cell: object) -> str:
    """A cell as text, "" for what says nothing."""
    text = clean_text(as_text(cell))  # type: ignore[arg-type]
    if text.endswith("]"):
        text = _MARKS.sub("", text)
    return "" if text.casefold() in NOTHING else text


def profiles(
    table: SourceTable, countries: CountryNames, progress: Callable[[int], None] | None = None
) -> list[ColumnProfile]:
    """The profile of each column, in one pass over the rows."""
    width = len(table.headings)
    samples: list[list[str]] = [[] for _each in range(width)]
    distinct: list[set[str]] = [set() for _each in range(width)]
    first: set[int] = set()
    filled = [0] * width
    rows = 0
    for row in table.rows():
        rows += 1
        if progress is not None and rows % 1000 == 0:
            progress(rows)
        for at, cell in enumerate(row.cells[:width]):
            text = cell_text(cell)
            if not text:
                continue
            filled[at] += 1
            if rows == 1:
                first.add(at)
            if len(samples[at]) < SAMPLE or filled[at] % 97 == 0:
                samples[at].append(text)
            if len(distinct[at]) < DISTINCT:
                distinct[at].add(text)
    return [
        replace(
            _profile(heading, samples[at], filled[at], rows, filled[at] == len(distinct[at]), countries),
            is_first_filled=at in first,
        )
        for at, heading in enumerate(table.headings)
    ]


def _profile(
    heading: str, cells: list[str], filled: int, rows: int, is_unique: bool, countries: CountryNames
) -> ColumnProfile:
    def share(looks: Callable[[str], bool]) -> float:
        return sum(map(looks, cells)) / len(cells) if cells else 0.0

    told = concepts_of(heading)
    is_told = any(told.get(concept, 0) >= 0.5 for concept in _OF_COUNTRIES)
    code_of = countries.in_any_language if is_told else countries.code_of
    are_numbers = not (is_told or {"m49", "iso3"} & set(told)) and all(cell.isdigit() for cell in cells)
    are_answers = not is_told and all(cell.casefold() in _ANSWERS for cell in cells)  # "no" is Norway elsewhere
    return ColumnProfile(
        heading,
        tuple(cells),
        filled,
        rows,
        is_unique and filled > 0,
        dates=max(share(looks_dated), share(looks_counted) if _DATED & set(told) else 0.0),
        countries=0.0
        if are_numbers or are_answers
        else share(lambda cell: len(cell) < 60 and code_of(cell) is not None),
        titles=share(lambda cell: len(cell) < 200 and has_title_word(cell)),
        names=share(_looks_named),
        addresses=share(lambda cell: bool(_URL.fullmatch(cell))),
        wikidata=share(lambda cell: bool(_WIKIDATA.fullmatch(cell))),
        genders=share(lambda cell: cell.casefold() in _GENDERS),
        bodies=share(lambda cell: len(cell) < 120 and bool(set(fold(cell).split()) & set(BODIES))),
        words=sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0,
        are_answers=are_answers and filled > 0,
        are_numbers=are_numbers and filled > 0,
    )


def _looks_named(cell: str) -> bool:
    """Whether a cell may be the name of a person: two to six words, most of them capitalised, no figures."""
    words = _NAME_WORD.findall(cell)
    if not 2 <= len(words) <= 6 or any(map(str.isdigit, cell)) or len(cell) > 60:
        return False
    capitals: int = sum(word[:1].isupper() for word in words)
    return capitals >= len(words) - 1
