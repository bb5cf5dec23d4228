"""Plans: by which of its clauses a question is answered, so that neither a frequent nor a rare answer takes long.

SQLite has no statistics here, and cannot know how rare an answer is. So a few of the first records are asked (see
queries.py), and where they do not answer, the sets that the clauses lead to are counted up to a bound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, true

from legation.records.catalogue import table_named
from legation.storage.filters.asking import READS_TEXT, clauses_of, of_words
from legation.storage.filters.clauses import FAR, Clause, Linked, Timed, unindexed
from legation.storage.filters.conditions import Words, quoted
from legation.storage.reading import Reader, gathered

if TYPE_CHECKING:
    from legation.storage.queries import Query

UNCOUNTED = 10**9  # instead of a size that would take long to count
FEWEST_AMONG_FIRST = 8  # answers among the first records: then a page of 200 is found in 50,000, which is soon
FEW, MANY = 20_000, 60_000  # records worth fetching and sorting for a page, by one condition or by several
FEW_TEXTS = 10_000  # records with the words that are fetched and sorted, where the first of all do not answer
SEVERAL_TEXTS = 5000  # of which enough should be found among the first records of all sooner than they are sorted
RARE = 3000  # records that are fetched and sorted sooner than any order is walked
ONLY_BY_ID = "NOT INDEXED"  # SQLite reads rows by their ids and by nothing else


class Plan:
    """The clauses of a question, and those whose records are looked up as a set.

    The others are asked of one record after the other, in the order of the question. That gives a first page at once
    where many records answer, and is slow where few do: then what is in all small sets is fetched and sorted. A time is
    a set like the others only for a question whose order is `not_by_date`: else the index of the dates has it.
    """

    def __init__(self, query: Query, *, not_by_date: bool = False) -> None:
        words = [each for each in query.filters if isinstance(each, Words) and not each.is_not]
        others = [each for each in query.filters if not (isinstance(each, Words) and not each.is_not)]
        found = [clause for each in others for clause in clauses_of(each, query.record)]
        self._by_bounds = {id(each.in_order): each.by_bounds for each in found if isinstance(each, Timed)}
        self.clauses = [each.in_order if isinstance(each, Timed) and not not_by_date else each for each in found]
        asked = " ".join([*(_as_typed(each) for each in words), query.words]).strip()
        if asked:  # all in one: the index meets several words faster than sets are met
            in_name = any(each.in_name for each in words)
            self.clauses.append(of_words(asked, query.record, in_name=in_name))
        self.links = [each for each in self.clauses if isinstance(each, Linked)]
        self._sets: list[Linked] = []
        self._meets, self._is_ordered = False, True

    def in_no_order(self) -> Plan:
        """The plan for an answer in no order: what answers by its time is found by an index of the days."""
        self._is_ordered = not self._by_bounds
        return self

    def in_sets(self) -> Plan:
        """The plan that looks up every set that no row of the record itself tells: for whole answers."""
        self._sets, self._meets = [each for each in self.links if each.probe is not None], False
        return self

    def by_small_sets(self, reader: Reader) -> Plan:
        """The plan that looks up what is in all small sets, and sorts it; for a page of a rare answer."""
        if not self.links:
            return self
        sizes = [_size(reader, each, FEW) for each in self.links]
        if len(self.links) > 1 and min(sizes) >= FEW:
            sizes = [UNCOUNTED if each.cost == FAR else _size(reader, each, MANY) for each in self.links]
        most = FEW if min(sizes) < FEW else MANY if len(self.links) > 1 else 0
        by_size = sorted(range(len(sizes)), key=sizes.__getitem__)
        self._sets, self._meets = [self.links[at] for at in by_size if sizes[at] < most], True
        return self

    def by_few_texts(self, reader: Reader) -> int:
        """How many records hold the words, at most `FEW_TEXTS`. These are looked up at once where they are fewer, and
        only then; 0 without words."""
        text = next((each for each in self.links if each.cost == READS_TEXT), None)
        if text is None:
            return 0
        number, found = gathered(reader, text.ids.limit(FEW_TEXTS))
        if number < FEW_TEXTS:
            known = replace(text, ids=found)  # the index was asked once, and need not be asked again
            self.clauses = [known if each is text else each for each in self.clauses]
            self.links = [known if each is text else each for each in self.links]
            self._sets, self._meets = [known], True
        return number

    def probes(self, id: Any) -> list[ColumnElement[bool]] | None:
        """The clauses asked of a column of ids; None where some need the records' own rows."""
        if not all(isinstance(each, Linked) and each.probe is not None for each in self.clauses):
            return None
        return [each.probe(id) for each in self.links if each.probe is not None]

    def is_dense(self, found: int) -> bool:
        """Whether so many answers among the first records promise a page before long, by walking on."""
        return found >= FEWEST_AMONG_FIRST * max(each.cost for each in self.links)

    def for_all(self, reader: Reader, record: str) -> Plan:
        """The plan for a whole answer: from the small sets where there are any, else from the records that answer by
        what stands in their own rows, where these are few; else from all sets."""
        self.by_small_sets(reader)
        return self if self.is_small or self._by_own_rows(reader, table_named(record)) else self.in_sets()

    def _by_own_rows(self, reader: Reader, table: Any) -> bool:
        """Whether few records answer the clauses that lead to no set, such as a time; only then they are the set."""
        own = [self._by_bounds.get(id(each), each) for each in self.clauses if not isinstance(each, Linked)]
        if not own or not self.links:
            return False
        most = MANY if self._is_ordered else FEW  # rather than walk all in order; else an index leads to them
        number, found = gathered(reader, select(table.c.id).where(*own).limit(most))
        if number == most:
            return False
        self._sets, self._meets = [Linked(found, true())], True
        return True

    def is_rare(self, reader: Reader) -> bool:
        """Whether some set is so small that what answers is sorted sooner than any order is walked."""
        return any(_size(reader, each, RARE) < RARE for each in self.links)

    def walked(self, reader: Reader, table: Any, first: ColumnElement[Any]) -> Select[Any]:
        """The ids of all records that answer, for a walk along another table that looks each up in the sets.

        `first` is a condition that stands before the others.
        """
        times = [each for each in self.links if isinstance(each, Timed)]
        sets = [each for each in self.links if not isinstance(each, Timed)]
        if not sets and times and _size(reader, times[0], FEW) < FEW:
            sets = [times.pop(0)]
        others = [each for each in self.clauses if not isinstance(each, Linked)]
        in_sets = (unindexed(table.c.id).in_(each.ids) for each in sets)  # or SQLite begins with one of them
        return select(table.c.id).where(first, *in_sets, *(each.of_one for each in times), *others)

    @property
    def is_small(self) -> bool:
        """Whether a small set was found to begin with."""
        return self._meets and bool(self._sets)

    def applied(self, statement: Select[Any], table: Any) -> Select[Any]:
        """A select with the clauses as its conditions."""
        if not self.is_small:
            record = table.c.id if self._is_ordered else unindexed(table.c.id)
            for each in self.clauses:
                if isinstance(each, Linked) and any(each is one for one in self._sets):
                    statement = statement.where(record.in_(each.ids))
                else:
                    time = None if self._is_ordered else self._by_bounds.get(id(each))
                    statement = statement.where(_of_one(each) if time is None else time)
            return statement
        first, *others = self._sets
        found = first.ids.subquery("found")
        record = next(iter(found.c))
        meeting = select(record).where(*(record.in_(each.ids) for each in others))
        for each in self.clauses:
            if any(each is one for one in self._sets):
                continue
            if isinstance(each, Linked) and each.probe is not None:
                meeting = meeting.where(each.probe(record))
            else:
                statement = statement.where(_of_one(each))
        return statement.with_hint(table, ONLY_BY_ID, "sqlite").where(table.c.id.in_(meeting))


def _of_one(clause: Clause) -> ColumnElement[bool]:
    return clause.of_one if isinstance(clause, Linked) else clause


def _as_typed(words: Words) -> str:
    return quoted(words.text.replace('"', " ")) if words.is_exact else words.text


def _size(reader: Reader, link: Linked, most: int) -> int:
    """How many rows lead to the records of a link; `most` when it is that many or more."""
    return int(reader.value(select(func.count()).select_from(_up_to(link, most))))


def _up_to(link: Linked, most: int) -> Any:
    return link.ids.with_only_columns(literal_column("1"), maintain_column_froms=True).limit(most).subquery()
