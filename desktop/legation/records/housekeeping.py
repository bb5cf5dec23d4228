"""Tables beside the public ones that are logged as well: import keys, decisions, saved views, settings, notes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from legation.records.columns import KEPT, optional_text, required_number, required_text, row_id
from legation.records.row import Row


class ImportKey(Row, table=True):
    """Where an imported record came from: file, row and digest of the row, and the record it became."""

    __tablename__ = "import_key"
    __table_args__: Any = (
        Index("ux_import_key", "source_file", "source_row", "record", "record_id", unique=True),
        Index("ix_import_key_record", "record", "record_id"),
        KEPT,
    )
    id: int | None = row_id()
    source_file: str = required_text()
    source_row: str = required_text()
    digest: str = required_text()
    record: str = required_text()
    record_id: int = required_number()


class NotSame(Row, table=True):
    """Two records that a person said are different, so that nobody proposes them again."""

    __tablename__ = "not_same"
    __table_args__: Any = (
        CheckConstraint("first_id < second_id", name="ck_not_same_order"),
        UniqueConstraint("record", "first_id", "second_id", name="ux_not_same"),
        KEPT,
    )
    id: int | None = row_id()
    record: str = required_text()
    first_id: int = required_number()
    second_id: int = required_number()


class SavedView(Row, table=True):
    """A named question: page, filters, words, columns and order, as JSON text."""

    __tablename__ = "saved_view"
    __table_args__: Any = (CheckConstraint("json_valid(definition)", name="ck_saved_view_definition"), KEPT)
    id: int | None = row_id()
    name: str = required_text(unique=True)
    record: str = required_text()
    definition: str = required_text()


class Setting(Row, table=True):
    """A setting of the workspace: its uuid, its name, the release of its reference data."""

    __tablename__ = "setting"
    __table_args__: Any = ({"sqlite_strict": True},)
    name: str = required_text(primary_key=True)
    value: str | None = optional_text()
