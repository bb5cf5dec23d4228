"""Citations of events: of the event itself, its parties, delegates, agenda items and outcomes."""

from __future__ import annotations

from sqlalchemy import select

from legation.records.catalogue import table_named
from legation.storage.reading import Reader

PARTS = ("delegation", "delegate", "agenda_item", "outcome")  # of events, which may be cited on their own


def cited_parts(reader: Reader) -> tuple[str, ...]:
    """Those of the parts that any citation is of: about the others nothing need be asked."""
    citation = table_named("citation")
    there = select(*(select(citation.c.id).where(citation.c[f"{name}_id"].is_not(None)).exists() for name in PARTS))
    return tuple(name for name, is_there in zip(PARTS, reader.rows(there)[0], strict=True) if is_there)  # type: ignore[arg-type]
