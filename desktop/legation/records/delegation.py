"""Delegations: the parties at an event, one row a party."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint, text as sql
from sqlmodel import Field

from legation.fields.draft import Draft
from legation.fields.kinds import POSITIVE, TEXT, choice, link
from legation.fields.record_type import Lines, Problem, RecordType, field
from legation.i18n import N_, _
from legation.records.columns import (
    KEPT,
    code_link,
    link as link_to,
    number,
    one_of,
    optional_text,
    required_text,
    row_id,
)
from legation.records.row import Row
from legation.records.vocabulary import ATTENDANCES, DELEGATION_ROLES


class Delegation(Row, table=True):
    """A state or a body at an event; a company counts for its state and is still told apart."""

    __tablename__ = "delegation"
    __table_args__: Any = (
        CheckConstraint("country IS NOT NULL OR organisation_id IS NOT NULL", name="ck_delegation_somebody"),
        one_of("role", DELEGATION_ROLES, name="ck_delegation_role"),
        one_of("attendance", ATTENDANCES, name="ck_delegation_attendance"),
        CheckConstraint("size > 0", name="ck_delegation_size"),
        Index(
            "ux_delegation_party",
            "event_id",
            sql("coalesce(country, '')"),
            sql("coalesce(organisation_id, 0)"),
            unique=True,
        ),
        Index("ix_delegation_country", "country", "event_id"),
        UniqueConstraint("id", "event_id", name="ux_delegation_event"),
        KEPT,
    )
    id: int | None = row_id()
    event_id: int = Field(sa_column=Column(Integer, ForeignKey("event.id", ondelete="CASCADE"), nullable=False))
    country: str | None = code_link("country.code", index=False)
    organisation_id: int | None = link_to("organisation.id")
    role: str = required_text()
    attendance: str = required_text()
    size: int | None = number()
    stated_as: str | None = optional_text()


def of_somebody(draft: Draft) -> list[Problem]:
    """A party is a country, a body, or both."""
    if draft["country"] is None and draft["organisation_id"] is None:
        return [Problem("country", _("Give the country or the organisation that takes part."))]
    return []


DELEGATION = RecordType(
    table=Delegation,
    label=N_("Party"),
    plural=N_("Parties"),
    one_line="{country} {organisation_id}",
    fields=(
        field("event_id", N_("Event"), link("event"), required=True),
        field("country", N_("Country"), link("country"), help=N_("The state on whose side it counts.")),
        field("organisation_id", N_("Organisation"), link("organisation"), help=N_("When not the state as such.")),
        field("role", N_("Role"), choice(DELEGATION_ROLES), required=True, default="participant"),
        field("attendance", N_("Attendance"), choice(ATTENDANCES), required=True, default="attended"),
        field("size", N_("Size"), POSITIVE, help=N_("The head-count, when given."), rare=True),
        field("stated_as", N_("Stated as"), TEXT, search=True, help=N_("In the source's words."), rare=True),
    ),
    columns=("country", "organisation_id", "role", "attendance", "size", "stated_as"),
    order=("id",),
    lines=(
        Lines("delegates", N_("Delegates"), "delegate", "delegation_id"),
        Lines("citations", N_("Sources"), "citation", "delegation_id"),
    ),
    checks=(of_somebody,),
)
