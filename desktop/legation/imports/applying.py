"""Applying a plan: all of it as one step, or nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from legation.imports.again import LABEL
from legation.imports.planning import Cancelled, Plan, Progress
from legation.records.catalogue import table_named
from legation.storage.bulk import Stopped, write_bulk
from legation.storage.database import Database
from legation.storage.saving import save
from legation.storage.steps import ChangeSet


def apply(database: Database, plan: Plan, progress: Progress | None = None) -> ChangeSet:
    """Write a plan as one step; undoing it takes all of it back. A plan that changes nothing leaves no trace.

    Raises `UserError` when the workspace was changed since the plan was made, and `Cancelled` when `progress` gives
    False; then nothing was written.
    """

    def work(session: Any) -> None:
        write_bulk(session, plan.bulk, progress)
        for draft in plan.updates:
            save(session, draft)
        keys = table_named("import_key")
        for number, digest in plan.digests:
            session.execute(update(keys).where(keys.c.id == number).values(digest=digest))

    try:
        return database.write(LABEL, work, file=plan.table.file)
    except Stopped:
        raise Cancelled from None
