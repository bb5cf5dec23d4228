"""Reference data and the sample: rows that come with the program, written in a step like any other.

A later release changes only values that are still equal to the earlier release; the others are listed, so that no
analyst's correction is lost. What a release wrote is remembered in the setting `reference_values`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from legation.i18n import N_, _
from legation.paths import resources
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import EVENT_KINDS
from legation.storage.database import Database, create_workspace
from legation.storage.saving import derived_values
from legation.storage.steps import ChangeSet

Values = dict[str, dict[str, dict[str, Any]]]
SAMPLE = "tokyo-january-2025.json"
SAMPLE_ORDER = (
    "country", "topic", "organisation", "membership", "person", "post", "appointment", "event", "delegation",
    "delegate", "capacity", "outcome", "agenda_item", "source", "citation", "alias",
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A value that a later release would change but a person has changed already."""

    record: str
    key: str
    field: str
    mine: Any
    released: Any

    def __str__(self) -> str:
        field = record_type(self.record).by_name.get(self.field)
        return _("{what} {key}: {field} stays “{mine}” (the release has “{released}”).").format(
            what=_(record_type(self.record).label),
            key=self.key,
            field=_(field.label) if field else self.field,
            mine="" if self.mine is None else self.mine,
            released="" if self.released is None else self.released,
        )


def read_rows(folder: Path, name: str) -> list[dict[str, str | None]]:
    """The rows of a CSV file of the reference data; empty cells are None."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def release_of(folder: Path) -> int:
    """The number of the release of the reference data in a folder."""
    return int(json.loads((folder / "release.json").read_text(encoding="utf-8"))["release"])


def reference_folder() -> Path:
    """Where the reference data of this program lies."""
    return resources() / "reference"


def new_workspace(path: Path, name: str = "", *, sample: bool = False) -> Database:
    """Make a workspace with the reference data, and with the sample's rows in a second step when asked for."""
    database = create_workspace(path, name, fill=load_reference)
    if sample:
        try:
            database.write(N_("Add the sample “Tokyo, January 2025”"), load_sample)
        except BaseException:
            database.close()
            path.unlink(missing_ok=True)
            raise
    return database


def load_reference(session: Session, folder: Path | None = None) -> list[Kept]:
    """Write the reference data, or bring it up to date, inside an open step; the values left alone.

    Rows are found again by code (countries, topics) or by the key that an earlier release noted (organisations).
    """
    folder = folder or reference_folder()
    earlier: Values = json.loads(_setting(session, "reference_values") or "{}")
    written: Values = {}
    kept: list[Kept] = []
    kinds = {row[0] for row in session.execute(select(table_named("event_kind").c.code))}
    missing = [{"code": code, "class": kind[0]} for code, kind in EVENT_KINDS.items() if code not in kinds]
    if missing:
        session.execute(insert(table_named("event_kind")), missing)
    for record, file in (("country", "countries.csv"), ("topic", "topics.csv")):
        rows = {str(row["code"]): dict(row) for row in read_rows(folder, file)}
        written[record] = _put(session, record, rows, earlier.get(record, {}), kept)
    bodies = {str(row.pop("key")): dict(row) for row in read_rows(folder, "organisations.csv")}
    written["organisation"] = _put_bodies(session, bodies, earlier.get("organisation", {}), kept)
    ids = {key: int(row["id"]) for key, row in written["organisation"].items()}
    _add_aliases(session, folder, ids)
    _add_memberships(session, folder, ids)
    _set_setting(session, "reference_values", json.dumps(written, ensure_ascii=False, sort_keys=True))
    _set_setting(session, "reference_release", str(release_of(folder)))
    return kept


def is_behind(database: Database, folder: Path | None = None) -> bool:
    """Whether the workspace holds an earlier release of the reference data than this program brings."""
    return int(database.setting("reference_release") or 0) < release_of(folder or reference_folder())


def update_reference(database: Database, folder: Path | None = None) -> ChangeSet:
    """Bring the reference data up to date in one step; its result lists the values left alone (`Kept`)."""
    return database.write(N_("Update the reference data"), lambda session: load_reference(session, folder))


def _put(
    session: Session, record: str, rows: dict[str, dict[str, Any]], earlier: dict[str, Any], kept: list[Kept]
) -> dict[str, dict[str, Any]]:
    """Add or update the rows of a table whose key is a code; what the release holds for each."""
    table = table_named(record)
    present = {row.code: row._mapping for row in session.execute(select(table))}
    added = [row for code, row in rows.items() if code not in present and code not in earlier]
    links = {"country": "successor", "topic": "parent"}[record]
    if added:
        session.execute(insert(table), [{**row, links: None} for row in added])
        for row in added:
            if row.get(links) is not None:
                session.execute(update(table).where(table.c.code == row["code"]).values({links: row[links]}))
    for code, row in rows.items():
        if code in present and code in earlier:
            _update_equal(session, record, code, dict(present[code]), row, earlier[code], kept)
    return rows


