"""The same file once more, or a later one like it: which rows were imported before, and what was done to them since.

A row is known again by its key, whatever the file is called now: a file under another name is taken for a later one
when half of its rows have keys of an earlier one and a third of those say the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from legation.i18n import N_
from legation.storage.reading import Reader

LABEL = N_("Import {file}")
SOURCE_ROW = "(file)"  # the row of `import_key` that says of which source a file is
SHARED_KEYS, SHARED_DIGESTS = 0.5, 1 / 3


@dataclass
class EarlierRow:
    """A row that was imported before: its digest, the records it became, the rows of `import_key` that say so."""

    digest: str
    records: list[tuple[str, int]] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


class Earlier:
    """The rows of an earlier import of this file; empty where there was none."""

    def __init__(self, reader: Reader, file: str, digests: Mapping[str, str]) -> None:
        self._reader = reader
        self.source_file = _source_of(reader, file, digests)
        self.rows: dict[str, EarlierRow] = {}
        asked = "SELECT source_row, digest, record, record_id, id FROM import_key WHERE source_file = ? ORDER BY id"
        for key, digest, record, id, number in reader.sql(asked, (self.source_file,)):
            row = self.rows.setdefault(key, EarlierRow(digest))
            row.digest = digest
            row.records.append((record, int(id)))
            row.keys.append(int(number))
        self.gone = [key for key in self.rows if key not in digests and key != SOURCE_ROW]
        self._there: dict[str, set[int]] = {}

    def main_record(self, key: str, record: str) -> int | None:
        """The id of the record of a type that a row became first; None when it became none."""
        row = self.rows.get(key)
        return next((id for name, id in row.records if name == record), None) if row else None

    def is_there(self, record: str, id: int) -> bool:
        """Whether a record that was imported is still in the workspace."""
        if record not in self._there:
            self._there[record] = {int(row[0]) for row in self._reader.sql(f'SELECT id FROM "{record}"')}
        return id in self._there[record]

    def changed_by_hand(self, record: str, id: int) -> set[str]:
        """The fields of a record that were changed by a step which was no import."""
        asked = (
            'SELECT c.before FROM change c JOIN step s ON s.id = c.step_id WHERE c."table" = ? AND c.key = ? '
            "AND c.before IS NOT NULL AND c.after IS NOT NULL AND s.label <> ?"
        )
        found: set[str] = set()
        for (before,) in self._reader.sql(asked, (record, f"[{id}]", LABEL)):
            found |= set(json.loads(before))
        return found


def _source_of(reader: Reader, file: str, digests: Mapping[str, str]) -> str:
    """The name under which this file, or an earlier one like it, was imported; its own name where none was."""
    if reader.sql("SELECT 1 FROM import_key WHERE source_file = ? LIMIT 1", (file,)):
        return file
    shared: dict[str, int] = {}
    same: dict[str, int] = {}
    for source, row, digest in reader.sql("SELECT DISTINCT source_file, source_row, digest FROM import_key"):
        if row in digests:
            shared[source] = shared.get(source, 0) + 1
            same[source] = same.get(source, 0) + (digests[row] == digest)
    best = max(shared, key=lambda each: same[each], default=None)
    if best is None or shared[best] < SHARED_KEYS * len(digests) or same[best] < SHARED_DIGESTS * shared[best]:
        return file
    return best
