"""How we know: which sources stand behind records, numbered as they are first needed, printed as notes.

The form of a note follows the notes style of the Chicago Manual of Style (17th edition, chapter 14), with days in
British order, "n.d." where a source has no day, and the chain of what it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, select, union_all

from legation.documents.document import Cell, Note, Run, told_otherwise
from legation.fields.fuzzy_dates import print_date
from legation.i18n import _, ngettext
from legation.records.catalogue import table_named
from legation.storage.citations import cited_parts
from legation.storage.reading import ID, PLACE, WANTED, Asked, Reader, as_columns, in_places, listed, with_places
from legation.storage.reference import release_noted

REFERENCE = 0  # in the place of a source: the reference data that came with the program
LONGEST_CHAIN = 20  # sources citing each other in a ring must end somewhere
IN_MARKS = {"article-newspaper", "webpage", "post-weblog", "interview", "broadcast", "speech"}


class Cited(NamedTuple):
    """One citation: the source, and what it states where that differs."""

    source: int
    states: str | None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source as a note prints it."""

    id: int
    kind: str
    title: str | None
    author: str | None
    publisher: str | None
    issued: str | None
    accessed: str | None
    url: str | None
    archive_url: str | None
    derived_from: int | None

    @property
    def short(self) -> str:
        """What the source is called when another cites it: its publisher, else its author or title."""
        return self.publisher or self.author or self.title or ""


class Notes:
    """The sources that a document needs, each with its number in the order of first mention."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._printed: list[Note] = []
        self._cells: dict[tuple[tuple[Cited, ...], int], Cell] = {}  # very many rows rest on the same sources

    def number(self, source: int) -> int:
        """The number of a source; a new one gets the next."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def cell(self, cited: Iterable[Cited], more: int = 0) -> Cell:
        """What stands in the last column of a row: the numbers of its sources, and where one states something else; of
        so many `more` only that they are there.

        A row that nothing is cited for says so.
        """
        every = tuple(cited)
        if (every, more) not in self._cells:
            self._cells[every, more] = self._cell(every, more)
        return self._cells[every, more]

    def _cell(self, cited: Iterable[Cited], more: int) -> Cell:
        numbers: dict[int, None] = {}
        states: dict[tuple[int, str], None] = {}
        for each in cited:
            number = self.number(each.source)
            numbers[number] = None
            if each.states:
                states[number, each.states] = None
        if not numbers:
            return Cell(_of_neither_end(more) if more else _("unsourced"))
        words = told_otherwise(states)
        if more:
            counted = ngettext("{count} more", "{count} more", more).format(count=f"{more:,}")
            words = "; ".join(part for part in (words, counted) if part)
        return Cell(words, notes=tuple(sorted(numbers)), states=tuple(states))

    def printed(self, reader: Reader) -> list[Note]:
        """The notes in order; of those that were printed before nothing is asked again."""
        new = list(self._numbers)[len(self._printed) :]
        known = sources_with_chains(reader, [source for source in new if source != REFERENCE])
        for source in new:
            text = note_text(source, known) if source != REFERENCE else _reference_text(reader)
            self._printed.append(Note(self._numbers[source], text))
        return self.behind(0)

    def behind(self, count: int) -> list[Note]:
        """The notes that were printed, without the first so many."""
        return self._printed[count:]


def searched(events: int) -> Cell:
    """What stands in the last column of a row that says that there is nothing: how many events were looked through."""
    return Cell(ngettext("{count} event searched", "{count} events searched", events).format(count=f"{events:,}"))


def _of_neither_end(more: int) -> str:
    """What stands for so many sources none of which is named, since they are of other events than the row's ends."""
    words = ngettext(
        "{count} source, not of the first or last event", "{count} sources, not of the first or last event", more
    )
    return words.format(count=f"{more:,}")


def _reference_text(reader: Reader) -> list[Run]:
    release = release_noted(reader)
    if release is None:
        return [Run(_("Legation, reference data."))]
    return [Run(_("Legation, reference data, release {number}.").format(number=release))]


def citations_of_events(reader: Reader, events: Sequence[int]) -> dict[int, list[Cited]]:
    """By event, the citations of the event, its parties, delegates, agenda and outcomes; of the event first."""
    return {id: list(cited) for id, cited in zip(events, citations_in_order(reader, events), strict=True) if cited}


def citations_in_order(reader: Reader, events: Sequence[int]) -> list[tuple[Cited, ...]]:
    """The same for each of the events, in their order."""
    asked = _asked_of_events(cited_parts(reader))
    found: list[tuple[Cited, ...]] = [()] * len(events)
    made: dict[tuple[int, str | None], tuple[Cited, ...]] = {}  # very many events rest on the same sources
    for place, *said in zip(*reader.columns(asked, with_places(events)), strict=True):
        key = said[0], said[1]
        one = made.get(key) or made.setdefault(key, (Cited(*key),))
        if not found[place]:
            found[place] = one
        elif one[0] not in found[place]:
            found[place] += one
    return found


