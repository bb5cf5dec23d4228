"""What is known of two records that may be one, side by side: what speaks for one and what for two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from legation.documents.document import Cell, Column, Document, Group, Paragraph, Row, Run, Table
from legation.fields.fuzzy_dates import print_date
from legation.i18n import _
from legation.quality.pairs import Pair
from legation.records.catalogue import record_type, table_named
from legation.records.columns import LATEST
from legation.records.vocabulary import ORGANISATION_KINDS
from legation.storage.labels import labels
from legation.storage.reading import Reader

MOST_LISTED = 8  # posts or names of one of the two

Facts = list[tuple[str, str]]


def build(reader: Reader, pair: Pair) -> Document:
    """The facts of both as one table; where they differ, they stand out."""
    ask: Callable[[Reader, int], Facts] = _official if pair.record == "person" else _organisation
    names = labels(reader, record_type(pair.record), [pair.first, pair.second])
    sides = [dict(ask(reader, id)) for id in (pair.first, pair.second)]
    rows = [
        Row(label, (Cell(label), *(Cell(side.get(label, "")) for side in sides)))
        for label in dict.fromkeys((*sides[0], *sides[1]))
        if any(side.get(label) for side in sides)
    ]
    columns = [
        Column("fact", "", width=16),
        *(Column(f"side{at}", names.get(id, ""), width=28) for at, id in enumerate((pair.first, pair.second))),
    ]
    document = Document(_("Is it one?"), above=pair.reason)
    document.add(Table("facts", "", tuple(columns), (Group("", tuple(rows)),)))
    links = [Run(names.get(id, ""), (pair.record, id)) for id in (pair.first, pair.second)]
    document.add(Paragraph((links[0], Run(" · "), links[1])))
    return document


def _official(reader: Reader, id: int) -> Facts:
    person, delegate, event = (table_named(each).c for each in ("person", "delegate", "event"))
    row = reader.rows(select(person.country, person.birth_date, person.wikidata, person.note).where(person.id == id))
    if not row:
        return []
    country, born, wikidata, note = row[0]
    appointment, post = table_named("appointment"), table_named("post")
    held = reader.rows(
        select(appointment.c.post_id, appointment.c.period, appointment.c.period_to)
        .join(post, post.c.id == appointment.c.post_id)
        .where(appointment.c.person_id == id)
        .order_by(appointment.c.period_to.desc(), post.c.rank)
    )
    at = (
        select(event.id, event.date)
        .order_by(event.date_from)
        .join(table_named("delegate"), delegate.event_id == event.id)
    )
    return [
        (_("Country"), labels(reader, record_type("country"), [country]).get(country, "")),
        (_("Born"), print_date(born) if born else ""),
        (_("Posts"), _listed(_posts(reader, held))),
        (_("Other names"), _names(reader, "person_id", id)),
        (_("Events"), _events(reader, at.where(delegate.person_id == id))),
        (_("Sources"), _count(reader, "citation", "person_id", id)),
        (_("Wikidata"), wikidata or ""),
        (_("Note"), note or ""),
        (_("Number"), str(id)),
    ]


def _posts(reader: Reader, held: Sequence[Sequence[Any]]) -> list[str]:
    called = labels(reader, record_type("post"), [row[0] for row in held])
    found = []
    for post, period, last in held:
        ended = _(" (until {day})").format(day=print_date(last)) if last != LATEST else ""
        found.append(called.get(post, "") + (f" ({print_date(period)})" if period else ended))
    return found


def _organisation(reader: Reader, id: int) -> Facts:
    body, event, delegation = (table_named(each).c for each in ("organisation", "event", "delegation"))
    row = reader.rows(
        select(body.country, body.kind, body.acronym, body.parent_id, body.url, body.wikidata, body.note).where(
            body.id == id
        )
    )
    if not row:
        return []
    country, kind, acronym, parent, url, wikidata, note = row[0]
    at = (
        select(event.id, event.date)
        .order_by(event.date_from)
        .join(table_named("delegation"), delegation.event_id == event.id)
    )
    return [
        (_("Country"), labels(reader, record_type("country"), [country]).get(country, "")),
        (_("Kind"), _(ORGANISATION_KINDS.get(kind, ""))),
        (_("Acronym"), acronym or ""),
        (_("Part of"), labels(reader, record_type("organisation"), [parent]).get(parent, "")),
        (_("Posts"), _count(reader, "post", "organisation_id", id)),
        (_("Other names"), _names(reader, "organisation_id", id)),
        (_("Events"), _events(reader, at.where(delegation.organisation_id == id))),
        (_("Published"), _count(reader, "source", "publisher_id", id)),
        (_("Sources"), _count(reader, "citation", "organisation_id", id)),
        (_("Web address"), url or ""),
        (_("Wikidata"), wikidata or ""),
        (_("Note"), note or ""),
        (_("Number"), str(id)),
    ]


def _names(reader: Reader, column: str, id: int) -> str:
    alias = table_named("alias").c
    return _listed([row[0] for row in reader.rows(select(alias.name).where(alias[column] == id).order_by(alias.id))])


def _count(reader: Reader, table: str, column: str, id: int) -> str:
    found = table_named(table).c
    count = reader.value(select(func.count()).where(found[column] == id))
    return f"{count:,}" if count else ""


def _events(reader: Reader, of_it: Select[Any]) -> str:
    """How many events, and from when to when."""
    found: dict[int, str | None] = dict(reader.rows(of_it))
    if not found:
        return ""
    days = [date for date in found.values() if date]
    if not days:
        return f"{len(found):,}"
    first, last = print_date(days[0]), print_date(days[-1])
    if first == last:
        return _("{count}: {first}").format(count=f"{len(found):,}", first=first)
    return _("{count}: {first} to {last}").format(count=f"{len(found):,}", first=first, last=last)


def _listed(words: Sequence[str]) -> str:
    shown = [each for each in words if each][:MOST_LISTED]
    more = len(words) - len(shown)
    return "; ".join([*shown, *([_("and {count} more").format(count=more)] if more > 0 else [])])
