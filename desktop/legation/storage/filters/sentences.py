"""Conditions in words, for headings, exports and the line below the filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from legation.fields.fuzzy_dates import print_date
from legation.fields.kinds import Choice
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import OUTCOME_KINDS, OUTCOME_STATUSES
from legation.storage.filters.asking import filters_in
from legation.storage.filters.conditions import WINDOW_KEYS, Condition, Either, Filter, Group, Words
from legation.storage.filters.keys import FLAGS, KEYS
from legation.storage.filters.meanings import choices_of, date_of
from legation.storage.filters.named import country_codes, topic_codes
from legation.storage.reading import Reader

Names = Mapping[tuple[str, str], str]
"""What values are called: by key and value."""


def sentence_of(condition: Condition, record: str, names: Names | None = None) -> str:
    """A condition in words, the values called as `names` has them, else as they were typed."""
    if isinstance(condition, Either):
        return _(" or ").join(sentence_of(each, record, names) for each in condition.options)
    if isinstance(condition, Group):
        inside = _(" and ").join(sentence_of(each, record, names) for each in condition.conditions)
        return _("not ({conditions})").format(conditions=inside) if condition.is_not else f"({inside})"
    if isinstance(condition, Words):
        with_, without = (
            (_("with exactly “{words}”"), _("without exactly “{words}”"))
            if condition.is_exact
            else (_("with the word “{words}”"), _("without the word “{words}”"))
        )
        return (without if condition.is_not else with_).format(words=condition.text)
    key = KEYS[condition.key]
    words = _(key.not_words if condition.is_not else key.words)
    return words if condition.key in FLAGS else words.format(value=_value(condition, record, names or {}))


def _value(condition: Filter, record: str, names: Names) -> str:
    every = [
        _(" or ").join(names.get((condition.key, each)) or _spoken(condition, each, record) for each in values)
        for values in condition.parts()
    ]
    said = _(" and ").join(every)
    ways = {"<=": _("of {value} or higher"), "<": _("higher than {value}"), ">=": _("of {value} or lower"),
            ">": _("lower than {value}")}  # fmt: skip
    return ways.get(condition.operator, "{value}").format(value=said)


def _spoken(condition: Filter, value: str, record: str) -> str:
    """A value as people read it: the words of a term, a date; else as it was typed."""
    if condition.key in WINDOW_KEYS:
        return print_date(date_of(value).edtf)
    if condition.key == "outcome":
        return _((OUTCOME_KINDS | OUTCOME_STATUSES).get(value, value)).lower()
    field = record_type(record).by_name.get(KEYS[condition.key].sought)
    if field is not None and isinstance(field.kind, Choice):
        return field.kind.format(choices_of(field.kind, [value])[0]).lower()
    return value


def names_in(reader: Reader, conditions: Iterable[Condition]) -> dict[tuple[str, str], str]:
    """What the countries and topics in conditions are called."""
    found: dict[tuple[str, str], str] = {}
    ways = {"country": (country_codes, "country"), "topic": (topic_codes, "topic")}
    for condition in filters_in(conditions):
        if condition.key not in ways:
            continue
        codes, record = ways[condition.key]
        table = table_named(record)
        for value in (each for values in condition.parts() for each in values):
            wanted = codes(value).with_only_columns(table.c.name, maintain_column_froms=True)
            rows = reader.rows(wanted.order_by(table.c.code).limit(1))
            if rows:
                found[(condition.key, value)] = str(rows[0][0])
    return found
