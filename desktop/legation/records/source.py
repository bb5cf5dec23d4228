"""Sources: what was read, each pointing at the source it cites. Terms follow CSL-JSON."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint

from legation.fields.draft import Draft
from legation.fields.kinds import DAY, FUZZY_DATE, LANGUAGE, LONG_TEXT, TEXT, URL, choice, link
from legation.fields.record_type import Problem, RecordType, field
from legation.i18n import N_, _
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
    uid,
)
from legation.records.row import Row
from legation.records.vocabulary import SOURCE_KINDS


class Source(Row, table=True):
    """A dispatch, page or document; `derived_from_id` NULL means first-hand."""

    __tablename__ = "source"
    __table_args__: Any = (
        one_of("kind", SOURCE_KINDS, name="ck_source_kind"),
        CheckConstraint("title IS NOT NULL OR publisher_id IS NOT NULL", name="ck_source_named"),
        CheckConstraint("derived_from_id <> id", name="ck_source_derived_from"),
        dated("issued", "source"),
        KEPT,
    )
    id: int | None = row_id()
    uid: str = uid()
    kind: str = required_text()
    title: str | None = optional_text()
    author: str | None = optional_text()
    publisher_id: int | None = link_to("organisation.id")
    issued: str | None = optional_text()
    issued_from: str = earliest()
    issued_to: str = latest()
    accessed: str | None = optional_text()
    url: str | None = optional_text(unique=True)
    archive_url: str | None = optional_text()
    language: str | None = optional_text()
    derived_from_id: int | None = link_to("source.id")
    body: str | None = optional_text()


def named(draft: Draft) -> list[Problem]:
    """A source has a title, a publisher, or both."""
    if draft["title"] is None and draft["publisher_id"] is None:
        return [Problem("title", _("Give the title or the publisher."))]
    return []


def not_from_itself(draft: Draft) -> list[Problem]:
    """A source does not cite itself."""
    if draft.id is not None and draft["derived_from_id"] == draft.id:
        return [Problem("derived_from_id", _("A source cannot be derived from itself."))]
    return []


SOURCE = RecordType(
    table=Source,
    label=N_("Source"),
    plural=N_("Sources"),
    one_line="{title}, {publisher_id}",
    fields=(
        field("title", N_("Title"), TEXT, search=True),
        field("publisher_id", N_("Publisher"), link("organisation")),
        field("issued", N_("Issued"), FUZZY_DATE, help=N_("When it was published, never the event's date.")),
        field("kind", N_("Kind"), choice(SOURCE_KINDS), required=True, default="article-newspaper"),
        field("url", N_("Web address"), URL, search=True),
        field("derived_from_id", N_("Citing"), link("source"), help=N_("The source it cites; empty when first-hand.")),
        field("author", N_("Author"), TEXT, search=True, rare=True),
        field("language", N_("Language"), LANGUAGE, rare=True),
        field("accessed", N_("Read on"), DAY, rare=True),
        field("archive_url", N_("Archived copy"), URL, rare=True),
        field("body", N_("Kept text"), LONG_TEXT, search=True, help=N_("For quoting and searching."), rare=True),
    ),
    columns=("issued", "title", "publisher_id", "derived_from_id", "kind", "language", "url"),
    order=("-issued", "title"),
    checks=(named, not_from_itself),
)
