"""Questions: which records, in which order. Frozen, printable as a sentence, the same for window, export and command.

A `Query` becomes a select of ids; rows are fetched by page (see pages.py).
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from legation.storage.plans import ONLY_BY_ID, Plan
from legation.storage.reading import Reader, compiled

ENOUGH = 20  # records that fill a screen
LETTERS_AT_ONCE = 30_000  # of ids strung together: read so much at a time, other threads wait no longer
MARK = "/* what must hold */"
LOOKED_AT = 10  # times the page: so many of the first records are looked through before anything is counted


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
    return Plan(query).in_sets().applied(select(func.count()).select_from(table), table)


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
    find = _ids if _by_name(query) is None else _names_first
    found = find(reader, query, most, enough=ENOUGH)
    return found, len(found) < min(ENOUGH, most)


def _names_first(reader: Reader, query: Query, most: int, *, enough: int | None = None) -> list[int]:
    """The first ids where the words stand in names, then where they stand elsewhere."""
    named = _by_name(query)
    assert named is not None
    first = _ids(reader, named, most, enough=enough)
    if len(first) >= (enough or most):
        return first
    there = set(first)
    every = _ids(reader, query, most + len(first), enough=enough)  # enough that are not there yet
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


def _ids(reader: Reader, query: Query, limit: int, offset: int = 0, *, enough: int | None = None) -> list[int]:
    """A page of ids; the first `enough` of them will do where these are found among the first records of all."""
    plan = Plan(query, not_by_date=_leading_column(query) != DATED.get(query.record))
    walk = walk_by_link(query.record_type, query.order)
    if walk is not None and not plan.is_rare(reader):
        return [row[0] for row in reader.sql(*_walk(reader, query, plan, f"LIMIT {limit} OFFSET {offset}"))]
    if not plan.links:
        return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan))]
    near: list[int] | None = None
    if enough is not None and not any(each.in_name for each in _words_of(query)):  # what is frequent is met at once
        near = [row[0] for row in reader.rows(_among_first(query, limit, plan))]
        if len(near) >= enough:
            return near[:limit]
    if plan.by_few_texts(reader):
        return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan))]
    if is_sorted_by_link(query.record_type, query.order):
        return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan.for_all(reader, query.record)))]
    if not offset:
        near = [row[0] for row in reader.rows(_among_first(query, limit, plan))] if near is None else near
        if len(near) >= (enough or limit):
            return near[:limit]
        if plan.is_dense(len(near)):
            return [row[0] for row in reader.rows(ids_of(query, limit, plan=plan))]
    return [row[0] for row in reader.rows(ids_of(query, limit, offset, plan.by_small_sets(reader)))]


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
