"""Settings and state: kept whole, read with forgiveness, damaged files set aside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from legation import settings
from legation.errors import UserError
from legation.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEGATION_HOME", str(tmp_path))
    return tmp_path


def test_nothing_chosen_gives_the_defaults() -> None:
    assert settings.read_settings() == Settings()


def test_settings_come_back_as_they_were_kept() -> None:
    chosen = Settings(language="xx", look="dark", text_size=2, who="Ogulgerek Ä. 石川", keys={"record.save": "Ctrl+S"})
    settings.write_settings(chosen)
    assert settings.read_settings() == chosen


def test_values_that_do_not_fit_are_read_as_defaults(home: Path) -> None:
    odd = {"look": "purple", "text_size": True, "who": 3, "keys": {"a": 1}, "unknown": 1, "language": "de"}
    path = home / "settings" / "settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps(odd))
    assert settings.read_settings() == Settings(language="de")


@pytest.mark.parametrize("content", [b"{half", b"\xff\xfe\x00", b"[1, 2]", b"", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_not_lost(home: Path, content: bytes) -> None:
    path = home / "settings" / "settings.json"
    path.parent.mkdir()
    for number in (1, 2):
        path.write_bytes(content)
        assert settings.read_settings() == Settings()
        assert (path.parent / f"settings.damaged-{number}.json").read_bytes() == content
        assert not path.exists()


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write_state("window", {"width": 800})

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("legation.settings.os.fsync", full)
    with pytest.raises(UserError, match="No space left"):
        settings.write_state("window", {"width": 900})
    assert settings.read_state("window") == {"width": 800}
    assert [each.name for each in (home / "state").iterdir()] == ["window.json"]


def test_a_folder_that_cannot_be_made_is_said_when_writing_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = home / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("LEGATION_HOME", str(blocked))
    assert settings.read_settings() == Settings()
    with pytest.raises(UserError, match="could not be written"):
        settings.write_settings(Settings())


def test_state_can_be_forgotten() -> None:
    settings.write_state("drafts", {"a": [1, None, "ü"]})
    assert settings.read_state("drafts") == {"a": [1, None, "ü"]}
    settings.forget_state("drafts")
    settings.forget_state("drafts")
    assert settings.read_state("drafts") == {}


@pytest.mark.parametrize("name", ["", "../up", "a/b", "a.b"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        settings.write_state(name, {})


def test_recent_workspaces_are_newest_first_without_repeats(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.legation" for number in range(settings.RECENT_LIMIT + 3)]
    for path in [*paths, paths[5]]:
        settings.remember_workspace(path)
    recent = settings.recent_workspaces()
    assert recent[0] == paths[5].resolve()
    assert len(recent) == len(set(recent)) == settings.RECENT_LIMIT
    settings.forget_workspace(paths[5])
    assert paths[5].resolve() not in settings.recent_workspaces()


def test_two_places_of_one_workspace_have_state_of_their_own(tmp_path: Path) -> None:
    here, there = (settings.workspace_key("11aa-22", tmp_path / name) for name in ("a.legation", "b.legation"))
    assert here != there
    assert here == settings.workspace_key("11aa-22", tmp_path / "." / "a.legation")
    settings.write_state(f"drafts-{here}", {"x": 1})
    assert settings.read_state(f"drafts-{there}") == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces an open file differently")
def test_the_file_is_replaced_at_once(home: Path) -> None:
    settings.write_state("window", {"width": 1})
    with (home / "state" / "window.json").open() as reader:
        settings.write_state("window", {"width": 2})
        assert json.load(reader) == {"width": 1}
    assert settings.read_state("window") == {"width": 2}
