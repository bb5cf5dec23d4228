"""A later release of the reference data: what it may change, what a person changed or deleted, and taking it back."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.loading import load_draft
from legation.storage.reference import Kept, is_behind, new_workspace, reference_folder, update_reference
from legation.storage.saving import save
from legation.storage.undo import undo

Change = Callable[[list[dict[str, str]]], list[dict[str, str]]]


class Release:
    """A made-up later release: the files of this one, with changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(reference_folder(), folder)
        (folder / "release.json").write_text(json.dumps({"release": 2, "date": "2027-01-01", "notes": ""}))

    def edit(self, file_name: str, change: Change) -> None:
        """Write one file anew with its rows changed."""
        path = self.folder / file_name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        names = list(rows[0])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(change(rows))

    def set(self, file_name: str, where: dict[str, str], /, **values: str) -> None:
        """Change values of the rows of one file that have some others."""

        def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
            found = [row for row in rows if all(row[key] == value for key, value in where.items())]
            assert found
            for row in found:
                row.update(values)
            return rows

        self.edit(file_name, change)

    def drop(self, file_name: str, /, **where: str) -> None:
        """Leave out the rows of one file that have some values."""
        self.edit(
            file_name, lambda rows: [row for row in rows if any(row[key] != value for key, value in where.items())]
        )

    def add(self, file_name: str, /, **values: str) -> None:
        """Add a row to one file."""
        self.edit(file_name, lambda rows: [*rows, {key: values.get(key, "") for key in rows[0]}])


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """A later release that says the same, until it is changed."""
    return Release(tmp_path / "release")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Database]:
    """A workspace of this release."""
    database = new_workspace(tmp_path / "desk.legation")
    yield database
    assert [str(each) for each in check_workspace(database.path)] == []
    database.close()


