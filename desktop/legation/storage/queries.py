"""Questions: which records, in which order. Frozen, printable as a sentence, the same for window, export and command.

A `Query` becomes a select of ids; rows are fetched by page (see pages.py).
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, literal_column, select

from legation.fields.kinds import FuzzyDateKind
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.storage.filters.conditions import Condition, Words, is_window
from legation.storage.filters.meanings import DATED
from legation.storage.filters.sentences import Names, sentence_of
from legation.storage.orders import is_sorted_by_link, walk_by_link, with_order
from legation.storage.plans import ONLY_BY_ID, SEVERAL_TEXTS, Plan
from legation.storage.reading import Reader, compiled

ENOUGH = 20  # records that fill a screen
LETTERS_AT_ONCE = 30_000  # of ids strung together: read so much at a time, other threads wait no longer
MARK = "/* what must hold */"
LOOKED_AT = (2, 10, 50)  # times the page: so many of the first records are looked through, more where it is promising


@dataclass(frozen=True)
class Query:
    """Which records of a type, by filters that all hold and words that all occur, in an order of columns.

    `order` holds field names, a leading minus meaning descending; empty means the record type's own order, but records
    that have the words in their names come before those that have them elsewhere.
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


def ids_of(query: Query, limit: int | None = None, offset: int = 0, plan: Plan | None = None) -> Select[Any]:
    """The select that gives the ids of the records in the order of columns: where words stand is left to `ids`."""
    table = table_named(query.record)
    statement = _in_order((plan or Plan(query).in_sets()).applied(select(table.c.id), table), query)
    if limit is not None:
        statement = statement.limit(limit).offset(offset)
    return statement


def count_of(query: Query) -> Select[Any]:
    """The select that gives how many records there are."""
    table = table_named(query.record)
    return Plan(query).in_no_order().in_sets().applied(select(func.count()).select_from(table), table)


def ids(reader: Reader, query: Query, limit: int | None = None, offset: int = 0) -> list[int]:
    """The ids of the records in order."""
    if limit is None:
        return all_ids(reader, query)[offset:].tolist()
    if _by_name(query) is None:
        return _ids(reader, query, limit, offset)
    return _names_first(reader, query, offset + limit)[offset:]


def beginning(reader: Reader, query: Query, most: int) -> tuple[list[int], bool]:
    """The first ids of a question, at most so many, and whether they are surely all.

    Of words, no more than are found at once, but `ENOUGH` for a screen where there are so many: a key that is typed
    should be answered before the next one.
    """
    if not _words_of(query):
        found = ids(reader, query, most + 1)
        return found[:most], len(found) <= most
    enough = min(ENOUGH, most)
    if _by_name(query) is not None:
        found = _names_first(reader, query, most, enough=enough)
    else:
        near = _Near(reader, query, most, enough)
        near.look()
        found = _ids(reader, query, most, near=near)
    return found, len(found) < enough


def _names_first(reader: Reader, query: Query, most: int, *, enough: int | None = None) -> list[int]:
    """The first ids where the words stand in names, then where they stand elsewhere."""
    named = _by_name(query)
    assert named is not None
    near = named_near = None
    if enough is not None:
        near, named_near = (_Near(reader, each, most, min(enough, most)) for each in (query, named))
        if near.look():  # what is rare anywhere is so in names
            named_near.look()
    first = _ids(reader, named, most, near=named_near)
    if len(first) >= (enough or most):
        return first
    there = set(first)
    every = _ids(reader, query, most + len(first), near=near)  # enough that are not there yet
    return [*first, *(id for id in every if id not in there)][:most]


def all_ids(reader: Reader, query: Query) -> array[int]:
    """The ids of all records in order, in an eighth of the memory of a list."""
    named = _by_name(query)
    every = _all_ids(reader, query)
    if named is None:
        return every
    first = _all_ids(reader, named)
    there = set(first)
    first.extend(id for id in every if id not in there)
    return first


def _all_ids(reader: Reader, query: Query) -> array[int]:
    plan = Plan(query)
    if not plan.clauses and (walk := walk_by_link(query.record_type, query.order)) is not None:
        return _gathered(reader, walk)
    return _gathered(reader, *compiled(ids_of(query, plan=plan.for_all(reader, query.record))))


def _words_of(query: Query) -> list[Words]:
    """The words that a question searches for."""
    words = [each for each in query.filters if isinstance(each, Words) and not each.is_not]
    return [*words, *([Words(query.words)] if query.words.strip() else [])]


def _by_name(query: Query) -> Query | None:
    """The question for those of the records that come first, since the words stand in their names; None without."""
    words = _words_of(query)
    if query.order or not words:
        return None
    others = tuple(each for each in query.filters if not any(each is one for one in words))
    return replace(query, filters=(*others, *(replace(each, in_name=True) for each in words)), words="")


