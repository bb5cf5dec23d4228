"""What the keys ask of each record type: a condition on its own row, or on rows that point at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)

from legation.clock import today
from legation.errors import UserError
from legation.fields.english_dates import read_date
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import DateProblem, FuzzyDate
from legation.fields.kinds import Choice, ValueProblem
from legation.i18n import _
from legation.records.catalogue import RECORD_TYPES, table_named
from legation.records.event_row import EventRow
from legation.records.vocabulary import LEVELS, OPEN_OUTCOMES, OUTCOME_KINDS, OUTCOME_STATUSES
from legation.storage.filters.clauses import FAR, Clause, Linked, Timed, linked, unindexed
from legation.storage.filters.named import country_codes, every_value, ids_named, region_codes, topic_codes

Meaning = Callable[[str, Sequence[str], str], Clause | None]
"""From a record type, the values of which any will do, and an operator; None where the key does not apply there."""

DATED = {"event": "date", "outcome": "due", "source": "issued", "appointment": "period"}


def _any(selects: Sequence[Select[Any]], column: Any) -> ColumnElement[bool]:
    return or_(*(column.in_(each) for each in selects))


def _by_part(record: str, part: Any, named: Sequence[Select[Any]], column: Any) -> Clause | None:
    """A part of the event, such as a delegate, is among what is named; of an outcome, that its event has such a one."""
    ids, same = (select(part.c.event_id).where(_any(named, each)) for each in (column, unindexed(column)))
    return linked("event", ids, same) if record == "event" else _by_event(record, ids)


def _by_event(record: str, of_event: Select[Any]) -> Clause | None:
    """What is asked of an event, asked of a record that belongs to one."""
    if record == "event":
        return linked("event", of_event)
    table = table_named(record)
    return table.c.event_id.in_(of_event) if record in ("outcome", "delegation", "delegate", "agenda_item") else None


def _of_countries(record: str, codes: Sequence[Select[Any]]) -> Clause | None:
    table, body, side = table_named(record), table_named("organisation"), table_named("delegation")
    if record in ("event", "outcome"):
        return _by_event(record, select(side.c.event_id).where(_any(codes, side.c.country)))
    if record == "country":
        return _any(codes, table.c.code)
    if record in ("post", "source"):
        column = table.c.organisation_id if record == "post" else table.c.publisher_id
        return column.in_(select(body.c.id).where(_any(codes, body.c.country)))
    if record == "appointment":
        person = table_named("person")
        return table.c.person_id.in_(select(person.c.id).where(_any(codes, person.c.country)))
    return _any(codes, table.c.country) if "country" in table.c else None


def country(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """A party of the event; the own country of other records."""
    return _of_countries(record, [country_codes(each) for each in values])


def region(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """A party of a country of the region."""
    return _of_countries(record, [region_codes(each) for each in values])


def official(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """An official who took part, held the post, or is meant."""
    table, delegate = table_named(record), table_named("delegate")
    people = [ids_named("person", each) for each in values]
    if record == "person":
        return _any(people, table.c.id)
    if record in ("event", "outcome"):
        return _by_part(record, delegate, people, delegate.c.person_id)
    return _any(people, table.c.person_id) if "person_id" in table.c else None


def body(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """A body as a party, or the body a record belongs to."""
    table, side = table_named(record), table_named("delegation")
    bodies = [ids_named("organisation", each) for each in values]
    if record == "organisation":
        return _any(bodies, table.c.id)
    if record in ("event", "outcome"):
        return _by_part(record, side, bodies, side.c.organisation_id)
    if record == "source":
        return _any(bodies, table.c.publisher_id)
    return _any(bodies, table.c.organisation_id) if "organisation_id" in table.c else None


def _acted(posts: ColumnElement[bool], record: str) -> Clause | None:
    """In posts that a condition tells, somebody acted, or held one."""
    post, held = table_named("post"), table_named("appointment")
    if record == "post":
        return posts
    in_them = select(post.c.id).where(posts)
    if record == "appointment":
        return held.c.post_id.in_(in_them)
    if record == "person":
        return linked("person", select(held.c.person_id).where(held.c.post_id.in_(in_them)))
    if record not in ("event", "outcome"):
        return None
    delegate, acts = table_named("delegate"), table_named("capacity")
    whole = delegate.join(acts, acts.c.delegate_id == delegate.c.id).join(held, held.c.id == acts.c.appointment_id)
    ids, same = (
        select(delegate.c.event_id).select_from(whole).where(each.in_(in_them))
        for each in (held.c.post_id, unindexed(held.c.post_id))
    )
    return linked("event", ids, same, cost=FAR) if record == "event" else _by_event(record, ids)


def post(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """Somebody acted in the post, or holds it."""
    return _acted(_any([ids_named("post", each, by_name=False) for each in values], table_named("post").c.id), record)


def rank(record: str, values: Sequence[str], operator: str) -> Clause | None:
    """Somebody acted in a post of a rank; lower is higher."""
    column = table_named("post").c.rank
    asked = []
    for each in values:
        if not (each.isascii() and each.isdecimal()):
            raise UserError(_("“{value}” is no rank.").format(value=each), _("Write a number, such as rank<=40."))
        number = int(each)
        compare = {"<=": column <= number, "<": column < number, ">=": column >= number, ">": column > number}
        asked.append(compare.get(operator, column == number))
    return _acted(or_(*asked), record)


def topic(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """A topic, or one of its basket, was dealt with."""
    table, item = table_named(record), table_named("agenda_item")
    codes = [topic_codes(each) for each in values]
    if record == "event":
        return _by_event(record, select(item.c.event_id).where(_any(codes, item.c.topic)))
    if record == "topic":
        return _any(codes, table.c.code)
    return _any(codes, table.c.topic) if "topic" in table.c else None


def by_choice(field: str) -> Meaning:
    """A field with a vocabulary has one of some values, by code or words."""

    def meaning(record: str, values: Sequence[str], _operator: str) -> Clause | None:
        found = RECORD_TYPES[record].by_name.get(field)
        if found is None or not isinstance(found.kind, Choice):
            return None
        column = table_named(record).c[field]
        codes = choices_of(found.kind, values)
        return Linked(select(table_named(record).c.id).where(column.in_(codes)), unindexed(column).in_(codes))

    return meaning


def choices_of(kind: Choice, values: Sequence[str]) -> list[object]:
    """The codes of values by code or words. Raises `UserError`."""
    try:
        return [kind.parse(each) for each in values]
    except ValueProblem as problem:
        raise UserError(str(problem)) from None


def level(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """The level of the event, stated or derived."""
    if record != "event":
        return None
    kind = RECORD_TYPES["event"]["level"].kind
    assert isinstance(kind, Choice)
    row = EventRow.__table__  # type: ignore[attr-defined]
    numbers = [list(LEVELS).index(str(each)) + 1 for each in choices_of(kind, values)]
    return linked("event", select(row.c.event_id).where(row.c.level_order.in_(numbers)))


def date_of(value: str) -> FuzzyDate:
    """The date that a value says. Raises `UserError`."""
    try:
        found = read_date(value, today()).date
    except DateProblem as problem:
        raise UserError(str(problem)) from None
    if found is None:
        raise UserError(_("“{value}” is no date.").format(value=value), _("Write 2025, 2025-01 or 27 jan 2025."))
    return found


def dated(column: Any) -> ColumnElement[bool]:
    """Whether a date is stated, as the indexes of the newest and oldest have it."""
    found: ColumnElement[bool] = column.is_(None).op("=", is_comparison=True)(literal_column("0"))
    return found


def window(bound: str) -> Meaning:
    """The record's date could be, or surely is, in a window; records without a date never are."""

    def meaning(record: str, values: Sequence[str], _operator: str) -> Clause | None:
        if record not in DATED:
            return None
        name, table = DATED[record], table_named(record)
        dates = [date_of(each) for each in values]
        bounds = [table.c[f"{name}_{end}"] for end in ("from", "to")]
        in_order = and_(dated(table.c[name]), or_(*(_within(bound, each, *bounds) for each in dates)))
        plain = or_(*(_within(bound, each, *map(unindexed, bounds)) for each in dates))
        of_one = and_(unindexed(table.c[name]).is_not(None), plain)
        ids = select(table.c.id).where(in_order).order_by(bounds[0].desc())  # the newest are met first by `since`
        by_bounds = and_(unindexed(table.c[name]).is_not(None), or_(*(_within(bound, each, *bounds) for each in dates)))
        return Timed(ids, of_one, in_order=in_order, by_bounds=by_bounds)

    return meaning


