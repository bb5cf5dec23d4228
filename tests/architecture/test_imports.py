"""The direction of imports: who may know whom, read from the source, and shown once by running it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest

from architecture.source_tree import ROOT, package_files

WINDOW_LAYER = "ui"
TEXT_SHAPING = ("desktop/legation/documents/to_pdf.py", "desktop/legation/documents/paper/")
THREADED = ("desktop/legation/ui/background.py", "desktop/legation/storage/ahead.py")
SESSION_NAMES = (
    "sqlmodel.Session",
    "sqlmodel.create_engine",
    "sqlalchemy.create_engine",
    "sqlalchemy.orm",
    "sqlalchemy.engine",
    "sqlalchemy.Connection",
    "sqlalchemy.Engine",
)
THREAD_NAMES = (
    "_thread",
    "concurrent.futures",
    "multiprocessing",
    "PySide6.QtCore.QThread",
    "PySide6.QtCore.QRunnable",
)


@pytest.mark.style
def test_the_contracts_of_the_layer_picture_hold() -> None:
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "desktop"))
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


def test_only_the_window_imports_qt() -> None:
    others = [
        each for each in package_files() if each.layer != WINDOW_LAYER and not each.place.startswith(TEXT_SHAPING)
    ]
    assert [each.place for each in others if each.imports("PySide6") or each.imports("shiboken6")] == []


def test_only_storage_opens_connections_and_sessions() -> None:
    offenders = [
        (each.place, name)
        for each in package_files()
        if each.layer != "storage"
        for name in ("sqlite3", *SESSION_NAMES)
        if each.imports(name)
    ]
    assert offenders == []


def test_only_the_background_of_the_window_and_reading_ahead_start_threads() -> None:
    offenders = [
        (each.place, name)
        for each in package_files()
        if each.place not in THREADED
        for name in THREAD_NAMES
        if each.imports(name)
    ]
    calls = [each.place for each in package_files() if each.place not in THREADED and "Thread(" in each.text]
    assert offenders == []
    assert calls == []


def test_nothing_imports_everything_of_a_module() -> None:
    assert [each.place for each in package_files() if any(n.endswith(".*") for n in each.imported_names())] == []


@pytest.mark.parametrize(
    "module",
    ["fields", "records", "records.catalogue", "storage", "storage.database", "documents", "reports", "quality", "cli"],
)
def test_importing_what_is_below_the_window_loads_no_qt(module: str) -> None:
    if importlib.util.find_spec(f"legation.{module}") is None:
        pytest.skip(f"there is no legation.{module} yet")
    question = (
        f"import sys, legation.{module}; "
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')])"
    )
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "desktop"))
    answer = subprocess.run(
        [sys.executable, "-c", question], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "[]"