@cache
def _asked_of_events(cited: tuple[str, ...]) -> Asked:
    """The question for the citations of events and of these parts of them, which are those that any are of."""
    citation = table_named("citation")
    columns = (PLACE, citation.c.source_id, citation.c.states, in_places(citation.c.id).label("order"))
    parts: list[Select[Any]] = [select(*columns).select_from(WANTED.join(citation, citation.c.event_id == ID))]
    for name in cited:
        table = table_named(name)
        joined = WANTED.join(table, table.c.event_id == ID).join(citation, citation.c[f"{name}_id"] == table.c.id)
        parts.append(select(*columns).select_from(joined))
    every = union_all(*parts).subquery()
    return as_columns(select(*list(every.c)[:3]).order_by(every.c.order))


def citations_of(reader: Reader, record: str, ids: Sequence[int]) -> dict[int, list[Cited]]:
    """By record, the citations of records of one type: "outcome", "appointment", "delegate" and so on; not of
    countries (see `citations_of_countries`)."""
    citation = table_named("citation")
    column = citation.c[f"{record}_id"]
    columns = (column, citation.c.id, citation.c.source_id, citation.c.states)
    return _by_record(reader.rows(select(*columns).where(column.in_(listed(ids)))))


def citations_of_countries(reader: Reader, codes: Sequence[str]) -> dict[str, list[Cited]]:
    """By code, the citations of countries."""
    citation = table_named("citation")
    columns = (citation.c.country, citation.c.id, citation.c.source_id, citation.c.states)
    return _by_record(reader.rows(select(*columns).where(citation.c.country.in_(codes))))


def _by_record(rows: Iterable[Sequence[Any]]) -> dict[Any, list[Cited]]:
    found: dict[Any, list[Cited]] = {}
    made: dict[tuple[int, str | None], Cited] = {}  # very many records rest on the same sources
    for record, _id, source, states in sorted(rows, key=itemgetter(0, 1)):
        cited = made.get((source, states)) or made.setdefault((source, states), Cited(source, states))
        if record not in found:
            found[record] = [cited]
        elif cited not in found[record]:
            found[record].append(cited)
    return found


def sources_with_chains(reader: Reader, ids: Sequence[int]) -> dict[int, SourceFacts]:
    """Sources by id, and all that they cite, link by link."""
    source, body = table_named("source"), table_named("organisation")
    known: dict[int, SourceFacts] = {}
    wanted = list(ids)
    for _link in range(LONGEST_CHAIN):
        if not wanted:
            break
        columns = (source.c.id, source.c.kind, source.c.title, source.c.author, body.c.name, source.c.issued,
                   source.c.accessed, source.c.url, source.c.archive_url, source.c.derived_from_id)  # fmt: skip
        joined = select(*columns).outerjoin(body, body.c.id == source.c.publisher_id)
        rows = reader.rows(joined.where(source.c.id.in_(listed(wanted))))
        known |= {row[0]: SourceFacts(*row) for row in rows}
        wanted = [row[9] for row in rows if row[9] is not None and row[9] not in known]
    return known


def chain_of(source: int, known: dict[int, SourceFacts]) -> list[SourceFacts]:
    """A source and what it cites, down to the first hand; a ring is followed once."""
    chain: list[SourceFacts] = []
    here: int | None = source
    while here is not None and here in known and known[here] not in chain:
        chain.append(known[here])
        here = known[here].derived_from
    return chain


def note_text(source: int, known: dict[int, SourceFacts]) -> list[Run]:
    """A source as a note: Author, “Title,” Publisher, day, address, citing the one it has it from."""
    chain = chain_of(source, known)
    if not chain:
        return [Run(_("A source that is gone."))]
    facts = chain[0]
    said = ", ".join(part for part in (facts.author, facts.publisher, _day(facts)) if part)
    if facts.title:
        titled = (_("“{title},”") if facts.kind in IN_MARKS else _("{title},")).format(title=facts.title)
        rest = ", ".join(part for part in (facts.publisher, _day(facts)) if part)
        said = " ".join(part for part in (f"{facts.author}," if facts.author else "", titled, rest) if part)
    runs = [Run(said)]
    if facts.url:
        runs += [Run(", "), Run(facts.url, ("url", facts.url))]
    if facts.archive_url:
        runs += [Run(_(", archived at ")), Run(facts.archive_url, ("url", facts.archive_url))]
    if len(chain) > 1:
        runs.append(Run("".join(_(", citing {source}").format(source=each.short) for each in chain[1:])))
    return runs if runs[-1].text.endswith(".") else [*runs, Run(".")]


def _day(facts: SourceFacts) -> str:
    """When it was published; where nobody knows, when it was read."""
    if facts.issued is not None:
        return print_date(facts.issued)
    read = _(", accessed {day}").format(day=print_date(facts.accessed)) if facts.accessed else ""
    return _("n.d.") + read
