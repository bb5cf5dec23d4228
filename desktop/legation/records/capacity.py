"""Capacities: in which appointments a delegate acted at an event."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer
from sqlmodel import Field

from legation.fields.kinds import link
from legation.fields.record_type import RecordType, field
from legation.i18n import N_
from legation.records.row import Row


class Capacity(Row, table=True):
    """Delegate and appointment of one person: two composite keys make another's post impossible."""

    __tablename__ = "capacity"
    __table_args__: Any = (
        ForeignKeyConstraint(
            ["delegate_id", "person_id"],
            ["delegate.id", "delegate.person_id"],
            ondelete="CASCADE",
            name="fk_capacity_delegate",
        ),
        ForeignKeyConstraint(
            ["appointment_id", "person_id"], ["appointment.id", "appointment.person_id"], name="fk_capacity_appointment"
        ),
        Index("ix_capacity_appointment", "appointment_id", "person_id"),
        {"sqlite_strict": True},
    )
    delegate_id: int = Field(sa_column=Column(Integer, primary_key=True, nullable=False))
    appointment_id: int = Field(sa_column=Column(Integer, primary_key=True, nullable=False))
    person_id: int = Field(sa_type=Integer, nullable=False)


CAPACITY = RecordType(
    table=Capacity,
    label=N_("Capacity"),
    plural=N_("Capacities"),
    one_line="{appointment_id}",
    key="delegate_id",
    fields=(
        field("delegate_id", N_("Delegate"), link("delegate"), required=True),
        field("appointment_id", N_("Post held"), link("appointment"), required=True),
        field("person_id", N_("Official"), link("person"), required=True),
    ),
    columns=("appointment_id",),
)
