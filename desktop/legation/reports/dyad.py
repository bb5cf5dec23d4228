"""The dossier of two countries: last meetings by level, who visits whom, what is planned, open and talked of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from legation.clock import today
from legation.documents.document import Block, Document, Facts, Paragraph, Run
from legation.fields.fuzzy_dates import print_date
from legation.i18n import _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.records.pairs import UNKNOWN_LEVEL
from legation.records.vocabulary import LEVELS, OPEN_OUTCOMES
from legation.storage.labels import labels
from legation.storage.pages import columns_of, page
from legation.storage.pairs import events_shared, last_contacts, still_planned
from legation.storage.reading import Reader, listed

MOST_EVENTS = 20
MOST_TOPICS = 10
TOPICS_OF = 4000  # events: of two countries that meet more often, the newest tell what they talk about


def build(reader: Reader, one: str, other: str) -> Document:
    """The dossier of a pair of countries by code; the order of the two does not matter to what it says."""
    country = record_type("country")
    names = labels(reader, country, [one, other])
    document = Document(
        title=_("{one} and {other}").format(one=names.get(one, one), other=names.get(other, other)),
        above=_("Two countries"),
    )
    shared = events_shared(one, other)
    met = reader.rows(last_contacts(one, other, MOST_EVENTS))
    last = list(_last_meetings(reader, met))
    if last:
        document.add(Facts(last))
    document.section(_("Visits"), list(_visits(reader, one, other, names)))
    document.section(_("Planned"), _events(reader, [row[0] for row in reader.rows(still_planned(one, other))]))
    document.section(_("Open outcomes"), list(_open_outcomes(reader, shared)))
    document.section(_("What they talk about"), list(_topics(reader, one, other)))
    document.section(_("Met"), _events(reader, [id for id, _level in met[:MOST_EVENTS]]))
    if not document.blocks:
        document.add(Paragraph((Run(_("Nothing is recorded between the two yet.")),)))
    return document


def _last_meetings(reader: Reader, met: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """The newest held contact at each level, best level first, with the days since."""
    newest: dict[int, int] = {}
    for id, order in met:
        newest.setdefault(order, id)
    event = table_named("event")
    statement = select(event.c.id, event.c.date, event.c.date_text, event.c.date_to, event.c.title)
    found = {row[0]: row[1:] for row in reader.rows(statement.where(event.c.id.in_(listed(list(newest.values())))))}
    words = dict(enumerate(LEVELS.values(), 1))
    for order in [*words, UNKNOWN_LEVEL]:
        if order in newest:
            id = newest[order]
            edtf, said, last, title = found[id]
            label = _("Last met: {level}").format(level=_(words[order]).lower()) if order in words else _("Last met")
            when = Run(f"{print_date(edtf, said)}{_since(edtf, last)}  ", quiet=True)
            yield label, (when, Run(title, ("event", id)))


def _since(edtf: str | None, last: str) -> str:
    """How many days ago a dated day was, in words; "" for one that is not past or not dated."""
    if edtf is None:
        return ""
    days = (today() - date.fromisoformat(last)).days
    if days < 0:
        return ""
    return " (" + ngettext("{days} day ago", "{days} days ago", days).format(days=f"{days:,}") + ")"


def _visits(reader: Reader, one: str, other: str, names: dict[Any, str]) -> Iterator[Block]:
    """Held visits in each direction: the guest is at the host's, or in the host's country."""
    event = table_named("event")
    counts = {}
    for guest, host in ((one, other), (other, one)):
        side, home = table_named("delegation").alias("guest"), table_named("delegation").alias("host")
        at_host = select(1).where(home.c.event_id == event.c.id, home.c.country == host, home.c.role == "host").exists()
        is_guest = (
            select(1).where(side.c.event_id == event.c.id, side.c.country == guest, side.c.role == "guest").exists()
        )
        statement = (
            select(func.count(event.c.id))
            .with_hint(event, "INDEXED BY ix_event_kind", "sqlite")  # visits are fewer than a country's events
            .where(
                event.c.kind == "visit",
                event.c.status == "held",
                is_guest,
                or_(event.c.country == host, at_host),
            )
        )
        counts[(guest, host)] = int(reader.value(statement))
    if not any(counts.values()):
        return
    for (guest, host), count in counts.items():
        words = ngettext("{count} visit of {guest} to {host}", "{count} visits of {guest} to {host}", count)
        text = words.format(count=count, guest=names.get(guest, guest), host=names.get(host, host))
        yield Paragraph((Run(text),))


def _events(reader: Reader, found: Sequence[int]) -> list[Block]:
    """Events as lines, at most `MOST_EVENTS`, and how many more there are."""
    event = record_type("event")
    columns = columns_of(event, ("date", "title", "city", "derived_level"))
    rows = page(reader, event, columns, found[:MOST_EVENTS])
    blocks: list[Block] = []
    for row in rows:
        day, title, city, level = row.texts
        rest = " · ".join(part for part in (city, level) if part)
        blocks.append(
            Paragraph((Run(f"{day}  ", quiet=True), Run(title, ("event", row.id)), Run(f"  {rest}", quiet=True)))
        )
    if len(found) > MOST_EVENTS:
        blocks.append(Paragraph((Run(_("and {count} more").format(count=len(found) - MOST_EVENTS), quiet=True),)))
    return blocks


def _open_outcomes(reader: Reader, shared: Select[Any]) -> Iterator[Block]:
    outcome = table_named("outcome")
    statement = (
        select(outcome.c.id, outcome.c.title, outcome.c.status, outcome.c.due)
        .where(outcome.c.event_id.in_(shared), outcome.c.status.in_(OPEN_OUTCOMES))
        .order_by(outcome.c.due.is_(None), outcome.c.due_to, outcome.c.id)
    )
    status = record_type("outcome")["status"].kind
    for id, title, code, due in reader.rows(statement):
        rest = " · ".join(part for part in (status.format(code), print_date(due) if due else "") if part)
        yield Paragraph((Run(title, ("outcome", id)), Run(f"  {rest}", quiet=True)))


def _topics(reader: Reader, one: str, other: str) -> Iterator[Block]:
    """The topics of most of their events, and in how many of them each was; of how many events, where not of all."""
    shared = events_shared(one, other)
    newest = events_shared(one, other, TOPICS_OF)
    item, topic = table_named("agenda_item"), table_named("topic")
    times: ColumnElement[Any] = func.count(func.distinct(item.c.event_id))
    statement = (
        select(topic.c.id, topic.c.name, times)
        .join(topic, topic.c.code == item.c.topic)
        .where(item.c.event_id.in_(newest))
        .group_by(topic.c.id)
        .order_by(times.desc(), topic.c.name)
        .limit(MOST_TOPICS)
    )
    for id, name, count in reader.rows(statement):
        often = ngettext("at {count} event", "at {count} events", count).format(count=f"{count:,}")
        yield Paragraph((Run(name, ("topic", id)), Run(f"  {often}", quiet=True)))
    every = int(reader.value(select(func.count()).select_from(shared.subquery())))
    if every > TOPICS_OF:
        told = _("Counted in the newest {count} of {every} events.").format(count=f"{TOPICS_OF:,}", every=f"{every:,}")
        yield Paragraph((Run(told, quiet=True),))
