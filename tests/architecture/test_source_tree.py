"""The reading of the source finds what the other tests of this folder look for."""

from __future__ import annotations

from pathlib import Path

from architecture.source_tree import PACKAGE, SourceFile

SAMPLE = """
import os.path
from sqlmodel import Session

def shown():
    from PySide6.QtCore import QThread
    def inner(): pass

class Reader:
    def read(self): pass
    def _look(self): pass
"""


def test_imports_are_found_wherever_they_stand(tmp_path: Path) -> None:
    file = _written(tmp_path)
    assert file.imports("os") and file.imports("PySide6") and file.imports("sqlmodel.Session")
    assert file.imports("PySide6.QtCore.QThread")
    assert not file.imports("sqlite3") and not file.imports("sqlmodel.Sess")


def test_functions_and_methods_are_found(tmp_path: Path) -> None:
    file = _written(tmp_path)
    assert {each.name for each in file.functions()} == {"shown", "inner", "read", "_look"}
    assert [name for name, _node in file.public_functions()] == ["shown", "Reader.read"]


def test_a_file_knows_its_layer(tmp_path: Path) -> None:
    assert SourceFile(PACKAGE / "storage" / "steps.py").layer == "storage"
    assert SourceFile(PACKAGE / "cli" / "lists.py").layer == "cli"
    assert _written(tmp_path).layer == ""


def _written(folder: Path) -> SourceFile:
    path = folder / "sample.py"
    path.write_text(SAMPLE, encoding="utf-8")
    return SourceFile(path)
