"""Ruff finds nothing, everything is formatted, and mypy agrees with the annotations."""

from __future__ import annotations

import subprocess
import sys

import pytest

from architecture.source_tree import ROOT

pytestmark = pytest.mark.style


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)


def test_ruff_finds_nothing() -> None:
    answer = _run("ruff", "check", "desktop", "tests")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_everything_is_formatted() -> None:
    answer = _run("ruff", "format", "--check", "desktop", "tests")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.slow
def test_mypy_agrees() -> None:
    answer = _run("mypy", "desktop/legation")
    assert answer.returncode == 0, answer.stdout + answer.stderr
