"""Where things are."""

from __future__ import annotations

from pathlib import Path

import pytest

from architecture.source_tree import ROOT
from legation import paths


def test_the_resources_of_the_checkout_are_found() -> None:
    assert paths.resources() == ROOT / "resources"
    assert (paths.resources() / "icons" / "legation.svg").is_file()


def test_one_variable_moves_every_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_HOME", str(tmp_path / "new"))
    folders = [paths.settings_folder(), paths.state_folder(), paths.logs_folder()]
    assert len(set(folders)) == 3
    assert all(folder.is_dir() and folder.parent == tmp_path / "new" for folder in folders)
