"""Citations: a source tied to exactly one record, with the place in it and its own words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint

from legation.fields.kinds import LONG_TEXT, TEXT, link
from legation.fields.record_type import RecordType, field
from legation.i18n import N_
from legation.records.columns import KEPT, code_link, link as link_to, optional_text, row_id
from legation.records.row import Row

CITATION_TARGETS = (
    "event_id",
    "delegation_id",
    "delegate_id",
    "agenda_item_id",
    "outcome_id",
    "appointment_id",
    "person_id",
    "organisation_id",
    "post_id",
    "country",
)


class Citation(Row, table=True):
    """What a source says about one record; `states` holds its own value where it differs."""

    __tablename__ = "citation"
    __table_args__: Any = (
        CheckConstraint(
            " + ".join(f"({each} IS NOT NULL)" for each in CITATION_TARGETS) + " = 1", name="ck_citation_target"
        ),
        KEPT,
    )
    id: int | None = row_id()
    source_id: int = link_to("source.id", required=True)
    locator: str | None = optional_text()
    quote: str | None = optional_text()
    states: str | None = optional_text()
    event_id: int | None = link_to("event.id")
    delegation_id: int | None = link_to("delegation.id")
    delegate_id: int | None = link_to("delegate.id")
    agenda_item_id: int | None = link_to("agenda_item.id")
    outcome_id: int | None = link_to("outcome.id")
    appointment_id: int | None = link_to("appointment.id")
    person_id: int | None = link_to("person.id")
    organisation_id: int | None = link_to("organisation.id")
    post_id: int | None = link_to("post.id")
    country: str | None = code_link("country.code")


CITATION = RecordType(
    table=Citation,
    label=N_("Citation"),
    plural=N_("Citations"),
    one_line="{source_id} {locator}",
    fields=(
        field("source_id", N_("Source"), link("source"), required=True),
        field("locator", N_("Where in it"), TEXT, help=N_("Such as para 4 or p. 12.")),
        field("quote", N_("Quote"), LONG_TEXT, search=True, help=N_("Short, word for word.")),
        field("states", N_("States"), TEXT, search=True, help=N_("The value as this source gives it, if different.")),
        field("event_id", N_("Event"), link("event")),
        field("delegation_id", N_("Party"), link("delegation")),
        field("delegate_id", N_("Delegate"), link("delegate")),
        field("agenda_item_id", N_("Agenda item"), link("agenda_item")),
        field("outcome_id", N_("Outcome"), link("outcome")),
        field("appointment_id", N_("Appointment"), link("appointment")),
        field("person_id", N_("Official"), link("person")),
        field("organisation_id", N_("Organisation"), link("organisation")),
        field("post_id", N_("Post"), link("post")),
        field("country", N_("Country"), link("country")),
    ),
    columns=("source_id", "locator", "quote", "states"),
    order=("source_id", "id"),
)
