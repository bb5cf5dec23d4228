"""The sample workspace "Tokyo, January 2025": its rows, written in a step like any other."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from legation.paths import resources
from legation.records.catalogue import record_type, table_named
from legation.storage.saving import derived_values

SAMPLE = "tokyo-january-2025.json"
SAMPLE_ORDER = (
    "country", "topic", "organisation", "membership", "person", "post", "appointment", "event", "delegation",
    "delegate", "capacity", "outcome", "agenda_item", "source", "citation", "alias",
)  # fmt: skip


def named_uid(key: str) -> str:
    """The same identity for a row that comes with the program in every workspace: a UUID by name (RFC 9562, v5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"legation:organisation:{key}"))


def load_sample(session: Session, bodies: dict[str, int]) -> None:
    """Write the rows of the sample workspace inside an open step; `bodies` are those of the reference data by key."""
    plain = json.loads((resources() / "sample" / SAMPLE).read_text(encoding="utf-8"))["tables"]
    known: dict[str, int] = {}
    for record, row in _in_order(plain):
        table = table_named(record)
        values = {name: _resolved(value, known, bodies) for name, value in row.items() if name != "key"}
        values |= derived_values(record_type(record), {**{f.name: None for f in record_type(record).stored}, **values})
        if "uid" in table.c:
            values.setdefault("uid", named_uid(f"sample:{record}:{row.get('key')}"))
        result: Any = session.execute(insert(table).values(**values))
        if "key" in row and "id" in table.c:
            known[str(row["key"])] = int(result.inserted_primary_key[0])


def _in_order(plain: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in SAMPLE_ORDER:
        for row in plain.get(record, []):
            yield record, row


def _resolved(value: Any, known: dict[str, int], bodies: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return known[value["ref"]] if "ref" in value else bodies[value["reference"]]
    return value
