"""What a report without rows says: how many events it looked through, and what to change."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from legation.documents.document import Document, Table
from legation.fields.draft import Draft
from legation.i18n import _, ngettext
from legation.records.catalogue import table_named
from legation.storage.reading import Reader


def say_nothing_found(document: Document, reader: Reader, options: Draft) -> None:
    """Let the first table of a document without rows say why there are none, if events are what it looked for."""
    places = [at for at, block in enumerate(document.blocks) if isinstance(block, Table)]
    if not places or any(table.count for table in document.tables) or "period" not in options.record.by_name:
        return
    table = document.blocks[places[0]]
    assert isinstance(table, Table)
    said = " ".join(part for part in (table.when_empty, nothing_found(reader, options)) if part)
    document.blocks[places[0]] = replace(table, when_empty=said)


def nothing_found(reader: Reader, options: Draft) -> str:
    """How many events were looked through in vain, and which option to change."""
    events = reader.value(select(func.count()).select_from(table_named("event")))
    if not events:
        return _("The workspace has no events yet.")
    looked = ngettext(
        "{count} event was looked through; it is not of this report by these options.",
        "{count} events were looked through; none is of this report by these options.",
        events,
    ).format(count=f"{events:,}")
    return f"{looked} {_what_to_change(options)}"


def _what_to_change(options: Draft) -> str:
    given = {each.name for each in options.record.stored if options[each.name] is not None and not each.rare}
    if {"period", "where"} <= given:
        return _("Choose a longer period or a wider filter.")
    if "period" in given:
        return _("Choose a longer period.")
    if "where" in given:
        return _("Choose a wider filter.")
    return _("Choose fewer or other options.")