def _within(bound: str, date: FuzzyDate, begins: ColumnElement[Any], ends: ColumnElement[Any]) -> ColumnElement[bool]:
    return {
        "since": ends >= date.first,
        "until": begins <= date.last,
        "date": and_(ends >= date.first, begins <= date.last),
        "certain": and_(begins >= date.first, ends <= date.last),
    }[bound]


def undated(record: str, _values: Sequence[str], _operator: str) -> Clause | None:
    """Nothing is known of the date."""
    if record not in DATED:
        return None
    is_undated = table_named(record).c[DATED[record]].is_(None).op("=")(literal_column("1"))
    return Linked(select(table_named(record).c.id).where(is_undated), is_undated)


def city(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """The place is called so, in any spelling."""
    if record != "event":
        return None
    column, spelt = table_named(record).c.city, every_value("event", "city")
    named = select(spelt).where(or_(*(func.fold(spelt) == fold(each) for each in values)))
    return Linked(select(table_named(record).c.id).where(column.in_(named)), unindexed(column).in_(named))


def within(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """The event is part of another one, at any depth."""
    if record != "event":
        return None
    event = table_named("event")
    outer = _any([ids_named("event", each) for each in values], event.c.parent_id)
    tree = select(event.c.id).where(outer).cte("inside", recursive=True)
    child = event.alias("child")
    tree = tree.union(select(child.c.id).where(child.c.parent_id == tree.c.id))
    return linked("event", select(tree.c.id))


def framework(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """Held within a framework."""
    event = table_named("event")
    column = _any([ids_named("organisation", each) for each in values], event.c.framework_id)
    return column if record == "event" else _by_event(record, select(event.c.id).where(column))


def outcome(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """What was agreed is open, closed, of a kind or in a status."""
    column = table_named("outcome").c
    asked: list[ColumnElement[bool]] = []
    for each in values:
        wanted = fold(each)
        kinds = [code for code, words in OUTCOME_KINDS.items() if wanted in (fold(code), fold(_(words)))]
        statuses = [code for code, words in OUTCOME_STATUSES.items() if wanted in (fold(code), fold(_(words)))]
        if wanted == "open":
            asked.append(column.status.in_(OPEN_OUTCOMES))
        elif wanted == "closed":
            asked.append(column.status.not_in(OPEN_OUTCOMES))
        elif kinds or statuses:
            asked.append(or_(column.kind.in_(kinds), column.status.in_(statuses)))
        else:
            raise UserError(
                _("“{value}” is nothing that an outcome can be.").format(value=each),
                _("Write open, closed, a kind or a status, such as outcome:memorandum."),
            )
    return _outcomes(record, or_(*asked))


def overdue(record: str, _values: Sequence[str], _operator: str) -> Clause | None:
    """An open outcome was due before today."""
    column = table_named("outcome").c
    late = and_(column.due.is_not(None), column.due_to < today().isoformat(), column.status.in_(OPEN_OUTCOMES))
    return _outcomes(record, late)


def _outcomes(record: str, asked: ColumnElement[bool]) -> Clause | None:
    found = table_named("outcome")
    return (
        asked
        if record == "outcome"
        else linked("event", select(found.c.event_id).where(asked))
        if record == "event"
        else None
    )


CITED_IN_EVENTS = ("delegation", "delegate", "agenda_item", "outcome")


def source(record: str, values: Sequence[str], _operator: str) -> Clause | None:
    """Read in a source, by its title, publisher or web address."""
    table, cited = table_named(record), table_named("citation")
    sources = [ids_named("source", each, by_name=False) for each in values]
    if record == "source":
        return _any(sources, table.c.id)
    from_them, same = _any(sources, cited.c.source_id), _any(sources, unindexed(cited.c.source_id))
    if record == "event":
        return linked("event", _cited_in_events(from_them), _cited_in_events(same))
    column = _citation_of(record)
    return None if column is None else linked(record, select(column).where(from_them), select(column).where(same))


def _cited_in_events(from_them: ColumnElement[bool]) -> Select[Any]:
    """The events that citations of some sources are about, or a part of which they are about."""
    cited = table_named("citation")
    found = [select(cited.c.event_id.label("event_id")).where(cited.c.event_id.is_not(None), from_them)]
    for name in CITED_IN_EVENTS:
        part = table_named(name)
        joined = part.join(cited, cited.c[f"{name}_id"] == part.c.id)
        found.append(select(part.c.event_id.label("event_id")).select_from(joined).where(from_them))
    every = union_all(*found).subquery()
    return select(every.c.event_id)


def _citation_of(record: str) -> Any:
    """The column of a citation that points at a record type by its id; None where none does."""
    return table_named("citation").c.get(f"{record}_id")


def unsourced(record: str, _values: Sequence[str], _operator: str) -> Clause | None:
    """No source is cited for the record."""
    if record == "event":
        row = EventRow.__table__  # type: ignore[attr-defined]
        return linked("event", select(row.c.event_id).where(row.c.sources == 0))
    column = _citation_of(record)
    return None if column is None or record == "source" else not_(linked(record, select(column)).of_one)
