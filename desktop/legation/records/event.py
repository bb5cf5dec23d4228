"""Events: visits, meetings, consultations, summits, expositions, national days; held or planned, in one table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, text as sql

from legation.fields.draft import Draft
from legation.fields.kinds import (
    EVENT_DATE,
    LONG_TEXT,
    MINUTES,
    NUMBER,
    PLACE,
    POSITIVE,
    TEXT,
    TIME,
    choice,
    link,
    listing,
)
from legation.fields.record_type import Lines, Problem, RecordType, derived, field
from legation.i18n import N_, _
from legation.records.columns import (
    KEPT,
    code_link,
    dated,
    earliest,
    latest,
    link as link_to,
    number,
    one_of,
    optional_text,
    required_text,
    row_id,
    uid,
)
from legation.records.event_row import row_value
from legation.records.row import Row
from legation.records.vocabulary import EVENT_KIND_WORDS, EVENT_STATUSES, LEVELS, MODES, VISIT_TYPES

NEWEST_FIRST = ("date IS NULL", "date_from DESC", "date_to DESC", "start_time DESC", "id DESC", "kind", "status")
"""The default order; kind and status are there to be read without the row, and no more than that."""


class Event(Row, table=True):
    """One event; a planned event that happens changes its status and stays the same row."""

    __tablename__ = "event"
    __table_args__: Any = (
        one_of("status", EVENT_STATUSES, name="ck_event_status"),
        one_of("mode", MODES, name="ck_event_mode"),
        one_of("level", LEVELS, name="ck_event_level"),
        one_of("visit_type", VISIT_TYPES, name="ck_event_visit_type"),
        CheckConstraint("visit_type IS NULL OR kind = 'visit'", name="ck_event_visit_type_of_visit"),
        CheckConstraint("date IS NOT NULL OR status <> 'held'", name="ck_event_held_has_date"),
        CheckConstraint("date IS NOT NULL OR status <> 'scheduled'", name="ck_event_scheduled_has_date"),
        CheckConstraint("parent_id <> id", name="ck_event_parent"),
        CheckConstraint("ordinal > 0", name="ck_event_ordinal"),
        CheckConstraint("minutes > 0", name="ck_event_minutes"),
        CheckConstraint("start_time GLOB '[0-2][0-9]:[0-5][0-9]'", name="ck_event_start_time"),
        dated("date", "event"),
        Index("ix_event_bounds", "date_from", "date_to"),
        Index(
            "ix_event_newest",
            *(sql(each) for each in NEWEST_FIRST),
        ),
        Index("ix_event_oldest", *(sql(each) for each in ("date IS NULL", "date_from", "date_to", "start_time", "id"))),
        Index("ix_event_status", "status"),
        Index("ix_event_title", "title"),
        Index("ix_event_until", "date_to", "date"),
        KEPT,
    )
    id: int | None = row_id()
    uid: str = uid()
    kind: str = code_link("event_kind.code", required=True)
    title: str = required_text()
    status: str = required_text()
    parent_id: int | None = link_to("event.id")
    framework_id: int | None = link_to("organisation.id")
    ordinal: int | None = number()
    date: str | None = optional_text()
    date_from: str = earliest()
    date_to: str = latest()
    date_text: str | None = optional_text()
    start_time: str | None = optional_text()
    minutes: int | None = number()
    country: str | None = code_link("country.code")
    city: str | None = optional_text(index=True)
    venue: str | None = optional_text()
    mode: str = required_text()
    level: str | None = optional_text()
    visit_type: str | None = optional_text()
    summary: str | None = optional_text()


def dated_when_certain(draft: Draft) -> list[Problem]:
    """A held or scheduled event needs a date; a proposed, postponed or cancelled one may do without."""
    if draft["status"] in ("held", "scheduled") and draft["date"] is None and "date" not in draft.rejected:
        return [Problem("date", _("A held or scheduled event needs a date. Leave it open only for a proposed one."))]
    return []


def visit_type_of_a_visit(draft: Draft) -> list[Problem]:
    """Only a visit has a visit type."""
    if draft["visit_type"] is not None and draft["kind"] != "visit":
        return [Problem("visit_type", _("Only a visit has a visit type. Clear it, or change the kind to visit."))]
    return []


def not_its_own_parent(draft: Draft) -> list[Problem]:
    """An event is not part of itself."""
    if draft.id is not None and draft["parent_id"] == draft.id:
        return [Problem("parent_id", _("An event cannot be part of itself."))]
    return []


EVENT = RecordType(
    table=Event,
    label=N_("Event"),
    plural=N_("Events"),
    one_line="{date} {title}",
    fields=(
        field("date", N_("Date"), EVENT_DATE, help=N_("Such as 27 jan 2025, 16-17 dec 2024, late 2026 or q3 2026.")),
        field(
            "date_text",
            N_("Date as stated"),
            TEXT,
            search=True,
            help=N_("The source's words when they say less."),
            rare=True,
        ),
        field("kind", N_("Kind"), choice(EVENT_KIND_WORDS), required=True, default="meeting"),
        field("title", N_("Title"), TEXT, required=True, search=True, help=N_("Short and neutral.")),
        derived("parties", N_("Parties"), listing("party_names", N_("Parties (names)")), row_value("parties")),
        field("country", N_("Country"), link("country"), help=N_("Where it takes place.")),
        field("city", N_("Place"), PLACE, search=True, help=N_("The city or town.")),
        field("venue", N_("Venue"), TEXT, search=True),
        derived("heads", N_("Heads"), listing("head_ids", N_("Heads (ids)")), row_value("heads")),
        derived("topics", N_("Topics"), listing("topic_codes", N_("Topics (codes)")), row_value("topics")),
        derived("derived_level", N_("Level"), choice(LEVELS), row_value("level")),
        field("status", N_("Status"), choice(EVENT_STATUSES), required=True, default="held"),
        field("parent_id", N_("Part of"), link("event"), help=N_("The visit, conference or exposition it belongs to.")),
        field("framework_id", N_("Framework"), link("organisation"), help=N_("Held within the framework of.")),
        field("ordinal", N_("Round"), POSITIVE, help=N_("The number of the session in its framework."), rare=True),
        field("start_time", N_("Start time"), TIME, help=N_("Local time: 17:05."), rare=True),
        field("minutes", N_("Minutes"), MINUTES, help=N_("How long it lasted."), rare=True),
        field("mode", N_("Mode"), choice(MODES), required=True, default="in_person", rare=True),
        field(
            "level",
            N_("Stated level"),
            choice(LEVELS),
            help=N_("Leave empty to have it derived from the posts."),
            rare=True,
        ),
        field("visit_type", N_("Visit type"), choice(VISIT_TYPES), help=N_("Only when a source says so."), rare=True),
        field("summary", N_("Summary"), LONG_TEXT, search=True, help=N_("The readout in your words.")),
        derived("delegates", N_("Delegates"), NUMBER, row_value("delegates")),
        derived("outcomes", N_("Outcomes"), NUMBER, row_value("outcomes")),
        derived("sources", N_("Sources"), NUMBER, row_value("sources")),
    ),
    columns=("date", "kind", "title", "parties", "heads", "city", "country", "derived_level", "status"),
    order=("-date",),
    lines=(
        Lines("delegations", N_("Parties"), "delegation", "event_id"),
        Lines("agenda", N_("Agenda"), "agenda_item", "event_id"),
        Lines("outcomes", N_("Outcomes"), "outcome", "event_id"),
        Lines("citations", N_("Sources"), "citation", "event_id"),
        Lines("aliases", N_("Other names"), "alias", "event_id"),
    ),
    checks=(dated_when_certain, visit_type_of_a_visit, not_its_own_parent),
)