def _update_equal(
    session: Session,
    record: str,
    key: str,
    present: dict[str, Any],
    released: dict[str, Any],
    earlier: dict[str, Any],
    kept: list[Kept],
) -> None:
    """Change the values that are still equal to the earlier release, and note the others."""
    changed = {}
    for name, value in released.items():
        if value == earlier.get(name) or present.get(name) == value:
            continue
        if present.get(name) == earlier.get(name):
            changed[name] = value
        else:
            kept.append(Kept(record, key, name, present.get(name), value))
    if changed:
        table = table_named(record)
        session.execute(update(table).where(table.c.id == present["id"]).values(**changed))


def _put_bodies(
    session: Session, rows: dict[str, dict[str, Any]], earlier: dict[str, Any], kept: list[Kept]
) -> dict[str, dict[str, Any]]:
    """Add or update organisations; a parent is named by its key and stands before its parts in the file."""
    table = table_named("organisation")
    written: dict[str, dict[str, Any]] = {}
    for key, row in rows.items():
        parent = row.pop("parent", None)
        values = {**row, "parent_id": written[parent]["id"] if parent else None}
        if key in earlier:
            id = int(earlier[key]["id"])
            present = session.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
            if present is not None:
                _update_equal(session, "organisation", key, dict(present), values, earlier[key], kept)
        else:
            inserted: Any = session.execute(insert(table).values(**values, uid=_uid(key)))
            id = int(inserted.inserted_primary_key[0])
        written[key] = {**values, "id": id}
    return written


def _uid(key: str) -> str:
    """The same identity for a body of the reference data in every workspace: a name-based UUID (RFC 9562, v5)."""
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"legation:organisation:{key}"))


def _add_aliases(session: Session, folder: Path, ids: dict[str, int]) -> None:
    table = table_named("alias")
    present = {
        (row.country, row.organisation_id, row.name)
        for row in session.execute(select(table.c.country, table.c.organisation_id, table.c.name))
    }
    countries = {row[0] for row in session.execute(select(table_named("country").c.code))}
    bodies = {row[0] for row in session.execute(select(table_named("organisation").c.id))}
    rows: list[dict[str, Any]] = [
        {**row, "organisation_id": None}
        for row in read_rows(folder, "country_aliases.csv")
        if row["country"] in countries
    ]
    for row in read_rows(folder, "organisation_aliases.csv"):
        body = ids[str(row.pop("organisation"))]
        if body in bodies:
            rows.append({**row, "country": None, "organisation_id": body})
    added = [
        {**row, **derived_values(record_type("alias"), row)}
        for row in rows
        if (row["country"], row["organisation_id"], row["name"]) not in present
    ]
    if added:
        session.execute(insert(table), added)


def _add_memberships(session: Session, folder: Path, ids: dict[str, int]) -> None:
    table = table_named("membership")
    present = {tuple(row) for row in session.execute(select(table.c.organisation_id, table.c.country))}
    bodies = {row[0] for row in session.execute(select(table_named("organisation").c.id))}
    added = []
    for row in read_rows(folder, "memberships.csv"):
        body = ids[str(row.pop("organisation"))]
        if (body, row["country"]) not in present and body in bodies:
            values = {**row, "organisation_id": body}
            added.append({**values, **derived_values(record_type("membership"), values)})
    if added:
        session.execute(insert(table), added)


def load_sample(session: Session) -> None:
    """Write the rows of the sample workspace inside an open step."""
    plain = json.loads((resources() / "sample" / SAMPLE).read_text(encoding="utf-8"))["tables"]
    bodies = json.loads(_setting(session, "reference_values") or "{}").get("organisation", {})
    known: dict[str, int] = {}
    for record, row in _in_order(plain):
        table = table_named(record)
        values = {name: _resolved(value, known, bodies) for name, value in row.items() if name != "key"}
        values |= derived_values(record_type(record), {**{f.name: None for f in record_type(record).stored}, **values})
        if "uid" in table.c:
            values.setdefault("uid", _uid(f"sample:{record}:{row.get('key')}"))
        result: Any = session.execute(insert(table).values(**values))
        if "key" in row and "id" in table.c:
            known[str(row["key"])] = int(result.inserted_primary_key[0])


def _in_order(plain: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in SAMPLE_ORDER:
        for row in plain.get(record, []):
            yield record, row


def _resolved(value: Any, known: dict[str, int], bodies: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return known[value["ref"]] if "ref" in value else int(bodies[value["reference"]]["id"])
    return value


def _setting(session: Session, name: str) -> str | None:
    table = table_named("setting")
    found: str | None = session.execute(select(table.c.value).where(table.c.name == name)).scalar_one_or_none()
    return found


def _set_setting(session: Session, name: str, value: str) -> None:
    table = table_named("setting")
    if session.execute(select(table.c.name).where(table.c.name == name)).first() is None:
        session.execute(insert(table).values(name=name, value=value))
    else:
        session.execute(update(table).where(table.c.name == name).values(value=value))
