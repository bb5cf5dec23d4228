"""Out and in again: a dump of a load is the dump, byte for byte; what is not whole or not lawful is refused."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from legation.errors import UserError, WorkspaceNewer
from legation.records.catalogue import record_type
from legation.storage import undo
from legation.storage.checking import check_workspace
from legation.storage.database import Database, open_workspace
from legation.storage.deleting import delete_record
from legation.storage.dump_format import DESCRIPTION, DUMPED, README, dumped_table, from_cell, to_cell
from legation.storage.dumping import dump
from legation.storage.loading_dump import load_dump


def _files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def _description(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / DESCRIPTION).read_text(encoding="utf-8")))


@pytest.fixture
def dumped(sample_database: Database, tmp_path: Path) -> Path:
    """A dump of a sample in which something was deleted, undone and done again."""
    sample_database.write("Delete", lambda session: delete_record(session, record_type("event"), 8))
    undo.undo(sample_database)
    undo.redo(sample_database)
    dump(sample_database.path, tmp_path / "dump")
    return tmp_path / "dump"


def test_a_load_is_the_same_workspace(dumped: Path, sample: Path, tmp_path: Path) -> None:
    made = tmp_path / "again.legation"
    rows = load_dump(dumped, made)
    assert check_workspace(made) == []
    assert rows == sum(each["rows"] for each in _description(dumped)["resources"]) > 1000
    dump(made, tmp_path / "second")
    assert _files(tmp_path / "second") == _files(dumped)
    with closing(open_workspace(made)) as again, closing(open_workspace(sample)) as first:
        assert again.uuid == first.uuid
        undo.undo(again, others=True)
        with closing(again.reader()) as reader:
            assert reader.sql("SELECT count(*) FROM event") == [(8,)]
    assert check_workspace(made) == []


def test_the_schema_of_a_loaded_file_is_that_of_any_other(dumped: Path, sample: Path, tmp_path: Path) -> None:
    load_dump(dumped, tmp_path / "again.legation")
    found = []
    for path in (sample, tmp_path / "again.legation"):
        with closing(sqlite3.connect(path)) as connection:
            pragmas = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
            schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
            numbers = connection.execute("SELECT * FROM sqlite_sequence ORDER BY 1").fetchall()
            found.append((pragmas, schema, numbers, connection.execute("SELECT * FROM alembic_version").fetchall()))
    assert found[0] == found[1]


def test_the_number_of_a_deleted_row_is_not_given_again(dumped: Path, tmp_path: Path) -> None:
    load_dump(dumped, tmp_path / "again.legation")
    with closing(Database(tmp_path / "again.legation")) as again, again.step("Add") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO event(uid, kind, title, status, mode) VALUES ('u', 'meeting', 'New', 'proposed', 'in_person')"
        )
        assert session.connection().exec_driver_sql("SELECT max(id) FROM event").scalar_one() == 9


def test_every_table_is_described_with_its_columns_keys_and_links(dumped: Path) -> None:
    told = _description(dumped)
    assert [each["name"] for each in told["resources"]] == list(DUMPED)
    assert told["profile"] == "tabular-data-package" and (dumped / README).read_text(encoding="utf-8").strip()
    for each in told["resources"]:
        table, schema = dumped_table(each["name"]), each["schema"]
        content = (dumped / each["path"]).read_bytes()
        rows = _rows(dumped / each["path"])
        assert rows[0] == [column["name"] for column in schema["fields"]] == [column.name for column in table.columns]
        assert len(rows) - 1 == each["rows"] and len(content) == each["bytes"] and each["description"]
        assert hashlib.sha256(content).hexdigest() in each["hash"]
        links = {
            (key["reference"]["resource"] or each["name"], key["fields"][0]) for key in schema.get("foreignKeys", [])
        }
        assert links == {(key.referred_table.name, key.column_keys[0]) for key in table.foreign_key_constraints}
        assert schema["primaryKey"] == [column.name for column in table.primary_key.columns]


@pytest.mark.parametrize(
    "value",
    [None, "", "\\", "\\\\x", "=1+1", "-", "plain", " blank ", 'a "quoted", cell', "two\nlines", "cr\rlf\r\n", 0, -5],
)
def test_a_value_comes_back_from_its_cell_and_no_cell_is_a_formula(value: Any) -> None:
    cell = to_cell(value)
    assert from_cell(cell, is_number=isinstance(value, int)) == value
    assert isinstance(value, int) or not cell.startswith(("=", "+", "-", "@"))


def test_strange_texts_and_long_ones_come_back(sample_database: Database, tmp_path: Path) -> None:
    with sample_database.step("Strange") as session:
        for id, text in enumerate(("", "\\", "a\r\nb", '","', "=SUM(1)", "藤井 \u200f ﷺ", "x" * 200_000), 1):
            session.connection().exec_driver_sql("UPDATE event SET summary = ? WHERE id = ?", (text, id))
    dump(sample_database.path, tmp_path / "one")
    load_dump(tmp_path / "one", tmp_path / "again.legation")
    question = "SELECT id, summary FROM event ORDER BY id"
    with closing(sample_database.reader()) as first, closing(Database(tmp_path / "again.legation").reader()) as again:
        assert first.sql(question) == again.sql(question)
    dump(tmp_path / "again.legation", tmp_path / "two")
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def test_progress_is_told_to_the_end(sample: Path, tmp_path: Path) -> None:
    for work, words in (
        (lambda tell: dump(sample, tmp_path / "d", tell), 1),
        (lambda tell: load_dump(tmp_path / "d", tmp_path / "x.legation", tell), 2),
    ):
        told: list[tuple[int, int]] = []
        work(lambda done, total: told.append((done, total)))  # noqa: B023
        assert told and told[-1][0] == told[-1][1] and told == sorted(told) and words


# what is refused


def _rows(file: Path) -> list[list[str]]:
    before = csv.field_size_limit(1 << 30)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    csv.field_size_limit(before)
    return rows


def _write_again(folder: Path, table: str, change: Callable[[list[list[str]]], None]) -> None:
    """Change the rows of a table and describe the file as if it had been written so."""
    file = folder / f"{table}.csv"
    rows = _rows(file)
    change(rows)
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\r\n").writerows(rows)
    _describe_again(folder, table, rows=len(rows) - 1)


def _describe_again(folder: Path, table: str, **more: Any) -> None:
    told = _description(folder)
    content = (folder / f"{table}.csv").read_bytes()
    measured = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", **more}
    told["resources"] = [each | measured if each["name"] == table else each for each in told["resources"]]
    (folder / DESCRIPTION).write_text(json.dumps(told), encoding="utf-8")


def _cell(table: str, row: int, column: str, value: str) -> Callable[[Path], None]:
    def change(rows: list[list[str]]) -> None:
        rows[row][rows[0].index(column)] = value

    return lambda folder: _write_again(folder, table, change)


def _content(table: str, content: bytes) -> Callable[[Path], None]:
    def break_it(folder: Path) -> None:
        (folder / f"{table}.csv").write_bytes(content)
        _describe_again(folder, table)

    return break_it


def _told(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], None]:
    def break_it(folder: Path) -> None:
        told = _description(folder)
        change(told)
        (folder / DESCRIPTION).write_text(json.dumps(told), encoding="utf-8")

    return break_it


def _half(folder: Path) -> None:
    file = folder / "event.csv"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _touched(folder: Path) -> None:
    file = folder / "event.csv"
    file.write_bytes(file.read_bytes().replace(b"Tokyo", b"Kyoto"))


BROKEN: dict[str, tuple[Callable[[Path], Any], str]] = {
    "no description": (lambda folder: (folder / DESCRIPTION).unlink(), "it has no datapackage.json"),
    "garbage as description": (lambda folder: (folder / DESCRIPTION).write_bytes(b"\xff\x00{"), "cannot be read"),
    "a list as description": (lambda folder: (folder / DESCRIPTION).write_text("[1]"), "cannot be read"),
    "a description of nothing": (_told(lambda told: told["resources"][3].pop("hash")), "does not tell"),
    "a table that is not described": (_told(lambda told: told["resources"].pop(3)), "is missing"),
    "a table described twice": (_told(lambda told: told["resources"].append(told["resources"][3])), "does not tell"),
    "a missing file": (lambda folder: (folder / "person.csv").unlink(), "person.csv is missing"),
    "a folder for a file": (
        lambda folder: ((folder / "person.csv").unlink(), (folder / "person.csv").mkdir()),
        "cannot",
    ),
    "half a file": (_half, "event.csv is only half there"),
    "a file that was changed": (_touched, "event.csv was changed"),
    "other columns": (_cell("event", 0, "title", "headline"), "columns of event.csv"),
    "an empty file": (_content("event", b""), "columns of event.csv"),
    "no UTF-8": (_content("event", b"\xff\xfe\x00"), "cannot be read"),
    "a row too short": (lambda folder: _write_again(folder, "event", lambda rows: rows[3].pop()), "at row 3"),
    "no number": (_cell("event", 2, "minutes", "many"), "at row 2"),
    "a number too large": (_cell("event", 2, "minutes", "9" * 19 + "9"), "at row 2"),
    "a number missing": (_cell("event", 2, "id", ""), "at row 2"),
    "a broken rule": (_cell("event", 2, "status", "nonsense"), "breaks a rule"),
    "a number twice": (_cell("event", 2, "id", "1"), "breaks a rule"),
    "a broken link": (_cell("delegate", 1, "person_id", "999"), "does not hold together"),
    "bounds that do not follow": (_cell("event", 2, "date_to", "2030-01-01"), "does not hold together"),
    "a history that cannot be read": (_cell("change", 5, "after", "{no"), "does not hold together"),
    "rows fewer than told": (_told(lambda told: told["resources"][3].update(rows=9999)), "rows instead of"),
    "a last number too low": (_told(lambda told: told["resources"][0].update(last_number=2)), "last number"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_whole_or_not_lawful_is_refused_and_leaves_nothing(dumped: Path, tmp_path: Path, name: str) -> None:
    break_it, words = BROKEN[name]
    break_it(dumped)
    before = set(tmp_path.iterdir())
    with pytest.raises(UserError) as refused:
        load_dump(dumped, tmp_path / "again.legation")
    assert words in str(refused.value)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("key", ["schema_version", "format"])
def test_a_dump_of_a_newer_format_is_told(dumped: Path, tmp_path: Path, key: str) -> None:
    _told(lambda told: told["legation"].update({key: 999}))(dumped)
    with pytest.raises(WorkspaceNewer, match="newer Legation"):
        load_dump(dumped, tmp_path / "again.legation")


def test_nothing_is_written_over(dumped: Path, sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    for work in (
        lambda: load_dump(dumped, sample),
        lambda: load_dump(tmp_path / "none", tmp_path / "x.legation"),
        lambda: load_dump(dumped, tmp_path / "none" / "x.legation"),
        lambda: dump(sample, dumped),
        lambda: dump(sample, sample),
        lambda: dump(sample, tmp_path / "none" / "dump"),
        lambda: dump(tmp_path / "none.legation", tmp_path / "new"),
    ):
        with pytest.raises(UserError):
            work()
    assert sample.read_bytes() == before
    assert not list(tmp_path.glob(".*"))
    empty = tmp_path / "empty"
    empty.mkdir()
    dump(sample, empty)
    assert (empty / DESCRIPTION).exists()


def test_a_dump_that_fails_leaves_nothing(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("legation.storage.dumping._write_file", full)
    with pytest.raises(UserError, match="no room"):
        dump(sample, tmp_path / "dump")
    assert [each.name for each in tmp_path.iterdir() if not each.name.startswith("sample.legation")] == []
