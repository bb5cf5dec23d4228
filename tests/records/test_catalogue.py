"""What records say of themselves and what their tables keep are the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Text

from legation.fields.draft import new_draft
from legation.fields.kinds import CODED, Choice, FuzzyDateKind, Link
from legation.records.catalogue import LOGGED_TABLES, PUBLIC_TABLES, RECORD_TYPES, record_type, table_named
from legation.records.vocabulary import EVENT_KINDS

FIELDS = [(name, each) for name, record in RECORD_TYPES.items() for each in record.stored]
IDS = [f"{name}.{each.name}" for name, each in FIELDS]
KEPT_BY_THE_PROGRAM = {"id", "uid", "sort_name", "key"}


def test_sixteen_tables_are_public() -> None:
    assert len(PUBLIC_TABLES) == 16
    assert set(LOGGED_TABLES) - set(PUBLIC_TABLES) == {"event_kind", "import_key", "not_same", "saved_view", "setting"}


@pytest.mark.parametrize("name", PUBLIC_TABLES)
def test_every_column_is_a_field_or_derived(name: str) -> None:
    record = record_type(name)
    dates = {each.name for each in record.stored if isinstance(each.kind, FuzzyDateKind)}
    bounds = {f"{date}{end}" for date in dates for end in ("_from", "_to")}
    columns = {column.name for column in table_named(name).columns}
    assert columns - {each.name for each in record.stored} <= KEPT_BY_THE_PROGRAM | bounds
    assert {each.name for each in record.stored} <= columns


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=IDS)
def test_a_field_is_needed_exactly_where_its_column_is(name: str, field: object) -> None:
    assert table_named(name).c[field.name].nullable is not field.required  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=IDS)
def test_a_link_points_where_its_column_does(name: str, field: object) -> None:
    kind, column = field.kind, table_named(name).c[field.name]  # type: ignore[attr-defined]
    targets = {key.column for key in column.foreign_keys}
    targets |= {key.column for target in targets for key in target.foreign_keys}  # a pair that points at a pair
    if isinstance(kind, Link):
        key = "code" if kind.target in CODED else "id"
        assert table_named(kind.target).c[key] in targets
    else:
        assert all(target.table.name == "event_kind" for target in targets)


@pytest.mark.parametrize("name", PUBLIC_TABLES)
def test_columns_order_and_lines_name_what_is_there(name: str) -> None:
    record = record_type(name)
    assert record.columns and set(record.columns) <= set(record.by_name)
    columns = {column.name for column in table_named(name).columns}
    assert {each.lstrip("-") for each in record.order} <= set(record.by_name) | columns
    for lines in record.lines:
        assert lines.via in record_type(lines.record).by_name
    assert len(record.fields) == len(record.by_name)


@pytest.mark.parametrize("name", PUBLIC_TABLES)
def test_defaults_are_lawful(name: str) -> None:
    draft = new_draft(record_type(name))
    for field in draft.record.stored:
        if draft[field.name] is not None:
            assert field.kind.problems(draft[field.name]) == []


@pytest.mark.parametrize("name", LOGGED_TABLES)
def test_tables_are_strict_and_give_no_id_twice(workspace: Path, name: str) -> None:
    with closing(sqlite3.connect(workspace)) as connection:
        (statement,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    assert statement.rstrip().endswith("STRICT")
    assert ("AUTOINCREMENT" in statement) == ("id" in table_named(name).c)


@pytest.mark.parametrize("name", LOGGED_TABLES)
def test_no_text_holds_nul_and_none_is_varchar(workspace: Path, name: str) -> None:
    with closing(sqlite3.connect(workspace)) as connection:
        (statement,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    for column in table_named(name).columns:
        if isinstance(column.type, Text):
            assert f"instr({column.name}, char(0)) = 0" in statement
    assert "VARCHAR" not in statement


def test_every_closed_vocabulary_is_held_by_the_database(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace)) as connection:
        statements = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
        kinds = {row[0] for row in connection.execute("SELECT code FROM event_kind")}
    assert kinds == set(EVENT_KINDS)
    for name, field in FIELDS:
        if isinstance(field.kind, Choice) and (name, field.name) not in {("event", "kind"), ("post", "rank")}:
            listed = ", ".join(f"'{code}'" for code in field.kind.terms or ())
            assert f"{field.name} IN ({listed})" in statements[name], (name, field.name)
