"""Turning the name of a new official round in a form: that of the line with the keyboard, else the one entered last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from legation.fields.draft import Draft
from legation.matching.name_order import new_persons, turn

if TYPE_CHECKING:
    from legation.ui.forms.record_form import RecordForm


def turn_name(form: RecordForm) -> Draft | None:
    """Turn a name round, and give the official; None when there is none whose name can be turned."""
    persons = [person for _at, person in new_persons(form.draft)]
    if not persons:
        return None
    chosen = next((each for each in persons if each is _person_at_keyboard(form)), persons[-1])
    turn(chosen)
    for grid in form.grids():
        grid.refill()
    form.changed_in(chosen, "name")
    return chosen


def _person_at_keyboard(form: RecordForm) -> Draft | None:
    """The official of the line that has the keyboard."""
    focus = QApplication.focusWidget()
    for row in reversed(form.rows()):  # a line within a line comes after it
        person = row.line["person_id"] if row.line.record.name == "delegate" else None
        if focus is not None and row.isAncestorOf(focus) and isinstance(person, Draft):
            return person
    return None
