"""Filters: each word `key:value` gives a condition and a sentence. One table of keys for every reader."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from legation.clock import today
from legation.errors import UserError
from legation.fields.english_dates import read_date
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem
from legation.fields.kinds import Choice, ValueProblem
from legation.i18n import N_, _
from legation.records.catalogue import RECORD_TYPES, record_type, table_named
from legation.records.vocabulary import CONTACT_KINDS, PLANNED_STATUSES
from legation.storage.reading import Reader

Clause = Callable[[str, str], ColumnElement[Any] | None]


@dataclass(frozen=True)
class Filter:
    """One condition, as typed: a key of `KEYS` and its value."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"{self.key}:{shlex.quote(self.value) if ' ' in self.value else self.value}"


def parse_filters(typed: str) -> tuple[Filter, ...]:
    """Words such as `country:TKM since:2024 topic:"E.power"` as filters. Raises `UserError` naming the word."""
    try:
        words = shlex.split(typed)
    except ValueError:
        raise UserError(_("A quotation mark is not closed in: {typed}").format(typed=typed)) from None
    found = []
    for word in words:
        key, colon, value = word.partition(":")
        if not colon or not value:
            raise UserError(
                _("“{word}” is not a condition.").format(word=word), _("Write key:value, such as country:TKM.")
            )
        if key.lower() not in KEYS:
            known = ", ".join(KEYS)
            raise UserError(
                _("There is no condition “{key}”.").format(key=key), _("Use one of: {known}.").format(known=known)
            )
        found.append(Filter(key.lower(), value))
    return tuple(found)


def clause_of(condition: Filter, record: str) -> ColumnElement[Any]:
    """The condition on a record type. Raises `UserError` when the key does not apply there or the value is unlawful."""
    clause = KEYS[condition.key][0](record, condition.value)
    if clause is None:
        raise UserError(
            _("{records} cannot be filtered by “{key}”.").format(
                records=_(record_type(record).plural), key=condition.key
            )
        )
    return clause


def sentence_of(condition: Filter) -> str:
    """The condition in words."""
    return _(KEYS[condition.key][1]).format(value=condition.value)


def _exists(table: Any, *where: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(1).select_from(table).where(*where).exists()


def _country(record: str, value: str) -> ColumnElement[Any] | None:
    codes = _country_codes(value)
    table = table_named(record)
    if record == "event":
        side = table_named("delegation")
        return or_(table.c.country.in_(codes), _exists(side, side.c.event_id == table.c.id, side.c.country.in_(codes)))
    if record == "country":
        return table.c.code.in_(codes)
    if record == "post":
        body = table_named("organisation")
        return _exists(body, body.c.id == table.c.organisation_id, body.c.country.in_(codes))
    if record == "appointment":
        person = table_named("person")
        return _exists(person, person.c.id == table.c.person_id, person.c.country.in_(codes))
    if record == "outcome":
        side = table_named("delegation")
        return _exists(side, side.c.event_id == table.c.event_id, side.c.country.in_(codes))
    if record == "source":
        body = table_named("organisation")
        return _exists(body, body.c.id == table.c.publisher_id, body.c.country.in_(codes))
    return table.c.country.in_(codes) if "country" in table.c else None


def _country_codes(value: str) -> Any:
    """The codes of the countries that a code, name or alias names, as a select."""
    country, alias = table_named("country"), table_named("alias")
    wanted = fold(value)
    named = or_(
        func.fold(country.c.name) == wanted, country.c.code == value.upper(), country.c.iso2 == value.upper(),
        _exists(alias, alias.c.country == country.c.code, func.fold(alias.c.name) == wanted),
    )  # fmt: skip
    return select(country.c.code).where(named)


def _by_choice(field: str) -> Clause:
    def clause(record: str, value: str) -> ColumnElement[Any] | None:
        found = RECORD_TYPES[record].by_name.get(field)
        if found is None or not isinstance(found.kind, Choice):
            return None
        try:
            codes = [found.kind.parse(part) for part in value.split(",")]
        except ValueProblem as problem:
            raise UserError(str(problem)) from None
        return table_named(record).c[field].in_(codes)

    return clause


DATED = {"event": "date", "outcome": "due", "source": "issued", "appointment": "period"}


def _window(bound: str) -> Clause:
    def clause(record: str, value: str) -> ColumnElement[Any] | None:
        if record not in DATED:
            return None
        name, table = DATED[record], table_named(record)
        try:
            date = read_date(value, today()).date
        except DateProblem as problem:
            raise UserError(str(problem)) from None
        if date is None:
            raise UserError(_("“{value}” is no date.").format(value=value))
        stated = table.c[name].is_not(None)
        if bound == "since":
            return and_(stated, table.c[f"{name}_to"] >= date.first)
        return and_(stated, table.c[f"{name}_from"] <= date.last)

    return clause


def _official(record: str, value: str) -> ColumnElement[Any] | None:
    table, person, alias = table_named(record), table_named("person"), table_named("alias")
    if not (wanted := fold(value)):
        return false()
    named = select(person.c.id).where(
        or_(
            func.fold(person.c.name).contains(wanted, autoescape=True),
            person.c.sort_name.contains(wanted, autoescape=True),
            _exists(alias, alias.c.person_id == person.c.id, func.fold(alias.c.name).contains(wanted, autoescape=True)),
        )
    )
    if record == "event":
        delegate = table_named("delegate")
        return _exists(delegate, delegate.c.event_id == table.c.id, delegate.c.person_id.in_(named))
    if record == "person":
        return table.c.id.in_(named)
    return table.c.person_id.in_(named) if "person_id" in table.c else None


def _topic(record: str, value: str) -> ColumnElement[Any] | None:
    table, codes = table_named(record), _topic_codes(value)
    if record == "event":
        item = table_named("agenda_item")
        return _exists(item, item.c.event_id == table.c.id, item.c.topic.in_(codes))
    return table.c.topic.in_(codes) if "topic" in table.c else None


def _topic_codes(value: str) -> Any:
    """The codes of a topic, by code or name, and of the topics of a group, as a select."""
    topic = table_named("topic")
    wanted = func.lower(value)
    return select(topic.c.code).where(
        or_(
            func.lower(topic.c.code) == wanted,
            func.lower(topic.c.parent) == wanted,
            func.fold(topic.c.name) == fold(value),
        )
    )


KEYS: dict[str, tuple[Clause, str]] = {
    "country": (_country, N_("with {value}")),
    "kind": (_by_choice("kind"), N_("of kind {value}")),
    "status": (_by_choice("status"), N_("with status {value}")),
    "since": (_window("since"), N_("since {value}")),
    "until": (_window("until"), N_("until {value}")),
    "official": (_official, N_("with the official {value}")),
    "topic": (_topic, N_("on {value}")),
}


def require_known(reader: Reader, conditions: Iterable[Filter]) -> None:
    """Raise `UserError` for a country or topic that the workspace does not know: nothing could be found by it."""
    for condition in conditions:
        if condition.key == "country" and not reader.rows(_country_codes(condition.value).limit(1)):
            raise UserError(
                _("No country is called “{value}”.").format(value=condition.value),
                _("Use its name or its code, such as country:TKM."),
            )
        if condition.key == "topic" and not reader.rows(_topic_codes(condition.value).limit(1)):
            raise UserError(
                _("No topic is called “{value}”.").format(value=condition.value),
                _("Use its name or its code, such as topic:E.power."),
            )


CONTACTS_HELD = (Filter("kind", ",".join(CONTACT_KINDS)), Filter("status", "held"))
STILL_PLANNED = (Filter("status", ",".join(PLANNED_STATUSES)),)
