"""Making one record of two, as one step: what points at the one that goes points at the other, and both names stay.

What is written was planned and shown before (`plan_of`); the step plans again and refuses when anything has changed
meanwhile. Undoing the step brings everything back, also after later steps on other things. "Not the same" is
remembered here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import insert, select

from legation.errors import UserError
from legation.i18n import N_, _
from legation.quality.joining import NAME_FIELDS, alias_row
from legation.quality.merge_plan import Ask, Join, Plan, plan_merge
from legation.records.catalogue import record_type, table_named
from legation.storage.database import Database
from legation.storage.labels import label
from legation.storage.reading import Reader
from legation.storage.row_changes import RowChange, asking, write_rows
from legation.storage.steps import ChangeSet

MERGEABLE = tuple(NAME_FIELDS)  # record types of which two may become one
MERGE = N_("Merge “{gone}” into “{kept}”")
NOT_SAME = N_("“{one}” and “{other}” are not the same")


def plan_of(reader: Reader, record: str, kept: int, gone: int, take: Mapping[str, bool] | None = None) -> Plan:
    """What becoming one would do, from one state of the workspace. Raises `UserError` when it makes no sense."""
    if record not in MERGEABLE:
        raise UserError(_("Records of this kind are not merged."))
    if kept == gone:
        raise UserError(_("A record cannot be merged with itself."), _("Choose the other record."))
    with reader.snapshot():
        _require(reader.sql, record, kept, gone)
        return plan_merge(reader.sql, record, kept, gone, take)


def _require(ask: Ask, record: str, *ids: int) -> None:
    for id in ids:
        if not ask(f'SELECT 1 FROM "{record}" WHERE id = ?', (id,)):
            named = _(record_type(record).label)
            raise UserError(_("{what} {id} is not there, or no longer.").format(what=named, id=id))


def merge(database: Database, plan: Plan) -> ChangeSet:
    """Do what a plan says, as one step; its result is (record type, kept id, gone id).

    Raises `UserError` when something stands in the way or has changed since it was planned.
    """
    if plan.obstacles:
        raise UserError(
            _("These two cannot become one yet."), _("Look at what stands in the way, mend it, then merge again.")
        )
    record = record_type(plan.record)
    take = {each.name: each.takes_other for each in plan.fields}
    with closing(database.reader()) as reader:
        names = {each: name_of(reader, plan.record, each) for each in (plan.kept, plan.gone)}

    def work(session: Any) -> tuple[str, int, int]:
        ask = asking(session)
        _require(ask, record.name, plan.kept, plan.gone)
        if plan_merge(ask, record.name, plan.kept, plan.gone, take) != plan:
            raise UserError(
                _("Something that this merge touches was changed meanwhile."), _("Look at it again, then merge.")
            )
        write_rows(session, _rows(plan))
        write_rows(session, _new_names(ask, plan))
        return plan.record, plan.kept, plan.gone

    told = {"record": plan.record, "kept_id": plan.kept, "gone_id": plan.gone}
    return database.write(MERGE, work, kept=names[plan.kept], gone=names[plan.gone], **told)


def name_of(reader: Reader, record: str, id: int) -> str:
    """What a record is called."""
    found = record_type(record)
    table = table_named(record)
    key = id if found.key == "id" else reader.value(select(table.c[found.key]).where(table.c.id == id))
    return label(reader, found, key)


def _rows(plan: Plan) -> Iterator[RowChange]:
    """Moves, then what became one or has no meaning any more, the rows below first, then what the kept rows take over.

    A unique value that a kept row takes over is free by then.
    """
    for move in plan.moves:
        yield RowChange(move.table, move.key, dict(move.values))
    if plan.own:
        yield RowChange(plan.record, (plan.kept,), dict(plan.own))
    for table, key in plan.dropped:
        yield RowChange(table, key, None)
    for join in reversed(plan.joins):
        yield RowChange(join.table, join.gone, None)
    for join in plan.joins:
        if join.taken:
            yield RowChange(join.table, join.kept, dict(join.taken))


def _new_names(ask: Ask, plan: Plan) -> Iterator[RowChange]:
    """The rows of other names, but for those that are there already."""
    for join in plan.joins:
        for row in _alias_rows(ask, join):
            targets = [name for name, value in row.items() if name in _TARGETS and value is not None]
            where = f'"{targets[0]}" = ? AND name = ?'
            if not ask(f"SELECT 1 FROM alias WHERE {where}", (row[targets[0]], row["name"])):
                yield RowChange("alias", None, row)


_TARGETS = ("country", "person_id", "organisation_id", "post_id")


def _alias_rows(ask: Ask, join: Join) -> Iterator[dict[str, Any]]:
    if not join.names:
        return
    record = record_type(join.table)
    kept: dict[str, Any] = {"id": join.kept[0]}
    if record.key == "code":
        ((kept["code"],),) = ask(f'SELECT code FROM "{join.table}" WHERE id = ?', join.kept)
    for name in join.names:
        yield alias_row(record, kept, name)


def tell_apart(database: Database, record: str, one: int, other: int) -> ChangeSet:
    """Remember that two records are not the same, as one step with the pair as its result. Raises `UserError`."""
    if one == other:
        raise UserError(_("A record is always the same as itself."), _("Choose another record."))
    first, second = sorted((one, other))
    with closing(database.reader()) as reader:
        _require(reader.sql, record, one, other)
        names = [name_of(reader, record, each) for each in (first, second)]
        table = table_named("not_same")
        known = select(table.c.id).where(
            table.c.record == record, table.c.first_id == first, table.c.second_id == second
        )
        is_known = reader.value(known) is not None

    def work(session: Any) -> tuple[str, int, int]:
        if not is_known:
            session.execute(insert(table_named("not_same")).values(record=record, first_id=first, second_id=second))
        return record, first, second

    return database.write(NOT_SAME, work, one=names[0], other=names[1])
