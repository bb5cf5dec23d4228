"""The label of a record, one line of text, made from its `one_line` template, many records at a time.

A label may name links ("{title}, {organisation_id}"): their labels are fetched first, one statement a record type,
however many records there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from string import Formatter
from typing import Any

from sqlalchemy import ColumnElement, literal

from legation.fields.kinds import CODED, Link
from legation.fields.record_type import RecordType
from legation.records.catalogue import record_type
from legation.storage.reading import Reader

MOST_KEYS = 5000  # how many keys one statement names
_EDGES = re.compile(r"^[\s,:·]+|[\s,:·]+$")


def labels(reader: Reader, record: RecordType, keys: Collection[Any]) -> dict[Any, str]:
    """The labels of records by key (id, or code for countries and topics); keys that are not there are left out."""
    wanted = sorted({key for key in keys if key is not None})
    found: dict[Any, str] = {}
    for start in range(0, len(wanted), MOST_KEYS):
        found |= _labels(reader, record, wanted[start : start + MOST_KEYS])
    return found


def _labels(reader: Reader, record: RecordType, keys: list[Any]) -> dict[Any, str]:
    names = [name for _text, name, _spec, _conversion in Formatter().parse(record.one_line) if name]
    columns = record.table.__table__.c
    also = {name: record[name].kind.also for name in names if record[name].kind.also}
    chosen = [columns[record.key], *(columns[name] for name in names), *(columns[other] for other in also.values())]
    asked = ", ".join(f'"{each.name}"' for each in chosen)
    question = f'SELECT {asked} FROM "{record.name}" WHERE "{record.key}" IN (SELECT value FROM json_each(?))'
    rows = reader.sql(question, (json.dumps(keys),))
    linked: dict[str, dict[Any, str]] = {}
    for position, name in enumerate(names, 1):
        kind = record[name].kind
        if isinstance(kind, Link):
            linked[name] = labels(reader, record_type(kind.target), {row[position] for row in rows})
    found = {}
    for row in rows:
        extra = dict(zip(also, row[len(names) + 1 :], strict=True))
        parts = {
            name: linked[name].get(value, "") if name in linked else record[name].kind.format(value, extra.get(name))
            for name, value in zip(names, row[1:], strict=False)
        }
        found[row[0]] = _EDGES.sub("", record.one_line.format(**parts))
    return found


def filled(template: str, **parts: ColumnElement[str]) -> ColumnElement[str]:
    """A template with its braces filled, as SQL; NULL where a part is NULL."""
    made: ColumnElement[str] | None = None
    for text, name, _spec, _conversion in Formatter().parse(template):
        for piece in (*([literal(text)] if text else []), *([parts[name]] if name else [])):
            made = piece if made is None else made.concat(piece)
    return literal("") if made is None else made


def post_alone(label: str) -> str:
    """The post in the label of an appointment, for where the person is named already."""
    return label.partition(": ")[2] or label


def label(reader: Reader, record: RecordType, key: Any) -> str:
    """The label of one record; "" when it is not there."""
    return labels(reader, record, [key]).get(key, "")


def key_is_code(record: RecordType) -> bool:
    """Whether links to this record hold its code rather than its id."""
    return record.name in CODED