def _ids(reader: Reader, query: Query, limit: int, offset: int = 0, *, near: _Near | None = None) -> list[int]:
    """A page of ids; fewer will do where `near` has found enough among the first records of all."""
    plan = _plan(query) if near is None else near.plan
    walk, by_link = walk_by_link(query.record_type, query.order), is_sorted_by_link(query.record_type, query.order)
    if walk is not None and not plan.is_rare(reader):
        return [row[0] for row in reader.sql(*_walk(reader, query, plan, f"LIMIT {limit} OFFSET {offset}"))]
    if not plan.links:
        return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan))]
    if near is None and not offset:
        near = _Near(reader, query, limit, limit)
        near.look()
    if near is not None and near.is_enough:
        return near.found[:limit]
    texts = plan.by_few_texts(reader)
    if near is not None and texts >= SEVERAL_TEXTS and near.look(LOOKED_AT[1]):
        return near.found[:limit]
    if plan.is_small:
        return [] if texts == 0 else [row[0] for row in reader.rows(ids_of(query, limit, offset, plan))]
    if by_link:
        return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan.for_all(reader, query.record)))]
    if near is not None:
        if near.look(LOOKED_AT[1]):
            return near.found[:limit]
        if plan.is_dense(len(near.found)):
            return [row[0] for row in reader.rows(ids_of(query, limit, plan=plan))]
    return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan.by_small_sets(reader)))]


def _plan(query: Query) -> Plan:
    return Plan(query, not_by_date=_leading_column(query) != DATED.get(query.record))


def _walk(reader: Reader, query: Query, plan: Plan, end: str) -> tuple[str, dict[str, Any]]:
    """A question in the order of a link, as SQL with its parameters.

    What the records must meet is compiled as part of a select, and taken out of it after a mark.
    """
    wanted = plan.walked(reader, table_named(query.record), literal_column(f"{MARK} 1 = 1"))
    text, parameters = compiled(wanted)
    before, _mark, conditions = text.partition(MARK)
    named_first = before.rpartition("SELECT ")[0]  # what conditions name by WITH
    return f"{named_first}{walk_by_link(query.record_type, query.order, conditions)} {end}", parameters


def _leading_column(query: Query) -> str:
    return (query.order or query.record_type.order)[0].lstrip("-")


def _gathered(reader: Reader, text: str, parameters: Mapping[str, Any] | None = None) -> array[int]:
    """All ids of a question, in its order, as SQLite strings them together.

    As rows they would take Python's lock for each, away from the thread that draws.
    """
    rows = reader.sql(f"SELECT group_concat(id) FROM ({text})", dict(parameters or {}))
    strung, found, begin = str(rows[0][0] or ""), array("q"), 0
    while begin < len(strung):
        end = strung.find(",", begin + LETTERS_AT_ONCE)
        end = len(strung) if end < 0 else end
        found.extend(json.loads(f"[{strung[begin:end]}]"))
        begin = end + 1
    return found


class _Near:
    """The answers among the first records of all, which are the first of all answers. `wanted` are how many will do."""

    def __init__(self, reader: Reader, query: Query, page: int, wanted: int) -> None:
        self.plan, self.found = _plan(query), list[int]()
        self._reader, self._query, self._page, self._wanted = reader, query, page, wanted
        self._looked = 0  # pages

    @property
    def is_enough(self) -> bool:
        """Whether as many are found as are wanted."""
        return len(self.found) >= self._wanted

    def look(self, at_least: int = 0) -> bool:
        """Look through more and more of the records, as long as what lacks should be found in the next piece or less
        than so many pages were looked through; whether enough is found. What has a link for its order is not looked
        for: there the first of all are found by sorting all."""
        if is_sorted_by_link(self._query.record_type, self._query.order):
            return False
        for pages in LOOKED_AT if self._wanted < self._page else LOOKED_AT[:2]:  # a whole page is walked to from there
            is_promising = len(self.found) * pages >= self._wanted * self._looked
            if self.is_enough or not (is_promising or self._looked < at_least):
                break
            if pages > self._looked:
                most = self._wanted - len(self.found) if self._looked else self._page
                first, after = (pages - self._looked) * self._page, self._looked * self._page
                among = _among(self._query, self.plan, most, first, after)
                self.found += [row[0] for row in self._reader.rows(among)]
                self._looked = pages
        return self.is_enough


def _among(query: Query, plan: Plan, limit: int, first: int, after: int = 0) -> Select[Any]:
    """The answers, no more than a limit, among so many records that stand first of all after some."""
    table = table_named(query.record)
    these = _first_of_all(query.record, query.order, first, after)
    if (probes := plan.probes(these.c.id)) is not None:  # then they come in the order in which they are looked at
        return select(these.c.id).where(*probes).limit(limit)
    among = select(table.c.id).with_hint(table, ONLY_BY_ID, "sqlite").where(table.c.id.in_(select(these.c.id)))
    return _in_order(plan.applied(among, table), query).limit(limit)


@lru_cache(maxsize=64)
def _first_of_all(record: str, order: tuple[str, ...], first: int, after: int) -> Any:
    """The ids of so many records that stand first of all after some, as a table; made once for every key typed."""
    return ids_of(Query(record, order=order), first, after).subquery("these")


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
