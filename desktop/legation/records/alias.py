"""Aliases: other names of a country, person, organisation, post or event, exactly as printed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, text as sql

from legation.fields.kinds import LANGUAGE, TEXT, choice, link
from legation.fields.record_type import RecordType, field
from legation.i18n import N_
from legation.records.columns import KEPT, code_link, link as link_to, one_of, optional_text, required_text, row_id
from legation.records.row import Row
from legation.records.vocabulary import ALIAS_KINDS

ALIAS_TARGETS = ("country", "person_id", "organisation_id", "post_id", "event_id")


class Alias(Row, table=True):
    """One other name of exactly one record; `key` is its derived match key."""

    __tablename__ = "alias"
    __table_args__: Any = (
        one_of("kind", ALIAS_KINDS, name="ck_alias_kind"),
        CheckConstraint(" + ".join(f"({each} IS NOT NULL)" for each in ALIAS_TARGETS) + " = 1", name="ck_alias_target"),
        Index(
            "ux_alias_name",
            sql("coalesce(country, '')"),
            *(sql(f"coalesce({each}, 0)") for each in ALIAS_TARGETS[1:]),
            "name",
            unique=True,
        ),
        KEPT,
    )
    id: int | None = row_id()
    name: str = required_text()
    kind: str = required_text()
    lang: str | None = optional_text()
    key: str = required_text(index=True)
    country: str | None = code_link("country.code")
    person_id: int | None = link_to("person.id")
    organisation_id: int | None = link_to("organisation.id")
    post_id: int | None = link_to("post.id")
    event_id: int | None = link_to("event.id")


ALIAS = RecordType(
    table=Alias,
    label=N_("Other name"),
    plural=N_("Other names"),
    one_line="{name}",
    fields=(
        field("name", N_("Name"), TEXT, required=True, search=True, help=N_("Exactly as printed.")),
        field("kind", N_("Kind"), choice(ALIAS_KINDS), required=True, default="transliteration"),
        field("lang", N_("Language"), LANGUAGE, help=N_("With the script where needed: tk-Latn.")),
        field("country", N_("Country"), link("country")),
        field("person_id", N_("Official"), link("person")),
        field("organisation_id", N_("Organisation"), link("organisation")),
        field("post_id", N_("Post"), link("post")),
        field("event_id", N_("Event"), link("event")),
    ),
    columns=("name", "kind", "lang"),
    order=("name",),
)
