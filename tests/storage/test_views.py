"""Saved views: kept in the workspace as one step, handed on as files, refused where they cannot be shown."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from legation import cli
from legation.errors import UserError
from legation.storage.checking import check_workspace
from legation.storage.database import Database
from legation.storage.undo import undo
from legation.storage.views import View, forget_view, keep_view, view_from, view_named, views

JAPAN = View("Japan planned", "planned", "event", "country:JPN -status:cancelled", ("date", "title"), ("-date",))


def _kept(database: Database) -> list[View]:
    with closing(database.reader()) as reader:
        return views(reader)


def test_a_view_is_kept_replaced_undone_and_forgotten(sample_database: Database) -> None:
    database = sample_database
    database.write("Save", lambda session: keep_view(session, JAPAN))
    assert _kept(database) == [JAPAN]
    other = replace(JAPAN, filter="tokyo")
    database.write("Save", lambda session: keep_view(session, other))
    assert _kept(database) == [other]
    undo(database)
    assert _kept(database) == [JAPAN]
    with closing(database.reader()) as reader:
        assert view_named(reader, " japan PLANNED") == JAPAN
        with pytest.raises(UserError, match=r"no view “Tokyo”\. The views are: Japan planned"):
            view_named(reader, "Tokyo")
    database.write("Forget", lambda session: forget_view(session, "Japan planned"))
    assert _kept(database) == []
    assert check_workspace(database.path) == []


def test_a_view_is_its_file() -> None:
    assert view_from(JAPAN.as_json()) == JAPAN


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Give the view a name"),
        ({"name": "x" * 81}, "Give the view a name"),
        ({"record": "starship"}, "starship"),
        ({"columns": ("date", "colour")}, "colour"),
        ({"order": ("-colour",)}, "colour"),
        ({"filter": "colour:red"}, "no condition"),
        ({"filter": "status:maybe"}, "maybe"),
    ],
)
def test_a_view_that_cannot_be_shown_is_refused(sample_database: Database, change: dict[str, str], says: str) -> None:
    view = replace(JAPAN, **change)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=says):
        sample_database.write("Save", lambda session: keep_view(session, view))
    with pytest.raises(UserError, match=says):
        view_from(view.as_json())
    assert _kept(sample_database) == []


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"legation_view": 1}', '{"legation_view": 1, "x": 2}'])
def test_another_file_is_no_view(text: str) -> None:
    with pytest.raises(UserError, match="holds no view"):
        view_from(text)


def test_views_on_the_command_line(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, handed = str(sample), tmp_path / "japan.json"
    handed.write_text(JAPAN.as_json(), encoding="utf-8")
    assert cli.run(["view", file, "--take", str(handed)]) == 0
    assert cli.run(["view", file]) == 0
    assert "Japan planned  planned  country:JPN -status:cancelled" in capsys.readouterr().out
    assert cli.run(["list", file, "--view", "japan planned", "--format", "csv", "--no-bom"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Date,Date (in words),Title" and len(lines) == 4
    assert cli.run(["list", file, "--view", "japan planned", "--where", "kind:summit"]) == 0
    assert "Japan" in capsys.readouterr().out
    assert cli.run(["view", file, "Japan planned", "-o", str(tmp_path / "out.json")]) == 0
    assert (tmp_path / "out.json").read_bytes() == handed.read_bytes()
    assert cli.run(["view", file, "Japan planned", "--forget"]) == 0
    unreadable = [["view", file, "--take", str(path)] for path in (sample, tmp_path / "none")]
    unnamed = [["view", file, "Nothing"], ["view", file, "--forget"], ["list", file], ["list", file, "--view", "x"]]
    for mistake in (*unreadable, *unnamed):
        capsys.readouterr()
        assert cli.run(mistake) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1, mistake