def _ask(database: Database, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(database.reader()) as reader:
        return list(reader.sql(sql, values))


def _id(database: Database, sql: str, *values: Any) -> int:
    ((id,),) = _ask(database, sql, *values)
    return int(id)


def _change(database: Database, record: str, id: int, **values: Any) -> None:
    with closing(database.reader()) as reader:
        draft = load_draft(reader, record_type(record), id)
    for name, value in values.items():
        draft[name] = value
    database.write("Change", lambda session: save(session, draft))


def _update(database: Database, release: Release) -> list[Kept]:
    assert is_behind(database, release.folder)
    change = update_reference(database, release.folder)
    assert not is_behind(database, release.folder)
    assert isinstance(change.result, list)
    return change.result


MEMBERSHIP = (
    "SELECT m.id FROM membership m JOIN organisation o ON o.id = m.organisation_id "
    "WHERE o.acronym = 'CIS' AND m.country = 'TKM'"
)


def test_the_same_data_again_changes_nothing(desk: Database, release: Release) -> None:
    before = _ask(desk, "SELECT count(*) FROM change")
    assert _update(desk, release) == []
    changed = _ask(desk, 'SELECT DISTINCT "table" FROM change WHERE id > ?', before[0][0])
    assert changed == [("setting",)]


def test_untouched_values_follow_and_changed_ones_stay_and_are_listed(desk: Database, release: Release) -> None:
    _change(desk, "country", _id(desk, "SELECT id FROM country WHERE code = 'KAZ'"), capital="Almaty")
    release.set("countries.csv", {"code": "KAZ"}, capital="New Astana", demonym="Kazakhstani people")
    release.set("countries.csv", {"code": "TKM"}, capital="Arkadag")
    kept = _update(desk, release)
    assert _ask(desk, "SELECT capital, demonym FROM country WHERE code = 'KAZ'") == [("Almaty", "Kazakhstani people")]
    assert _ask(desk, "SELECT capital FROM country WHERE code = 'TKM'") == [("Arkadag",)]
    assert [(each.record, each.name, each.field, each.mine, each.released) for each in kept] == [
        ("country", "Kazakhstan", "capital", "Almaty", "New Astana")
    ]
    assert str(kept[0]) == "Country “Kazakhstan”: Capital stays “Almaty” (the release has “New Astana”)."


def test_new_rows_are_added_with_what_hangs_on_them(desk: Database, release: Release) -> None:
    release.add("organisations.csv", key="made-up", name="Made-up Union", acronym="MUU", kind="igo")
    release.add("organisation_aliases.csv", organisation="made-up", name="The Union", kind="short", lang="en")
    release.add("memberships.csv", organisation="made-up", country="TKM", status="member", period="2027/..")
    release.add("topics.csv", code="E.moon", name="Moon", parent="E")
    assert _update(desk, release) == []
    assert _ask(
        desk,
        "SELECT a.name, m.country, m.period_from FROM organisation o JOIN alias a ON a.organisation_id = o.id "
        "JOIN membership m ON m.organisation_id = o.id WHERE o.acronym = 'MUU'",
    ) == [("The Union", "TKM", "2027-01-01")]
    assert _ask(desk, "SELECT parent FROM topic WHERE code = 'E.moon'") == [("E",)]


def test_what_was_deleted_does_not_come_back(desk: Database, release: Release) -> None:
    alias = _id(desk, "SELECT id FROM alias WHERE country = 'MMR' AND name = 'Burma'")
    membership = _id(desk, MEMBERSHIP)
    topic = _id(desk, "SELECT id FROM topic WHERE code = 'C.health'")
    for record, id in (("alias", alias), ("membership", membership), ("topic", topic)):
        desk.write("Delete", lambda session, record=record, id=id: delete_record(session, record_type(record), id))
    release.set("memberships.csv", {"organisation": "cis", "country": "TKM"}, status="observer")
    assert _update(desk, release) == []
    assert _ask(desk, MEMBERSHIP) == []
    assert _ask(desk, "SELECT id FROM alias WHERE country = 'MMR' AND name = 'Burma'") == []
    assert _ask(desk, "SELECT id FROM topic WHERE code = 'C.health'") == []


def test_a_membership_changes_its_status_and_period_with_its_days(desk: Database, release: Release) -> None:
    membership = _id(desk, MEMBERSHIP)
    release.set("memberships.csv", {"organisation": "cis", "country": "TKM"}, status="observer", period="1991/2027-05")
    assert _update(desk, release) == []
    assert _ask(desk, "SELECT status, period, period_to FROM membership WHERE id = ?", membership) == [
        ("observer", "1991/2027-05", "2027-05-31")
    ]


def test_a_membership_that_a_person_changed_stays_and_is_named(desk: Database, release: Release) -> None:
    _change(desk, "membership", _id(desk, MEMBERSHIP), status="partner")
    release.set("memberships.csv", {"organisation": "cis", "country": "TKM"}, status="observer")
    (kept,) = _update(desk, release)
    assert str(kept) == (
        "Membership “Turkmenistan, Commonwealth of Independent States”: "
        "Status stays “Partner” (the release has “Observer”)."
    )


def test_what_the_release_drops_goes_unless_it_was_changed(desk: Database, release: Release) -> None:
    changed = _id(desk, "SELECT id FROM alias WHERE country = 'THA' AND name = 'Siam'")
    _change(desk, "alias", changed, lang="th-Latn")
    release.drop("country_aliases.csv", country="THA", name="Siam")
    release.drop("country_aliases.csv", country="MMR", name="Burma")
    release.drop("memberships.csv", organisation="cis", country="TKM")
    release.drop("countries.csv", code="ABW")
    kept = _update(desk, release)
    assert {str(each) for each in kept} == {
        "Country “Aruba” is no longer in the release and stays.",
        "Other name “Siam” is no longer in the release and stays.",
    }
    assert _ask(desk, "SELECT name FROM alias WHERE name IN ('Siam', 'Burma')") == [("Siam",)]
    assert _ask(desk, MEMBERSHIP) == []
    assert len(_ask(desk, "SELECT 1 FROM country WHERE code = 'ABW'")) == 1


def test_what_a_person_entered_before_the_release_had_it_is_not_entered_twice(desk: Database, release: Release) -> None:
    alias = new_draft(record_type("alias"), name="Turan", kind="short", country="TKM")
    desk.write("Alias", lambda session: save(session, alias))
    release.add("country_aliases.csv", country="TKM", name="Turan", kind="former", lang="en")
    assert _update(desk, release) == []
    assert _ask(desk, "SELECT kind FROM alias WHERE name = 'Turan'") == [("short",)]


def test_an_update_is_one_step_and_undone_by_one(desk: Database, release: Release) -> None:
    tables = ("country", "topic", "organisation", "alias", "membership", "setting")
    before = {each: _ask(desk, f'SELECT * FROM "{each}" ORDER BY 1') for each in tables}
    release.set("countries.csv", {"code": "TKM"}, capital="Arkadag")
    release.drop("country_aliases.csv", country="MMR", name="Burma")
    release.add("memberships.csv", organisation="cis", country="JPN", status="observer", period="")
    steps = _ask(desk, "SELECT count(*) FROM step")[0][0]
    _update(desk, release)
    assert _ask(desk, "SELECT count(*) FROM step")[0][0] == steps + 1
    undo(desk)
    assert {each: _ask(desk, f'SELECT * FROM "{each}" ORDER BY 1') for each in tables} == before
    assert is_behind(desk, release.folder)
