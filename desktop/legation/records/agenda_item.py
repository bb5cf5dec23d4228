"""Agenda items: one thing dealt with at an event, with a topic, an act and what it was about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlmodel import Field

from legation.fields.draft import Draft
from legation.fields.kinds import LONG_TEXT, NUMBER, choice, link
from legation.fields.record_type import Lines, Problem, RecordType, field
from legation.i18n import N_, _
from legation.records.columns import (
    KEPT,
    code_link,
    link as link_to,
    one_of,
    optional_text,
    required_number,
    required_text,
    row_id,
)
from legation.records.row import Row
from legation.records.vocabulary import AGENDA_ACTS


class AgendaItem(Row, table=True):
    """A topic and an act; `seq` is an order with gaps; `speaker_id` NULL means "the sides"."""

    __tablename__ = "agenda_item"
    __table_args__: Any = (
        one_of("act", AGENDA_ACTS, name="ck_agenda_item_act"),
        CheckConstraint("about_event_id <> event_id", name="ck_agenda_item_about_event"),
        ForeignKeyConstraint(
            ["speaker_id", "event_id"], ["delegation.id", "delegation.event_id"], name="fk_agenda_item_speaker"
        ),
        Index("ix_agenda_item_event", "event_id", "seq", "topic"),
        Index("ix_agenda_item_topic", "topic", "event_id"),
        Index("ix_agenda_item_speaker", "speaker_id", "event_id"),
        KEPT,
    )
    id: int | None = row_id()
    event_id: int = Field(sa_column=Column(Integer, ForeignKey("event.id", ondelete="CASCADE"), nullable=False))
    seq: int = required_number()
    topic: str = code_link("topic.code", required=True, index=False)
    act: str = required_text()
    speaker_id: int | None = Field(default=None, sa_type=Integer, nullable=True)
    about_event_id: int | None = link_to("event.id")
    about_organisation_id: int | None = link_to("organisation.id")
    about_outcome_id: int | None = link_to("outcome.id")
    text: str | None = optional_text()


def not_about_its_own_event(draft: Draft) -> list[Problem]:
    """An item is about another event than the one it was dealt with at."""
    if draft["about_event_id"] is not None and draft["about_event_id"] == draft["event_id"]:
        return [Problem("about_event_id", _("An item cannot be about the event it was dealt with at."))]
    return []


AGENDA_ITEM = RecordType(
    table=AgendaItem,
    label=N_("Agenda item"),
    plural=N_("Agenda items"),
    one_line="{topic}: {text}",
    fields=(
        field("event_id", N_("Event"), link("event"), required=True),
        field("seq", N_("Order"), NUMBER, required=True, default=0),
        field("topic", N_("Topic"), link("topic"), required=True),
        field("act", N_("Act"), choice(AGENDA_ACTS), required=True, default="discussed"),
        field("text", N_("Text"), LONG_TEXT, search=True, help=N_("What was said, in your words.")),
        field("speaker_id", N_("Said by"), link("delegation"), help=N_("Empty when both sides said it.")),
        field("about_event_id", N_("About the event"), link("event"), rare=True),
        field("about_organisation_id", N_("About the body"), link("organisation"), rare=True),
        field("about_outcome_id", N_("About the outcome"), link("outcome"), rare=True),
    ),
    columns=("seq", "topic", "act", "text"),
    order=("seq", "id"),
    lines=(Lines("citations", N_("Sources"), "citation", "agenda_item_id"),),
    checks=(not_about_its_own_event,),
)
