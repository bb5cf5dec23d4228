"""A register of real visits, read into a workspace: the visits of foreign leaders to the United States.

The file is of the Office of the Historian; it is read where LEGATION_REAL_DATA says, and never copied.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from legation.records.catalogue import record_type, table_named
from legation.storage.database import Database
from legation.storage.saving import derived_values

HOST = "USA"


def load_visits(database: Database, path: Path) -> int:
    """Write a visit for each row whose country the workspace knows; how many these are."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    written = 0

    def write(session: Session) -> None:
        nonlocal written
        known = _countries(session)
        people: dict[tuple[str, str], int] = {}
        source = _add(session, "source", kind="dataset", title="Visits by Foreign Leaders")
        for row in rows:
            code = known.get(row["country"].casefold())
            if code is None or code == HOST:
                continue
            _write_visit(session, row, code, people, source)
            written += 1

    database.write("Read visits", write)
    return written


def _countries(session: Session) -> dict[str, str]:
    country, alias = table_named("country"), table_named("alias")
    named = {name.casefold(): code for name, code in session.execute(select(country.c.name, country.c.code))}
    other = select(alias.c.name, alias.c.country).where(alias.c.country.is_not(None))
    return {name.casefold(): code for name, code in session.execute(other)} | named


def _write_visit(
    session: Session, row: dict[str, str], code: str, people: dict[tuple[str, str], int], source: int
) -> None:
    first, last = row["start_date"], row["end_date"]
    visitor = " ".join(row["visitor"].split())
    event = _add(
        session,
        "event",
        kind="visit",
        title=f"Visit of {visitor}",
        status="held",
        date=first if first == last else f"{first}/{last}",
        country=HOST,
        mode="in_person",
        summary=" ".join(row["description"].split()) or None,
    )
    guest = _add(session, "delegation", event_id=event, country=code, role="guest", attendance="attended")
    _add(session, "delegation", event_id=event, country=HOST, role="host", attendance="attended")
    person = people.get((visitor, code))
    if person is None:
        person = people[visitor, code] = _add(session, "person", name=visitor, country=code)
    _add(
        session, "delegate", event_id=event, delegation_id=guest, person_id=person, role="head", stated_as=visitor
    )  # fmt: skip
    _add(session, "citation", source_id=source, event_id=event)


def _add(session: Session, record: str, **values: Any) -> int:
    import uuid

    table = table_named(record)
    whole: dict[str, Any] = {field.name: None for field in record_type(record).stored} | values
    whole |= derived_values(record_type(record), whole)
    if "uid" in table.c:
        whole["uid"] = str(uuid.uuid4())
    result: Any = session.execute(insert(table).values(**whole))
    return int(result.inserted_primary_key[0])
