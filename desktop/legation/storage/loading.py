"""Records as drafts: what a form edits, read with all of its lines.

The number of statements depends on the kinds of lines, not on how many there are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from legation.errors import UserError
from legation.fields.draft import Draft
from legation.fields.kinds import Link
from legation.fields.record_type import Lines, RecordType
from legation.i18n import _
from legation.records.catalogue import record_type, table_named
from legation.storage.labels import labels
from legation.storage.reading import Reader


def load_draft(reader: Reader, record: RecordType, id: int) -> Draft:
    """The record with its lines as a draft. Raises `UserError` when it is not there any more."""
    with reader.snapshot():
        last = int(reader.sql("SELECT coalesce(max(id), 0) FROM step")[0][0])
        found = _load(reader, record, "id", [id], last)
        if not found:
            raise UserError(_("{what} {id} is not there, or no longer.").format(what=_(record.label), id=id))
        _load_lines(reader, record, found, last)
    return found[0]


def link_labels(reader: Reader, draft: Draft) -> dict[tuple[str, Any], str]:
    """The labels of all records that a draft and its lines point at, by (record type, key)."""
    wanted: dict[str, set[Any]] = {}
    for each in draft.walk():
        for field in each.record.links:
            value = each[field.name]
            if isinstance(field.kind, Link) and value is not None and not isinstance(value, Draft):
                wanted.setdefault(field.kind.target, set()).add(value)
    return {
        (name, key): text
        for name, keys in wanted.items()
        for key, text in labels(reader, record_type(name), keys).items()
    }


def _load(reader: Reader, record: RecordType, column: str, keys: list[Any], last: int) -> list[Draft]:
    table = table_named(record.name)
    names = [each.name for each in record.stored]
    has_id = "id" in table.c
    chosen = [table.c.id if has_id else table.c.delegate_id, *(table.c[name] for name in names)]
    order: list[Any] = [table.c[name] for name in ("seq", "id") if name in table.c] or [table.c.appointment_id]
    if record.name == "appointment":
        order = [table.c.period.is_(None), table.c.period_from.desc(), table.c.id]
    rows = reader.rows(select(*chosen).where(table.c[column].in_(keys)).order_by(*order))
    drafts = []
    for row in rows:
        values = {name: value for name, value in zip(names, row[1:], strict=True) if value is not None}
        drafts.append(Draft(record, row[0] if has_id else None, dict(values), values, as_of=last))
    return drafts


def _load_lines(reader: Reader, record: RecordType, owners: list[Draft], last: int) -> None:
    for lines in record.lines:
        target = record_type(lines.record)
        keys = {_owner_key(owner, lines, record): owner for owner in owners}
        for owner in owners:
            owner.lines[lines.name] = []
        found = _load(reader, target, lines.via, list(keys), last)
        for line in found:
            keys[line[lines.via]].lines[lines.name].append(line)
        for owner in owners:
            owner.original_lines[lines.name] = tuple(each.line_key for each in owner.lines[lines.name])
        if target.lines and found:
            _load_lines(reader, target, found, last)


def _owner_key(owner: Draft, lines: Lines, record: RecordType) -> Any:
    return owner[record.key] if lines.via == record.name and record.key == "code" else owner.id
