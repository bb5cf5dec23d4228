"""Using what is there already instead of entering it again: the known source, or the known event."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from shiboken6 import isValid

from legation.fields.draft import Draft, duplicate
from legation.i18n import N_
from legation.matching.entry import Known
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.loading import load_draft
from legation.storage.saving import save
from legation.storage.steps import ChangeSet

if TYPE_CHECKING:
    from legation.ui.forms.record_form import RecordForm


def use_source(draft: Draft, known: Known) -> bool:
    """Let the citations of a new source with the known address cite the known one; False when there is none."""
    found = False
    for each in draft.walk():
        cited = each["source_id"] if each.record.name == "citation" else None
        if isinstance(cited, Draft) and cited["url"] == known.address:
            each["source_id"] = known.id
            found = True
    return found


def cite_instead(form: RecordForm, known: Known) -> None:
    """Add the sources cited in a form to the known event as one step, and go there; the form is done with."""
    mine = [duplicate(each) for each in form.draft.lines.get("citations", [])]

    def work(database: Database) -> ChangeSet | None:
        with closing(database.reader()) as reader:
            event = load_draft(reader, record_type("event"), known.id)
        cited = {each["source_id"] for each in event.lines["citations"]}
        added = [each for each in mine if isinstance(each["source_id"], Draft) or each["source_id"] not in cited]
        if not added:
            return None
        for each in added:
            event.add_line("citations", each)
        return database.write(
            N_("Cite sources for “{name}”"), lambda session: save(session, event), name=str(event["title"])
        )

    after_writing = form.after_writing

    def done(_change: ChangeSet | None) -> None:
        after_writing()
        if isValid(form):
            form.saved.emit(known.id, False)

    form.workspace.write(work, done)
