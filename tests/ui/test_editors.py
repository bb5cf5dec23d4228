"""Editors: every kind of field has one, and what it shows comes back unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from legation.fields.draft import new_draft
from legation.fields.kinds import ValueProblem
from legation.fields.record_type import Field
from legation.records.catalogue import RECORD_TYPES, table_named
from legation.reports.catalogue import REPORTS
from legation.storage.database import Database
from legation.ui.forms.context import FormContext
from legation.ui.forms.editors import EDITORS, editor_for
from legation.ui.reports.options_pane import BESIDE


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


def test_every_kind_of_field_that_is_typed_has_an_editor() -> None:
    asked = [BESIDE, *(report.options for report in REPORTS.values())]
    used = {each.kind.name for record in [*RECORD_TYPES.values(), *asked] for each in record.stored}
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


def test_a_file_that_is_not_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    editor = editor_for(BESIDE["since"])
    qtbot.addWidget(editor)
    there = tmp_path / "issue.pdf"
    editor.set_text(str(there))
    with pytest.raises(ValueProblem, match=r"no file issue\.pdf"):
        editor.value()
    there.write_bytes(b"")
    assert editor.value() == str(there)
    editor.set_value(None)
    assert editor.value() is None
