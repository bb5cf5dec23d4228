"""Applying plans: all tables of an import as one step, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update

from legation.imports.again import LABEL
from legation.imports.planning import Cancelled, Plan, Progress
from legation.records.catalogue import table_named
from legation.storage.bulk import Stopped, write_bulk
from legation.storage.database import Database
from legation.storage.saving import save
from legation.storage.steps import ChangeSet

MOST_NAMED = 3  # files that the step names


def apply(database: Database, plans: Plan | Sequence[Plan], progress: Progress | None = None) -> ChangeSet:
    """Write the plan of a table, or those of all tables of an import, each made after the one before it, as one step.

    Undoing it takes all of it back. What changes nothing leaves no trace. Raises `UserError` when the workspace was
    changed since the plans were made, and `Cancelled` when `progress` gives False; then nothing was written.
    """
    planned = [plans] if isinstance(plans, Plan) else list(plans)
    bulk = planned[-1].bulk
    if any(each.bulk is not bulk for each in planned):
        raise ValueError("plans of different imports")

    def work(session: Any) -> None:
        write_bulk(session, bulk, progress)
        for draft in (each for plan in planned for each in plan.updates):
            save(session, draft)
        keys = table_named("import_key")
        for number, digest in (each for plan in planned for each in plan.digests):
            session.execute(update(keys).where(keys.c.id == number).values(digest=digest))

    try:
        return database.write(LABEL, work, file=_files(planned))
    except Stopped:
        raise Cancelled from None


def _files(plans: Sequence[Plan]) -> str:
    """The names of the files, the first few of many."""
    names = list(dict.fromkeys(each.table.file for each in plans))
    return ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
