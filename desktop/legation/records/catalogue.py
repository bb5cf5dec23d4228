"""Which record types there are, and which tables the workspace keeps. The one list of both."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Table, Text
from sqlmodel import SQLModel

from legation.fields.record_type import RecordType
from legation.records.agenda_item import AGENDA_ITEM
from legation.records.alias import ALIAS
from legation.records.appointment import APPOINTMENT
from legation.records.capacity import CAPACITY
from legation.records.citation import CITATION
from legation.records.country import COUNTRY
from legation.records.delegate import DELEGATE
from legation.records.delegation import DELEGATION
from legation.records.event import EVENT
from legation.records.event_kind import EventKind
from legation.records.event_row import EventRow
from legation.records.facet_count import FacetCount
from legation.records.housekeeping import ImportKey, NotSame, SavedView, Setting
from legation.records.membership import MEMBERSHIP
from legation.records.organisation import ORGANISATION
from legation.records.outcome import OUTCOME
from legation.records.pairs import CountryPair, EventPair, PairTotal
from legation.records.person import PERSON
from legation.records.post import POST
from legation.records.source import SOURCE
from legation.records.topic import TOPIC

RECORD_TYPES: dict[str, RecordType] = {
    each.name: each
    for each in (
        COUNTRY,
        ORGANISATION,
        MEMBERSHIP,
        PERSON,
        ALIAS,
        POST,
        APPOINTMENT,
        EVENT,
        DELEGATION,
        DELEGATE,
        CAPACITY,
        TOPIC,
        AGENDA_ITEM,
        OUTCOME,
        SOURCE,
        CITATION,
    )
}
PUBLIC_TABLES: tuple[str, ...] = tuple(RECORD_TYPES)
LOGGED_TABLES: tuple[str, ...] = (
    *PUBLIC_TABLES,
    *(str(each.__tablename__) for each in (EventKind, ImportKey, NotSame, SavedView, Setting)),
)
DERIVED_TABLES: tuple[str, ...] = tuple(
    str(each.__tablename__) for each in (EventRow, FacetCount, EventPair, CountryPair, PairTotal)
)


def record_type(name: str) -> RecordType:
    """The record type of that name. Raises `KeyError` for an unknown one."""
    return RECORD_TYPES[name]


def table_named(name: str) -> Table:
    """The table of that name, logged or derived."""
    return SQLModel.metadata.tables[name]


def guard_texts(table: Table) -> None:
    """Add the constraint that no text of a table holds NUL, at which JSON functions would cut it."""
    for column in table.columns:
        if isinstance(column.type, Text):
            rule = CheckConstraint(f"instr({column.name}, char(0)) = 0", name=f"ck_{table.name}_{column.name}_no_nul")
            table.append_constraint(rule)


for _name in LOGGED_TABLES:
    guard_texts(table_named(_name))
