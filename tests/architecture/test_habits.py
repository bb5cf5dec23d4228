"""Habits that keep the source readable: small files and functions, documented and plainly named, no private places."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from architecture.source_tree import ROOT, SourceFile, package_files, python_files, text_files

FILE_LIMIT = 400
FUNCTION_LIMIT = 60
REASON = "# long because:"
DOCUMENTED_LAYERS = {"fields", "records", "storage", "matching", "documents", "reports", "quality", "cli", "ui"}
VAGUE_NAMES = {"utils", "util", "misc", "helpers", "helper", "common", "manager", "managers", "base", "stuff"}
# written in two parts, so that this file does not name what it looks for
PRIVATE_PLACES = [
    re.compile(text) for text in (r"/wo" r"rk/", r"/ro" r"ot/", r"\.\./sha" r"red(?!/data)", r"/home/\w", r"C:\\Users")
]
THE_ONE_THAT_MAY = ".ci/run"


# in Qt's own spelling, or so short that they look like ours: methods that Qt calls and documents
QT_METHODS = {"data", "flags", "index", "parent", "paint", "event", "sort"}


def test_the_source_is_found() -> None:
    assert {"storage", "fields", "records", "__main__"} <= {each.layer for each in package_files()}


def test_a_file_is_no_longer_than_a_reader_keeps_in_mind() -> None:
    lengths = {each.place: each.text.count("\n") for each in python_files() if REASON not in each.text}
    assert {place: length for place, length in lengths.items() if length > FILE_LIMIT} == {}


def test_a_function_fits_a_screen() -> None:
    assert [found for file in python_files() for found in _long_functions(file)] == []


def _long_functions(file: SourceFile) -> Iterator[tuple[str, str, int]]:
    lines = file.text.splitlines()
    for function in file.functions():
        end = function.end_lineno or function.lineno
        length = end - function.lineno + 1
        if length > FUNCTION_LIMIT and REASON not in "\n".join(lines[function.lineno - 1 : end]):
            yield file.place, function.name, length


def test_a_module_says_what_it_is_for() -> None:
    assert [each.place for each in python_files() if each.text.strip() and not ast.get_docstring(each.tree)] == []


def test_every_public_function_says_what_it_does() -> None:
    documented = [each for each in package_files() if each.layer in DOCUMENTED_LAYERS]
    assert [(each.place, name) for each in documented for name in _silent_functions(each)] == []


def _silent_functions(file: SourceFile) -> Iterator[str]:
    """Public functions without a docstring; a method may leave it to the class of the same file that it refines."""
    said = {
        name.rpartition(".")[2] for name, node in file.public_functions() if "." in name and ast.get_docstring(node)
    }
    for name, node in file.public_functions():
        owner, _dot, method = name.rpartition(".")
        is_qt = file.layer == "ui" and owner and (method in QT_METHODS or re.search("[a-z][A-Z]", method))
        if not (ast.get_docstring(node) or is_qt or (owner and method in said)):
            yield name


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [each.place for each in python_files() if each.path.stem in VAGUE_NAMES] == []


def test_no_class_is_called_manager_or_base() -> None:
    offenders = [
        (each.place, node.name)
        for each in package_files()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ClassDef) and re.search("Manager$|^Base|Base$|Helper|Util", node.name)
    ]
    assert offenders == []


def test_no_function_changes_a_global() -> None:
    offenders = [each.place for each in package_files() for node in ast.walk(each.tree) if isinstance(node, ast.Global)]
    assert offenders == []


def test_nothing_names_a_place_on_somebody_s_machine() -> None:
    found = []
    for path in text_files():
        place = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [(place, pattern.pattern) for pattern in PRIVATE_PLACES if pattern.search(text)]
        if place != THE_ONE_THAT_MAY and ("../sha" + "red") in text:
            found.append((place, "the folder beside the checkout"))
    assert found == []


def test_the_top_level_holds_what_it_should() -> None:
    tracked = {"pyproject.toml", "README.md", "desktop", "resources", "tests"}
    left_over = {"build", "dist"}  # made by building, ignored by git
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - left_over <= tracked
    assert tracked <= visible
