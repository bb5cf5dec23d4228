"""Posts: offices that exist whoever holds them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, func, select, text as sql

from legation.fields.kinds import TEXT, choice, link
from legation.fields.record_type import Lines, RecordType, derived, field
from legation.i18n import N_
from legation.records.columns import (
    KEPT,
    LATEST,
    code_link,
    link as link_to,
    required_number,
    required_text,
    row_id,
    uid,
)
from legation.records.row import Row
from legation.records.vocabulary import POST_RANKS


class Post(Row, table=True):
    """The chair, not the person in it. `rank` is an order of precedence: lower is higher."""

    __tablename__ = "post"
    __table_args__: Any = (
        Index("ux_post_title", "title", "organisation_id", sql("coalesce(accredited_to, '')"), unique=True),
        CheckConstraint("rank BETWEEN 1 AND 999", name="ck_post_rank"),
        KEPT,
    )
    id: int | None = row_id()
    uid: str = uid()
    title: str = required_text()
    organisation_id: int = link_to("organisation.id", required=True)
    rank: int = required_number(index=True)
    accredited_to: str | None = code_link("country.code")


def holders() -> Any:
    """The names of those whose appointment to the post is not known to have ended, joined by a semicolon."""
    from legation.records.appointment import Appointment
    from legation.records.person import Person

    names = (
        select(Person.name.label("name"))  # type: ignore[attr-defined]
        .join(Appointment, Appointment.person_id == Person.id)  # type: ignore[arg-type]
        .where(Appointment.post_id == Post.id, Appointment.period_to == LATEST)  # type: ignore[arg-type]
        .order_by(Appointment.period_from, Appointment.id)  # type: ignore[arg-type]
        .correlate(Post)
        .subquery()
    )
    return select(func.group_concat(names.c.name, "; ")).scalar_subquery()


POST = RecordType(
    table=Post,
    label=N_("Post"),
    plural=N_("Posts"),
    one_line="{title}, {organisation_id}",
    fields=(
        field("title", N_("Title"), TEXT, required=True, search=True, help=N_("Without the name of the body.")),
        field("organisation_id", N_("Organisation"), link("organisation"), required=True),
        field("rank", N_("Rank"), choice(POST_RANKS), required=True, help=N_("Order of precedence.")),
        derived("holders", N_("Held by"), TEXT, holders),
        field("accredited_to", N_("Accredited to"), link("country"), help=N_("For heads of mission only.")),
    ),
    columns=("title", "organisation_id", "rank", "holders", "accredited_to"),
    order=("rank", "title"),
    lines=(
        Lines("appointments", N_("Holders"), "appointment", "post_id"),
        Lines("aliases", N_("Other titles"), "alias", "post_id"),
        Lines("citations", N_("Sources"), "citation", "post_id"),
    ),
)
