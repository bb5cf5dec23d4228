"""One field of many records set to one value: what would change, and doing it as one step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from legation.fields.record_type import RecordType
from legation.i18n import N_
from legation.storage.database import Database
from legation.storage.labels import label
from legation.storage.loading import load_draft
from legation.storage.reading import Reader
from legation.storage.saving import open_problems, save
from legation.storage.steps import ChangeSet

MOST = 5000  # records filled in one step
MOST_SHOWN = 200


@dataclass(frozen=True)
class Filling:
    """What would happen to one record: its label, the value as read before and after, and what stands in the way."""

    id: int
    label: str
    old: str
    new: str
    problem: str = ""


def plan(reader: Reader, record: RecordType, ids: Sequence[int], field: str, value: Any) -> list[Filling]:
    """What setting a field would change, for the first records that have another value."""
    kind, found = record[field].kind, list[Filling]()
    for id in ids[:MOST]:
        draft = load_draft(reader, record, id)
        old = draft[field]
        if old == value:
            continue
        named = label(reader, record, draft[record.key] if record.key != "id" else id)
        draft[field] = value
        problem = next((each.sentence for _holder, each in open_problems(draft) if each.blocking), "")
        found.append(Filling(id, named, kind.format(old), kind.format(value), problem))
        if len(found) == MOST_SHOWN:
            break
    return found


def fill(database: Database, record: RecordType, ids: Sequence[int], field: str, value: Any) -> ChangeSet | None:
    """Set a field of records as one step; None when all have the value. Raises `RecordProblem`, and writes nothing."""
    with closing(database.reader()) as reader:
        drafts = [load_draft(reader, record, id) for id in ids[:MOST]]
    changed = [draft for draft in drafts if draft[field] != value]
    if not changed:
        return None
    for draft in changed:
        draft[field] = value

    def work(session: Any) -> None:
        for draft in changed:
            save(session, draft)

    words = record[field].label
    return database.write(N_("Change “{field}” of {count} records"), work, field=words, count=len(changed))
