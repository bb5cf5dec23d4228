"""What the next record keeps of the one just saved: a dispatch tells of several events, from one source."""

from __future__ import annotations

from typing import Any

from legation.fields.draft import Draft, duplicate, new_draft

STICKY = {  # record type: the fields that stay
    "event": ("date", "country", "city", "status"),
    "source": ("publisher_id", "kind", "language", "accessed"),
    "appointment": ("post_id",),
    "post": ("organisation_id",),
    "outcome": ("event_id",),
}
STICKY_LINES = ("citations",)


def next_draft(saved: Draft, **values: Any) -> Draft:
    """A draft of a new record after a saved one; `values` are those of the page."""
    record = saved.record
    kept = {name: saved[name] for name in STICKY.get(record.name, ()) if not isinstance(saved[name], Draft)}
    draft = new_draft(record, **{**values, **{name: value for name, value in kept.items() if value is not None}})
    for name in STICKY_LINES:
        for line in saved.lines.get(name, []):
            if not isinstance(line["source_id"], Draft):
                copied = duplicate(line)
                copied.values = {key: value for key, value in copied.values.items() if key in ("source_id", "locator")}
                draft.add_line(name, copied)
    return draft
