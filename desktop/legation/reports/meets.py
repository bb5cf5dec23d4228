"""Parts of dossiers about people: whom an official met, who holds a country's offices, what of it is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from legation.clock import today
from legation.documents.document import Block, Paragraph, Run
from legation.i18n import _, ngettext
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import OPEN_OUTCOMES
from legation.storage.labels import labels
from legation.storage.office_holders import may_cover
from legation.storage.reading import Reader
from legation.storage.telling_apart import told_apart

MOST_PEOPLE = 20


def people_met(reader: Reader, person: int) -> Iterator[Block]:
    """The persons on other sides of an official's events, those met most often first, each with the post held last."""
    mine, theirs = table_named("delegate").alias("mine"), table_named("delegate").alias("theirs")
    times: Any = func.count(func.distinct(mine.c.event_id))
    statement = (
        select(theirs.c.person_id, times)
        .join(theirs, theirs.c.event_id == mine.c.event_id)
        .where(mine.c.person_id == person, theirs.c.delegation_id != mine.c.delegation_id)
        .group_by(theirs.c.person_id)
        .order_by(times.desc(), func.max(mine.c.event_id).desc())
        .limit(MOST_PEOPLE)
    )
    found = reader.rows(statement)
    ids = [row[0] for row in found]
    named, posts = labels(reader, record_type("person"), ids), told_apart(reader, "person", ids)
    for id, count in found:
        often = ngettext("at {count} event", "at {count} events", count).format(count=count)
        beside = " · ".join(each for each in (posts.get(id, ""), often) if each)
        yield Paragraph((Run(named.get(id, ""), ("person", id)), Run(f"  {beside}", quiet=True)))


def office_holders(reader: Reader, country: str) -> Iterator[Block]:
    """Who may hold a post in a country's bodies today, highest rank first."""
    appointment, post, body = (table_named(each) for each in ("appointment", "post", "organisation"))
    day = today().isoformat()
    statement = (
        select(appointment.c.person_id, post.c.id)
        .join(post, post.c.id == appointment.c.post_id)
        .join(body, body.c.id == post.c.organisation_id)
        .where(body.c.country == country, may_cover(appointment, day, day))
        .order_by(post.c.rank, post.c.title, appointment.c.period_from.desc())
        .limit(MOST_PEOPLE)
    )
    found = reader.rows(statement)
    named = labels(reader, record_type("person"), [row[0] for row in found])
    posts = labels(reader, record_type("post"), [row[1] for row in found])
    for person, chair in found:
        who, what = Run(named.get(person, ""), ("person", person)), Run(posts.get(chair, ""), ("post", chair))
        yield Paragraph((who, Run(" · ", quiet=True), what))


def still_open(reader: Reader, country: str) -> Iterator[Block]:
    """What was agreed at a country's events and is neither done nor dropped, the newest first."""
    outcome, side = table_named("outcome"), table_named("delegation")
    of_country = select(side.c.event_id).where(side.c.country == country)
    statement = (
        select(outcome.c.id, outcome.c.title)
        .where(outcome.c.event_id.in_(of_country), outcome.c.status.in_(OPEN_OUTCOMES))
        .order_by(outcome.c.id.desc())
        .limit(MOST_PEOPLE)
    )
    for id, title in reader.rows(statement):
        yield Paragraph((Run(title or _("Outcome"), ("outcome", id)),))
