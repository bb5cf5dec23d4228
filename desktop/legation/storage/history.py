"""The history in words: which steps there were, by whom, and what each changed, field by field, old and new."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from legation.fields.kinds import Link
from legation.fields.record_type import RecordType
from legation.i18n import _
from legation.records.catalogue import RECORD_TYPES, record_type
from legation.records.vocabulary import EVENT_KIND_WORDS
from legation.storage.labels import labels
from legation.storage.reading import Reader
from legation.storage.setting_words import setting_words, value_words
from legation.storage.undo import IS_UNDO, label_in_words

DERIVED_ENDS = ("_from", "_to")


def newest_foreign_step(reader: Reader, session: str) -> int:
    """The number of the newest step that another window or command took; 0 when there is none."""
    rows = reader.sql("SELECT id FROM step WHERE session <> ? ORDER BY id DESC LIMIT 1", (session,))
    return int(rows[0][0]) if rows else 0


@dataclass(frozen=True)
class StepRow:
    """A step as the history lists it. `undoes` and `undone_by` are numbers of steps or None."""

    id: int
    label: str
    at: str
    who: str
    changes: int
    undoes: int | None
    undone_by: int | None
    is_undo: bool = False

    @property
    def words(self) -> str:
        """The label, told as an undo or a redo where it is one."""
        if self.undoes is None:
            return self.label
        return (_("Undo: {label}") if self.is_undo else _("Redo: {label}")).format(label=self.label)


@dataclass(frozen=True)
class ChangeRow:
    """One change in words: which record, which field, old and new value; field is "" for a whole record."""

    record: str
    key: Any
    what: str
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The change as one line."""
        if self.field:
            return _("{what}: {field}: {before} → {after}").format(
                what=self.what, field=self.field, before=self.before or "–", after=self.after or "–"
            )
        return _("{what} deleted").format(what=self.what) if self.before else _("{what} added").format(what=self.what)


_STEPS = (
    "SELECT s.id, s.label, s.arguments, s.at, s.who, "
    "(SELECT count(*) FROM change c WHERE c.step_id = s.id), s.undoes, "
    f"(SELECT max(u.id) FROM step u WHERE u.undoes = s.id), s.undoes IS NOT NULL AND {IS_UNDO} FROM step s"
)


def steps(reader: Reader, *, limit: int = 200, before: int | None = None) -> list[StepRow]:
    """The newest steps, or the newest of those with a number below `before`."""
    where = "WHERE s.id < :before" if before is not None else ""
    rows = reader.sql(f"{_STEPS} {where} ORDER BY s.id DESC LIMIT :limit", {"before": before, "limit": limit})
    return [_step_row(row) for row in rows]


def steps_of(reader: Reader, record: str, id: Any, *, limit: int = 50) -> list[StepRow]:
    """The newest steps that changed one record's own row."""
    key = json.dumps([id], separators=(",", ":"))
    rows = reader.sql(
        f'{_STEPS} WHERE s.id IN (SELECT step_id FROM change WHERE "table" = :record AND key = :key) '
        "ORDER BY s.id DESC LIMIT :limit",
        {"record": record, "key": key, "limit": limit},
    )
    return [_step_row(row) for row in rows]


def step(reader: Reader, id: int) -> StepRow | None:
    """One step; None when there is none with this number."""
    rows = reader.sql(f"{_STEPS} WHERE s.id = ?", (id,))
    return _step_row(rows[0]) if rows else None


def _step_row(row: tuple[Any, ...]) -> StepRow:
    return StepRow(row[0], label_in_words(row[1], row[2]), row[3], row[4], row[5], row[6], row[7], bool(row[8]))


def changes(reader: Reader, step: int, *, limit: int = 500) -> list[ChangeRow]:
    """What a step changed, in words; the first `limit` changes."""
    rows = reader.sql(
        'SELECT "table", key, before, after FROM change WHERE step_id = ? ORDER BY id LIMIT ?', (step, limit)
    )
    read = [(table, json.loads(key), _plain(before), _plain(after)) for table, key, before, after in rows]
    names = _names(reader, read)
    found: list[ChangeRow] = []
    for table, key, before, after in read:
        record = RECORD_TYPES.get(table)
        what = _what(record, table, key[0], before or after or {}, names)
        if before is not None and after is not None:
            found += _fields(record, table, key[0], what, before, after, names)
        else:
            found.append(
                ChangeRow(table, key[0], what, "", "" if before is None else what, "" if after is None else what)
            )
    return found


def _plain(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def _names(reader: Reader, read: list[Any]) -> dict[str, dict[Any, str]]:
    """Labels of every record that the changes name, by record type and key."""
    wanted: dict[str, set[Any]] = {}
    for table, key, before, after in read:
        record = RECORD_TYPES.get(table)
        if record is None:
            continue
        if record.key == "id":
            wanted.setdefault(table, set()).add(key[0])
        for each in record.links:
            if isinstance(each.kind, Link):
                for row in (before, after):
                    if row and row.get(each.name) is not None:
                        wanted.setdefault(each.kind.target, set()).add(row[each.name])
    return {name: labels(reader, record_type(name), keys) for name, keys in wanted.items()}


def _what(
    record: RecordType | None, table: str, key: Any, row: dict[str, Any], names: dict[str, dict[Any, str]]
) -> str:
    """The record named: by its present label, or by what the logged row says when it is gone."""
    if table == "setting":
        return setting_words(str(key))
    if table == "event_kind":
        return _("Kind of event “{kind}”").format(kind=_(EVENT_KIND_WORDS.get(str(key), str(key))))
    if record is None:
        return f"{table} {key}"
    label = names.get(table, {}).get(key) or row.get("title") or row.get("name") or row.get("code")
    if not label:
        links = [names.get(each.kind.target, {}).get(row.get(each.name), "") for each in record.links]  # type: ignore[attr-defined]
        label = ", ".join(part for part in links if part) or str(key)
    return f"{_(record.label)} “{label}”"


def _fields(
    record: RecordType | None,
    table: str,
    key: Any,
    what: str,
    before: dict[str, Any],
    after: dict[str, Any],
    names: dict[str, dict[Any, str]],
) -> list[ChangeRow]:
    found = []
    for name in before:
        field = record.by_name.get(name) if record else None
        if table == "setting":
            words = (value_words(str(key), row[name]) for row in (before, after))
            found.append(ChangeRow(table, key, what, _("holds"), *words))
            continue
        if field is None and (name.endswith(DERIVED_ENDS) or name in ("sort_name", "key")):
            continue
        if field is None:
            shown = (name, str(before[name]), str(after[name]))
        elif isinstance(field.kind, Link):
            known = names.get(field.kind.target, {})
            texts = [known.get(row[name], "" if row[name] is None else str(row[name])) for row in (before, after)]
            shown = (_(field.label), texts[0], texts[1])
        else:
            shown = (_(field.label), field.kind.format(before[name]), field.kind.format(after[name]))
        found.append(ChangeRow(table, key, what, *shown))
    return found
