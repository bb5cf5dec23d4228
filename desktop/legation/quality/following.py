"""Finding what became of a record that is not there any more because it became one with another.

Read from the history, so that it holds for what is kept outside the workspace too, such as a form that was left unsaved
before the merge, and ends when the merge is undone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from legation.fields.draft import Draft
from legation.fields.kinds import Link
from legation.quality.merging import MERGE, MERGEABLE
from legation.records.catalogue import record_type, table_named
from legation.storage.loading import load_draft
from legation.storage.reading import Reader


def now_one_with(reader: Reader, record: str, id: int) -> int | None:
    """The record that one which is not there any more became one with; None when it is there, or was deleted."""
    seen = {id}
    found: int | None = None
    while (step := _merged_into(reader, record, id if found is None else found)) is not None and step not in seen:
        seen.add(step)
        found = step
    return found


def _merged_into(reader: Reader, record: str, id: int) -> int | None:
    """What the step that took a row away made it one with."""
    rows = reader.sql(
        "SELECT s.label, c.after, json_extract(s.arguments, '$.record'), json_extract(s.arguments, '$.gone_id'), "
        "json_extract(s.arguments, '$.kept_id') FROM change c JOIN step s ON s.id = c.step_id "
        'WHERE c."table" = ? AND c.key = ? ORDER BY c.id DESC LIMIT 1',
        (record, f"[{id}]"),
    )
    for label, after, of, gone, kept in rows:
        if after is None and label == MERGE and of == record and gone == id:
            return int(kept)
    return None


def followed_draft(reader: Reader, draft: Draft) -> Draft:
    """A draft whose links point at the records that those it named became one with.

    Where the record of the draft itself became one with another, it becomes a draft of that one with what was typed.
    """
    for each in draft.walk():
        for field in each.record.links:
            value = each[field.name]
            if isinstance(field.kind, Link) and field.kind.target in MERGEABLE and isinstance(value, int | str):
                now = _key_now(reader, field.kind.target, value)
                if now is not None:
                    each.values[field.name] = now
    record = draft.record
    if draft.id is None or record.name not in MERGEABLE or _is_there(reader, record.name, draft.id):
        return draft
    kept = now_one_with(reader, record.name, draft.id)
    if kept is None:
        return draft
    made = load_draft(reader, record, kept)
    for name in draft.touched - {record.key}:
        made[name] = draft[name]
    for name, lines in draft.lines.items():
        made.lines.setdefault(name, []).extend(line for line in lines if line.line_key is None)
    return made


def _is_there(reader: Reader, record: str, id: int) -> bool:
    table = table_named(record)
    return reader.value(select(table.c.id).where(table.c.id == id)) is not None


def _key_now(reader: Reader, record: str, key: Any) -> Any:
    """The key of the record that a link should hold instead; None when it is right as it is, or nothing is known."""
    table = table_named(record)
    if record_type(record).key == "id":
        return None if _is_there(reader, record, int(key)) else now_one_with(reader, record, int(key))
    if reader.value(select(table.c.id).where(table.c.code == key)) is not None:
        return None
    gone = reader.sql(
        "SELECT json_extract(before, '$.id') FROM change WHERE \"table\" = ? AND after IS NULL "
        "AND json_extract(before, '$.code') = ? ORDER BY id DESC LIMIT 1",
        (record, key),
    )
    now = now_one_with(reader, record, int(gone[0][0])) if gone else None
    return None if now is None else reader.value(select(table.c.code).where(table.c.id == now))
