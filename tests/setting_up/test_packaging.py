"""The menu entry, the AppStream metadata and the kind of file agree with the program and with each other."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

import legation
from architecture.source_tree import ROOT

FOLDER = ROOT / "desktop" / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(FOLDER / "legation.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def _metadata() -> ElementTree.Element:
    return ElementTree.parse(FOLDER / "legation.metainfo.xml").getroot()


def test_the_version_is_the_same_everywhere() -> None:
    released = [each.get("version") for each in _metadata().iter("release")]
    assert PROJECT["version"] == legation.__version__ == released[0]


def test_the_menu_starts_the_command_that_is_installed() -> None:
    command, argument = _entry()["Exec"].split()
    assert command in PROJECT["scripts"] and argument == "%f"
    assert [each.text for each in _metadata().iter("binary")] == [command]
    assert (ROOT / "resources" / "icons" / (_entry()["Icon"] + ".svg")).is_file()


def test_entry_metadata_and_file_kind_name_the_same_things() -> None:
    (launchable,) = _metadata().iter("launchable")
    (media,) = _metadata().iter("mediatype")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    (kind,) = ElementTree.parse(FOLDER / "legation.mime.xml").getroot().iter(space + "mime-type")
    assert launchable.text == "legation.desktop"
    assert _entry()["MimeType"] == f"{media.text};" == f"{kind.get('type')};"
    assert [each.get("pattern") for each in kind.iter(space + "glob")] == ["*.legation"]


@pytest.mark.skipif(sys.platform == "win32", reason="a menu entry of Linux")
def test_the_entry_is_put_in_place_for_one_user(tmp_path: Path) -> None:
    place = tmp_path / "with a space"
    surroundings = dict(os.environ, XDG_DATA_HOME=str(place))
    subprocess.run(["sh", str(FOLDER / "install-entry.sh")], cwd=tmp_path, env=surroundings, check=True, timeout=60)
    assert (place / "applications" / "legation.desktop").read_bytes() == (FOLDER / "legation.desktop").read_bytes()
    assert (place / "icons/hicolor/scalable/apps/legation.svg").is_file()
    assert (place / "mime/packages/legation.xml").is_file()


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-validate is not installed")
def test_the_entry_is_valid() -> None:
    subprocess.run(["desktop-file-validate", str(FOLDER / "legation.desktop")], check=True, timeout=60)


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="appstreamcli is not installed")
def test_the_metadata_is_valid() -> None:
    command = ["appstreamcli", "validate", "--no-net", str(FOLDER / "legation.metainfo.xml")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    complaints = [line for line in answer.stdout.splitlines() if line.startswith(("E:", "W:"))]
    # the project has no internet domain that an id could begin with
    assert [line for line in complaints if "cid-desktopapp-is-not-rdns" not in line] == []
