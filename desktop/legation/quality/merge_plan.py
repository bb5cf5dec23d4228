"""What becoming one means for two records: every row that then points elsewhere, and every row that becomes one below.

Follows the foreign keys of the tables from row to row. Where a row that moves would stand twice (the same person twice
at an event, the same appointment, the same post of two bodies), the two rows become one as well, and what points at
them moves in turn. What cannot be decided by rule is an obstacle. Only reads; `merging.py` writes what is planned here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legation.quality.joining import FieldPair, OtherName, other_names, pairs_of, written
from legation.quality.references import (
    ForeignKey,
    UniqueKey,
    foreign_keys_of,
    foreign_keys_to,
    key_of,
    named_rows,
    unique_keys,
)
from legation.records.catalogue import RECORD_TYPES, table_named

Ask = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]
Key = tuple[Any, ...]
RowId = tuple[str, Key]
Values = dict[str, Any]


@dataclass(frozen=True)
class Move:
    """A row that points elsewhere afterwards: the columns that change, with their new values."""

    table: str
    key: Key
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Join:
    """A row that becomes one with another: what the kept row takes over, what nothing keeps, and its other names."""

    table: str
    gone: Key
    kept: Key
    taken: tuple[tuple[str, Any], ...] = ()
    lost: tuple[tuple[str, Any, Any], ...] = ()
    names: tuple[OtherName, ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """Why two records cannot become one yet: `kind` names the rule, `rows` are the rows it is about."""

    kind: str
    rows: tuple[RowId, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class Plan:
    """All that becoming one does: to the two records (the first of `joins`, decided field by field in `fields`), to the
    rows that point at either, and to the rows that become one because of it, in the order in which it was found.

    `own` holds the links of the kept record that change by themselves, such as one to the record that goes.
    """

    record: str
    kept: int
    gone: int
    fields: tuple[FieldPair, ...]
    own: tuple[tuple[str, Any], ...]
    moves: tuple[Move, ...]
    joins: tuple[Join, ...]
    dropped: tuple[RowId, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def top(self) -> Join:
        """The two records themselves."""
        return self.joins[0]


def plan_merge(ask: Ask, record: str, kept: int, gone: int, take: Mapping[str, bool] | None = None) -> Plan:
    """Plan that the record with the id `gone` becomes one with `kept`.

    `take` says for fields by name whether the other's value is taken; the others are decided by rule. Raises `KeyError`
    when one of the two is not there.
    """
    found = _Following(ask)
    found.join((record, (gone,)), (record, (kept,)))
    found.follow()
    return found.plan(take or {})


class _Following:
    """The rows as they are and as they will be, while references are followed from row to row."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.rows: dict[RowId, Values] = {}
        self.changes: dict[RowId, Values] = {}
        self.into: dict[RowId, RowId] = {}
        self._left: dict[RowId, Values] = {}
        self.dropped: list[RowId] = []
        self.obstacles: list[Obstacle] = []
        self._queue: deque[RowId] = deque()
        self._holders: dict[tuple[str, tuple[Any, ...]], RowId] = {}
        self._sources: dict[RowId, list[RowId]] = {}

    def join(self, gone: RowId, kept: RowId) -> None:
        """Let a row become one with another."""
        self._left[gone] = {**self.read(gone), **self.changes.pop(gone, {})}
        self.into[gone] = kept
        moved = [gone, *self._sources.pop(gone, [])]  # what became one with this row before goes along
        self._sources.setdefault(kept, []).extend(moved)
        self._queue.extend(moved)

    def follow(self) -> None:
        """Go on until nothing moves any more."""
        while self._queue:
            row = self._queue.popleft()
            for key in foreign_keys_to(row[0]):
                self._follow_key(key, row)
            if row in self.into and key_of(row[0]) == ("id",):
                self._follow_named(row)

    def read(self, row: RowId) -> Values:
        """A row as it is in the workspace."""
        if row not in self.rows:
            where = " AND ".join(f'"{name}" = ?' for name in key_of(row[0]))
            for values in self._select(row[0], where, row[1]):
                self.rows[row] = values
        return self.rows[row]

    def then(self, row: RowId) -> Values:
        """A row as it will be; for one that is gone, the row that it is one with."""
        row = self.end_of(row)
        return {**self.read(row), **self.changes.get(row, {})}

    def end_of(self, row: RowId) -> RowId:
        """The row that a row is one with in the end; the row itself where it stays."""
        while row in self.into:
            row = self.into[row]
        return row

    def _select(self, table: str, where: str, values: Sequence[Any]) -> list[Values]:
        names = [column.name for column in table_named(table).columns]
        listed = ", ".join(f'"{name}"' for name in names)
        order = ", ".join(f'"{name}"' for name in key_of(table))
        rows = self._ask(f'SELECT {listed} FROM "{table}" WHERE {where} ORDER BY {order}', tuple(values))
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _rows(self, table: str, where: str, values: Sequence[Any]) -> list[RowId]:
        found = []
        for row in self._select(table, where, values):
            id = (table, tuple(row[name] for name in key_of(table)))
            self.rows.setdefault(id, row)
            found.append(id)
        return found

    def _follow_key(self, key: ForeignKey, row: RowId) -> None:
        """Let every row that points at a row by a key point at what that row becomes."""
        now, then = self.read(row), self.then(row)
        old, new = ([each[name] for name in key.referred] for each in (now, then))
        if old == new or None in old:
            return
        where = " AND ".join(f'"{name}" = ?' for name in key.columns)
        for each in self._rows(key.table, where, old):
            if each not in self.into:
                self._change(each, dict(zip(key.columns, new, strict=True)), row)

    def _follow_named(self, row: RowId) -> None:
        """The same for tables that name a row by its record type and id."""
        target = self.end_of(row)
        for table, column in named_rows():
            for each in self._rows(table, f'record = ? AND "{column}" = ?', (row[0], *row[1])):
                if each not in self.into and each not in self.dropped:
                    self._change(each, {column: target[1][0]}, row)

    def _change(self, row: RowId, values: Values, because: RowId) -> None:
        """Give a row new values; where another row has the same in a unique key, they become one."""
        before = self.then(row)
        values = _not_itself(row, before, values, self.read(because))
        after = {**before, **values}
        if "first_id" in after:
            if after["first_id"] == after["second_id"]:  # the two that were told apart become one
                self.dropped.append(row)
                self.changes.pop(row, None)
                return
            after["first_id"], after["second_id"] = sorted((after["first_id"], after["second_id"]))
        changed = {name: value for name, value in after.items() if value != self.read(row)[name]}
        if not changed:
            return
        self.changes[row] = changed
        for key in unique_keys(row[0]):
            if set(key.columns) & set(changed) and (holder := self._holder(key, row, after)) is not None:
                if key.where is not None:
                    self.obstacles.append(Obstacle(key.name, (holder, row)))
                else:
                    self._become_one(row, holder)
                    return
        for key in unique_keys(row[0]):
            if (taken := key.values(after)) is not None:
                self._holders[(key.name, taken)] = row
        if any(set(key.referred) & set(changed) for key in foreign_keys_to(row[0])):
            self._queue.append(row)

    def _holder(self, key: UniqueKey, row: RowId, after: Values) -> RowId | None:
        """The other row that will have the values of a unique key; None when there is none."""
        values = key.values(after)
        if values is None:
            return None
        found = [self._holders.get((key.name, values)), *self._rows(key.table, key.condition, values)]
        for each in found:
            if each is not None and each != row and each not in self.into and each not in self.dropped:
                if key.values(self.then(each)) == values:
                    return each
        return None

    def _become_one(self, row: RowId, holder: RowId) -> None:
        """Let a row that moves become one with the row that stands there, unless they stand in two places."""
        mine, theirs = self.then(row), self.then(holder)
        for key in foreign_keys_of(row[0]):
            differing = [name for name in key.columns if mine[name] != theirs[name]]
            if differing and all(mine[name] is not None and theirs[name] is not None for name in differing):
                self.obstacles.append(Obstacle("apart", (holder, row)))
                return
        self.join(row, holder)

    def plan(self, take: Mapping[str, bool]) -> Plan:
        """What was found, with the values of the two records decided."""
        gone, top = next(iter(self.into.items()))
        record = RECORD_TYPES[top[0]]
        mine = self.then(top)
        theirs = _without_links_to(top[0], mine, self._left[gone])
        pairs, problems = pairs_of(record, mine, theirs, take)
        self.obstacles += [Obstacle("value", (top,), problem.sentence) for problem in problems]
        own = tuple(self.changes.get(top, {}).items())
        joins = self._joins(top, pairs)
        moves = [
            Move(row[0], row[1], tuple(values.items()))
            for row, values in self.changes.items()
            if row not in self.into and row != top
        ]
        self.changes[top] = {**self.changes.get(top, {}), **dict(joins[0].taken)}
        self._refuse_taken_values(top, dict(joins[0].taken))
        self._refuse_loops(top)
        stand = [each for each in self.obstacles if len({self.end_of(row) for row in each.rows}) == len(each.rows)]
        return Plan(
            top[0],
            top[1][0],
            gone[1][0],
            tuple(pairs),
            own,
            tuple(moves),
            tuple(joins),
            tuple(self.dropped),
            tuple(dict.fromkeys(stand)),
        )

    def _joins(self, top: RowId, pairs: list[FieldPair]) -> list[Join]:
        """Every pair of rows that become one: what the kept row takes over, what is lost, the names that it keeps."""
        kept_rows: dict[RowId, Values] = {}
        found = []
        for gone in self.into:
            kept = self.end_of(gone)
            record = RECORD_TYPES.get(gone[0])
            if record is None or record.name == "capacity":
                found.append(Join(gone[0], gone[1], kept[1]))
                continue
            mine, theirs = kept_rows.get(kept) or self.then(kept), self._left[gone]
            decided = pairs if found == [] else pairs_of(record, mine, theirs)[0]
            taken = written(record, mine, decided)
            lost = tuple((each.name, each.value, _unkept(each)) for each in decided if _unkept(each) is not None)
            names = tuple(other_names(record, mine, theirs, taken))
            found.append(Join(gone[0], gone[1], kept[1], tuple(taken.items()), lost, names))
            kept_rows[kept] = {**mine, **taken}
        return found

    def _refuse_taken_values(self, top: RowId, taken: Values) -> None:
        """See that nobody else has what the kept record takes over and must have alone."""
        after = self.then(top)
        for key in unique_keys(top[0]):
            if set(key.columns) & set(taken) and (holder := self._holder(key, top, after)) is not None:
                self.obstacles.append(Obstacle("taken", (top, holder)))

    def _refuse_loops(self, top: RowId) -> None:
        """Refuse a body that would be part of one of its own parts."""
        for key in foreign_keys_of(top[0]):
            if key.target != top[0] or key.referred != ("id",):
                continue
            passed = [top]
            while (above := self.then(passed[-1])[key.columns[0]]) is not None:
                step = self.end_of((top[0], (above,)))
                if step in passed:
                    self.obstacles.append(Obstacle("loop", tuple(passed)))
                    break
                passed.append(step)


def _without_links_to(table: str, kept: Values, gone: Values) -> Values:
    """A row that goes, without its links to the row that is kept."""
    own = {key.columns[0]: key.referred[0] for key in foreign_keys_of(table) if key.target == table}
    return {name: None if name in own and value == kept[own[name]] else value for name, value in gone.items()}


def _unkept(pair: FieldPair) -> Any:
    """The value of a field that nothing keeps."""
    return pair.kept if pair.takes_other else pair.gone


def _not_itself(row: RowId, before: Mapping[str, Any], values: Values, gone: Mapping[str, Any]) -> Values:
    """The new values of a row; one that would point at itself points where the row that goes pointed."""
    found = dict(values)
    for key in foreign_keys_of(row[0]):
        name = key.columns[0]
        if key.target != row[0] or name not in found or found[name] != before[key.referred[0]]:
            continue
        above = gone[name]
        found[name] = None if above in (before[key.referred[0]], gone[key.referred[0]]) else above
    return found
