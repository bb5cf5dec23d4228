"""A planned merge in words: what moves, what becomes one, which values stay, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from legation.fields.kinds import Link
from legation.i18n import N_, _
from legation.quality.joining import FieldPair
from legation.quality.merge_plan import Join, Key, Obstacle, Plan
from legation.records.catalogue import RECORD_TYPES, record_type, table_named
from legation.storage.labels import labels, post_alone
from legation.storage.reading import Reader, listed

OTHER_TABLES = {"import_key": N_("Imported row"), "not_same": N_("Not the same as")}
OF_EVENTS = ("delegation", "delegate", "agenda_item", "outcome")  # told with the event that they belong to


@dataclass(frozen=True)
class Line:
    """One row in a preview: what kind of row, which one, and what becomes of it."""

    what: str
    which: str
    then: str


@dataclass(frozen=True)
class FieldLine:
    """One field in which the two differ: its name, its label, the value that stays and the one that goes, in words."""

    name: str
    label: str
    stays: str
    goes: str
    takes_other: bool


def counts(plan: Plan) -> dict[str, int]:
    """How many rows of each table move or become one, in the order of the tables; the two records are not counted."""
    found: dict[str, int] = {}
    for table in (*(each.table for each in plan.moves), *(each.table for each in plan.joins[1:])):
        found[table] = found.get(table, 0) + 1
    order = [*RECORD_TYPES, *OTHER_TABLES]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0])))


def summary(plan: Plan) -> str:
    """What moves, in one line."""
    found = counts(plan)
    if not found:
        return _("Nothing points at the one that goes.")
    told = ", ".join(
        _("{records} ({count})").format(records=_plural(table).lower(), count=f"{count:,}")
        for table, count in found.items()
    )
    return _("What moves: {told}.").format(told=told)


def _plural(table: str) -> str:
    return _(RECORD_TYPES[table].plural) if table in RECORD_TYPES else _(OTHER_TABLES[table])


def _label(table: str) -> str:
    return _(RECORD_TYPES[table].label) if table in RECORD_TYPES else _(OTHER_TABLES[table])


def lines(reader: Reader, plan: Plan, most: int | None = None) -> list[Line]:
    """Every row that moves, becomes one or is added, table by table; the first `most` of them."""
    moved = [(each.table, each.key, _("moves")) for each in plan.moves]
    joined = [(each.table, each.gone, _becomes(each)) for each in plan.joins[1:]]
    dropped = [(table, key, _("goes, because they are the same now")) for table, key in plan.dropped]
    added = [Line(_label("alias"), name.name, _("is added")) for join in plan.joins for name in join.names]
    order = {name: place for place, name in enumerate((*RECORD_TYPES, *OTHER_TABLES))}
    rows = sorted((*joined, *moved, *dropped), key=lambda row: order[row[0]])
    shown = rows if most is None else rows[: max(0, most - len(added))]
    called = _called(reader, [(table, key) for table, key, _then in shown])
    return [*added, *(Line(_label(table), called.get((table, key), ""), then) for table, key, then in shown)]


def _becomes(join: Join) -> str:
    """What becomes of a row that is one with another, with the values that nothing keeps."""
    if not join.lost:
        return _("becomes one with the same")
    record = record_type(join.table)
    lost = "; ".join(
        _("{field} “{gone}” gives way to “{kept}”").format(
            field=_(record[name].label), gone=record[name].kind.format(gone), kept=record[name].kind.format(kept)
        )
        for name, kept, gone in join.lost
    )
    return _("becomes one with the same: {lost}").format(lost=lost)


def _called(reader: Reader, rows: Iterable[tuple[str, Key]]) -> dict[tuple[str, Key], str]:
    """What rows are called, many at a time: their label, and the event that they belong to."""
    keys: dict[str, list[Key]] = {}
    for table, key in rows:
        keys.setdefault(table, []).append(key)
    found: dict[tuple[str, Key], str] = {}
    for table, listed_keys in keys.items():
        tell = {"capacity": _capacities, "import_key": _imported, "not_same": _told_apart}.get(table, _records)
        told = tell(reader, table, listed_keys)
        found |= {(table, key): words for key, words in told.items()}
    return found


def _records(reader: Reader, table: str, keys: Sequence[Key]) -> dict[Key, str]:
    record, ids = record_type(table), [key[0] for key in keys]
    columns = table_named(table).c
    by_id: dict[Any, Any] = {id: id for id in ids}
    if record.key == "code":
        by_id = dict(reader.rows(select(columns.id, columns.code).where(columns.id.in_(listed(ids)))))
    called = labels(reader, record, list(by_id.values()))
    found = {(id,): called.get(key, "") for id, key in by_id.items()}
    if table in OF_EVENTS:
        events: dict[Any, Any] = dict(
            reader.rows(select(columns.id, columns.event_id).where(columns.id.in_(listed(ids))))
        )
        named = labels(reader, record_type("event"), set(events.values()))
        found = {key: _beside(named.get(events.get(key[0]), ""), words) for key, words in found.items()}
    return found


def _beside(*words: str) -> str:
    return " · ".join(each for each in words if each)


def _capacities(reader: Reader, _table: str, keys: Sequence[Key]) -> dict[Key, str]:
    delegate = table_named("delegate").c
    rows = reader.rows(select(delegate.id, delegate.event_id).where(delegate.id.in_(listed([key[0] for key in keys]))))
    events: dict[Any, Any] = dict(rows)
    named = labels(reader, record_type("event"), set(events.values()))
    held = labels(reader, record_type("appointment"), {key[1] for key in keys})
    return {key: _beside(named.get(events.get(key[0]), ""), post_alone(held.get(key[1], ""))) for key in keys}


def _imported(reader: Reader, table: str, keys: Sequence[Key]) -> dict[Key, str]:
    columns = table_named(table).c
    statement = select(columns.id, columns.source_file, columns.source_row)
    rows = reader.rows(statement.where(columns.id.in_(listed([key[0] for key in keys]))))
    return {(id,): f"{file} {row}" for id, file, row in rows}


def _told_apart(reader: Reader, table: str, keys: Sequence[Key]) -> dict[Key, str]:
    columns = table_named(table).c
    statement = select(columns.id, columns.record, columns.first_id, columns.second_id)
    rows = reader.rows(statement.where(columns.id.in_(listed([key[0] for key in keys]))))
    found = {}
    for id, record, first, second in rows:
        called = _called(reader, [(record, (first,)), (record, (second,))])
        found[(id,)] = _beside(*called.values())
    return found


def field_lines(reader: Reader, plan: Plan) -> list[FieldLine]:
    """The fields in which the two differ, in words."""
    record = record_type(plan.record)
    found = []
    for pair in plan.fields:
        kept, gone = _words(reader, plan, pair)
        stays, goes = (gone, kept) if pair.takes_other else (kept, gone)
        found.append(FieldLine(pair.name, _(record[pair.name].label), stays, goes, pair.takes_other))
    return found


def _words(reader: Reader, plan: Plan, pair: FieldPair) -> tuple[str, str]:
    kind = record_type(plan.record)[pair.name].kind
    if not isinstance(kind, Link):
        return kind.format(pair.kept), kind.format(pair.gone)
    called = labels(reader, record_type(kind.target), [pair.kept, pair.gone])
    return called.get(pair.kept, ""), called.get(pair.gone, "")


def obstacles(reader: Reader, plan: Plan) -> list[str]:
    """What stands in the way, each with what to do first."""
    return list(dict.fromkeys(_obstacle(reader, plan, each) for each in plan.obstacles))


def _obstacle(reader: Reader, plan: Plan, obstacle: Obstacle) -> str:
    called = _called(reader, obstacle.rows)
    words = [called.get(row, "") for row in obstacle.rows]
    if obstacle.kind == "value":
        return _("{problem} Choose another value.").format(problem=obstacle.sentence)
    if obstacle.kind == "taken":
        return _("{name} has the same name or number already. Merge with it, or choose another value.").format(
            name=words[1]
        )
    if obstacle.kind == "loop":
        return _("{one} would be part of its own part: {way}. Change what it is part of first.").format(
            one=words[0], way=" → ".join(words)
        )
    if obstacle.rows[0][0] == "delegate":
        return _two_delegates(reader, obstacle)
    return _("{one} and {other} would be one row, but belong to two records. Change one of them first.").format(
        one=words[0], other=words[1]
    )


def _two_delegates(reader: Reader, obstacle: Obstacle) -> str:
    """Two delegates who would be one person on two sides, or two heads of one party."""
    delegate, ids = table_named("delegate").c, [row[1][0] for row in obstacle.rows]
    rows = {
        row[0]: row[1:]
        for row in reader.rows(
            select(delegate.id, delegate.event_id, delegate.delegation_id, delegate.person_id).where(
                delegate.id.in_(ids)
            )
        )
    }
    (event, one_side, one), (_same, other_side, other) = (rows[id] for id in ids)
    at = labels(reader, record_type("event"), [event])[event]
    persons = labels(reader, record_type("person"), [one, other])
    if obstacle.kind == "apart":
        sides = labels(reader, record_type("delegation"), [one_side, other_side])
        return _(
            "At “{event}” {one} sits for {side} and {other} for {other_side}; nobody sits on two sides. "
            "Take one of them out there first."
        ).format(event=at, one=persons[one], other=persons[other], side=sides[one_side], other_side=sides[other_side])
    return _(
        "At “{event}” {one} and {other} would both be the head of one party. Make one of them a member there first."
    ).format(event=at, one=persons[one], other=persons[other])
