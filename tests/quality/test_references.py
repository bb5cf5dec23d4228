"""What points at what is read from the tables, and nothing is left out."""

from __future__ import annotations

import pytest

from legation.quality.references import foreign_keys_to, key_of, named_rows, unique_keys
from legation.records.catalogue import LOGGED_TABLES, table_named
from legation.storage.database import Database
from quality.conftest import rows


def test_every_foreign_key_of_the_file_is_known(database: Database) -> None:
    in_file = {
        (table, row[3], row[2], row[4])
        for table in LOGGED_TABLES
        for row in rows(database, f'PRAGMA foreign_key_list("{table}")')
    }
    known = {
        (key.table, column, key.target, referred)
        for target in LOGGED_TABLES
        for key in foreign_keys_to(target)
        for column, referred in zip(key.columns, key.referred, strict=True)
    }
    assert in_file == known and len(known) > 40


def test_every_unique_index_of_the_file_is_known(database: Database) -> None:
    for table in LOGGED_TABLES:
        unique = [row[1] for row in rows(database, f'PRAGMA index_list("{table}")') if row[2]]
        with_id = sum("id" in _columns(database, name) for name in unique)
        known = [key for key in unique_keys(table) if not key.is_whole_row]
        assert len(known) == len(unique) - with_id, table


def _columns(database: Database, index: str) -> list[str]:
    return [str(row[2]) for row in rows(database, f'PRAGMA index_info("{index}")')]


@pytest.mark.parametrize("table", LOGGED_TABLES)
def test_the_condition_of_a_key_finds_the_row_that_has_its_values(sample_database: Database, table: str) -> None:
    names = [column.name for column in table_named(table).columns]
    for row in rows(sample_database, f'SELECT * FROM "{table}" LIMIT 50'):
        values = dict(zip(names, row, strict=True))
        for key in unique_keys(table):
            if (taken := key.values(values)) is not None:
                found = rows(sample_database, f'SELECT * FROM "{table}" WHERE {key.condition}', *taken)
                assert found == [row]


def test_tables_that_name_a_row_by_its_type_are_found() -> None:
    assert named_rows() == (("import_key", "record_id"), ("not_same", "first_id"), ("not_same", "second_id"))
    assert key_of("capacity") == ("delegate_id", "appointment_id")


def test_keys_are_those_that_the_database_enforces() -> None:
    head = next(key for key in unique_keys("delegate") if key.name == "ux_delegate_head")
    assert head.values({"role": "member", "delegation_id": 1}) is None
    assert head.values({"role": "head", "delegation_id": 1}) == (1,)
