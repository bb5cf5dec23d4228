"""Suggestions for link boxes: records whose words begin with what is typed, exact codes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legation.records.catalogue import record_type
from legation.storage.labels import labels
from legation.storage.reading import Reader
from legation.storage.search import matching_ids


@dataclass(frozen=True)
class Suggestion:
    """A record that a link box offers: what the link stores, its label, and what tells namesakes apart."""

    record: str
    key: Any
    id: int
    label: str
    matched: str = ""
    also: str = ""


def suggest(
    reader: Reader,
    records: str | Sequence[str],
    typed: str,
    *,
    limit: int = 12,
    within: Mapping[str, Any] | None = None,
    recent: bool = True,
) -> list[Suggestion]:
    """The records of some types that typed letters may mean, best first; `within` narrows by columns."""
    found: list[Suggestion] = []
    for name in [records] if isinstance(records, str) else records:
        record = record_type(name)
        key = record.key
        where = "".join(f" AND {column} = {value!r}" for column, value in (within or {}).items())
        sql, parameters = matching_ids(name, typed) or ("SELECT 0", {})
        more = f"OR upper(code) = '{typed.upper()}'" if key == "code" and typed.isalnum() else ""
        rows = reader.sql(f"SELECT {key}, id FROM {name} WHERE (id IN ({sql}) {more}){where} LIMIT {limit}", parameters)
        names = labels(reader, record, [row[0] for row in rows])
        found += [Suggestion(name, row[0], row[1], names[row[0]]) for row in rows]
        found.sort(key=lambda each: str(each.key).casefold() != typed.casefold())
    return found[:limit]
