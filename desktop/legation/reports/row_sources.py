"""Which sources a row names that rests on many events: all while they are few, else those of its first and last event.

A thousand numbers in a cell tell nobody where to look. How many more there are is told, and where all of them stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from legation.documents.document import Cell, Paragraph, Run
from legation.fields.kinds import choice
from legation.fields.record_type import field as option
from legation.i18n import N_, _
from legation.reports.sources import Cited, Notes, citations_of_events
from legation.storage.encounters import Ends, Key, Rows
from legation.storage.reading import Reader

MOST_NAMED = 10
NAMED = {
    "few": N_("All up to ten a row"),
    "ends": N_("Of the first and the last event"),
    "every": N_("Of every event"),
}
OPTION = option(
    "sources",
    N_("Sources"),
    choice(NAMED),
    required=True,
    default="few",
    rare=True,
    help=N_("Of a row with more than ten, those of its first and last event are named, and the others are counted."),
)


@dataclass
class RowSources:
    """What is cited for rows by key, and how many sources more there are that are not named.

    `of_ends` says that the first and last events alone were looked at.
    """

    cited: dict[Key, list[Cited]] = field(default_factory=dict)
    more: dict[Key, int] = field(default_factory=dict)
    of_ends: bool = False

    def cell(self, notes: Notes, key: Key) -> Cell:
        """What stands in the last column of a row."""
        cited = self.cited.get(key, ())
        if self.of_ends and not cited:
            return Cell(_("no source of the first or last event"))
        return notes.cell(cited, self.more.get(key, 0))


def row_sources(reader: Reader, rows: Rows, ends: Mapping[Key, Ends], named: str) -> RowSources:
    """The sources of rows, by their first and last events; `named` is one of `NAMED`."""
    counts = rows.source_counts(reader) if named == "few" else {}
    few = None if named == "every" else [key for key, number in counts.items() if number <= MOST_NAMED]
    told = {} if few == [] else rows.sources(reader, few)
    found = RowSources({key: [Cited(*each) for each in cited] for key, cited in told.items()}, of_ends=named == "ends")
    many = {key for key, number in counts.items() if number > MOST_NAMED}
    cut = [] if named == "every" else [key for key in ends if named == "ends" or key in many]
    cited = citations_of_events(reader, sorted({id for key in cut for id in ends[key]}))
    for key in cut:
        of_ends = [each for id in dict.fromkeys(ends[key]) for each in cited.get(id, ())]
        found.cited[key] = list(dict.fromkeys(of_ends))
        if key in many:
            found.more[key] = counts[key] - len({each.source for each in of_ends})
    return found


def said(named: str, *, is_any_cut: bool) -> list[Paragraph]:
    """What a report says of the sources that its rows do not name, if there are any."""
    if named == "every" or (named == "few" and not is_any_cut):
        return []
    words = _(
        "Each row names the sources of its first and last event. All sources stand with each event in the evidence "
        "report, and in this report as a plain table of events."
    )
    if named == "few":
        words = _(
            "A row with more than {most} sources names those of its first and last event and tells how many more there "
            "are. All stand with each event in the evidence report, and in this report as a plain table of events."
        ).format(most=MOST_NAMED)
    return [Paragraph((Run(words, quiet=True),))]
