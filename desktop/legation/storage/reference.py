"""Reference data: rows that come with the program, written in a step like any other.

A later release changes only values that are still equal to the earlier release; the others are listed, so that no
analyst's correction is lost. What a release wrote is noted in a setting.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from legation.i18n import N_, _
from legation.paths import resources
from legation.records.catalogue import record_type, table_named
from legation.records.vocabulary import EVENT_KINDS
from legation.storage.database import Database, create_workspace
from legation.storage.reading import Reader
from legation.storage.sample import load_sample, named_uid
from legation.storage.saving import derived_values
from legation.storage.steps import ChangeSet

Row = dict[str, Any]
Values = dict[str, dict[str, Row]]
VALUES = "reference_values"  # the setting that notes what the release wrote
LINKS = ("country", "successor", "parent", "parent_id", "organisation_id")  # told by code or number, not by a kind
IDENTITIES = {  # the columns by which a line is the same line
    "alias": ("country", "organisation_id", "name"),
    "membership": ("organisation_id", "country", "period"),
}


@dataclass(frozen=True)
class Kept:
    """Something that a later release would change but a person has changed already; `field` is "" for a whole record.

    `name` is what people call the record.
    """

    record: str
    name: str
    field: str = ""
    mine: Any = None
    released: Any = None

    def __str__(self) -> str:
        record = record_type(self.record)
        what = f"{_(record.label)} “{self.name}”"
        if not self.field:
            return _("{what} is no longer in the release and stays.").format(what=what)
        field = record.by_name.get(self.field)
        mine, released = (
            "–" if value is None else field.kind.format(value) if field and self.field not in LINKS else str(value)
            for value in (self.mine, self.released)
        )
        label = _(field.label) if field else self.field
        return _("{what}: {field} stays “{mine}” (the release has “{released}”).").format(
            what=what, field=label, mine=mine, released=released
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
            label = N_("Add the sample “Tokyo, January 2025”")
            database.write(label, lambda session: load_sample(session, reference_bodies(session)))
        except BaseException:
            database.close()
            path.unlink(missing_ok=True)
            raise
    return database


def load_reference(session: Session, folder: Path | None = None) -> list[Kept]:
    """Write the reference data, or bring it up to date, inside an open step; what was left alone.

    Rows are found again by code (countries, topics) or by the id that an earlier release noted. What a person deleted
    stays deleted. Countries, topics and organisations that the release no longer has stay; its other names and
    memberships are taken away when nobody changed them.
    """
    folder = folder or reference_folder()
    earlier: Values = json.loads(_setting(session, VALUES) or "{}")
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
    for record, lines in (("alias", _aliases(folder, ids)), ("membership", _memberships(folder, ids))):
        written[record] = put_lines(session, record, _possible(session, lines), earlier.get(record, {}), kept)
    _set_setting(session, VALUES, json.dumps(written, ensure_ascii=False, sort_keys=True))
    _set_setting(session, "reference_release", str(release_of(folder)))
    return kept


def reference_bodies(session: Session) -> dict[str, int]:
    """The ids of the organisations of the reference data, by their keys in its files."""
    noted = json.loads(_setting(session, VALUES) or "{}").get("organisation", {})
    return {key: int(row["id"]) for key, row in noted.items()}


def release_noted(reader: Reader) -> str | None:
    """The number of the release that the workspace holds; None when it holds none."""
    rows = reader.sql("SELECT value FROM setting WHERE name = 'reference_release'")
    return str(rows[0][0]) if rows else None


def national_days_released(reader: Reader) -> dict[str, str]:
    """By code of the country, the national day (MM-DD) that the reference data brought."""
    rows = reader.sql(
        "SELECT each.key, json_extract(each.value, '$.national_day') "
        "FROM setting, json_each(setting.value, '$.country') AS each WHERE setting.name = ?",
        (VALUES,),
    )
    return {code: month_day for code, month_day in rows if month_day is not None}


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
            _update_equal(session, record, dict(present[code]), row, earlier[code], kept)
    kept += [Kept(record, present[code]["name"]) for code in earlier if code in present and code not in rows]
    return rows


def _update_equal(
    session: Session,
    record: str,
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
            kept.append(Kept(record, _called(session, record, present), name, present.get(name), value))
    if changed:
        table = table_named(record)
        changed |= derived_values(record_type(record), {**present, **changed})
        session.execute(update(table).where(table.c.id == present["id"]).values(**changed))


def _called(session: Session, record: str, row: Mapping[str, Any]) -> str:
    """What people call a row of the reference data."""
    if record != "membership":
        return str(row["name"])
    country, body = table_named("country"), table_named("organisation")
    names = (
        session.execute(select(country.c.name).where(country.c.code == row["country"])).scalar_one(),
        session.execute(select(body.c.name).where(body.c.id == row["organisation_id"])).scalar_one(),
    )
    return ", ".join(names)


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
                _update_equal(session, "organisation", dict(present), values, earlier[key], kept)
        else:
            inserted: Any = session.execute(insert(table).values(**values, uid=named_uid(key)))
            id = int(inserted.inserted_primary_key[0])
        written[key] = {**values, "id": id}
    for key in earlier.keys() - rows.keys():
        name = session.execute(select(table.c.name).where(table.c.id == earlier[key]["id"])).scalar_one_or_none()
        if name is not None:
            kept.append(Kept("organisation", name))
    return written


def _aliases(folder: Path, ids: dict[str, int]) -> dict[str, Row]:
    """The other names of countries and bodies, by whose they are and how they are written."""
    found: dict[str, Row] = {}
    for row in read_rows(folder, "country_aliases.csv"):
        found[f"{row['country']} {row['name']}"] = {**row, "organisation_id": None}
    for row in read_rows(folder, "organisation_aliases.csv"):
        key = row.pop("organisation")
        found[f"{key} {row['name']}"] = {**row, "country": None, "organisation_id": ids[str(key)]}
    return found


def _memberships(folder: Path, ids: dict[str, int]) -> dict[str, Row]:
    """The memberships by body and country; one that joined again has a number besides."""
    found: dict[str, Row] = {}
    for row in read_rows(folder, "memberships.csv"):
        body = str(row.pop("organisation"))
        key, number = f"{body} {row['country']}", 1
        while key in found:
            number += 1
            key = f"{body} {row['country']} {number}"
        found[key] = {**row, "organisation_id": ids[body]}
    return found


def _possible(session: Session, lines: dict[str, Row]) -> dict[str, Row]:
    """The lines whose country and body are there; a person may have deleted them."""
    countries = {row[0] for row in session.execute(select(table_named("country").c.code))} | {None}
    bodies = {row[0] for row in session.execute(select(table_named("organisation").c.id))} | {None}
    return {key: row for key, row in lines.items() if row["country"] in countries and row["organisation_id"] in bodies}


def put_lines(
    session: Session, record: str, rows: dict[str, Row], earlier: dict[str, Row], kept: list[Kept]
) -> dict[str, Row]:
    """Add, update and take away other names or memberships; what the release holds for each, with its id."""
    table = table_named(record)
    columns = [table.c[each] for each in IDENTITIES[record]]
    present = {row["id"]: dict(row) for row in session.execute(select(table)).mappings()}
    taken = {tuple(row[each.name] for each in columns): id for id, row in present.items()}
    added = []
    for key, row in rows.items():
        place = tuple(row[each.name] for each in columns)
        if key not in earlier and place not in taken:
            added.append({**row, **derived_values(record_type(record), row)})
        elif key in earlier and (mine := present.get(earlier[key]["id"])) is not None:
            if taken.get(place, mine["id"]) == mine["id"]:  # else a person has entered the same already
                _update_equal(session, record, mine, row, earlier[key], kept)
    if added:
        session.execute(insert(table), added)
    for key in earlier.keys() - rows.keys():
        if (mine := present.get(earlier[key]["id"])) is not None:
            _take_away(session, record, mine, earlier[key], kept)
    now = {tuple(row[1:]): row[0] for row in session.execute(select(table.c.id, *columns))}
    places = {key: tuple(row[each.name] for each in columns) for key, row in rows.items()}
    return {
        key: {**row, "id": earlier[key]["id"] if key in earlier else now.get(places[key])} for key, row in rows.items()
    }


def _take_away(session: Session, record: str, mine: Row, earlier: Row, kept: list[Kept]) -> None:
    """Delete a line that the release no longer has, unless a person has changed it. Nothing points at such lines."""
    if any(mine[name] != value for name, value in earlier.items()):
        kept.append(Kept(record, _called(session, record, mine)))
    else:
        table = table_named(record)
        session.execute(delete(table).where(table.c.id == mine["id"]))


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
