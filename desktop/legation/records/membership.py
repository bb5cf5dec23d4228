"""Memberships: which countries belong to an organisation, dialogue format or group of countries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, text as sql

from legation.fields.kinds import PERIOD, choice, link
from legation.fields.record_type import RecordType, field
from legation.i18n import N_
from legation.records.columns import (
    KEPT,
    code_link,
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
from legation.records.vocabulary import MEMBERSHIP_STATUSES


class Membership(Row, table=True):
    """A country's place in an organisation for a time."""

    __tablename__ = "membership"
    __table_args__: Any = (
        one_of("status", MEMBERSHIP_STATUSES, name="ck_membership_status"),
        dated("period", "membership"),
        Index("ux_membership", "organisation_id", "country", sql("coalesce(period, '')"), unique=True),
        KEPT,
    )
    id: int | None = row_id()
    organisation_id: int = link_to("organisation.id", required=True)
    country: str = code_link("country.code", required=True)
    status: str = required_text()
    period: str | None = optional_text()
    period_from: str = earliest()
    period_to: str = latest()


MEMBERSHIP = RecordType(
    table=Membership,
    label=N_("Membership"),
    plural=N_("Memberships"),
    one_line="{country} · {organisation_id}",
    fields=(
        field("organisation_id", N_("Organisation"), link("organisation"), required=True),
        field("country", N_("Country"), link("country"), required=True),
        field("status", N_("Status"), choice(MEMBERSHIP_STATUSES), required=True, default="member"),
        field("period", N_("Period"), PERIOD),
    ),
    columns=("organisation_id", "country", "status", "period"),
    order=("organisation_id", "country"),
)
