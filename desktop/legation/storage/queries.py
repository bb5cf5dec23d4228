"""Questions: which records, in which order. Frozen, printable as a sentence, the same for window, export and command.

A `Query` becomes a select of ids; rows are fetched by page (see pages.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, literal_column, select

from legation.fields.kinds import FuzzyDateKind
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.storage.filters.asking import clauses_of, of_one, of_words
from legation.storage.filters.conditions import Condition, is_window
from legation.storage.filters.meanings import DATED, FAR, Linked
from legation.storage.filters.sentences import Names, sentence_of
from legation.storage.orders import is_sorted_by_link, with_order
from legation.storage.reading import Reader

UNCOUNTED = 10**9  # instead of a size that would take long to count
FEWEST_AMONG_FIRST = 4  # answers among the first records: then a page of 200 is found in 100,000, which is soon
FEW, MANY = 20_000, 60_000  # records worth fetching and sorting for a page, by one condition or by several
ONLY_BY_ID = "NOT INDEXED"  # SQLite reads rows by their ids and by nothing else
LOOKED_AT = 10  # times the page: so many of the first records are looked through before anything is counted


@dataclass(frozen=True)
class Query:
    """Which records of a type, by filters that all hold and words that all occur, in an order of columns.

    `order` holds field names, a leading minus meaning descending; empty means the record type's own order.
    """

    record: str
    filters: tuple[Condition, ...] = ()
    words: str = ""
    order: tuple[str, ...] = ()

    @property
    def record_type(self) -> RecordType:
        """The type of the records asked for."""
        return record_type(self.record)

    def with_words(self, words: str) -> Query:
        """The same question for other words."""
        return replace(self, words=" ".join(words.split()))

    def sorted_by(self, *order: str) -> Query:
        """The same question in another order."""
        return replace(self, order=order)

    def filtered(self, *filters: Condition) -> Query:
        """The same question with more filters."""
        return replace(self, filters=(*self.filters, *filters))

    def sentence(self, names: Names | None = None) -> str:
        """The question in words, for headings and exports; `names` tells what countries and topics are called."""
        kind = _(self.record_type.plural)
        parts = [sentence_of(each, self.record, names) for each in self.filters]
        if self.words:
            parts.append(_("with the words “{words}”").format(words=self.words))
        if not parts:
            return _("All {records}").format(records=kind.lower())
        return _("{records}: {conditions}").format(records=kind, conditions="; ".join(parts))


class Plan:
    """The clauses of a question, and those whose records are looked up as a set.

    The others are asked of one record after the other, in the order of the question. That gives a first page at once
    where many records answer, and is slow where few do: then the smallest set is fetched and sorted.
    """

    def __init__(self, query: Query) -> None:
        self.clauses = [clause for each in query.filters for clause in clauses_of(each, query.record)]
        if query.words.strip():
            self.clauses.append(of_words(query.words, query.record))
        self.links = [each for each in self.clauses if isinstance(each, Linked)]
        self._sets: list[Linked] = []
        self._meets = False

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

    def is_dense(self, found: int) -> bool:
        """Whether so many answers among the first records promise a page before long, by walking on."""
        return found >= FEWEST_AMONG_FIRST * max(each.cost for each in self.links)

    def for_all(self, reader: Reader) -> Plan:
        """The plan for a whole answer: from the small sets where there are any, else from all sets."""
        self.by_small_sets(reader)
        return self if self.is_small else self.in_sets()

    @property
    def is_small(self) -> bool:
        """Whether a small set was found to begin with."""
        return self._meets and bool(self._sets)

    def applied(self, statement: Select[Any], table: Any) -> Select[Any]:
        """A select with the clauses as its conditions."""
        if not self.is_small:
            for each in self.clauses:
                in_set = isinstance(each, Linked) and any(each is one for one in self._sets)
                statement = statement.where(table.c.id.in_(each.ids) if in_set else of_one(each))  # type: ignore[union-attr]
            return statement
        first, *others = self._sets
        found = first.ids.subquery("found")
        id = next(iter(found.c))
        meeting = select(id).where(*(id.in_(each.ids) for each in others))
        for each in self.clauses:
            if any(each is one for one in self._sets):
                continue
            if isinstance(each, Linked) and each.probe is not None:
                meeting = meeting.where(each.probe(id))
            else:
                statement = statement.where(of_one(each))
        return statement.with_hint(table, ONLY_BY_ID, "sqlite").where(table.c.id.in_(meeting))


def _size(reader: Reader, link: Linked, most: int) -> int:
    """How many rows lead to the records of a link; `most` when it is that many or more."""
    return int(reader.value(select(func.count()).select_from(_up_to(link, most))))


def _up_to(link: Linked, most: int) -> Any:
    return link.ids.with_only_columns(literal_column("1"), maintain_column_froms=True).limit(most).subquery()


def ids_of(query: Query, limit: int | None = None, offset: int = 0, plan: Plan | None = None) -> Select[Any]:
    """The select that gives the ids of the records in order."""
    table = table_named(query.record)
    statement = _in_order((plan or Plan(query).in_sets()).applied(select(table.c.id), table), query)
    if limit is not None:
        statement = statement.limit(limit).offset(offset)
    return statement


def count_of(query: Query) -> Select[Any]:
    """The select that gives how many records there are."""
    table = table_named(query.record)
    return Plan(query).in_sets().applied(select(func.count()).select_from(table), table)


def ids(reader: Reader, query: Query, limit: int | None = None, offset: int = 0) -> list[int]:
    """The ids of the records in order."""
    plan = Plan(query)
    if limit is None:
        return [row[0] for row in reader.rows(ids_of(query, plan=plan.for_all(reader)))]
    if not plan.links:
        return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan))]
    if not offset and not is_sorted_by_link(query.record_type, query.order):
        near = [row[0] for row in reader.rows(_among_first(query, limit, plan))]
        if len(near) >= limit:
            return near[:limit]
        if plan.is_dense(len(near)):
            return [row[0] for row in reader.rows(ids_of(query, limit, plan=plan))]
    return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan.by_small_sets(reader)))]


def _among_first(query: Query, limit: int, plan: Plan) -> Select[Any]:
    """The answers among the first records of all: the first of all answers, where there are enough of them."""
    table = table_named(query.record)
    first = ids_of(replace(query, filters=(), words=""), limit * LOOKED_AT).subquery()
    among = select(table.c.id).with_hint(table, ONLY_BY_ID, "sqlite").where(table.c.id.in_(select(first.c.id)))
    return _in_order(plan.applied(among, table), query)


def count(reader: Reader, query: Query) -> int:
    """How many records there are."""
    return int(reader.value(count_of(query)))


def first_starting(reader: Reader, query: Query, column: str, letters: str) -> int | None:
    """The id of the first record, in the order of the question, whose text in a stored column begins so."""
    field = table_named(query.record).c[column]
    found = reader.rows(ids_of(query, limit=1).where(field.istartswith(letters, autoescape=True)))
    return found[0][0] if found else None


def _in_order(statement: Select[Any], query: Query) -> Select[Any]:
    record = query.record_type
    order = query.order or record.order
    by_date = [each.lstrip("-") for each in order if _is_date(record, each.lstrip("-"))]
    is_dated = any(is_window(each) for each in query.filters) and by_date == [DATED.get(query.record)]
    return with_order(statement, record, order, is_dated=is_dated)


def _is_date(record: RecordType, name: str) -> bool:
    return name in record.by_name and isinstance(record[name].kind, FuzzyDateKind)
