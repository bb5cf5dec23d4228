"""Appointments: a person holds a post for a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, UniqueConstraint

from legation.fields.kinds import PERIOD, choice, link
from legation.fields.record_type import Lines, RecordType, field
from legation.i18n import N_
from legation.records.columns import (
    KEPT,
    dated,
    earliest,
    latest,
    link as link_to,
    one_of,
    optional_text,
    required_text,
    row_id,
)
from legation.records.row import Row
from legation.records.vocabulary import APPOINTMENT_STATUSES


class Appointment(Row, table=True):
    """A person in a post; `period` is stated tenure as an EDTF interval, NULL when nothing is known."""

    __tablename__ = "appointment"
    __table_args__: Any = (
        one_of("status", APPOINTMENT_STATUSES, name="ck_appointment_status"),
        dated("period", "appointment"),
        Index("ux_appointment", "person_id", "post_id", "period_from", unique=True),
        UniqueConstraint("id", "person_id", name="ux_appointment_person"),
        KEPT,
    )
    id: int | None = row_id()
    person_id: int = link_to("person.id", required=True)
    post_id: int = link_to("post.id", required=True)
    status: str = required_text()
    period: str | None = optional_text()
    period_from: str = earliest()
    period_to: str = latest()


APPOINTMENT = RecordType(
    table=Appointment,
    label=N_("Appointment"),
    plural=N_("Appointments"),
    one_line="{person_id}: {post_id}",
    fields=(
        field("person_id", N_("Official"), link("person"), required=True),
        field("post_id", N_("Post"), link("post"), required=True),
        field("status", N_("Status"), choice(APPOINTMENT_STATUSES), required=True, default="full"),
        field("period", N_("Period"), PERIOD, help=N_("Such as: since October 2024.")),
    ),
    columns=("person_id", "post_id", "status", "period"),
    order=("person_id", "period"),
    lines=(Lines("citations", N_("Sources"), "citation", "appointment_id"),),
)
