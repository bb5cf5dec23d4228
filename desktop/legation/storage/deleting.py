"""Deleting records: what goes with one, what only lets go of it, and what forbids it.

In one step and in this order: the record's citations and other names, the references to it that may be empty, its
lines, then the record. A country, post, person or organisation in use is not deleted: its users are listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, func, select, update
from sqlmodel import Session

from legation.errors import UserError
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import PUBLIC_TABLES, RECORD_TYPES, table_named

CARRIED = ("citation", "alias")  # rows that belong to the record and go with it
MERGED = ("country", "organisation", "person", "post")  # may become one with another instead
PROTECTED = ("country", "organisation", "person", "post", "topic")  # deleted only when nothing uses them


@dataclass(frozen=True)
class Reference:
    """A column of another table that points at a record, and whether it may be empty."""

    table: str
    column: str
    nullable: bool


def references_to(table_name: str) -> Iterator[Reference]:
    """Every column of a public table that points at rows of a table, in the order of the tables."""
    for name in PUBLIC_TABLES:
        table = table_named(name)
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.name != table_name:
                continue
            element = constraint.elements[0]  # of a composite key the first column is the link itself
            yield Reference(name, element.parent.name, bool(element.parent.nullable))


class InUse(UserError):
    """The record is in use; `users` counts its users by table."""

    def __init__(self, record: RecordType, users: dict[str, int]) -> None:
        listed = ", ".join(
            _("{records}: {count}").format(records=_(RECORD_TYPES[name].plural), count=count)
            for name, count in users.items()
        )
        super().__init__(
            _("This {what} is in use ({users}).").format(what=_(record.label).lower(), users=listed),
            _("Change or delete these first, or merge it with another record.")
            if record.name in MERGED
            else _("Change or delete these first."),
        )
        self.users = users


def users_of(session: Session, record: RecordType, id: int) -> dict[str, int]:
    """How many rows of each table use a record, its own lines, citations and other names left out."""
    own = {lines.record for lines in record.lines if lines.record in CARRIED}
    if record.name == "organisation":
        own.add("membership")
    found: dict[str, int] = {}
    for reference in references_to(record.name):
        if reference.table in own:
            continue
        table = table_named(reference.table)
        key = _key(session, record, id, reference)
        count = session.execute(select(func.count()).select_from(table).where(table.c[reference.column] == key))
        if (number := count.scalar_one()) > 0:
            found[reference.table] = found.get(reference.table, 0) + number
    return found


def delete_record(session: Session, record: RecordType, id: int) -> dict[str, int]:
    """Delete a record inside an open step; how many rows of each table went or let go of it.

    Raises `InUse` for a country, organisation, person, post or topic that something uses, and for an appointment or
    source that is still named.
    """
    if record.name in PROTECTED and (users := users_of(session, record, id)):
        raise InUse(record, users)
    if record.name in ("appointment", "source") and (used := _required_users(session, record, id)):
        raise InUse(record, used)
    gone: dict[str, int] = {}
    _let_go(session, record, id, gone)
    table = table_named(record.name)
    result: Any = session.execute(delete(table).where(table.c.id == id))
    gone[record.name] = gone.get(record.name, 0) + int(result.rowcount)
    return gone


def _required_users(session: Session, record: RecordType, id: int) -> dict[str, int]:
    """The users of a record that cannot do without it."""
    users: dict[str, int] = {}
    for reference in references_to(record.name):
        if reference.nullable or (reference.table in CARRIED and record.name != "source"):
            continue
        table = table_named(reference.table)
        counted = session.execute(
            select(func.count()).select_from(table).where(table.c[reference.column] == id)
        ).scalar_one()
        if counted:
            users[reference.table] = counted
    return users


def _let_go(session: Session, record: RecordType, id: int, gone: dict[str, int]) -> None:
    """Remove what belongs to a record and set the references to it that may be empty to NULL."""
    for reference in references_to(record.name):
        table = table_named(reference.table)
        key = _key(session, record, id, reference)
        where = table.c[reference.column] == key
        if reference.table in CARRIED and record.name != "source":
            _count(gone, reference.table, session.execute(delete(table).where(where)))
        elif reference.nullable:
            session.execute(update(table).where(where).values({reference.column: None}))
        else:
            _delete_users(session, table, where, gone)


def _delete_users(session: Session, table: Table, where: Any, gone: dict[str, int]) -> None:
    """Delete the rows that cannot be without the record, each with what belongs to it."""
    if "id" not in table.c:
        _count(gone, table.name, session.execute(delete(table).where(where)))
        return
    ids = [row[0] for row in session.execute(select(table.c.id).where(where))]
    for each in ids:
        for name, number in delete_record(session, RECORD_TYPES[table.name], each).items():
            gone[name] = gone.get(name, 0) + number


def _count(gone: dict[str, int], table: str, result: Any) -> None:
    if result.rowcount:
        gone[table] = gone.get(table, 0) + int(result.rowcount)


def _key(session: Session, record: RecordType, id: int, reference: Reference) -> Any:
    """What a reference holds for the record: its code where the column holds codes, otherwise its id."""
    if record.key != "code":
        return id
    table = table_named(record.name)
    return session.execute(select(table.c.code).where(table.c.id == id)).scalar_one_or_none()
