"""A random user adds, edits, exchanges, links, deletes, merges, undoes and reverts; nothing is ever out of step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import Session

from legation.errors import StepConflict, UserError
from legation.fields.draft import new_draft
from legation.quality.merging import merge, plan_of
from legation.records.catalogue import DERIVED_TABLES, LOGGED_TABLES, record_type
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.loading import load_draft
from legation.storage.reference import new_workspace
from legation.storage.saving import save

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: text.strip()
)
EVENTS, PEOPLE, CODES = st.integers(1, 11), st.integers(1, 4), st.sampled_from(["TKM", "JPN", "KAZ"])
FIRST_BODY = 192  # the bodies after it are those of the sample
FIRST_STEPS = 2  # the reference data and the sample
EVENT = record_type("event")
State = dict[str, list[tuple[Any, ...]]]


@lru_cache(maxsize=1)
def _template() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    path = Path(folder.name) / "template.legation"
    new_workspace(path, "Desk", sample=True).close()
    return folder, path


class Desk(RuleBasedStateMachine):
    """One user with one workspace. `before` holds the state that each step found."""

    @initialize()
    def start(self) -> None:
        """Begin with a copy of the sample."""
        self.folder = Path(tempfile.mkdtemp())
        self.path = Path(shutil.copy(_template()[1], self.folder / "desk.legation"))
        self.database = Database(self.path)
        self.first = self.state()
        self.before: dict[int, State] = {}

    def state(self) -> State:
        """Every row of every table, and of what is derived."""
        with closing(self.database.reader()) as reader:
            found = {
                name: sorted(reader.sql(f'SELECT * FROM "{name}"'), key=repr)
                for name in (*LOGGED_TABLES, *DERIVED_TABLES)
            }
            found["search"] = reader.sql("SELECT rowid, name, body FROM search ORDER BY 1")
        return found

    def last_step(self) -> int:
        """The number of the newest step."""
        with closing(self.database.reader()) as reader:
            return int(reader.sql("SELECT max(id) FROM step")[0][0])

    def attempt(self, label: str, work: Callable[[Session], Any]) -> None:
        """Do something; a refusal leaves everything as it was."""
        before = self.state()
        try:
            done = self.database.write(label, work)
        except UserError:
            assert self.state() == before
            return
        if done.step:
            self.before[done.step] = before

    def take_back(self, step: Callable[[], Any]) -> None:
        """Undo, redo or revert; a conflict leaves everything as it was."""
        before, last = self.state(), self.last_step()
        try:
            done = step()
        except StepConflict:
            assert self.state() == before
            return
        if done is None or not done.step:
            return
        self.before[done.step] = before
        with closing(self.database.reader()) as reader:
            undone = reader.sql("SELECT undoes FROM step WHERE id = ?", (done.step,))[0][0]
        if undone == last:
            assert self.state() == self.before[undone]

    @rule(title=WORDS, code=CODES, other=CODES, person=PEOPLE, parent=EVENTS)
    def add_event(self, title: str, code: str, other: str, person: int, parent: int) -> None:
        """Add an event that is part of another, with a party and its head, and a second party."""
        event = new_draft(EVENT, title=title, date="2025-03", city=title, parent_id=parent)
        side = event.add_line("delegations", new_draft(record_type("delegation"), country=code))
        side.add_line("delegates", new_draft(record_type("delegate"), person_id=person, role="head"))
        if other != code:
            event.add_line("delegations", new_draft(record_type("delegation"), country=other))
        self.attempt("Add event", lambda session: save(session, event))

    @rule(id=EVENTS, title=WORDS)
    def edit_event(self, id: int, title: str) -> None:
        """Change a title and drop all parties but the first."""
        try:
            with closing(self.database.reader()) as reader:
                draft = load_draft(reader, EVENT, id)
        except UserError:
            return
        draft["title"] = title
        draft.lines["delegations"] = draft.lines["delegations"][:1]
        self.attempt("Edit event", lambda session: save(session, draft))

    @rule(id=PEOPLE, name=WORDS)
    def rename(self, id: int, name: str) -> None:
        """Rename a person, which changes many lists, and keep the old name as another one."""
        with closing(self.database.reader()) as reader:
            draft = load_draft(reader, record_type("person"), id)
        draft.add_line("aliases", new_draft(record_type("alias"), name=draft["name"], kind="former"))
        draft["name"] = name
        self.attempt("Rename", lambda session: save(session, draft))

    @rule(one=st.integers(1, 250), other=st.integers(1, 250))
    def swap_names(self, one: int, other: int) -> None:
        """Exchange the unique two-letter codes of two countries."""

        def swap(session: Session) -> None:
            connection = session.connection()
            codes = [
                connection.exec_driver_sql("SELECT iso2 FROM country WHERE id = ?", (id,)).scalar_one()
                for id in (one, other)
            ]
            for id, code in ((one, None), (other, codes[0]), (one, codes[1])):
                connection.exec_driver_sql("UPDATE country SET iso2 = ? WHERE id = ?", (code, id))

        self.attempt("Exchange codes", swap)

    @rule(event=EVENTS, about=EVENTS, source=st.integers(1, 3))
    def link(self, event: int, about: int, source: int) -> None:
        """Point an agenda item and a citation at other records."""

        def work(session: Session) -> None:
            item = new_draft(record_type("agenda_item"), event_id=event, topic="E.power", about_event_id=about)
            save(session, item)
            save(session, new_draft(record_type("citation"), source_id=source, agenda_item_id=item.id))

        self.attempt("Link", work)

    @rule(id=EVENTS)
    def delete_event(self, id: int) -> None:
        """Delete an event with all that belongs to it."""
        self.attempt("Delete", lambda session: delete_record(session, EVENT, id))

    @rule(id=st.integers(1, 7), record=st.sampled_from(["appointment", "person", "source", "outcome"]))
    def delete_other(self, id: int, record: str) -> None:
        """Delete a record that others may use; then it is refused."""
        self.attempt("Delete", lambda session: delete_record(session, record_type(record), id))

    @rule(record=st.sampled_from(["person", "post", "organisation"]), one=st.integers(1, 7), other=st.integers(1, 7))
    def merge(self, record: str, one: int, other: int) -> None:
        """Make one record of two that the sample uses; where something stands in the way, nothing changes."""
        offset = FIRST_BODY if record == "organisation" else 0
        before = self.state()
        try:
            with closing(self.database.reader()) as reader:
                plan = plan_of(reader, record, one + offset, other + offset)
            done = merge(self.database, plan)
        except UserError:
            assert self.state() == before
            return
        self.before[done.step] = before

    @rule()
    def undo(self) -> None:
        """Take the newest step back."""
        self.take_back(lambda: undo.undo(self.database))

    @rule()
    def redo(self) -> None:
        """Bring back what was undone last."""
        self.take_back(lambda: undo.redo(self.database))

    @rule(back=st.integers(0, 8))
    def revert(self, back: int) -> None:
        """Revert any recent step, or be told why not."""
        step = self.last_step() - back
        if step > FIRST_STEPS:
            self.take_back(lambda: undo.revert(self.database, step))

    @invariant()
    def nothing_is_stale(self) -> None:
        """No step is open and no record waits to be derived."""
        with closing(self.database.reader()) as reader:
            assert reader.sql("SELECT count(*) FROM stale") == [(0,)]
            assert reader.sql("SELECT count(*) FROM open_step") == [(0,)]

    def teardown(self) -> None:
        """The file is sound; taking every step back, the newest first, gives the start, and the log still replays."""
        if not hasattr(self, "database"):
            return
        try:
            assert check_workspace(self.path) == []
            for step in range(self.last_step(), FIRST_STEPS, -1):
                with closing(self.database.reader()) as reader:
                    latest = undo.end_of_chain(reader, step)
                undo.revert(self.database, latest)
                assert step not in self.before or self.state() == self.before[step]
            assert self.state() == self.first
            assert check_workspace(self.path) == []
        finally:
            self.database.close()
            shutil.rmtree(self.folder)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
