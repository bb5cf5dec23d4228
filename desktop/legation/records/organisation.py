"""Organisations: every body that is not a country, told apart by its kind and not by columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, text as sql

from legation.fields.draft import Draft
from legation.fields.kinds import LONG_TEXT, TEXT, URL, WIKIDATA, choice, link
from legation.fields.record_type import Lines, Problem, RecordType, field
from legation.i18n import N_, _
from legation.records.columns import KEPT, code_link, link as link_to, one_of, optional_text, required_text, row_id, uid
from legation.records.row import Row
from legation.records.vocabulary import ORGANISATION_KINDS

STATELESS_KINDS = ("igo", "dialogue_format")


class Organisation(Row, table=True):
    """A ministry, company, dialogue format, committee, newspaper …; `country` is the home state."""

    __tablename__ = "organisation"
    __table_args__: Any = (
        one_of("kind", ORGANISATION_KINDS, name="ck_organisation_kind"),
        CheckConstraint("parent_id <> id", name="ck_organisation_parent"),
        CheckConstraint(
            "kind NOT IN ('igo', 'dialogue_format') OR country IS NULL", name="ck_organisation_stateless_kind"
        ),
        CheckConstraint("wikidata GLOB 'Q[1-9]*'", name="ck_organisation_wikidata"),
        Index("ux_organisation_name", "name", sql("coalesce(country, '')"), sql("coalesce(parent_id, 0)"), unique=True),
        KEPT,
    )
    id: int | None = row_id()
    uid: str = uid()
    name: str = required_text()
    acronym: str | None = optional_text(index=True)
    kind: str = required_text()
    country: str | None = code_link("country.code")
    parent_id: int | None = link_to("organisation.id")
    url: str | None = optional_text()
    wikidata: str | None = optional_text(unique=True)
    note: str | None = optional_text()


def no_home_for_stateless(draft: Draft) -> list[Problem]:
    """An international organisation or dialogue format has no home country."""
    if draft["kind"] in STATELESS_KINDS and draft["country"] is not None:
        return [Problem("country", _("An international organisation or dialogue format has no home country."))]
    return []


def not_part_of_itself(draft: Draft) -> list[Problem]:
    """A body is not part of itself."""
    if draft.id is not None and draft["parent_id"] == draft.id:
        return [Problem("parent_id", _("A body cannot be part of itself."))]
    return []


ORGANISATION = RecordType(
    table=Organisation,
    label=N_("Organisation"),
    plural=N_("Organisations"),
    one_line="{name}",
    fields=(
        field("name", N_("Name"), TEXT, required=True, search=True),
        field("acronym", N_("Acronym"), TEXT, search=True),
        field("kind", N_("Kind"), choice(ORGANISATION_KINDS), required=True),
        field("country", N_("Country"), link("country"), help=N_("The home state; none for an international body.")),
        field("parent_id", N_("Part of"), link("organisation")),
        field("url", N_("Web address"), URL, rare=True),
        field("wikidata", N_("Wikidata"), WIKIDATA, rare=True),
        field("note", N_("Note"), LONG_TEXT, search=True),
    ),
    columns=("name", "acronym", "kind", "country", "parent_id"),
    order=("name",),
    lines=(
        Lines("posts", N_("Posts"), "post", "organisation_id"),
        Lines("memberships", N_("Members"), "membership", "organisation_id"),
        Lines("aliases", N_("Other names"), "alias", "organisation_id"),
        Lines("citations", N_("Sources"), "citation", "organisation_id"),
    ),
    checks=(no_home_for_stateless, not_part_of_itself),
)
