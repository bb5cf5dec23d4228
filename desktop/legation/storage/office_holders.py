"""Who held which post on a day: appointments whose period may cover it."""

from __future__ import annotations

from sqlalchemy import select

from legation.records.catalogue import table_named
from legation.storage.reading import Reader


def posts_held(reader: Reader, person: int, first: str, last: str) -> list[int]:
    """The ids of a person's appointments that may have held between two days (ISO 8601), highest rank first."""
    appointment, post = table_named("appointment"), table_named("post")
    statement = (
        select(appointment.c.id)
        .join(post, post.c.id == appointment.c.post_id)
        .where(
            appointment.c.person_id == person,
            appointment.c.period_from <= last,
            appointment.c.period_to >= first,
        )
        .order_by(post.c.rank, appointment.c.id)
    )
    return [int(row[0]) for row in reader.rows(statement)]
