"""Who held which post on a day: appointments whose period may cover it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, select

from legation.records.catalogue import table_named
from legation.records.columns import EARLIEST, LATEST
from legation.storage.reading import Reader


def may_cover(appointment: Any, first: str, last: str) -> ColumnElement[bool]:
    """The condition that an appointment may have held between two days (ISO 8601)."""
    return and_(appointment.c.period_from <= last, appointment.c.period_to >= first)


def holders_of(reader: Reader, post: int, first: str, last: str) -> list[str]:
    """The names of those whose stated period in a post may cover the time between two days (ISO 8601)."""
    appointment, person = table_named("appointment"), table_named("person")
    stated = (appointment.c.period_from != EARLIEST) | (appointment.c.period_to != LATEST)
    statement = select(person.c.name).join(appointment, appointment.c.person_id == person.c.id)
    held = statement.where(appointment.c.post_id == post, stated, may_cover(appointment, first, last))
    return [name for (name,) in reader.rows(held.order_by(person.c.sort_name))]


def posts_held(reader: Reader, person: int, first: str, last: str) -> list[int]:
    """The ids of a person's appointments that may have held between two days (ISO 8601), highest rank first."""
    appointment, post = table_named("appointment"), table_named("post")
    statement = (
        select(appointment.c.id)
        .join(post, post.c.id == appointment.c.post_id)
        .where(appointment.c.person_id == person, may_cover(appointment, first, last))
        .order_by(post.c.rank, appointment.c.id)
    )
    return [int(row[0]) for row in reader.rows(statement)]
