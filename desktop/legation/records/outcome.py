"""Outcomes: what outlives an event and has a life cycle: treaties, memoranda, commitments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer
from sqlmodel import Field

from legation.fields.draft import Draft
from legation.fields.kinds import FUZZY_DATE, LONG_TEXT, TEXT, choice, link
from legation.fields.record_type import Lines, Problem, RecordType, field
from legation.i18n import N_, _
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
    uid,
)
from legation.records.row import Row
from legation.records.vocabulary import OUTCOME_KINDS, OUTCOME_STATUSES


class Outcome(Row, table=True):
    """Reached at an event; `owner_id` is the party that must act, NULL for all jointly."""

    __tablename__ = "outcome"
    __table_args__: Any = (
        one_of("kind", OUTCOME_KINDS, name="ck_outcome_kind"),
        one_of("status", OUTCOME_STATUSES, name="ck_outcome_status"),
        CheckConstraint("replaces_id <> id", name="ck_outcome_replaces"),
        ForeignKeyConstraint(
            ["owner_id", "event_id"], ["delegation.id", "delegation.event_id"], name="fk_outcome_owner"
        ),
        dated("due", "outcome"),
        Index("ix_outcome_due", "due_to", "status"),
        Index("ix_outcome_owner", "owner_id", "event_id"),
        KEPT,
    )
    id: int | None = row_id()
    uid: str = uid()
    event_id: int = link_to("event.id", required=True)
    kind: str = required_text()
    title: str = required_text()
    text: str | None = optional_text()
    owner_id: int | None = Field(default=None, sa_type=Integer, nullable=True)
    topic: str | None = code_link("topic.code")
    status: str = required_text()
    due: str | None = optional_text()
    due_from: str = earliest()
    due_to: str = latest()
    closed: str | None = optional_text()
    replaces_id: int | None = link_to("outcome.id")
    reference: str | None = optional_text()


def not_replacing_itself(draft: Draft) -> list[Problem]:
    """An outcome does not replace itself."""
    if draft.id is not None and draft["replaces_id"] == draft.id:
        return [Problem("replaces_id", _("An outcome cannot replace itself."))]
    return []


OUTCOME = RecordType(
    table=Outcome,
    label=N_("Outcome"),
    plural=N_("Outcomes"),
    one_line="{title}",
    fields=(
        field("title", N_("Title"), TEXT, required=True, search=True),
        field("kind", N_("Kind"), choice(OUTCOME_KINDS), required=True, default="agreements"),
        field("event_id", N_("Reached at"), link("event"), required=True),
        field("status", N_("Status"), choice(OUTCOME_STATUSES), required=True, default="agreed"),
        field("owner_id", N_("Owner"), link("delegation"), help=N_("Who must act; empty when all do jointly.")),
        field("topic", N_("Topic"), link("topic")),
        field("due", N_("Due"), FUZZY_DATE),
        field("closed", N_("Closed"), FUZZY_DATE, help=N_("When it left the open states."), rare=True),
        field("replaces_id", N_("Replaces"), link("outcome"), rare=True),
        field(
            "reference", N_("Reference"), TEXT, search=True, help=N_("The registration or document number."), rare=True
        ),
        field("text", N_("Text"), LONG_TEXT, search=True),
    ),
    columns=("title", "kind", "event_id", "status", "owner_id", "due", "topic"),
    order=("status", "due", "title"),
    lines=(Lines("citations", N_("Sources"), "citation", "outcome_id"),),
    checks=(not_replacing_itself,),
)
