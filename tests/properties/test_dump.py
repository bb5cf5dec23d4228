"""Whatever a workspace holds, a dump of its load is its dump, byte for byte, and the loaded file is sound."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from legation.errors import UserError
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.deleting import delete_record
from legation.storage.dumping import dump
from legation.storage.loading_dump import load_dump
from legation.storage.reference import new_workspace
from legation.storage.saving import save

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), TEXTS),
        st.tuples(st.just("note"), TEXTS),
        st.tuples(st.just("delete"), st.integers(1, 12).map(str)),
        st.tuples(st.just("undo"), st.just("")),
    ),
    max_size=8,
)


@lru_cache(maxsize=1)
def _template() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    path = Path(folder.name) / "template.legation"
    new_workspace(path, "Desk", sample=True).close()
    return folder, path


@given(ACTS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_out_and_in_again(acts: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = Path(shutil.copy(_template()[1], folder / "desk.legation"))
        with closing(Database(path)) as database:
            for act, value in acts:
                _do(database, act, value)
        dump(path, folder / "one")
        load_dump(folder / "one", folder / "again.legation")
        dump(folder / "again.legation", folder / "two")
        first, second = (
            {each.name: each.read_bytes() for each in (folder / name).iterdir()} for name in ("one", "two")
        )
        assert first == second
        assert check_workspace(folder / "again.legation") == []
        with closing(Database(path)) as one, closing(Database(folder / "again.legation")) as other:
            assert [undo.undo(each, others=True) is None for each in (one, other)] in ([True] * 2, [False] * 2)
            for table in ("event", "person", "event_row"):
                with closing(one.reader()) as left, closing(other.reader()) as right:
                    question = f"SELECT * FROM {table} ORDER BY 1"
                    assert left.sql(question) == right.sql(question)


def _do(database: Database, act: str, value: str) -> None:
    """One act of a user; what is refused changes nothing."""
    event = record_type("event")
    try:
        if act == "add":
            database.write("Add", lambda session: save(session, new_draft(event, title=value or "x", date="2025")))
        elif act == "note":  # as it is, without what a form would take away
            text = "UPDATE event SET summary = ?, venue = ? WHERE id = 2"
            database.write("Note", lambda session: session.connection().exec_driver_sql(text, (value, value)))
        elif act == "delete":
            database.write("Delete", lambda session: delete_record(session, event, int(value)))
        else:
            undo.undo(database)
    except UserError:
        pass
