"""How a file is to be read, as options of a subcommand; and what was odd in its rows, told when they have gone by."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from legation.i18n import _, ngettext

if TYPE_CHECKING:
    from legation.imports.reading_choices import ReadingChoices
    from legation.imports.source_tables import SourceRow, SourceTable

MOST = 10  # odd rows that are listed; the rest is counted
TAB, NONE = "tab", "none"  # words for what is hard to type


def declare_reading(parser: argparse.ArgumentParser) -> None:
    """Declare what changes how a file is read; without them it is found out."""
    parser.add_argument(
        "--encoding", metavar=_("NAME"), help=_("the encoding of a text, such as utf-8, cp1252 or big5")
    )
    parser.add_argument("--separator", metavar=_("MARK"), help=_("what stands between cells; “tab” for a tab"))
    parser.add_argument("--quote", metavar=_("MARK"), help=_("what stands around cells; “none” for nothing"))
    parser.add_argument("--first-row", type=int, metavar="N", help=_("the row where the table begins"))
    parser.add_argument("--heading-rows", type=int, metavar="N", help=_("how many rows are headings; 0 for none"))
    parser.add_argument("--sheet", metavar=_("NAME"), help=_("the only sheet of a workbook to read"))


def reading_choices(given: argparse.Namespace) -> ReadingChoices:
    """The options as a reader of files takes them."""
    from legation.imports.reading_choices import ReadingChoices

    return ReadingChoices(
        encoding=given.encoding,
        delimiter="\t" if given.separator == TAB else given.separator,
        quote="" if given.quote == NONE else given.quote,
        first_row=given.first_row,
        header_rows=given.heading_rows,
        sheet=given.sheet,
    )


class OddRows:
    """A table whose odd rows are kept in mind while others read it; `table` is the one to give them."""

    def __init__(self, table: SourceTable) -> None:
        self.table = replace(table, rows=self._rows)
        self._read = table.rows
        self.count = 0
        self.first: list[tuple[int, str]] = []

    def _rows(self) -> Iterator[SourceRow]:
        self.count, self.first = 0, []
        for row in self._read():
            if row.notes:
                self.count += 1
                if len(self.first) < MOST:
                    self.first.append((row.number, " ".join(row.notes)))
            yield row

    def tell(self) -> None:
        """Print what was odd, and lines that show whether the encoding is right."""
        beyond = [each for each in self.table.sample if not each.isascii()]
        if beyond:
            print("  " + _("Letters beyond ASCII were read like this: {line}").format(line=beyond[0]))
        if not self.count:
            return
        told = ngettext(
            "{count} row is odd and was read all the same:",
            "{count} rows are odd and were read all the same:",
            self.count,
        )
        print("  " + told.format(count=self.count))
        for number, note in self.first:
            print("    " + _("Row {number}: {note}").format(number=number, note=note))
        if self.count > MOST:
            print("    " + _("and {count} more").format(count=self.count - MOST))
