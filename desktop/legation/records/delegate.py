"""Delegates: the persons in a delegation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text as sql
from sqlmodel import Field

from legation.fields.kinds import TEXT, choice, link
from legation.fields.record_type import Lines, RecordType, field
from legation.i18n import N_
from legation.records.columns import KEPT, link as link_to, one_of, optional_text, required_text, row_id
from legation.records.row import Row
from legation.records.vocabulary import DELEGATE_ROLES


class Delegate(Row, table=True):
    """A person in a delegation; nobody sits on two sides, and a delegation has at most one head."""

    __tablename__ = "delegate"
    __table_args__: Any = (
        one_of("role", DELEGATE_ROLES, name="ck_delegate_role"),
        ForeignKeyConstraint(
            ["delegation_id", "event_id"],
            ["delegation.id", "delegation.event_id"],
            ondelete="CASCADE",
            name="fk_delegate_delegation",
        ),
        UniqueConstraint("event_id", "person_id", name="ux_delegate_person"),
        UniqueConstraint("id", "person_id", name="ux_delegate_id_person"),
        Index("ux_delegate_head", "delegation_id", unique=True, sqlite_where=sql("role = 'head'")),
        Index("ix_delegate_delegation", "delegation_id", "event_id"),
        Index("ix_delegate_person", "person_id", "event_id"),
        KEPT,
    )
    id: int | None = row_id()
    event_id: int = Field(sa_column=Column(Integer, ForeignKey("event.id", ondelete="CASCADE"), nullable=False))
    delegation_id: int = Field(sa_type=Integer, nullable=False)
    person_id: int = link_to("person.id", required=True, index=False)
    role: str = required_text()
    stated_as: str | None = optional_text()


DELEGATE = RecordType(
    table=Delegate,
    label=N_("Delegate"),
    plural=N_("Delegates"),
    one_line="{person_id}",
    fields=(
        field("event_id", N_("Event"), link("event"), required=True),
        field("delegation_id", N_("Party"), link("delegation"), required=True),
        field("person_id", N_("Official"), link("person"), required=True),
        field("role", N_("Role"), choice(DELEGATE_ROLES), required=True, default="member"),
        field("stated_as", N_("Stated as"), TEXT, search=True, help=N_("The title word for word.")),
    ),
    columns=("person_id", "role", "stated_as"),
    order=("id",),
    lines=(
        Lines("capacities", N_("Acting as"), "capacity", "delegate_id"),
        Lines("citations", N_("Sources"), "citation", "delegate_id"),
    ),
)
