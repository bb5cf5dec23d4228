"""From conditions to SQL: each as a clause on a record type; and the check that what they name is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true

from legation.errors import UserError
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.storage.filters.clauses import Clause, Linked, Timed
from legation.storage.filters.conditions import Condition, Either, Filter, Group, Words
from legation.storage.filters.keys import KEYS
from legation.storage.filters.language import FilterProblem, keyed
from legation.storage.filters.named import country_codes, region_codes, topic_codes
from legation.storage.reading import Reader
from legation.storage.search import NUMBERS, holds_words, matching_ids


def clauses_of(condition: Condition, record: str) -> list[Clause]:
    """What a condition asks of a record type; all of it must hold.

    Raises `UserError` when a key does not apply there or a value is unlawful.
    """
    if isinstance(condition, Filter) and not condition.is_not:
        return _of_filter(condition, record)
    if isinstance(condition, Words) and not condition.is_not:
        return [of_words(condition.text, record, exactly=condition.is_exact, in_name=condition.in_name)]
    if isinstance(condition, Group) and not condition.is_not:
        return [clause for each in condition.conditions for clause in clauses_of(each, record)]
    return [_asked(condition, record)]


def _asked(condition: Condition, record: str) -> ColumnElement[bool]:
    """A condition as one expression that is true or not, asked of one row at a time."""
    if isinstance(condition, Either):
        return or_(*(_asked(each, record) for each in condition.options))
    if isinstance(condition, Group):
        holds = and_(*(_asked(each, record) for each in condition.conditions))
    elif isinstance(condition, Words):
        holds = of_one(of_words(condition.text, record, exactly=condition.is_exact))
    else:
        holds = and_(*(of_one(each) for each in _of_filter(condition, record)))
    return not_(func.coalesce(holds, False)) if condition.is_not else holds


def of_one(clause: Clause) -> ColumnElement[bool]:
    """A clause asked of one row at a time."""
    if isinstance(clause, Timed):
        return clause.in_order
    return clause.of_one if isinstance(clause, Linked) else clause


def _of_filter(condition: Filter, record: str) -> list[Clause]:
    meaning = KEYS[condition.key].meaning
    found = [meaning(record, values, condition.operator) for values in condition.parts()]
    if any(each is None for each in found):
        raise UserError(
            _("{records} cannot be filtered by “{key}”.").format(
                records=_(record_type(record).plural), key=condition.key
            )
        )
    return [each for each in found if each is not None]


def of_words(words: str, record: str, *, exactly: bool = False, in_name: bool = False) -> Clause:
    """Records that hold words, by the full-text index; in their names alone with `in_name`.

    Of a type that is not searched, all do.
    """
    asked = '"{}"'.format(words.replace('"', " ")) if exactly else words
    found = matching_ids(record, asked, by_name=in_name)
    if found is None:
        return false() if record in NUMBERS else true()
    probe = partial(holds_words, record, asked, by_name=in_name)
    return Linked(found, table_named(record).c.id, probe, cost=READS_TEXT)


READS_TEXT = 8  # times the look into an index: what looking for a word in one record costs
NAMED: dict[str, Any] = {"country": country_codes, "topic": topic_codes, "region": region_codes}


def require_known(reader: Reader, conditions: Iterable[Condition]) -> None:
    """Raise `UserError` for a country, region or topic that the workspace does not know: nothing could be found."""
    for condition in filters_in(conditions):
        for value in (each for values in condition.parts() for each in values):
            if condition.key in NAMED and not reader.rows(NAMED[condition.key](value).limit(1)):
                sentences = {
                    "country": _("No country is called “{value}”."),
                    "topic": _("No topic is called “{value}”."),
                    "region": _("No region is called “{value}”."),
                }
                raise UserError(
                    sentences[condition.key].format(value=value),
                    _("Use its name or its code, such as {example}.").format(example=KEYS[condition.key].example),
                )


def require_lawful(reader: Reader, typed: str, record: str) -> None:
    """Raise `FilterProblem` at the first word of what is typed that cannot be asked of a record type."""
    for each in keyed(typed):
        try:
            clauses_of(each.condition, record)
            require_known(reader, [each.condition])
        except UserError as problem:
            raise FilterProblem(problem.what_happened, problem.what_to_do, each.start, each.end) from None


def filters_in(conditions: Iterable[Condition]) -> Iterator[Filter]:
    """All conditions with a key, also those inside others."""
    for each in conditions:
        if isinstance(each, Filter):
            yield each
        elif isinstance(each, Either):
            yield from filters_in(each.options)
        elif isinstance(each, Group):
            yield from filters_in(each.conditions)
