"""Which character separates the cells of a text, and how cells are quoted: the way in which most rows are of one width.

Looks at the beginning of a file only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from legation.i18n import _
from legation.imports.files.aligned import find_columns
from legation.imports.files.records import Dialect, has_strange_quotes, read_records
from legation.imports.reading_choices import ReadingChoices

DELIMITERS = ("\t", "|", ";", ",")  # of two that fit equally the first is taken
LOOKED_AT = 400  # lines
_POOR = 0.5  # how well a separator fits, below which columns that are parted by blanks are looked for
_LINE = 20_000  # characters of a line that are looked at


@dataclass(frozen=True)
class FoundDialect:
    """A dialect, how well it fits from 0 to 1, the most frequent width, and how many of how many rows have it."""

    dialect: Dialect
    fit: float = 0.0
    width: int = 1
    agreeing: int = 0
    rows: int = 0

    def how(self, choices: ReadingChoices) -> tuple[str, ...]:
        """In sentences, what was found."""
        if self.dialect.starts:
            return (_("No mark separates the cells: {width} columns are parted by blanks.").format(width=self.width),)
        told = [self._delimiter(choices.delimiter is not None)]
        if self.dialect.quote == "'":
            told.append(_("Cells are quoted with single quotation marks."))
        elif not self.dialect.quote:
            told.append(_("Quotation marks are text as any other."))
        if self.dialect.backslash:
            told.append(_("A backslash stands before a quotation mark inside a cell."))
        return tuple(told)

    def _delimiter(self, is_chosen: bool) -> str:
        facts = {"agreeing": self.agreeing, "rows": self.rows, "width": self.width}
        if is_chosen and self.dialect.delimiter == "\t":
            return _("Cells are separated by tabs, as you chose.")
        if is_chosen:
            return _("Cells are separated by “{mark}”, as you chose.").format(mark=self.dialect.delimiter)
        if self.width < 2:
            return _("There is one cell in each row: no separator was found.")
        if self.dialect.delimiter == "\t":
            return _(
                "Cells are separated by tabs: {agreeing} of the first {rows} rows then have {width} cells."
            ).format(**facts)
        return _(
            "Cells are separated by “{mark}”: {agreeing} of the first {rows} rows then have {width} cells."
        ).format(mark=self.dialect.delimiter, **facts)


def find_dialect(lines: Sequence[str], choices: ReadingChoices) -> FoundDialect:
    """The dialect of a text by its first lines; what the person chose is not looked for."""
    lines = [each for each in lines[:LOOKED_AT] if len(each) <= _LINE] or [each[:_LINE] for each in lines[:1]]
    said = re.match(r"sep=(.)[\r\n]*$", lines[0]) if lines else None  # a line that Excel reads so
    delimiters = [said[1]] if said else list(DELIMITERS)
    if choices.delimiter is not None:
        delimiters = [choices.delimiter]
    found = [_fit(lines, each) for mark in delimiters for each in _quotings(lines, mark, choices)]
    best = found[0]
    for each in found[1:]:
        if each.fit > best.fit + 0.005:
            best = each
    if best.fit < _POOR and choices.delimiter is None and not said:
        starts = find_columns(lines)
        if starts and len(starts) >= best.width:
            return FoundDialect(Dialect(" ", "", starts=starts), 1.0, len(starts), len(lines), len(lines))
    if best.width < 2 and choices.delimiter is None and not said:
        return replace(best, dialect=replace(best.dialect, delimiter=","))
    return best


def _quotings(lines: Sequence[str], delimiter: str, choices: ReadingChoices) -> list[Dialect]:
    """The ways of quoting worth a trial; those that most files have come first."""
    text = "".join(lines)
    mark = re.escape(delimiter)
    plain = Dialect(delimiter, '"' if choices.quote is None else choices.quote, bool(choices.backslash))
    found = [plain]
    if choices.quote is None:
        # not before a formula, where our own files have one that is no quotation mark
        single = re.findall(rf"(?:^|{mark})'(?![=+\-@\t'])[^'\r\n]*'(?={mark}|[\r\n]|$)", text, re.MULTILINE)
        if len(single) * 2 > len(lines) and '"' not in text:
            found.insert(0, replace(plain, quote="'"))
    if choices.backslash is None and '\\"' in text:
        found.append(replace(plain, backslash=True))
    if plain.quote and delimiter != "\t" and re.search(rf"{mark} +{re.escape(plain.quote)}", text):
        found.append(replace(plain, skip_blank=True))
    return found


def _fit(lines: Sequence[str], dialect: Dialect) -> FoundDialect:
    """How much of the text stands in runs of rows that have the same width."""
    records = [each for each in read_records(lines, dialect) if any(map(str.strip, each.cells))]
    widths = [_width(each.cells) for each in records]
    if not records:
        return FoundDialect(dialect)
    common = Counter(each for each in widths if each > 1) or Counter({1: len(widths)})
    width, agreeing = max(common.items(), key=lambda each: (each[1], each[0]))
    if width < 2:
        return FoundDialect(dialect, width=1, agreeing=agreeing, rows=len(records))
    in_runs = sum(
        each > 1 and each in (before, after)
        for before, each, after in zip([0, *widths], widths, [*widths[1:], 0], strict=False)
    )
    if len(records) == 1:
        in_runs = 1
    elif not in_runs and widths[0] < 2:
        return FoundDialect(dialect, width=1, agreeing=len(records), rows=len(records))
    prose = sum(cell.startswith(" ") for each in records for cell in each.cells[1:]) / sum(widths)
    odd = sum(bool(each.note) or each.text.count("\n") > 20 for each in records)
    strange = sum(has_strange_quotes(each.text, dialect) for each in records)
    fit = in_runs / len(records) - 0.4 * prose - (0.5 * odd + 0.2 * strange) / len(records)
    return FoundDialect(dialect, fit + min(width, 20) / 1000, width, agreeing, len(records))


def _width(cells: Sequence[str]) -> int:
    """How many cells a row has, empty ones at its end counted."""
    return len(cells)
