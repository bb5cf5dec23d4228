"""Editors: every kind of field has one, and what it shows comes back unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from legation.fields.draft import new_draft
from legation.fields.kinds import ValueProblem
from legation.fields.record_type import Field
from legation.records.catalogue import RECORD_TYPES, table_named
from legation.storage.database import Database
from legation.ui.forms.context import FormContext
from legation.ui.forms.editors import EDITORS, editor_for


class _NoLane:
    def ask(self, *_question: Any) -> None:
        raise AssertionError("nothing is asked while values are shown")


def _context() -> FormContext:
    draft = new_draft(RECORD_TYPES["event"])
    return FormContext(_NoLane(), lambda: draft)  # type: ignore[arg-type]


FIELDS = [
    pytest.param(record.name, each, id=f"{record.name}.{each.name}")
    for record in RECORD_TYPES.values()
    for each in record.stored
]


def test_every_kind_of_stored_field_has_an_editor() -> None:
    used = {each.kind.name for record in RECORD_TYPES.values() for each in record.stored}
    assert used == set(EDITORS)


@pytest.mark.parametrize(("record", "field"), FIELDS)
def test_what_an_editor_shows_comes_back(qtbot: QtBot, sample_database: Database, record: str, field: Field) -> None:
    editor = editor_for(field, _context())
    qtbot.addWidget(editor)
    column = table_named(record).c[field.name]
    reader = sample_database.reader()
    values = [row[0] for row in reader.rows(select(column).distinct().limit(40))]
    reader.close()
    told: list[bool] = []
    editor.changed.connect(lambda: told.append(True))
    for value in [*values, None]:
        editor.set_value(value)
        assert editor.value() == value
    assert not told


def test_text_that_cannot_be_parsed_stays(qtbot: QtBot) -> None:
    editor = editor_for(RECORD_TYPES["event"]["date"])
    qtbot.addWidget(editor)
    editor.set_text("the day after never")
    with pytest.raises(ValueProblem):
        editor.value()
    assert editor.text() == "the day after never"
