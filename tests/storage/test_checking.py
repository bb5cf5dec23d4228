"""Checking: each kind of planted damage is named by its own check and by no other, and nothing ends in a traceback."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from legation.cli import run
from legation.storage import checking, schema
from legation.storage.checking import CHECKS, check_workspace
from legation.storage.connection import connect_for_writing

Damage = Callable[[sqlite3.Connection], object]


def in_a_step(connection: sqlite3.Connection, statement: str) -> None:
    """Change rows as a step does, so that log, lists and search index follow."""
    connection.execute("BEGIN IMMEDIATE")
    number = connection.execute(
        "INSERT INTO step(label, arguments, at, who, session, schema_version) VALUES ('x', '{}', '2025', 'x', 'x', 1)"
    ).lastrowid
    connection.execute("INSERT INTO open_step(id, only) VALUES (?, 1)", (number,))
    connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM change WHERE step_id = ?", (number,)).fetchone()[0] > 0
    connection.execute("DELETE FROM open_step")
    connection.execute("COMMIT")


def an_index_lacks_a_row(connection: sqlite3.Connection) -> None:
    """Hide an index, add a row, and show the index again."""
    connection.execute("PRAGMA writable_schema = ON")
    entry = connection.execute("SELECT * FROM sqlite_schema WHERE name = 'ix_step_undoes'").fetchone()
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'ix_step_undoes'")
    with closing(connect_for_writing(Path(connection.execute("PRAGMA database_list").fetchone()[2]))) as other:
        in_a_step(other, "UPDATE event SET title = 'Another title' WHERE id = 1")
    connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", entry)


def a_trigger_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TRIGGER guard_event_update")


def a_trigger_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TRIGGER guard_event_update")
    connection.execute("CREATE TRIGGER guard_event_update BEFORE UPDATE ON event BEGIN SELECT 1; END")


def an_index_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DROP INDEX ix_change_record")


def a_link_points_at_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    in_a_step(connection, "UPDATE source SET publisher_id = 99999 WHERE id = 1")


def the_bounds_of_a_date_are_wrong(connection: sqlite3.Connection) -> None:
    in_a_step(connection, "UPDATE event SET date_to = '2031-01-01' WHERE id = 1")


def a_date_cannot_be_read(connection: sqlite3.Connection) -> None:
    in_a_step(connection, "UPDATE event SET date = 'soon' WHERE id = 1")


def a_step_was_left_open(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO open_step(id, only) SELECT max(id), 1 FROM step")


def records_wait(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO stale VALUES ('person', 1)")


def without_triggers(connection: sqlite3.Connection, statement: str) -> None:
    """Change rows behind the back of the log, and leave no other trace."""
    connection.execute("BEGIN")
    schema.drop_views_and_triggers(connection)
    assert connection.execute(statement).rowcount == 1
    schema.make_views_and_triggers(connection)
    connection.execute("COMMIT")


def a_row_was_changed_unlogged(connection: sqlite3.Connection) -> None:
    without_triggers(connection, "UPDATE event SET uid = '00000000-0000-4000-8000-000000000000' WHERE id = 1")


def a_row_was_added_unlogged(connection: sqlite3.Connection) -> None:
    without_triggers(connection, "INSERT INTO setting(name, value) VALUES ('colour', 'blue')")


def a_row_was_removed_unlogged(connection: sqlite3.Connection) -> None:
    without_triggers(connection, "DELETE FROM setting WHERE name = 'name'")


def a_change_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM change WHERE id = (SELECT max(id) FROM change)")


def a_change_cannot_be_read(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE change SET after = '{\"name\":' WHERE id = 1")


def a_change_is_no_row(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE change SET after = '7' WHERE id = 1")


def a_list_row_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE event_row SET party_names = 'Nobody' WHERE event_id = 1")


def a_list_row_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM event_row WHERE event_id = 1")


def a_level_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE event_row SET level_order = 7, level = 'business' WHERE event_id = 1")


def a_pair_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM event_pair WHERE event_id = 1 AND one = 'JPN' AND other = 'TKM'")


def a_pair_of_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO event_pair VALUES ('AAA', 'ZZZ', 'held', 1, 0, '2025-01-01', '2025-01-01', 99999)")


def a_level_of_a_pair_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE event_pair SET level_order = 7 WHERE event_id = 1 AND one = 'JPN' AND other = 'TKM'")


def a_count_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE country_pair SET events = events + 1 WHERE one = 'JPN' AND other = 'TKM'")


def a_total_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE pair_total SET events = events + 1 WHERE one = 'JPN' AND other = 'TKM'")


def a_count_of_a_country_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE facet_count SET events = events + 1 WHERE value = 'JPN'")


def a_count_of_a_topic_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM facet_count WHERE value = 'E.power'")


def the_countries_of_a_list_row_are_others(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE event_row SET country_codes = 'JPN' WHERE event_id = 1")


def a_document_is_another(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE search SET body = 'nothing of it' WHERE rowid = (SELECT max(rowid) FROM search)")


def a_document_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search)")


def a_document_of_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO search(rowid, name, body) VALUES (99999 * 16 + 5, 'ghost', '')")


DAMAGES: list[tuple[Damage, str, str]] = [
    (an_index_lacks_a_row, "File", "missing from index ix_step_undoes"),
    (a_trigger_is_gone, "Rules", "guard_event_update is not there"),
    (a_trigger_is_another, "Rules", "guard_event_update is not as it should be"),
    (an_index_is_gone, "Rules", "ix_change_record is not there"),
    (a_link_points_at_nothing, "Links", "source row 1 points at a row of organisation that is not there"),
    (the_bounds_of_a_date_are_wrong, "Dates", "event 1: the bounds of date do not follow from “"),
    (a_date_cannot_be_read, "Dates", "event 1: "),
    (a_step_was_left_open, "Steps", "was left open by another program"),
    (records_wait, "Steps", "1 records wait to be derived"),
    (a_row_was_changed_unlogged, "Log", "event [1] is not what the log says"),
    (a_row_was_added_unlogged, "Log", 'setting ["colour"] is not what the log says'),
    (a_row_was_removed_unlogged, "Log", 'setting ["name"] is in the log but not in the table'),
    (a_change_is_gone, "Log", "is not what the log says"),
    (a_change_cannot_be_read, "Log", "Change 1 cannot be read"),
    (a_change_is_no_row, "Log", "Change 1 cannot be read"),
    (a_list_row_is_another, "Lists", "The list row of event 1 does not follow from its records"),
    (a_list_row_is_gone, "Lists", "The list row of event 1 does not follow from its records"),
    (a_level_is_another, "Lists", "The level of event 1 does not follow from its records"),
    (the_countries_of_a_list_row_are_others, "Lists", "The list row of event 1 does not follow from its records"),
    (a_count_of_a_country_is_another, "Counts", "The number of events with JPN does not follow from the records"),
    (a_count_of_a_topic_is_gone, "Counts", "The number of events with E.power does not follow from the records"),
    (a_pair_is_gone, "Pairs", "JPN and TKM at event 1: the pair does not follow from the parties"),
    (a_pair_of_nothing, "Pairs", "AAA and ZZZ at event 99999: the pair does not follow from the parties"),
    (a_level_of_a_pair_is_another, "Pairs", "JPN and TKM at event 1: the level is not that of the event"),
    (a_count_is_another, "Pairs", "The number of events of JPN and TKM does not follow from the pairs"),
    (a_total_is_another, "Pairs", "The number of events of JPN and TKM does not follow from the pairs"),
    (a_document_is_another, "Search", "is not indexed as it is"),
    (a_document_is_gone, "Search", "is not indexed as it is"),
    (a_document_of_nothing, "Search", "event 99999 is indexed but not there"),
]
each_damage = pytest.mark.parametrize(
    ("damage", "name", "sentence"), DAMAGES, ids=[damage.__name__ for damage, *_more in DAMAGES]
)


def plant(path: Path, damage: Damage) -> None:
    with closing(connect_for_writing(path, journal="DELETE")) as connection:
        damage(connection)


def test_every_check_has_a_damage_and_the_sample_has_none(sample: Path) -> None:
    assert {name for _damage, name, _sentence in DAMAGES} == set(CHECKS)
    assert check_workspace(sample) == []


@each_damage
def test_a_damage_is_named_by_its_check_alone(
    sample: Path, damage: Damage, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(sample, damage)
    before = sample.read_bytes()
    found = check_workspace(sample)
    assert {each.split(": ")[0] for each in found} == {name}
    assert any(sentence in each for each in found)
    assert run(["check", str(sample)]) == 1
    assert sentence in capsys.readouterr().out
    assert sample.read_bytes() == before


def test_a_view_that_is_gone_is_named_by_what_needs_it(sample: Path) -> None:
    plant(sample, lambda connection: connection.execute("DROP VIEW search_of_event"))
    found = check_workspace(sample)
    assert found == [
        "Rules: search_of_event is not there.",
        "Search: cannot be read (no such table: search_of_event).",
    ]


def test_a_list_of_words_from_before_the_last_step_is_named(sample: Path) -> None:
    """What a disk that lost a write leaves: every text is right, and words do not lead to it."""

    def lose_a_write(opened: sqlite3.Connection) -> None:
        shadows = ("search_data", "search_idx")
        kept = {name: opened.execute(f"SELECT * FROM {name}").fetchall() for name in shadows}
        in_a_step(opened, "UPDATE event SET title = 'Quince' WHERE id = 1")
        for name, rows in kept.items():
            opened.execute(f"DELETE FROM {name}")
            opened.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    plant(sample, lose_a_write)
    found = check_workspace(sample)
    assert found and {each.split(": ")[0] for each in found} <= {"File", "Search"}
    assert any(each.startswith("Search: ") and each.endswith(" do not lead to their records.") for each in found)


def test_many_problems_are_counted(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST", 3)
    plant(sample, lambda connection: connection.execute("DELETE FROM search"))
    with closing(sqlite3.connect(sample)) as connection:
        tables = checking.NUMBERS
        rows = sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)
    found = check_workspace(sample)
    assert len(found) == 4 and found[-1] == f"Search: and {rows - 3} more."


def test_text_that_is_none_is_a_problem(sample: Path) -> None:
    plant(
        sample,
        lambda connection: without_triggers(connection, "UPDATE event SET venue = CAST(X'80FE' AS TEXT) WHERE id = 1"),
    )
    found = check_workspace(sample)
    assert any(each.startswith("Log: cannot be read (Could not decode to UTF-8") for each in found)


def test_the_log_of_a_sound_workspace_is_json(sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as connection:
        for key, after in connection.execute("SELECT key, after FROM change WHERE after IS NOT NULL"):
            assert isinstance(json.loads(key), list) and isinstance(json.loads(after), dict)


def test_a_damaged_page_is_told_and_never_a_traceback(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = sample.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    pages = len(whole) // size
    codes = set()
    garbage = bytes(number * 7 % 251 for number in range(size))
    for number, page in enumerate(range(1, pages, max(1, pages // 14))):
        wrong = garbage if number % 2 else bytes(size)
        sample.write_bytes(whole[: page * size] + wrong + whole[(page + 1) * size :])
        code = run(["check", str(sample)])
        told = capsys.readouterr()
        assert (code == 1 and told.out) or (code == 2 and told.err), page
        assert "Traceback" not in told.err
        codes.add(code)
    assert codes <= {1, 2} and 1 in codes


def test_a_damaged_first_page_makes_it_unreadable(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = sample.read_bytes()
    sample.write_bytes(whole[:100] + bytes(3996) + whole[4096:])
    assert run(["check", str(sample)]) == 2
    assert capsys.readouterr().err.startswith("sample.legation is damaged or only half there.")
